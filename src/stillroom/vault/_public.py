"""The public half of a person's key. Not secret; may be compared, stored and printed."""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from stillroom.kernel import Secret
from stillroom.vault._errors import KeyUnreadable, SignatureBroken

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
WRAP_VERSION = b"\x11"
_MARK = b"public\x01"
_HALF = 32
_INFO = b"stillroom wrap v1\0"
_FIELD = 2**255 - 19

# The y coordinates of Ed25519's eight points of small order, in all encodings. A signer with such a
# key could later say that anything, or nothing, was signed with it (RFC 8032 leaves this to us).
_ORDER_EIGHT = 2707385501144840649318225287225658788936804267575313519463743609750303402022
_SMALL_ORDER = frozenset(
    y.to_bytes(_HALF, "little")
    for y in (0, 1, _FIELD - 1, _FIELD, _FIELD + 1, _ORDER_EIGHT, _FIELD - _ORDER_EIGHT)
)


def wrap_info(context: bytes) -> bytes:
    """HPKE's info string for a wrap."""
    return _INFO + context


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A `Recipient` that also verifies.

    `wrapping` is the X25519 key, `signing` the Ed25519 key, each 32 bytes; the second is what an
    outside verifier needs. `KeyUnreadable` for keys that are no keys.
    """

    wrapping: bytes
    signing: bytes

    def __post_init__(self) -> None:
        if len(self.wrapping) != _HALF or len(self.signing) != _HALF:
            raise KeyUnreadable
        if self.signing[:-1] + bytes([self.signing[-1] & 0x7F]) in _SMALL_ORDER:
            raise KeyUnreadable

    @classmethod
    def from_bytes(cls, written: bytes) -> "PublicKey":
        """The key that `to_bytes` gave. `KeyUnreadable` for anything else."""
        start = len(_MARK)
        if not written.startswith(_MARK) or len(written) != start + 2 * _HALF:
            raise KeyUnreadable
        return cls(written[start : start + _HALF], written[start + _HALF :])

    def to_bytes(self) -> bytes:
        """Both halves, marked and versioned."""
        return _MARK + self.wrapping + self.signing

    def wrap(self, key: Secret, context: bytes) -> bytes:
        """See `Recipient`. `KeyUnreadable` when this is no usable X25519 key (RFC 7748, 6.1)."""
        try:
            recipient = X25519PublicKey.from_public_bytes(self.wrapping)
            return WRAP_VERSION + SUITE.encrypt(key.expose(), recipient, wrap_info(context))
        except ValueError:  # a point of small order gives a shared secret of zeros
            raise KeyUnreadable from None

    def verify(self, message: bytes, signature: bytes) -> None:
        """Nothing when the signature is this person's on this message; else `SignatureBroken`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.signing).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise SignatureBroken from None
