"""Making of proofs: PATH of RFC 9162 §2.1.3.1 and PROOF of §2.1.4.1.

Both are written once over `subtree(start, end)`, the hash of a run of leaves, so that the same
lines serve a list in memory and the stored tree. They only ever ask for runs that the tree itself
has: a complete subtree, or the ragged rest at the right edge.
"""

from collections.abc import Callable, Sequence

from stillroom.kernel import Misuse
from stillroom.ledger._merkle import root_hash, split_point

Subtree = Callable[[int, int], bytes]
"""`subtree(start, end)`: the hash of the leaves from `start` up to but not including `end`."""


def prove_inclusion(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The path of leaf `index` (from 0) in the tree of all `leaves`, leaf's sibling first."""
    return inclusion_path(index, len(leaves), _over(leaves))


def prove_consistency(leaves: Sequence[bytes], old_size: int) -> tuple[bytes, ...]:
    """The proof that the first `old_size` of `leaves` are the beginning of all of them."""
    return consistency_path(old_size, len(leaves), _over(leaves))


def inclusion_path(index: int, size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """PATH(index, D[size]) of §2.1.3.1. `Misuse` when the log has no such entry."""
    if not 0 <= index < size:
        raise Misuse(f"no entry {index} in a log of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + split_point(end - start)
        if index < middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(start, middle))
            start = middle
    path.reverse()
    return tuple(path)


def consistency_path(old_size: int, new_size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """PROOF(old_size, D[new_size]) of §2.1.4.1. `Misuse` for sizes that have no proof."""
    if not 0 < old_size <= new_size:
        raise Misuse(f"no consistency proof from {old_size} to {new_size}")
    path: list[bytes] = []
    start, end = 0, new_size
    known = True  # §2.1.4.1's b: the old root itself needs no repeating
    while end > old_size:
        middle = start + split_point(end - start)
        if old_size <= middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(start, middle))
            start, known = middle, False
    if not known:
        path.append(subtree(start, end))
    path.reverse()
    return tuple(path)


def _over(leaves: Sequence[bytes]) -> Subtree:
    return lambda start, end: root_hash(leaves[start:end])
