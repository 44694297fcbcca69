"""The headers that every answer bears, whatever it is (T01, T06)."""

import re
from collections.abc import Mapping

from django.http import HttpResponse

EVERYWHERE: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Robots-Tag": "noindex, nofollow",
}
_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
_OF_A_PROOF = ("default-src 'none'", "frame-ancestors 'self'")

DOORS = frozenset(
    {"signin", "signin_words", "passkey_ask", "passkey_answer", "unlock", "step_up"}
    | {"lock", "signout", "passphrase_change", "recovery_words"}
    | {"portal_leave", "portal_passkey_answer", "portal_passkey_ask", "portal_place"}
    | {"portal_signin", "portal_signout"}
)
"""Addresses that count tries or end sessions whatever they answer."""

OPEN_DOORS = DOORS - {"step_up", "passphrase_change", "recovery_words"} | {
    "front_door",
    "portal_about",
    "portal_away",
    "sealed",
    "welcome",
    "handed_back",
}
"""Addresses that are there for people who have not signed in."""


def missing(answer: HttpResponse) -> list[str]:
    """What an answer lacks; empty when nothing."""
    lacks = [name for name, value in EVERYWHERE.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    proof = (
        answer.headers.get("Content-Type") == "application/pdf"
        and "frame-ancestors 'self'" in policy
    )
    wanted = _OF_A_PROOF if proof else _POLICY
    directives = [one.strip() for one in policy.split(";")]
    lacks += [f"policy: {one}" for one in wanted if one not in directives]
    if not proof and "'unsafe-inline'" in policy:
        lacks.append("policy: no unsafe-inline")
    # A call's page (and it alone may use a camera) may reach the line beside us: one address.
    if "camera=(self)" in answer.headers.get("Permissions-Policy", ""):
        policy = re.sub(r"connect-src 'self' wss?://[\w.:-]+/line", "", policy)
    if "'unsafe-eval'" in policy or "http" in policy or "*" in policy:
        lacks.append("policy: nothing from elsewhere")
    if not proof and answer.headers.get("X-Frame-Options") != "DENY":
        lacks.append("X-Frame-Options")
    return lacks
