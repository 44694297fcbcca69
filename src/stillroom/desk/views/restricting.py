"""Keeping one record to those who treat, as agreed with the client; and the end of it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from stillroom.chart import restricting
from stillroom.chart.rules_restricted import (
    ENDINGS,
    KeptAlready,
    NotSaidHow,
    NotSaidWhat,
    SaidTooMuch,
    WaitsForOthers,
)
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.practice import queries as practice

_TO_MEND = (KeptAlready, NotSaidHow, NotSaidWhat, SaidTooMuch, WaitsForOthers)
_FIELDS = {NotSaidWhat: "f-words", SaidTooMuch: "f-words", NotSaidHow: "f-how"}


@require_http_methods(["GET", "POST"])
def keep(request: DeskRequest, record_id: str) -> HttpResponse:
    """Keep a record to those who treat: what was agreed."""
    restricting.require_may(request.presence, record_id)
    if request.method == "GET":
        return _page(request, record_id)
    try:
        restricting.restrict(request.presence, record_id, request.POST.get("words", ""))
    except _TO_MEND as problem:
        return _page(request, record_id, problem)
    return redirect("record", record_id=record_id)


@require_POST
def let_read(request: DeskRequest, record_id: str) -> HttpResponse:
    """Everybody who cares for the client may read it again."""
    restricting.require_may(request.presence, record_id)
    how, words = request.POST.get("how", ""), request.POST.get("words", "")
    try:
        restricting.let_read(request.presence, record_id, how, words)
    except _TO_MEND as problem:
        return _page(request, record_id, problem)
    return redirect("record", record_id=record_id)


def _page(
    request: DeskRequest, record_id: str, problem: StillroomError | None = None
) -> HttpResponse:
    presence = request.presence
    row = restricting.require_may(presence, record_id)
    values = {
        "head": practice.chart_head(presence, row.chart),
        "row": row,
        "steps": restricting.steps_of(presence, record_id),
        "colleagues": people.colleagues(active=False),
        "endings": ENDINGS,
        "typed": {name: str(value) for name, value in request.POST.items()},
        "problem": problem,
        "mends": _FIELDS.get(type(problem), "") if problem else "",
    }
    return render(
        request, "restricted.html", values, status=409 if problem else 200, current="clients"
    )
