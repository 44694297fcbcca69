"""The call itself, for the clinician: two pictures, the note beside them, and how it ends.

Rules: a ticket is issued after the gate was asked and the log has it; one seat has one device, and
a second one is asked which stays. What was spoken, shown or drawn is nowhere kept; what was written
to each other is, where both agree. When the call ends its times go into the note, and the
appointment was held.
"""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from stillroom.access import Act
from stillroom.chart.session_times import time_typed
from stillroom.desk import calls
from stillroom.desk.calling import call_page
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import call, call_note
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere
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
    if given is None:
        return JsonResponse({"taken": True}, status=409)
    return JsonResponse(given)


@require_POST
def state(request: DeskRequest, room_id: str) -> HttpResponse:
    """This page is still there; how it stands, and who else is there. Opens nothing."""
    one = queries.meeting(request.presence, room_id)
    seats, device = request.shell.seats, serving.device(request.cookie)
    there = seats.whose(one.id, CLIENT, request.at)
    stays = seats.show(one.id, KEEPER, request.presence.person, device, request.at, inside=True)
    return JsonResponse(
        {
            "phase": one.phase_at(request.at).value,
            "stays": stays,
            "here": there is not None,
            "inside": bool(there and there.inside),
        }
    )


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
        return _keep(request, one, told.get("words", ""))
    call.write(request, one, told)
    return JsonResponse({})


def _keep(request: DeskRequest, one: Meeting, words: str) -> HttpResponse:
    """What the two wrote, to which the client said yes: a draft of a contact note."""
    holders = practice.chart_head(request.presence, one.chart).holders
    whom = ", ".join(each.sheet.full for each in holders)
    record = actions_kept.keep(request.presence, one, words, whom)
    return JsonResponse({"record": reverse("record", kwargs={"record_id": record})})


@require_POST
def end(request: DeskRequest, room_id: str) -> HttpResponse:
    """Hang up for good: the times go into the note, and the appointment was held. `unused` shuts a
    door behind which nothing came about."""
    one = queries.meeting(request.presence, room_id, Act.CALL_OPEN)
    try:
        if request.POST.get("unused"):
            actions.shut_unused(request.presence, one)
            request.shell.seats.clear(one.id)
            return redirect("call", room_id=one.id)
        record_id = _end(request, one)
    except NotHere:
        raise
    except StillroomError as problem:
        typed = {name: str(value) for name, value in request.POST.items()}
        return call.page(request, one, problem, typed)
    request.shell.seats.clear(one.id)
    return (
        redirect("record", record_id=record_id) if record_id else redirect("call", room_id=one.id)
    )


def _end(request: DeskRequest, one: Meeting) -> str:
    it = calls.shown(request, one)
    start, stop = _started(request, one), stopped(request, one)
    draft = call_note.mine(request, one)
    actions.end(request.presence, one, start, stop, it.licence.place)
    if draft:
        call_note.put_times(request, draft, start, stop, call_note.where(it))
    return draft


def _started(request: DeskRequest, one: Meeting) -> datetime:
    """When the two reached each other; where no page told, when the door was opened."""
    met = facts.first_met(queries.facts_of(request.presence, one))
    return met or one.planned.opened_at or request.at


def stopped(request: DeskRequest, one: Meeting) -> datetime:
    """Now, or the time that was typed for a call that ended before."""
    typed = request.POST.get("stop", "").strip()
    if not typed:
        return request.at
    clock = time_typed(typed)
    if clock is None:
        raise actions.TimesWrong
    zone = timezone.get_current_timezone()
    opened = timezone.localtime(one.planned.opened_at or request.at)
    stop = datetime.combine(opened.date(), clock, zone)
    return stop if stop > opened else stop + timedelta(days=1)
