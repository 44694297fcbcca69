"""The exact answer: what the law says over every completion of the unknown facts, as diagrams.

Diagrams of conditions are joined by the tables of `_scale`, the same that single levels use.
Nothing here is approximate; where it would take too long, TooLarge is raised.
"""

from collections.abc import Iterable

from stillroom.law import _scale as scale
from stillroom.law._clauses import bits
from stillroom.law._diagram import Diagrams
from stillroom.law._facts import Facts
from stillroom.law._live import LiveLaw, Reading
from stillroom.law._regimes import Cell, KindClass


class Exact:
    """Functions of the unknown facts, for one reading of one law."""

    def __init__(
        self, law: LiveLaw, facts: Facts, reading: Reading, diagrams: Diagrams | None = None
    ) -> None:
        self.law = law
        self.reading = reading
        self.diagrams = diagrams or Diagrams()
        self.unknown = law.unknown(facts)
        self._conditions: dict[int, int] = {}
        self._cells: dict[int, int] = {}
        self._finals: dict[int, int] = {}

    def condition(self, number: int) -> int:
        """0 or 1: whether a condition holds."""
        bit = 1 << number
        if self.reading.yes & bit:
            return 1
        if not self.reading.maybe & bit:
            return 0
        found = self._conditions.get(number)
        if found is None:
            found = 0
            for clause in self.law.book.clauses_of(number):
                found = self._join(scale.OR, found, self._clause(clause))
            self._conditions[number] = found
        return found

    def _clause(self, number: int) -> int:
        """A clause, as far as it is not decided: known facts drop out or make it false."""
        bit = 1 << number
        if self.reading.false & bit:
            return 0
        clause = self.law.book.clauses[number]
        return self.diagrams.conjunction([(i, t) for i, t in clause if i in self.unknown])

    def level(self, cell: Cell) -> int:
        """0 to 4: what a regime says on a class of kinds."""
        found = self._cells.get(id(cell))
        if found is None:
            found = self._cells[id(cell)] = self._join(scale.MIN, self.base(cell), self._bars(cell))
        return found

    def base(self, cell: Cell) -> int:
        """A regime's level before its bars."""
        rules, lifts = scale.SILENT, 0
        for level, mask in cell.rules:
            rules = self._join(scale.MIN_IF[level], rules, self.any_of(mask))
        for level, mask in cell.exceptions:
            lifts = self._join(scale.MAX_IF[level + 1], lifts, self.any_of(mask))
        return self._join(scale.LIFTED, rules, lifts)

    def _bars(self, cell: Cell) -> int:
        found = scale.SILENT
        for level, mask, lifters in cell.bars:
            standing = self._join(scale.AND_NOT, self.any_of(mask), self.any_of(lifters))
            found = self._join(scale.MIN_IF[level], found, standing)
        return found

    def any_of(self, mask: int) -> int:
        """0 or 1: whether some condition of the mask holds."""
        if mask & self.reading.yes:
            return 1
        parts = [self.condition(number) for number in bits(mask & self.reading.maybe)]
        while len(parts) > 1:  # in pairs, which keeps what is joined small
            rest = parts[len(parts) // 2 * 2 :]
            pairs = zip(parts[::2], parts[1::2], strict=False)
            parts = [self._join(scale.OR, a, b) for a, b in pairs] + rest
        return parts[0] if parts else 0

    def met(self, kinds: KindClass) -> tuple[int, int]:
        """The meet of the governing regimes (REQUIRED as PERMITTED), and whether one requires."""
        met, required = scale.SILENT, 0
        for cell in kinds.governing:
            level = self._join(scale.YIELDING, self.level(cell), self.demand(kinds, cell))
            met = self._join(scale.CAP_MEETS, met, level)
            required = self._join(scale.OR_REQUIRED, required, level)
        return met, required

    def demand(self, kinds: KindClass, cell: Cell) -> int:
        """0 or 1: whether a regime to which this one yields requires the act."""
        found = 0
        for other in kinds.governing:
            if other.chamber in cell.yields_to:
                found = self._join(scale.OR_REQUIRED, found, self.level(other))
        return found

    def final(self, number: int) -> int:
        """0 to 3: the law's stance on class of kinds `number`."""
        found = self._finals.get(number)
        if found is None:
            kinds = self.law.classes[number]
            met, required = self.met(kinds)
            found = self._join(scale.FINAL, met, required)
            for cell in kinds.tightening:
                found = self._join(scale.TIGHTENED, found, self.level(cell))
            self._finals[number] = found
        return found

    def greatest(self, finals: Iterable[int]) -> int:
        """0 to 3: the greatest of several stances (0 when there are none)."""
        found = 0
        for final in finals:
            found = self._join(scale.MAX, found, final)
        return found

    def silence(self, number: int) -> int:
        """0 or 1: whether no governing regime speaks on the class."""
        met, _ = self.met(self.law.classes[number])
        return self._join(_IS_SILENT, met, 0)

    def _join(self, table: scale.Table, a: int, b: int) -> int:
        return self.diagrams.join(table, a, b)


_IS_SILENT = tuple(tuple(int(a == scale.SILENT) for _ in scale.LEVELS) for a in scale.LEVELS)
