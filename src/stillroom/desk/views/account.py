"""One's own account: passkeys, passphrase, sessions, and the privacy screen."""

import json

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.doors import OURS, require_same, typed_in
from stillroom.identity import accounts, sessions, ways
from stillroom.kernel import StillroomError, Trilean
from stillroom.phi import NotHere


def account_page(
    request: DeskRequest,
    *,
    passkey_problem: StillroomError | None = None,
    passphrase_problem: StillroomError | None = None,
    words_problem: StillroomError | None = None,
    done: str = "",
) -> HttpResponse:
    """The page, with what went wrong beside the form it went wrong in."""
    presence = request.presence
    values = {
        "passkeys": ways.passkeys(presence),
        "sessions": sessions.running(presence),
        "sign_name": accounts.sign_name(presence.person),
        "fresh": presence.stepped_up is Trilean.YES,
        "passkey_problem": passkey_problem,
        "passphrase_problem": passphrase_problem,
        "words_problem": words_problem,
        "done": done,
    }
    wrong = passkey_problem or passphrase_problem or words_problem
    return render(request, "account.html", values, status=409 if wrong else 200)


@require_GET
def account(request: DeskRequest) -> HttpResponse:
    """Ways in and sessions, one's own."""
    return account_page(request)


@require_POST
def passphrase(request: DeskRequest) -> HttpResponse:
    """A new passphrase for the old one. What was typed is never shown again."""
    typed = typed_in(request)
    try:
        require_same(typed)
        ways.change_passphrase(request.presence, typed.get("old", ""), typed.get("passphrase", ""))
    except (NotHere, *OURS):
        raise
    except StillroomError as error:
        return account_page(request, passphrase_problem=error)
    return account_page(
        request, done="Your passphrase is changed, and your other sessions have ended."
    )


@require_POST
def recovery_words(request: DeskRequest) -> HttpResponse:
    """New recovery words, shown this once; the old ones open nothing from now on."""
    try:
        words = ways.new_words(request.presence, typed_in(request).get("passphrase", ""))
    except (NotHere, *OURS):
        raise
    except StillroomError as error:
        return account_page(request, words_problem=error)
    return render(request, "account_words.html", {"words": words})


@require_POST
def end_sessions(request: DeskRequest) -> HttpResponse:
    """End one other session of one's own, or all the others."""
    sessions.end_others(request.presence, request.POST.get("session", ""))
    return redirect("account")


@require_POST
def veil(request: DeskRequest) -> HttpResponse:
    """Remember how much the privacy screen hides, for this person's session. What a browser told
    earlier and what arrives late changes nothing any more."""
    try:
        told = json.loads(request.body or b"{}")
        wanted, moment = str(told.get("veil", "")), told.get("at")
    except (ValueError, AttributeError, RecursionError):
        wanted, moment = "", None
    chosen = wanted if wanted in ("", "names", "all") else ""
    at = moment if type(moment) in (int, float) else None
    with request.shell.tellings.turn(request.presence.session, at, request.at) as holds:
        if holds:
            accounts.set_veil(request.presence, chosen)
    return JsonResponse({"veil": chosen})
