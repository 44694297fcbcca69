"""Coming in: by name and passphrase, by passkey, by a place that was offered.

Rules: which of name and passphrase was wrong is not told, nor whether an account is frozen; a
refused form keeps the name that was typed, never the passphrase. Whoever comes in from somewhere
unknown looks at the same page: that it was noted, and that a notice left, is not told here (T08).
"""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from stillroom.access import Act
from stillroom.identity import familiar, guests, guests_ways, passkeys, sessions
from stillroom.identity.doors import Opened
from stillroom.identity.passkey_body import read_body, site_of
from stillroom.identity.refusals import PassphrasesDiffer
from stillroom.kernel import StillroomError
from stillroom.phi import LogUnwritable, Sealed, bridge
from stillroom.portal.cookies import carry_known, known_in, set_cookie
from stillroom.portal.language import LANGUAGES, language_of
from stillroom.portal.pages import open_door, render
from stillroom.portal.request import PortalRequest
from stillroom.practice import unfamiliar

OURS = (LogUnwritable, Sealed)
"""What is told as our own fault, by the middleware, and not as something typed wrong."""


@open_door
@require_http_methods(["GET", "POST"])
def sign_in(request: PortalRequest) -> HttpResponse:
    """By the name that was given, and the passphrase."""
    if request.here is not None:
        return redirect("portal_home")
    if request.method == "GET":
        return render(request, "signin.html", {"name": "", "problem": None})
    typed = request.POST.get("name", "")
    try:
        opened = guests.sign_in(
            request.shell.house,
            typed,
            request.POST.get("passphrase", ""),
            request.POST.get("code", ""),
            at=request.at,
        )
    except OURS:
        raise
    except StillroomError as error:
        values = {"name": typed, "problem": error}
        return render(request, "signin.html", values, status=403)
    response = redirect("portal_home")
    if request.POST.get("know"):
        carried = familiar.remember(opened.person, at=request.at)
        carry_known(response, carried, familiar.LIVES)
    known = _is_known(request, opened)
    came = _let_in(request, opened, response, known=known)
    if not known:
        house, carrier = request.shell.house, request.shell.carrier
        unfamiliar.came_in(house, carrier, opened.person, at=request.at)
    return came


def _is_known(request: PortalRequest, opened: Opened) -> bool:
    return familiar.is_familiar(opened.person, known_in(request), at=request.at)


def _let_in(
    request: PortalRequest, opened: Opened, response: HttpResponse, *, known: bool
) -> HttpResponse:
    """Begin a session: the entry first, then the cookie. An older session of this browser ends."""
    house = request.shell.house
    if request.cookie is not None:
        sessions.end(request.cookie)
    details: bridge.Details = {"did": "signed in", "by": "the client's door", "known": known}
    bridge.note_event(house, opened.person, Act.SESSION_BEGIN, details, at=request.at)
    set_cookie(response, sessions.begin(house, opened, at=request.at, known=known))
    return response


@open_door
@require_POST
def passkey_ask(request: PortalRequest) -> HttpResponse:
    """What the browser needs to answer for a name; inside a session, for its own person."""
    house = request.shell.house
    if request.here is not None:
        mark = guests_ways.mark_of_own(request.here)
    else:
        mark = guests.mark_of(house, str(read_body(request).get("name", "")))
    asked = passkeys.ask(house, site_of(request), mark, at=request.at, guest=True)
    return JsonResponse(asked)


@open_door
@require_POST
def passkey_answer(request: PortalRequest) -> HttpResponse:
    """Come in by the passkey's answer, with the passphrase where she chose that."""
    body = read_body(request)
    opened = guests_ways.by_passkey(request.shell.house, site_of(request), body, at=request.at)
    return _let_in(request, opened, JsonResponse({"next": reverse("portal_home")}), known=True)


@open_door
@require_http_methods(["GET", "POST"])
def take_up(request: PortalRequest, address: str) -> HttpResponse:
    """A place that was offered: her code, a passphrase of her own, and then her name to sign in.

    The browser in which it is done is known until it is closed: her first sign-in surprises nobody.
    """
    if request.method == "GET":
        return render(request, "place.html", {"address": address, "problem": None})
    try:
        if request.POST.get("passphrase") != request.POST.get("again"):
            raise PassphrasesDiffer
        welcomed = guests.take_up(
            request.shell.house,
            address,
            request.POST.get("code", ""),
            request.POST.get("passphrase", ""),
            at=request.at,
        )
    except OURS:
        raise
    except StillroomError as error:
        values = {"address": address, "problem": error}
        return render(request, "place.html", values, status=403)
    language = language_of(request)
    if language in LANGUAGES:
        guests.speak(welcomed.person, language)
    values = {"sign_name": welcomed.sign_name, "to": reverse("portal_signin")}
    response = render(request, "placed.html", values)
    carry_known(response, familiar.remember(welcomed.person, at=request.at), None)
    return response
