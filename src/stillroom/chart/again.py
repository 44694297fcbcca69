"""Measures that are given again and again: planned, due, taken, ended.

Rules: whoever treats or covers plans and ends; what is planned is sealed in the chart, and opened
for Today only where something may be due. A measure that was taken in any way, or given, is not due
again before its time. At the client's own door it stands only where that was chosen, and nothing is
sent to her: she finds it when she comes, begins it herself, and from then on it is like any other
(`giving`), with the same path where an answer asks for somebody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from stillroom.access import Act, Capacity, Grant, Purpose, Ward
from stillroom.chart import queries, queries_given, rules_again
from stillroom.chart.given import Ask, GivenOne
from stillroom.chart.given import encode as encode_ask
from stillroom.chart.measures import Measure
from stillroom.chart.models_given import Again, Given
from stillroom.chart.rules_again import NotDue, Plan, PlannedAlready, Sessions, due_on
from stillroom.kernel import new_id
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_calendar, queries_care
from stillroom.practice.queries_guests import Stands, own_stand

_PART = "again"


@dataclass(frozen=True)
class Planned:
    """A plan with its words. `due` is since when or on which day it is due, if it is."""

    id: str
    chart: str
    plan: Plan
    by: str
    weeks: int
    last_on: date | None
    due: date | None


def plan(
    presence: Presence, chart_id: str, wanted: Plan, weeks: int | None, measure: Measure
) -> str:
    """Give a measure again and again from now on; gives the plan's id."""
    grant, ward = _may_write(presence, chart_id)
    often = rules_again.require_weeks(weeks)
    head = practice.chart_head(presence, chart_id)
    fits = measure.asks.can_be_handed or not wanted.by_door
    if wanted.client not in {one.client for one in head.holders} or not fits:
        bridge.refuse(presence, Act.RECORD_WRITE, chart_id)
        raise NotHere
    made = new_id()
    with transaction.atomic():
        practice.hold(chart_id)
        same = (wanted.instrument, wanted.client)
        rows = list(Again.objects.filter(chart=chart_id, ended_at=None))
        standing = _opened(presence, grant, ward, rows)
        if any((one.instrument, one.client) == same for one in standing):
            raise PlannedAlready
        open_ones = list(Given.objects.filter(chart=chart_id, answered_at=None, record=""))
        did = "looked at questions given"
        given = queries_given.open_rows(presence, grant, ward, open_ones, did)
        details: bridge.Details = {"did": "planned a measure", "plan": made, "weeks": often}
        bridge.note(presence, grant, ward, {**details, "instrument": wanted.instrument})
        Again.objects.create(
            id=made,
            chart=chart_id,
            by=presence.person,
            begun_on=presence.today,
            weeks=often,
            last_on=presence.today if _waits(wanted, given) else None,
            sealed=bridge.seal(presence, grant, ward, made, _PART, 1, rules_again.encode(wanted)),
        )
    return made


def end(presence: Presence, plan_id: str) -> str:
    """It is not given again any more; gives the chart."""
    row = Again.objects.filter(pk=plan_id).first()
    if row is None:
        bridge.refuse(presence, Act.RECORD_WRITE, plan_id)
        raise NotHere
    grant, ward = _may_write(presence, row.chart)
    with transaction.atomic():
        bridge.note(presence, grant, ward, {"did": "ended a plan of a measure", "plan": plan_id})
        Again.objects.filter(pk=plan_id, ended_at=None).update(ended_at=presence.at)
    return row.chart


def taken(presence: Presence, grant: Grant, ward: Ward, instrument: str, client: str = "") -> None:
    """A measure of this chart was taken, or given to `client`: what asked for it is not due."""
    rows = list(Again.objects.select_for_update().filter(chart=ward.chart, ended_at=None))
    met = [
        row.pk
        for row, one in zip(rows, _opened(presence, grant, ward, rows), strict=True)
        if one.instrument == instrument and client in ("", one.client)
    ]
    Again.objects.filter(pk__in=met).update(last_on=presence.today)


def planned_in(presence: Presence, chart_id: str) -> list[Planned]:
    """What is given again and again in a chart, for those who read its measures."""
    rows = list(Again.objects.filter(chart=chart_id, ended_at=None).order_by("begun_on", "pk"))
    if not rows:
        return []
    cares = practice.cares_of(presence.person, chart_id)
    ward = queries.chart_ward(chart_id)
    purpose = practice.purpose_for(presence, cares)
    grant = bridge.ask(presence, Act.RECORD_READ, purpose, ward, cares=cares)
    return _planned(presence, grant, ward, rows)


