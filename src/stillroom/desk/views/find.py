"""The palette's answers: clients this person may know of, records she may read, pages she has."""

import json

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from stillroom.access import Role
from stillroom.desk.pages import nav
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import search
from stillroom.practice import queries as practice

_FINDERS = frozenset({Role.CLINICIAN, Role.SUPERVISOR, Role.FRONT_DESK})


def _typed(request: DeskRequest) -> tuple[str, bool]:
    """What was typed, and whether it is looked for in records. It comes in the body, so that no
    address and no access log holds a name."""
    try:
        body = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        return "", False
    if not isinstance(body, dict):
        return "", False
    return str(body.get("q", "")).strip()[:80], body.get("records") is True


@require_POST
def find(request: DeskRequest) -> HttpResponse:
    """At most twenty, in one order; the same empty list for *none* and *none that you may know*.

    Records are asked for apart, when somebody stops typing: what is found there is opened.
    """
    presence = request.presence
    typed, in_records = _typed(request)
    if in_records:
        return JsonResponse(search.in_palette(presence, typed), safe=False)
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
    wanted = typed.casefold()
    found += [
        {"label": label, "href": href, "kind": "Go to"}
        for label, href, _ in nav(presence, "")
        if wanted and label.casefold().startswith(wanted)
    ]
    if typed:
        found += search.look_further(presence)
    return JsonResponse(found, safe=False)
