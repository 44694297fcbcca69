"""How an index is packed into bytes: columns of numbers, words by their length, sets of records."""

import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

_BYTE, _TWO_BYTES = 1 << 8, 1 << 16


def bits(found: int) -> Iterator[int]:
    """The members of a set that is kept as bits, largest first."""
    written = f"{found:b}"
    last = len(written) - 1
    at = written.find("1")
    while at >= 0:
        yield last - at
        at = written.find("1", at + 1)


def as_bits(members: Iterable[int], size: int) -> int:
    """The set of `members`, none of them `size` or more."""
    held = bytearray(size // 8 + 1)
    for nth in members:
        held[nth >> 3] |= 1 << (nth & 7)
    return int.from_bytes(held, "little")


def column(letter: str, values: Iterable[int]) -> bytes:
    """Numbers side by side, smallest byte first."""
    packed = array(letter, values)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def numbers(letter: str, written: bytes) -> "array[int]":
    """The numbers of a column again."""
    values = array(letter, written)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def by_number(names: Iterable[str]) -> tuple[tuple[str, ...], bytes]:
    """Names that repeat: each once, and a column of which it is."""
    found: dict[str, int] = {}
    each = [found.setdefault(name, len(found)) for name in names]
    return tuple(found), column("H", each)


def blocks_of(words: Iterable[str]) -> dict[int, str]:
    """Words by their length, each length a text of words side by side, in order."""
    by_size: dict[int, list[str]] = {}
    for word in words:
        by_size.setdefault(len(word), []).append(word)
    return {size: "".join(sorted(by_size[size])) for size in sorted(by_size)}


def in_order(blocks: Mapping[int, str]) -> Iterator[str]:
    """The words of all blocks; their place in this order is their number."""
    for size, block in blocks.items():
        for at in range(0, len(block), size):
            yield block[at : at + size]


Packed = tuple[bool, bytes]
"""A set: whether it is kept as bits and not as a list, and how."""


def packed(members: list[int], size: int) -> Packed:
    """A set of numbers below `size`, given in order: as a list where that is shorter, else as bits.

    INVARIANT: what is kept stays right when `size` grows, as long as `width(size)` is the same.
    """
    letter = width(size)
    dense = len(members) * array(letter).itemsize > members[-1] // 8 + 1
    if dense:
        return True, as_bits(members, members[-1] + 1).to_bytes(members[-1] // 8 + 1, "little")
    return False, column(letter, members)


def side_by_side(many: Iterable[Packed]) -> tuple[bytes, bytes]:
    """Sets put together: where each begins (lowest bit: whether as bits), and the sets."""
    places: list[int] = []
    written: list[bytes] = []
    at = 0
    for dense, one in many:
        places.append(at << 1 | dense)
        written.append(one)
        at += len(one)
    places.append(at << 1)
    held = b"".join(written)
    return column(_letter_of_places(held), places), held


def _letter_of_places(held: bytes) -> str:
    """Two bytes a place, or four where so much is held that two do not reach."""
    return "H" if len(held) << 1 < _TWO_BYTES else "I"


def taken_apart(places: bytes, held: bytes) -> Iterator[Packed]:
    """The sets one by one again."""
    for start, end in pairwise(numbers(_letter_of_places(held), places)):
        yield bool(start & 1), held[start >> 1 : end >> 1]


def unpacked(one: Packed, size: int) -> int:
    """A set as bits."""
    dense, written = one
    if dense:
        return int.from_bytes(written, "little")
    found = 0
    for nth in numbers(width(size), written):
        found |= 1 << nth
    return found


def packed_set(places: bytes, held: bytes, number: int, size: int) -> int:
    """One of the sets that were put together, as bits."""
    each = 2 if len(held) << 1 < _TWO_BYTES else 4
    at = number * each
    start = int.from_bytes(places[at : at + each], "little")
    end = int.from_bytes(places[at + each : at + 2 * each], "little")
    return unpacked((bool(start & 1), held[start >> 1 : end >> 1]), size)


def width(size: int) -> str:
    """The type of a number below `size`."""
    return "B" if size <= _BYTE else "H" if size <= _TWO_BYTES else "I"
