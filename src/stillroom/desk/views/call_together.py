"""Before a visit of several: who waits, what stands in the way of whom, and the doors.

Rules: a member is let in at one press where nothing is in doubt, and on her own page with a reason
where something is; one press lets in all of the first kind. None of it is done in silence.
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillroom.access import Act
from stillroom.desk import calls_together
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import call_note
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere
from stillroom.telehealth import (
    actions,
    actions_several,
    meetings,
    rules_session,
    serving,
)
from stillroom.telehealth.meetings import Meeting
from stillroom.telehealth.rules_session import Phase


@require_GET
def page(request: DeskRequest, room_id: str) -> HttpResponse:
    """The page of a couple's or a group's visit."""
    return whole_page(request, meetings.whole(request.presence, room_id))


def whole_page(
    request: DeskRequest, one: Meeting, problem: StillroomError | None = None
) -> HttpResponse:
    """The same, with what is to mend."""
    it = calls_together.shown(request, one)
    values = {
        "it": it,
        "one": one,
        "head": it.head,
        "problem": problem,
        "may_be_absent": _may_be_absent(request, one),
        "away": _away(request, it),
    }
    status = 409 if problem else 200
    return render(request, "call_together.html", values, status=status, current="calendar")


def _away(request: DeskRequest, it: calls_together.Together) -> StillroomError | None:
    """What is wrong with the server that would carry this visit, before anybody relies on it."""
    if it.over or not it.carried or it.barred:
        return None
    return request.shell.relays.trouble(at=request.at)


def _may_be_absent(request: DeskRequest, one: Meeting) -> bool:
    """Whether it may be said that nobody came: also by an open door, behind which nobody is."""
    if one.phase_at(request.at) is Phase.OPEN:
        began = one.planned.starts_at
        return began is not None and request.at >= began + rules_session.ABSENT_AFTER
    return rules_session.may_be_absent(one.planned, request.at)


@require_GET
def now(request: DeskRequest, room_id: str) -> HttpResponse:
    """Who waits and who is in, for a page that watches; nothing (204) while nothing is new."""
    one = meetings.whole(request.presence, room_id)
    if request.GET.get("seen") == calls_together.mark(request, one):
        return HttpResponse(status=204)
    it = calls_together.shown(request, one)
    return render(request, "call_together_now.html", {"it": it, "one": one, "head": it.head})


@require_POST
def do(request: DeskRequest, room_id: str) -> HttpResponse:
    """The door and all at once: open it, let in whoever waits and needs no reason; nobody came."""
    one = meetings.whole(request.presence, room_id, Act.CALL_OPEN)
    what = str(request.POST.get("do", ""))
    try:
        if what == "nobody":
            actions_several.nobody_came(request.presence, one)
            serving.over(request, one)
            return redirect("call_together", room_id=one.id)
        _open(request, one)
    except NotHere:
        raise
    except StillroomError as problem:
        return whole_page(request, one, problem)
    if what == "all":
        _let_in_all(request, meetings.whole(request.presence, room_id, Act.CALL_OPEN))
    call_note.begin_together(request, meetings.whole(request.presence, room_id))
    return redirect("call_together_room", room_id=one.id)


def _open(request: DeskRequest, one: Meeting) -> None:
    if one.phase_at(request.at) is not Phase.OPEN:
        many = request.shell.relays.carries_many
        actions_several.open_room(request.presence, one, many=many)


def _let_in_all(request: DeskRequest, one: Meeting) -> None:
    for member in calls_together.shown(request, one).let_in_by_one_press:
        if member.it is not None:
            actions.open_door(
                request.presence,
                member.one,
                member.it.licence,
                consented=True,
                reason="",
                many=request.shell.relays.carries_many,
            )


@require_POST
def out(request: DeskRequest, room_id: str, number: int) -> HttpResponse:
    """Ask one member to wait outside again."""
    whole, one = meetings.seat_of(request.presence, room_id, number, Act.CALL_OPEN)
    actions_several.let_out(request.presence, one)
    request.shell.seats.leave(one.id, one.seat)
    return redirect(
        "call_together_now" if request.headers.get("HX-Request") else "call_together",
        room_id=whole.id,
    )
