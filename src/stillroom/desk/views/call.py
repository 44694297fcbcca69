"""Before a meeting by video: what was said, what stands in the way, and the door.

Rules: nothing here is taken over in silence; a door opens at one press when nothing stands in the
way, and with a reason when something does. What is refused keeps what was typed.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillroom.access import Act
from stillroom.desk import calls
from stillroom.desk.pages import render
from stillroom.desk.places import STATES, name_of
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import call_note
from stillroom.kernel import StillroomError
from stillroom.law import law_of
from stillroom.phi import NotHere
from stillroom.telehealth import (
    actions,
    actions_several,
    meetings,
    queries,
    rules_checks,
    rules_session,
)
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.queries import Meeting

PLACES = frozenset(STATES)


@require_POST
def begin(request: DeskRequest, chart_id: str) -> HttpResponse:
    """A room without an appointment."""
    many = request.shell.relays.carries_many
    return redirect("call", room_id=actions.begin_now(request.presence, chart_id, many=many))


@require_GET
def call(request: DeskRequest, room_id: str, number: int = 0) -> HttpResponse:
    """The page of one meeting; of several, of one member's seat, or on to the page of them all."""
    if number:
        return page(request, _one(request, room_id, number))
    one = meetings.either(request.presence, room_id)
    return redirect("call_together", room_id=one.id) if one.several else page(request, one)


def _one(request: DeskRequest, room_id: str, number: int, act: Act = Act.CALL_JOIN) -> Meeting:
    """A visit of two, or one member's seat."""
    if number:
        return meetings.seat_of(request.presence, room_id, number, act)[1]
    return queries.meeting(request.presence, room_id, act)


def _back(one: Meeting, name: str = "") -> HttpResponse:
    links = calls.links(one)
    return redirect(links[name or "page"])


