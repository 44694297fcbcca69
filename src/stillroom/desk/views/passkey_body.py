"""Reading a passkey's answer from a request."""

import json
from typing import Any

from stillroom.desk.shell import DeskRequest
from stillroom.identity.passkeys import PasskeyRefused, Site


def site_of(request: DeskRequest) -> Site:
    """The host that was asked, as passkeys are bound to it."""
    host = request.get_host()
    return Site(host.partition(":")[0], f"{request.scheme}://{host}")


def read_body(request: DeskRequest) -> dict[str, Any]:
    """The JSON that a script sent, or `PasskeyRefused`."""
    try:
        body = json.loads(request.body or b"{}")
    except ValueError:
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
