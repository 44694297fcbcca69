"""A keyring: the keys of one client's chart, newest first in use, none ever lost.

Format of a sealed value, version 1:

    0x01 | number of the key (2) | nonce (12) | AES-256-GCM(words, padded)

The associated data is the first three bytes and the place. The number counts the ring's keys from
1 and is the same in every practice, so a sealed value tells no one which ring it belongs to: a
ledger entry sealed under a chart's ring cannot be matched with that chart's rows by its header.

How long one key lasts. Nonces are 96 random bits. NIST SP 800-38D section 8.3 allows 2^32 seals
under one key with random nonces. A ring belongs to one client; a hundred revisions a day for fifty
years are 2^21. One object of this class refuses its 2^28th seal all the same (`RingWorn`), which
leaves a factor of sixteen for other processes; `turn` gives a fresh key.

Format of a ring, version 1: `ring 0x01 | naming key (32) | count (2) | (number (2) | key (32))…`.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from typing import Any, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from stillroom.kernel import Misuse, Secret, spell
from stillroom.vault._derive import KEY_BYTES, derive_key
from stillroom.vault._errors import KeyUnreadable, RingWorn, SealBroken
from stillroom.vault._guarded import Guarded
from stillroom.vault._padding import mark_in, pad, unpad
from stillroom.vault._place import Place, as_bytes
from stillroom.vault._stream import INFO, SALT_BYTES, VERSION, Stream
from stillroom.vault._wrapping import Identity, Recipient

SEALS_PER_KEY = 1 << 28
_VERSION = b"\x01"
_HEADER_END = 3
_NONCE_END = 15
_AROUND = _NONCE_END + 16
"""Bytes of a sealed value beside the padded words: what stands before, and the tag."""
_A_NOTE = 1 << 13
"""Bytes of most notes, and of the room in which several are opened."""
_SECRET_MARK = b"ring\x01"
_NUMBER_BYTES = 2
_ROW = _NUMBER_BYTES + KEY_BYTES
_MOST_KEYS = (1 << 16) - 1
_NAME_INFO = b"stillroom pseudonym v1\0"
_NAME_BYTES = 16

T = TypeVar("T")
Row = tuple[Any, ...]
"""A row of a database that begins with (record, revision, sealed)."""


class Keyring(Guarded):
    """Seals with its newest key and opens with each of its keys.

    >>> ring = Keyring.create()
    >>> place = Place("practice", "chart", "note", "words", 1)
    >>> ring.open(ring.seal(b"what was said", place), place)
    b'what was said'
    """

    __slots__ = ("_header", "_keys", "_naming", "_open_with", "_seal_with", "_uses")

    def __init__(self, naming: Secret, keys: Mapping[int, Secret]) -> None:
        newest = max(keys)
        ciphers = {number: AESGCM(key.expose()) for number, key in keys.items()}
        self._naming = naming
        self._keys = dict(keys)
        self._header = _header(newest)
        self._seal_with = ciphers[newest]
        self._open_with = {_header(number): cipher for number, cipher in ciphers.items()}
        self._uses = count(1)

    @classmethod
    def create(cls) -> "Keyring":
        """A fresh ring of one key. Forgetting it (every wrap of it) is erasing what it sealed."""
        return cls(Secret(os.urandom(KEY_BYTES)), {1: Secret(os.urandom(KEY_BYTES))})

    @classmethod
    def from_secret(cls, secret: Secret) -> "Keyring":
        """The ring that `to_secret` gave. `KeyUnreadable` for anything else."""
        naming, keys = _parse(secret.expose())
        return cls(naming, keys)

    def to_secret(self) -> Secret:
        """The whole ring, marked and versioned, to be wrapped to somebody."""
        rows = b"".join(
            number.to_bytes(_NUMBER_BYTES, "big") + key.expose()
            for number, key in sorted(self._keys.items())
        )
        size = len(self._keys).to_bytes(_NUMBER_BYTES, "big")
        return Secret(_SECRET_MARK + self._naming.expose() + size + rows)

    def seal(self, words: bytes, place: Place) -> bytes:
        """The words, readable only with this ring and only in this place.

        `RingWorn` when the newest key was used too often.
        """
        place.require_whole()
        if next(self._uses) > SEALS_PER_KEY:
            raise RingWorn
        nonce = os.urandom(12)
        header = self._header
        return header + nonce + self._seal_with.encrypt(nonce, pad(words), header + place.aad())

    def wrap_twice(self, inner: Recipient, outer: Recipient, context: bytes) -> bytes:
        """This ring for two who must come together: wrapped to `inner`, and that to `outer`."""
        return outer.wrap(Secret(self.wrap(inner, context)), context)

    def open(self, sealed: bytes, place: Place) -> bytes:
        """The words again. `SealBroken` for whatever else it is; never which."""
        header = sealed[:_HEADER_END]
        try:
            return unpad(
                self._open_with[header].decrypt(
                    sealed[_HEADER_END:_NONCE_END], sealed[_NONCE_END:], header + place.aad()
                )
            )
        # KeyError: version or number unknown. ValueError: cut inside the nonce, or no mark.
        except (InvalidTag, KeyError, ValueError):
            raise SealBroken from None

    def open_all(self, items: Iterable[tuple[bytes, Place]]) -> list[bytes]:
        """Many at once, all or nothing, in the order given."""
        opened = self.open
        return [opened(sealed, place) for sealed, place in items]

    def open_rows(
        self,
        practice: str,
        ward: str,
        part: str,
        rows: Iterable[Row],
        read: Callable[[memoryview], T],
    ) -> Iterator[tuple[Row, T]]:
        """Each row with what `read` makes of its words, one after another.

        For long lists of one ward's parts of one name: a row begins with (record, revision, sealed)
        and may go on as it likes. Nothing is held but the row in hand. Its words stand in one room
        for all rows, which is written over at the end, so `read` may keep nothing but a copy
        (`bytes` makes one): room for each, taken and let go again, would show in a long list.
        """
        room = bytearray(_A_NOTE)
        view, ciphers = memoryview(room), self._open_with
        start, end = f"{practice}\0{ward}\0", f"\0{part}\0"
        try:
            for row in rows:
                sealed = row[2]
                header = bytes(sealed[:_HEADER_END])  # some drivers give views
                aad = header + as_bytes(f"{start}{row[0]}{end}{row[1]}")
                size = len(sealed) - _AROUND
                if size > len(room):
                    _write_over(view)
                    room = bytearray(size)
                    view = memoryview(room)
                nonce, rest = sealed[_HEADER_END:_NONCE_END], sealed[_NONCE_END:]
                try:
                    ciphers[header].decrypt_into(nonce, rest, aad, view[:size])
                    words = view[: mark_in(room, size)]
                except (InvalidTag, KeyError, ValueError):
                    raise SealBroken from None
                yield row, read(words)
        finally:
            _write_over(view)

    def new_stream(self, place: Place) -> Stream:
        """For one long thing in this place, sealed in pieces. Keep its `header` beside them."""
        place.require_whole()
        number = self.newest.to_bytes(_NUMBER_BYTES, "big")
        return self.stream(VERSION + number + os.urandom(SALT_BYTES), place)

    def stream(self, header: bytes, place: Place) -> Stream:
        """The stream that was begun here with this header. `SealBroken` if none ever was: another
        place is not told apart until a piece is opened."""
        number = int.from_bytes(header[1:_HEADER_END], "big")
        whole = len(header) == _HEADER_END + SALT_BYTES
        if header[:1] != VERSION or not whole or number not in self._keys:
            raise SealBroken
        info = INFO + place.aad()
        return Stream(header, derive_key(self._keys[number].expose(), info, header[_HEADER_END:]))

    def reseal(self, sealed: bytes, place: Place) -> bytes:
        """The same words in the same place under the newest key."""
        return self.seal(self.open(sealed, place), place)

    def turn(self) -> "Keyring":
        """A ring with one key more. It opens all that this one opens; wrap it again to everybody.

        INVARIANT: no key is dropped and the pseudonyms stay, so old data opens forever.
        """
        if self.newest >= _MOST_KEYS:
            raise Misuse("a ring holds 65,535 keys; make a new ring and reseal")
        fresh = Secret(os.urandom(KEY_BYTES))
        return Keyring(self._naming, {**self._keys, self.newest + 1: fresh})

    @property
    def newest(self) -> int:
        """The number of the key that seals; one more after each turn."""
        return max(self._keys)

    def pseudonym(self, context: str) -> str:
        """A name for this ring's ward in `context`, for the ledger.

        26 letters and figures, like every identifier. The same for ever (also after `turn`),
        unlinkable between contexts, and gone when the ring is forgotten.
        """
        message = _NAME_INFO + context.encode()
        mac = HMAC(self._naming.expose(), SHA256())
        mac.update(message)
        return spell(mac.finalize()[:_NAME_BYTES])

    def wrap(self, recipient: Recipient, context: bytes) -> bytes:
        """Give the ring to somebody, for `context` only."""
        return recipient.wrap(self.to_secret(), context)


def unwrap(wrapped: bytes, identity: Identity, context: bytes) -> Keyring:
    """The ring that was given to `identity`. `WrongIdentity` for whatever else it is."""
    return Keyring.from_secret(identity.unwrap(wrapped, context))


def unwrap_twice(wrapped: bytes, outer: Identity, inner: Identity, context: bytes) -> Keyring:
    """A ring that `wrap_twice` gave: it opens for the two together, and for neither alone."""
    return unwrap(outer.unwrap(wrapped, context).expose(), inner, context)


def _write_over(room: memoryview) -> None:
    room[:] = bytes(len(room))


def _header(number: int) -> bytes:
    return _VERSION + number.to_bytes(_NUMBER_BYTES, "big")


def _parse(written: bytes) -> tuple[Secret, dict[int, Secret]]:
    """Read the format above strictly: every byte is accounted for, numbers rise from 1."""
    start = len(_SECRET_MARK) + KEY_BYTES + _NUMBER_BYTES
    size = int.from_bytes(written[start - _NUMBER_BYTES : start], "big")
    if not written.startswith(_SECRET_MARK) or size == 0 or len(written) != start + size * _ROW:
        raise KeyUnreadable
    keys: dict[int, Secret] = {}
    for number in range(1, size + 1):
        row = written[start + (number - 1) * _ROW : start + number * _ROW]
        if int.from_bytes(row[:_NUMBER_BYTES], "big") != number:
            raise KeyUnreadable
        keys[number] = Secret(row[_NUMBER_BYTES:])
    return Secret(written[len(_SECRET_MARK) : len(_SECRET_MARK) + KEY_BYTES]), keys
