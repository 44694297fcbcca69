"""The words around what was found, with what was found marked.

One passage is chosen, the one that shows most of what was asked for; in it the stretch that does.
Cuts are made between words where there are spaces, and never between a sign and its marks.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from stillroom.chart.search.asking import Question, Term
from stillroom.chart.search.finding import standing
from stillroom.chart.search.forms import Forms
from stillroom.chart.search.spellings import Spellings
from stillroom.chart.search.words import came_from, fold

WIDTH = 200
"""Characters of a stretch, about."""
_MOST_MARKS = 24
"""Places of one term in one passage that are looked at."""


_SPACE = re.compile(r"\s")
_BREAKS = re.compile(r"\s{2,}|[^\S ]")


class Piece(NamedTuple):
    """Some words, marked or not."""

    text: str
    marked: bool


class Snippet(NamedTuple):
    """A stretch of a passage under its heading. Empty pieces mean that nothing was found in it."""

    heading: str
    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool


class _Mark(NamedTuple):
    start: int
    end: int
    term: int


Finder = tuple[tuple[Term, ...], ...]
"""For each term of a question what is marked for it: itself, other forms of it, near spellings."""


def finder(question: Question, *others: Forms | Spellings) -> Finder:
    """What is marked for a question; with `others`, the words that were met in its words' place."""
    return tuple((term, *_met(term, others)) for term in question.terms)


def _met(term: Term, others: Iterable[Forms | Spellings]) -> Iterator[Term]:
    if not term.is_phrase:
        for word in dict.fromkeys(word for one in others for word in one.met(term.words[0])):
            yield Term((word,))


def snippet(wanted: Finder, passages: Iterable[tuple[str, str]], width: int = WIDTH) -> Snippet:
    """The best stretch of these passages (heading, text)."""
    chosen, marks, best = ("", ""), list[_Mark](), 0
    for heading, text in passages:
        found = _marks(wanted, text)
        shows = len({mark.term for mark in found})
        if shows > best:
            chosen, marks, best = (heading, text), found, shows
        if best == len(wanted):
            break
    heading, text = chosen
    return _stretch(heading, text, marks, width)


def _marks(wanted: Finder, text: str) -> list[_Mark]:
    """Where the words of the question stand in a text, in order."""
    folded = f" {fold(text)}"
    found: list[_Mark] = []
    for nth, terms in enumerate(wanted):
        for term in terms:
            for start, end in islice(standing(term, folded), _MOST_MARKS):
                found.append(_Mark(start - 1, end - 1, nth))
    found.sort()
    if text.isascii():
        return found
    origin = came_from(text)
    return [
        _Mark(origin[one.start], _with_its_marks(text, origin[one.end - 1] + 1), one.term)
        for one in found
    ]


def _stretch(heading: str, text: str, marks: Sequence[_Mark], width: int) -> Snippet:
    """The stretch that shows most of the question, the earliest of several."""
    if not marks:
        return Snippet(heading, (), False, False)
    lead = width * 3 // 10
    starts = [mark.start for mark in marks]

    def shown_from(nth: int) -> int:
        end = bisect_right(starts, marks[nth].start + width - lead)
        return len({mark.term for mark in marks[nth:end]})

    several = marks[0].term != marks[-1].term or len({mark.term for mark in marks}) > 1
    first = max(range(len(marks)), key=lambda nth: (shown_from(nth), -nth)) if several else 0
    start = _cut(text, max(0, marks[first].start - lead), marks[first].start)
    end = max(marks[first].end, min(len(text), start + width))
    if end < len(text):
        end = _cut_back(text, marks[first].end, end)
    shown = [mark for mark in marks[first:] if mark.end <= end]
    earlier = [mark for mark in marks[:first] if mark.start >= start]
    return Snippet(heading, _pieces(text, start, end, earlier + shown), start > 0, end < len(text))


def _pieces(text: str, start: int, end: int, marks: Sequence[_Mark]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = start
    for mark in marks:
        if mark.start < at:
            continue
        pieces += [Piece(text[at : mark.start], False), Piece(text[mark.start : mark.end], True)]
        at = mark.end
    pieces.append(Piece(text[at:end], False))
    if _BREAKS.search(text, start, end):
        pieces = [Piece(_BREAKS.sub(" ", one.text), one.marked) for one in pieces]
    return tuple(one for one in pieces if one.text)


def _cut(text: str, at: int, latest: int) -> int:
    """A place to begin, not later than `latest`: after a space if there is one."""
    if at == 0:
        return 0
    found = _SPACE.search(text, at - 1, latest)
    return found.end() if found else _with_its_marks(text, at, latest)


def _cut_back(text: str, earliest: int, at: int) -> int:
    """A place to end, not before `earliest`: before a space if there is one."""
    space = max(text.rfind(" ", earliest, at + 1), text.rfind("\n", earliest, at + 1))
    return space if space > earliest else _with_its_marks(text, at)


def _with_its_marks(text: str, at: int, latest: int | None = None) -> int:
    """The same place, or after the marks that belong to what is before it."""
    most = len(text) if latest is None else latest
    while at < most and unicodedata.category(text[at]) in ("Mn", "Me", "Cf", "Mc", "Sk"):
        at += 1
    return at
