"""How a visit by video ends, of two and of several alike: with its times in the note, or unused.

Rules: a visit began when the first two reached each other, or, where no page told, when its door
was opened; it ended now, or at the time that was typed. Seats and a server's room are let go of
once it ended; an ending that is refused changes nothing.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from stillroom.chart.session_times import time_typed
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import call_note
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere
from stillroom.telehealth import actions, serving
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.meetings import Meeting
from stillroom.telehealth.rules_facts import Fact


def end(
    request: DeskRequest,
    one: Meeting,
    back: str,
    held: Callable[[], str],
    refused: Callable[[StillroomError], HttpResponse],
) -> HttpResponse:
    """Shut the door for good (`held` gives the note's record, or "" for none), or, where nothing
    came about behind it, `unused`. `back`: the page of the visit; `refused`: the same, with what is
    to mend."""
    try:
        if request.POST.get("unused"):
            actions.shut_unused(request.presence, one)
            record_id = ""
        else:
            record_id = held()
    except NotHere:
        raise
    except StillroomError as problem:
        return refused(problem)
    serving.over(request, one)
    if record_id:
        return redirect("record", record_id=record_id)
    return redirect(back, room_id=one.id)


def hold(
    request: DeskRequest, one: Meeting, found: Iterable[Fact], place: str, in_note: str
) -> str:
    """The visit was held: its times, from what the pages told (`found`), stand in the record and in
    the note beside it, with where whoever came was. Gives the note's record, or ""."""
    start = facts.first_met(found) or one.planned.opened_at or request.at
    stop = _stopped(request, one)
    draft = call_note.mine(request, one)
    actions.end(request.presence, one, start, stop, place)
    if draft:
        call_note.put_times(request, draft, start, stop, in_note)
    return draft


def _stopped(request: DeskRequest, one: Meeting) -> datetime:
    """Now, or the time that was typed for a visit that ended before."""
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
