"""Made-up logs and keys for the tests of the ledger. Nobody here exists."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from stillroom.kernel import StillroomError
from stillroom.ledger import Entry, LogKey, leaf_hash

ORIGIN = "stillroom.example/quiet-street"
START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def entry(number: int, *, subject: str | None = None, actor: str | None = None) -> Entry:
    """Entry `number` of a made-up week: one of seven people opens one of twenty charts."""
    return Entry(
        at=START + timedelta(seconds=number),
        actor=actor if actor is not None else f"person{number % 7}",
        act="chart:record:read",
        subject=subject if subject is not None else f"client{number * 31 % 20}",
        grant=f"grant{number}",
        sealed=sha256(str(number).encode()).digest() * 3,
        opinion="",
    )


def entries(count: int, start: int = 0) -> list[Entry]:
    """`count` entries in a row."""
    return [entry(number) for number in range(start, start + count)]


def raws(count: int, start: int = 0) -> list[bytes]:
    """Their canonical bytes."""
    return [each.canonical() for each in entries(count, start)]


def leaves(count: int) -> list[bytes]:
    """Leaf hashes of a small made-up log, quick to make."""
    return [leaf_hash(bytes([number % 256, number // 256])) for number in range(count)]


@dataclass(frozen=True)
class Pen:
    """A signer and verifier with a fixed key made from its seed."""

    seed: str = "quiet street"
    name: str = ORIGIN

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(sha256(self.seed.encode()).digest())

    @cached_property
    def key(self) -> LogKey:
        """The public half."""
        public = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return LogKey(self.name, public)

    def sign(self, message: bytes) -> bytes:
        """See `Signer`."""
        return self._private.sign(message)

    def verify(self, message: bytes, signature: bytes) -> None:
        """See `Verifier`."""
        Reader(self.key).verify(message, signature)


@dataclass(frozen=True)
class Reader:
    """A verifier that has only the public key."""

    key: LogKey

    def verify(self, message: bytes, signature: bytes) -> None:
        """See `Verifier`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise StillroomError("the signature is broken") from None
