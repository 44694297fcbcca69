"""Passkeys over JSON: offer and add one's own; ask and answer at the door."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from stillroom.desk.pages import open_door
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.doors import welcome_in
from stillroom.desk.views.passkey_body import credential_in, read_body, site_of
from stillroom.identity import passkeys


@require_POST
def offer(request: DeskRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    return JsonResponse(passkeys.offer(request.presence, site_of(request)))


@require_POST
def add(request: DeskRequest) -> HttpResponse:
    """Keep the passkey that the browser made."""
    body = read_body(request)
    passkeys.add(
        request.presence,
        site_of(request),
        credential_in(body),
        str(body.get("prf", "")),
        str(body.get("label", "")),
    )
    return JsonResponse({"next": "/account"})


@open_door
@require_POST
def ask(request: DeskRequest) -> HttpResponse:
    """What the browser needs to answer for a name; in a locked page, for the page's own person."""
    typed = str(read_body(request).get("name", ""))
    name = request.locked.sign_name if request.locked and not typed else typed
    house = request.shell.house
    return JsonResponse(passkeys.ask(house, site_of(request), name, at=request.at))


@open_door
@require_POST
def answer(request: DeskRequest) -> HttpResponse:
    """Sign in by the passkey's answer."""
    body = read_body(request)
    opened = passkeys.answer(
        request.shell.house,
        site_of(request),
        credential_in(body),
        str(body.get("prf", "")),
        at=request.at,
    )
    return welcome_in(request, opened)
