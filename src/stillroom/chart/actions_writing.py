"""Helping to write: the last note carried forward, a passage moved apart, what signing adds.

Rules: what is moved stands in the note it came from or in the one it went to, never in neither (one
transaction); what was open or carried when a note was signed is signed with it, among sealed words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec
from django.db import transaction

from stillroom.chart import actions, carrying, kinds, queries, rules
from stillroom.chart.contents import Answer, Content, SessionFacts
from stillroom.chart.models import Record
from stillroom.chart.sheets import Posted, as_line
from stillroom.kernel import StillroomError
from stillroom.phi import Presence

OPEN, CARRIED = "open_at_signing", "carried_at_signing"
"""Answers that signing adds: what the check named, and what stood as in the note before."""


class NothingToCarry(StillroomError):
    """There is no earlier note to begin from."""

    what = "there is no signed note of this kind before this one"
    usual_advice = "Write this one; the next can begin from it."


class NotThere(StillroomError):
    """A passage to be moved does not stand where the page says."""

    what = "that passage does not stand there as it was marked"
    usual_advice = "Nothing was moved. Mark it again, or put the pen into its paragraph."


def carry(presence: Presence, record_id: str, version: int) -> actions.Saved:
    """Fill one's own empty draft from the last signed note of its kind; each sentence is marked.

    Sections in which something stands already are left as they are. Opens the last note: one entry.
    """
    whole = queries.record(presence, record_id)
    if whole.draft is None or whole.private:
        raise NothingToCarry
    last = _last_signed(whole)
    if last is None:
        raise NothingToCarry
    source = queries.record(presence, last).current.content
    source = rules.reformed(whole.kind, source, whole.draft.form)
    words, answers = carrying.carried(whole.kind, source)
    sections = tuple(
        part if part.text.strip() else msgspec.structs.replace(part, text=words.get(part.name, ""))
        for part in whole.draft.sections
    )
    names = {one.name for one in whole.draft.answers}
    kept = (*whole.draft.answers, *(one for one in answers if one.name not in names))
    content = msgspec.structs.replace(whole.draft, sections=sections, answers=kept, session=None)
    return actions.save_content(presence, record_id, content, version)


def _last_signed(whole: queries.WholeRecord) -> str | None:
    """The note before this one; never one that is kept to those who treat, whose words would go
    where everybody who cares reads them, and of which not everybody may know."""
    rows = Record.objects.filter(
        chart=whole.chart,
        kind=whole.kind.shelf,
        private=False,
        restricted=False,
        state=Record.State.SIGNED,
        occurred_at__lt=whole.occurred_at,
    )
    return rows.order_by("-occurred_at", "-pk").values_list("pk", flat=True).first()


def can_carry(whole: queries.WholeRecord) -> bool:
    """Whether an empty draft has a note before it to begin from."""
    empty = whole.draft is not None and not any(one.text.strip() for one in whole.draft.sections)
    fit = whole.kind.id == kinds.PROGRESS_NOTE.id and not whole.private
    return empty and fit and _last_signed(whole) is not None


@dataclass(frozen=True)
class Moved:
    """A passage that went into the author's psychotherapy note: where, and the draft it left."""

    saved: actions.Saved
    note: str
    text: str


def move_apart(
    presence: Presence,
    record_id: str,
    fields: Mapping[str, Posted],
    version: int,
    passage: tuple[str, str],
) -> Moved:
    """Move a passage (section, words) from one's own draft into one's psychotherapy note draft of
    the same session, which is begun if there is none. Both drafts change together, or neither."""
    section, words = passage
    text = as_line(fields.get(section, ""))
    if not words.strip() or words not in text:
        raise NotThere
    left = taken_out(text, words)
    kind, form = as_line(fields.get("record-kind", "")), as_line(fields.get("record-form", ""))
    with transaction.atomic():
        saved = actions.save_draft(
            presence, record_id, {**fields, section: left}, version, kind=kind, form=form
        )
        note = _private_draft(presence, saved.record)
        whole = queries.record(presence, note)
        there = whole.draft.sections[0].text if whole.draft else ""
        joined = "\n\n".join(one for one in (there.rstrip(), words.strip()) if one)
        actions.save_draft(presence, note, {"Note": joined}, whole.draft_version)
    return Moved(saved, note, left)


def _private_draft(presence: Presence, row: Record | None) -> str:
    if row is None:
        raise NotThere
    kind = kinds.PSYCHOTHERAPY_NOTE.id
    rows = Record.objects.filter(
        chart=row.chart,
        author=presence.person,
        kind=kind,
        state=Record.State.DRAFT,
        occurred_at=row.occurred_at,
    )
    found = rows.order_by("pk").values_list("pk", flat=True).first()
    return found or actions.begin(presence, row.chart, kind, occurred_at=row.occurred_at)


def taken_out(text: str, words: str) -> str:
    """A text without a passage, and without the hole that it leaves."""
    before, _, after = text.partition(words)
    head, tail = before.rstrip(" \t"), after.lstrip(" \t")
    if not head.strip():
        return tail.lstrip()
    if not tail.strip():
        return head.rstrip()
    if head.endswith("\n") and tail.startswith("\n"):
        return head.rstrip() + "\n\n" + tail.lstrip()
    return head + tail if head.endswith("\n") or tail.startswith("\n") else f"{head} {tail}"


def as_signed(
    content: Content, session: SessionFacts | None, open_ones: Iterable[str], said: str
) -> Content:
    """A draft's content as it is signed: its session, the plan's words, and what was open."""
    still = carrying.unchanged(content)
    added = {
        "objectives_said": Answer("objectives_said", said),
        OPEN: Answer(OPEN, chosen=tuple(open_ones)),
        CARRIED: Answer(CARRIED, chosen=still),
    }
    kept = (one for one in carrying.without_marks(content.answers) if one.name not in added)
    answers = (*kept, *(one for one in added.values() if not one.empty))
    return msgspec.structs.replace(content, session=session, answers=answers)
