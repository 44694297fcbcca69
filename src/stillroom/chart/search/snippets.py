"""The words around what was found, with what was found marked.

One passage is chosen, the one that shows most of what was asked for; in it the stretch that does.
Cuts are made between words where there are spaces, and never between a sign and its marks.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import msgspec

from stillroom.chart.search.asking import Question, Term
from stillroom.chart.search.forms import Forms
from stillroom.chart.search.spellings import Spellings
from stillroom.chart.search.standing import TO_THE_END, Text
from stillroom.chart.search.words import came_from

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


_piece = partial(tuple.__new__, Piece)
"""A piece of its pair; a page has sixty, and this makes one in a third of the time."""


class Snippet(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a passage under its heading. Empty pieces mean that nothing was found in it."""

    heading: str
    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool


_Mark = tuple[int, int, int]
"""Where something was found, from and to, and for which term of the question."""


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
    chosen, marks, best, every = ("", ""), list[_Mark](), 0, len(wanted)
    for passage in passages:
        found = _marks(wanted, passage[1], width)
        shows = _shown_by(found) if every > 1 else len(found) > 0
        if shows > best:
            chosen, marks, best = passage, found, shows
        if best == every:
            break
    heading, text = chosen
    return _stretch(heading, text, marks, width)


def _shown_by(marks: Sequence[_Mark]) -> int:
    """How many terms of the question some marks are of."""
    return len({term for _, _, term in marks})


def _marks(wanted: Finder, text: str, width: int) -> list[_Mark]:
    """Where the words of the question stand in a text, in order."""
    looked = Text(text)
    # Of one term alone no further than the first stretch that shows it: that one is shown.
    within = width if looked.plain and len(wanted) == 1 else TO_THE_END
    found = [
        (start, end, nth)
        for nth, terms in enumerate(wanted)
        for term in terms
        for start, end in looked.places(term, _MOST_MARKS, within)
    ]
    if len(found) > 1:
        found.sort()
    return found if looked.plain else _as_written(text, found)


def _as_written(text: str, marks: Iterable[_Mark]) -> list[_Mark]:
    """Marks of the folded text in the text as it was written."""
    origin = came_from(text)
    return [
        (origin[start], _with_its_marks(text, origin[end - 1] + 1), term)
        for start, end, term in marks
    ]


def _stretch(heading: str, text: str, marks: Sequence[_Mark], width: int) -> Snippet:
    """The stretch that shows most of the question, the earliest of several."""
    if not marks:
        return Snippet(heading, (), False, False)
    lead = width * 3 // 10
    nth = _showing_most(marks, width - lead) if len(marks) > 1 else 0
    first, last, _ = marks[nth]
    start = _cut(text, first - lead, first) if first > lead else 0
    end, size = max(last, start + width), len(text)
    end = _cut_back(text, last, end) if end < size else size
    return Snippet(heading, _pieces(text, (start, end), marks, nth), start > 0, end < size)


def _showing_most(marks: Sequence[_Mark], reach: int) -> int:
    """From which mark on most of the question is shown; the earliest of several."""
    every = len({term for _, _, term in marks})
    if every == 1:
        return 0
    first, most = 0, 0
    starts = [start for start, _, _ in marks]
    for nth, start in enumerate(starts):
        end = bisect_right(starts, start + reach)
        shown = len({term for _, _, term in marks[nth:end]})
        if shown > most:
            first, most = nth, shown
        if most == every:
            break
    return first


def _pieces(
    text: str, within: tuple[int, int], marks: Sequence[_Mark], nth: int
) -> tuple[Piece, ...]:
    """A stretch in pieces, none of them empty; a mark after the `nth` is whole or not shown."""
    at, end = within
    shown = text[at:end]
    pieces: list[Piece] = []
    for number, (first, last, _) in enumerate(marks):
        if first < at or (last > end and number >= nth):
            continue
        if first > at:
            pieces.append(_piece((text[at:first], False)))
        pieces.append(_piece((text[first:last], True)))
        at = last
    if at < end:
        pieces.append(_piece((text[at:end], False)))
    if "  " in shown or not shown.isprintable():  # no space but " " is printable
        return tuple([Piece(_BREAKS.sub(" ", one.text), one.marked) for one in pieces])
    return tuple(pieces)


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
