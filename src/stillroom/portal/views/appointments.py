"""Times: the next ones in her own zone, in neutral words; asking to cancel or move; a file for her
calendar; and how she is reached.

Rules: nothing that she presses here changes the calendar or the way to reach her, because the
telephone may be in other hands (T08): somebody of the practice sees to it. *Never* alone holds at
once. A title in her calendar names nothing.
"""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.access import Act, Capacity
from stillroom.phi import NotHere, bridge
from stillroom.portal.pages import render, say
from stillroom.portal.request import PortalRequest
from stillroom.practice import actions_own, queries_calendar, queries_own_asks, queries_several
from stillroom.practice import queries_guests as guests
from stillroom.practice.own_asks import CANNOT, MOVE, REACH, NotPossible, NoWords, Words
from stillroom.practice.queries_calendar import Next
from stillroom.practice.queries_guests import Stands
from stillroom.practice.rules import FrontSheet
from stillroom.telehealth import queries as telehealth

MODES: Final = {
    "in_person": "in person",
    "telehealth": "by video",
    "telephone": "by telephone",
}


def _zone(sheet: FrontSheet) -> ZoneInfo:
    """Hers if she named one, else the practice's."""
    named = sheet.reach.zone if sheet.reach else ""
    return ZoneInfo(named or timezone.get_default_timezone_name())


@require_GET
def times(request: PortalRequest, chart_id: str) -> HttpResponse:
    """The next times."""
    return _times(request, guests.own_stand(request.presence, chart_id), None)


def _times(request: PortalRequest, stand: Stands, problem: NotPossible | None) -> HttpResponse:
    presence = request.presence
    sheet = guests.own_sheet(presence, stand)
    found = queries_several.next_of(presence, stand, most=12)
    zone = _zone(sheet)
    # A room has the number of its appointment.
    rooms = {one.id for one in telehealth.coming(presence, stand.chart)}
    values = {
        "chart": stand.chart,
        "visits": [(one, MODES.get(one.mode, ""), one.id in rooms) for one in found],
        "asked": queries_own_asks.asked_about(presence, stand),
        "zone": zone.key.replace("_", " "),
        "problem": problem,
    }
    # Days and hours on this page are where she is.
    with timezone.override(zone):
        return render(request, "times.html", values, status=409 if problem else 200)


def _stand_of(request: PortalRequest, appointment_id: str) -> tuple[Stands, Next]:
    """Whose time it is, among those to whom she stands; else it is not there."""
    for stand in guests.stands(request.presence):
        for one in queries_several.next_of(request.presence, stand, most=12):
            if one.id == appointment_id:
                return stand, one
    queries_calendar.visit(request.presence, appointment_id)
    raise NotHere


@require_POST
def ask(request: PortalRequest, appointment_id: str) -> HttpResponse:
    """She cannot come, or asks for another time; it stands until somebody has seen to it."""
    stand, _ = _stand_of(request, appointment_id)
    kind = MOVE if request.POST.get("do") == "move" else CANNOT
    words = Words(kind, request.POST.get("words", ""))
    try:
        actions_own.ask(request.presence, stand, words, appointment_id)
    except NotPossible as problem:
        return _times(request, stand, problem)
    return redirect("portal_times", chart_id=stand.chart)


@require_GET
def file(request: PortalRequest, appointment_id: str) -> HttpResponse:
    """One time as a file for a calendar (RFC 5545), with a title that names nothing."""
    _, one = _stand_of(request, appointment_id)
    text = calendar_file(one, request.at, say(request, "Something planned"))
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="time.ics"'
    return answer


def calendar_file(one: Next, now: datetime, title: str) -> str:
    """The file: when, and a title. No place, no name, no address, no alarm; lines end as RFC 5545,
    3.1 wants them."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//calendar//EN",
        "BEGIN:VEVENT",
        f"UID:{one.id}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(one.starts_at)}",
        f"DTEND:{_utc(one.ends_at)}",
        f"SUMMARY:{title}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{line}\r\n" for line in lines)


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@require_http_methods(["GET", "POST"])
def reach(request: PortalRequest, chart_id: str) -> HttpResponse:
    """How she is reached: *never* at once; all else is asked, and confirmed as before."""
    presence = request.presence
    stand = guests.own_stand(presence, chart_id)
    if stand.capacity is not Capacity.HOLDER:
        bridge.refuse(presence, Act.OWN_ASK, chart_id)
        raise NotHere
    problem: NoWords | None = None
    if request.method == "POST":
        words = request.POST.get("words", "")
        try:
            if request.POST.get("do") == "never":
                actions_own.say_never(presence, request.shell.directory, stand, words[:200])
            else:
                actions_own.ask(presence, stand, Words(REACH, words))
        except NoWords as error:
            problem = error
        else:
            return redirect(reverse("portal_reach", kwargs={"chart_id": chart_id}) + "?done=1")
    sheet = guests.own_sheet(presence, stand)
    values = {
        "chart": chart_id,
        "reach": sheet.reach,
        "problem": problem,
        "done": request.GET.get("done") == "1",
    }
    return render(request, "reach.html", values, status=409 if problem else 200)
