"""The law on file, place by place: what is there, how it was checked, what changed, what differs.

Two places are no places of their own: `us` (federal law) and `codes` (codes of ethics, which the
corpus keeps under `us` because they join every matter).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from stillroom.law._atlas import reading
from stillroom.law._corpus import Corpus
from stillroom.law._provision import Provision
from stillroom.law._standing import Reading
from stillroom.law._topics import TOPICS, Topic
from stillroom.law._vocabulary import CHECKED, NATION

CODES: Final = "codes"
"""In place of a place: the codes of ethics."""

_CODES_REGIME = "ethics"


def law_of(corpus: Corpus, place: str) -> tuple[Provision, ...]:
    """Every provision of a place, by id, whenever it was in force."""
    return tuple(
        one
        for one in sorted(corpus.provisions.values(), key=lambda rule: rule.id)
        if place_of(one) == place
    )


def place_of(rule: Provision) -> str:
    """Where a provision stands in the library."""
    return CODES if rule.regime == _CODES_REGIME and rule.place == NATION else rule.place


@dataclass(frozen=True, slots=True)
class Holding:
    """How much of a place is on file, and how it was checked, strongest first."""

    place: str
    provisions: int
    checked: tuple[tuple[str, int], ...]
    as_of: date | None


def holdings(corpus: Corpus) -> tuple[Holding, ...]:
    """Every place with provisions on file, by its code."""
    found: dict[str, list[Provision]] = {}
    for one in corpus.provisions.values():
        found.setdefault(place_of(one), []).append(one)
    return tuple(_covered(place, found[place]) for place in sorted(found))


def _covered(place: str, rules: list[Provision]) -> Holding:
    counted = tuple((how, sum(one.checked == how for one in rules)) for how in CHECKED)
    days = [one.as_of for one in rules if one.as_of is not None]
    return Holding(place, len(rules), counted, max(days, default=None))


@dataclass(frozen=True, slots=True)
class Beside:
    """One topic in two places, or on two days."""

    topic: Topic
    first: Reading
    second: Reading

    @property
    def differs(self) -> bool:
        """Whether the answers differ."""
        return self.first.same != self.second.same


def compare(
    corpus: Corpus, first: str, second: str, profession: str, on: date
) -> tuple[Beside, ...]:
    """Two places by topic, differences first; otherwise in the order of topics."""
    found = [
        Beside(
            topic,
            reading(corpus, first, topic, profession, on),
            reading(corpus, second, topic, profession, on),
        )
        for topic in TOPICS
    ]
    return _differences_first(found)


def _differences_first(found: Iterable[Beside]) -> tuple[Beside, ...]:
    return tuple(sorted(found, key=lambda one: not one.differs))


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to a place's law after one day and until another, that day included.

    `undated` counts provisions whose beginning is not known here: they are taken as always there.
    """

    began: tuple[Provision, ...]
    ended: tuple[Provision, ...]
    topics: tuple[Beside, ...]
    undated: int


def changes(corpus: Corpus, place: str, profession: str, since: date, until: date) -> Changes:
    """What began, what ended, and where the answer to a standard case changed."""
    rules = law_of(corpus, place)
    began = [r for r in rules if r.in_force[0] is not None and since < r.in_force[0] <= until]
    ended = [r for r in rules if r.in_force[1] is not None and since <= r.in_force[1] < until]
    topics = [
        Beside(
            topic,
            reading(corpus, place, topic, profession, since),
            reading(corpus, place, topic, profession, until),
        )
        for topic in TOPICS
    ]
    return Changes(
        tuple(sorted(began, key=lambda r: (r.in_force[0] or since, r.id))),
        tuple(sorted(ended, key=lambda r: (r.in_force[1] or until, r.id))),
        tuple(one for one in topics if one.differs) if place not in (NATION, CODES) else (),
        sum(r.in_force[0] is None for r in rules),
    )
