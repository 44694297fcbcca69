"""Which words stand side by side in which records of a chart: beside its index, for phrases alone.

An index says which words a record holds and not where. To look a phrase up in every record that
holds its words takes as long as opening them all. Here each two neighbours of a text set two bits
of some thousands, by a hash (a Bloom filter, 1970), and the bits are kept by row: so a phrase is
two rows for each of its pairs, joined. What it finds *may* hold the phrase, about one in twenty
wrongly; what it does not find does not hold it, and is not opened. It tells no order of pairs and
no word. The rows are dealt to sixteen parts, a pair's two rows to one of them; each part lies
sealed beside those of the index, and nothing but a phrase opens it.

    pairs = Pairs.of([neighbours(["The second sister"]), neighbours(["My sister"])])
    pairs.may_hold(("second", "sister"))  # bits: the first record
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from zlib import crc32

from stillroom.chart.search.index import IndexUnreadable, Part
from stillroom.chart.search.leaves import LEAVES
from stillroom.chart.search.words import words

PAIRS = 32
"""The number of the first part; those before are the index."""
_PARTS = LEAVES
_ROWS = 1 << 8
"""Rows of a part. A record has bits in some thousands of rows: a note of 4 KiB has some six hundred
neighbours, and sets a quarter of them."""
_BITS = 8


def neighbours(texts: Iterable[str]) -> set[int]:
    """The rows that the neighbours in some texts set. Words of two texts are no neighbours."""
    found: set[int] = set()
    for text in texts:
        for first, second in pairwise(words(text)):
            found.update(_rows(first, second))
    return found


def _rows(first: str, second: str) -> tuple[int, int]:
    mixed = crc32(f"{first} {second}".encode())
    part = (mixed >> 2 * _BITS) % _PARTS * _ROWS
    return part + mixed % _ROWS, part + (mixed >> _BITS) % _ROWS


def parts_of(phrase: Sequence[str]) -> Iterator[int]:
    """The parts which a phrase asks."""
    for first, second in pairwise(phrase):
        yield PAIRS + _rows(first, second)[0] // _ROWS


class Pairs:
    """Rows side by side, each as wide as the records of the index are many, in parts."""

    def __init__(self, size: int, parts: dict[int, bytes], part: Part | None = None) -> None:
        self._size, self._parts, self._part = size, parts, part

    @classmethod
    def of(cls, records: Sequence[set[int]]) -> "Pairs":
        """From the neighbours of each record, in the order of the index."""
        empty = cls(0, dict.fromkeys(range(_PARTS), b""))
        return empty.with_more(len(records), dict(enumerate(records)))

    def with_more(self, size: int, more: Mapping[int, set[int]]) -> "Pairs":
        """With records that are new, and with neighbours that were added to others, by number."""
        rows = range(_PARTS * _ROWS)
        held = [int.from_bytes(self._row(row), "little") for row in rows]
        for nth, own in more.items():
            bit = 1 << nth
            for row in own:
                held[row] |= bit
        width = _width(size)
        written = [row.to_bytes(width, "little") for row in held]
        return Pairs(
            size,
            {nth: b"".join(written[nth * _ROWS : (nth + 1) * _ROWS]) for nth in range(_PARTS)},
        )

    def _row(self, row: int) -> bytes:
        width, (nth, row) = _width(self._size), divmod(row, _ROWS)
        rows = self._parts.get(nth)
        if rows is None:
            rows = self._parts[nth] = self._read(nth)
        return rows[row * width : (row + 1) * width]

    def _read(self, nth: int) -> bytes:
        part = self._part if self._size else None
        rows = part(PAIRS + nth) if part else b""
        if len(rows) != _ROWS * _width(self._size):
            raise IndexUnreadable
        return rows

    def may_hold(self, phrase: Sequence[str]) -> int:
        """The set of records in which these words may stand side by side; all, of one word."""
        found = (1 << self._size) - 1
        for first, second in pairwise(phrase):
            for row in _rows(first, second):
                found &= int.from_bytes(self._row(row), "little")
        return found

    def encoded(self) -> dict[int, bytes]:
        """As they are sealed: their parts, by number; none, where there is no record."""
        if not self._size:
            return {}
        return {PAIRS + nth: self._parts.get(nth) or self._read(nth) for nth in range(_PARTS)}

    @classmethod
    def decoded(cls, size: int, part: Part) -> "Pairs":
        """Those of an index of so many records. `IndexUnreadable`, once a part that is needed is
        none of it."""
        return cls(size, {}, part)


def _width(size: int) -> int:
    return (size + 7) // 8
