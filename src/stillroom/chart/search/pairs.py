"""Which words stand side by side in which records of a chart: beside its index, for phrases alone.

An index says which words a record holds and not where. To look a phrase up in every record that
holds its words takes as long as opening them all. Here each two neighbours of a text set two bits
of some thousands, by a hash (a Bloom filter, 1970), and the bits are kept by row: so a phrase is
two rows for each of its pairs, joined. What it finds *may* hold the phrase, about one in twenty
wrongly; what it does not find does not hold it, and is not opened. It tells no order of pairs and
no word, and lies sealed like the index, in a part of its own that nothing but a phrase opens.

    pairs = Pairs.of([neighbours(["The second sister"]), neighbours(["My sister"])])
    pairs.may_hold(("second", "sister"))  # bits: the first record
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from zlib import crc32

import msgspec

from stillroom.chart.search.words import words

_FORMAT = 1
_ROWS = 1 << 12
"""Bits of a record: a note of 4 KiB has some six hundred neighbours, and sets a quarter of them."""
_LETTERS = 12


def neighbours(texts: Iterable[str]) -> set[int]:
    """The rows that the neighbours in some texts set. Words of two texts are no neighbours."""
    found: set[int] = set()
    for text in texts:
        for first, second in pairwise(words(text)):
            found.update(_rows(first, second))
    return found


def _rows(first: str, second: str) -> tuple[int, int]:
    mixed = crc32(f"{first} {second}".encode())
    return mixed & (_ROWS - 1), (mixed >> _LETTERS) & (_ROWS - 1)


class Pairs(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The rows side by side, each as wide as the records of the index are many."""

    format: int
    size: int
    rows: bytes

    @classmethod
    def of(cls, records: Sequence[set[int]]) -> "Pairs":
        """From the neighbours of each record, in the order of the index."""
        return cls(_FORMAT, 0, b"").with_more(len(records), dict(enumerate(records)))

    def with_more(self, size: int, more: Mapping[int, set[int]]) -> "Pairs":
        """With records that are new, and with neighbours that were added to others, by number."""
        held = [int.from_bytes(self._row(row), "little") for row in range(_ROWS)]
        for nth, own in more.items():
            bit = 1 << nth
            for row in own:
                held[row] |= bit
        width = _width(size)
        return Pairs(_FORMAT, size, b"".join([row.to_bytes(width, "little") for row in held]))

    def _row(self, row: int) -> bytes:
        width = _width(self.size)
        return self.rows[row * width : (row + 1) * width]

    def may_hold(self, phrase: Sequence[str]) -> int:
        """The set of records in which these words may stand side by side; all, of one word."""
        found = (1 << self.size) - 1
        for first, second in pairwise(phrase):
            for row in _rows(first, second):
                found &= int.from_bytes(self._row(row), "little")
        return found

    def encoded(self) -> bytes:
        """As it is sealed."""
        return msgspec.msgpack.encode(self)

    @classmethod
    def decoded(cls, written: bytes, size: int) -> "Pairs | None":
        """The pairs again, or nothing where these are none of an index of so many records."""
        try:
            found = _decode(written)
        except msgspec.MsgspecError:
            return None
        whole = found.format == _FORMAT and found.size == size
        return found if whole and len(found.rows) == _ROWS * _width(size) else None


_decode = msgspec.msgpack.Decoder(Pairs).decode


def _width(size: int) -> int:
    return (size + 7) // 8
