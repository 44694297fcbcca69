"""Reading facts into masks: one look at each live fact, however many provisions there are.

Every question takes this path, so it is written for speed: rows are tuples, answers are compared
by identity, and what went wrong is looked into only after something did.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from stillroom.kernel import Trilean
from stillroom.law._clauses import ClauseBook
from stillroom.law._facts import Fact, Facts, admit_all
from stillroom.law._regions import Variable

_YES, _NO, _UNKNOWN = Trilean.YES, Trilean.NO, Trilean.UNKNOWN


class Reader:
    """Reads facts against the clauses of one matter.

    `order` names the live facts: yes/no facts first. `mentions` has the
    clauses that look at each; a column has the clauses that a fact's value makes false.
    """

    def __init__(self, book: ClauseBook, facts: Mapping[str, Fact]) -> None:
        self.facts = facts
        self.variables_of = _by_fact(book)
        self.order = tuple(
            sorted(self.variables_of, key=lambda name: (facts[name].type != "yesno", name))
        )
        self.mentions = [_any(book.mentions[i] for i in self.variables_of[n]) for n in self.order]
        self._yesno: list[tuple[str, int, int, int]] = []
        self._others: list[tuple[str, Callable[[Any], int], int]] = []
        for name, mentions in zip(self.order, self.mentions, strict=True):
            indexes = self.variables_of[name]
            if facts[name].type == "yesno":
                if_yes, if_no = book.falsified[indexes[0]]
                self._yesno.append((name, if_yes, if_no, mentions))
            else:
                self._others.append((name, _lookup(book, indexes, facts[name]), mentions))

    def read(self, facts: Facts) -> tuple[list[int], int, int]:
        """Columns, the clauses made false, and the clauses that look at something unknown.

        UnknownFact, WrongType or OutOfRange if a fact is none, or is not as declared.
        """
        try:
            columns, false, opened, absent = self._rows(facts)
        except (KeyError, TypeError, AttributeError):
            admit_all(self.facts, facts)
            raise
        if len(columns) - absent != len(facts):
            self._admit_rest(facts)
        return columns, false, opened

    def _rows(self, facts: Facts) -> tuple[list[int], int, int, int]:
        false = opened = absent = 0
        columns: list[int] = []
        add, get = columns.append, facts.get
        for name, if_yes, if_no, mentions in self._yesno:
            value = get(name)
            if value is _YES:
                add(if_yes)
                false |= if_yes
            elif value is _NO:
                add(if_no)
                false |= if_no
            else:
                opened |= mentions
                add(0)
                if value is None:
                    absent += 1
                elif value is not _UNKNOWN:
                    raise TypeError
        for name, look, mentions in self._others:
            value = get(name)
            if value is None or value is _UNKNOWN:
                opened |= mentions
                add(0)
                absent += value is None
            else:
                mask = look(value)
                add(mask)
                false |= mask
        return columns, false, opened, absent

    def _admit_rest(self, facts: Facts) -> None:
        """Facts that no live provision looks at must be well formed all the same."""
        live = self.variables_of
        admit_all(self.facts, {n: v for n, v in facts.items() if n not in live or v is None})


def _by_fact(book: ClauseBook) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for index, variable in enumerate(book.variables):
        found[variable.fact.name] = (*found.get(variable.fact.name, ()), index)
    return found


def _any(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)


def _lookup(book: ClauseBook, indexes: Sequence[int], fact: Fact) -> Callable[[Any], int]:
    """A function from a known value to the clauses it makes false."""
    first, masks = book.variables[indexes[0]], book.falsified[indexes[0]]
    if fact.type == "choice":
        pairs = zip(first.regions, masks, strict=True)
        return {v: mask for region, mask in pairs for v in region.values}.__getitem__
    if fact.type == "number" and fact.bounds == (None, None):
        return _number(first, masks)
    if fact.type == "set":
        members = [(book.variables[i].member, book.falsified[i]) for i in indexes]
        return lambda value: _any(m[member not in fact.admit(value)] for member, m in members)  # type: ignore[operator]
    marks: Any = first.bounds
    return lambda value: masks[bisect_right(marks, fact.admit(value))]


def _number(variable: Variable, masks: Sequence[int]) -> Callable[[Any], int]:
    marks: Any = variable.bounds

    def look(value: Any) -> int:
        if type(value) is not int and (type(value) is not float or value != value):
            raise TypeError
        return masks[bisect_right(marks, value)]

    return look
