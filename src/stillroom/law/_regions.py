"""Where a fact's value makes a difference: the few regions that the conditions in play tell apart.

A client's age matters only by the ages that provisions compare it with, a choice only by the values
they name. So the completions of what is unknown are finite, and exactness is affordable.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from stillroom.kernel import Trilean
from stillroom.law._conditions import Between, Has, Leaf
from stillroom.law._facts import Fact, FactValue


@dataclass(frozen=True, slots=True)
class Region:
    """Values between which no condition in play can tell the difference.

    `values` are all of them for a yes/no or a choice, and one that stands for the rest otherwise.
    """

    label: str
    values: tuple[FactValue, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing to find out: a fact, or whether a set has one `member`."""

    fact: Fact
    regions: tuple[Region, ...]
    leaves: tuple[Leaf, ...]
    member: str = ""
    bounds: tuple[float | date, ...] = ()

    def truth(self, leaf: Leaf) -> tuple[bool, ...]:
        """What `leaf` says in each region."""
        return tuple(leaf.holds(region.values[0]) for region in self.regions)


def variables(fact: Fact, leaves: Iterable[Leaf]) -> tuple[Variable, ...]:
    """The variables of one fact, given every leaf in play that looks at it."""
    ordered = tuple(sorted(leaves, key=repr))
    match fact.type:
        case "yesno":
            answers = tuple(Region(t.value, (t,)) for t in (Trilean.YES, Trilean.NO))
            return (Variable(fact, answers, ordered),)
        case "choice":
            return (Variable(fact, _choices(fact, ordered), ordered),)
        case "set":
            return _members(fact, ordered)
    return (_ranges(fact, ordered),)


def _choices(fact: Fact, leaves: Sequence[Leaf]) -> tuple[Region, ...]:
    alike: dict[tuple[bool, ...], list[FactValue]] = {}
    for value in fact.values:
        alike.setdefault(tuple(leaf.holds(value) for leaf in leaves), []).append(value)
    return tuple(Region(" or ".join(map(str, v)), tuple(v)) for v in alike.values())


def _members(fact: Fact, leaves: Sequence[Leaf]) -> tuple[Variable, ...]:
    found = []
    for member in fact.values:
        looking = tuple(x for x in leaves if isinstance(x, Has) and x.member == member)
        regions = (
            Region(f"has {member}", (frozenset([member]),)),
            Region(f"lacks {member}", (frozenset[str](),)),
        )
        if looking:
            found.append(Variable(fact, regions, looking, member))
    return tuple(found)


def _ranges(fact: Fact, leaves: Sequence[Leaf]) -> Variable:
    ends = {e for x in leaves if isinstance(x, Between) for e in (x.at_least, x.below)}
    marks = tuple(sorted(e for e in ends if e is not None and _inside(fact, e)))
    regions = tuple(_range(fact, marks, i) for i in range(len(marks) + 1))
    return Variable(fact, regions, tuple(leaves), bounds=marks)


def _inside(fact: Fact, mark: float | date) -> bool:
    """Whether values on both sides of the mark are admitted (an age is never below nought)."""
    least, most = fact.bounds
    if isinstance(mark, date):
        return True
    return (least is None or least < mark) and (most is None or mark <= most)


def _range(fact: Fact, marks: Sequence[float | date], index: int) -> Region:
    unit = f" {fact.unit}" if fact.unit else ""
    low = marks[index - 1] if index else None
    high = marks[index] if index < len(marks) else None
    word = "before" if fact.type == "date" else "below"
    if low is None:
        label = f"{word} {high}{unit}" if high is not None else "anything"
    elif high is None:
        label = f"{low}{unit} or later" if word == "before" else f"{low}{unit} or more"
    else:
        label = f"{low} to {word} {high}{unit}"
    return Region(label, (_sample(fact, low, high),))


def _sample(fact: Fact, low: float | date | None, high: float | date | None) -> FactValue:
    """A value of the range; with neither end there are no leaves left that tell values apart."""
    least, most = fact.bounds
    if low is not None:
        return low
    if isinstance(high, date):
        return high - timedelta(days=1)
    if high is not None:
        return high - 1 if least is None else max(high - 1, least)
    if fact.type == "date":
        return date(2000, 1, 1)
    return least if least is not None else most if most is not None else 0
