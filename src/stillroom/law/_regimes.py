"""Regimes at work in one matter, and how each weighs a set of record kinds.

A cell is one regime's say on kinds that the same provisions reach. It holds masks of conditions by
layer and level; weighing a cell is a few *and*s, however many provisions stand behind it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from stillroom.law._reading import Regime
from stillroom.law._scale import REQUIRED, SILENT, regime_bounds

Masks = tuple[tuple[int, int], ...]
"""Pairs of level and mask."""


@dataclass(frozen=True, slots=True)
class Weight:
    """Condition number `condition`, when true, has `level` in `layer` of its regime."""

    condition: int
    provision: int
    layer: str
    level: int


@dataclass(frozen=True, slots=True)
class Chamber:
    """One regime as it answers in one place: the nation's provisions and that state's.

    With two states in a matter a regime has two chambers and both must be met; likewise with two
    statutes of one state that stand side by side.
    """

    regime: Regime
    place: str
    statute: str
    weights: tuple[Weight, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one chamber says on one class of kinds. `yields_to` are chambers, by number."""

    chamber: int
    mask: int
    rules: Masks
    exceptions: Masks
    bars: tuple[tuple[int, int, int], ...]
    yields_to: tuple[int, ...]

    def looks_at(self) -> int:
        """The conditions on which its level depends."""
        found = self.mask
        for _, _, lifters in self.bars:
            found |= lifters
        return found

    def level(self, yes: int) -> int:
        """The answer when every condition of the cell is known."""
        if not yes & self.mask:
            return SILENT
        found = SILENT
        for level, mask in self.rules:
            if yes & mask:
                found = level
                break
        for level, mask in self.exceptions:
            if yes & mask:
                found = level if found == SILENT or level > found else found
                break
        for level, mask, lifters in self.bars:
            if level < found and yes & mask and not yes & lifters:
                found = level
        return found

    def bounds(self, yes: int, maybe: int) -> tuple[int, int]:
        """Least and greatest answer, by Kleene's logic: sound, not always the tightest."""
        if not maybe & self.mask:
            level = self.level(yes)
            return level, level
        can = yes | maybe
        lifts = (_first(self.exceptions, yes, -1) + 1, _first(self.exceptions, can, -1) + 1)
        rules = (_first(self.rules, can, SILENT), _first(self.rules, yes, SILENT))
        return regime_bounds(rules, lifts, (self._bar(can, yes), self._bar(yes, can)))

    def _bar(self, applies: int, lifted: int) -> int:
        """The lowest bar, if just these conditions apply and just those can lift."""
        standing = [x for x, mask, lifters in self.bars if applies & mask and not lifted & lifters]
        return min(standing, default=SILENT)

    def holding(self, yes: int, maybe: int) -> int:
        """The conditions that make the lower bound what it is."""
        can = yes | maybe
        low = self.bounds(yes, maybe)[0]
        found = 0
        if _first(self.exceptions, yes, -1) <= low:  # else the rules are lifted, and a bar holds
            for level, mask in self.rules:
                found |= mask & can if level == low else 0
        for level, mask in self.exceptions:
            found |= mask & yes if level == low else 0
        for level, mask, lifters in self.bars:
            found |= mask & can if level == low and not yes & lifters else 0
        return found

    def demanding(self) -> int:
        """The conditions that would require the act."""
        pairs = (*self.rules, *self.exceptions)
        return sum(mask for level, mask in pairs if level == REQUIRED)

    def resisting(self) -> int:
        """The conditions that may hold the act below permitted, or cap a requirement."""
        low = sum(mask for level, mask in self.rules if level < REQUIRED - 1)
        caps = 0
        for level, mask, _ in self.bars:
            caps |= mask if level < REQUIRED else 0
        return low | caps


def _first(pairs: Masks, applies: int, otherwise: int) -> int:
    for level, mask in pairs:
        if applies & mask:
            return level
    return otherwise


@dataclass(frozen=True, slots=True)
class KindClass:
    """Record kinds that the same provisions reach, and the cells that speak of them.

    `governing` cells weigh; `tightening` ones (policies) can only hold back what those let
    through; the others (codes of ethics) are shown and never weigh.
    """

    kinds: tuple[str, ...]
    governing: tuple[Cell, ...]
    others: tuple[Cell, ...]
    tightening: tuple[Cell, ...] = ()

    def cells(self) -> Iterator[Cell]:
        yield from self.weighing()
        yield from self.others

    def weighing(self) -> tuple[Cell, ...]:
        """Those that have a say in the stance."""
        return (*self.governing, *self.tightening)
