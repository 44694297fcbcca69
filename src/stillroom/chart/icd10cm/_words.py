"""Finding codes by words: whole words before beginnings, titles before terms, errors forgiven."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from stillroom.chart.icd10cm._closeness import closeness, forgiven

_WORD: Final = re.compile(r"[a-z0-9]+")

# What clinicians write for short, as words of the code set. Ours; each is checked by a test to lead
# to codes.
SHORT: Final[Mapping[str, str]] = {
    "adhd": "attention deficit hyperactivity",
    "asd": "autistic",
    "aud": "alcohol dependence",
    "bpd": "borderline personality",
    "cud": "cannabis dependence",
    "did": "dissociative identity",
    "dmdd": "disruptive mood dysregulation",
    "gad": "generalized anxiety",
    "mdd": "major depressive",
    "ocd": "obsessive compulsive",
    "odd": "oppositional defiant",
    "oud": "opioid dependence",
    "pmdd": "premenstrual dysphoric",
    "ptsd": "post traumatic stress",
    "sud": "psychoactive substance dependence",
}
# Words that people use where the code set says another.
ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "depression": ("depressive",),
    "depressed": ("depressive", "depression"),
    "anxious": ("anxiety",),
    "alcoholism": ("alcohol",),
    "autism": ("autistic",),
    "manic": ("bipolar",),
}
_TITLE, _TERM, _HEADING = 3.0, 2.0, 1.0


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(one for one in plain if not unicodedata.combining(one)))


@dataclass(frozen=True, slots=True)
class Found:
    """A code, and the term by which it was found ("" if by its title)."""

    code: str
    by: str


class Index:
    """Which codes each word leads to."""

    def __init__(self, lines: Iterable[tuple[str, str, Sequence[str]]]) -> None:
        self._order: dict[str, int] = {}
        self._titles: dict[str, frozenset[str]] = {}
        self._headings: set[str] = set()
        self._terms: dict[str, Sequence[str]] = {}
        self._weights: dict[str, dict[str, float]] = defaultdict(dict)
        titles: dict[str, str] = {}
        for nth, (code, title, terms) in enumerate(lines):
            self._order[code] = nth
            self._terms[code] = terms
            titles[code] = title
            self._titles[code] = frozenset(words_of(title))
            self._weigh(code, title, _TITLE)
            for term in terms:
                self._weigh(code, term, _TERM)
            # A code answers to its headings' words too: PTSD stands in the heading alone.
            for end in range(3, len(code)):
                if heading := titles.get(code[:end].rstrip(".")):
                    self._headings.add(code[:end])
                    self._weigh(code, heading, _HEADING)
        self._pairs = {word: _pairs(word) for word in self._weights}

    def _weigh(self, code: str, text: str, weight: float) -> None:
        for word in words_of(text):
            codes = self._weights[word]
            codes[code] = max(codes.get(code, 0.0), weight)

    def find(self, typed: str, most: int) -> list[Found]:
        """Codes to which every typed word leads, the best first."""
        alike = [
            self._alike(word) for one in words_of(typed) for word in words_of(SHORT.get(one, one))
        ]
        if not alike:
            return []
        each = [self._codes(words) for words in alike]
        both = set(each[0]).intersection(*each[1:])
        ranked = sorted(both, key=lambda code: self._rank(code, sum(one[code] for one in each)))
        return [Found(code, self._by(code, alike)) for code in ranked[:most]]

    def _rank(self, code: str, score: float) -> tuple[float, int]:
        # The disorders before the circumstances, what is billable before its heading, short titles
        # before long ones.
        away = 0.1 * len(self._titles[code])
        away += (1.0 if code.startswith("Z") else 0.0) + (0.6 if code in self._headings else 0.0)
        return (away - score, self._order[code])

    def _codes(self, alike: list[tuple[str, float]]) -> dict[str, float]:
        """Codes by one word, with what the hit is worth."""
        found: dict[str, float] = {}
        for word, worth in alike:
            for code, weight in self._weights[word].items():
                found[code] = max(found.get(code, 0.0), weight * worth)
        return found

    def _by(self, code: str, alike: Sequence[list[tuple[str, float]]]) -> str:
        """The term that has more of the typed words than the title has; "" if there is none."""

        def hits(text: frozenset[str]) -> int:
            return sum(any(word in text for word, _ in one) for one in alike)

        best, most = "", hits(self._titles[code])
        for term in self._terms[code]:
            if (found := hits(frozenset(words_of(term)))) > most:
                best, most = term, found
        return best

    def _alike(self, typed: str) -> list[tuple[str, float]]:
        begun = [(word, 0.8) for word in self._weights if word.startswith(typed)]
        begun += [(word, 0.7) for word in ALSO.get(typed, ()) if word in self._weights]
        if typed in self._weights:
            return [(typed, 1.0), *begun]
        if begun:
            return begun
        most = forgiven(len(typed))
        if not most:
            return []
        pairs = _pairs(typed)
        # One error spoils at most three of a word's pairs of letters.
        near = [
            word for word, own in self._pairs.items() if len(pairs & own) >= len(pairs) - 3 * most
        ]
        apart = [(closeness(typed, word, most), word) for word in near]
        return [(word, 0.8 / (1 + errors)) for errors, word in apart if errors <= most]


def _pairs(word: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(word))
