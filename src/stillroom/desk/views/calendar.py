"""The calendar: a week as a list, and for whom to book."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from stillroom.access import Role
from stillroom.desk.booking import day_of
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.clients import clinicians
from stillroom.identity import queries as people
from stillroom.practice import queries as practice
from stillroom.practice import queries_calendar
from stillroom.practice.queries import Meeting
from stillroom.practice.queries_calendar import Blocked, Taken

_WEEK = 7
Hour = Meeting | Taken | Blocked
_LONGEST_SEARCH = 80


@dataclass(frozen=True)
class Day:
    """One day of the week, with what stands in it."""

    on: date
    meetings: tuple[Hour, ...]


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())


@require_GET
def calendar(request: DeskRequest) -> HttpResponse:
    """A week: one's own; for the front desk, anybody's."""
    presence = request.presence
    today = request.today
    shown = day_of(request.GET.get("day", "")) or today
    monday = shown - timedelta(days=shown.weekday())
    desk = Role.FRONT_DESK in presence.roles
    who = request.GET.get("who", "") if desk else ""
    week = _start_of(monday), _start_of(monday + timedelta(days=_WEEK))
    meetings = practice.meetings_on(presence, *week, person=who)
    taken = queries_calendar.taken_on(presence, *week, person=who)
    own = queries_calendar.blocked_on(presence, *week) if who in ("", presence.person) else []
    hours: list[Hour] = [*meetings, *taken, *own]
    by_day: dict[date, list[Hour]] = {}
    for one in sorted(hours, key=lambda one: one.starts_at):
        by_day.setdefault(timezone.localtime(one.starts_at).date(), []).append(one)
    dates = [monday + timedelta(days=nth) for nth in range(_WEEK)]
    values = {
        "week": [Day(on, tuple(by_day.get(on, ()))) for on in dates],
        "monday": monday,
        "sunday": dates[-1],
        "today": today,
        "before": monday - timedelta(days=_WEEK),
        "after": monday + timedelta(days=_WEEK),
        "desk": desk,
        "blocks": queries_calendar.may_block(presence),
        "who": who,
        "clinicians": clinicians() if desk else [],
        "names": people.colleagues(active=False),
    }
    return render(request, "calendar.html", values, current="calendar")


@require_http_methods(["GET", "POST"])
def choose(request: DeskRequest) -> HttpResponse:
    """For whom to book: found by name among those one may book for (the name in the body)."""
    typed = request.POST.get("q", "").strip()[:_LONGEST_SEARCH]
    heads = queries_calendar.bookable(request.presence, request.shell.directory, typed)
    day = day_of(request.GET.get("day", ""))
    values = {
        "heads": heads,
        "typed": typed,
        "day": day.isoformat() if day else "",
        "desk": Role.FRONT_DESK in request.presence.roles,
    }
    return render(request, "calendar_new.html", values, current="calendar")
