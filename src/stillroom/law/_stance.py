"""The one scale on which law answers, and intervals on it.

FORBIDDEN < WITH_AUTHORIZATION < PERMITTED < REQUIRED
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Stance(IntEnum):
    """What a regime, or all of them together, says of an act."""

    FORBIDDEN = 0
    WITH_AUTHORIZATION = 1
    PERMITTED = 2
    REQUIRED = 3


@dataclass(frozen=True, slots=True)
class Interval:
    """What holds as things stand (`low`) and how far what is unknown could move it (`high`).

    >>> Interval(Stance.FORBIDDEN, Stance.PERMITTED).settled
    False
    """

    low: Stance
    high: Stance

    @property
    def settled(self) -> bool:
        """No unknown fact can move the answer."""
        return self.low is self.high

    @property
    def width(self) -> int:
        """Steps between the ends, 0 when settled."""
        return self.high - self.low

    def within(self, other: "Interval") -> bool:
        """Whether this interval lies inside `other`: knowing more never leads outside."""
        return other.low <= self.low and self.high <= other.high

    def __contains__(self, stance: Stance) -> bool:
        return self.low <= stance <= self.high

    def __str__(self) -> str:
        return self.low.name if self.settled else f"{self.low.name}..{self.high.name}"


_INTERVALS = tuple(tuple(Interval(low, high) for high in Stance) for low in Stance)


def interval(low: int, high: int) -> Interval:
    """The shared interval object from `low` to `high` (there are only ten)."""
    return _INTERVALS[low][high]


def hull(levels: Iterable[int]) -> Interval:
    """The smallest interval that holds all `levels` (at least one)."""
    found = list(levels)
    return interval(min(found), max(found))


_LEVELS = {
    Stance.FORBIDDEN: "forbidden",
    Stance.WITH_AUTHORIZATION: "open with authorization",
    Stance.PERMITTED: "permitted",
    Stance.REQUIRED: "required",
}


def span(stance: Interval) -> str:
    """`forbidden`, or `from forbidden to permitted`."""
    if stance.settled:
        return _LEVELS[stance.low]
    return f"from {_LEVELS[stance.low]} to {_LEVELS[stance.high]}"
