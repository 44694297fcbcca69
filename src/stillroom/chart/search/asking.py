"""What was typed, read as a question: words, and phrases whose words stand side by side.

sleep bridge             both words, anywhere in the record
"second bridge"          the two side by side
self-harm, O'Brien       also side by side, because no space parts them
anx                      the last word may be a beginning, unless a space or a quote ends it
walked                   walking and walks too; "walked" only itself
"""

import re
from dataclasses import dataclass
from functools import cached_property

from stillroom.chart.search.words import words

MOST_TYPED = 200
"""Characters of a question that are read."""
MOST_TERMS = 12
"""Words and phrases of a question that are read."""
_LEAST_BEGINNING = 3

_TERMS = re.compile(r'"([^"]*)("|\Z)|([^\s"]+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟＂", '"'))


@dataclass(frozen=True)
class Term:
    """One word, or several that stand side by side."""

    words: tuple[str, ...]
    unfinished: bool = False
    """Whether the last word may be the beginning of one."""
    quoted: bool = False
    """Whether it was put in quotes: then no other form of a word is meant."""

    @property
    def is_phrase(self) -> bool:
        """Whether it has several words."""
        return len(self.words) > 1


@dataclass(frozen=True)
class Question:
    """All that a record must hold; empty when nothing was asked."""

    terms: tuple[Term, ...]

    @cached_property
    def phrases(self) -> tuple[Term, ...]:
        """The terms of several words."""
        return tuple(term for term in self.terms if term.is_phrase)

    def __bool__(self) -> bool:
        return bool(self.terms)


def read_question(typed: str) -> Question:
    """What was typed, as a question; never refuses anything.

    >>> read_question('sleep "second bridge" anx').terms[1].words
    ('second', 'bridge')
    """
    text = typed[:MOST_TYPED].translate(_QUOTES)
    terms: list[Term] = []
    for found in _TERMS.finditer(text):
        quoted, closed, plain = found.groups()
        written = tuple(words(plain if plain is not None else quoted))
        if not written:
            continue
        at_end = found.end() == len(text) and not (quoted is not None and closed)
        unfinished = at_end and len(written[-1]) >= _LEAST_BEGINNING
        terms.append(Term(written, unfinished, quoted is not None))
    return Question(tuple(dict.fromkeys(terms[:MOST_TERMS])))
