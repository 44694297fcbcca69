"""A passphrase as a way in: Argon2id (RFC 9106).

Rules: text is normalised (NFKC, runs of white space become one space, none at the ends), so the
same passphrase typed on another keyboard opens the same lock. Refused are fewer than 12
characters, fewer than 5 different ones, runs such as abcdef and 123456, famous passwords with
figures behind them, and characters without a settled meaning. These rules belong to version 1 of
the lock: a stricter rule needs a new version, or people would be locked out of locks that they
made before.

Format, version 1: `lock 0x01 | passes (4) | memory in KiB (4) | lanes (1) | salt (16)`.
"""

import os
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw

from stillroom.kernel import Misuse, Secret
from stillroom.vault._derive import KEY_BYTES, derive_key
from stillroom.vault._errors import KeyUnreadable, WeakPassphrase
from stillroom.vault._shared import SharedKey

_MARK = b"lock\x01"
_SALT_BYTES = 16
_SIZE = len(_MARK) + 9 + _SALT_BYTES
_INFO = b"stillroom passphrase lock v1"
_SHORTEST = 12
_DIFFERENT = 5
_MOST_PASSES = 64
_MOST_MEMORY_KIB = 2 * 1024 * 1024
_UNSETTLED = frozenset({"Cc", "Cn", "Co", "Cs"})  # controls, unassigned, private use, halves
_FAMOUS = re.compile(r"password|passphrase|passwort|qwerty|letmein|welcome|stillroom|[\W\d_]")
_OWN_LETTERS = 5


class Cost(Enum):
    """How much work one guess takes: (passes, memory in KiB, lanes)."""

    INTERACTIVE = (3, 64 * 1024, 4)  # RFC 9106 section 4, second recommended option
    UNSEAL = (4, 256 * 1024, 4)  # once at start, so it may take a second
    TEST = (1, 64, 1)  # for tests only; protects nothing


@dataclass(frozen=True, slots=True)
class PassphraseLock:
    """What is stored of a passphrase: how to turn it into a key, and nothing to check it by.

    >>> lock = PassphraseLock.create(cost=Cost.TEST)
    >>> lock.key("four unrelated plain words")
    SharedKey(…)
    """

    passes: int
    memory_kib: int
    lanes: int
    salt: bytes

    def __post_init__(self) -> None:
        """Bounds, so that a planted lock can neither be empty nor exhaust the machine."""
        fits = (
            1 <= self.passes <= _MOST_PASSES
            and 1 <= self.lanes <= 255
            and 8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB
            and len(self.salt) == _SALT_BYTES
        )
        if not fits:
            raise KeyUnreadable

    @classmethod
    def create(cls, *, cost: Cost) -> "PassphraseLock":
        """A fresh lock with a fresh salt."""
        passes, memory_kib, lanes = cost.value
        return cls(passes, memory_kib, lanes, os.urandom(_SALT_BYTES))

    @classmethod
    def from_bytes(cls, written: bytes) -> "PassphraseLock":
        """The lock that `to_bytes` gave. `KeyUnreadable` for anything else."""
        if not written.startswith(_MARK) or len(written) != _SIZE:
            raise KeyUnreadable
        fields = written[len(_MARK) :]
        return cls(
            int.from_bytes(fields[0:4], "big"),
            int.from_bytes(fields[4:8], "big"),
            fields[8],
            fields[9:],
        )

    def to_bytes(self) -> bytes:
        """Marked and versioned; not secret."""
        return (
            _MARK
            + self.passes.to_bytes(4, "big")
            + self.memory_kib.to_bytes(4, "big")
            + bytes([self.lanes])
            + self.salt
        )

    def key(self, passphrase: str) -> SharedKey:
        """The key of this passphrase under this lock. `WeakPassphrase` before any work is done.

        Every passphrase that is strong enough gives *a* key; whether it is the right one shows
        when the key unwraps something (`WrongIdentity`).
        """
        text = _settle(passphrase)
        hashed = hash_secret_raw(
            text.encode(),
            self.salt,
            time_cost=self.passes,
            memory_cost=self.memory_kib,
            parallelism=self.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
            version=ARGON2_VERSION,
        )
        return SharedKey(Secret(derive_key(hashed, _INFO)))


def _settle(passphrase: str) -> str:
    """Normalise, then refuse what would be guessed."""
    if not isinstance(passphrase, str):
        raise Misuse("a passphrase is text")
    text = " ".join(unicodedata.normalize("NFKC", passphrase).split())
    if not text:
        raise WeakPassphrase("the passphrase is empty")
    if any(unicodedata.category(sign) in _UNSETTLED for sign in text):
        raise WeakPassphrase(
            "this passphrase holds a character that not every keyboard can write",
            advice="Leave out that character; plain words are strong enough.",
        )
    if len(text) < _SHORTEST:
        raise WeakPassphrase(f"this passphrase is shorter than {_SHORTEST} characters")
    if len(set(text)) < _DIFFERENT:
        raise WeakPassphrase(f"this passphrase has fewer than {_DIFFERENT} different characters")
    if _runs(text) or _famous(text):
        raise WeakPassphrase
    return text


def _runs(text: str) -> bool:
    """Whether most characters merely follow or repeat the one before (abcdef, 654321, aaaa)."""
    steps = [abs(ord(after) - ord(before)) for before, after in pairwise(text)]
    return 2 * sum(step <= 1 for step in steps) > len(steps)


def _famous(text: str) -> bool:
    """Whether little is left once famous passwords, figures and signs are taken out."""
    return len(_FAMOUS.sub("", text.casefold())) < _OWN_LETTERS
