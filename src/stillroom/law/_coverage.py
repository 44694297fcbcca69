"""What is on file, place by place, and how much of it rests on words that nobody has read here.

A topic is a body of law; duties are told apart by whether they have one warn or report. Counting
says nothing about whether the law is complete: a topic without provisions is a gap that a therapist
must know of, and is listed as nought.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stillroom.law._provision import Provision
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


def topic_of(provision: Provision) -> str:
    """The topic that a provision stands under: its regime, duties told apart by their act."""
    if provision.regime != "state_duty":
        return provision.regime
    return "duty_to_warn" if "warn" in provision.acts else "duty_to_report"


def topics(provisions: Iterable[Provision]) -> tuple[str, ...]:
    """Every topic on file, in alphabetical order."""
    return tuple(sorted({topic_of(one) for one in provisions}))


def coverage(
    provisions: Mapping[str, Provision], *, professions: Iterable[str] = PROFESSIONS
) -> list[Coverage]:
    """Every place × topic × profession, in that order.

    States are asked for every topic that any state has, the nation for its own.
    """
    asked = tuple(professions)
    places = sorted({one.place for one in provisions.values()})
    of_states = topics(one for one in provisions.values() if "-" in one.place)
    counted: dict[tuple[str, str, str], dict[str, int]] = {}
    for one in provisions.values():
        for profession in one.professions.intersection(asked):
            key = (one.place, topic_of(one), profession)
            by_check = counted.setdefault(key, dict.fromkeys(CHECKED, 0))
            by_check[one.checked] += 1
    found = []
    for place in places:
        own = topics(one for one in provisions.values() if one.place == place)
        for topic in sorted({*own, *(of_states if "-" in place else ())}):
            for profession in asked:
                by_check = counted.get((place, topic, profession), dict.fromkeys(CHECKED, 0))
                found.append(Coverage(place, topic, profession, **by_check))
    return found
