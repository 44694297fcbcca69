"""Writing charts: begin, autosave, sign, addend, strike as entered in error.

Rules: a draft is replaced whole and only from the version it was read at, so that two tabs never
overwrite one another unseen; signing happens once, by the author, and binds the revision to all
before it (P5); a signed revision has no write door at all.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.chart import (
    chaining,
    contents,
    followups,
    kinds,
    naming,
    queries,
    reviewing,
    rules,
    rules_review,
    settling,
)
from stillroom.chart.checks import faults_on
from stillroom.chart.documents import completing
from stillroom.chart.models import Draft, Followup, Record
from stillroom.chart.sheets import Posted
from stillroom.chart.states import Step
from stillroom.kernel import StillroomError, new_id
from stillroom.phi import Presence, bridge, rings, rows, statements
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
    record_id: str = "",
) -> str:
    """A new draft, in which `answers` stand already; gives the record's id, which is `record_id`
    where somebody has to know it before."""
    kind = kinds.kind_named(kind_name)
    row = Record(
        id=record_id or new_id(),
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
    draft = rows.row(
        Draft,
        record_id=row.pk,
        version=1,
        form=_in_the_clear(kind, content.form),
        head=bridge.seal(presence, grant, ward, row.pk, "head", 1, head),
        sealed=bridge.seal(presence, grant, ward, row.pk, "draft", 1, rules.encode(content)),
        saved_at=presence.at,
    )
    with statements.all_or_none():
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
        own = {presence.person: presence.key}
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
    # A form can name the kind (PHQ-9); where the shelf hides the kind, only the words say it.
    form = "" if content.kind else content.form
    if not statements.carry_out(_SAVE, (version + 1, form, sealed, at, record, version)):
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


def sign(
    presence: Presence, record_id: str, version: int, *, asked: Collection[str] | None = None
) -> int:
    """Sign the draft as it stands at `version`; gives the entry's number in the log.

    Who works under supervision sends it by that to `asked`, or to everybody who supervises.
    """
    row, draft, _ = _draft_of(presence, record_id)
    content = _open_draft(presence, row, draft)
    content = completing.completed(presence, row, content)
    if content.empty:
        raise rules.NothingWritten
    about = timezone.localdate(row.occurred_at)
    wrong = faults_on(kinds.kind_on(row.kind, content.kind), content, about)
    if wrong := [*wrong, *naming.told_names(presence, row, content)]:
        raise rules.NotComplete(wrong)
    if draft.version != version:
        raise Clash
    with transaction.atomic():
        chaining.lock(row.pk)
        # The delete decides between two windows that sign at once: one finds no row.
        if not Draft.objects.filter(pk=row.pk, version=version).delete()[0]:
            raise Clash
        if not completing.still_there(row, content):
            raise Clash
        again = row.state != Record.State.DRAFT
        if again:
            reviewing.require_returned(presence, row)
            Followup.objects.filter(pk=row.pk, done_at=None).delete()
        entry = _append(presence, row, rules.encode(content), addendum=False)
        # Of a version that is signed anew, what was done already stays done.
        Followup.objects.bulk_create(followups.of(row, content), ignore_conflicts=True)
        settling.settle(presence, row, content)
        signed = {"state": Record.State.SIGNED, **completing.marks(row, content)}
        Record.objects.filter(pk=row.pk).update(**signed)
        if again:
            reviewing.took(presence, row, Step.REVISE)
        elif reviewing.needed(presence, row):
            reviewing.send_signed(presence, row, asked)
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
        chaining.lock(row.pk)
        entry = _append(presence, row, rules.encode(content), addendum=True)
        reviewing.added(presence, row)
    return entry


def strike(presence: Presence, record_id: str, reason: str) -> int:
    """Mark a signed record as entered in error: shown struck through, never gone. `ReasonMissing`
    without a reason."""
    row = queries.find_record(presence, record_id, Act.RECORD_WRITE)
    _allowed(presence, row, queries.acts_of(row.private)[2])
    if not reason.strip():
        raise rules.ReasonMissing
    said = rules_review.require_words(reason)
    with transaction.atomic():
        chaining.lock(row.pk)
        reviewing.require_possible(presence, row, Step.STRIKE)
        content = rules.encode(rules_review.step_content(Step.STRIKE, said))
        entry = _append(presence, row, content, addendum=True)
        Draft.objects.filter(pk=row.pk).delete()
        Record.objects.filter(pk=row.pk).update(state=Record.State.IN_ERROR)
        reviewing.took(presence, row, Step.STRIKE)
    return entry


def _append(presence: Presence, row: Record, words: bytes, *, addendum: bool) -> int:
    grant, ward = _allowed(presence, row, queries.acts_of(row.private)[2])
    return chaining.append(presence, grant, ward, row, words, addendum=addendum)
