"""Words that may have been meant by one that was typed, found in an index without reading it all.

What was typed is cut in two pieces where one change is allowed, in three where two are. A change
falls into one of them, so one at least is left as it was typed, and:

* where the first is whole, the word begins with it;
* where the last is whole, the word ends with it;
* where neither is, and two changes are allowed, one fell into each: the middle is whole, and stands
  where it was typed or one letter beside;
* a swap of two neighbours across the cut of two pieces leaves one word that it can have been.

So words are looked up by how they begin, on a leaf, and by how they end, in the part of an index in
which they stand backwards; only for the middle is that part read through.
"""

from collections.abc import Iterator

from stillroom.chart.search.index import Index
from stillroom.chart.search.near import allowance, is_near

_SURELY_ON_ONE_LEAF = 3


class Spellings:
    """Words near to those of one question; remembered from chart to chart, and gone with it."""

    def __init__(self) -> None:
        self._judged: dict[str, dict[str, bool]] = {}

    def holders(self, index: Index, typed: str) -> int:
        """The set of records that hold such a word."""
        if not allowance(typed):
            return 0
        judged = self._judged.setdefault(typed, {})
        found = 0
        for word in set(_candidates(index, typed)):
            near = judged.get(word)
            if near is None:
                near = judged[word] = is_near(typed, word)
            if near:
                found |= index.with_word(word)
        return found

    def met(self, typed: str) -> list[str]:
        """Those that stood in the indexes which were asked so far, in order."""
        judged = self._judged.get(typed, {})
        return sorted(word for word, near in judged.items() if near)


def _pieces(typed: str, most: int) -> tuple[str, str, str]:
    """The first, the middle (nothing where one change is allowed) and the last piece."""
    middle = (len(typed) + 2) // 3 if most > 1 else 0
    first = (len(typed) - middle + 1) // 2
    return typed[:first], typed[first : first + middle], typed[first + middle :]


def _candidates(index: Index, typed: str) -> Iterator[str]:
    """Words that an index holds and that may be near; some of them several times."""
    most = allowance(typed)
    first, middle, last = _pieces(typed, most)
    sizes = range(len(typed) - most, len(typed) + most + 1)
    if len(first) >= _SURELY_ON_ONE_LEAF:
        for word, _ in index.words_beginning(first, sizes):
            yield word
    else:
        yield from index.spelled_with(first, sizes, (0,))
    yield from index.spelled_to_end(last, sizes)
    if middle:
        at = len(first)
        yield from index.spelled_with(middle, sizes, (at - 1, at, at + 1))
    else:
        swapped = f"{first[:-1]}{last[0]}{first[-1]}{last[1:]}"
        yield from index.spelled_to_end(swapped, range(len(typed), len(typed) + 1))
