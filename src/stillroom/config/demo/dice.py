"""Draws that depend on nothing but their name.

The same name always gives the same draws, on every machine and in every version of Python, which
`random` does not promise. Nothing here is secret and nothing here is random.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")

_LOW = 1 << 96  # below this the rest of the pool would favor small numbers


class Dice:
    """A pool of bits named by its arguments, drawn from until it is empty, then filled again."""

    __slots__ = ("_name", "_pool", "_refills")

    def __init__(self, *name: object) -> None:
        self._name = repr(name).encode()
        self._refills = 0
        self._pool = int.from_bytes(blake2b(self._name).digest(), "big")

    def below(self, count: int) -> int:
        """A number from 0 to `count` - 1."""
        if self._pool < _LOW:
            self._refill()
        self._pool, drawn = divmod(self._pool, count)
        return drawn

    def _refill(self) -> None:
        self._refills += 1
        more = blake2b(self._name + b"/%d" % self._refills).digest()
        self._pool = int.from_bytes(more, "big")

    def between(self, low: int, high: int) -> int:
        """A number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """True in `percent` of a hundred draws."""
        return self.below(100) < percent

    def pick(self, choices: Sequence[T]) -> T:
        """One of `choices`. Written out, not by `below`: a front sheet picks fifteen times."""
        if self._pool < _LOW:
            self._refill()
        self._pool, drawn = divmod(self._pool, len(choices))
        return choices[drawn]

    def shuffled(self, choices: Sequence[T]) -> list[T]:
        """All of `choices` in another order (Fisher and Yates)."""
        deck = list(choices)
        for last in range(len(deck) - 1, 0, -1):
            other = self.below(last + 1)
            deck[last], deck[other] = deck[other], deck[last]
        return deck

    def some_in_order(self, choices: Sequence[T], count: int) -> list[T]:
        """`count` of `choices` in the order they stand, the first always among them."""
        if count >= len(choices):
            return list(choices)
        rest = self.shuffled(range(1, len(choices)))[: max(count - 1, 0)]
        return [choices[place] for place in sorted([0, *rest])] if count else []


class Deck:
    """Cards dealt in a shuffled order; nothing comes twice before everything came once."""

    __slots__ = ("_cards", "_dice", "_left")

    def __init__(self, cards: Sequence[str], dice: Dice) -> None:
        self._cards = cards
        self._dice = dice
        self._left: list[str] = []

    def deal(self) -> str:
        """The next card; the empty string if there are none at all."""
        if not self._cards:
            return ""
        if not self._left:
            self._left = self._dice.shuffled(self._cards)
        return self._left.pop()
