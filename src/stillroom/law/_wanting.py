"""What is wanting: exactly the unknown facts that can still change the answer."""

from collections.abc import Iterator
from dataclasses import dataclass

from stillroom.law._diagram import TooLarge
from stillroom.law._facts import FactValue
from stillroom.law._outlook import Values, outlook, sway
from stillroom.law._regions import Region, Variable
from stillroom.law._settling import Settled
from stillroom.law._stance import Interval, interval
from stillroom.law._weighing import overall, quick


@dataclass(frozen=True, slots=True)
class Answer:
    """A possible answer and what it leads to.

    `values` are all the values it stands for (one that stands for a range, for numbers and dates;
    for sets, one member or none). `settles` says that after it nothing is wanting.
    """

    label: str
    values: tuple[FactValue, ...]
    stance: Interval
    settles: bool


@dataclass(frozen=True, slots=True)
class Want:
    """An unknown fact on which the answer depends.

    `decisiveness` lies between 0 and 1: the share of what is open that an answer closes, on
    average over the possible values and over the kinds asked for. `sway` ranks those that close
    equally much: how far the answer moves with this fact, on average over what else is unknown.
    """

    fact: str
    asks: str
    meaning: str
    decisiveness: float
    sway: float
    answers: tuple[Answer, ...]


Outcome = tuple[Values, ...]
"""Ends of the overall stance, then of the stance on each class asked for."""


def wanting(settled: Settled) -> tuple[Want, ...]:
    """Most decisive first, then by name. Empty exactly when no fact can change the answer."""
    if all(settled.bounds[n][0] == settled.bounds[n][1] for n in settled.reading.asked):
        return ()
    scene = _Scene(settled)
    try:
        found = list(scene.exactly())
    except TooLarge:
        found = list(scene.roughly())
    return tuple(sorted(found, key=lambda want: (-want.decisiveness, -want.sway, want.fact)))


class _Scene:
    """The functions asked about, and how wide open they are."""

    def __init__(self, settled: Settled) -> None:
        self.settled = settled
        self.law = settled.law
        self.sizes = [len(self.law.classes[n].kinds) for n in settled.reading.asked]
        self.before = self._width([settled.bounds[n] for n in settled.reading.asked])

    def exactly(self) -> Iterator[Want]:
        """The support of the stance on the kinds asked for, each with its outlook."""
        diagrams, finals = self.settled.diagrams.diagrams, self.settled.finals()
        support = diagrams.support(*finals)
        regions = [len(v.regions) for v in self.law.book.variables]
        nodes = [self.settled.greatest(), *finals]
        outlooks = [outlook(diagrams, node, regions) for node in nodes]
        sways = self._sways(finals)
        for name, variables in self.law.reader.variables_of.items():
            live = [v for v in variables if v in support]
            if live:
                found = {v: list(zip(*(look[v] for look in outlooks), strict=True)) for v in live}
                yield self._want(name, found, sum(sways.get(v, 0.0) for v in live))

    def _sways(self, finals: list[int]) -> dict[int, float]:
        """The sway of each variable, over every kind asked for."""
        shares = [_shares(variable) for variable in self.law.book.variables]
        total: dict[int, float] = {}
        for final, size in zip(finals, self.sizes, strict=True):
            for variable, moved in sway(self.settled.diagrams.diagrams, final, shares).items():
                total[variable] = total.get(variable, 0.0) + moved * size / sum(self.sizes)
        return total

    def _want(self, name: str, outcomes: dict[int, list[Outcome]], moved: float) -> Want:
        """Answers that lead to the same are told together (but a yes and a no are two)."""
        alike: dict[tuple[int, str, Outcome], list[Region]] = {}
        fact = self.law.facts[name]
        count = left = 0
        for variable, found in outcomes.items():
            regions = self.law.book.variables[variable].regions
            for region, outcome in zip(regions, found, strict=True):
                apart = region.label if fact.type in ("yesno", "set") else ""
                alike.setdefault((variable, apart, outcome), []).append(region)
                count += len(region.values)
                left += len(region.values) * self._width(list(outcome[1:]))
        answers = tuple(_answer(regions, key[2]) for key, regions in alike.items())
        share = round(1 - left / (count * self.before), 4)
        return Want(name, fact.asks, fact.means, share, round(moved, 4), answers)

    def _width(self, bounds: list[Values]) -> int:
        """Steps still open, over every kind asked for."""
        pairs = zip(bounds, self.sizes, strict=True)
        return sum((high - low) * size for (low, high), size in pairs)

    def roughly(self) -> Iterator[Want]:
        """Where exactness was given up: every unknown fact that an open clause looks at."""
        law, reading = self.law, self.settled.reading
        open_clauses = law.all_clauses & ~reading.false & reading.open
        for name, mentions in zip(law.reader.order, law.reader.mentions, strict=True):
            if mentions & open_clauses and not self.settled.is_known(name):
                tried = {v: self._tried(v) for v in law.reader.variables_of[name]}
                yield self._want(name, tried, 0.0)

    def _tried(self, variable: int) -> list[Outcome]:
        """The quick bounds after each answer."""
        looked = self.law.book.variables[variable]
        found: list[Outcome] = []
        for region in looked.regions:
            facts = {**self.settled.facts, looked.fact.name: region.values[0]}
            reading = self.law.read(facts)
            bounds = quick(self.law, reading, self.settled.reading.asked)
            after = [bounds[n] for n in self.settled.reading.asked]
            found.append((overall(after), *after))
        return found


def _shares(variable: Variable) -> list[float]:
    """How likely each region is when every value is as likely as the next."""
    count = sum(len(region.values) for region in variable.regions)
    return [len(region.values) / count for region in variable.regions]


def _answer(regions: list[Region], outcome: Outcome) -> Answer:
    return Answer(
        label=" or ".join(region.label for region in regions),
        values=tuple(value for region in regions for value in region.values),
        stance=interval(*outcome[0]),
        settles=all(low == high for low, high in outcome[1:]),
    )
