"""Passkey challenges: given out for one thing, answered once, dead after five minutes.

The row holds a hash of the challenge and of what it was given for, so that an answer made for one
ceremony, or for one person's new passkey, counts in no other (WebAuthn Level 3, §13.4.3).
"""

from datetime import datetime
from hashlib import sha256
from typing import Any

from webauthn.helpers import base64url_to_bytes, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException

from stillroom.identity import rules
from stillroom.identity.models import Challenge
from stillroom.identity.refusals import PasskeyRefused

# What a library says of bytes that are no credential: its own errors, or Python's.
MALFORMED = (WebAuthnException, ValueError, LookupError, TypeError, RecursionError)


def _name(challenge: bytes, what_for: str) -> str:
    return sha256(f"stillroom challenge v1|{what_for}|".encode() + challenge).hexdigest()


def keep(challenge: bytes, what_for: str, at: datetime) -> None:
    """Remember a challenge that was given out. Old ones go."""
    Challenge.objects.filter(made_at__lt=at - rules.CHALLENGE_LIVES).delete()
    Challenge.objects.create(id=_name(challenge, what_for), made_at=at)


def spend(credential: dict[str, Any], what_for: str, at: datetime) -> bytes:
    """The challenge that was answered, once; `PasskeyRefused` if used, old or never given."""
    try:
        stated = parse_client_data_json(
            base64url_to_bytes(credential["response"]["clientDataJSON"])
        )
        name = _name(stated.challenge, what_for)
    except MALFORMED:
        raise PasskeyRefused from None
    since = at - rules.CHALLENGE_LIVES
    if not Challenge.objects.filter(pk=name, made_at__gte=since).delete()[0]:
        raise PasskeyRefused
    return stated.challenge
