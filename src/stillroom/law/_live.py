"""The law that is live for one matter, compiled once and asked many times."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import cached_property, reduce
from operator import getitem, or_
from typing import NamedTuple

from stillroom.kernel import Trilean
from stillroom.law._clauses import ClauseBook, bits, write_clauses
from stillroom.law._conditions import Alternative
from stillroom.law._facts import Fact, Facts, FactValue
from stillroom.law._matter import Matter
from stillroom.law._provision import Provision
from stillroom.law._reader import Reader
from stillroom.law._regimes import Cell, Chamber, KindClass
from stillroom.law._vocabulary import ASKED


class Reading(NamedTuple):
    """What the facts make of every condition.

    `yes` and `maybe` are masks of conditions (those in neither are not met); `false` and `open`
    are masks of clauses. `asked` are numbers of kind classes.
    """

    yes: int
    maybe: int
    false: int
    open: int
    asked: tuple[int, ...]


class LiveLaw:
    """Provisions, conditions, clauses and cells of one matter. Built by `_compiling`."""

    def __init__(
        self,
        matter: Matter,
        facts: Mapping[str, Fact],
        provisions: Sequence[Provision],
        conditions: Sequence[frozenset[Alternative]],
        chambers: Sequence[Chamber],
        classes: Sequence[KindClass],
        digest: str,
    ) -> None:
        self.matter = matter
        self.facts = facts
        self.provisions = tuple(provisions)
        self.chambers = tuple(chambers)
        self.classes = tuple(classes)
        self.digest = digest
        self.book = write_clauses(conditions, facts)
        self.reader = Reader(self.book, facts)
        self.provision_of = _owners(len(self.provisions), chambers)
        self.levels, self.weighed = _shared_cells(self.classes)
        self.class_of = {k: i for i, c in enumerate(self.classes) for k in c.kinds}
        self.every_class = tuple(range(len(self.classes)))
        self.all_clauses = sum(1 << bit for bit in self.book.clauses)
        self._above = len(conditions)
        self._single = sum(1 << bit for bit in self.book.clauses if bit < self._above)
        self._groups = _byte_by_byte(self.book, self._above)
        self._asked: dict[frozenset[str], tuple[int, ...]] = {}

    def of(self, matter: Matter) -> "LiveLaw":
        """The same law for another matter of which the same provisions are live."""
        other = copy(self)
        other.matter = matter
        return other

    @cached_property
    def looks(self) -> tuple[tuple[int, tuple[tuple[int, str, int], ...]], ...]:
        """For each provision what `_looks` says; for whoever asks why, and not only what."""
        return tuple(self._looks(number) for number in range(len(self.provisions)))

    def _looks(self, number: int) -> tuple[int, tuple[tuple[int, str, int], ...]]:
        """The clauses of a provision; and for each fact it looks at, where, its name, and which
        of those clauses do."""
        clauses = sum(1 << bit for bit in self.book.clauses_of(number))
        pairs = zip(self.reader.order, self.reader.mentions, strict=True)
        return clauses, tuple(
            (at, name, mentions & clauses)
            for at, (name, mentions) in enumerate(pairs)
            if mentions & clauses
        )

    def read(self, facts: Facts) -> Reading:
        """Every condition's answer, and why. UnknownFact, WrongType or OutOfRange if unfit."""
        false, opened = self.reader.read(facts)
        kinds = facts.get(ASKED)
        asked = self.every_class if kinds is None else self._asked_for(kinds)
        yes = self.all_clauses ^ false
        if not opened:
            return Reading(self._joined(yes), 0, false, 0, asked)
        yes, maybe = self._joined(yes & ~opened), self._joined(yes & opened)
        maybe &= ~yes  # one clause that is true is enough
        return Reading(yes, maybe, false, opened, asked)

    def _joined(self, clauses: int) -> int:
        """The conditions of which a clause is among these. Clauses of conditions that have several
        stand above all conditions, and are looked up eight at a time."""
        if not self._groups:
            return clauses
        by_bytes = (clauses >> self._above).to_bytes(len(self._groups), "little")
        return reduce(or_, map(getitem, self._groups, by_bytes), clauses & self._single)

    def _asked_for(self, kinds: FactValue) -> tuple[int, ...]:
        """The classes of the kinds asked for; all of them while that is not known."""
        if not isinstance(kinds, frozenset):
            return self.every_class
        found = self._asked.get(kinds)
        if found is None:
            found = tuple(sorted({self.class_of[k] for k in kinds if k in self.class_of}))
            self._asked[kinds] = found
        return found

    def unknown(self, facts: Facts) -> frozenset[int]:
        """The variables, by number, whose facts are not known."""
        return frozenset(
            i
            for i, variable in enumerate(self.book.variables)
            if facts.get(variable.fact.name, Trilean.UNKNOWN) is Trilean.UNKNOWN
        )


