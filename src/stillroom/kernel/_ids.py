"""Identifiers that tell nothing: 128 random bits, 26 letters and figures of lower-case base 32.

Random (not time-ordered) on purpose: an address in a browser's history must not say when somebody
became a client, nor stand next to another client's (THREATS.md, T14).
"""

import re
import secrets

_SHAPE = re.compile(r"[a-z2-7]{26}\Z")


_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(first + second for first in _LETTERS for second in _LETTERS)
_SHIFTS = tuple(range(120, -1, -10))


def new_id() -> str:
    """A fresh identifier."""
    return spell(secrets.token_bytes(16))


def spell(sixteen: bytes) -> str:
    """16 bytes as an identifier: RFC 4648 base 32, in small letters, without its padding.

    The library's own takes ten times as long, and a client's admission needs six of them.
    """
    number = int.from_bytes(sixteen, "big") << 2  # 128 bits and two of nothing are 26 letters
    return "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])


def is_id(text: str) -> bool:
    """Whether `text` has the shape of an identifier (it may still name nothing)."""
    return _SHAPE.match(text) is not None
