"""The words around what was found, with what was found marked.

One passage is chosen, the one that shows most of what was asked for; in it the stretch that does.
Cuts are made between words where there are spaces, and never between a sign and its marks.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stillroom.chart.search.asking import Question, Term
from stillroom.chart.search.finding import side_by_side
from stillroom.chart.search.near import allowance, is_near
from stillroom.chart.search.words import came_from, fold

_WIDTH = 200
_LEAD = 60
_MOST_MARKS = 100


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


def snippet(
    question: Question, passages: Iterable[tuple[str, str]], *, nearly: bool = False
) -> Snippet:
    """The best stretch of these passages (heading, text)."""
    chosen, marks, best = ("", ""), list[_Mark](), 0
    for heading, text in passages if question else ():
        found = _marks(question, text, nearly=nearly)
        shows = len({mark.term for mark in found})
        if shows > best:
            chosen, marks, best = (heading, text), found, shows
        if best == len(question.terms):
            break
    heading, text = chosen
    return _stretch(heading, text, marks)


def _marks(question: Question, text: str, *, nearly: bool) -> list[_Mark]:
    """Where the words of the question stand in a text, in order."""
    folded = fold(text)
    pattern = _pattern(question, folded, nearly=nearly)
    found: list[_Mark] = []
    origin = None if text.isascii() else came_from(text)
    for match in re.finditer(pattern, folded):
        start, end = match.span()
        if origin is not None:
            start, end = origin[start], _with_its_marks(text, origin[end - 1] + 1)
        found.append(_Mark(start, end, int((match.lastgroup or "t0")[1:])))
        if len(found) == _MOST_MARKS:
            break
    return found


def _pattern(question: Question, folded: str, *, nearly: bool) -> str:
    parts = []
    for nth, term in enumerate(question.terms):
        own = [side_by_side(term)]
        if nearly and not term.is_phrase and allowance(term.words[0]):
            near = sorted(word for word in set(folded.split()) if is_near(term.words[0], word))
            own += [side_by_side(Term((word,))) for word in near]
        parts.append(f"(?P<t{nth}>{'|'.join(own)})")
    return "|".join(parts)


def _stretch(heading: str, text: str, marks: Sequence[_Mark]) -> Snippet:
    """The stretch that shows most of the question, the earliest of several."""
    if not marks:
        return Snippet(heading, (), False, False)
    starts = [mark.start for mark in marks]

    def shown_from(nth: int) -> int:
        end = bisect_right(starts, marks[nth].start + _WIDTH - _LEAD)
        return len({mark.term for mark in marks[nth:end]})

    first = max(range(len(marks)), key=lambda nth: (shown_from(nth), -nth))
    start = _cut(text, max(0, marks[first].start - _LEAD), marks[first].start)
    end = max(marks[first].end, min(len(text), start + _WIDTH))
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
    return tuple(Piece(re.sub(r"\s+", " ", one.text), one.marked) for one in pieces if one.text)


def _cut(text: str, at: int, latest: int) -> int:
    """A place to begin, not later than `latest`: after a space if there is one."""
    if at == 0:
        return 0
    found = re.compile(r"\s").search(text, at - 1, latest)
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
