"""A lawyer's reading list: what is on file of a place whose words nobody has read here.

It is made from the corpus and from nothing else: what is known by a summary, or recalled, ordered
by how many answers to standard questions (`STANDARD`) rest on it. A question counts where, for at
least one profession, what holds as things stand rests on the provision. What carries no such answer
is listed too, at the end: a question that nobody thought of may turn on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from stillroom.law._corpus import Corpus
from stillroom.law._findings import findings
from stillroom.law._library import CODES, law_of
from stillroom.law._live import LiveLaw
from stillroom.law._matter import Matter
from stillroom.law._provision import Provision
from stillroom.law._settling import Settled
from stillroom.law._standard import STANDARD, StandardQuestion
from stillroom.law._vocabulary import CHECKED, PROFESSIONS

READ = "text"


@dataclass(frozen=True, slots=True)
class Unread:
    """A provision whose words nobody has read here, and the standard questions that rest on it."""

    rule: Provision
    questions: tuple[str, ...]


@lru_cache(maxsize=64)
def reading_list(corpus: Corpus, place: str, on: date) -> tuple[Unread, ...]:
    """What a lawyer would read first in a place that is law there on that day. Pure; remembered.

    Most questions first, then what is recalled before what is known by a summary, then by id.
    """
    unread = [one for one in law_of(corpus, place) if one.checked != READ and one.in_force_on(on)]
    carried: dict[str, list[str]] = {one.id: [] for one in unread}
    if unread and place != CODES:  # codes of ethics decide no answer
        for title, decided in _decided(corpus, place, on):
            for name in decided & carried.keys():
                carried[name].append(title)
    found = [Unread(one, tuple(carried[one.id])) for one in unread]
    return tuple(sorted(found, key=_first))


def _first(one: Unread) -> tuple[int, int, str]:
    return -len(one.questions), -CHECKED.index(one.rule.checked), one.rule.id


def _decided(corpus: Corpus, place: str, on: date) -> Iterator[tuple[str, frozenset[str]]]:
    """For each standard question the provisions on which its answer rests, for any profession."""
    for question in STANDARD:
        known = question.known(corpus.facts)
        decided = {
            finding.provision
            for law in _laws(corpus, question, place, on)
            for finding in findings(Settled(law, known), frozenset())
            if finding.decides
        }
        yield question.title, frozenset(decided)


def _laws(corpus: Corpus, question: StandardQuestion, place: str, on: date) -> tuple[LiveLaw, ...]:
    """The law of each profession; professions under the same provisions are asked once."""
    found: dict[tuple[str, ...], LiveLaw] = {}
    for profession in PROFESSIONS:
        law = corpus.live(Matter(question.act, (place,), profession, on))
        found.setdefault(tuple([one.id for one in law.provisions]), law)
    return tuple(found.values())
