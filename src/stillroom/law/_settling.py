"""From facts to an answer: the quick way where it suffices, the exact way behind it."""

from functools import cached_property

from stillroom.kernel import Trilean
from stillroom.law._clauses import bits
from stillroom.law._diagram import TooLarge
from stillroom.law._exact import Exact
from stillroom.law._facts import Facts
from stillroom.law._live import LiveLaw, Reading
from stillroom.law._weighing import Bounds, overall, quick, stance_levels


class Settled:
    """The stance on every class of kinds, and overall on the kinds asked for.

    `exact` is False when a diagram had to be given up; the bounds are then those of the quick way:
    true, but perhaps wider than they need be.
    """

    def __init__(self, law: LiveLaw, facts: Facts) -> None:
        self.law = law
        self.facts = facts
        self.exact = True
        self.reading = law.read(facts)
        if self.reading.maybe:
            self._untangle()
        self.bounds = quick(law, self.reading, law.every_class)
        self.overall: Bounds
        if self.reading.maybe:
            self._sharpen()
        else:
            self.overall = overall([self.bounds[n] for n in self.reading.asked])

    def is_known(self, fact: str) -> bool:
        return self.facts.get(fact, Trilean.UNKNOWN) is not Trilean.UNKNOWN

    @cached_property
    def diagrams(self) -> Exact:
        """Functions of the unknown facts. May raise TooLarge when asked for more."""
        return Exact(self.law, self.facts, self.reading)

    def finals(self) -> list[int]:
        """The stance on each class asked for, as a function (a constant where settled)."""
        pairs = ((n, self.bounds[n]) for n in self.reading.asked)
        return [low if low == high else self.diagrams.final(n) for n, (low, high) in pairs]

    def greatest(self) -> int:
        """The overall stance as a function."""
        return self.diagrams.greatest(self.finals())

    def _untangle(self) -> None:
        """Conditions that look at one fact in several places may be decided all the same."""
        self.reading = untangled(self.law, self.facts, self.reading)

    def _sharpen(self) -> None:
        """Replace quick bounds that are no single stance by exact ones."""
        asked = self.reading.asked
        self.overall = overall([self.bounds[n] for n in asked])
        try:
            for number, (low, high) in self.bounds.items():
                if low != high:
                    self.bounds[number] = ends(self, self.diagrams.final(number))
            self.overall = overall([self.bounds[n] for n in asked])
            if self.overall[0] != self.overall[1]:
                self.overall = ends(self, self.greatest())
        except TooLarge:
            self.exact = False


def ends(settled: Settled, node: int) -> Bounds:
    """The least and the greatest value of a function."""
    values = settled.diagrams.diagrams.values(node)
    return min(values), max(values)


def untangled(law: LiveLaw, facts: Facts, reading: Reading) -> Reading:
    """The reading in which `maybe` holds only conditions that truly may or may not hold."""
    tangled = reading.maybe & law.book.tangled
    if not tangled:
        return reading
    exact = Exact(law, facts, reading)
    yes, maybe = reading.yes, reading.maybe
    try:
        for number in bits(tangled):
            node = exact.condition(number)
            if node in (0, 1):
                maybe &= ~(1 << number)
                yes |= node << number
    except TooLarge:
        pass  # Kleene's answer stands; it is sound
    return reading._replace(yes=yes, maybe=maybe)


def bare_bounds(law: LiveLaw, facts: Facts) -> Bounds:
    """The overall stance alone."""
    reading = law.read(facts)
    if not reading.maybe:
        level = max(stance_levels(law, reading.yes, reading.asked), default=0)
        return level, level
    bounds = overall(quick(law, reading, reading.asked).values())
    return bounds if bounds[0] == bounds[1] else Settled(law, facts).overall
