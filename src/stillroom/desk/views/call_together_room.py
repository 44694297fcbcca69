"""The call of several, for the clinician: a tile for each, the note beside them, and how it ends.

Rules: as in a visit of two (`call_room`); what a page tells of one member is written down as hers,
in the chart where what is hers lies. When it ends, who was there and from where goes into the note
of a couple; a group's session is begun from its chart.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillroom.access import Act
from stillroom.desk import calls_together
from stillroom.desk.calling import call_page
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import call, call_ending, call_note, call_together
from stillroom.kernel import StillroomError
from stillroom.telehealth import actions, meetings, queries, rules_several, serving, serving_several
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.meetings import Meeting
from stillroom.telehealth.rules_facts import Fact
from stillroom.telehealth.rules_session import Phase
from stillroom.telehealth.seats import KEEPER


@call_page
@require_GET
def room(request: DeskRequest, room_id: str) -> HttpResponse:
    """The page of the call, while its door is open; else the page of the meeting."""
    one = meetings.whole(request.presence, room_id)
    if one.phase_at(request.at) is not Phase.OPEN:
        return redirect("call_together", room_id=one.id)
    it = calls_together.shown(request, one)
    draft = call_note.mine(request, one)
    values: dict[str, Any] = {
        **(call_note.values(request, draft) if draft else {}),
        "it": it,
        "one": one,
        "head": it.head,
        "draft": draft,
        "owner": request.presence.person,
        "stopped": request.at,
        "problem": None,
        "asking": None,
    }
    return render(request, "call_together_room.html", values, current="calendar")


@require_POST
def ticket(request: DeskRequest, room_id: str) -> HttpResponse:
    """A ticket for the clinician's seat, or the question which of two devices stays."""
    one = meetings.whole(request.presence, room_id)
    if one.phase_at(request.at) is not Phase.OPEN:
        raise actions.NotNowThisDoor
    if serving.told(request).get("again"):
        return serving.as_ticket(serving_several.again(request, one, KEEPER))
    given = serving_several.sit(
        request,
        one,
        KEEPER,
        host=request.get_host(),
        take=bool(serving.told(request).get("take")),
        name=request.presence.name,
        practice=request.shell.house.practice,
    )
    return serving.as_ticket(given)


@require_POST
def state(request: DeskRequest, room_id: str) -> HttpResponse:
    """This page is still there; whom it may meet. Opens nothing."""
    one = meetings.whole(request.presence, room_id)
    others = serving_several.present(request, one)
    return JsonResponse({**serving.still_there(request, one, KEEPER), **others})


@require_POST
def reached(request: DeskRequest, room_id: str) -> HttpResponse:
    """What this browser and one member's found of each other; into the record as hers."""
    told = serving.told(request)
    one = _of(request, room_id, told)
    body = facts.reached(str(told.get("how", "")), str(told.get("why", "")), KEEPER)
    actions.say(request.presence, one, facts.REACHED, body, Act.CALL_JOIN)
    return JsonResponse({})


@require_POST
def note(request: DeskRequest, room_id: str) -> HttpResponse:
    """A fact that a button brings, of one member or of the whole."""
    told = serving.told(request)
    if type(told.get("seat")) is int:
        one = _of(request, room_id, told)
    else:
        one = meetings.whole(request.presence, room_id)
    call.write(request, one, {name: str(value) for name, value in told.items()})
    return JsonResponse({})


def _of(request: DeskRequest, room_id: str, told: Mapping[str, Any]) -> Meeting:
    seat = told.get("seat")
    number = seat if type(seat) is int else 0
    return meetings.seat_of(request.presence, room_id, number)[1]


@require_POST
def end(request: DeskRequest, room_id: str) -> HttpResponse:
    """Hang up for good: the times and who was there go into the note."""
    one = meetings.whole(request.presence, room_id, Act.CALL_OPEN)

    def held() -> str:
        there = rules_several.attendance(calls_together.came(calls_together.shown(request, one)))
        return call_ending.hold(request, one, _told_of_all(request, one), "", there)

    def refused(problem: StillroomError) -> HttpResponse:
        return call_together.whole_page(request, one, problem)

    return call_ending.end(request, one, "call_together", held, refused)


def _told_of_all(request: DeskRequest, one: Meeting) -> list[Fact]:
    """What was said of each member whose facts this person may open."""
    return [
        fact
        for seat in meetings.seats_of(one, request.at)
        if seat.chart and queries.may(request.presence, seat.chart, Act.CALL_JOIN)
        for fact in queries.facts_of(request.presence, seat)
    ]
