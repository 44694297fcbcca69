"""Conditions over facts: all, any, not, and leaves that look at one fact each.

A leaf is two-valued once its fact is known; Kleene's logic joins leaves while some are not.
`alternatives` turns a condition into an *or* of *ands* of leaves. In Kleene's logic that changes
no answer, because distribution and De Morgan hold there too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from stillroom.kernel import Trilean, every, some
from stillroom.law._facts import Facts, FactValue


@dataclass(frozen=True, slots=True)
class Leaf:
    """Looks at one fact; `wanted` False turns the look around."""

    fact: str
    wanted: bool = True

    def sees(self, value: FactValue) -> bool:
        """Whether the known `value` is what this leaf looks for, `wanted` left aside."""
        raise NotImplementedError

    def holds(self, value: FactValue) -> bool:
        """Whether the leaf is true of the known `value`."""
        return self.sees(value) is self.wanted


@dataclass(frozen=True, slots=True)
class IsYes(Leaf):
    """`judge_signed: yes`"""

    def sees(self, value: FactValue) -> bool:
        return value is Trilean.YES


@dataclass(frozen=True, slots=True)
class OneOf(Leaf):
    """`instrument: [court_order, search_warrant]`"""

    values: frozenset[str] = frozenset()

    def sees(self, value: FactValue) -> bool:
        return value in self.values


@dataclass(frozen=True, slots=True)
class Between(Leaf):
    """`client_age: {at_least: 12, below: 18}`; for numbers and dates, either end may be open."""

    at_least: float | date | None = None
    below: float | date | None = None

    def sees(self, value: FactValue) -> bool:
        low, high = self.at_least, self.below
        return (low is None or low <= value) and (high is None or value < high)  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class Has(Leaf):
    """`records_asked: {has: psychotherapy_notes}`"""

    member: str = ""

    def sees(self, value: FactValue) -> bool:
        return self.member in value  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds. `All(())` always does."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Some part holds. `Any(())` never does."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Condition = All | Any | Not | Leaf
ALWAYS = All(())
Alternative = frozenset[Leaf]
"""Leaves that must all hold."""

MOST_ALTERNATIVES = 256
"""A wider condition is refused at load: nobody could read it either. Split the provision."""


class TooWide(ValueError):
    """The condition has more alternatives than MOST_ALTERNATIVES."""


def holds(condition: Condition, facts: Facts) -> Trilean:
    """Kleene's answer. Sound; `p or not p` stays unknown here (see _exact for the exact one)."""
    match condition:
        case All(parts):
            return every(holds(part, facts) for part in parts)
        case Any(parts):
            return some(holds(part, facts) for part in parts)
        case Not(part):
            return ~holds(part, facts)
    value = facts.get(condition.fact, Trilean.UNKNOWN)
    if value is Trilean.UNKNOWN:
        return Trilean.UNKNOWN
    return Trilean.of(condition.holds(value))


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf, in the order written."""
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield condition


def alternatives(condition: Condition, *, wanted: bool = True) -> frozenset[Alternative]:
    """The sets of leaves, any one of which makes the condition true (or false, if not `wanted`)."""
    match condition:
        case Not(part):
            return alternatives(part, wanted=not wanted)
        case All(parts) | Any(parts):
            found = [alternatives(part, wanted=wanted) for part in parts]
            joined = isinstance(condition, All) is wanted
            return _every_combination(found) if joined else _smallest(frozenset().union(*found))
    leaf = condition if wanted else replace(condition, wanted=not condition.wanted)
    return frozenset([frozenset([leaf])])


def _every_combination(factors: list[frozenset[Alternative]]) -> frozenset[Alternative]:
    product: frozenset[Alternative] = frozenset([frozenset()])
    for factor in factors:
        product = _smallest(frozenset(a | b for a in product for b in factor))
    return product


def _smallest(found: frozenset[Alternative]) -> frozenset[Alternative]:
    """Drop alternatives that hold only where another one does (absorption)."""
    if len(found) > MOST_ALTERNATIVES * 16:
        raise TooWide
    shelves: dict[int, list[Alternative]] = {}
    for alternative in found:
        shelves.setdefault(len(alternative), []).append(alternative)
    kept = found
    if len(shelves) > 1:  # of equal length, none holds only where another does
        kept = frozenset(
            a
            for size, same in shelves.items()
            for a in same
            if not any(b < a for less in shelves if less < size for b in shelves[less])
        )
    if len(kept) > MOST_ALTERNATIVES:
        raise TooWide
    return kept


def mentioned(condition: Condition) -> frozenset[str]:
    """The names of all facts a condition looks at."""
    return frozenset(leaf.fact for leaf in leaves(condition))


def as_all(*conditions: Condition) -> Condition:
    """All of them; one alone stays itself."""
    kept = tuple(c for c in conditions if c != ALWAYS)
    return kept[0] if len(kept) == 1 else All(kept)
