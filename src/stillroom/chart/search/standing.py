"""Where the words of a question stand in a text.

By hand and not by a pattern: looking for letters is as fast, and Python keeps the patterns that it
was given, which would be what somebody looked for.
"""

import re
from collections.abc import Iterator
from itertools import islice

from stillroom.chart.search.asking import Term
from stillroom.chart.search.words import LONGEST, fold

_Place = tuple[int, int]
"""From and to."""

_SELDOM_INSIDE = 4
"""Letters of a word that hardly ever stand within another one by chance."""
TO_THE_END = 1 << 62
"""More letters than a text has."""
_NO_LETTER = re.compile("[^a-z0-9]")
_END = frozenset({" ", ""})


class Text:
    """A text that is looked through for several terms.

    Of ASCII alone, every character folds to one, and every letter to its small one: such a text is
    not folded where it need not be, and a place in it is a place in the text as it was written.
    """

    __slots__ = ("_folded", "_small", "_text", "plain")

    def __init__(self, text: str) -> None:
        self._text, self._folded, self._small = text, "", ""
        self.plain = text.isascii()
        """Whether it is of ASCII alone."""

    def places(self, term: Term, most: int = 1, within: int = TO_THE_END) -> list[_Place]:
        """Where a term stands in the text as it is folded: `most` places, and none that begins more
        than `within` letters after the first."""
        word = term.words[0]
        if self.plain and len(word) >= _SELDOM_INSIDE and not term.is_phrase:
            self._small = self._small or self._text.lower()
            return _in_plain(word, term.unfinished, self._small, most, within)
        if not self._folded:
            self._folded = f" {fold(self._text)}"
        found: list[_Place] = []
        for start, end in islice(standing(term, self._folded), most):
            if found and start - 1 > found[0][0] + within:
                break
            found.append((start - 1, end - 1))
        return found


def _in_plain(word: str, unfinished: bool, small: str, most: int, within: int) -> list[_Place]:
    """The same of one word, in a text of ASCII in small letters."""
    found: list[_Place] = []
    size = len(word)
    last = stop = len(small)
    at = small.find(word)
    while at >= 0:
        end = at + size
        if at and small[at - 1].isalnum():
            at = small.find(word, at + 1, stop)
            continue
        if end == last or not small[end].isalnum():
            found.append((at, end))
        elif unfinished or size == LONGEST:
            rest = _NO_LETTER.search(small, end)
            found.append((at, rest.start() if rest else last))
        if found:
            if len(found) == most:
                break
            stop = min(last, found[0][0] + within + size)
        at = small.find(word, end, stop)
    return found


def standing(term: Term, folded: str) -> Iterator[_Place]:
    """Where a term stands in a folded text that begins with a space."""
    if term.is_phrase:
        return _side_by_side(term, folded)
    return _alone(term.words[0], folded, unfinished=term.unfinished)


def _side_by_side(term: Term, folded: str) -> Iterator[_Place]:
    first, *others = term.words
    at = folded.find(f" {first}")
    while at >= 0:
        end: int | None = _ended(first, folded, at + 1, unfinished=False)
        for nth, word in enumerate(others, start=1):
            if end is None:
                break
            start = _next_word(folded, end)
            last = nth == len(others)
            end = _ended(word, folded, start, unfinished=term.unfinished and last)
        if end is not None:
            yield at + 1, end
        at = folded.find(f" {first}", at + 1)


def _alone(word: str, folded: str, *, unfinished: bool) -> Iterator[_Place]:
    """Where one word stands."""
    spaced = f" {word}"
    at = folded.find(spaced)
    while at >= 0:
        end = at + len(spaced)
        if folded[end : end + 1] in _END:
            yield at + 1, end
        elif unfinished or len(word) == LONGEST:
            space = folded.find(" ", end)
            yield at + 1, space if space >= 0 else len(folded)
        at = folded.find(spaced, end)


def _next_word(folded: str, at: int) -> int:
    while folded.startswith(" ", at):
        at += 1
    return at


def _ended(word: str, folded: str, at: int, *, unfinished: bool) -> int | None:
    """Where a word ends that stands at `at`; `None` if another one stands there."""
    if not folded.startswith(word, at):
        return None
    end = at + len(word)
    if end == len(folded) or folded[end] == " ":
        return end
    if unfinished or len(word) == LONGEST:
        space = folded.find(" ", end)
        return space if space >= 0 else len(folded)
    return None
