"""A snippet as its rules say it: every text folded whole, every mark looked for. Slow, and plain."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from stillroom.chart.search import Finder, Term, fold
from stillroom.chart.search.snippets import Piece, Snippet, _cut, _cut_back, _with_its_marks
from stillroom.chart.search.words import LONGEST, came_from

MOST_MARKS = 24
Mark = tuple[int, int, int]


def snippet(wanted: Finder, passages: Iterable[tuple[str, str]], width: int) -> Snippet:
    """The best stretch of these passages."""
    chosen, marks, best = ("", ""), list[Mark](), 0
    for heading, text in passages:
        found = _marks(wanted, text)
        shows = len({term for _, _, term in found})
        if shows > best:
            chosen, marks, best = (heading, text), found, shows
    return _stretch(*chosen, marks, width)


def _marks(wanted: Finder, text: str) -> list[Mark]:
    folded, origin = f" {fold(text)}", came_from(text)
    return sorted(
        (origin[start - 1], _with_its_marks(text, origin[end - 2] + 1), nth)
        for nth, terms in enumerate(wanted)
        for term in terms
        for start, end in islice(_standing(term, folded), MOST_MARKS)
    )


def _standing(term: Term, folded: str) -> Iterator[tuple[int, int]]:
    """Where a term stands, by a pattern."""
    *before, last = map(re.escape, term.words)
    words = [f"{one}[^ ]*" if len(one) >= LONGEST else one for one in before]
    goes_on = term.unfinished or len(term.words[-1]) == LONGEST
    pattern = " +".join([*words, f"{last}[^ ]*" if goes_on else last])
    for found in re.finditer(f"(?<= ){pattern}(?= |$)", folded):
        yield found.start(), found.end()


def _stretch(heading: str, text: str, marks: Sequence[Mark], width: int) -> Snippet:
    if not marks:
        return Snippet(heading, (), False, False)
    lead = width * 3 // 10
    shows = [_shown(marks, nth, width - lead) for nth in range(len(marks))]
    nth = shows.index(max(shows))
    first, last, _ = marks[nth]
    start = _cut(text, max(0, first - lead), first)
    end = max(last, min(len(text), start + width))
    if end < len(text):
        end = _cut_back(text, last, end)
    shown = [one for one in marks[:nth] if one[0] >= start]
    shown += [one for one in marks[nth:] if one[1] <= end]
    pieces, at = list[Piece](), start
    for first, last, _ in shown:
        if first >= at:
            pieces += [Piece(text[at:first], False), Piece(text[first:last], True)]
            at = last
    pieces.append(Piece(text[at:end], False))
    plain = (Piece(re.sub(r"\s{2,}|[^\S ]", " ", one.text), one.marked) for one in pieces)
    return Snippet(heading, tuple(one for one in plain if one.text), start > 0, end < len(text))


def _shown(marks: Sequence[Mark], nth: int, reach: int) -> int:
    """How many terms are shown from one mark on."""
    end = bisect_right([start for start, _, _ in marks], marks[nth][0] + reach)
    return len({term for _, _, term in marks[nth:end]})
