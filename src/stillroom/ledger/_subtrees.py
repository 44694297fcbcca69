"""Proofs about a part of the tree: draft-ietf-plants-merkle-tree-certs §4 ("Subtrees").

A subtree is the run of leaves from `start` up to but not including `end`, where `start` is a
multiple of the smallest power of two that is not less than `end - start`. RFC 9162's own proofs
are the case `start == 0`. A witness who keeps only one quarter's entries checks them with these.
"""

from collections.abc import Sequence

from stillroom.ledger._errors import NotProven
from stillroom.ledger._merkle import (
    EMPTY_ROOT,
    node_hash,
    require_hashes,
    require_same,
    verify_inclusion,
)


def verify_subtree_inclusion(
    leaf: bytes, index: int, start: int, end: int, proof: Sequence[bytes], root: bytes
) -> None:
    """That `leaf` is entry `index` of the log, within the subtree under `root`."""
    _require_subtree(start, end)
    if not start <= index < end:
        raise NotProven("that part of the log has no entry of this number")
    verify_inclusion(leaf, index - start, end - start, proof, root)


def verify_subtree_consistency(
    start: int, end: int, size: int, proof: Sequence[bytes], part_root: bytes, root: bytes
) -> None:
    """That the subtree under `part_root` stands at `start` in the log of `size` under `root`."""
    _require_subtree(start, end)
    if end > size:
        raise NotProven("that part of the log reaches beyond its end")
    require_hashes(*proof)
    if start == end:  # nothing is a part of anything, and needs no proof
        if proof:
            raise NotProven("an empty part needs no proof, yet one is given")
        require_same(part_root, EMPTY_ROOT, "an empty part has the root of an empty log")
        return
    part, whole = _climb(list(proof), start, end - 1, size - 1, part_root)
    require_same(part, part_root, "the proof does not begin with that part of the log")
    require_same(whole, root, "the proof does not end at the log's root")


def _climb(path: list[bytes], fn: int, sn: int, tn: int, part_root: bytes) -> tuple[bytes, bytes]:
    """The roots of the part and of the whole to which the path leads (§4.4.3 of the draft)."""
    while fn != sn and (sn == tn or sn & 1):
        fn, sn, tn = fn >> 1, sn >> 1, tn >> 1
    if fn == sn:  # the part is one complete node (or runs to the right edge): it is its own start
        if path:
            require_hashes(part_root)
        path.insert(0, part_root)
    if not path:
        raise NotProven("the proof is empty")
    part = whole = path[0]
    for sibling in path[1:]:
        if tn == 0:
            raise NotProven("the proof is longer than the tree is high")
        if sn & 1 or sn == tn:
            part = node_hash(sibling, part) if fn < sn else part
            whole = node_hash(sibling, whole)
            while not sn & 1 and sn:
                fn, sn, tn = fn >> 1, sn >> 1, tn >> 1
        else:
            whole = node_hash(whole, sibling)
        fn, sn, tn = fn >> 1, sn >> 1, tn >> 1
    if tn != 0:
        raise NotProven("the proof is shorter than the tree is high")
    return part, whole


def _require_subtree(start: int, end: int) -> None:
    if not 0 <= start <= end:
        raise NotProven("a part of the log begins at or after nought and ends after it begins")
    step = 1 << (end - start - 1).bit_length() if end > start else 1
    if start % step:
        raise NotProven("these entries are not one subtree of the log")
