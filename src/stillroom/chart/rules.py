"""How contents are made of what was typed, and what signing binds. Pure.

Rules: contents carry a salt, so that their hash tells nothing of a short note; the chain hash binds
a revision to all before it, to its record, signer and moment (P5).
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import msgspec

from stillroom.chart.contents import Answer, Content, Section, SessionFacts
from stillroom.chart.kinds import Kind
from stillroom.chart.sheets import Fault, Posted, answered, as_line
from stillroom.kernel import StillroomError


class NothingWritten(StillroomError):
    """An empty note was to be signed."""

    what = "there is nothing to sign yet"
    usual_advice = "Write the note first; the draft is kept until you do."


class NotComplete(StillroomError):
    """A structured record was to be signed while a field is wrong or a needed one is open."""

    what = "this cannot be signed yet"
    usual_advice = "Mend what is named below; the draft is kept as it is."

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(self.what)
        self.faults = tuple(faults)


class ReasonMissing(StillroomError):
    """A record was to be struck as entered in error, and nobody would ever know why."""

    what = "it is not said why this was entered in error"
    usual_advice = "Say it in the field, in a few words: wrong client, wrong day, written twice."


class HoldsWords(StillroomError):
    """A draft in which somebody wrote was to be thrown away at one press."""

    what = "this draft holds words"
    usual_advice = "Discard it for good only if none of them is needed; nobody can bring them back."


class AlreadySigned(StillroomError):
    """A signed record was to be changed."""

    what = "this record is signed and stays as it is"
    usual_advice = "Add an addendum; the original remains readable beside it."


class RecordAltered(StillroomError):
    """A revision is not what its signer signed."""

    what = "this record is not as it was signed"
    usual_advice = "Tell whoever hosts Stillroom; a backup may hold the record as it was."


def blank(kind: Kind, *, form: str = "", answers: Iterable[Answer] = ()) -> Content:
    """A content of a kind in which nothing is written but what `answers` bring."""
    chosen = form if form in kind.forms else kind.first_form
    content = written(kind, chosen, dict.fromkeys(kind.forms[chosen], ""))
    return msgspec.structs.replace(content, answers=tuple(answers))


class SectionMissing(StillroomError):
    """A save did not bring every section of the form."""

    what = "a part of the note did not arrive"
    usual_advice = (
        "Reload the page; what was saved before is kept, and your browser holds the rest."
    )


MOST_LETTERS = 1_000_000
"""In one record, all its fields together: five hundred pages. More is a paste gone wrong."""


class TooLong(StillroomError):
    """More than a record holds. Nothing is cut off in silence."""

    what = "this is longer than a record holds (a million letters)"
    usual_advice = (
        "It is not saved, and still on the page: shorten it, or keep it as a document in the chart."
    )


def written(kind: Kind, form: str, fields: Mapping[str, Posted]) -> Content:
    """The words of `fields` as a content of `kind` in `form`, freshly salted."""
    names = kind.forms.get(form)
    if names is None or any(name not in fields for name in names):
        raise SectionMissing
    if sum(len(as_line(text)) for text in fields.values()) > MOST_LETTERS:
        raise TooLong
    return Content(
        form=form,
        sections=tuple(Section(name, as_line(fields[name])) for name in names),
        salt=secrets.token_bytes(16),
        kind="" if kind.shelf == kind.id else kind.id,
        answers=answered(kind, fields) if kind.sheet else (),
    )


def answering(content: Content, *answers: Answer) -> Content:
    """A content with these answers, instead of what it had under their names."""
    names = {one.name for one in answers}
    kept = tuple(one for one in content.answers if one.name not in names)
    given = tuple(one for one in answers if not one.empty)
    return msgspec.structs.replace(content, answers=(*kept, *given))


def reformed(kind: Kind, content: Content, form: str) -> Content:
    """The same words in another form; words whose section is gone go to the first one."""
    if form not in kind.forms or form == content.form:
        return content
    names = kind.forms[form]
    old = {part.name: part.text for part in content.sections}
    kept = {name: old.pop(name, "") for name in names}
    homeless = [text for text in old.values() if text.strip()]
    if homeless:
        kept[names[0]] = "\n\n".join(filter(str.strip, (kept[names[0]], *homeless)))
    sections = tuple(Section(name, kept[name]) for name in names)
    return msgspec.structs.replace(content, form=form, sections=sections)


def encode_head(session: SessionFacts | None) -> bytes:
    """A draft's session facts as they are sealed."""
    return _encode(session or SessionFacts())


def with_head(content: Content, head: bytes) -> Content:
    """A draft's words joined with its session facts."""
    if content.session is not None:  # the writer's own times, over the appointment's
        return content
    facts = msgspec.json.decode(head, type=SessionFacts)
    return msgspec.structs.replace(content, session=None if facts == SessionFacts() else facts)


_encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Content).decode
"""Content again; nothing of it stands in the bytes that were read."""


def encode(content: Content) -> bytes:
    """Content as it is sealed, and as it is hashed."""
    return _encode(content)


def content_hash(words: bytes) -> bytes:
    """What a signature stands for: SHA-256 of the salted content."""
    return sha256(b"stillroom content v1\n" + words).digest()


def chain_hash(
    previous: bytes, record: str, number: int, content: bytes, signer: str, at: datetime
) -> bytes:
    """A revision bound to all before it; `previous` is empty for the first."""
    stated = f"{record}\n{number}\n{signer}\n{at.isoformat()}\n".encode()
    return sha256(b"stillroom chain v1\n" + previous + b"\n" + stated + content).digest()


def signed_message(chain: bytes) -> bytes:
    """The bytes that a signer's key signs."""
    return b"stillroom signature v1\n" + chain


@dataclass(frozen=True)
class SignedRevision:
    """What is kept of one revision beside its words."""

    number: int
    content_hash: bytes
    chain_hash: bytes
    signer: str
    signed_at: datetime


def check_chain(record: str, revisions: Sequence[SignedRevision], words: Sequence[bytes]) -> None:
    """Raise `RecordAltered` unless every revision holds what its chain says, in order."""
    previous = b""
    for expected, (row, text) in enumerate(zip(revisions, words, strict=True), start=1):
        content = content_hash(text)
        chain = chain_hash(previous, record, row.number, content, row.signer, row.signed_at)
        if (row.number, content, chain) != (expected, row.content_hash, row.chain_hash):
            raise RecordAltered
        previous = chain
