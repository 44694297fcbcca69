"""A visit by video, from the client's side: where she is, waiting, and the call.

Rules: the practice's clock alone decides what is early, open or over; each has its page. A client
comes in by an open door after she has answered; who stands for her likewise, where appointments
were given to her. Nothing on these pages says what the silent word means, nor that it was pressed.
"""

from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.access import Act, Capacity
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere
from stillroom.portal.pages import render
from stillroom.portal.request import PortalRequest
from stillroom.practice import queries_guests as guests
from stillroom.practice.places import STATES, named
from stillroom.practice.rules import FrontSheet
from stillroom.telehealth import (
    actions,
    actions_kept,
    queries,
    rules_checks,
    rules_kept,
    serving,
    serving_several,
)
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.queries import Meeting
from stillroom.telehealth.rules_checks import ABROAD, Check, Unanswered
from stillroom.telehealth.rules_session import EARLY, Phase, may_enter, may_wait
from stillroom.telehealth.rules_several import SEATS

PLACES: Final = frozenset(STATES)


@require_GET
def visits(request: PortalRequest, chart_id: str) -> HttpResponse:
    """The visits by video that come."""
    stand = guests.own_stand(request.presence, chart_id)
    coming = queries.coming(request.presence, stand.chart)
    return render(request, "video.html", {"coming": coming})


def _meeting(request: PortalRequest, room_id: str) -> Meeting:
    return queries.meeting(request.presence, room_id)


@require_http_methods(["GET", "POST"])
def call(request: PortalRequest, room_id: str) -> HttpResponse:
    """Before the door: who, where, who is near. Or when it opens, and how it ended."""
    one = _meeting(request, room_id)
    where = one.phase_at(request.at)
    if not may_wait(where):
        values = {"one": one, "phase": where.value, "opens": _opens(one)}
        return render(request, "video_when.html", values)
    if request.method == "POST":
        return _answered(request, one)
    mine = _check_of_today(request, one)
    if mine is not None and not request.GET.get("again"):
        return redirect("portal_call_wait", room_id=one.id)
    return _form(request, one, _offered(request, one, mine), None)


def _opens(one: Meeting) -> Any:
    return one.planned.starts_at - EARLY if one.planned.starts_at else None


def _check_of_today(request: PortalRequest, one: Meeting) -> Check | None:
    mine = queries.latest(queries.facts_of(request.presence, one), facts.CHECK)
    return queries.check_of(mine) if mine else None


def _offered(request: PortalRequest, one: Meeting, mine: Check | None) -> Check:
    """What stands in the fields: today's answers, the last ones, or what the front sheet knows."""
    if mine is not None:
        return rules_checks.again(mine)
    last = queries.last_check(request.presence, one)
    if last is not None:
        return rules_checks.again(last[0])
    stand = guests.own_stand(request.presence, one.chart)
    own = stand.capacity is Capacity.HOLDER
    sheet = guests.own_sheet(request.presence, stand) if own else None
    return rules_checks.of_sheet(sheet) if sheet else Check()


def _answered(request: PortalRequest, one: Meeting) -> HttpResponse:
    typed = {name: str(value) for name, value in request.POST.items()}
    check = rules_checks.typed(typed, known="account")
    try:
        if not typed.get("me"):
            raise Unanswered({"me": "Say that it is you."})
        actions.answer(request.presence, one, rules_checks.checked(check, PLACES))
    except NotHere:
        raise
    except StillroomError as problem:
        return _form(request, one, check, problem)
    keep = "?keep=yes" if typed.get("keep") else ""
    response = redirect("portal_call_wait", room_id=one.id)
    response.headers["Location"] += keep
    return response


def _form(
    request: PortalRequest, one: Meeting, check: Check, problem: StillroomError | None
) -> HttpResponse:
    wrong = problem.wrong if isinstance(problem, Unanswered) else {}
    values = {
        "one": one,
        "check": check,
        "sheet": _sheet(request, one),
        "places": named(STATES),
        "abroad": ABROAD,
        "wrong": wrong,
        "problem": problem,
        "consented": serving.consented(request.presence, one),
        "typed": request.POST,
    }
    return render(request, "video_check.html", values, status=409 if problem else 200)


def _sheet(request: PortalRequest, one: Meeting) -> FrontSheet:
    return guests.own_sheet(request.presence, guests.own_stand(request.presence, one.chart))


@require_GET
def wait(request: PortalRequest, room_id: str) -> HttpResponse:
    """The waiting room: it asks by itself whether the door is open."""
    one = _meeting(request, room_id)
    if not may_wait(one.phase_at(request.at)):
        return redirect("portal_call", room_id=one.id)
    mine = _check_of_today(request, one)
    if mine is None:
        return redirect("portal_call", room_id=one.id)
    values = {"one": one, "check": mine, "keep": request.GET.get("keep", ""), "now": request.at}
    return render(request, "video_wait.html", values)


