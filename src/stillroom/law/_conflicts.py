"""Conflicts: one law requires what another does not allow. Shown, never resolved by any order."""

from dataclasses import dataclass

from stillroom.kernel import Trilean
from stillroom.law import _scale as scale
from stillroom.law._clauses import bits
from stillroom.law._diagram import TooLarge
from stillroom.law._exact import Exact
from stillroom.law._regimes import Cell, KindClass
from stillroom.law._settling import Settled


@dataclass(frozen=True, slots=True)
class Conflict:
    """`required_by` and `held_by` are ids of provisions; `certain` is YES, or UNKNOWN while facts
    are missing. The answer stays on the side of confidence; people decide."""

    kinds: tuple[str, ...]
    required_by: tuple[str, ...]
    held_by: tuple[str, ...]
    certain: Trilean
    text: str


def conflicts(settled: Settled) -> tuple[Conflict, ...]:
    """Of the kinds asked for; those that are certain first."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...], Trilean], list[str]] = {}
    for number in settled.reading.asked:
        kinds = settled.law.classes[number]
        certain = _certain(settled, kinds)
        if certain is not Trilean.NO:
            parties = (*_parties(settled, kinds, certain is Trilean.YES), certain)
            found.setdefault(parties, []).extend(kinds.kinds)
    listed = [
        Conflict(tuple(sorted(k)), required, held, certain, _told(settled, required, held, certain))
        for (required, held, certain), k in found.items()
    ]
    return tuple(sorted(listed, key=lambda c: (c.certain is not Trilean.YES, c.kinds)))


def _certain(settled: Settled, kinds: KindClass) -> Trilean:
    """Whether a requirement is held back on these kinds."""
    can = settled.reading.yes | settled.reading.maybe
    if not any(cell.demanding() & can for cell in kinds.governing):
        return Trilean.NO
    try:
        exact = settled.diagrams
        found = 0
        for cell in kinds.weighing():
            found = exact.diagrams.join(scale.OR, found, held_back(exact, kinds, cell))
        values = exact.diagrams.values(found)
    except TooLarge:
        return Trilean.UNKNOWN
    return Trilean.of(None if len(values) > 1 else values == {1})


def held_back(exact: Exact, kinds: KindClass, cell: Cell) -> int:
    """1 where this regime holds back what another requires, or its own requirement."""
    join = exact.diagrams.join
    level, base = exact.level(cell), exact.base(cell)
    _, required = exact.met(kinds)
    yielded = join(scale.YIELDING, level, exact.demand(kinds, cell))
    found = join(scale.FALLS_SHORT, yielded, required)
    own = join(scale.FALLS_SHORT, level, exact.any_of(cell.demanding()))
    return join(scale.OR, found, join(scale.OR, own, join(scale.DROPS, base, level)))


def _parties(
    settled: Settled, kinds: KindClass, certain: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Provisions that demand, and those that hold back where they do."""
    yes, maybe = settled.reading.yes, settled.reading.maybe
    demanding = resisting = 0
    for cell in kinds.weighing():
        demanding |= cell.demanding() & (yes | maybe)
        if _may_hold(settled, kinds, cell):
            resisting |= cell.holding(yes, maybe)
            if not certain:
                resisting |= cell.resisting() & (yes | maybe)
    return _ids(settled, demanding), _ids(settled, resisting & ~demanding)


def _may_hold(settled: Settled, kinds: KindClass, cell: Cell) -> bool:
    exact = settled.diagrams
    try:
        return 1 in exact.diagrams.values(held_back(exact, kinds, cell))
    except TooLarge:
        return True


def _ids(settled: Settled, mask: int) -> tuple[str, ...]:
    law = settled.law
    return tuple(sorted({law.provisions[law.provision_of[bit]].id for bit in bits(mask)}))


def _told(
    settled: Settled, required: tuple[str, ...], held: tuple[str, ...], certain: Trilean
) -> str:
    by, against = _cited(settled, required), _cited(settled, held)
    if certain is Trilean.YES:
        return f"Required: {by}. Not allowed: {against}. Neither gives way to the other here."
    return f"This may come to be required ({by}) while it is not allowed ({against})."


def _cited(settled: Settled, names: tuple[str, ...]) -> str:
    """The first three citations, and how many more there are."""
    cited = {rule.id: rule.citation for rule in settled.law.provisions}
    told = list(dict.fromkeys(cited[name] for name in names))
    more = f" and {len(told) - 3} more" if len(told) > 3 else ""
    return "; ".join(told[:3]) + more
