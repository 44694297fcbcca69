"""The palette's answers: clients this person may know of, records she may read, pages she has."""

import json
import re
from typing import NamedTuple

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from stillroom.access import Act, Purpose, Role
from stillroom.chart import queries as charts
from stillroom.desk import beginning
from stillroom.desk.pages import nav
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import search
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice

_CARING = frozenset({Role.CLINICIAN, Role.SUPERVISOR})
_IN_DANGER = frozenset({"danger", "risk", "suicide", "threat", "abuse", "unsafe"})
"""A word of these beside a name leads straight to the five steps, for whoever cares."""

_IS_ASKED = ("neither", "confirm", "deny", "somebody asks")
"""Words that lead to the answer which is the same about everybody."""

_FINDERS = frozenset({Role.CLINICIAN, Role.SUPERVISOR, Role.FRONT_DESK})


_IN_A_CHART = re.compile(r"/clients/([a-z2-7]{26})(?:/|\Z)")


class _Asked(NamedTuple):
    """What was typed, on which page, and whether it is looked for in records."""

    typed: str = ""
    page: str = ""
    in_records: bool = False


def _asked(request: DeskRequest) -> _Asked:
    """It comes in the body, so that no address and no access log holds a name."""
    try:
        body = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        return _Asked()
    if not isinstance(body, dict):
        return _Asked()
    typed, page = str(body.get("q", "")).strip()[:80], str(body.get("at", ""))[:200]
    return _Asked(typed, page, body.get("records") is True)


def _to_begin(presence: Presence, typed: str, page: str) -> list[dict[str, str]]:
    """In a chart where this person writes: the kinds of record of that name, to be begun there."""
    chart = _IN_A_CHART.match(page)
    if not chart or not typed:
        return []
    cares, ward = practice.cares_of(presence.person, chart[1]), charts.chart_ward(chart[1])
    if not bridge.may(presence, Act.RECORD_WRITE, Purpose.TREATMENT, ward, cares=cares):
        return []
    page = reverse("write", kwargs={"chart_id": chart[1]})
    return [
        {"label": kind.title, "href": f"{page}#kind-{kind.id}", "kind": "Begin"}
        for kind in beginning.named(typed)
    ]


@require_POST
def find(request: DeskRequest) -> HttpResponse:
    """At most twenty, in one order; the same empty list for *none* and *none that you may know*.

    Records are asked for apart, when somebody stops typing: what is found there is opened.
    """
    presence = request.presence
    asked = _asked(request)
    if asked.in_records:
        return JsonResponse(search.in_palette(presence, asked.typed), safe=False)
    typed, page = asked.typed, asked.page
    found: list[dict[str, str]] = []
    if typed and presence.roles & _FINDERS:
        heads = practice.find(presence, request.shell.directory, typed)
        found = [
            {
                "label": head.full,
                "short": head.short,
                "href": reverse("chart", kwargs={"chart_id": head.id}),
                "kind": "Clients",
                "note": f"{head.number:04d}",
            }
            for head in heads
        ]
    found = _to_the_path(request, typed) + found
    found += _to_begin(presence, typed, page)
    wanted = typed.casefold()
    found += [
        {"label": label, "href": href, "kind": "Go to"}
        for label, href, _ in nav(presence, "")
        if wanted and label.casefold().startswith(wanted)
    ]
    if len(wanted) > 2 and any(word.startswith(wanted) for word in _IS_ASKED):
        href = reverse("letter_neither")
        found.append({"label": "Neither confirm nor deny", "href": href, "kind": "Go to"})
    if typed:
        found += search.look_further(presence)
    return JsonResponse(found, safe=False)


def _to_the_path(request: DeskRequest, typed: str) -> list[dict[str, str]]:
    """The way to the five steps of a client whom this person cares for: "danger halpern"."""
    presence = request.presence
    words = typed.split()
    rest = [one for one in words if one.casefold() not in _IN_DANGER]
    if len(rest) == len(words) or not rest or not presence.roles & _CARING:
        return []
    mine = practice.charts_in_care(presence)
    heads = practice.find(presence, request.shell.directory, " ".join(rest))
    return [
        {
            "label": head.full,
            "short": head.short,
            "href": reverse("risk", kwargs={"chart_id": head.id}),
            "kind": "Clients who may be in danger",
            "note": f"{head.number:04d}",
        }
        for head in heads
        if head.id in mine
    ]
