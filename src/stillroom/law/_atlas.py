"""The atlas: what each state's own law says to a standard case, found by asking the engine.

No table of states stands here or anywhere: a state's provisions are read by the same engine that
reads a matter, without the law of the nation, which is the same everywhere and joins every matter.
Rules kept: a state that is not on file is told as such; professions to whom another law applies are
told apart; an answer for several is as sure as the weakest of theirs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from stillroom.law._corpus import Corpus
from stillroom.law._provision import Provision
from stillroom.law._standing import KINDS, Reading, stand
from stillroom.law._topics import Topic
from stillroom.law._vocabulary import NATION, PROFESSIONS

ANY = "any"
"""In place of a profession: every profession, and where they differ."""


def reading(corpus: Corpus, place: str, topic: Topic, profession: str, on: date) -> Reading:
    """What one place says; for `ANY`, the common answer, or that it differs by profession."""
    if place not in _shelved(corpus):
        return Reading(place, topic.id, "absent")
    if profession == ANY:
        return _for_all(corpus, place, topic, on)
    return _stand(corpus, place, topic, _law_of(corpus, place, topic, profession, on))


@lru_cache(maxsize=128)
def atlas(
    corpus: Corpus, places: tuple[str, ...], topic: Topic, profession: str, on: date
) -> Mapping[str, Reading]:
    """The reading of each place. Kept in memory: the same question gives the same answer."""
    return {place: reading(corpus, place, topic, profession, on) for place in places}


@lru_cache(maxsize=8)
def _shelved(corpus: Corpus) -> Mapping[str, tuple[Provision, ...]]:
    """Provisions by place."""
    found: dict[str, list[Provision]] = {}
    for one in corpus.provisions.values():
        found.setdefault(one.place, []).append(one)
    return {place: tuple(rules) for place, rules in found.items()}


def _law_of(corpus: Corpus, place: str, topic: Topic, profession: str, on: date) -> tuple[str, ...]:
    """The ids of the provisions that are law there, for that profession, on that day."""
    here = frozenset([place])
    return tuple(
        one.id
        for one in _shelved(corpus).get(place, ())
        if topic.act in one.acts
        and one.regime in topic.regimes
        and one.concerns(here, profession, on)
    )


def _for_all(corpus: Corpus, place: str, topic: Topic, on: date) -> Reading:
    """Professions to whom the same law applies are read once."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for profession in PROFESSIONS:
        law = _law_of(corpus, place, topic, profession, on)
        alike.setdefault(law, []).append(profession)
    found = [(_stand(corpus, place, topic, law), tuple(who)) for law, who in alike.items()]
    by: dict[str, tuple[str, ...]] = {}
    for one, members in found:
        by[one.kind] = (*by.get(one.kind, ()), *members)
    told = tuple(sorted(by.items(), key=lambda item: KINDS.index(item[0])))
    if len(told) == 1:
        return replace(found[0][0], by=told, basis=_worst(one.basis for one, _ in found))
    rules = {rule.id: rule for one, _ in found for rule in one.rests_on}
    basis = _worst(one.basis for one, _ in found)
    return Reading(place, topic.id, "differs", basis, tuple(rules.values()), by=told)


def _worst(checks: Iterable[str]) -> str:
    order = ("", "text", "secondary", "recalled")
    return max(checks, key=order.index, default="")


@lru_cache(maxsize=8192)
def _stand(corpus: Corpus, place: str, topic: Topic, names: tuple[str, ...]) -> Reading:
    """Kept by the provisions that are law: another day or profession with the same law has the
    same answer."""
    law = tuple(corpus.provisions[name] for name in names)
    return stand(place, topic, law, corpus.facts, corpus.regimes)


def states_on_file(corpus: Corpus) -> tuple[str, ...]:
    """The states with provisions on file, in the order of their codes."""
    return tuple(place for place in corpus.places if place != NATION)
