"""Reading facts into masks: one look at each live fact, however many provisions there are.

Every question takes this path, so it is written for speed: rows are tuples, answers are compared
by identity, and what went wrong is looked into only after something did.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import getitem, itemgetter, or_
from typing import Any

from stillroom.kernel import Trilean
from stillroom.law._clauses import ClauseBook
from stillroom.law._facts import Fact, Facts, admit_all
from stillroom.law._regions import Variable

_ENDLESS = (float("-inf"), float("inf"))
_TABLED = ("yesno", "choice")  # in the order in which they are read
_YES, _NO, _UNKNOWN = Trilean.YES, Trilean.NO, Trilean.UNKNOWN


class Reader:
    """Reads facts against the clauses of one matter.

    `order` names the live facts: those first that a table answers. `mentions` has the clauses that
    look at each; a column has the clauses that a fact's value makes false.
    """

    def __init__(self, book: ClauseBook, facts: Mapping[str, Fact]) -> None:
        self.facts = facts
        self.variables_of = _by_fact(book)
        self.order = tuple(
            sorted(self.variables_of, key=lambda name: (_rank(facts[name].type), name))
        )
        self._count = len(self.order)
        self.mentions = [_any(book.mentions[i] for i in self.variables_of[n]) for n in self.order]
        self._tables: list[Mapping[Any, int]] = []
        self._others: list[tuple[str, Callable[[Any], int], int]] = []
        for name, mentions in zip(self.order, self.mentions, strict=True):
            indexes = self.variables_of[name]
            if facts[name].type in _TABLED:
                self._tables.append(_table(book, indexes[0], facts[name]))
            else:
                self._others.append((name, _lookup(book, indexes, facts[name]), mentions))
        tabled = self.order[: len(self._tables)]
        self._tabled = list(zip(tabled, self._tables, self.mentions, strict=False))
        self._answers = itemgetter(*tabled) if len(tabled) > 1 else None

    def read(self, facts: Facts) -> tuple[int, int]:
        """The clauses made false, and the clauses that look at something unknown.

        UnknownFact, WrongType or OutOfRange if a fact is none, or is not as declared.
        """
        if self._answers is not None and len(facts) >= self._count:
            try:
                columns = map(getitem, self._tables, self._answers(facts))
                false = reduce(or_, filter(None, columns), 0)  # most answers speak against little
                for name, look, _ in self._others:
                    false |= look(facts[name])
            except (KeyError, TypeError, AttributeError):
                pass  # something is unknown after all, or ill told
            else:
                if self._count != len(facts):
                    self._admit_rest(facts)
                return false, 0
        return self._with_unknown(facts)

    def columns(self, facts: Facts) -> list[int]:
        """For each live fact, in order, the clauses that its value makes false: the reasons, fact
        by fact. Of facts that were read before."""
        tabled = [table.__getitem__ for table in self._tables]
        looks = [*tabled, *(look for _, look, _ in self._others)]
        values = (facts.get(name, _UNKNOWN) for name in self.order)
        pairs = zip(looks, values, strict=True)
        return [0 if value is _UNKNOWN else look(value) for look, value in pairs]

    def _with_unknown(self, facts: Facts) -> tuple[int, int]:
        try:
            false, opened, absent = self._one_by_one(facts)
        except (KeyError, TypeError, AttributeError):
            admit_all(self.facts, facts)
            raise
        if self._count - absent != len(facts):
            self._admit_rest(facts)
        return false, opened

    def _one_by_one(self, facts: Facts) -> tuple[int, int, int]:
        false = opened = absent = 0
        get = facts.get
        for name, table, mentions in self._tabled:
            value = get(name)
            if value is None or value is _UNKNOWN:
                opened |= mentions
                absent += value is None
            elif mask := table[value]:  # most answers speak against nothing
                false |= mask
        for name, look, mentions in self._others:
            value = get(name)
            if value is None or value is _UNKNOWN:
                opened |= mentions
                absent += value is None
            else:
                false |= look(value)
        return false, opened, absent

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


def _rank(kind: str) -> int:
    return _TABLED.index(kind) if kind in _TABLED else len(_TABLED)


def _table(book: ClauseBook, index: int, fact: Fact) -> Mapping[Any, int]:
    """For each known answer the clauses it makes false."""
    masks, regions = book.falsified[index], book.variables[index].regions
    if fact.type == "yesno":
        return dict(zip((_YES, _NO), masks, strict=True))
    return {v: mask for region, mask in zip(regions, masks, strict=True) for v in region.values}


def _lookup(book: ClauseBook, indexes: Sequence[int], fact: Fact) -> Callable[[Any], int]:
    """A function from a known value to the clauses it makes false."""
    first, masks = book.variables[indexes[0]], book.falsified[indexes[0]]
    if fact.type == "number":
        return _number(first, masks, fact)
    if fact.type == "set":
        members = [(book.variables[i].member, book.falsified[i]) for i in indexes]
        return lambda value: _any(m[member not in fact.admit(value)] for member, m in members)  # type: ignore[operator]
    marks: Any = first.bounds
    return lambda value: masks[bisect_right(marks, fact.admit(value))]


def _number(variable: Variable, masks: Sequence[int], fact: Fact) -> Callable[[Any], int]:
    marks: Any = variable.bounds
    least, most = (_ENDLESS[i] if end is None else end for i, end in enumerate(fact.bounds))

    def look(value: Any) -> int:
        if (type(value) is int or type(value) is float) and least <= value <= most:
            return masks[bisect_right(marks, value)]
        return masks[bisect_right(marks, fact.admit(value))]

    return look
