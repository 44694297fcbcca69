"""Writing charts: begin, autosave, sign, addend, strike as entered in error.

Rules: a draft is replaced whole and only from the version it was read at, so that two tabs never
overwrite one another unseen; signing happens once, by the author, and binds the revision to all
before it (P5); a signed revision has no write door at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.chart import contents, followups, kinds, queries, rules, settling
from stillroom.chart.checks import faults_on
from stillroom.chart.documents import completing
from stillroom.chart.models import Draft, Followup, Record, Revision
from stillroom.chart.sheets import Posted
from stillroom.kernel import StillroomError
from stillroom.phi import Presence, bridge, rings, rows
from stillroom.practice import queries as practice


class Clash(StillroomError):
    """The draft was saved elsewhere since it was read."""

    what = "this draft was changed in another window"
    usual_advice = "Both versions are kept: compare them and choose, or join them by hand."


@dataclass(frozen=True)
class Saved:
    """What autosave answers."""

    version: int
    saved_at: datetime
    record: Record | None = None
    content: contents.Content | None = None


def begin(
    presence: Presence,
    chart_id: str,
    kind_name: str,
    *,
    occurred_at: datetime,
    form: str = "",
    session: contents.SessionFacts | None = None,
    part2: bool = False,
    answers: Iterable[contents.Answer] = (),
) -> str:
    """A new draft, in which `answers` stand already; gives the record's id."""
    kind = kinds.kind_named(kind_name)
    row = Record(
        chart=chart_id,
        kind=kind.shelf,
        author=presence.person,
        occurred_at=occurred_at,
        started_at=presence.at,
        private=kind.private,
        part2=part2,
    )
    grant, ward = _allowed(presence, row, queries.acts_of(kind.private)[1])
    _ensure_private_ring(presence, row)
    bridge.note(presence, grant, ward, {"did": "began", "record": row.pk, "kind": kind.id})
    content = rules.blank(kind, form=form, answers=answers)
    head = rules.encode_head(session)
    draft = Draft(
        record=row,
        version=1,
        form=_in_the_clear(kind, content.form),
        head=bridge.seal(presence, grant, ward, row.pk, "head", 1, head),
        sealed=bridge.seal(presence, grant, ward, row.pk, "draft", 1, rules.encode(content)),
        saved_at=presence.at,
    )
    with transaction.atomic():
        rows.insert([row], [draft])
    return row.pk


def _allowed(presence: Presence, row: Record, act: Act) -> tuple[Grant, Ward]:
    cares = practice.cares_of(presence.person, row.chart)
    ward = queries.ward_of(row)
    return bridge.ask(presence, act, Purpose.TREATMENT, ward, cares=cares), ward


def _ensure_private_ring(presence: Presence, row: Record) -> None:
    """An author's own ring in this chart, made with her first private note (P4)."""
    if not row.private:
        return
    kind = rings.Kind.PRIVATE
    if not rings.holds(presence.person, row.chart, kind, author=row.author):
        own = {presence.person: presence.key.public}
        rings.make_ring(presence.house, row.chart, kind, own, author=row.author)


def _in_the_clear(kind: kinds.Kind, form: str) -> str:
    """What a draft's row may say of its form: nothing, where the shelf hides the kind."""
    return form if kind.shelf == kind.id else ""


def save_draft(
    presence: Presence,
    record_id: str,
    fields: Mapping[str, Posted],
    version: int,
    *,
    kind: str = "",
    form: str = "",
) -> Saved:
    """Seal what is typed. `Clash` if the draft moved on since `version`; nothing is overwritten.

    `kind` and `form` are what the page was made for: where they are sealed, saving does not open
    them (saving opens nothing), and a kind of another shelf is refused.
    """
    row, draft, granted = _draft_of(presence, record_id)
    exact = kinds.kind_on(row.kind, kind)
    content = rules.written(exact, draft.form or form or exact.first_form, fields)
    saved = _replace(presence, granted, draft, version, content)
    return replace(saved, record=row, content=content)


def own_draft(presence: Presence, record_id: str) -> tuple[str, str]:
    """The chart and the shelf of one's own draft, for whoever may write it now; nothing is
    opened."""
    row, _, _ = _draft_of(presence, record_id)
    return row.chart, row.kind


def save_content(
    presence: Presence, record_id: str, content: contents.Content, version: int
) -> Saved:
    """Seal a content that a page of its own made, as `save_draft` does."""
    row, draft, granted = _draft_of(presence, record_id)
    kinds.kind_on(row.kind, content.kind)
    return _replace(presence, granted, draft, version, content)


def change_form(presence: Presence, record_id: str, version: int, form: str) -> Saved:
    """The same words divided as another form divides them (DAP, SOAP …)."""
    row, draft, granted = _draft_of(presence, record_id)
    content = _open_draft(presence, row, draft)
    changed = rules.reformed(kinds.kind_on(row.kind, content.kind), content, form)
    return _replace(presence, granted, draft, version, changed)


# Written out, because autosave is what is asked most often while somebody writes.
_SAVE = """
    UPDATE chart_draft SET version = %s, form = %s, sealed = %s, saved_at = %s
    WHERE record_id = %s AND version = %s
"""


def _replace(
    presence: Presence,
    granted: tuple[Grant, Ward],
    draft: Draft,
    version: int,
    content: contents.Content,
) -> Saved:
    if draft.version != version:
        raise Clash
    words, record = rules.encode(content), draft.pk
    sealed = bridge.seal(presence, *granted, record, "draft", version + 1, words)
    at = connection.ops.adapt_datetimefield_value(presence.at)
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, (version + 1, content.form, sealed, at, record, version))
        if not cursor.rowcount:
            raise Clash
    return Saved(version + 1, presence.at)


