"""Reading a passkey's answer from a request."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from stillroom.identity.passkeys import Site
from stillroom.identity.refusals import PasskeyRefused


def site_of(request: HttpRequest) -> Site:
    """The host that was asked, as passkeys are bound to it.

    Behind a proxy that speaks TLS the request itself arrives in the clear; what the browser calls
    this place is then among the origins that the host was told to trust (STILLROOM_ORIGINS).
    """
    host = request.get_host()
    over_tls = f"https://{host}"
    told = over_tls in settings.CSRF_TRUSTED_ORIGINS
    return Site(host.partition(":")[0], over_tls if told else f"{request.scheme}://{host}")


def read_body(request: HttpRequest) -> dict[str, Any]:
    """The JSON that a script sent, or `PasskeyRefused`."""
    try:
        body = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):  # a body of brackets alone goes deeper than Python
        raise PasskeyRefused from None
    if not isinstance(body, dict):
        raise PasskeyRefused
    return body


def credential_in(body: dict[str, Any]) -> dict[str, Any]:
    """The credential that it brings, or `PasskeyRefused`."""
    credential = body.get("credential")
    if not isinstance(credential, dict):
        raise PasskeyRefused
    return credential
