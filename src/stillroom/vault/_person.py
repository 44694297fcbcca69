"""A person's key: opens what was wrapped to the person, and signs.

Wrapping is HPKE (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
Format of a wrap, version 1: `0x11 | encapsulated key (32) | ciphertext`; the info string is
`stillroom wrap v1 NUL context`, so a wrap for one purpose does not open for another. Base mode does
not say *who* wrapped: whoever can write the database can plant a ring of their own making. The
ring's pseudonym, kept in the ledger since the chart began, tells such a ring apart
(docs/promises/P03.md).

A wrap to oneself, version 1: `0x12 | wrap to a shared key` (`_shared`), whose key is HKDF-SHA256
(RFC 5869) of the opening half, info `stillroom own wrap v1`. Nobody else can make one, and it opens
in a few microseconds where HPKE takes some sixty: for whoever opens the same rings again and again.

Signing is Ed25519 (RFC 8032), over the message as it is, so that others' tools can verify it. A
message to sign begins with the name of its own format, never with somebody else's text.
"""

import os
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from stillroom.kernel import Secret
from stillroom.vault._derive import KEY_BYTES, derive_key
from stillroom.vault._errors import KeyUnreadable, WrongIdentity
from stillroom.vault._guarded import Guarded
from stillroom.vault._public import SUITE, WRAP_VERSION, PublicKey, wrap_info
from stillroom.vault._shared import SharedKey

OWN_VERSION = b"\x12"
_SECRET_MARK = b"person\x01"
_OWN_INFO = b"stillroom own wrap v1"


def made_by_oneself(wrapped: bytes) -> bool:
    """Whether this is a wrap of a person's to herself; whether it opens, her key alone says."""
    return wrapped[:1] == OWN_VERSION


class PersonKey(Guarded):
    """An `Identity` that also signs. Its two halves are independent random keys.

    >>> ada = PersonKey.create()
    >>> ada.unwrap(ada.public.wrap(Secret(b"ring"), b"chart"), b"chart").expose()
    b'ring'
    >>> ada.public.verify(b"note v1: as said", ada.sign(b"note v1: as said"))
    """

    def __init__(self, opening: Secret, signing: Secret) -> None:
        self._opening = opening
        self._signing = signing
        self._shared: SharedKey | None = None

    @classmethod
    def create(cls) -> "PersonKey":
        """A fresh key for one person."""
        return cls(Secret(os.urandom(KEY_BYTES)), Secret(os.urandom(KEY_BYTES)))

    @classmethod
    def from_secret(cls, secret: Secret) -> "PersonKey":
        """The key that `to_secret` gave. `KeyUnreadable` for anything else."""
        written = secret.expose()
        start = len(_SECRET_MARK)
        if not written.startswith(_SECRET_MARK) or len(written) != start + 2 * KEY_BYTES:
            raise KeyUnreadable
        middle = start + KEY_BYTES
        return cls(Secret(written[start:middle]), Secret(written[middle:]))

    def to_secret(self) -> Secret:
        """Both halves, marked and versioned, to be wrapped to the person's ways in."""
        return Secret(_SECRET_MARK + self._opening.expose() + self._signing.expose())

    @cached_property
    def public(self) -> PublicKey:
        """What others need to wrap to this person and to verify what the person signed."""
        return PublicKey(
            self._opener.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw),
            self._signer.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw),
        )

    def wrap(self, key: Secret, context: bytes) -> bytes:
        """See `Recipient`: to this person herself. Others wrap to her `public` half."""
        return OWN_VERSION + self._own.wrap(key, wrap_info(context))

    def unwrap(self, wrapped: bytes, context: bytes) -> Secret:
        """See `Identity`."""
        if wrapped[:1] == OWN_VERSION:
            return self._own.unwrap(wrapped[1:], wrap_info(context))
        if wrapped[:1] != WRAP_VERSION:
            raise WrongIdentity
        try:
            return Secret(SUITE.decrypt(wrapped[1:], self._opener, wrap_info(context)))
        except (InvalidTag, ValueError):
            raise WrongIdentity from None

    def sign(self, message: bytes) -> bytes:
        """64 bytes, deterministic (RFC 8032 section 5.1.6)."""
        return self._signer.sign(message)

    # Built when first used: each costs tens of microseconds and most requests need only one.
    @cached_property
    def _opener(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self._opening.expose())

    @property
    def _own(self) -> SharedKey:
        if self._shared is None:
            self._shared = SharedKey(Secret(derive_key(self._opening.expose(), _OWN_INFO)))
        return self._shared

    @cached_property
    def _signer(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._signing.expose())
