"""Identifiers that tell nothing: 128 random bits, 26 letters and figures of lower-case base 32.

Random (not time-ordered) on purpose: an address in a browser's history must not say when somebody
became a client, nor stand next to another client's (THREATS.md, T14).
"""

import re
import secrets
from base64 import b32encode

_SHAPE = re.compile(r"[a-z2-7]{26}\Z")


def new_id() -> str:
    """A fresh identifier."""
    return b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=").lower()


def is_id(text: str) -> bool:
    """Whether `text` has the shape of an identifier (it may still name nothing)."""
    return _SHAPE.match(text) is not None
