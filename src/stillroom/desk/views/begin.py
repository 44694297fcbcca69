"""The page on which a record is begun from a chart: what, and about which day."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from stillroom.access import Act, Purpose
from stillroom.chart import actions, lists
from stillroom.chart import queries as charts
from stillroom.chart.contents import SessionFacts
from stillroom.chart.kinds import Kind, kind_named
from stillroom.desk import beginning
from stillroom.desk.forms import NoSuchDay, days
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import writing
from stillroom.kernel import StillroomError
from stillroom.phi import bridge
from stillroom.practice import queries as practice


@require_GET
def write(request: DeskRequest, chart_id: str) -> HttpResponse:
    """All kinds that can be begun here, grouped; nothing is begun by looking."""
    return _page(request, chart_id, None)


def _page(request: DeskRequest, chart_id: str, problem: StillroomError | None) -> HttpResponse:
    presence = request.presence
    cares, ward = practice.cares_of(presence.person, chart_id), charts.chart_ward(chart_id)
    bridge.ask(presence, Act.RECORD_WRITE, Purpose.TREATMENT, ward, cares=cares)
    head = practice.chart_head(presence, chart_id)
    values: dict[str, Any] = {
        "head": head,
        "groups": beginning.offered(held_by=head.kind),
        "problem": problem,
        "day": request.POST.get("day", ""),
        "part2": bool(request.POST.get("part2")),
        "today": request.today,
    }
    return render(request, "write.html", values, status=409 if problem else 200, current="clients")


@require_POST
def begin(request: DeskRequest, chart_id: str, kind: str) -> HttpResponse:
    """A new record about a chart, with the day's session filled in where there is one."""
    presence, exact = request.presence, kind_named(kind)
    if kind in beginning.ELSEWHERE:
        return redirect(beginning.ELSEWHERE[kind], chart_id=chart_id)
    waiting = lists.draft_waiting(presence, chart_id, exact)
    if waiting:
        return redirect("record", record_id=waiting)
    try:
        occurred, session = _about(request, chart_id, exact)
    except (NoSuchDay, beginning.NotYet) as problem:
        return _page(request, chart_id, problem)
    record_id = actions.begin(
        presence,
        chart_id,
        kind,
        occurred_at=occurred,
        session=session,
        # A private note is told apart by its kind; a mark on its row would tell others of it.
        part2=bool(request.POST.get("part2")) and not exact.private,
        answers=(
            *lists.carried_forward(presence, chart_id, exact),
            *writing.of_the_session(request, chart_id, exact, session),
        ),
    )
    return redirect("record", record_id=record_id)


def _about(request: DeskRequest, chart_id: str, kind: Kind) -> tuple[datetime, SessionFacts | None]:
    """What a new record is about: the day's appointment, or the day; a list is always as of now."""
    if kind.id in lists.CARRIED:
        return request.at, None
    zone = timezone.get_current_timezone()
    moment = beginning.about(days(request.POST, "day"), request.at, zone)
    if not beginning.of_a_session(kind):
        return moment, None
    meeting = practice.session_near(request.presence, chart_id, moment)
    if meeting is None:
        return moment, None
    facts = SessionFacts(meeting.starts_at, meeting.ends_at, meeting.mode, meeting.code)
    return meeting.starts_at, facts
