"""The palette's answers: clients this person may know of, and pages she has."""

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from stillroom.access import Role
from stillroom.desk.pages import nav
from stillroom.desk.shell import DeskRequest
from stillroom.practice import queries as practice

_FINDERS = frozenset({Role.CLINICIAN, Role.SUPERVISOR, Role.FRONT_DESK})


@require_GET
def find(request: DeskRequest) -> HttpResponse:
    """At most twenty, in one order; the same empty list for *none* and *none that you may know*."""
    presence = request.presence
    typed = request.GET.get("q", "").strip()[:80]
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
