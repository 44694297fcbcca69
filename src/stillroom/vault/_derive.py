"""HKDF with SHA-256 (RFC 5869), the one way in which we make a key from another key."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


def derive_key(secret: bytes, info: bytes, salt: bytes = b"") -> bytes:
    """32 bytes for one purpose. `info` names the purpose and must differ for each.

    An empty salt is RFC 5869's default of zeros; our inputs are uniform keys already, for which
    section 3.1 allows that.
    """
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt or None, info=info).derive(secret)