def due(presence: Presence) -> list[Planned]:
    """What is due in the charts that I treat or cover; others are not opened for it."""
    charts = frozenset().union(
        *(queries_care.charts_as(presence, one) for one in (Capacity.TREATING, Capacity.COVERING))
    )
    rows = Again.objects.filter(chart__in=charts, ended_at=None).order_by("begun_on", "pk")
    by_chart: dict[str, list[Again]] = {}
    for row in rows:
        by_chart.setdefault(row.chart, []).append(row)
    found = []
    for chart, some in by_chart.items():
        sessions = _sessions(presence, chart)
        if any(_due(row, sessions, presence.today) for row in some):
            found += [one for one in planned_in(presence, chart) if one.due is not None]
    return found


def own_due(presence: Presence, stand: Stands, given: Sequence[GivenOne] = ()) -> list[Planned]:
    """What stands at her own door because it is due, for the client for whom she stands. `given`
    is what she has there anyway: the same questions are not asked twice at once."""
    rows = list(Again.objects.filter(chart=stand.chart, ended_at=None).order_by("begun_on", "pk"))
    if not rows:
        return []
    grant, ward = queries_given.grant_to_answer(presence, stand.chart)
    found = _planned(presence, grant, ward, rows)
    return [
        one
        for one in found
        if one.due is not None
        and one.plan.by_door
        and one.plan.client == stand.client
        and not _waits(one.plan, given)
    ]


def begin_own(presence: Presence, plan_id: str) -> str:
    """She begins what is due; gives the questions' id. `NotDue` if it was begun meanwhile."""
    row = Again.objects.filter(pk=plan_id, ended_at=None).first()
    if row is None:
        bridge.refuse(presence, Act.OWN_ANSWER, plan_id)
        raise NotHere
    stand = own_stand(presence, row.chart)
    grant, ward = queries_given.grant_to_answer(presence, row.chart)
    with transaction.atomic():
        row = Again.objects.select_for_update().get(pk=plan_id)
        (one,) = _planned(presence, grant, ward, [row])
        if one.plan.client != stand.client or not one.plan.by_door:
            bridge.refuse(presence, Act.OWN_ANSWER, plan_id)
            raise NotHere
        if one.due is None or _waits(one.plan, queries_given.own_given(presence, stand)):
            raise NotDue
        made = new_id()
        ask = Ask(one.plan.instrument, one.plan.client, one.plan.shows, one.plan.words)
        bridge.note(presence, grant, ward, {"did": "began questions that were due", "given": made})
        Given.objects.create(
            id=made,
            chart=row.chart,
            given_by=row.by,
            given_at=presence.at,
            due_on=one.due,
            sealed_ask=bridge.seal(presence, grant, ward, made, "ask", 1, encode_ask(ask)),
        )
        Again.objects.filter(pk=plan_id).update(last_on=presence.today)
    return made


def _waits(one: Plan, given: Iterable[GivenOne]) -> bool:
    """Whether the same questions were given to the same client and wait for her answers."""
    return any(
        each.waits and (each.ask.instrument, each.ask.client) == (one.instrument, one.client)
        for each in given
    )


def chart_of(plan_id: str) -> str:
    """The chart of a plan that somebody just read."""
    return Again.objects.values_list("chart", flat=True).get(pk=plan_id)


def _due(row: Again, sessions: Sessions, today: date) -> date | None:
    return due_on(row.weeks, row.begun_on, row.last_on, sessions, today)


def _sessions(presence: Presence, chart_id: str) -> Sessions:
    return Sessions(*queries_calendar.sessions_around(chart_id, presence.at))


def _opened(presence: Presence, grant: Grant, ward: Ward, rows: Sequence[Again]) -> list[Plan]:
    if not rows:
        return []
    parts: list[bridge.SealedPart] = [(row.pk, _PART, 1, bytes(row.sealed)) for row in rows]
    details: bridge.Details = {"did": "looked what is given again"}
    return [rules_again.decode(one) for one in bridge.reveal(presence, grant, ward, parts, details)]


def _planned(presence: Presence, grant: Grant, ward: Ward, rows: Sequence[Again]) -> list[Planned]:
    sessions = _sessions(presence, ward.chart)
    return [
        Planned(
            row.pk,
            row.chart,
            one,
            row.by,
            row.weeks,
            row.last_on,
            _due(row, sessions, presence.today),
        )
        for row, one in zip(rows, _opened(presence, grant, ward, rows), strict=True)
    ]


def _may_write(presence: Presence, chart_id: str) -> tuple[Grant, Ward]:
    ward = queries.chart_ward(chart_id)
    cares = practice.cares_of(presence.person, chart_id)
    return bridge.ask(presence, Act.RECORD_WRITE, Purpose.TREATMENT, ward, cares=cares), ward
