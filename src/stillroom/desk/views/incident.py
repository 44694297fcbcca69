"""Incidents: anybody says that something went wrong; whoever runs the practice weighs it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.desk.incident_forms import NotUnderstood, event_of
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import breach_paper, incidents
from stillroom.disclosure.breach import (
    FACTORS,
    Decided,
    Delay,
    Event,
    Excepted,
    Factor,
    Letter,
    Report,
    Told,
    missing,
)
from stillroom.disclosure.breach.standing import EXCEPTIONS, LetterIncomplete
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere

_DID: Mapping[type, str] = {
    Report: "Reported",
    Factor: "A factor weighed",
    Excepted: "An exception",
    Decided: "Decided",
    Delay: "The police asked for a delay",
    Letter: "The notice",
}
_WHOM = {"hhs": "HHS", "media": "the media"}


def _did(event: Event) -> str:
    """One entry of the story, in words."""
    if isinstance(event, Told):
        whom = _WHOM.get(event.whom, f"the client of chart {event.chart:04d}")
        return f"Told: {whom}, {event.on:%B} {event.on.day}, {event.how}"
    return _DID[type(event)]


def _typed(request: DeskRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.POST.items()}


@require_http_methods(["GET", "POST"])
def register(request: DeskRequest) -> HttpResponse:
    """What this person may read of the register, and the form in which anybody reports."""
    presence, problem = request.presence, None
    typed = _typed(request)
    if request.method == "POST":
        try:
            event = event_of({**typed, "kind": "report"})
            if not isinstance(event, Report):
                raise NotUnderstood
            return redirect("incident", incident_id=incidents.report(presence, event))
        except NotHere:
            raise
        except StillroomError as error:
            problem = error
    today = request.today
    values = {
        "lines": incidents.register_of(presence),
        "all": incidents.may_see_all(presence),
        "today": today,
        "typed": typed or {"discovered_on": today.isoformat(), "part2": "unknown", "secured": "no"},
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "incidents.html", values, status=status, current="incidents")


def _page(
    request: DeskRequest, incident_id: str, problem: StillroomError | None = None
) -> HttpResponse:
    found = incidents.whole(request.presence, incident_id)
    values: dict[str, Any] = {
        "incident": found,
        "at": found.standing,
        "story": [(one, _did(one.event)) for one in found.story],
        "factors": FACTORS,
        "exceptions": EXCEPTIONS,
        "today": request.today,
        "colleagues": people.colleagues(active=False),
        "typed": _typed(request),
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "incident.html", values, status=status, current="incidents")


@require_GET
def incident(request: DeskRequest, incident_id: str) -> HttpResponse:
    """One incident: its story, what is to be weighed, and who is to be told by when."""
    return _page(request, incident_id)


@require_POST
def write(request: DeskRequest, incident_id: str) -> HttpResponse:
    """Write one thing more about it."""
    try:
        incidents.require_write(request.presence, incident_id)
        incidents.write(request.presence, incident_id, event_of(_typed(request)))
    except NotHere:
        raise
    except StillroomError as error:
        return _page(request, incident_id, error)
    return redirect("incident", incident_id=incident_id)


@require_POST
def close(request: DeskRequest, incident_id: str) -> HttpResponse:
    """Close it, when nothing is owed any more."""
    try:
        incidents.close(request.presence, incident_id)
    except incidents.StillOwed as error:
        return _page(request, incident_id, error)
    return redirect("incident", incident_id=incident_id)


@require_GET
def notice(request: DeskRequest, incident_id: str) -> HttpResponse:
    """The notice to the clients affected, as a PDF without an address."""
    found = incidents.whole(request.presence, incident_id)
    contents = found.standing.letter
    if contents is None or missing(contents):
        return _page(request, incident_id, LetterIncomplete())
    house, name = request.presence.house.name, request.presence.name
    today = request.today
    printed = breach_paper.notice(house, name, contents, today, request.at)
    response = HttpResponse(printed.pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="notice.pdf"'
    return response
