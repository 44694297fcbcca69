"""Passkeys: offer, add and remove one's own; ask and answer at the door. Over JSON but removing."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from stillroom.desk.pages import open_door
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.account import account_page
from stillroom.desk.views.doors import welcome_in
from stillroom.identity import accounts, passkeys, ways
from stillroom.identity.passkey_body import credential_in, read_body, site_of
from stillroom.identity.refusals import TooFewWaysIn
from stillroom.phi import NotHere

_LONGEST_NUMBER = 18


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


@require_POST
def remove(request: DeskRequest) -> HttpResponse:
    """Take one of one's own passkeys away."""
    text = request.POST.get("passkey", "")
    if not (text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER):
        raise NotHere
    try:
        ways.remove_passkey(request.presence, int(text))
    except TooFewWaysIn as error:
        return account_page(request, passkey_problem=error)
    return redirect("account")


@open_door
@require_POST
def ask(request: DeskRequest) -> HttpResponse:
    """What the browser needs to answer for a name; inside a session, for its own person."""
    name = str(read_body(request).get("name", "")) or _own_name(request)
    house = request.shell.house
    return JsonResponse(passkeys.ask(house, site_of(request), name, at=request.at))


def _own_name(request: DeskRequest) -> str:
    """Whose session it is, locked or open: she is not asked for her name again."""
    known = request.locked or request.here
    return accounts.sign_name(known.person) if known else ""


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
