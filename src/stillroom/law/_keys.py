"""Ways to open a closed door: which facts would have to come true for a provision's `opens` words.

What the words stand for depends on the provision. An exception, or a rule that permits, opens by
applying (and, where it wants one, by its authorization). A rule or bar that wants an authorization
opens by it. Any other bar, and a rule that forbids, opens by ceasing to apply.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from stillroom.kernel import Trilean
from stillroom.law._conditions import Alternative, IsYes, Leaf, TooWide, alternatives
from stillroom.law._facts import FactValue
from stillroom.law._provision import Provision
from stillroom.law._regions import Variable
from stillroom.law._settling import Settled
from stillroom.law._weights import authorized

Needs = Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class Key:
    """One way: these facts, which are not so yet, would make `rule` open."""

    rule: Provision
    needs: Needs


def keys(settled: Settled) -> Iterator[Key]:
    """Every way that can be brought about, fewest facts first, by provision."""
    for number, rule in enumerate(settled.law.provisions):
        if rule.opens and rule.weighs:
            in_play = (settled.reading.yes | settled.reading.maybe) >> number & 1
            ways = {_frozen(way): way for way in _ways(settled, rule, bool(in_play))}
            for _, way in sorted(ways.items(), key=lambda pair: (len(pair[0]), pair[0])):
                yield Key(rule, way)


def _frozen(needs: Needs) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(value)) for name, value in needs.items()))


def _ways(settled: Settled, rule: Provision, in_play: bool) -> Iterator[Needs]:
    for alternative in _wanted(rule, in_play):
        way = _way(settled, alternative)
        if way:
            yield way


def _wanted(rule: Provision, in_play: bool) -> Iterable[Alternative]:
    """What has to hold, as alternatives."""
    if rule.layer == "exception":
        return authorized(rule)
    if rule.authorization:
        return [frozenset(IsYes(name) for name in rule.authorization)] if in_play else []
    if rule.layer == "bar" or rule.modality == "forbids":
        return _aside(rule) if in_play else []
    return rule.alternatives


def _aside(rule: Provision) -> Iterable[Alternative]:
    """That it does not apply."""
    try:
        return alternatives(rule.condition, wanted=False)
    except TooWide:
        return []


def _way(settled: Settled, alternative: Alternative) -> Needs | None:
    """The facts to bring about so that the alternative holds; None if one cannot be.

    What somebody asks for is not brought about: an unknown set is left unknown.
    """
    needs: dict[str, FactValue] = {}
    for name in sorted({leaf.fact for leaf in alternative}):
        looks = [leaf for leaf in alternative if leaf.fact == name]
        fact, value = settled.law.facts[name], settled.facts.get(name, Trilean.UNKNOWN)
        known = value is not Trilean.UNKNOWN
        if known and all(leaf.holds(value) for leaf in looks):
            continue
        if known and not fact.attainable:
            return None
        if fact.type != "set":
            brought = _value(settled, name, looks)
            if brought is None:
                return None
            needs[name] = brought
    return needs


def _value(settled: Settled, name: str, looks: Iterable[Leaf]) -> FactValue | None:
    """A value of which every look is true, if any."""
    wanted = list(looks)
    for index in settled.law.reader.variables_of.get(name, ()):
        for region in settled.law.book.variables[index].regions:
            if all(leaf.holds(region.values[0]) for leaf in wanted):
                return region.values[0]
    return None


def region_of(variable: Variable, value: FactValue) -> int:
    """The region of a variable in which a known value lies."""
    truth = tuple(leaf.holds(value) for leaf in variable.leaves)
    return next(
        index
        for index, region in enumerate(variable.regions)
        if tuple(leaf.holds(region.values[0]) for leaf in variable.leaves) == truth
    )
