"""Weighing regimes against each other: the quick answer, one class of kinds at a time."""

from collections.abc import Iterable, Sequence

from stillroom.law._live import LiveLaw, Reading
from stillroom.law._regimes import Cell, KindClass
from stillroom.law._scale import (
    CAPPED,
    FORBIDDEN,
    LEVELS,
    PERMITTED,
    REQUIRED,
    SILENT,
    TIGHTENED,
    WITH_AUTHORIZATION,
    final_bounds,
)

Bounds = tuple[int, int]
EXACTLY: tuple[Bounds, ...] = tuple((level, level) for level in range(SILENT))
"""The bounds of a stance that is known."""


def stance_levels(law: LiveLaw, yes: int, numbers: Iterable[int]) -> list[int]:
    """The stance on each of the classes, in order, when every condition is known.

    The least that a governing cell says; a requirement where nothing is below permitted.
    """
    forbidden, unsigned, permitted, required, _ = _standing(law, yes)
    closed, weighed, found = forbidden | unsigned, law.weighed, []
    for number in numbers:
        cells, yielding, tightening = weighed[number]
        counted, demands = cells, required & cells
        if demands and closed & cells:
            for own, others in yielding:
                if demands & others and closed & own:
                    counted ^= own  # counts as permitting, which the requirement does as well
        if forbidden & counted:
            stance = FORBIDDEN
        elif unsigned & counted:
            stance = WITH_AUTHORIZATION
        elif demands:
            stance = REQUIRED
        else:
            stance = PERMITTED if permitted & cells else FORBIDDEN  # nobody speaks
        for tighten in tightening:
            stance = TIGHTENED[stance][tighten(yes)]
        found.append(stance)
    return found


def _standing(law: LiveLaw, yes: int) -> list[int]:
    """For each level the cells that have it, as a mask: a class is then weighed by a few *and*s."""
    standing = [0] * len(LEVELS)
    for bit, mask, known in law.levels:
        standing[known[yes & mask]] |= bit
    return standing


def stance_bounds(kinds: KindClass, yes: int, maybe: int) -> Bounds:
    """Least and greatest stance on a class of kinds, by Kleene's logic."""
    found = cell_bounds(kinds, yes, maybe)
    low = min((CAPPED[low] for low, _ in found.values()), default=SILENT)
    high = min((CAPPED[high] for _, high in found.values()), default=SILENT)
    surely = any(low == high == REQUIRED for low, high in found.values())
    possibly = any(low <= REQUIRED <= high for low, high in found.values())
    ends = final_bounds((low, high), surely, possibly)
    for cell in kinds.tightening:
        least, most = cell.bounds(yes, maybe)
        ends = TIGHTENED[ends[0]][least], TIGHTENED[ends[1]][most]
    return ends


def cell_bounds(kinds: KindClass, yes: int, maybe: int) -> dict[int, Bounds]:
    """Each governing regime's bounds by chamber, after yielding."""
    raw = {cell.chamber: cell.bounds(yes, maybe) for cell in kinds.governing}
    return {c.chamber: _yielded(raw[c.chamber], c, raw) for c in kinds.governing}


def _yielded(bounds: Bounds, cell: Cell, raw: dict[int, Bounds]) -> Bounds:
    low, high = bounds
    demands = [raw[c] for c in cell.yields_to if c in raw]
    if any(d == (REQUIRED, REQUIRED) for d in demands):
        return max(low, PERMITTED), max(high, PERMITTED)
    if any(d[0] <= REQUIRED <= d[1] for d in demands):
        return low, max(high, PERMITTED)
    return bounds


def holding(kinds: KindClass, yes: int, maybe: int) -> int:
    """The conditions on which the lower bound rests: those that decide what holds today.

    What is closed rests on the regimes that close it. What is open, or required, rests on every
    regime that speaks, because each must at least permit it: a duty read in its own words is of no
    use where the permission beside it is only recalled.
    """
    bounds = cell_bounds(kinds, yes, maybe)
    low = stance_bounds(kinds, yes, maybe)[0]
    found = 0
    for cell in kinds.governing:
        own = bounds[cell.chamber][0]
        if own == low or (low >= PERMITTED and own in (PERMITTED, REQUIRED)):
            found |= cell.holding(yes, maybe)
    for cell in kinds.tightening:
        if cell.bounds(yes, maybe)[0] == low < PERMITTED:
            found |= cell.holding(yes, maybe)
    return found


def quick(law: LiveLaw, reading: Reading, numbers: Sequence[int]) -> dict[int, Bounds]:
    """Bounds of the stance on each of the classes."""
    yes, maybe, classes = reading.yes, reading.maybe, law.classes
    if not maybe:
        levels = [EXACTLY[level] for level in stance_levels(law, yes, numbers)]
        return dict(zip(numbers, levels, strict=True))
    return {n: stance_bounds(classes[n], yes, maybe) for n in numbers}


def overall(bounds: Iterable[Bounds]) -> Bounds:
    """The greatest over classes, end by end (0 when none is asked for)."""
    low = high = 0
    for a, b in bounds:
        if a > low:
            low = a
        if b > high:
            high = b
    return low, high
