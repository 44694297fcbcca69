"""A key that both ends hold: the server's, a session's, and every way in.

Format of a wrap, version 1: `0x21 | nonce (12) | AES-256-GCM(32 zero bytes | key)`, associated
data `0x21 | context`.

The 32 zero bytes make the wrap commit to its key. AES-GCM alone does not: an attacker who may plant
a wrap could make one that opens under thousands of guessed passphrases at once (a partitioning
oracle; Len, Grubbs and Ristenpart, USENIX Security 2021). With the zeros checked, one wrap opens
under one key (Albertini et al., USENIX Security 2022, the padding fix).
"""

import os
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from stillroom.kernel import Misuse, Secret
from stillroom.vault._derive import KEY_BYTES, derive_key
from stillroom.vault._errors import KeyUnreadable, WrongIdentity
from stillroom.vault._guarded import Guarded

_VERSION = b"\x21"
_SECRET_MARK = b"shared\x01"
_NONCE_END = 13
_COMMITMENT = bytes(32)
_WRAP_INFO = b"stillroom shared key v1: wrap"
_MARK_INFO = b"stillroom shared key v1: mark"
_DERIVE_INFO = b"stillroom shared key v1: derive\0"
_PASSKEY_INFO = b"stillroom passkey lock v1"
_PRF_BYTES = 32
_SALT_BYTES_LEAST = 16


class SharedKey(Guarded):
    """A symmetric `Recipient` and `Identity`. A wrap or an unwrap costs a few microseconds.

    >>> key = SharedKey.create()
    >>> key.unwrap(key.wrap(Secret(b"ring"), b"what for"), b"what for").expose()
    b'ring'
    """

    def __init__(self, key: Secret) -> None:
        if len(key) != KEY_BYTES:
            raise Misuse("a shared key has 32 bytes")
        self._key = key
        self._wrapping: AESGCM | None = None

    @classmethod
    def create(cls) -> "SharedKey":
        """A fresh random key."""
        return cls(Secret(os.urandom(KEY_BYTES)))

    @classmethod
    def from_secret(cls, secret: Secret) -> "SharedKey":
        """The key that `to_secret` gave. `KeyUnreadable` for anything else."""
        written = secret.expose()
        if not written.startswith(_SECRET_MARK) or len(written) != len(_SECRET_MARK) + KEY_BYTES:
            raise KeyUnreadable
        return cls(Secret(written[len(_SECRET_MARK) :]))

    def to_secret(self) -> Secret:
        """The key, marked and versioned, to be wrapped or kept by a machine's key store."""
        return Secret(_SECRET_MARK + self._key.expose())

    def derive(self, info: bytes) -> "SharedKey":
        """Another key for another purpose. It tells nothing about this one (RFC 5869)."""
        return SharedKey(Secret(derive_key(self._key.expose(), _DERIVE_INFO + info)))

    def mark(self, message: bytes) -> bytes:
        """32 bytes that only a holder of this key can make of a message (HMAC-SHA256, RFC 2104)."""
        made = HMAC(self._marking, SHA256())
        made.update(message)
        return made.finalize()

    def wrap(self, key: Secret, context: bytes) -> bytes:
        """See `Recipient`."""
        nonce = os.urandom(12)
        sealed = self._cipher.encrypt(nonce, _COMMITMENT + key.expose(), _VERSION + context)
        return _VERSION + nonce + sealed

    def unwrap(self, wrapped: bytes, context: bytes) -> Secret:
        """See `Identity`."""
        if wrapped[:1] != _VERSION:
            raise WrongIdentity
        try:
            opened = self._cipher.decrypt(
                wrapped[1:_NONCE_END], wrapped[_NONCE_END:], _VERSION + context
            )
        except (InvalidTag, ValueError):  # ValueError: cut inside the nonce
            raise WrongIdentity from None
        # INVARIANT: a wrap opens under one key only, because these zeros are checked.
        if not opened.startswith(_COMMITMENT):
            raise WrongIdentity
        return Secret(opened[len(_COMMITMENT) :])

    @cached_property
    def _marking(self) -> bytes:
        return derive_key(self._key.expose(), _MARK_INFO)

    @property
    def _cipher(self) -> AESGCM:
        if self._wrapping is None:  # by hand: what does it for us waits for a lock each time
            self._wrapping = AESGCM(derive_key(self._key.expose(), _WRAP_INFO))
        return self._wrapping


def passkey_lock(prf_output: Secret, salt: bytes) -> SharedKey:
    """What a passkey's PRF extension gave, as a way in.

    `prf_output` is the 32 bytes of WebAuthn's `prf` extension (Level 3, section 10.1.4); `salt` is
    ours, at least 16 random bytes stored beside the credential.
    """
    if len(prf_output) != _PRF_BYTES:
        raise Misuse("the prf extension gives 32 bytes")
    if len(salt) < _SALT_BYTES_LEAST:
        raise Misuse("a salt has at least 16 bytes")
    return SharedKey(Secret(derive_key(prf_output.expose(), _PASSKEY_INFO, salt)))