def _draft_of(presence: Presence, record_id: str) -> tuple[Record, Draft, tuple[Grant, Ward]]:
    """One's own draft, and the permission to write it. The gate is asked first: *signed already*
    is told to nobody else (P8)."""
    row = queries.find_record(presence, record_id, Act.RECORD_WRITE)
    granted = _allowed(presence, row, queries.acts_of(row.private)[1])
    draft = queries.draft_of(record_id)
    if draft is None or row.author != presence.person:
        raise rules.AlreadySigned
    return row, draft, granted


def _open_draft(presence: Presence, row: Record, draft: Draft) -> contents.Content:
    """The author's own draft as last saved; an entry is written as for every opening."""
    grant, ward = _allowed(presence, row, queries.acts_of(row.private)[0])
    parts: list[bridge.SealedPart] = [
        (row.pk, "draft", draft.version, bytes(draft.sealed)),
        (row.pk, "head", 1, bytes(draft.head)),
    ]
    words, head = bridge.reveal(presence, grant, ward, parts, {"record": row.pk, "did": "draft"})
    return rules.with_head(rules.decode(words), head)


def sign(presence: Presence, record_id: str, version: int) -> int:
    """Sign the draft as it stands at `version`; gives the entry's number in the log."""
    row, draft, _ = _draft_of(presence, record_id)
    content = _open_draft(presence, row, draft)
    content = completing.completed(presence, row, content)
    if content.empty:
        raise rules.NothingWritten
    about = timezone.localdate(row.occurred_at)
    if wrong := faults_on(kinds.kind_on(row.kind, content.kind), content, about):
        raise rules.NotComplete(wrong)
    if draft.version != version:
        raise Clash
    with transaction.atomic():
        # The delete decides between two windows that sign at once: one finds no row.
        if not Draft.objects.filter(pk=row.pk, version=version).delete()[0]:
            raise Clash
        if not completing.still_there(row, content):
            raise Clash
        entry = _append(presence, row, rules.encode(content), addendum=False)
        Followup.objects.bulk_create(followups.of(row, content))
        settling.settle(presence, row, content)
        signed = {"state": Record.State.SIGNED, **completing.marks(row, content)}
        Record.objects.filter(pk=row.pk).update(**signed)
    return entry


def discard(presence: Presence, record_id: str, *, with_words: bool = False) -> str:
    """Throw one's own draft away; gives its chart. `HoldsWords` if it has any and that was not
    meant. A draft is no part of the record, but that there was one stays in the log."""
    row, draft, granted = _draft_of(presence, record_id)
    # Never saved since it was begun: nothing needs to be opened to know that it is empty.
    if draft.version > 1 and not with_words and not _open_draft(presence, row, draft).empty:
        raise rules.HoldsWords
    with transaction.atomic():
        if not Draft.objects.filter(pk=row.pk, version=draft.version).delete()[0]:
            raise Clash
        bridge.note(presence, *granted, {"did": "discarded", "record": row.pk, "kind": row.kind})
        Record.objects.filter(pk=row.pk, state=Record.State.DRAFT).delete()
    return row.chart


def addend(presence: Presence, record_id: str, text: str) -> int:
    """Add words to a signed record; the original stays as it was."""
    row = queries.find_record(presence, record_id, Act.RECORD_WRITE)
    _allowed(presence, row, queries.acts_of(row.private)[2])
    if row.state == Record.State.DRAFT:
        raise StillroomError(
            "a draft takes no addendum", advice="Change the draft itself; it is not signed yet."
        )
    if not text.strip():
        raise rules.NothingWritten
    content = rules.written(kinds.ADDENDUM, "Free", {"Note": text.strip()})
    with transaction.atomic():
        return _append(presence, row, rules.encode(content), addendum=True)


def strike(presence: Presence, record_id: str, reason: str) -> int:
    """Mark a signed record as entered in error: shown struck through, never gone. `ReasonMissing`
    without a reason."""
    if not reason.strip():
        raise rules.ReasonMissing
    with transaction.atomic():
        entry = addend(presence, record_id, f"Entered in error. {reason.strip()}")
        Record.objects.filter(pk=record_id).update(state=Record.State.IN_ERROR)
    return entry


def _append(presence: Presence, row: Record, words: bytes, *, addendum: bool) -> int:
    """One more revision: hashed, chained, signed, entered in the log, then written."""
    grant, ward = _allowed(presence, row, queries.acts_of(row.private)[2])
    last = row.revisions.order_by("-number").first()
    number = last.number + 1 if last else 1
    content = rules.content_hash(words)
    previous = bytes(last.chain_hash) if last else b""
    chain = rules.chain_hash(previous, row.pk, number, content, presence.person, presence.at)
    entry = bridge.note(
        presence,
        grant,
        ward,
        {"did": "signed", "record": row.pk, "number": number, "content": content.hex()},
    )
    revision = Revision(
        record=row,
        number=number,
        addendum=addendum,
        sealed=bridge.seal(presence, grant, ward, row.pk, "revision", number, words),
        content_hash=content,
        chain_hash=chain,
        signer=presence.person,
        signed_at=presence.at,
        signature=presence.key.sign(rules.signed_message(chain)),
        entry=entry,
    )
    rows.insert([revision])
    return entry
