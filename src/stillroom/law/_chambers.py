"""What each regime says by itself of the kinds asked for."""

from dataclasses import dataclass

from stillroom.kernel import Trilean
from stillroom.law import _scale as scale
from stillroom.law._diagram import TooLarge
from stillroom.law._regimes import Cell, KindClass
from stillroom.law._settling import Settled
from stillroom.law._stance import Interval, hull


@dataclass(frozen=True, slots=True)
class RegimeAnswer:
    """One regime's answer, before it meets the others.

    `stance` is the most it allows on any kind asked for of which it speaks; None when it is surely
    silent. `kinds` are the kinds asked for that its provisions reach. `gives_way` says whether it
    yields here to what another regime requires. A regime that does not govern never weighs.
    """

    regime: str
    title: str
    place: str
    stance: Interval | None
    governs: bool
    silent: Trilean
    gives_way: Trilean
    kinds: tuple[str, ...]
    statute: str = ""


def regime_answers(settled: Settled) -> tuple[RegimeAnswer, ...]:
    """Governing regimes first, each in the order of its id."""
    found = [_answer(settled, number) for number in range(len(settled.law.chambers))]
    return tuple(sorted(found, key=lambda a: (not a.governs, a.regime, a.place, a.statute)))


def _answer(settled: Settled, number: int) -> RegimeAnswer:
    chamber = settled.law.chambers[number]
    cells = [
        (kinds, cell)
        for kinds in (settled.law.classes[n] for n in settled.reading.asked)
        for cell in kinds.cells()
        if cell.chamber == number
    ]
    values = _levels(settled, [cell for _, cell in cells])
    spoken = values - {scale.SILENT}
    return RegimeAnswer(
        regime=chamber.regime.id,
        title=chamber.regime.title,
        place=chamber.place,
        stance=hull(spoken) if spoken else None,
        governs=chamber.regime.governs,
        silent=Trilean.of(False if scale.SILENT not in values else None if spoken else True),
        gives_way=_gives_way(settled, cells),
        kinds=tuple(sorted(kind for kinds, _ in cells for kind in kinds.kinds)),
        statute=chamber.statute,
    )


def _levels(settled: Settled, cells: list[Cell]) -> frozenset[int]:
    """The values that the greatest of the cells can take; SILENT when none of them speaks."""
    exact = settled.diagrams
    try:
        found = scale.SILENT
        for cell in cells:
            found = exact.diagrams.join(scale.MOST_SPOKEN, found, exact.level(cell))
        return exact.diagrams.values(found)
    except TooLarge:
        bounds = [c.bounds(settled.reading.yes, settled.reading.maybe) for c in cells]
        return frozenset(level for low, high in bounds for level in range(low, high + 1))


def _gives_way(settled: Settled, cells: list[tuple[KindClass, Cell]]) -> Trilean:
    """Whether, on some kind, it would hold back what another requires and yields instead."""
    exact = settled.diagrams
    join = exact.diagrams.join
    try:
        found = 0
        for kinds, cell in cells:
            demanded = exact.demand(kinds, cell)
            gives = join(scale.FALLS_SHORT, exact.level(cell), demanded)
            found = join(scale.OR, found, gives)
        values = exact.diagrams.values(found)
    except TooLarge:
        return Trilean.UNKNOWN
    return Trilean.of(None if len(values) > 1 else values == {1})


def silence(settled: Settled) -> Trilean:
    """Whether no governing regime speaks on any kind asked for."""
    exact = settled.diagrams
    try:
        found = 1
        for number in settled.reading.asked:
            found = exact.diagrams.join(scale.AND, found, exact.silence(number))
        values = exact.diagrams.values(found)
    except TooLarge:
        return Trilean.UNKNOWN
    return Trilean.of(None if len(values) > 1 else values == {1})
