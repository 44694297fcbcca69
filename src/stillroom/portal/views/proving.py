"""Who is there, once more: asked within the page, so that nothing typed is lost.

Rules: what was sent to a page that wants a fresh proof is carried along in the form that asks for
it, and sent again with the passphrase; the proof is taken before the page itself sees anything.
Inside a session alone: nobody comes in here.
"""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from stillroom.identity import guests_ways
from stillroom.identity.passkey_body import read_body, site_of
from stillroom.kernel import StillroomError, Trilean
from stillroom.phi import LogUnwritable, NotHere, Sealed
from stillroom.portal import PORTAL
from stillroom.portal.pages import render
from stillroom.portal.request import PortalRequest

FIELD = "prove_passphrase"
_PLAIN = "application/x-www-form-urlencoded"
_OURS = frozenset({FIELD, "csrfmiddlewaretoken"})
_TOLD_ELSEWHERE = (LogUnwritable, NotHere, Sealed)


def ask(request: HttpRequest, problem: StillroomError | None = None) -> HttpResponse:
    """The page that asks, with all that was sent."""
    sent = request.method == "POST" and request.path != reverse("portal_prove")
    names = [name for name in request.POST if name not in _OURS] if sent else []
    kept = [(name, one) for name in names for one in request.POST.getlist(name)]
    asked = request.get_full_path() if request.method == "GET" else _next(request)
    values = {
        "to": request.path if sent else reverse("portal_prove"),
        "kept": kept,
        "next": asked,
        "problem": problem,
    }
    return render(request, "step_up.html", values, status=403)


def prove(request: PortalRequest) -> HttpResponse | None:
    """Take the passphrase that a form brings along, if it does; `None` goes on to the page."""
    # The page that asks sends a plain form; whatever else is sent stays unread for its own view.
    plain = request.method == "POST" and request.content_type == _PLAIN
    typed = request.POST.get(FIELD, "") if plain else ""
    if not typed or request.cookie is None:
        return None
    try:
        guests_ways.prove_by_passphrase(request.presence, request.cookie, typed)
    except _TOLD_ELSEWHERE:
        raise
    except StillroomError as error:
        return ask(request, error)
    request.here = request.presence = replace(request.presence, stepped_up=Trilean.YES)
    return None


@require_POST
def proven(request: PortalRequest) -> HttpResponse:
    """Back to the page that asked. By passkey, the proof is taken here."""
    if request.content_type == "application/json" and request.cookie is not None:
        body = read_body(request)
        guests_ways.prove_by_passkey(request.presence, request.cookie, site_of(request), body)
        return JsonResponse({"next": ""})
    if request.presence.stepped_up is not Trilean.YES:
        return ask(request)
    return redirect(_next(request))


def _next(request: HttpRequest) -> str:
    """A page of hers, and no address of anybody else."""
    wanted = request.POST.get("next", "")
    return wanted if wanted.startswith(PORTAL) and "\\" not in wanted else reverse("portal_home")
