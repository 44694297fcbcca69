"""Going out: signing out, leaving at once, and the page that names nothing (THREATS.md, T08).

Rules: leaving works for whoever asks, also without the form's mark and without our script: to end
one's own session is never wrong, and the cookie comes from our pages alone (SameSite=Strict).
"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from stillroom.access import Act
from stillroom.identity import sessions
from stillroom.phi import bridge
from stillroom.portal.cookies import clear_cookie
from stillroom.portal.language import language_of
from stillroom.portal.pages import leave_to, open_door
from stillroom.portal.request import PortalRequest


@require_POST
@open_door
def sign_out(request: PortalRequest) -> HttpResponse:
    """The session is gone, and what the browser kept of the pages."""
    _end(request)
    response = redirect("portal_signin")
    clear_cookie(response)
    return response


@csrf_exempt
@require_POST
@open_door
def leave(request: PortalRequest) -> HttpResponse:
    """The same, to the page that names nothing."""
    _end(request)
    response = redirect(leave_to())
    clear_cookie(response)
    return response


def _end(request: PortalRequest) -> None:
    if request.cookie is not None:
        sessions.end(request.cookie)
    if request.here is not None:
        details: bridge.Details = {"did": "signed out"}
        bridge.note_event(
            request.shell.house, request.here.person, Act.SESSION_END, details, at=request.at
        )


@open_door
@require_GET
def away(request: PortalRequest) -> HttpResponse:
    """A page as any that does not work: no look of ours, no script, no way back."""
    values = {"language": language_of(request)}
    return render(request, "portal/away.html", values, using="portal")
