"""The public key of a log (C2SP signed-note, "Verifier keys"), and who signs and verifies with it.

This core does no cryptography of its own but hashing: whoever holds keys passes in a `Signer` or a
`Verifier`.
"""

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from stillroom.kernel import Misuse
from stillroom.ledger._errors import Malformed

ED25519 = b"\x01"
"""The signature type of signed-note for Ed25519 over the text of the note."""
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class LogKey:
    """An Ed25519 public key with the name it signs under; as text, a "vkey".

    >>> key = LogKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    >>> key.name, key.id.hex()
    ('example.com/foo', '530d903a')
    """

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not is_name(self.name) or len(self.public) != KEY_BYTES:
            raise Misuse("a log key has a name without spaces or plus signs, and 32 bytes")

    @property
    def id(self) -> bytes:
        """The four bytes that lead from a signature to its key."""
        named = self.name.encode() + b"\n" + ED25519 + self.public
        return sha256(named).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> "LogKey":
        """The key that `str(key)` gives. `Malformed` for anything else."""
        name, _, rest = text.partition("+")
        key_id, _, encoded = rest.partition("+")
        try:
            material = from_base64(encoded)
            key = cls(name, material[1:])
        except (Malformed, Misuse):
            raise Malformed("this is not the key of a log") from None
        if material[:1] != ED25519 or key.id.hex() != key_id:
            raise Malformed("this is not the key of a log, or it was mistyped")
        return key


class Signer(Protocol):
    """Signs checkpoints. The key signs nothing else: a note begins with the log's own name."""

    @property
    def key(self) -> LogKey:
        """The public half, and the name."""
        ...

    def sign(self, message: bytes) -> bytes:
        """64 bytes, Ed25519 (RFC 8032)."""
        ...


class Verifier(Protocol):
    """Checks signatures of one key."""

    @property
    def key(self) -> LogKey:
        """Whose signatures."""
        ...

    def verify(self, message: bytes, signature: bytes) -> None:
        """Nothing when the signature is the key's on this message; else raises."""
        ...


def is_name(text: str) -> bool:
    """Whether `text` may name a key: not empty, no space of any kind, no plus, no control."""
    return bool(text) and not any(c.isspace() or c == "+" or ord(c) < 0x20 for c in text)


def from_base64(text: str) -> bytes:
    """Standard base64 (RFC 4648 §4), exactly as an encoder writes it; else `Malformed`."""
    try:
        decoded = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("part of this is not base64") from None
    if b64encode(decoded).decode() != text:
        raise Malformed("part of this is not base64 as it is usually written")
    return decoded
