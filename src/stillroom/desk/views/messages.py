"""Writing to a client: one of four neutral lines, by a way that the client allowed, now or not."""

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from stillroom.access import Act
from stillroom.desk.forms import whole
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.wishes import holder_of, may_change, reaches_in_words
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_calendar
from stillroom.practice.heads import ChartHead, HolderSheet
from stillroom.practice.rules_wishes import CHANNELS, Way, in_words, local_to, why_not
from stillroom.practice.sending import actions, queries
from stillroom.practice.sending.carriers import Carriers, taken_by
from stillroom.practice.sending.rules import OFFERED, Kind, compose


class NothingChosen(StillroomError):
    """The form came without a way or a line."""

    what = "the way or the line is missing"
    usual_advice = "Choose one of each."


@require_http_methods(["GET", "POST"])
def write(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Choose the way and the line; see the very words; send."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    one = holder_of(request, head)
    if not queries.may_write(presence, chart_id):
        bridge.refuse(presence, Act.MESSAGE_SEND, chart_id)
        raise NotHere
    when = _when(request, chart_id)
    typed = {name: str(value) for name, value in request.POST.items()}
    if request.method == "GET":
        return _page(request, head, one, when, {}, None)
    try:
        way, kind = _chosen(one, typed)
        actions.send(presence, request.shell.carrier, chart_id, one.client, way, kind, when)
    except NotHere:
        raise
    except StillroomError as error:
        return _page(request, head, one, when, typed, error)
    address = reverse("write_to", kwargs={"chart_id": chart_id})
    return redirect(f"{address}?client={one.client}#written")


def _when(request: DeskRequest, chart_id: str) -> datetime | None:
    """The appointment that is meant, if it is one of this chart."""
    wanted = request.GET.get("appointment", "")
    if not wanted:
        return None
    visit = queries_calendar.visit(request.presence, wanted)
    if visit.head.id != chart_id:
        raise NotHere
    return visit.slot.starts_at


def _written(one: HolderSheet) -> tuple[Way, ...]:
    """The ways by which something may be written to this holder."""
    return one.sheet.reach.written_ways if one.sheet.reach else ()


def _chosen(one: HolderSheet, typed: Mapping[str, str]) -> tuple[Way, Kind]:
    ways = _written(one)
    kinds = {kind.name: kind for kind, _ in OFFERED}
    nth = whole(typed.get("way", ""))
    if not 1 <= nth <= len(ways) or typed.get("kind") not in kinds:
        raise NothingChosen
    return ways[nth - 1], kinds[typed["kind"]]


def _page(
    request: DeskRequest,
    head: ChartHead,
    one: HolderSheet,
    when: datetime | None,
    typed: Mapping[str, str],
    error: StillroomError | None,
) -> HttpResponse:
    presence, carrier = request.presence, request.shell.carrier
    ways, shown = _written(one), _ways(request, one)
    values = {
        "head": head,
        "holder": one,
        "lines": reaches_in_words(one),
        "ways": shown,
        "open_now": not all(one["disabled"] for one in shown),
        "kinds": _kinds(request, one, when),
        "when": when,
        "by_itself": any(_leaves(carrier, way) for way in ways),
        "changes": may_change(request, head.id),
        "written": queries.written_to(presence, head.id, one.client),
        "channels": CHANNELS,
        "colleagues": people.colleagues(active=False),
        "typed": {"kind": "REMINDER" if when else "", **typed},
        "here": request.get_full_path(),
        "problem": error,
    }
    status = 409 if error else 200
    return render(request, "write_to.html", values, status=status, current="clients")


def _ways(request: DeskRequest, one: HolderSheet) -> list[dict[str, object]]:
    reach, zone = one.sheet.reach, timezone.get_default_timezone()
    return [
        {
            "value": str(nth),
            "label": f"{CHANNELS[way.channel]} to {way.to}",
            "hint": why_not(reach, way, request.at, zone) or _how(request, way),
            "disabled": bool(why_not(reach, way, request.at, zone)),
        }
        for nth, way in enumerate(_written(one), start=1)
    ]


def _leaves(carrier: Carriers, way: Way) -> bool:
    """Whether what is written by this way leaves by itself."""
    return taken_by(carrier, way.channel).hands_on


def _how(request: DeskRequest, way: Way) -> str:
    """What the client said of a way, and whether a person has to send."""
    carrier = request.shell.carrier
    told = "" if _leaves(carrier, way) else "you send it yourself"
    return "; ".join(filter(None, (in_words(way), told)))


def _kinds(
    request: DeskRequest, one: HolderSheet, when: datetime | None
) -> list[dict[str, object]]:
    """The four lines, each with the words that would go."""
    reach = one.sheet.reach
    if reach is None or not reach.written_ways:
        return []
    way, practice_name = reach.written_ways[0], request.presence.house.name
    local = local_to(reach, when, timezone.get_default_timezone()) if when else None
    return [
        {
            "value": kind.name,
            "label": label,
            "hint": compose(reach, way, kind, practice_name, local).body.strip(),
        }
        for kind, label in OFFERED
    ]