@require_POST
def state(request: PortalRequest, room_id: str) -> HttpResponse:
    """This page is still there. The first time, that she came is written down."""
    one = _meeting(request, room_id)
    where = one.phase_at(request.at)
    told = serving.told(request)
    inside = bool(told.get("inside"))
    stays = True
    if may_wait(where):
        seats, who = request.shell.seats, request.presence.person
        before = seats.whose(one.id, one.seat, request.at)
        device = serving.device(request.cookie)
        # After a gap, or a restart of the practice, what she chose to be called is put back.
        name = _name(request, one) if one.member and inside and before is None else None
        stays = seats.show(one.id, one.seat, who, device, request.at, inside=inside, name=name)
        if stays and not inside and before is None:
            actions.came(request.presence, one)
    answer: dict[str, Any] = {"phase": where.value, "stays": stays, "at": request.at.isoformat()}
    if one.member and where is Phase.OPEN:
        answer |= serving_several.present(request, one)
    return JsonResponse(answer)


@require_GET
def room(request: PortalRequest, room_id: str) -> HttpResponse:
    """The call, by an open door, for whoever has answered."""
    one = _meeting(request, room_id)
    mine = _check_of_today(request, one)
    if not may_enter(one.phase_at(request.at), answered=mine is not None):
        return redirect("portal_call", room_id=one.id)
    keep = bool(request.GET.get("keep"))
    values = {
        "one": one,
        "owner": request.presence.person if keep else "",
        "pair": serving.pair(request.shell.house.practice, one.chart),
    }
    page = "video_together.html" if one.member else "video_room.html"
    response = render(request, page, values)
    return serving.as_call_page(response, request.shell, request.get_host())


@require_POST
def ticket(request: PortalRequest, room_id: str) -> HttpResponse:
    """A ticket for the client's seat, or the question which of two devices stays."""
    one = _meeting(request, room_id)
    if not may_enter(one.phase_at(request.at), answered=True):
        raise actions.NotNowThisDoor
    if serving.told(request).get("again"):
        return serving.as_ticket(serving_several.again(request, one, one.seat))
    mine = _check_of_today(request, one)
    if mine is None:
        raise actions.NotNowThisDoor
    take = bool(serving.told(request).get("take"))
    return serving.as_ticket(_seated(request, one, mine, take=take))


def _seated(
    request: PortalRequest, one: Meeting, mine: Check, *, take: bool
) -> dict[str, Any] | None:
    host = request.get_host()
    if not one.member:
        return serving.sit(request, one, one.seat, host=host, take=take)
    practice, name = request.shell.house.practice, _called(request, one, mine)
    return serving_several.sit(
        request, one, one.seat, host=host, take=take, name=name, practice=practice
    )


def _called(request: PortalRequest, one: Meeting, mine: Check) -> str:
    sheet = _sheet(request, one)
    return rules_checks.shown_name(mine, sheet.called or sheet.given, sheet.short)


def _name(request: PortalRequest, one: Meeting) -> str | None:
    mine = _check_of_today(request, one)
    return _called(request, one, mine) if mine else None


@require_POST
def reached(request: PortalRequest, room_id: str) -> HttpResponse:
    """What her browser found of the other; into the record beside what the clinician's found."""
    one = _open(request, room_id)
    told = serving.told(request)
    other = told.get("seat")
    seat = other if one.member and type(other) is int and 0 <= other < SEATS else None
    body = facts.reached(str(told.get("how", "")), str(told.get("why", "")), seat)
    actions.say(request.presence, one, facts.REACHED, body, Act.CALL_JOIN)
    return JsonResponse({})


@require_POST
def say(request: PortalRequest, room_id: str) -> HttpResponse:
    """A button of the call: somebody came in; please speak slowly; we went on by telephone; yes,
    keep what we wrote, or drew."""
    one = _open(request, room_id)
    do = str(serving.told(request).get("do", ""))
    if do == facts.NEAR:
        words = "Somebody came in, says the client’s page."
        actions.say(request.presence, one, facts.NEAR, {"words": words})
    elif do == facts.SLOWLY:
        actions.say(request.presence, one, facts.SLOWLY, {})
    elif do == facts.FELL:
        actions.say(request.presence, one, facts.FELL, {"to": "telephone"})
    elif do == facts.KEEPS:
        _keeps(request, one)
    else:
        raise facts.NotSaid
    return JsonResponse({})


def _keeps(request: PortalRequest, one: Meeting) -> None:
    """Her yes to keeping the words, or the whiteboard, that her page showed."""
    told = serving.told(request)
    what = rules_kept.DRAWN if told.get("what") == "board" else rules_kept.WHAT
    actions_kept.keeps(request.presence, one, str(told.get("words", "")), what)


def _open(request: PortalRequest, room_id: str) -> Meeting:
    one = _meeting(request, room_id)
    if one.phase_at(request.at) is not Phase.OPEN:
        raise actions.NotNowThisDoor
    return one
