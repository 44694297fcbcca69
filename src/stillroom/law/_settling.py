"""From facts to an answer: the quick way where it suffices, the exact way behind it."""

from functools import cached_property

from stillroom.law._clauses import bits
from stillroom.law._diagram import TooLarge
from stillroom.law._exact import Exact
from stillroom.law._facts import Facts
from stillroom.law._live import LiveLaw, Reading
from stillroom.law._weighing import Bounds, overall, quick


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
        self.bounds = quick(law, self.reading, law.every_class).bounds
        self.overall: Bounds
        if self.reading.maybe:
            self._sharpen()
        else:
            self.overall = overall([self.bounds[n] for n in self.reading.asked])

    @cached_property
    def diagrams(self) -> Exact:
        """Functions of the unknown facts. May raise TooLarge when asked for more."""
        return Exact(self.law, self.facts, self.reading)

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
            if any(self.bounds[n][0] != self.bounds[n][1] for n in asked):
                self.overall = ends(self, self.diagrams.overall(asked))
            else:
                self.overall = overall([self.bounds[n] for n in asked])
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
    found = overall(quick(law, reading, reading.asked).bounds.values())
    return found if found[0] == found[1] else Settled(law, facts).overall
