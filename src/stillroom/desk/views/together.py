"""A group's session on one page: who came, the part for all, a part for each, and signing all."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from stillroom.access import Act, Purpose
from stillroom.chart import queries as charts
from stillroom.chart import together
from stillroom.chart.contents import SessionFacts
from stillroom.chart.kinds import kind_named
from stillroom.chart.sheets import Reading, fields_of, reading
from stillroom.desk import beginning
from stillroom.desk.forms import days
from stillroom.desk.forms import whole as number
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_holders
from stillroom.practice.heads import ChartHead
from stillroom.practice.rules_holders import GROUP

WAYS = dict(kind_named("group_attendance").fields["attendance"].columns[1].options)
_LONGEST = 200


class RemarkTooLong(StillroomError):
    """A remark that is a note."""

    what = "one of the remarks is longer than the attendance has room for"
    usual_advice = "Say here only why, and write the rest in the member’s part."


def _head(request: DeskRequest, chart_id: str) -> ChartHead:
    presence = request.presence
    cares, ward = practice.cares_of(presence.person, chart_id), charts.chart_ward(chart_id)
    bridge.ask(presence, Act.RECORD_WRITE, Purpose.TREATMENT, ward, cares=cares)
    return practice.chart_head(presence, chart_id)


@require_http_methods(["GET", "POST"])
def begin(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Who came, and on which day; then everything is begun at once."""
    head = _head(request, chart_id)
    typed = {name: str(value) for name, value in request.POST.items()}
    problem: StillroomError | None = None if head.kind == GROUP else together.NoGroup()
    if request.method == "POST" and problem is None:
        try:
            return redirect("together", record_id=_begin(request, head, typed))
        except NotHere:
            raise
        except StillroomError as error:
            problem = error
    values = {
        "head": head,
        "typed": typed,
        "problem": problem,
        "ways": WAYS.items(),
        "own": queries_holders.own_charts(request.presence, [one.client for one in head.holders]),
        "today": request.today,
    }
    status = 409 if problem and request.method == "POST" else 200
    return render(request, "group_begin.html", values, status=status, current="clients")


def _begin(request: DeskRequest, head: ChartHead, typed: Mapping[str, str]) -> str:
    attended = {}
    for one in head.holders:
        why = typed.get(f"why_{one.client}", "")
        if len(why) > _LONGEST:
            raise RemarkTooLong
        came = typed.get(f"came_{one.client}", "")
        if came in WAYS:
            attended[one.client] = together.Attended(came, why)
    zone = timezone.get_current_timezone()
    moment = beginning.about(days(typed, "day"), request.at, zone)
    meeting = practice.session_near(request.presence, head.id, moment)
    facts = None
    if meeting is not None:
        moment = meeting.starts_at
        facts = SessionFacts(meeting.starts_at, meeting.ends_at, meeting.mode, meeting.code)
    return together.begin(request.presence, head.id, attended, occurred_at=moment, session=facts)


@require_GET
def write(request: DeskRequest, record_id: str) -> HttpResponse:
    """All parts beneath one another, each kept by itself in its own chart."""
    parts = together.parts(request.presence, record_id)
    return render(request, "together.html", _values(request, parts), current="clients")


@require_http_methods(["GET", "POST"])
def check(request: DeskRequest, record_id: str) -> HttpResponse:
    """Everything once more as it will be signed, and in whose chart; then all of it is signed."""
    problem: StillroomError | None = None
    if request.method == "POST":
        versions = {
            name.removeprefix("version_"): number(str(value))
            for name, value in request.POST.items()
            if name.startswith("version_")
        }
        try:
            together.sign_all(request.presence, record_id, versions)
            return redirect("record", record_id=record_id)
        except NotHere:
            raise
        except StillroomError as error:
            problem = error
    parts = together.parts(request.presence, record_id)
    values = {**_values(request, parts), "problem": problem}
    return render(
        request, "together_check.html", values, status=409 if problem else 200, current="clients"
    )


def _values(request: DeskRequest, parts: list[together.Part]) -> dict[str, Any]:
    whole = parts[0].record
    return {
        "head": practice.chart_head(request.presence, whole.chart),
        "whole": whole,
        "parts": [(part, _reading(part), _fields(part)) for part in parts],
        "open": [part for part in parts if not part.signed],
        "wrong": sum(bool(part.wrong) for part in parts),
    }


def _reading(part: together.Part) -> tuple[Reading, ...]:
    content = part.record.draft or part.record.current.content
    return reading(part.record.kind, content)


def _fields(part: together.Part) -> Mapping[str, Any]:
    return fields_of(part.record.draft) if part.record.draft else {}
