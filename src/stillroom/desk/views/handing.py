"""Handing over a caseload, and the page for whoever covers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from stillroom.access import Act, Capacity, Purpose, Ward
from stillroom.chart import glance, handing
from stillroom.desk.forms import days
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.care import end_of, last_day
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, bridge
from stillroom.practice import actions as practising
from stillroom.practice import queries as practice
from stillroom.practice import queries_calendar, queries_care
from stillroom.practice.rules_calendar import Slot

_WHILE, _GOOD = "while", "good"


class NobodyTicked(StillroomError):
    """A caseload of nothing."""

    what = "no client was chosen"
    usual_advice = "Tick whom you hand over, and choose to whom."


class NoColleague(StillroomError):
    """A client was ticked, and nobody to take her."""

    what = "it is not said who takes this client"
    usual_advice = "Choose a colleague above for all, or one beside the name."


class NotSaidHow(StillroomError):
    """Neither for a while nor for good."""

    what = "it is not said whether this is for a while or for good"
    usual_advice = "Choose one; for a while, give the last day too."


class LastDayMissing(StillroomError):
    """For a while, and no end."""

    what = "cover needs its last day"
    usual_advice = "Give the last day on which your colleague covers; it ends by itself."


@dataclass(frozen=True)
class Outcome:
    """What became of one chart: done, with so many appointments gone over, or why not."""

    name: str
    to: str
    moved: int
    problem: StillroomError | None
    clashes: tuple[Slot, ...] = ()
    """Appointments that went over to times at which the colleague has something else."""


def _typed(request: DeskRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.POST.items()}


@require_http_methods(["GET", "POST"])
def hand_over(request: DeskRequest) -> HttpResponse:
    """All or some of one's clients to one or several colleagues."""
    typed = _typed(request)
    cases = handing.caseload(request.presence)
    if request.method == "GET":
        return _page(request, cases, {})
    try:
        until = _until(typed, request.at)
        chosen = _chosen(cases, typed)
    except StillroomError as error:
        return _page(request, cases, typed, error)
    done = [_one(request, case, to, until, typed) for case, to in chosen]
    failed = {case.head.id for (case, _), one in zip(chosen, done, strict=True) if one.problem}
    left = [case for case in handing.caseload(request.presence) if case.head.id in failed]
    return _page(request, left, typed, outcomes=done, until=until)


def _until(typed: Mapping[str, str], at: datetime) -> datetime | None:
    """The end of a cover, `None` for good."""
    if typed.get("how") == _GOOD:
        return None
    if typed.get("how") != _WHILE:
        raise NotSaidHow
    until = end_of(days(typed, "until"))
    if until is None:
        raise LastDayMissing
    if until <= at:
        raise LastDayMissing("that last day is over already", advice="Give today or a later day.")
    return until


def _chosen(cases: list[handing.Case], typed: Mapping[str, str]) -> list[tuple[handing.Case, str]]:
    """The ticked charts, each with the colleague who takes it."""
    ticked = [case for case in cases if typed.get(f"chart_{case.head.id}")]
    if not ticked:
        raise NobodyTicked
    chosen = [(one, typed.get(f"to_{one.head.id}") or typed.get("to", "")) for one in ticked]
    if any(not to for _, to in chosen):
        raise NoColleague
    return chosen


def _one(
    request: DeskRequest,
    case: handing.Case,
    to: str,
    until: datetime | None,
    typed: Mapping[str, str],
) -> Outcome:
    names = people.colleagues()
    name = names[to].name if to in names else ""
    words = typed.get(f"words_{case.head.id}", "")
    clashes: list[Slot] = []
    try:
        if until is None:
            clashes = queries_calendar.in_the_way(request.presence, case.head.id, to)
        moved = handing.hand_over(request.presence, case.head.id, to, until, words)
    except StillroomError as error:
        return Outcome(case.head.full, name, 0, error)
    return Outcome(case.head.full, name, moved, None, tuple(clashes))


def _page(
    request: DeskRequest,
    cases: list[handing.Case],
    typed: Mapping[str, str],
    problem: StillroomError | None = None,
    *,
    outcomes: list[Outcome] | None = None,
    until: datetime | None = None,
) -> HttpResponse:
    values = {
        "cases": cases,
        "typed": typed,
        "problem": problem,
        "outcomes": outcomes or [],
        "last": last_day(until),
        "could": queries_care.could_care(request.presence),
        "colleagues": people.colleagues(active=False),
    }
    failed = problem or any(one.problem for one in outcomes or [])
    return render(request, "handing.html", values, status=409 if failed else 200, current="clients")


@require_GET
def covering(request: DeskRequest) -> HttpResponse:
    """Whom this person covers for, until when, and what is next."""
    presence = request.presence
    bridge.ask(presence, Act.FRONT_LIST, Purpose.TREATMENT, Ward(chart=""))
    charts = queries_care.charts_as(presence, Capacity.COVERING)
    named = practice.names_of(presence, charts)
    ends = queries_care.ends_of(presence, Capacity.COVERING)
    lines = sorted(
        ((named[chart], last_day(ends.get(chart))) for chart in charts if chart in named),
        key=lambda line: (str(line[1]), line[0].full),
    )
    values = {"lines": lines, "colleagues": people.colleagues(active=False)}
    return render(request, "covering.html", values, current="clients")


@require_GET
def chart_covered(request: DeskRequest, chart_id: str) -> HttpResponse:
    """What somebody who covers must know of one client, on one page."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    seen = glance.glance(presence, chart_id)
    values = {
        "head": head,
        "seen": seen,
        "next": queries_calendar.next_visits(presence, chart_id),
        "until": last_day(queries_care.ends_of(presence, Capacity.COVERING).get(chart_id)),
        "colleagues": people.colleagues(active=False),
        "today": request.today,
    }
    return render(request, "glance.html", values, current="clients")


@require_http_methods(["GET", "POST"])
def leave(request: DeskRequest, chart_id: str) -> HttpResponse:
    """End one's own cover or supervision, after it was said what that does."""
    presence = request.presence
    cares = practice.cares_of(presence.person, chart_id)
    purpose = practice.purpose_for(presence, cares)
    bridge.ask(presence, Act.CARE_LEAVE, purpose, Ward(chart=chart_id), cares=cares)
    problem: StillroomError | None = None
    if request.method == "POST":
        try:
            practising.leave(presence, chart_id)
        except NotHere:
            raise
        except StillroomError as error:
            problem = error
        else:
            return redirect("clients")
    capacity = next((one.capacity.value for one in reversed(cares) if one.runs(request.at)), "")
    values = {
        "head": practice.chart_head(presence, chart_id),
        "capacity": capacity,
        "problem": problem,
    }
    return render(
        request, "care_leave.html", values, status=409 if problem else 200, current="clients"
    )
