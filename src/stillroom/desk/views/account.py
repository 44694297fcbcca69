"""One's own account: passkeys, and the privacy screen."""

import json

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.identity import accounts, passkeys


@require_GET
def account(request: DeskRequest) -> HttpResponse:
    """Ways in, one's own."""
    presence = request.presence
    values = {
        "passkeys": passkeys.labels(presence),
        "sign_name": accounts.sign_name(presence.person),
    }
    return render(request, "account.html", values)


@require_POST
def veil(request: DeskRequest) -> HttpResponse:
    """Remember how much the privacy screen hides, for this person's session."""
    try:
        wanted = str(json.loads(request.body or b"{}").get("veil", ""))
    except (ValueError, AttributeError):
        wanted = ""
    chosen = wanted if wanted in ("", "names", "all") else ""
    accounts.set_veil(request.presence, chosen)
    return JsonResponse({"veil": chosen})
