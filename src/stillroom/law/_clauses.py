"""Conditions as bits: one bit a clause, one mask for what each answer makes false.

A clause is an alternative of a condition: leaves that must all hold. Reading the facts is then one
*or* for each fact, whatever the number of provisions: a clause is false when some answer made it
false, unknown when something it looks at is unknown, true otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stillroom.law._conditions import Alternative, Leaf
from stillroom.law._facts import Fact
from stillroom.law._regions import Variable, variables

Clause = tuple[tuple[int, tuple[bool, ...]], ...]
"""For each variable the clause looks at, in order: its index, and in which regions it holds."""


@dataclass
class ClauseBook:
    """All clauses of all conditions of one matter. Condition number i has bit i.

    A condition of one clause shares its bit with it. A condition of several has them in `groups`;
    one of none can never hold (`never`).
    """

    variables: tuple[Variable, ...]
    clauses: dict[int, Clause] = field(default_factory=dict)
    groups: tuple[tuple[int, int], ...] = ()
    mentions: list[int] = field(default_factory=list)
    falsified: list[list[int]] = field(default_factory=list)
    tangled: int = 0

    def clauses_of(self, condition: int) -> list[int]:
        """The bit numbers of a condition's clauses."""
        for bit, group in self.groups:
            if bit == 1 << condition:
                return list(bits(group))
        return [condition] if condition in self.clauses else []


def bits(mask: int) -> Iterable[int]:
    """The numbers of the bits that are set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def write_clauses(
    conditions: Sequence[frozenset[Alternative]], facts: Mapping[str, Fact]
) -> ClauseBook:
    """Number the variables and clauses of `conditions`."""
    found = _ordered_variables(conditions, facts)
    book = ClauseBook(found)
    looks = {leaf: (i, v.truth(leaf)) for i, v in enumerate(found) for leaf in v.leaves}
    free = len(conditions)
    groups = []
    for number, condition in enumerate(conditions):
        written = _simplified(condition, looks)
        if len(written) == 1:
            book.clauses[number] = written[0]
            continue
        group = 0
        for clause in written:
            book.clauses[free] = clause
            group |= 1 << free
            free += 1
        groups.append((1 << number, group))
        if _repeats_a_variable(written):
            book.tangled |= 1 << number
    book.groups = tuple(groups)
    _tabulate(book)
    return book


def _ordered_variables(
    conditions: Sequence[frozenset[Alternative]], facts: Mapping[str, Fact]
) -> tuple[Variable, ...]:
    """Those that most clauses look at come first, which keeps decision diagrams small."""
    looks: dict[str, set[Leaf]] = defaultdict(set)
    count: dict[tuple[str, str], int] = defaultdict(int)
    for condition in conditions:
        for alternative in condition:
            for leaf in alternative:
                looks[leaf.fact].add(leaf)
                count[leaf.fact, getattr(leaf, "member", "")] += 1
    found = [v for name in sorted(looks) for v in variables(facts[name], looks[name])]
    return tuple(
        sorted(found, key=lambda v: (-count[v.fact.name, v.member], v.fact.name, v.member))
    )


_Looks = Mapping[Leaf, tuple[int, tuple[bool, ...]]]
"""For each leaf the variable that it looks at, and in which regions it holds."""


def _simplified(condition: frozenset[Alternative], looks: _Looks) -> list[Clause]:
    """The clauses of a condition, without those that can never hold and leaves that always do."""
    found = {c for a in condition if (c := _clause(a, looks)) is not None}
    return sorted(found) if () not in found else [()]


def _clause(alternative: Alternative, looks: _Looks) -> Clause | None:
    holds: dict[int, tuple[bool, ...]] = {}
    for leaf in alternative:
        index, truth = looks[leaf]
        before = holds.get(index)
        if before is not None:
            truth = tuple(a and b for a, b in zip(truth, before, strict=True))
        holds[index] = truth
    if not all(any(truth) for truth in holds.values()):
        return None
    return tuple(sorted((i, t) for i, t in holds.items() if not all(t)))


def _repeats_a_variable(clauses: Sequence[Clause]) -> bool:
    looked_at = [index for clause in clauses for index, _ in clause]
    return len(looked_at) != len(set(looked_at))


def _tabulate(book: ClauseBook) -> None:
    book.mentions = [0] * len(book.variables)
    book.falsified = [[0] * len(v.regions) for v in book.variables]
    for number, clause in book.clauses.items():
        for index, truth in clause:
            book.mentions[index] |= 1 << number
            for region, holds in enumerate(truth):
                if not holds:
                    book.falsified[index][region] |= 1 << number
