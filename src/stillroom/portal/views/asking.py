"""Asking: what the law lets a client ask for, how it stands, and what she says to a refusal."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.disclosure import own_asking
from stillroom.disclosure.rules_own_asking import (
    REQUESTS,
    STATES,
    NothingAsked,
    NotNow,
    TooMany,
)
from stillroom.kernel import StillroomError
from stillroom.portal.pages import render
from stillroom.portal.request import PortalRequest


@require_http_methods(["GET", "POST"])
def asking(request: PortalRequest, chart_id: str) -> HttpResponse:
    """What she asked and how it stands; and a form for one more."""
    if request.method == "GET":
        return _page(request, chart_id)
    kind, words = request.POST.get("kind", ""), request.POST.get("words", "")
    try:
        own_asking.ask(request.presence, chart_id, kind, words)
    except (NothingAsked, TooMany) as problem:
        return _page(request, chart_id, problem=problem, status=409)
    return redirect("portal_asking", chart_id=chart_id)


def _page(
    request: PortalRequest,
    chart_id: str,
    *,
    problem: StillroomError | None = None,
    status: int = 200,
) -> HttpResponse:
    values = {
        "chart": chart_id,
        "mine": own_asking.asked_by_me(request.presence, chart_id),
        "requests": REQUESTS.values(),
        "states": STATES,
        "kind": request.POST.get("kind", ""),
        "words": request.POST.get("words", ""),
        "problem": problem,
    }
    return render(request, "asking.html", values, status=status)


@require_GET
def asked(request: PortalRequest, matter_id: str) -> HttpResponse:
    """One request of hers."""
    found = own_asking.one_of_mine(request.presence, matter_id)
    values = {"found": found, "states": STATES, "problem": None, "words": ""}
    return render(request, "asked.html", values)


@require_POST
def disagree(request: PortalRequest, matter_id: str) -> HttpResponse:
    """A statement beside a correction that was refused; or none, and the request goes along."""
    words = request.POST.get("words", "")
    try:
        if request.POST.get("carry") == "yes":
            own_asking.carry(request.presence, matter_id)
        else:
            own_asking.disagree(request.presence, matter_id, words)
    except (NothingAsked, NotNow) as problem:
        found = own_asking.one_of_mine(request.presence, matter_id)
        values = {"found": found, "states": STATES, "problem": problem, "words": words}
        return render(request, "asked.html", values, status=409)
    return redirect("portal_asked", matter_id=matter_id)
