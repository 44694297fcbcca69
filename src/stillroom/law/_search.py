"""Looking for one completion in a diagram, without building another.

Both questions are about functions of two values, 0 (shut) and 1 (open), when some variables are
known to lie in given regions.
"""

from collections.abc import Iterator, Mapping

from stillroom.law._diagram import TERMINALS, Diagrams

MOST_PAIRS = 20_000
"""Pairs of nodes after which a search is given up and nothing is claimed."""


def surely_open(diagrams: Diagrams, door: int, known: Mapping[int, int]) -> bool:
    """Whether the function is 1 in every completion of what is known."""
    return not _reaches(diagrams, door, known, 0)


def raised_by(diagrams: Diagrams, door: int, known: Mapping[int, int]) -> bool:
    """Whether some completion of the rest is 1 with `known`, and 0 for other values of it."""
    seen: set[tuple[int, int]] = set()
    waiting = [(_follow(diagrams, door, known), door)]
    while waiting and len(seen) < MOST_PAIRS:
        pair = waiting.pop()
        opened, shut = pair
        if pair in seen or opened == 0 or shut == 1:
            continue
        if opened == 1 or (shut == 0 and _reaches(diagrams, opened, known, 1)):
            return True  # a function that is not the constant 1 is 0 somewhere
        seen.add(pair)
        waiting += _below(diagrams, opened, shut, known)
    return False


def _follow(diagrams: Diagrams, node: int, known: Mapping[int, int]) -> int:
    """Down the known variables to the first that is not."""
    while node >= TERMINALS and diagrams.top(node) in known:
        node = diagrams.children(node)[known[diagrams.top(node)]]
    return node


def _below(
    diagrams: Diagrams, opened: int, shut: int, known: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """The pairs one variable further; the known ones are free on the shut side."""
    variable = min(diagrams.top(opened), diagrams.top(shut))
    looks = [diagrams.top(node) == variable for node in (opened, shut)]
    for region in range(len(diagrams.children(opened if looks[0] else shut))):
        left = diagrams.children(opened)[region] if looks[0] else opened
        right = diagrams.children(shut)[region] if looks[1] else shut
        yield _follow(diagrams, left, known), right


def _reaches(diagrams: Diagrams, node: int, known: Mapping[int, int], value: int) -> bool:
    seen: set[int] = set()
    waiting = [_follow(diagrams, node, known)]
    while waiting:
        found = waiting.pop()
        if found == value:
            return True
        if found >= TERMINALS and found not in seen:
            seen.add(found)
            waiting += [_follow(diagrams, child, known) for child in diagrams.children(found)]
    return False
