"""Entries that a person signs, each at its place in something: a step of a matter, an event.

What is signed is the digest of the words, bound to what the entry belongs to and to its number, so
that a signature stands for these words at this place and nowhere else (P5). Each kind of entry
signs in a name of its own. Pure: whoever reads an entry brings the signer's key.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

from stillroom.kernel import StillroomError
from stillroom.vault import PublicKey


@dataclass(frozen=True, slots=True)
class EntryKind:
    """One kind of entry, by the name in which it is signed. The name never changes."""

    name: str

    def digest(self, words: bytes) -> bytes:
        """What the signature stands for."""
        return sha256(f"stillroom {self.name} v1\n".encode() + words).digest()

    def message(self, of: str, number: int, digest: bytes) -> bytes:
        """The bytes that the signer's key signs."""
        return f"stillroom {self.name} signature v1\n{of}\n{number}\n".encode() + digest

    def holds(
        self, words: bytes, of: str, number: int, key: PublicKey | None, signature: bytes
    ) -> bool:
        """Whether whoever has this key signed these very words at this place; nobody, without."""
        if key is None:
            return False
        try:
            key.verify(self.message(of, number, self.digest(words)), signature)
        except StillroomError:
            return False
        return True

    def intact(
        self,
        words: bytes,
        of: str,
        number: int,
        key: PublicKey | None,
        signature: bytes,
        digest: bytes,
    ) -> bool:
        """Whether a row is what was signed: its words, its kept digest and its signature agree."""
        return self.digest(words) == digest and self.holds(words, of, number, key, signature)


class _Sheet(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    kind: str
    body: dict[str, Any]
    salt: bytes


def sheet(kind: str, body: Mapping[str, Any]) -> bytes:
    """The words of an entry of a kind and a body, salted: a digest over them tells nothing."""
    return msgspec.json.encode(_Sheet(1, kind, dict(body), secrets.token_bytes(16)))


def of_sheet(words: bytes) -> tuple[str, dict[str, Any]]:
    """Kind and body again."""
    found = msgspec.json.decode(words, type=_Sheet)
    return found.kind, found.body
