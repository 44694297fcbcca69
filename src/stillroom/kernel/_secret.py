"""Bytes that do not slip out.

Rules: a `Secret` does not print, format, compare, hash, pickle, copy or turn into JSON. The one
way to the bytes is `expose()`, the single word that reviewers search for. Python cannot promise to
wipe memory, and this class does not pretend to (docs/promises/P03.md states that limit).
"""

from typing import NoReturn


class Secret:
    """Opaque bytes.

    >>> Secret(b"key")
    Secret(…)
    >>> Secret(b"key").expose()
    b'key'
    """

    __slots__ = ("_bytes",)

    def __init__(self, value: bytes) -> None:
        self._bytes = bytes(value)

    def expose(self) -> bytes:
        """The bytes. Every call of this word is a place to look at in review."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._bytes)

    def __repr__(self) -> str:
        return "Secret(…)"

    def __format__(self, spec: str) -> str:
        return "Secret(…)"

    def __eq__(self, other: object) -> NoReturn:
        raise TypeError("secrets are not compared; use hmac.compare_digest on exposed bytes")

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled or copied; wrap it to a recipient instead")

    def __iter__(self) -> NoReturn:
        raise TypeError("a secret is not iterated over; call expose()")
