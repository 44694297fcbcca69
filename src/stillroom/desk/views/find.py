"""The palette's answers: clients this person may know of, and pages she has."""

import json

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from stillroom.access import Role
from stillroom.desk.pages import nav
from stillroom.desk.shell import DeskRequest
from stillroom.practice import queries as practice

_FINDERS = frozenset({Role.CLINICIAN, Role.SUPERVISOR, Role.FRONT_DESK})


def _typed(request: DeskRequest) -> str:
    """What was typed. It comes in the body, so that no address and no access log holds a name."""
    try:
        body = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        return ""
    return str(body.get("q", "")).strip()[:80] if isinstance(body, dict) else ""


@require_POST
def find(request: DeskRequest) -> HttpResponse:
    """At most twenty, in one order; the same empty list for *none* and *none that you may know*."""
    presence = request.presence
    typed = _typed(request)
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
    return JsonResponse(found, safe=False)
