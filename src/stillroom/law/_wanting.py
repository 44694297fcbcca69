"""What is wanting: exactly the unknown facts that can still change the answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from stillroom.kernel import Trilean
from stillroom.law._diagram import TooLarge
from stillroom.law._exact import Exact
from stillroom.law._facts import FactValue
from stillroom.law._live import LiveLaw
from stillroom.law._regions import Region
from stillroom.law._settling import Settled, bare_bounds
from stillroom.law._stance import Interval, hull, interval


@dataclass(frozen=True, slots=True)
class Answer:
    """A possible answer and what it leads to.

    `values` are all the values it stands for (one that stands for a range, for numbers and dates).
    `settles` says that after it nothing is wanting; `then` names what still is.
    """

    label: str
    values: tuple[FactValue, ...]
    stance: Interval
    settles: bool
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Want:
    """An unknown fact on which the answer depends.

    `decisiveness` lies between 0 and 1: the share of what is open that an answer closes, on
    average over the possible values.
    """

    fact: str
    asks: str
    meaning: str
    decisiveness: float
    answers: tuple[Answer, ...]


def wanting(settled: Settled) -> tuple[Want, ...]:
    """Most decisive first, then by name. Empty exactly when no fact can change the answer."""
    if all(settled.bounds[n][0] == settled.bounds[n][1] for n in settled.reading.asked):
        return ()
    try:
        found = _exactly(settled)
    except TooLarge:
        found = _roughly(settled)
    return tuple(sorted(found, key=lambda want: (-want.decisiveness, want.fact)))


def _exactly(settled: Settled) -> list[Want]:
    exact, asked = settled.diagrams, settled.reading.asked
    finals = {number: exact.final(number) for number in asked}
    overall = exact.overall(asked)
    support = exact.diagrams.support(*finals.values())
    scene = _Scene(exact, finals, overall)
    names = sorted({settled.law.book.variables[i].fact.name for i in support})
    return [scene.want(name, support) for name in names]


class _Scene:
    """The functions asked about, ready to be restricted by a possible answer."""

    def __init__(self, exact: Exact, finals: Mapping[int, int], overall: int) -> None:
        self.exact = exact
        self.law: LiveLaw = exact.law
        self.finals = finals
        self.overall = overall
        self.before = self._width(tuple(finals.values()))

    def want(self, name: str, support: frozenset[int]) -> Want:
        fact = self.law.facts[name]
        grouped: dict[tuple[int, ...], list[Region]] = {}
        weights: list[tuple[int, int]] = []
        for variable in self.law.variables_of[name]:
            if variable not in support:
                continue
            for index, region in enumerate(self.law.book.variables[variable].regions):
                after = self._after(variable, index)
                grouped.setdefault(after, []).append(region)
                weights.append((len(region.values), self._width(after[1:])))
        answers = tuple(self._answer(regions, after) for after, regions in grouped.items())
        return Want(name, fact.asks, fact.means, self._closed(weights), answers)

    def _after(self, variable: int, region: int) -> tuple[int, ...]:
        nodes = (self.overall, *self.finals.values())
        return tuple(self.exact.diagrams.restrict(node, variable, region) for node in nodes)

    def _answer(self, regions: list[Region], after: tuple[int, ...]) -> Answer:
        diagrams = self.exact.diagrams
        support = diagrams.support(*after[1:])
        then = {self.law.book.variables[i].fact.name for i in support}
        return Answer(
            label=" or ".join(region.label for region in regions),
            values=tuple(value for region in regions for value in region.values),
            stance=hull(diagrams.values(after[0])),
            settles=not support,
            then=tuple(sorted(then)),
        )

    def _width(self, nodes: tuple[int, ...]) -> int:
        """Steps still open, over every kind asked for."""
        total = 0
        for number, node in zip(self.finals, nodes, strict=True):
            values = self.exact.diagrams.values(node)
            total += (max(values) - min(values)) * len(self.law.classes[number].kinds)
        return total

    def _closed(self, weights: list[tuple[int, int]]) -> float:
        """The mean share of the open steps that an answer closes."""
        count = sum(weight for weight, _ in weights)
        left = sum(weight * width for weight, width in weights)
        return round(1 - left / (count * self.before), 4)


def _roughly(settled: Settled) -> list[Want]:
    """Where exactness was given up: every unknown fact that an undecided condition looks at."""
    law, reading = settled.law, settled.reading
    open_clauses = law.all_clauses & ~reading.false & reading.open
    found = []
    for name, mentions in zip(law.order, law.fact_mentions, strict=True):
        if mentions & open_clauses and settled.facts.get(name, Trilean.UNKNOWN) is Trilean.UNKNOWN:
            fact = law.facts[name]
            answers = tuple(
                _rough_answer(settled, name, region)
                for variable in law.variables_of[name]
                for region in law.book.variables[variable].regions
            )
            found.append(Want(name, fact.asks, fact.means, _rough_share(settled, answers), answers))
    return found
