"""Messages with the care team: how they are answered up front, help beside, then what was written.

Rules: nothing reads a message for danger, so help stands beside every one; what was refused is kept
as it was typed. Who writes here has a thread of her own, which nobody else of this door can see.
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stillroom.correspondence import actions, queries
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import LogUnwritable, NotHere, Sealed
from stillroom.portal.language import language_of
from stillroom.portal.pages import render
from stillroom.portal.request import PortalRequest

_OURS = (LogUnwritable, NotHere, Sealed)


@require_http_methods(["GET", "POST"])
def messages(request: PortalRequest, chart_id: str) -> HttpResponse:
    """The whole thread, and a message more."""
    if request.method == "GET":
        return _page(request, chart_id, "", None)
    typed = request.POST.get("words", "")
    try:
        actions.write(request.presence, chart_id, typed)
    except _OURS:
        raise
    except StillroomError as error:
        return _page(request, chart_id, typed, error)
    return redirect(reverse("portal_messages", kwargs={"chart_id": chart_id}) + "#last")


def _page(
    request: PortalRequest, chart_id: str, typed: str, error: StillroomError | None
) -> HttpResponse:
    thread = queries.own_thread(request.presence, chart_id)
    values = {
        "chart": chart_id,
        "thread": thread,
        "manner": queries.manner(language_of(request)),
        "names": {one.id: one.name for one in people.colleagues(active=False).values()},
        "typed": typed,
        "problem": error,
    }
    return render(request, "messages.html", values, status=409 if error else 200)
