"""Reading an opinion: what disclosure needs of it, and what is left of it for each record kind.

The shapes here mirror what `stillroom.law` answers, by name only, so that these rules depend on no
part of the engine.

The law knows *that* there is an authorization, not which records it names. So it is asked twice:
with the client's papers, and as if there were none (`without_papers`). `by_kind` joins the two: a
kind that is open only because of a paper stays closed unless that paper reaches the kind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Protocol

from stillroom.consent.rules import CONSENT_FACTS
from stillroom.kernel import Trilean

Fact = object
"""A fact's value: Trilean, str, int, float, date or frozenset[str]; a missing one is unknown."""


class Level(IntEnum):
    """The one scale of the law, by the names that it uses."""

    FORBIDDEN = 0
    WITH_AUTHORIZATION = 1
    PERMITTED = 2
    REQUIRED = 3


class Named(Protocol):
    """A stance: anything with a name of `Level`."""

    @property
    def name(self) -> str: ...


class IntervalLike(Protocol):
    """What holds today, and how far what is unknown could move it."""

    @property
    def low(self) -> Named: ...
    @property
    def high(self) -> Named: ...


class ReachLike(Protocol):
    """The answer for each record kind, and the kinds that the law surely lets out."""

    @property
    def surely(self) -> frozenset[str]: ...
    @property
    def by_kind(self) -> Mapping[str, IntervalLike]: ...


class FindingLike(Protocol):
    """One provision that was looked at."""

    @property
    def citation(self) -> str: ...
    @property
    def says(self) -> str: ...
    @property
    def regime(self) -> str: ...
    @property
    def modality(self) -> str: ...
    @property
    def applies(self) -> Trilean: ...
    @property
    def checked(self) -> str: ...
    @property
    def turned_on(self) -> tuple[str, ...]: ...


class OpinionLike(Protocol):
    """What the rules of disclosure read of an opinion."""

    @property
    def stance(self) -> IntervalLike: ...
    @property
    def reach(self) -> ReachLike: ...
    @property
    def findings(self) -> Iterable[FindingLike]: ...


class Rests(Enum):
    """On what an open answer rests."""

    NOTHING = "nothing"
    LAW = "law"
    PAPER = "authorization"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the law says of one record kind once the client's papers are read too."""

    low: Level
    high: Level
    rests: Rests = Rests.NOTHING

    @property
    def open(self) -> bool:
        """Whether records of this kind may leave as things stand. Unknown is not open (P6)."""
        return self.low >= Level.PERMITTED


SHUT = Answer(Level.FORBIDDEN, Level.FORBIDDEN)
"""The answer for a kind of which no opinion speaks."""


def level(stance: Named) -> Level:
    """The stance as a level of this scale."""
    return Level[stance.name]


def kind_answer(opinion: OpinionLike, kind: str) -> Answer:
    """What one opinion says of one kind; a kind of which it does not speak is shut.

    INVARIANT: open only if the interval says so *and* the kind is among those surely reached.
    """
    found = opinion.reach.by_kind.get(kind)
    if found is None:
        return SHUT
    low, high = level(found.low), level(found.high)
    if low >= Level.PERMITTED and kind not in opinion.reach.surely:
        return Answer(Level.FORBIDDEN, high)
    return Answer(low, high, Rests.LAW if low >= Level.PERMITTED else Rests.NOTHING)


def by_kind(
    full: OpinionLike, bare: OpinionLike, papers: Mapping[str, Trilean]
) -> dict[str, Answer]:
    """The answer for each kind. `papers` says which kinds a paper that counts reaches.

    `full` is the opinion with the client's papers, `bare` the one without.
    """
    kinds = full.reach.by_kind.keys() | bare.reach.by_kind.keys()
    return {
        kind: _joined(
            kind_answer(full, kind), kind_answer(bare, kind), papers.get(kind, Trilean.NO)
        )
        for kind in sorted(kinds)
    }


def _joined(full: Answer, bare: Answer, paper: Trilean) -> Answer:
    if bare.open:
        return bare
    if paper is Trilean.NO:
        return bare
    if paper is Trilean.UNKNOWN:
        return Answer(bare.low, max(bare.high, full.high))
    return Answer(full.low, full.high, Rests.PAPER if full.open else Rests.NOTHING)


def without_papers(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """The same facts as if the client had signed nothing, for the second question to the law."""
    return {**facts, **dict.fromkeys(CONSENT_FACTS & facts.keys(), Trilean.NO)}
