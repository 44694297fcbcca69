"""What would open a closed door: exceptions and authorizations that could still come.

A provision's `opens` words are shown only if making it apply would really raise the answer. Each
is tried: the facts it needs are set, and the law is asked again. Where two doors must open, each
names the other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from stillroom.kernel import Trilean
from stillroom.law._conditions import Alternative, Has, Leaf
from stillroom.law._diagram import TooLarge
from stillroom.law._exact import Exact
from stillroom.law._facts import FactValue
from stillroom.law._live import LiveLaw, Reading
from stillroom.law._provision import Provision
from stillroom.law._scale import PERMITTED
from stillroom.law._settling import Settled
from stillroom.law._weighing import cell_bounds, stance_bounds
from stillroom.law._weights import authorized

Needs = Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class Opening:
    """`needs` are the facts that must come true, with a value for each; `together_with` the
    provisions whose openings are needed as well; `kinds` what it would open."""

    text: str
    citation: str
    provision: str
    needs: tuple[tuple[str, FactValue], ...]
    kinds: tuple[str, ...]
    together_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Key:
    """One attainable way to make a provision apply, and the cells it would open by itself."""

    rule: Provision
    needs: Needs
    cells: frozenset[tuple[int, int]]
    classes: frozenset[int]


def opens(settled: Settled) -> tuple[Opening, ...]:
    """Those that open most kinds first, then by provision."""
    closed = [n for n in settled.reading.asked if settled.bounds[n][0] < PERMITTED]
    if not closed:
        return ()
    found: dict[str, Opening] = {}
    stuck: list[_Key] = []
    for key in _keys(settled, closed):
        if key.classes:
            found.setdefault(key.rule.id, _opening(settled, key, key.classes))
        elif key.cells:
            stuck.append(key)
    for one, other in _pairs(settled, stuck, closed):
        if one.rule.id not in found and other.rule.id not in found:
            raised = _raised(settled, closed, {**one.needs, **other.needs})
            if raised:
                found[one.rule.id] = _opening(settled, one, raised, other.rule.id)
                found[other.rule.id] = _opening(settled, other, raised, one.rule.id)
    return tuple(sorted(found.values(), key=lambda o: (-len(o.kinds), o.provision)))


def _opening(settled: Settled, key: _Key, raised: Iterable[int], *others: str) -> Opening:
    return Opening(
        text=key.rule.opens,
        citation=key.rule.citation,
        provision=key.rule.id,
        needs=tuple(sorted(key.needs.items())),
        kinds=tuple(sorted(kind for n in raised for kind in settled.law.classes[n].kinds)),
        together_with=others,
    )


def _keys(settled: Settled, closed: Sequence[int]) -> Iterator[_Key]:
    """Provisions with `opens` words, with every attainable way to make them apply."""
    shut = _shut(settled.law, settled.reading, closed)
    for rule in settled.law.provisions:
        if not rule.opens or rule.modality in ("forbids", "adds"):
            continue
        for needs in _ways(settled, rule):
            reading = settled.law.read({**settled.facts, **needs})
            cells = shut - _shut(settled.law, reading, closed)
            if cells:
                yield _Key(rule, needs, cells, frozenset(_raised(settled, closed, needs)))


def _shut(law: LiveLaw, reading: Reading, closed: Sequence[int]) -> frozenset[tuple[int, int]]:
    """The cells, by class and chamber, that do not surely permit."""
    return frozenset(
        (number, chamber)
        for number in closed
        for chamber, (low, _) in cell_bounds(
            law.classes[number], reading.yes, reading.maybe
        ).items()
        if low < PERMITTED
    )


def _pairs(
    settled: Settled, stuck: Sequence[_Key], closed: Sequence[int]
) -> Iterator[tuple[_Key, _Key]]:
    """Keys to different cells that between them leave no cell of some class shut."""
    shut = _shut(settled.law, settled.reading, closed)
    by_class = [frozenset(cell for cell in shut if cell[0] == number) for number in closed]
    for one, other in combinations(stuck, 2):
        at_odds = any(one.needs[n] != other.needs[n] for n in one.needs.keys() & other.needs.keys())
        both = one.cells | other.cells
        if not at_odds and any(cells and cells <= both for cells in by_class):
            yield one, other


def _ways(settled: Settled, rule: Provision) -> list[Needs]:
    """Every set of facts to bring about so that the rule applies (and is authorized)."""
    wanted = authorized(rule) if rule.authorization else rule.alternatives
    found = [w for a in wanted if (w := _way(settled, a))]
    return sorted(found, key=lambda needs: (len(needs), repr(sorted(needs.items()))))


def _way(settled: Settled, alternative: Alternative) -> Needs | None:
    """The facts to bring about so that the alternative holds; None if one cannot be."""
    needs: dict[str, FactValue] = {}
    for name in sorted({leaf.fact for leaf in alternative}):
        looks = [leaf for leaf in alternative if leaf.fact == name]
        value = settled.facts.get(name, Trilean.UNKNOWN)
        known = value is not Trilean.UNKNOWN
        if known and all(leaf.holds(value) for leaf in looks):
            continue
        brought = _value(settled.law, name, looks)
        if brought is None or (known and not settled.law.facts[name].attainable):
            return None
        needs[name] = brought
    return needs


def _value(law: LiveLaw, name: str, looks: Sequence[Leaf]) -> FactValue | None:
    """A value of which every look is true."""
    if law.facts[name].type == "set":
        return frozenset(x.member for x in looks if isinstance(x, Has) and x.wanted)
    for index in law.reader.variables_of.get(name, ()):
        for region in law.book.variables[index].regions:
            if all(leaf.holds(region.values[0]) for leaf in looks):
                return region.values[0]
    return None


def _raised(settled: Settled, closed: Sequence[int], needs: Needs) -> list[int]:
    """The closed classes that these facts would open, or first make it possible to open."""
    law, facts = settled.law, {**settled.facts, **needs}
    reading = law.read(facts)
    exact = Exact(law, facts, reading)
    found = []
    for number in closed:
        low, high = stance_bounds(law.classes[number], reading.yes, reading.maybe)
        if low >= PERMITTED or (
            settled.bounds[number][1] < PERMITTED <= high and _possible(exact, number)
        ):
            found.append(number)
    return found


def _possible(exact: Exact, number: int) -> bool:
    try:
        return max(exact.diagrams.values(exact.final(number))) >= PERMITTED
    except TooLarge:
        return False
