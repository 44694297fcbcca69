"""Her ways in: passkeys, the passphrase, what is asked at the door, sessions, known browsers."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from stillroom.identity import familiar, guests, guests_ways, passkeys, sessions, ways
from stillroom.identity.passkey_body import credential_in, read_body, site_of
from stillroom.identity.refusals import PassphrasesDiffer
from stillroom.kernel import StillroomError
from stillroom.phi import LogUnwritable, NotHere, Sealed, StepUpNeeded
from stillroom.portal.cookies import drop_known
from stillroom.portal.language import LANGUAGES
from stillroom.portal.pages import render, say
from stillroom.portal.request import PortalRequest

_LONGEST_NUMBER = 18
_TOLD_ELSEWHERE = (LogUnwritable, NotHere, Sealed, StepUpNeeded)


@require_GET
def own(request: PortalRequest) -> HttpResponse:
    """All of them on one page."""
    return _page(request)


def _page(
    request: PortalRequest, *, problem: StillroomError | None = None, done: bool = False
) -> HttpResponse:
    presence = request.presence
    values = {
        "passkeys": ways.passkeys(presence),
        "sessions": sessions.running(presence),
        "always": guests_ways.always_asks(presence),
        "known": familiar.how_many(presence),
        "elsewhere": familiar.unread(presence),
        "problem": say(request, str(problem)) if problem else "",
        "advice": say(request, problem.advice) if problem and problem.advice else "",
        "done": done,
    }
    return render(request, "ways.html", values, status=409 if problem else 200)


@require_POST
def elsewhere(request: PortalRequest) -> HttpResponse:
    """She has read that her pages were opened from elsewhere."""
    familiar.read(request.presence)
    return redirect("portal_ways")


@require_POST
def passphrase(request: PortalRequest) -> HttpResponse:
    """A new passphrase for the old one. What was typed is never shown again."""
    typed = request.POST
    try:
        if typed.get("passphrase") != typed.get("again"):
            raise PassphrasesDiffer
        ways.change_passphrase(request.presence, typed.get("old", ""), typed.get("passphrase", ""))
    except _TOLD_ELSEWHERE:
        raise
    except StillroomError as error:
        return _page(request, problem=error)
    return _page(request, done=True)


@require_POST
def always(request: PortalRequest) -> HttpResponse:
    """Ask for the passphrase also beside a passkey, or no more."""
    guests_ways.ask_always(request.presence, always=request.POST.get("always") == "yes")
    return redirect("portal_ways")


@require_POST
def end_sessions(request: PortalRequest) -> HttpResponse:
    """End her other sessions."""
    sessions.end_others(request.presence)
    return redirect("portal_ways")


@require_POST
def forget(request: PortalRequest) -> HttpResponse:
    """Know no browser any more, this one neither."""
    familiar.forget(request.presence)
    response = redirect("portal_ways")
    drop_known(response)
    return response


@require_POST
def speak(request: PortalRequest) -> HttpResponse:
    """The language of her pages."""
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        guests.speak(request.presence.person, chosen)
    return redirect("portal_ways")


@require_POST
def offer(request: PortalRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    return JsonResponse(passkeys.offer(request.presence, site_of(request)))


@require_POST
def add(request: PortalRequest) -> HttpResponse:
    """Keep the passkey that the browser made."""
    body = read_body(request)
    prf = str(body.get("prf", ""))
    passkeys.add(request.presence, site_of(request), credential_in(body), prf, "")
    return JsonResponse({"next": reverse("portal_ways")})


@require_POST
def remove(request: PortalRequest) -> HttpResponse:
    """Take one of her own passkeys away."""
    text = request.POST.get("passkey", "")
    if not (text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER):
        raise NotHere
    ways.remove_passkey(request.presence, int(text))
    return redirect("portal_ways")


@require_POST
def still_here(request: PortalRequest) -> HttpResponse:
    """Somebody touches the page: the session goes on. Whoever is not signed in is told so."""
    del request
    return HttpResponse(status=204)
