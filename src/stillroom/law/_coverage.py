"""What is on file, place by place, and how much of it rests on words that nobody has read here.

Counting says nothing about whether the law is complete: a shelf without provisions is a gap that a
therapist must know of, and is listed as nought.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from stillroom.law._corpus import Corpus
from stillroom.law._shelves import SHELVES, shelf_of
from stillroom.law._vocabulary import CHECKED, PROFESSIONS


@dataclass(frozen=True, slots=True)
class Coverage:
    """One place, topic and profession: provisions on file by how they were checked."""

    place: str
    topic: str
    profession: str
    text: int
    secondary: int
    recalled: int

    @property
    def whole(self) -> int:
        """All of them."""
        return self.text + self.secondary + self.recalled

    @property
    def unseen(self) -> int:
        """Those whose words nobody has read here."""
        return self.secondary + self.recalled


def coverage(corpus: Corpus, *, professions: Iterable[str] = PROFESSIONS) -> list[Coverage]:
    """Every place × topic × profession, in that order; topics are the library's shelves.

    States are asked for every topic that any state has, the nation for its own.
    """
    asked = tuple(professions)
    counted: dict[tuple[str, str, str], dict[str, int]] = {}
    on: dict[str, set[str]] = {place: set() for place in corpus.places}
    for rule in corpus.provisions.values():
        topic = shelf_of(rule, corpus.facts)
        on[rule.place].add(topic)
        for profession in rule.professions.intersection(asked):
            by_check = counted.setdefault(
                (rule.place, topic, profession), dict.fromkeys(CHECKED, 0)
            )
            by_check[rule.checked] += 1
    of_states = {topic for place, topics in on.items() if "-" in place for topic in topics}
    return [
        Coverage(
            place,
            topic,
            profession,
            **counted.get((place, topic, profession), dict.fromkeys(CHECKED, 0)),
        )
        for place in corpus.places
        for topic in SHELVES
        if topic in on[place] or ("-" in place and topic in of_states)
        for profession in asked
    ]
