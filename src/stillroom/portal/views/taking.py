"""Taking everything along: asked for, waited for, confirmed by another way, fetched.

The device that asks has nothing of it before the wait, and nothing at all by itself (T08).
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from stillroom.disclosure import own_asking, own_taking
from stillroom.disclosure.rules_own_asking import KEPT, WAIT, NotReady, TooMany
from stillroom.kernel import StillroomError
from stillroom.portal.pages import render
from stillroom.portal.request import PortalRequest


@require_http_methods(["GET", "POST"])
def along(request: PortalRequest, chart_id: str) -> HttpResponse:
    """How it stands; and asking for it."""
    if request.method == "GET":
        return _page(request, chart_id)
    try:
        own_asking.ask_along(request.presence, chart_id)
    except TooMany as problem:
        return _page(request, chart_id, problem)
    return redirect("portal_along", chart_id=chart_id)


def _page(
    request: PortalRequest, chart_id: str, problem: StillroomError | None = None
) -> HttpResponse:
    values = {
        "chart": chart_id,
        "mine": own_taking.takings(request.presence, chart_id),
        "now": request.at,
        "days": WAIT.days,
        "kept": KEPT.days,
        "problem": problem,
    }
    return render(request, "along.html", values, status=409 if problem else 200)


@require_GET
def fetch(request: PortalRequest, matter_id: str) -> HttpResponse:
    """The file, under a name that tells nothing."""
    try:
        file = own_taking.fetch(request.presence, matter_id)
    except NotReady as problem:
        mine = own_asking.one_of_mine(request.presence, matter_id)
        return _page(request, mine.chart, problem)
    response = HttpResponse(file, content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="my-page.zip"'
    return response
