"""Holding a record, or a kind of record, from the client who comes by her own door."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from stillroom.access import Act, Purpose
from stillroom.chart import holding
from stillroom.chart import queries as charts
from stillroom.chart.holding import Reason
from stillroom.chart.rules_holds import (
    GROUNDS,
    USUAL,
    HeldAlready,
    NoGround,
    NoSuchDay,
    NoWords,
)
from stillroom.consent.rules import PRIVATE_KINDS, RECORD_KINDS
from stillroom.desk.held_pages import CHECKED
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, bridge
from stillroom.practice import queries as practice

_TO_MEND = (NoGround, NoWords, NoSuchDay, HeldAlready)
KINDS = sorted(RECORD_KINDS - PRIVATE_KINDS - {"appointments", "billing", "demographics"})
"""The law's words for records that a client may read here."""


class NoKind(StillroomError):
    """A hold of a kind without saying which."""

    what = "it is not said what is to be held"
    usual_advice = "Choose a kind of record; a single record is held on its own page."


@require_http_methods(["GET", "POST"])
def record(request: DeskRequest, record_id: str) -> HttpResponse:
    """Hold one record: the reason, its words, until when."""
    row = charts.find_record(request.presence, record_id, Act.RECORD_HOLD)
    if row.private:
        bridge.refuse(request.presence, Act.RECORD_HOLD, record_id)
        raise NotHere
    _require(request, row.chart)
    if request.method == "GET":
        return _page(request, row.chart, record_id)
    try:
        holding.hold_record(request.presence, record_id, _reason(request))
    except _TO_MEND as problem:
        return _page(request, row.chart, record_id, problem)
    return redirect("record", record_id=record_id)


@require_http_methods(["GET", "POST"])
def chart(request: DeskRequest, chart_id: str) -> HttpResponse:
    """What is held of a chart; and a kind of record to be held."""
    _require(request, chart_id)
    if request.method == "GET":
        return _page(request, chart_id)
    kind = request.POST.get("kind", "")
    try:
        if kind not in KINDS:
            raise NoKind
        holding.hold_kind(request.presence, chart_id, kind, _reason(request))
    except (*_TO_MEND, NoKind) as problem:
        return _page(request, chart_id, problem=problem)
    return redirect("holds", chart_id=chart_id)


@require_POST
def end(request: DeskRequest, hold_id: str) -> HttpResponse:
    """The client reads it from now on."""
    return redirect("holds", chart_id=holding.end(request.presence, hold_id))


def _require(request: DeskRequest, chart_id: str) -> None:
    presence = request.presence
    cares = practice.cares_of(presence.person, chart_id)
    bridge.ask(
        presence, Act.RECORD_HOLD, Purpose.TREATMENT, charts.chart_ward(chart_id), cares=cares
    )


def _reason(request: DeskRequest) -> Reason:
    try:
        day = date.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        day = None
    return Reason(request.POST.get("ground", ""), request.POST.get("words", ""), day)


_FIELDS = {NoGround: "f-ground", NoWords: "f-words", NoSuchDay: "f-until", NoKind: "f-kind"}


def _page(
    request: DeskRequest,
    chart_id: str,
    record_id: str = "",
    problem: StillroomError | None = None,
) -> HttpResponse:
    presence = request.presence
    values = {
        "head": practice.chart_head(presence, chart_id),
        "record_id": record_id,
        "standing": holding.standing(presence, chart_id, record_id),
        "grounds": GROUNDS.values(),
        "checked": CHECKED,
        "kinds": KINDS,
        "typed": {name: str(value) for name, value in request.POST.items()},
        "usual": (presence.today + USUAL).isoformat(),
        "problem": problem,
        "mends": _FIELDS.get(type(problem), "") if problem else "",
    }
    return render(request, "holds.html", values, status=409 if problem else 200, current="clients")
