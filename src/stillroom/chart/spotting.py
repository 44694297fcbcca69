"""Where running text names people, and where it gives a way to reach somebody. Pure; heuristics.

Places are (start, end) in letters. What it finds is shown to a person, who decides; what it misses,
nobody is told of (see `_names.py` and docs/decisions/0019 on how often that is).
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from stillroom.chart._names import named_in
from stillroom.chart._sentences import Span, sentences
from stillroom.chart.apart import book
from stillroom.chart.rules_together import named
from stillroom.practice.rules import fold

_TOLD: Final = re.compile(r"\b(?:said|says|told|admitted|confided|disclosed|revealed|asked)\b")
_QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"\n]*\"")
_AND_SO_ON: Final = re.compile(r"[ \t]+([A-Z][\w’'-]*\w)")
_TELEPHONE: Final = (
    r"(?<![\w.])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?!\w)"
    r"|(?<![\w.-])\d{3}[ .-]\d{4}(?!\w)"
)
_MAIL: Final = r"(?<!\w)[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_STREET: Final = (
    r"(?<!\w)\d{1,5} (?:[NSEW]\.? )?(?:[A-Z][\w’'-]+ ){1,3}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Row|Drive|Dr|Court|Ct|Place|Pl|Boulevard|Blvd|Way"
    r"|Terrace|Square|Parkway|Highway|Circle)\b(?:,? (?:Apt|Apartment|Unit|Suite)\.? ?\w+)?"
)
_NUMBER: Final = r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])"
_REACH: Final = re.compile(f"{_NUMBER}|{_TELEPHONE}|{_MAIL}|{_STREET}")


def persons(text: str, known: frozenset[str]) -> list[Span]:
    """Where somebody is named who is not `known` (words of names, in small letters)."""
    words = book()
    found: list[Span] = []
    for name in named_in(text, words, known):
        found += _standing(text, name, known)
    return sorted(set(found))


def _standing(text: str, name: str, known: frozenset[str]) -> Iterator[Span]:
    """Each place of a name, with the names that follow it: `Ines Ferro`, not `Ines`."""
    not_people = {one.casefold() for one in book().not_people} | known
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        end = match.end()
        while (more := _AND_SO_ON.match(text, end)) and more[1].casefold() not in not_people:
            end = more.end()
        yield match.start(), end


def naming(text: str, names: frozenset[str]) -> list[Span]:
    """Where one of these names stands (folded words), each place."""
    found: list[Span] = []
    for word in named(text, names):
        places = re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)
        found += [one.span() for one in places]
    return sorted(set(found))


def told_by(text: str, names: frozenset[str]) -> list[Span]:
    """The sentences in which somebody of these names speaks or is quoted."""
    return [
        (start, end)
        for start, end in sentences(text)
        if (_TOLD.search(text, start, end) or _QUOTED.search(text, start, end))
        and naming(text[start:end], names)
    ]


def ways_to_reach(text: str) -> list[Span]:
    """Telephone numbers, addresses of mail and of streets, social security numbers."""
    return [one.span() for one in _REACH.finditer(text)]


def words_of_names(names: Iterable[str]) -> frozenset[str]:
    """The words by which people of these names could be called, folded."""
    found = {word for name in names for word in re.split(r"[\s\-]+", fold(name))}
    return frozenset(word for word in found if len(word) > 1)
