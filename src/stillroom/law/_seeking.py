"""Looking for provisions by plain words: simple, ranked, in memory.

Every word of the question must be there, as the beginning of a word; if no provision has them all,
those with most of them. A word counts more in a citation or a title than in what a provision says,
and least in its notes; a word that many provisions have counts less.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log

from stillroom.law._conditions import leaves
from stillroom.law._corpus import Corpus
from stillroom.law._provision import Provision

_WORD = re.compile(r"[a-z0-9]+(?:[.\-–][a-z0-9]+)*")
_DROPPED = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "if",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "that",
        "the",
        "to",
        "what",
    ]
)
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Index:
    """Every word, in order, with the provisions that have it and how much it counts in each."""

    words: tuple[str, ...]
    found: Mapping[str, Mapping[str, float]]
    size: int


def words_of(text: str) -> list[str]:
    """The words of a question or of a provision, small and bare.

    >>> words_of("Duty to warn: § 5-609(c)")
    ['duty', 'warn', '5-609', 'c']
    """
    return [word for word in _WORD.findall(text.casefold()) if word not in _DROPPED]


def seek(corpus: Corpus, question: str, names: tuple[tuple[str, str], ...] = ()) -> list[Provision]:
    """Provisions for a question, best first. `names` are places in words, by their codes."""
    index = _index(corpus, names)
    asked = list(dict.fromkeys(words_of(question)))[:_MOST_WORDS]
    hits = [_hits(index, word) for word in asked]
    total: dict[str, float] = {}
    count: dict[str, int] = {}
    for one in hits:
        for name, weight in one.items():
            total[name] = total.get(name, 0.0) + weight
            count[name] = count.get(name, 0) + 1
    most = max(count.values(), default=0)
    kept = [name for name, times in count.items() if times == most]
    kept.sort(key=lambda name: (-total[name], name))
    return [corpus.provisions[name] for name in kept]


def _hits(index: _Index, begins: str) -> Mapping[str, float]:
    """The best weight of a word that begins so, by provision."""
    best: dict[str, float] = {}
    at = bisect_left(index.words, begins)
    while at < len(index.words) and index.words[at].startswith(begins):
        word = index.words[at]
        holders = index.found[word]
        rare = log(1 + index.size / len(holders)) * (1.0 if word == begins else 0.6)
        for name, weight in holders.items():
            best[name] = max(best.get(name, 0.0), weight * rare)
        at += 1
    return best


@lru_cache(maxsize=4)
def _index(corpus: Corpus, names: tuple[tuple[str, str], ...]) -> _Index:
    places = dict(names)
    found: dict[str, dict[str, float]] = {}
    for rule in corpus.provisions.values():
        for text, weight in _texts(rule, corpus, places.get(rule.place, "")):
            for word in words_of(text):
                holders = found.setdefault(word, {})
                holders[rule.id] = max(holders.get(rule.id, 0.0), weight)
    return _Index(tuple(sorted(found)), found, max(len(corpus.provisions), 1))


def _texts(rule: Provision, corpus: Corpus, place: str) -> list[tuple[str, float]]:
    looked = {leaf.fact for leaf in leaves(rule.condition)}
    asked = " ".join(corpus.facts[name].asks for name in sorted(looked) if name in corpus.facts)
    demanded = " ".join(demand.text for demand in rule.demands)
    return [
        (f"{rule.citation} {place}", 6.0),
        (rule.title, 5.0),
        (rule.says, 3.0),
        (f"{rule.opens} {demanded}", 2.0),
        (f"{asked} {rule.notes}", 1.0),
    ]
