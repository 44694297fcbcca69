"""Names of persons in running text, by what stands around them. A heuristic. Pure.

A word with a capital inside a sentence is a person's only when something says so: a title, a
relation beside it, a verb that persons do, or a word like *with*. Places, days, months, medicines
and tests are not persons. What it misses: a name at the head of a sentence that stands nowhere
else, and names that are written small.
"""

import re
from functools import cache
from itertools import pairwise
from typing import Final, Protocol

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|[.?!…:]+|[,;()“”\"]")
_STOPS: Final = frozenset(".?!…:")
_ARTICLES: Final = frozenset({"his", "her", "their", "the", "a"})
_SPEAKS: Final = frozenset({"said", "says", "told", "asked", "called"})
_PLACES: Final = frozenset({"at", "in", "on", "to", "from", "over", "across", "near"})


class Lexicon(Protocol):
    """The words that say whether a capital is a person."""

    def __hash__(self) -> int: ...
    @property
    def titles(self) -> tuple[str, ...]: ...
    @property
    def relations(self) -> tuple[str, ...]: ...
    @property
    def near(self) -> tuple[str, ...]: ...
    @property
    def does(self) -> tuple[str, ...]: ...
    @property
    def not_people(self) -> tuple[str, ...]: ...


def named_in(text: str, words: Lexicon, known: frozenset[str]) -> tuple[str, ...]:
    """Names of persons in `text` that are not `known`, each once, in order."""
    tokens = _TOKEN.findall(text)
    treating = {_bare(tokens[at]).casefold() for at in _after_doctor(tokens)}
    lexicon, not_third = _lexicon(words), known | treating
    found: dict[str, None] = {}
    for nth, token in enumerate(tokens):
        name = _bare(token)
        if lexicon.may_be(name, not_third) and lexicon.shown(tokens, nth):
            found.setdefault(name)
    return tuple(found)


def _after_doctor(tokens: list[str]) -> list[int]:
    pairs = enumerate(pairwise(tokens))
    return [nth + 2 for nth, pair in pairs if pair == ("Dr", ".") and nth + 2 < len(tokens)]


def _bare(token: str) -> str:
    return re.sub(r"[’']s?$", "", token)


@cache
def _lexicon(words: Lexicon) -> "_Words":
    # Of the words alone: no name of a client may stay in a cache.
    return _Words(words)


class _Words:
    def __init__(self, words: Lexicon) -> None:
        self._titles = frozenset(words.titles)
        self._relations = frozenset(words.relations)
        self._near = frozenset(words.near)
        self._does = frozenset(words.does)
        self._not = frozenset(one.casefold() for one in words.not_people) | frozenset(
            one.casefold() for one in words.titles
        )

    def may_be(self, name: str, not_third: frozenset[str]) -> bool:
        if len(name) < 2 or not name[0].isupper() or not any(one.islower() for one in name):
            return False
        parts = [name.casefold(), *name.casefold().split("-")]
        return not any(part in self._not or part in not_third for part in parts)

    def shown(self, tokens: list[str], nth: int) -> bool:
        """Whether what stands around the token says that it is a person."""
        padded = ["", "", *tokens, "", "", ""]
        at = nth + 2
        last, before, after = padded[at - 2], padded[at - 1], padded[at + 1]
        if before in self._titles or (before == "." and last in self._titles):
            return True
        if before.casefold() in self._relations:
            return True
        apart = after in (",", "(") and padded[at + 2] in _ARTICLES
        if apart and padded[at + 3].casefold() in self._relations:
            return True
        if not before or before[0] in _STOPS or before in ("“", '"', "("):
            return after in _SPEAKS
        if before[0].isupper() and last.casefold() in _PLACES:
            return False
        possessive = tokens[nth] != _bare(tokens[nth])
        return after in self._does or possessive or before in self._near