def page(
    request: DeskRequest,
    one: Meeting,
    problem: StillroomError | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page of a meeting, with what is to mend and what was typed."""
    it = calls.shown(request, one)
    offered = it.check
    if offered is None:
        last = queries.last_check(request.presence, one)
        offered = rules_checks.again(last[0]) if last else calls.first_answers(it.head)
    values: dict[str, Any] = {
        "it": it,
        "one": one,
        "to": calls.links(one),
        "head": it.head,
        "asked": {**{n: getattr(offered, n) for n in rules_checks.FIELDS}, **(typed or {})},
        "asking": isinstance(problem, rules_checks.Unanswered),
        "wrong": problem.wrong if isinstance(problem, rules_checks.Unanswered) else {},
        "told": dict.fromkeys(rules_checks.FIELDS, "") | getattr(problem, "wrong", {}),
        "problem": problem,
        "places": calls.places(),
        "labels": calls.LABELS,
        "near": calls.NEAR,
        "known": calls.KNOWN,
        "may_be_absent": _may_be_absent(one, request),
        "reason": (typed or {}).get("reason", ""),
        "rules_there": _rules_there(request, it),
        "licensed_in": name_of(it.licence.licensed),
    }
    return render(request, "call.html", values, status=409 if problem else 200, current="calendar")


def _may_be_absent(one: Meeting, request: DeskRequest) -> bool:
    if one.member:
        return one.planned.opened_at is None and not one.phase_at(request.at).ends
    return rules_session.may_be_absent(one.planned, request.at)


def _rules_there(request: DeskRequest, it: calls.Shown) -> int:
    """How many provisions of the client's place are on file."""
    return len(law_of(request.shell.corpus, it.licence.place)) if it.licence.on_file else 0


@require_GET
def facts_part(request: DeskRequest, room_id: str, number: int = 0) -> HttpResponse:
    """What is new, for a page that watches; nothing (204) while nothing is, and nothing opened."""
    one = _one(request, room_id, number)
    here = request.shell.seats.whose(one.id, one.seat, request.at)
    there = "in" if here and here.inside else "waits" if here else "out"
    mark = f"{queries.count(one.id)}-{there}-{one.phase_at(request.at).value}"
    if request.GET.get("seen") == mark:
        return HttpResponse(status=204)
    it = calls.shown(request, one)
    values = {"it": it, "one": one, "head": it.head, "to": calls.links(one)}
    return render(request, "call_facts.html", values)


@require_POST
def check(request: DeskRequest, room_id: str, number: int = 0) -> HttpResponse:
    """What the clinician asked herself, at the telephone or in the call."""
    one = _one(request, room_id, number, Act.CALL_CHECK)
    typed = {name: str(value) for name, value in request.POST.items()}
    try:
        whole = rules_checks.checked(rules_checks.typed(typed), PLACES)
        actions.answer(request.presence, one, whole)
    except NotHere:
        raise
    except StillroomError as problem:
        return page(request, one, problem, typed)
    return _back(one)


@require_POST
def say(request: DeskRequest, room_id: str, number: int = 0) -> HttpResponse:
    """One more fact: whom help comes from there, what was agreed, who is near, that nobody came."""
    one = _one(request, room_id, number, Act.CALL_CHECK)
    typed = {name: str(value) for name, value in request.POST.items()}
    try:
        write(request, one, typed)
    except NotHere:
        raise
    except StillroomError as problem:
        if typed.get("to") == "sheet":
            return _sheet(request, one, problem, typed)
        return page(request, one, problem, typed)
    return _back(one, "sheet" if typed.get("to") == "sheet" else "")


def write(request: DeskRequest, one: Meeting, typed: Mapping[str, str]) -> None:
    """One fact, by what it does (`do`); `NotSaid` for none."""
    presence, do = request.presence, typed.get("do", "")
    if do == facts.ABSENT:
        (actions_several if one.member else actions).absent(presence, one)
    elif do == facts.LOCAL:
        it = calls.shown(request, one)
        name = facts.said(typed.get("name", ""))
        number = facts.said(typed.get("number", ""))
        body = {"place": it.licence.place, "name": name, "number": number}
        actions.say(presence, one, facts.LOCAL, body)
    elif do in (facts.AGREED, facts.NEAR):
        actions.say(presence, one, do, {"words": facts.said(typed.get("words", ""))})
    elif do == facts.FELL:
        to = "telephone" if typed.get("words") == "telephone" else "sound"
        actions.say(presence, one, facts.FELL, {"to": to})
    else:
        raise facts.NotSaid


@require_POST
def open_door(request: DeskRequest, room_id: str, number: int = 0) -> HttpResponse:
    """Let the client in, and begin the note beside the call."""
    one = _one(request, room_id, number, Act.CALL_OPEN)
    typed = {name: str(value) for name, value in request.POST.items()}
    it = calls.shown(request, one)
    try:
        actions.open_door(
            request.presence,
            one,
            it.licence,
            consented=it.consented,
            reason=typed.get("reason", ""),
            many=request.shell.relays.carries_many,
        )
    except NotHere:
        raise
    except StillroomError as problem:
        return page(request, one, problem, typed)
    if one.member:
        call_note.begin_together(request, meetings.whole(request.presence, room_id))
        if request.headers.get("HX-Request"):
            return redirect("call_together_now", room_id=one.id)
        return redirect("call_together", room_id=one.id)
    call_note.begin(request, queries.meeting(request.presence, room_id), it)
    return redirect("call_room", room_id=one.id)


@require_GET
def sheet(request: DeskRequest, room_id: str, number: int = 0) -> HttpResponse:
    """The sheet for an emergency at the place where the client is today."""
    return _sheet(request, _one(request, room_id, number))


def _sheet(
    request: DeskRequest,
    one: Meeting,
    problem: StillroomError | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    it = calls.shown(request, one)
    place = it.licence.place
    found = queries.locals_of(request.presence, one.chart, place) if place else []
    values = {
        "it": it,
        "one": one,
        "to": calls.links(one),
        "head": it.head,
        "local": [fact.body for fact in found],
        "agreed": [line for line in it.lines if line.kind == facts.AGREED],
        "near": calls.NEAR,
        "problem": problem,
        "typed": typed or {},
        "today": request.today,
    }
    status = 409 if problem else 200
    return render(request, "call_sheet.html", values, status=status, current="calendar")
