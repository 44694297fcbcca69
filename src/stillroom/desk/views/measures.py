"""Measures: chosen from the chart, taken, handed to the client and back, read with their trend.

Rules: while a client holds the device the session is locked and holds no key, and the page shows
nothing of the record; what a client sees alarms and shames nobody; what asks for an assessment
leads to one at once.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.access import Act
from stillroom.chart import again, measured, measuring, queries_given
from stillroom.chart import queries as charts
from stillroom.chart.measures import read
from stillroom.desk import measures_beside
from stillroom.desk.pages import open_door, render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import consents_handed
from stillroom.desk.views.measures_given import measure_of, with_doors
from stillroom.identity import sessions
from stillroom.phi import NotHere, bridge
from stillroom.practice import queries as practice
from stillroom.practice.sending import queries as sending

_ANSWER = "a-"


def _answers(request: HttpRequest) -> dict[str, str]:
    """What a form brings: `a-` and the item's linkId."""
    return {
        name.removeprefix(_ANSWER): str(value)
        for name, value in request.POST.items()
        if name.startswith(_ANSWER) and str(value).strip()
    }


@require_GET
def measures(request: DeskRequest, chart_id: str) -> HttpResponse:
    """The measures of a chart, each with its trend, and those that can be given."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    library = request.shell.measures
    values = {
        "head": head,
        "courses": measures_beside.courses(presence, chart_id, library),
        "library": sorted(library.measures.values(), key=lambda one: one.asks.short.casefold()),
        "broken": library.broken,
        "given": [
            (one, library.measures[one.ask.instrument])
            for one in queries_given.given_in(presence, chart_id)
            if one.ask.instrument in library.measures
        ],
        "planned": [
            (one, library.measures[one.plan.instrument])
            for one in again.planned_in(presence, chart_id)
            if one.plan.instrument in library.measures
        ],
        "sends": sending.may_write(presence, chart_id),
        "writes": measures_beside.may_write(request.presence, chart_id),
    }
    return render(request, "measures.html", values, current="clients")


@require_http_methods(["GET", "POST"])
def give(request: DeskRequest, chart_id: str, instrument: str) -> HttpResponse:
    """One instrument to fill in; signed as it is sent."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    measure = measure_of(request, instrument)
    if not measures_beside.may_write(request.presence, chart_id):
        bridge.refuse(presence, Act.RECORD_WRITE, chart_id)
        raise NotHere
    by = request.POST.get("by", "paper" if measure.asks.paper else "asked")
    values = {"head": head, "measure": measure, "answers": {}, "by": by, "problem": None}
    values |= {"doors": with_doors(request, head), "typed": {}}
    if request.method == "GET":
        return render(request, "measure_give.html", values, current="clients")
    typed = _answers(request)
    try:
        record = measuring.keep(
            presence,
            chart_id,
            measure,
            typed,
            by if by in ("asked", "paper") else "asked",
            occurred_at=request.at,
        )
    except measuring.NothingAnswered as error:
        again = {**values, "answers": typed, "problem": error}
        return render(request, "measure_give.html", again, status=409, current="clients")
    return redirect("record", record_id=record)


@require_POST
def hand(request: DeskRequest, chart_id: str, instrument: str) -> HttpResponse:
    """The questionnaire alone, for the client; this session is locked as it is shown."""
    measure = measure_of(request, instrument)
    if not measure.asks.can_be_handed:
        bridge.refuse(request.presence, Act.RECORD_WRITE, chart_id)
        raise NotHere
    occasion = measuring.hand(request.presence, chart_id, measure)
    page = render(request, "measure_hand.html", {"measure": measure, "occasion": occasion})
    if request.cookie is not None:
        sessions.lock(request.cookie)
    return page


@open_door
@require_POST
def handed_back(request: DeskRequest, occasion: str) -> HttpResponse:
    """What the client wrote, kept for the clinician alone. The same page whatever was answered."""
    known = request.locked or request.here
    if known is None:
        return redirect("signin")
    measuring.hand_back(
        request.shell.house, known.person, occasion, _answers(request), at=request.at
    )
    return render(request, "measure_thanks.html", {"occasion": occasion})


@require_GET
def handed(request: DeskRequest, occasion: str) -> HttpResponse:
    """What came back, before it is signed."""
    back = measuring.look(request.presence, occasion)
    if back.instrument.startswith(consents_handed.ASK):
        return consents_handed.handed(request, back)
    measure = measure_of(request, back.instrument)
    kept = measure.asks.kept(back.answers)
    reading = read(measure, kept)
    values = {
        "head": practice.chart_head(request.presence, back.chart),
        "back": back,
        "measure": measure,
        "lines": measured.answer_lines(measure, kept),
        "result": measured.result_lines(reading),
        "signals": reading.signals,
        "missing": reading.missing,
        "empty": not kept,
    }
    return render(request, "measure_handed.html", values, current="clients")


@require_POST
def handed_keep(request: DeskRequest, occasion: str) -> HttpResponse:
    """Sign what came back, or let it go."""
    back = measuring.look(request.presence, occasion)
    form = back.instrument.startswith(consents_handed.ASK)
    if request.POST.get("do") == "forget":
        measuring.put_away(occasion)
        return redirect("measures" if not form else "consents", chart_id=back.chart)
    if form:
        return consents_handed.keep_handed(request, back)
    measure = measure_of(request, back.instrument)
    record = measuring.keep_handed(request.presence, back, measure)
    return redirect("record", record_id=record)


def result(
    request: DeskRequest, whole: charts.WholeRecord, values: Mapping[str, Any]
) -> HttpResponse:
    """A signed measure: what it found, what changed, what it asks for, and the trend."""
    shown = {**values, **measures_beside.values(request, whole)}
    return render(request, "measure_signed.html", shown, current="clients")


@require_POST
def assess(request: DeskRequest, record_id: str) -> HttpResponse:
    """An assessment of suicide risk, begun from what the measure said."""
    record = measuring.assess(request.presence, record_id, request.shell.measures)
    return redirect("record", record_id=record)
