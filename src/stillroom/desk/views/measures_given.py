"""Measures by the client's own door: given, looked at when they come back, signed or taken away.

Rules: what a client answered by the own door is in no record until somebody who treats has read it
and signed it; opening it says that it was seen; what asks for an assessment is told at once.
"""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillroom.access import Act
from stillroom.chart import again, giving, measured
from stillroom.chart.given import Ask
from stillroom.chart.measures import Measure, read
from stillroom.chart.rules_again import BEFORE_EACH, Plan
from stillroom.desk import measures_beside
from stillroom.desk.forms import days
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests as guests
from stillroom.practice.heads import ChartHead

_LONGEST = 400


class NoDoor(StillroomError):
    """A client without a door was to be asked by it."""

    what = "this client has no door of her own"
    usual_advice = "Invite her first, on the page of her chart; or hand the questions over here."


def measure_of(request: DeskRequest, instrument: str) -> Measure:
    """An instrument of the library, or `NotHere`."""
    found = request.shell.measures.measures.get(instrument)
    if found is None:
        bridge.refuse(request.presence, Act.RECORD_WRITE, instrument)
        raise NotHere
    return found


def with_doors(request: DeskRequest, head: ChartHead) -> list[tuple[str, str]]:
    """Holders of the chart who come in by a door of their own, with their names."""
    doors = {one.client for one in guests.doors_of(request.presence, head.id)}
    return [(one.client, one.sheet.full) for one in head.holders if one.client in doors]


@require_POST
def by_door(request: DeskRequest, chart_id: str, instrument: str) -> HttpResponse:
    """Give it: to whom, by when, with a word of one's own, and whether she sees her course."""
    head, measure, typed = _asked(request, chart_id, instrument)
    try:
        named = dict(with_doors(request, head))
        if typed.get("client") not in named:
            raise NoDoor
        ask = Ask(
            measure.id,
            typed["client"],
            typed.get("shows") == "yes",
            typed.get("words", "").strip()[:_LONGEST],
        )
        giving.give(request.presence, chart_id, ask, measure, days(typed, "due_on"))
    except NotHere:
        raise
    except StillroomError as error:
        return _with_problem(request, head, measure, typed, error)
    return redirect("measures", chart_id=chart_id)


@require_POST
def plan(request: DeskRequest, chart_id: str, instrument: str) -> HttpResponse:
    """Give it again and again: how often, to whom, and whether it stands at the own door."""
    head, measure, typed = _asked(request, chart_id, instrument)
    by_door = typed.get("by_door") == "yes"
    client = typed.get("plan_for") or head.holders[0].client
    try:
        if by_door and client not in dict(with_doors(request, head)):
            raise NoDoor
        wanted = Plan(measure.id, client, by_door, typed.get("shows") == "yes")
        again.plan(request.presence, chart_id, wanted, _weeks(typed), measure)
    except NotHere:
        raise
    except StillroomError as error:
        return _with_problem(request, head, measure, typed, error)
    return redirect("measures", chart_id=chart_id)


def _asked(
    request: DeskRequest, chart_id: str, instrument: str
) -> tuple[ChartHead, Measure, dict[str, str]]:
    """The chart, the instrument and what was typed, for whoever may give measures here."""
    head = practice.chart_head(request.presence, chart_id)
    measure = measure_of(request, instrument)
    if not measures_beside.may_write(request.presence, chart_id):
        bridge.refuse(request.presence, Act.RECORD_WRITE, chart_id)
        raise NotHere
    return head, measure, {name: str(value) for name, value in request.POST.items()}


def _with_problem(
    request: DeskRequest,
    head: ChartHead,
    measure: Measure,
    typed: Mapping[str, str],
    problem: StillroomError,
) -> HttpResponse:
    """The page of giving again, with what is to be mended and what was typed."""
    values = {"head": head, "measure": measure, "answers": {}, "by": "asked"}
    more = {"doors": with_doors(request, head), "typed": typed, "problem": problem}
    return render(request, "measure_give.html", {**values, **more}, status=409, current="clients")


def _weeks(typed: Mapping[str, str]) -> int | None:
    """Weeks between two, 0 for before each session, nothing for what cannot be read."""
    if typed.get("often") == "session":
        return BEFORE_EACH
    text = typed.get("weeks", "").strip()
    meant = text.isascii() and text.isdigit() and len(text) < 3
    return int(text) or None if typed.get("often") == "weeks" and meant else None


@require_POST
def plan_end(request: DeskRequest, plan_id: str) -> HttpResponse:
    """It is not given again any more."""
    return redirect("measures", chart_id=again.end(request.presence, plan_id))


@require_GET
def given(request: DeskRequest, given_id: str) -> HttpResponse:
    """What she answered so far, or handed in."""
    one = giving.see(request.presence, given_id)
    measure = measure_of(request, one.ask.instrument)
    kept = measure.asks.kept(one.filled.answers)
    reading = read(measure, kept)
    values = {
        "head": practice.chart_head(request.presence, one.chart),
        "one": one,
        "measure": measure,
        "lines": measured.answer_lines(measure, kept),
        "result": measured.result_lines(reading, one.filled.by) if kept else [],
        "signals": reading.signals,
        "empty": not kept,
        "writes": measures_beside.may_write(request.presence, one.chart),
    }
    return render(request, "measure_given.html", values, current="clients")


@require_POST
def given_keep(request: DeskRequest, given_id: str) -> HttpResponse:
    """Sign it into the record, or take it away."""
    if request.POST.get("do") == "away":
        return redirect("measures", chart_id=giving.take_away(request.presence, given_id))
    one = giving.see(request.presence, given_id)
    record = giving.keep(request.presence, given_id, measure_of(request, one.ask.instrument))
    return redirect("record", record_id=record)
