"""The call itself, for the clinician: two pictures, the note beside them, and how it ends.

Rules: a ticket is issued after the gate was asked and the log has it; one seat has one device, and
a second one is asked which stays. What was spoken or shown is nowhere kept; what was written to
each other or drawn is, where both agree. When the call ends its times go into the note, and the
appointment was held.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from stillroom.access import Act
from stillroom.desk import calls
from stillroom.desk.calling import call_page
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import call, call_ending, call_note
from stillroom.kernel import StillroomError
from stillroom.practice import queries as practice
from stillroom.telehealth import actions, actions_kept, queries, rules_checks, serving
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.queries import Meeting
from stillroom.telehealth.rules_session import Phase
from stillroom.telehealth.seats import CLIENT, KEEPER


@call_page
@require_GET
def room(request: DeskRequest, room_id: str) -> HttpResponse:
    """The page of the call, while its door is open; else the page of the meeting."""
    one = queries.meeting(request.presence, room_id)
    if one.phase_at(request.at) is not Phase.OPEN:
        return redirect("call", room_id=one.id)
    it = calls.shown(request, one)
    draft = call_note.mine(request, one)
    sheet = it.head.holders[0].sheet if it.head.holders else None
    name = ""
    if it.check and sheet:
        name = rules_checks.shown_name(it.check, sheet.called or sheet.given, sheet.short)
    values: dict[str, Any] = {
        **(call_note.values(request, draft) if draft else {}),
        "it": it,
        "one": one,
        "to": calls.links(one),
        "head": it.head,
        "draft": draft,
        "owner": request.presence.person,
        "me": request.presence.name,
        "pair": serving.pair(request.shell.house.practice, one.chart),
        "name": name,
        "stopped": request.at,
        "problem": None,
        "asking": None,
    }
    return render(request, "call_room.html", values, current="calendar")


@require_POST
def ticket(request: DeskRequest, room_id: str) -> HttpResponse:
    """A ticket for the clinician's seat, or the question which of two devices stays."""
    one = queries.meeting(request.presence, room_id)
    if one.phase_at(request.at) is not Phase.OPEN:
        raise actions.NotNowThisDoor
    take = bool(serving.told(request).get("take"))
    given = serving.sit(request, one, KEEPER, host=request.get_host(), take=take)
    return serving.as_ticket(given)


@require_POST
def state(request: DeskRequest, room_id: str) -> HttpResponse:
    """This page is still there; how it stands, and who else is there. Opens nothing."""
    one = queries.meeting(request.presence, room_id)
    there = request.shell.seats.whose(one.id, CLIENT, request.at)
    others = {"here": there is not None, "inside": bool(there and there.inside)}
    return JsonResponse({**serving.still_there(request, one, KEEPER), **others})


@require_POST
def reached(request: DeskRequest, room_id: str) -> HttpResponse:
    """What the two browsers found of each other, as the page tells it; into the record."""
    one = queries.meeting(request.presence, room_id)
    told = serving.told(request)
    body = facts.reached(str(told.get("how", "")), str(told.get("why", "")))
    actions.say(request.presence, one, facts.REACHED, body, Act.CALL_JOIN)
    return JsonResponse({})


@require_POST
def note(request: DeskRequest, room_id: str) -> HttpResponse:
    """What the page of the call brings by a button: somebody near, sound alone; what to keep."""
    one = queries.meeting(request.presence, room_id)
    told = {name: str(value) for name, value in serving.told(request).items()}
    if told.get("do") == facts.KEPT:
        return _keep(request, one, told)
    call.write(request, one, told)
    return JsonResponse({})


def _keep(request: DeskRequest, one: Meeting, told: Mapping[str, str]) -> HttpResponse:
    """What the two wrote or drew, to which the client said yes: a draft of a contact note, or of a
    document."""
    if "board" in told:
        record = actions_kept.keep_board(request.presence, one, told["board"], request.today)
    else:
        holders = practice.chart_head(request.presence, one.chart).holders
        whom = ", ".join(each.sheet.full for each in holders)
        record = actions_kept.keep(request.presence, one, told.get("words", ""), whom)
    return JsonResponse({"record": reverse("record", kwargs={"record_id": record})})


@require_POST
def end(request: DeskRequest, room_id: str) -> HttpResponse:
    """Hang up for good: the times go into the note, and the appointment was held. `unused` shuts a
    door behind which nothing came about."""
    one = queries.meeting(request.presence, room_id, Act.CALL_OPEN)

    def held() -> str:
        it = calls.shown(request, one)
        found = queries.facts_of(request.presence, one)
        return call_ending.hold(request, one, found, it.licence.place, call_note.where(it))

    def refused(problem: StillroomError) -> HttpResponse:
        typed = {name: str(value) for name, value in request.POST.items()}
        return call.page(request, one, problem, typed)

    return call_ending.end(request, one, "call", held, refused)
