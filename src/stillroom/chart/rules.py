"""What a record is: kinds, sections, contents, and what signing binds. Pure.

Rules: contents carry a salt, so that their hash tells nothing of a short note; the chain hash binds
a revision to all before it, to its record, signer and moment (P5); a psychotherapy note (45 CFR
164.501) and an SUD counseling note (42 CFR 2.11) are the author's alone (P4).
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import msgspec

from stillroom.kernel import StillroomError


class Section(msgspec.Struct, frozen=True, gc=False):
    """A named part of a note."""

    name: str
    text: str


class SessionFacts(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """When and how the session was, as the note states it."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    mode: str = ""
    code: str = ""

    @property
    def minutes(self) -> int | None:
        """Length in whole minutes, if both ends are known."""
        if self.starts_at is None or self.ends_at is None:
            return None
        return round((self.ends_at - self.starts_at).total_seconds() / 60)


class Content(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The words of one revision or draft."""

    form: str
    sections: tuple[Section, ...]
    session: SessionFacts | None = None
    salt: bytes = b""

    def opening(self, length: int = 180) -> str:
        """The first words, for a line in a list."""
        # So many words are longer than `length`, even of one letter each; the rest stays unread.
        most = length // 2 + 2
        words = " ".join([part.text for part in self.sections]).split(None, most)
        text = " ".join(words[:most])
        return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"

    @property
    def empty(self) -> bool:
        """Whether nothing has been written."""
        return not any(part.text.strip() for part in self.sections)


@dataclass(frozen=True)
class Kind:
    """A kind of record: what it is called, how it is divided, who may open it."""

    id: str
    title: str
    forms: Mapping[str, tuple[str, ...]]
    private: bool = False

    @property
    def first_form(self) -> str:
        """The form that a new record takes."""
        return next(iter(self.forms))


PROGRESS_NOTE = Kind(
    "progress_note",
    "Progress note",
    {
        "DAP": ("Data", "Assessment", "Plan"),
        "SOAP": ("Subjective", "Objective", "Assessment", "Plan"),
        "BIRP": ("Behavior", "Intervention", "Response", "Plan"),
        "Free": ("Note",),
    },
)
PSYCHOTHERAPY_NOTE = Kind("psychotherapy_note", "Psychotherapy note", {"Free": ("Note",)}, True)
SUD_COUNSELING_NOTE = Kind("sud_counseling_note", "SUD counseling note", {"Free": ("Note",)}, True)
ADDENDUM = Kind("addendum", "Addendum", {"Free": ("Note",)})
OUTSIDE_RECORD = Kind("outside_record", "Record from elsewhere", {"Free": ("Received", "Text")})
KINDS = {
    kind.id: kind
    for kind in (PROGRESS_NOTE, PSYCHOTHERAPY_NOTE, SUD_COUNSELING_NOTE, OUTSIDE_RECORD)
}


class UnknownKind(StillroomError):
    """A record of a kind that Stillroom does not keep."""

    what = "there is no such kind of record"
    usual_advice = "Choose one of the kinds that the chart offers."


class NothingWritten(StillroomError):
    """An empty note was to be signed."""

    what = "there is nothing to sign yet"
    usual_advice = "Write the note first; the draft is kept until you do."


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


def kind_named(name: str) -> Kind:
    """A kind by its name, or `UnknownKind`."""
    kind = KINDS.get(name)
    if kind is None:
        raise UnknownKind
    return kind


def blank(kind: Kind, *, form: str = "") -> Content:
    """An empty content of a kind."""
    chosen = form if form in kind.forms else kind.first_form
    return written(kind, chosen, dict.fromkeys(kind.forms[chosen], ""))


class SectionMissing(StillroomError):
    """A save did not bring every section of the form."""

    what = "a part of the note did not arrive"
    usual_advice = (
        "Reload the page; what was saved before is kept, and your browser holds the rest."
    )


def written(kind: Kind, form: str, fields: Mapping[str, str]) -> Content:
    """The words of `fields` as a content of `kind` in `form`, freshly salted."""
    names = kind.forms.get(form, ())
    if not names or any(name not in fields for name in names):
        raise SectionMissing
    sections = tuple(Section(name, fields[name]) for name in names)
    return Content(form, sections, None, secrets.token_bytes(16))


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
    facts = msgspec.json.decode(head, type=SessionFacts)
    return msgspec.structs.replace(content, session=None if facts == SessionFacts() else facts)


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Content).decode


def encode(content: Content) -> bytes:
    """Content as it is sealed, and as it is hashed."""
    return _encode(content)


def decode(words: bytes) -> Content:
    """Content again."""
    return _decode(words)


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
