"""Conflicts: one law requires what another does not allow. Shown, never resolved by any order."""

from dataclasses import dataclass

from stillroom.kernel import Trilean
from stillroom.law import _scale as scale
from stillroom.law._clauses import bits
from stillroom.law._diagram import TooLarge
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
            parties = (*_parties(settled, kinds), certain)
            found.setdefault(parties, []).extend(kinds.kinds)
    listed = [
        Conflict(tuple(sorted(k)), required, held, certain, _told(settled, required, held))
        for (required, held, certain), k in found.items()
    ]
    return tuple(sorted(listed, key=lambda c: (c.certain is not Trilean.YES, c.kinds)))


def _certain(settled: Settled, kinds: KindClass) -> Trilean:
    """Whether a requirement is held back on these kinds."""
    can = settled.reading.yes | settled.reading.maybe
    if not any(cell.demanding() & can for cell in kinds.governing):
        return Trilean.NO
    try:
        values = settled.diagrams.diagrams.values(_function(settled, kinds))
    except TooLarge:
        return Trilean.UNKNOWN
    return Trilean.of(None if len(values) > 1 else values == {1})


def _function(settled: Settled, kinds: KindClass) -> int:
    """1 where some regime requires and the meet forbids, or a regime holds back its own demand."""
    exact = settled.diagrams
    join = exact.diagrams.join
    met, required = exact.met(kinds)
    found = join(scale.CONFLICTS, met, required)
    for cell in kinds.governing:
        level, base = exact.level(cell), exact.base(cell)
        within = join(scale.FALLS_SHORT, level, exact.any_of(cell.demanding()))
        found = join(scale.OR, found, within)
        found = join(scale.OR, found, join(scale.DROPS, base, level))
    return found


def _parties(settled: Settled, kinds: KindClass) -> tuple[tuple[str, ...], tuple[str, ...]]:
    can = settled.reading.yes | settled.reading.maybe
    demanding = resisting = 0
    for cell in kinds.governing:
        demanding |= cell.demanding() & can
        resisting |= _resisting(settled, cell, kinds)
    return _ids(settled, demanding), _ids(settled, resisting & ~demanding)


def _resisting(settled: Settled, cell: Cell, kinds: KindClass) -> int:
    """What may hold the act back here: nothing, where this regime yields to the requirement."""
    yes, maybe = settled.reading.yes, settled.reading.maybe
    demands = (c for c in kinds.governing if c.chamber in cell.yields_to)
    if any(c.bounds(yes, maybe) == (scale.REQUIRED, scale.REQUIRED) for c in demands):
        return 0
    low = cell.bounds(yes, maybe)[0]
    own = cell.demanding() & (yes | maybe)
    if low >= scale.PERMITTED and not own:
        return 0
    return cell.resisting() & (yes | maybe) | (cell.holding(yes, maybe) if low < 2 else 0)


def _ids(settled: Settled, mask: int) -> tuple[str, ...]:
    law = settled.law
    return tuple(sorted({law.provisions[law.provision_of[bit]].id for bit in bits(mask)}))


def _told(settled: Settled, required: tuple[str, ...], held: tuple[str, ...]) -> str:
    cited = {p.id: p.citation for p in settled.law.provisions}
    by = " and ".join(dict.fromkeys(cited[name] for name in required))
    against = " and ".join(dict.fromkeys(cited[name] for name in held))
    return f"{by} would require this; {against} would not allow it. Neither gives way here."