class _Byte(dict[int, int]):
    """For each byte of clauses the conditions that they meet, made when first asked for."""

    def __init__(self, conditions: Sequence[int]) -> None:
        super().__init__()
        self._conditions = conditions

    def __missing__(self, byte: int) -> int:
        found = 0
        for number in bits(byte):
            found |= self._conditions[number]
        self[byte] = found
        return found


def _byte_by_byte(book: ClauseBook, above: int) -> tuple[_Byte, ...]:
    """The clauses that share a condition, by eights, lowest first."""
    of_clause = {bit: condition for condition, group in book.groups for bit in bits(group)}
    every = [of_clause[bit] for bit in sorted(of_clause)]
    if sorted(of_clause) != list(range(above, above + len(every))):
        raise AssertionError("clauses of several stand without a gap above the conditions")
    return tuple(_Byte(every[at : at + 8]) for at in range(0, len(every), 8))


MOST_KNOWN = 1 << 12
"""Levels that a cell remembers. Few combinations of its conditions ever come: of 240 questions at
random about Maryland, all facts known, each cell sees some thirty."""


class _Known(dict[int, int]):
    """A cell's levels by which of its conditions are met, found when first asked for."""

    def __init__(self, level_of: Callable[[int], int]) -> None:
        super().__init__()
        self._level_of = level_of

    def __missing__(self, met: int) -> int:
        if len(self) >= MOST_KNOWN:
            self.clear()
        level = self[met] = self._level_of(met)
        return level


Levels = tuple[tuple[int, int, _Known], ...]
"""Each different governing cell once: its bit; the conditions it looks at; and its levels."""

Weighed = tuple[int, tuple[tuple[int, int], ...], tuple[Callable[[int], int], ...]]
"""A class as it weighs: its governing cells, as bits; of those that yield the bit, and the bits of
those to which it yields; and what gives the levels of its tightening cells."""


def _shared_cells(classes: Sequence[KindClass]) -> tuple[Levels, tuple[Weighed, ...]]:
    """The cells, and how the classes weigh them.

    Most regimes say the same of most kinds, so there are far fewer cells than places for one.
    """
    bits: dict[Cell, int] = {}
    weighed: list[Weighed] = []
    for kinds in classes:
        at = {c.chamber: bits.setdefault(c, 1 << len(bits)) for c in kinds.governing}
        yielding = [
            (at[c.chamber], sum(at[o] for o in set(c.yields_to) if o in at))
            for c in kinds.governing
        ]
        weighed.append(
            (
                sum(at.values()),
                tuple((own, others) for own, others in yielding if others),
                tuple(cell.level for cell in kinds.tightening),
            )
        )
    levels: Levels = tuple((bit, cell.looks_at(), _Known(cell.level)) for cell, bit in bits.items())
    return levels, tuple(weighed)


def _owners(count: int, chambers: Sequence[Chamber]) -> dict[int, int]:
    """Which provision a condition belongs to."""
    owners = {number: number for number in range(count)}
    for chamber in chambers:
        owners |= {weight.condition: weight.provision for weight in chamber.weights}
    return owners
