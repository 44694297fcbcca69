"""From facts to an answer: the quick way where it suffices, the exact way behind it."""

from collections.abc import Mapping
from functools import cached_property

from stillroom.kernel import Trilean
from stillroom.law._clauses import bits
from stillroom.law._diagram import TooLarge
from stillroom.law._exact import Exact
from stillroom.law._facts import Facts
from stillroom.law._live import LiveLaw, Reading
from stillroom.law._scale import FORBIDDEN
from stillroom.law._weighing import EXACTLY, Bounds, overall, quick, stance_levels


class Settled:
    """The stance on every class of kinds, and overall on the kinds asked for.

    `exact` is False when a diagram had to be given up; the bounds are then those of the quick way:
    true, but perhaps wider than they need be.
    """

    def __init__(self, law: LiveLaw, facts: Facts) -> None:
        self.law = law
        self.facts = facts
        self.reading = law.read(facts)
        self.overall: Bounds
        if self.reading.maybe:
            self._with_unknown()
        else:
            self._all_known()

    exact = True

    @cached_property
    def bounds(self) -> list[Bounds]:
        """The stance on every class of kinds. Where all is known, its levels are."""
        return [EXACTLY[level] for level in self._levels]

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

    def _all_known(self) -> None:
        """Every condition is: the common case once a matter is told, and the quickest."""
        law, asked = self.law, self.reading.asked
        self._levels = levels = stance_levels(law, self.reading.yes, law.every_class)
        spoken = levels if asked is law.every_class else [levels[number] for number in asked]
        self.overall = EXACTLY[max(spoken, default=FORBIDDEN)]

    def _with_unknown(self) -> None:
        # Conditions that look at one fact in several places may be decided all the same.
        self.reading = untangled(self.law, self.facts, self.reading)
        self.bounds = list(quick(self.law, self.reading, self.law.every_class).values())
        if self.reading.maybe:
            self._sharpen()
        else:
            self.overall = overall([self.bounds[n] for n in self.reading.asked])

    def _sharpen(self) -> None:
        """Replace quick bounds that are no single stance by exact ones."""
        asked = {number: self.bounds[number] for number in self.reading.asked}
        self.overall = overall(asked.values())
        try:
            # First, and by itself, so that it is what `bare_bounds` finds, step for step.
            self.overall = greatest_bounds(self.diagrams, asked)
            for number, (low, high) in enumerate(self.bounds):
                if low != high:
                    self.bounds[number] = ends(self.diagrams, self.diagrams.final(number))
        except TooLarge:
            self.exact = False


def ends(exact: Exact, node: int) -> Bounds:
    """The least and the greatest value of a function."""
    values = exact.diagrams.values(node)
    return min(values), max(values)


def greatest_bounds(exact: Exact, found: Mapping[int, Bounds]) -> Bounds:
    """The greatest stance over classes of which `found` are the quick bounds. May raise TooLarge.

    A class that cannot rise above what another surely reaches has no say in it.
    """
    low, high = overall(found.values())
    if low == high:
        return low, high
    rising = [exact.final(number) for number, (_, most) in found.items() if most > low]
    return ends(exact, exact.greatest([low, *rising]))


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
        levels = stance_levels(law, reading.yes, reading.asked)
        level = max(levels) if levels else 0
        return level, level
    bounds = overall(quick(law, reading, reading.asked).values())
    if bounds[0] == bounds[1]:
        return bounds
    reading = untangled(law, facts, reading)
    found = quick(law, reading, reading.asked)
    try:
        return greatest_bounds(Exact(law, facts, reading), found)
    except TooLarge:
        return overall(found.values())
