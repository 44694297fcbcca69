"""Long things sealed in pieces: a scanned file of a hundred megabytes, a few pieces in memory.

Format, version 2. A stream has a header, which is kept beside its pieces and is no secret:

    0x02 | number of the ring's key (2) | salt (32)

The stream's own key is HKDF-SHA256(ring's key, salt, "stillroom stream v2" NUL place). Each piece:

    nonce (12) | AES-256-GCM(length (4) | words | zeros)

with the header, the piece's number (8) and 1 or 0 for *last or not* as associated data. So a piece
opens in its place, at its number and as the end or not the end, or not at all: nothing can be cut
off, left out, swapped, doubled or put into another stream. The order of writing is the writer's: a
piece may be sealed again (an upload tries once more), because its nonce is random and not its
number. 96 random bits under a key that seals one file are far within NIST SP 800-38D, 8.3.

Every piece is filled up to the same length, save that of a file which has only one: that takes the
step of any other sealed value (`_padding`). Empty pieces at the end take a longer file up to its
step. What a thief learns of a file's size is its order of magnitude and two bits.
"""

import os
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from stillroom.kernel import Misuse
from stillroom.vault._errors import SealBroken
from stillroom.vault._guarded import Guarded
from stillroom.vault._padding import padded_size

PIECE = 1 << 18
"""Bytes of words in a full piece."""
MOST_PIECES = 1 << 20
VERSION = b"\x02"
SALT_BYTES = 32
INFO = b"stillroom stream v2\0"
_NONCE_END = 12
_LENGTH_BYTES = 4


class Stream(Guarded):
    """Seals and opens the pieces of one file. Made by a `Keyring`.

    >>> from stillroom.vault import Keyring, Place
    >>> stream = Keyring.create().new_stream(Place("practice", "chart", "note", "file", 1))
    >>> stream.open(0, stream.seal(0, b"the last page", last=True), last=True)
    b'the last page'
    """

    __slots__ = ("_cipher", "header")
    piece = PIECE

    def __init__(self, header: bytes, key: bytes) -> None:
        self.header = header
        self._cipher = AESGCM(key)

    def seal(self, number: int, words: bytes, *, last: bool = False) -> bytes:
        """Piece `number` (from 0), of at most `PIECE` bytes; an empty one is padding."""
        if not 0 <= number < MOST_PIECES or len(words) > PIECE:
            raise Misuse("a piece has a number and at most so many bytes")
        size = min(padded_size(len(words)), PIECE) if last and number == 0 else PIECE
        padded = len(words).to_bytes(_LENGTH_BYTES, "big") + words.ljust(size, b"\0")
        nonce = os.urandom(_NONCE_END)
        return nonce + self._cipher.encrypt(nonce, padded, self._bound(number, last))

    def open(self, number: int, sealed: bytes, *, last: bool = False) -> bytes:
        """The words of piece `number`; empty for padding. `SealBroken` for whatever else it is."""
        nonce = sealed[:_NONCE_END]
        try:
            padded = self._cipher.decrypt(nonce, sealed[_NONCE_END:], self._bound(number, last))
        except (InvalidTag, ValueError):  # ValueError: cut inside the nonce
            raise SealBroken from None
        length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
        return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]

    def seal_all(self, words: Iterable[bytes]) -> Iterator[bytes]:
        """Every piece of a file that comes in parts of any length, with padding and end."""
        number, held = 0, bytearray()
        for part in words:
            held += part
            at = 0
            while len(held) - at > PIECE:  # one byte more: what is full may yet be the end
                with memoryview(held) as view:
                    piece = bytes(view[at : at + PIECE])
                yield self.seal(number, piece)
                at, number = at + PIECE, number + 1
            del held[:at]
        for piece, last in ending(number * PIECE, bytes(held)):
            yield self.seal(number, piece, last=last)
            number += 1

    def open_all(self, sealed: Iterable[bytes]) -> Iterator[bytes]:
        """The words as they come. `SealBroken` at the first piece that is not as it was sealed, and
        after the last if that is not the end: whoever must have all or nothing waits for it."""
        held, number = b"", -1
        for number, following in enumerate(sealed):
            if number:
                yield self.open(number - 1, held)
            held = following
        if number < 0:
            raise SealBroken
        yield self.open(number, held, last=True)

    def _bound(self, number: int, last: bool) -> bytes:
        return self.header + number.to_bytes(8, "big") + (b"\1" if last else b"\0")


def ending(before: int, rest: bytes) -> Iterator[tuple[bytes, bool]]:
    """The last pieces of a file whose first `before` bytes are sealed in full pieces, and whose
    `rest` (at most one piece) is not: each with whether it is the last one.

    >>> [(len(words), last) for words, last in ending(0, b"short")]
    [(5, True)]
    """
    total = before + len(rest)
    room = -(-(padded_size(total) - 1) // PIECE) if before else 1
    empty = room - before // PIECE - 1
    yield rest, empty == 0
    for left in range(empty, 0, -1):
        yield b"", left == 1
