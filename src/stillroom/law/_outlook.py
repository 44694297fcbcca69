"""What a function may still become once one variable is known: for all variables in one pass.

An answer to variable x leaves the values below x's own edges of that region, and those of every
path that never looks at x. The second are gathered as differences along the order of variables, so
the pass costs one look at each edge.
"""

from itertools import accumulate

from stillroom.law._diagram import TERMINALS, Diagrams

Values = tuple[int, int]
"""Least and greatest."""


def outlook(diagrams: Diagrams, node: int, regions: list[int]) -> list[list[Values]]:
    """For each variable (with `regions[variable]` regions) and region, the ends of the function.

    Exact: both ends are reached by some completion with the variable in that region.
    """
    count = len(regions)
    taken = [[0] * n for n in regions]
    passing = [[0] * (count + 1) for _ in range(TERMINALS)]

    def passes(start: int, stop: int, values: int) -> None:
        for value in range(TERMINALS):
            if values >> value & 1:
                passing[value][start] += 1
                passing[value][min(stop, count)] -= 1

    passes(0, diagrams.top(node), _mask(diagrams, node))
    for variable, region, below, child in diagrams.edges(node):
        values = _mask(diagrams, child)
        taken[variable][region] |= values
        passes(variable + 1, below, values)
    skipped = [list(accumulate(counts)) for counts in passing]
    beside = [sum(1 << v for v in range(TERMINALS) if skipped[v][x]) for x in range(count)]
    return [[_ends(mask | beside[x]) for mask in taken[x]] for x in range(count)]


def _mask(diagrams: Diagrams, node: int) -> int:
    return sum(1 << value for value in diagrams.values(node))


def _ends(mask: int) -> Values:
    return (mask & -mask).bit_length() - 1, mask.bit_length() - 1
