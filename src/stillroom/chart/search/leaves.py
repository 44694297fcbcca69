"""The words of an index, dealt to sixteen leaves: a question opens those that its words stand in.

A word's leaf is told by its first three letters, so that whatever begins alike lies together, and
by a hash of them, so that the sizes of the leaves tell nothing of a language's letters. On a leaf
stand words by their length, each length a text of words side by side in order, and for each word
the records that hold it: as a list of numbers where that is shorter, else as bits.
"""

from collections.abc import Iterator, Mapping
from zlib import crc32

import msgspec

from stillroom.chart.search.packing import (
    Packed,
    blocks_of,
    in_order,
    packed_set,
    side_by_side,
    taken_apart,
)

LEAVES = 16
_TELLING = 3
"""Letters that tell a word's leaf."""


def leaf_of(word: str) -> int:
    """The leaf on which a word stands, and all that begin with its first three letters."""
    return crc32(word[:_TELLING].encode()) % LEAVES


def leaves_of(letters: str) -> range:
    """The leaves on which words may stand that begin so."""
    if len(letters) < _TELLING:
        return range(LEAVES)
    nth = leaf_of(letters)
    return range(nth, nth + 1)


class Leaf(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Some words and who holds them; a word's number is its place in the order of the blocks."""

    blocks: dict[int, str]
    places: bytes
    holders: bytes

    @classmethod
    def of(cls, sets: Mapping[str, Packed]) -> "Leaf":
        """From words and the set of each."""
        blocks = blocks_of(sets)
        places, holders = side_by_side(sets[word] for word in in_order(blocks))
        return cls(blocks, places, holders)

    def sets(self) -> dict[str, Packed]:
        """The words again, each with its set."""
        return dict(zip(in_order(self.blocks), taken_apart(self.places, self.holders), strict=True))

    def with_word(self, word: str, size: int) -> int:
        """The set of records that hold a word, of `size` records."""
        letters, before = len(word), 0
        for each, block in self.blocks.items():
            if each == letters:
                at = block.find(word)
                while at > 0 and at % letters:  # letters of two words that stand side by side
                    at = block.find(word, at + 1)
                return self.holding(before + at // letters, size) if at >= 0 else 0
            before += len(block) // each
        return 0

    def beginning(self, letters: str, sizes: range | None = None) -> Iterator[tuple[int, str]]:
        """The words that begin so (of these sizes), each after its number."""
        before, shortest = 0, len(letters)
        for size, block in self.blocks.items():
            wanted = size >= shortest and (sizes is None or size in sizes)
            at = block.find(letters) if wanted else -1
            while at >= 0:
                if at % size == 0:
                    yield before + at // size, block[at : at + size]
                    at += size - 1
                at = block.find(letters, at + 1)
            before += len(block) // size

    def holding(self, number: int, size: int) -> int:
        """The set of records that hold a word, by the word's number."""
        return packed_set(self.places, self.holders, number, size)
