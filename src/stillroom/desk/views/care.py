"""Who cares for a chart: taking a colleague in, ending care, and the place of law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.access import Capacity
from stillroom.desk.forms import days
from stillroom.desk.pages import render
from stillroom.desk.places import name_of, offered
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.holders import has_room
from stillroom.identity import queries as people
from stillroom.identity.queries import Colleague
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, Presence
from stillroom.practice import (
    actions,
    queries_apart,
    queries_care,
    queries_glass,
    queries_holders,
)
from stillroom.practice.rules_care import LastToCare, Member, NobodyToCare


class NoWay(StillroomError):
    """Neither treating, nor covering, nor supervising was chosen."""

    what = "it is not said in which way your colleague cares"
    usual_advice = "Choose whether she treats, covers or supervises; the rest is kept."


class NotOnFile(StillroomError):
    """A place of which no law is on file."""

    what = "that place is not among those whose law is on file"
    usual_advice = "Choose one of the list; where yours is missing, choose federal law only."


@dataclass(frozen=True)
class Line:
    """One care relationship in words. `until` is its last day."""

    person: str
    name: str
    profession: str
    capacity: str
    since: datetime
    until: date | None


def last_day(ends: datetime | None) -> date | None:
    """The last day of what ends at a moment; midnight belongs to the day before."""
    return timezone.localtime(ends - timedelta(seconds=1)).date() if ends else None


def end_of(day: date | None) -> datetime | None:
    """The moment at which a last day is over, by the practice's clock."""
    if day is None or day >= date(date.max.year, 1, 1):
        return None
    midnight = datetime.combine(day + timedelta(days=1), time())
    return timezone.make_aware(midnight, timezone.get_default_timezone())


def _lines(members: tuple[Member, ...], names: Mapping[str, Colleague]) -> list[Line]:
    known = queries_care.profiles(one.person for one in members)
    return [
        Line(
            one.person,
            names[one.person].name if one.person in names else "somebody who has left",
            known[one.person].profession if one.person in known else "",
            one.capacity.value,
            one.begins,
            last_day(one.ends),
        )
        for one in members
    ]


def page(
    request: DeskRequest,
    chart_id: str,
    *,
    typed: Mapping[str, str] | None = None,
    error: StillroomError | None = None,
    mends: str = "f-person",
) -> HttpResponse:
    """The care team's page, with what was typed and refused."""
    presence = request.presence
    team = queries_care.team(presence, chart_id)
    changes = queries_care.may_change_care(presence, chart_id)
    names = people.colleagues(active=False)
    cares = any(one.person == presence.person and one.runs(request.at) for one in team.now)
    values = {
        "head": team.head,
        "now_caring": _lines(team.now, names),
        "before": _lines(team.before, names),
        "cares": cares,
        "adds": has_room(team.head) and queries_holders.may_add(presence, chart_id),
        "changes": changes,
        "me": presence.person,
        "could": queries_care.could_care(presence) if changes else [],
        "place": name_of(team.head.place) if team.head.place else "",
        "places": offered(request.shell.corpus) if changes else [],
        "typed": typed or {},
        "problem": error,
        "mends": mends,
        "turned": request.GET.get("turned") == "1",
        **_kept(presence, chart_id, names),
    }
    return render(request, "care.html", values, status=409 if error else 200, current="clients")


def _kept(presence: Presence, chart_id: str, names: Mapping[str, Colleague]) -> dict[str, object]:
    """For whoever treats: from whom the chart is kept, and who has a key for emergencies."""
    kept = queries_apart.kept_from(presence, chart_id)
    keys = queries_glass.laid_by(presence, chart_id)
    if kept is None or keys is None:
        return {"kept": None, "keys": None}
    apart = {person for person, _ in kept.persons}
    having = {one.person for one in keys}
    caring = {one.person for one in queries_care.members(chart_id) if one.runs(presence.at)}
    return {
        "kept": kept,
        "keys": keys,
        "names": names,
        "broken": queries_glass.of_chart(presence, chart_id),
        "may_have_key": [
            one
            for one in queries_care.could_care(presence)
            if one.id not in apart | having | caring
        ],
        "may_be_kept": sorted(
            (
                one
                for one in names.values()
                if one.active and one.id not in apart | caring | {presence.person}
            ),
            key=lambda one: one.name,
        ),
    }


@require_GET
def care(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Who cares for this chart now, and who did."""
    return page(request, chart_id)


@require_POST
def begin(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Take a colleague in; bad input keeps what was typed."""
    typed = {name: str(value) for name, value in request.POST.items()}
    try:
        _begin(request, chart_id, typed)
    except NotHere:
        raise
    except StillroomError as error:
        return page(request, chart_id, typed=typed, error=error)
    return redirect("care", chart_id=chart_id)


def _begin(request: DeskRequest, chart_id: str, typed: Mapping[str, str]) -> None:
    queries_care.require_may_change_care(request.presence, chart_id)
    ways = {way.value: way for way in Capacity}
    if not typed.get("person"):
        raise NobodyToCare("no colleague was chosen", advice="Choose who is to be taken in.")
    if typed.get("capacity") not in ways:
        raise NoWay
    until = end_of(days(typed, "until"))
    actions.begin_care(request.presence, chart_id, typed["person"], ways[typed["capacity"]], until)


@require_http_methods(["GET", "POST"])
def end(request: DeskRequest, chart_id: str, person_id: str) -> HttpResponse:
    """End somebody's care, after it was said what that does."""
    presence = request.presence
    leaving = queries_care.leaving(presence, chart_id, person_id)
    problem: StillroomError | None = LastToCare() if leaving.alone else None
    if request.method == "POST" and problem is None:
        try:
            actions.end_care(presence, chart_id, person_id)
        except LastToCare as error:
            problem = error
        else:
            own = person_id == presence.person
            return redirect("clients") if own else redirect("care", chart_id=chart_id)
    values = {
        "head": leaving.head,
        "line": _lines((leaving.member,), people.colleagues(active=False))[0],
        "own": person_id == presence.person,
        "problem": problem,
    }
    status = 409 if problem and request.method == "POST" else 200
    return render(request, "care_end.html", values, status=status, current="clients")


@require_POST
def place(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Change which state's law is asked about this chart."""
    chosen = request.POST.get("place", "")
    if chosen not in dict(offered(request.shell.corpus)):
        queries_care.require_may_change_care(request.presence, chart_id)
        return page(request, chart_id, error=NotOnFile(), mends="f-place")
    actions.change_place(request.presence, chart_id, chosen)
    return redirect("care", chart_id=chart_id)
