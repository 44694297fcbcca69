"""A secret split among people: some of them together have it, fewer have nothing.

Shamir's scheme over GF(2^8), byte by byte, with random coefficients of which the highest may be
zero (forcing it to be non-zero would tell each holder one value that the secret is not).

What is split is the secret and a 16-byte digest of it, so that altered shares are noticed after
combining; being split itself, the digest tells fewer than the threshold nothing. Each share also
carries a random number that all shares of one secret have in common, the threshold, and a checksum
over itself that catches a misread letter before combining.

Format, version 1: `share 0x01 | number (8) | threshold (1) | x (1) | value | checksum (4)`.
"""

import hashlib
import os
from base64 import b32decode, b32encode
from collections.abc import Iterable
from dataclasses import dataclass, field

from stillroom.kernel import Misuse, Secret
from stillroom.vault._errors import KeyUnreadable, SharesDisagree, SharesMissing
from stillroom.vault._field import evaluate, multiply, weights_at_zero

_MARK = b"share\x01"
_NUMBER_BYTES = 8
_DIGEST_BYTES = 16
_CHECKSUM_BYTES = 4
_HEAD = len(_MARK) + _NUMBER_BYTES + 2
_MOST = 255
_LEAST_THRESHOLD = 2
_GROUP = 4
_MISREAD = str.maketrans("018", "OIB")  # figures that base 32 does not use, for the letters meant


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """One person's share. `number` is common to all shares of one secret; `x` is this share's own.

    Printing shows the number and `x`, never the value.
    """

    number: bytes
    threshold: int
    x: int
    value: Secret = field(repr=False)

    def __post_init__(self) -> None:
        fits = (
            len(self.number) == _NUMBER_BYTES
            and _LEAST_THRESHOLD <= self.threshold <= _MOST
            and 1 <= self.x <= _MOST
            and len(self.value) > _DIGEST_BYTES
        )
        if not fits:
            raise KeyUnreadable("this is not a share of a known format")

    @classmethod
    def from_bytes(cls, written: bytes) -> "Share":
        """The share that `to_bytes` gave. `KeyUnreadable` when a byte is wrong or missing."""
        body, checksum = written[:-_CHECKSUM_BYTES], written[-_CHECKSUM_BYTES:]
        if not body.startswith(_MARK) or len(body) <= _HEAD or _checksum(body) != checksum:
            raise KeyUnreadable(
                "this is not a share, or a part of it was misread",
                advice="Compare it with the paper letter by letter; nothing may be missing.",
            )
        number = body[len(_MARK) : len(_MARK) + _NUMBER_BYTES]
        return cls(number, body[_HEAD - 2], body[_HEAD - 1], Secret(body[_HEAD:]))

    def to_bytes(self) -> bytes:
        """The share for a file or a code to scan. It is a secret; treat it so."""
        body = _MARK + self.number + bytes([self.threshold, self.x]) + self.value.expose()
        return body + _checksum(body)

    @classmethod
    def from_text(cls, text: str) -> "Share":
        """The share that `to_text` gave; case, spaces and dashes do not matter."""
        letters = "".join(sign for sign in text.upper() if sign.isalnum()).translate(_MISREAD)
        try:
            return cls.from_bytes(b32decode(letters + "=" * (-len(letters) % 8)))
        except ValueError:
            raise KeyUnreadable("this is not a share, or a part of it was misread") from None

    def to_text(self) -> str:
        """The share for paper: base 32 (RFC 4648, section 6) in groups of four."""
        letters = b32encode(self.to_bytes()).decode("ascii").rstrip("=")
        return " ".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))


def split(secret: Secret, *, shares: int, threshold: int) -> tuple[Share, ...]:
    """`shares` shares, of which any `threshold` give the secret back."""
    if not _LEAST_THRESHOLD <= threshold <= shares <= _MOST:
        raise Misuse("a threshold is at least 2 and at most the number of shares, which is ≤ 255")
    if len(secret) == 0:
        raise Misuse("there is nothing to split")
    number = os.urandom(_NUMBER_BYTES)
    payload = secret.expose() + _digest(number, secret.expose())
    polynomials = [(byte, *os.urandom(threshold - 1)) for byte in payload]
    return tuple(
        Share(number, threshold, x, Secret(bytes(evaluate(p, x) for p in polynomials)))
        for x in range(1, shares + 1)
    )


def combine(shares: Iterable[Share]) -> Secret:
    """The secret again.

    `SharesMissing` when there are too few; `SharesDisagree` when they are of different secrets,
    when one is there twice, or when one was altered. Shares beyond the threshold are checked too.
    """
    given = tuple(shares)
    if not given:
        raise SharesMissing
    first = given[0]
    _require_one_secret(given)
    if len(given) < first.threshold:
        raise SharesMissing(f"{len(given)} shares are here and {first.threshold} are needed")
    payload = _interpolate(given)
    secret, digest = payload[:-_DIGEST_BYTES], payload[-_DIGEST_BYTES:]
    if digest != _digest(first.number, secret):
        raise SharesDisagree
    return Secret(secret)


def _require_one_secret(given: tuple[Share, ...]) -> None:
    kinds = {(share.number, share.threshold, len(share.value)) for share in given}
    if len(kinds) != 1 or len({share.x for share in given}) != len(given):
        raise SharesDisagree


def _interpolate(given: tuple[Share, ...]) -> bytes:
    weights = weights_at_zero([share.x for share in given])
    payload = bytearray(len(given[0].value))
    for weight, share in zip(weights, given, strict=True):
        for i, byte in enumerate(share.value.expose()):
            payload[i] ^= multiply(weight, byte)
    return bytes(payload)


def _digest(number: bytes, secret: bytes) -> bytes:
    return hashlib.sha256(b"stillroom shares v1\0" + number + secret).digest()[:_DIGEST_BYTES]


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(b"stillroom share v1\0" + body).digest()[:_CHECKSUM_BYTES]
