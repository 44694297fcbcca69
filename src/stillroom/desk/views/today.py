"""Today: the day as a list, what is still to sign, and the clocks that run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from stillroom.access import Role
from stillroom.chart import measuring, queries_given, queries_review, queries_risk
from stillroom.chart import queries as charts
from stillroom.desk import dues
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people
from stillroom.phi import Presence
from stillroom.practice import queries as practice
from stillroom.practice import queries_calendar, queries_own_asks
from stillroom.practice.own_asks import SAID
from stillroom.practice.queries import Meeting
from stillroom.practice.queries_calendar import Blocked
from stillroom.supervision import queries as supervised

_CARING = frozenset({Role.CLINICIAN, Role.SUPERVISOR})
_GAP = timedelta(minutes=20)
_AHEAD = timedelta(days=3)
"""So long before its day something that is to follow stands on Today."""


@dataclass(frozen=True)
class Hour:
    """A meeting, hours of one's own (`kept`), or a gap; `when` is past, now, free or empty."""

    meeting: Meeting | None
    starts_at: datetime
    ends_at: datetime
    when: str
    note: str
    kept: bool = False


def _day(moment: datetime) -> tuple[datetime, datetime]:
    start = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    return start, start + timedelta(days=1)


def hours(
    meetings: Sequence[Meeting],
    notes: Mapping[str, str],
    at: datetime,
    kept: Sequence[Blocked] = (),
) -> list[Hour]:
    """The day with its honest gaps; what one keeps free is none. `notes` are records by the chart
    of their session."""
    day: list[Hour] = []
    until: datetime | None = None
    every: list[Meeting | Blocked] = [*meetings, *kept]
    for one in sorted(every, key=lambda one: one.starts_at):
        if until is not None and one.starts_at - until >= _GAP:
            day.append(Hour(None, until, one.starts_at, "free", ""))
        when = "past" if one.ends_at <= at else "now" if one.starts_at <= at else ""
        if isinstance(one, Blocked):
            day.append(Hour(None, one.starts_at, one.ends_at, when, "", kept=True))
        else:
            note = notes.get(one.chart, "")
            day.append(Hour(one, one.starts_at, one.ends_at, when, note))
        until = max(until or one.ends_at, one.ends_at)
    return day


def _kept(presence: Presence, meetings: Sequence[Meeting]) -> list[Blocked]:
    """Hours of one's own on the day of some meetings."""
    return queries_calendar.blocked_on(presence, *_day(meetings[0].starts_at)) if meetings else []


@require_GET
def today(request: DeskRequest) -> HttpResponse:
    """What this person has before her today."""
    presence = request.presence
    if not presence.roles & (_CARING | {Role.FRONT_DESK}):
        waits = {"dues": dues.of_the_house(request)}
        return render(request, "today_bare.html", waits, current="today")
    first, last = _day(request.at)
    meetings = practice.meetings_on(presence, first, last)
    caring = bool(presence.roles & _CARING)
    kept = queries_calendar.blocked_on(presence, first, last)
    ahead = [] if meetings else practice.next_day_of(presence, last)
    unsigned = charts.unsigned(presence) if caring else []
    ahead_of = request.today + _AHEAD
    due = queries_risk.due(presence, ahead_of) if caring else []
    handed = measuring.waiting(presence) if caring else []
    answered = queries_given.to_look_at(presence) if caring else []
    todays = {one.chart: one.record for one in unsigned if first <= one.occurred_at < last}
    mine = queries_review.of_mine(presence) if caring else []
    supervises = Role.SUPERVISOR in presence.roles
    to_cosign = queries_review.for_me(presence) if supervises else []
    returned = queries_review.returned(presence) if supervises else []
    of_theirs = queries_risk.due_of_supervised(presence, ahead_of) if supervises else []
    named = {one.chart for one in unsigned} | {one.chart for one in due}
    named |= {one.chart for one in of_theirs}
    named |= {one.chart for one in (*mine, *to_cosign, *returned)} | {one.chart for one in handed}
    named |= {chart for _, chart, _, _ in answered}
    due_here = dues.dues(request) if caring else []
    named |= {one.chart for one in due_here if one.chart}
    values: dict[str, Any] = {
        "hours": hours(meetings, todays, request.at, kept),
        "ahead": hours(ahead, {}, request.at, _kept(presence, ahead)),
        "unsigned": unsigned,
        "mine": mine,
        "to_cosign": to_cosign,
        "returned": returned,
        "of_theirs": of_theirs,
        "names": practice.names_of(presence, named),
        "due": due,
        "handed": handed,
        "answered": answered,
        "own_asks": [(one, SAID[one.words.kind]) for one in queries_own_asks.waiting(presence)],
        "dues": due_here,
        "caring": caring,
        "given": [one for one in supervised.lines(presence) if not one.mine] if caring else [],
        "colleagues": people.colleagues(active=False) if caring else {},
    }
    return render(request, "today.html", values, current="today")
