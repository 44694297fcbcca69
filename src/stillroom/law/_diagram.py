"""Decision diagrams over variables of several values: canonical, so equality is identity.

A node is a number. 0 to 4 are the terminals (levels, or no and yes); any other looks at one
variable and has a child for each of its regions. Equal functions are always the same node, so a
function truly depends on just the variables that its diagram looks at.

After R. E. Bryant, Graph-Based Algorithms for Boolean Function Manipulation, IEEE Transactions on
Computers C-35(8), 1986, with more than two children and more than two terminals.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from stillroom.law._scale import LEVELS, Table

TERMINALS: Final = len(LEVELS)
_LAST: Final = 1 << 30
MOST_STEPS: Final = 300_000
"""Steps after which a diagram is given up and the quick answer stands, marked as not exact."""


_BOTH: Final = -1
_ITSELF: Final = -2
_MEMBERS: Final = tuple(
    frozenset(bit for bit in range(TERMINALS) if mask >> bit & 1) for mask in range(1 << TERMINALS)
)


class TooLarge(Exception):
    """The diagram would grow beyond MOST_STEPS."""


class Diagrams:
    """A workshop for diagrams over variables 0, 1, … in that order."""

    def __init__(self, *, most_steps: int = MOST_STEPS) -> None:
        self._at: list[int] = [_LAST] * TERMINALS
        self._children: list[tuple[int, ...]] = [()] * TERMINALS
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}
        self._joined: dict[int, dict[tuple[int, int], int]] = {}
        # Which terminals a function reaches, as a mask of bits; known as soon as it is made.
        self._reaches: list[int] = [1 << terminal for terminal in range(TERMINALS)]
        self._decided: dict[tuple[tuple[int, ...], int], int] = {}
        self._left = most_steps

    def node(self, variable: int, children: tuple[int, ...]) -> int:
        """The function that is children[i] where `variable` is in region i."""
        first = children[0]
        if children.count(first) == len(children):
            return first
        key = (variable, children)
        found = self._unique.get(key)
        if found is None:
            self._left -= 1
            if self._left < 0:
                raise TooLarge
            found = len(self._at)
            self._unique[key] = found
            self._at.append(variable)
            self._children.append(children)
            reaches = 0
            for child in children:
                reaches |= self._reaches[child]
            self._reaches.append(reaches)
        return found

    def conjunction(self, literals: Sequence[tuple[int, tuple[bool, ...]]]) -> int:
        """1 where every variable lies in a region marked true; literals ordered by variable."""
        found = 1
        for variable, truth in reversed(literals):
            found = self.node(variable, tuple(found if holds else 0 for holds in truth))
        return found

    def join(self, table: Table, a: int, b: int) -> int:
        """The function `table[a][b]` of two functions."""
        return self._join(table, self._joined.setdefault(id(table), {}), a, b)

    def _join(self, table: Table, memo: dict[tuple[int, int], int], a: int, b: int) -> int:
        if a < TERMINALS and b < TERMINALS:
            return table[a][b]
        found = memo.get((a, b))
        if found is not None:
            return found
        self._left -= 1
        if self._left < 0:
            raise TooLarge
        found = _BOTH
        if a < TERMINALS:
            found = self._shortcut(table[a], b)
        elif b < TERMINALS:
            found = self._shortcut(tuple([row[b] for row in table]), a)
        if found == _BOTH:
            join, at = self._join, self._at
            variable, other = at[a], at[b]
            left, right = self._children[a], self._children[b]
            if variable > other:
                children = [join(table, memo, a, y) for y in right]
                variable = other
            elif variable < other:
                children = [join(table, memo, x, b) for x in left]
            else:
                children = [join(table, memo, x, y) for x, y in zip(left, right, strict=True)]
            found = self.node(variable, tuple(children))
        memo[a, b] = found
        return found

    def _shortcut(self, line: tuple[int, ...], node: int) -> int:
        """What `line` makes of a function when that needs no look at its variables: a terminal, if
        all it reaches becomes the same; itself, if all stays as it is; else `_BOTH`."""
        key = line, self._reaches[node]
        found = self._decided.get(key)
        if found is None:
            values = self.values(node)
            reached = {line[value] for value in values}
            if len(reached) == 1:
                found = reached.pop()
            else:
                found = _ITSELF if all(line[value] == value for value in values) else _BOTH
            self._decided[key] = found
        return node if found == _ITSELF else found

    def restrict(self, node: int, known: Mapping[int, int]) -> int:
        """The function once each variable of `known` lies in the region given for it."""
        return self._restrict(node, known, max(known, default=-1), {})

    def _restrict(
        self, node: int, known: Mapping[int, int], last: int, memo: dict[int, int]
    ) -> int:
        variable = self._at[node]
        if variable > last:
            return node
        found = memo.get(node)
        if found is None:
            children = self._children[node]
            region = known.get(variable)
            if region is not None:
                found = self._restrict(children[region], known, last, memo)
            else:
                kept = tuple([self._restrict(c, known, last, memo) for c in children])
                found = self.node(variable, kept)
            memo[node] = found
        return found

    def support(self, *nodes: int) -> frozenset[int]:
        """The variables on which the functions truly depend."""
        seen: set[int] = set()
        waiting = [node for node in nodes if node >= TERMINALS]
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += [child for child in self._children[node] if child >= TERMINALS]
        return frozenset(self._at[node] for node in seen)

    def values(self, node: int) -> frozenset[int]:
        """The values that the function takes; each is reached by some completion."""
        return _MEMBERS[self._reaches[node]]

    def edges(self, node: int) -> Iterator[tuple[int, int, int, int]]:
        """Every edge below a node: variable, region, the variable it leads to, and the child.

        A terminal stands below the last variable.
        """
        seen = {node}
        waiting = [node] if node >= TERMINALS else []
        while waiting:
            found = waiting.pop()
            for region, child in enumerate(self._children[found]):
                yield self._at[found], region, self._at[child], child
                if child >= TERMINALS and child not in seen:
                    seen.add(child)
                    waiting.append(child)

    def children(self, node: int) -> tuple[int, ...]:
        """What a node leads to, by region of its variable."""
        return self._children[node]

    def top(self, node: int) -> int:
        """The first variable a function looks at (beyond the last, for a constant)."""
        return self._at[node]
