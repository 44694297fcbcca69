"""Handing over a caseload: for a while, with an end; or for good.

Rules: whoever hands over treats; each chart is handed over by itself, so that one that cannot be
leaves the others done. What the colleague is to know is a signed record in that client's chart.
For good, nothing of the leaver's stays half done: a draft, or a note that came back from a
supervisor, would be opened by nobody afterwards, so it is finished or discarded first. Private
notes stay their author's, and say so.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from stillroom.access import Act, Capacity, Purpose, Ward
from stillroom.chart import actions, queries_review
from stillroom.chart._kinds_team import HANDOVER_NOTE
from stillroom.chart.models import Record, Review
from stillroom.kernel import StillroomError
from stillroom.phi import Presence, bridge
from stillroom.practice import actions as practising
from stillroom.practice import queries as practice
from stillroom.practice import queries_care
from stillroom.practice.heads import ChartHead


class DraftsLeft(StillroomError):
    """A chart was to be left for good while something in it is half done."""

    what = "something of yours in this chart is not finished"
    usual_advice = (
        "Sign your drafts or discard them, and answer what your supervisor returned; nobody else"
        " could open them."
    )


@dataclass(frozen=True)
class Case:
    """One chart that could be handed over. `open` counts drafts and returned notes of one's own,
    `waiting` notes that a supervisor has not co-signed yet."""

    head: ChartHead
    open: int
    waiting: int
    covered_by: tuple[str, ...]


def caseload(presence: Presence) -> list[Case]:
    """The open charts in which this person treats, by family name."""
    bridge.ask(presence, Act.FRONT_LIST, Purpose.TREATMENT, Ward(chart=""))
    charts = queries_care.charts_as(presence, Capacity.TREATING)
    half, waiting = _half_done(presence, charts), _waiting(presence)
    named = practice.names_of(presence, charts)
    heads = sorted(named.values(), key=lambda head: (head.full.split()[-1].casefold(), head.full))
    return [
        Case(
            head,
            half[head.id],
            waiting[head.id],
            tuple(who for who, how in head.care_team if how == Capacity.COVERING.value),
        )
        for head in heads
        if head.closed_at is None
    ]


def _half_done(presence: Presence, charts: Collection[str]) -> Counter[str]:
    drafts = Record.objects.filter(
        author=presence.person, state=Record.State.DRAFT, chart__in=charts
    )
    found = Counter(drafts.values_list("chart", flat=True))
    returned = Review.objects.filter(
        record__author=presence.person, record__chart__in=charts, state=Review.State.RETURNED
    )
    found.update(returned.values_list("record__chart", flat=True))
    return found


def _waiting(presence: Presence) -> Counter[str]:
    return Counter(
        one.chart
        for one in queries_review.of_mine(presence)
        if one.state == Review.State.WAITING.value
    )


def hand_over(
    presence: Presence, chart_id: str, person: str, until: datetime | None, words: str
) -> int:
    """One chart to a colleague until a moment, or for good (`None`); gives how many appointments
    went over. `words` become a hand-over note, signed before anything else happens."""
    if until is None and _half_done(presence, [chart_id])[chart_id]:
        raise DraftsLeft
    with transaction.atomic():
        if words.strip():
            _note(presence, chart_id, words)
        if until is None:
            return practising.hand_over(presence, chart_id, person)
        practising.cover(presence, chart_id, person, until)
    return 0


def _note(presence: Presence, chart_id: str, words: str) -> None:
    record = actions.begin(presence, chart_id, HANDOVER_NOTE.id, occurred_at=presence.at)
    actions.save_draft(presence, record, {"Note": words.strip()}, 1, kind=HANDOVER_NOTE.id)
    actions.sign(presence, record, 2)
