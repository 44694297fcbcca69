"""What a function may still become once one variable is known: for all variables in one pass.

An answer to variable x leaves the values below x's own edges of that region, and those of every
path that never looks at x. The second are gathered as differences along the order of variables, so
the pass costs one look at each edge.
"""

from itertools import accumulate
from math import sqrt

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


def sway(diagrams: Diagrams, node: int, shares: list[list[float]]) -> dict[int, float]:
    """How far each variable by itself moves the function, in steps, on average over the rest.

    The standard deviation of the mean given the variable (the root of Sobol's first-order
    index), with every region as likely as its share. It only ranks; nothing rests on it.
    """
    inner = sorted({node} | {child for *_, child in diagrams.edges(node)})
    inner = sorted((n for n in inner if n >= TERMINALS), key=lambda n: (diagrams.top(n), n))
    mean: dict[int, float] = {terminal: float(terminal) for terminal in range(TERMINALS)}
    for found in reversed(inner):
        pairs = zip(shares[diagrams.top(found)], diagrams.children(found), strict=True)
        mean[found] = sum(share * mean[child] for share, child in pairs)
    reach: dict[int, float] = dict.fromkeys(inner, 0.0) | {node: 1.0}
    shift: dict[int, list[float]] = {}
    for found in inner:
        variable = diagrams.top(found)
        moved = shift.setdefault(variable, [0.0] * len(shares[variable]))
        for region, child in enumerate(diagrams.children(found)):
            moved[region] += reach[found] * (mean[child] - mean[found])
            if child >= TERMINALS:
                reach[child] += reach[found] * shares[variable][region]
    return {v: _deviation(shares[v], moved) for v, moved in shift.items()}


def _deviation(shares: list[float], moved: list[float]) -> float:
    pairs = zip(shares, moved, strict=True)
    return sqrt(sum(share * shift * shift for share, shift in pairs))
