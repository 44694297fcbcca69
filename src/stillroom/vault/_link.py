"""A file behind two secrets: one lies in an address, the other is said. Neither opens it alone.

The key is HKDF over the address's secret (32 random bytes) followed by the code's key (Argon2id,
`PassphraseLock`). So whoever holds the disk has neither; whoever reads the letter with the address
has to guess the code against Argon2id, and the server besides counts the guesses.

Format, version 1: `link 0x01 | lock (30) | length of wrap (2) | wrap | sealed`, where the wrap
holds a fresh keyring for this one file and `sealed` is the file under it, bound to its place.
"""

from stillroom.kernel import Misuse, Secret
from stillroom.vault._derive import derive_key
from stillroom.vault._errors import KeyUnreadable
from stillroom.vault._keyring import Keyring, unwrap
from stillroom.vault._passphrase import Cost, PassphraseLock
from stillroom.vault._place import Place
from stillroom.vault._shared import SharedKey

_MARK = b"link\x01"
_LOCK_BYTES = 30
_LENGTH_BYTES = 2
_INFO = b"stillroom link v1"
_SECRET_BYTES = 32


def seal_behind(secret: Secret, code: str, words: bytes, place: Place, cost: Cost) -> bytes:
    """The words, readable only with both secrets and only in this place."""
    lock = PassphraseLock.create(cost=cost)
    ring = Keyring.create()
    wrap = ring.wrap(_key(secret, lock, code), place.aad())
    size = len(wrap).to_bytes(_LENGTH_BYTES, "big")
    return _MARK + lock.to_bytes() + size + wrap + ring.seal(words, place)


def open_behind(secret: Secret, code: str, sealed: bytes, place: Place) -> bytes:
    """The words again. `WrongIdentity` for a wrong secret, code or place; never which.

    `WeakPassphrase` for a code that nobody can have been given; `KeyUnreadable` for no such file.
    """
    start = len(_MARK) + _LOCK_BYTES
    if not sealed.startswith(_MARK) or len(sealed) < start + _LENGTH_BYTES:
        raise KeyUnreadable
    lock = PassphraseLock.from_bytes(sealed[len(_MARK) : start])
    size = int.from_bytes(sealed[start : start + _LENGTH_BYTES], "big")
    wrap = sealed[start + _LENGTH_BYTES : start + _LENGTH_BYTES + size]
    ring = unwrap(wrap, _key(secret, lock, code), place.aad())
    return ring.open(sealed[start + _LENGTH_BYTES + size :], place)


def spend_as_much(code: str, cost: Cost) -> None:
    """The work of one try, for an address behind which nothing is: both cost the same."""
    PassphraseLock.create(cost=cost).key(code)


def _key(secret: Secret, lock: PassphraseLock, code: str) -> SharedKey:
    if len(secret) != _SECRET_BYTES:
        raise Misuse("the secret of an address has 32 bytes")
    said = lock.key(code).to_secret().expose()
    return SharedKey(Secret(derive_key(secret.expose() + said, _INFO)))
