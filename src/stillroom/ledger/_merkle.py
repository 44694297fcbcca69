"""The Merkle tree of RFC 9162 §2.1: hashes, roots, and checking of proofs.

Rules kept: SHA-256; 0x00 before a leaf and 0x01 before an inner node, so that neither can pass for
the other (§2.1.1); a proof must use each of its hashes and end exactly at the root (§2.1.3.2,
§2.1.4.2). Verification returns nothing or raises `NotProven`.

    >>> leaves = [leaf_hash(word) for word in (b"a", b"b", b"c")]
    >>> root_hash(leaves) == node_hash(node_hash(leaves[0], leaves[1]), leaves[2])
    True
"""

from collections.abc import Sequence
from hashlib import sha256
from hmac import compare_digest

from stillroom.ledger._errors import NotProven

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
"""§2.1.1: the hash of an empty list is the hash of an empty string."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry as a leaf (§2.1.1)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node over its two children (§2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def split_point(width: int) -> int:
    """The largest power of two smaller than `width` (§2.1.1), for `width` of two or more."""
    return 1 << ((width - 1).bit_length() - 1)


def root_hash(leaves: Sequence[bytes]) -> bytes:
    """MTH of §2.1.1 over leaf hashes, word for word: the yardstick for all faster ways."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = split_point(len(leaves))
    return node_hash(root_hash(leaves[:k]), root_hash(leaves[k:]))


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """That `leaf` is number `index` (from 0) of the `size` leaves under `root` (§2.1.3.2).

    Raises `NotProven` otherwise.
    """
    if not 0 <= index < size:
        raise NotProven("the log of this checkpoint has no entry of that number")
    require_hashes(leaf, *proof)
    fn, sn = index, size - 1
    reached = leaf
    for sibling in proof:
        if sn == 0:
            raise NotProven("the proof is longer than the tree is high")
        if fn & 1 or fn == sn:
            reached = node_hash(sibling, reached)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            reached = node_hash(reached, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        raise NotProven("the proof is shorter than the tree is high")
    require_same(reached, root, "the proof leads to another root than the checkpoint's")


def verify_consistency(
    old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """That the log under `new_root` begins with the whole log under `old_root` (§2.1.4.2).

    Raises `NotProven` otherwise, also for an old size of nought: §2.1.4.1 defines no proof from an
    empty log, because it would say nothing.
    """
    require_hashes(*proof)
    if not 0 < old_size <= new_size:
        raise NotProven("the older log must have entries, and no more than the newer one")
    if old_size == new_size:
        if proof:
            raise NotProven("logs of the same size need no proof, yet one is given")
        require_same(old_root, new_root, "two logs of the same size have different roots")
        return
    path = list(proof)
    if old_size & (old_size - 1) == 0:  # step 2: a complete tree is its own first node
        require_hashes(old_root)
        path.insert(0, old_root)
    old, new = _climb(path, old_size - 1, new_size - 1)
    require_same(old, old_root, "the proof does not begin with the older log")
    require_same(new, new_root, "the proof does not end at the newer log")


def _climb(path: Sequence[bytes], fn: int, sn: int) -> tuple[bytes, bytes]:
    """Steps 3 to 7 of §2.1.4.2: the two roots that the path leads to."""
    if not path:
        raise NotProven("the proof is empty")
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if sn == 0:
            raise NotProven("the proof is longer than the tree is high")
        if fn & 1 or fn == sn:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = node_hash(new, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        raise NotProven("the proof is shorter than the tree is high")
    return old, new


def require_hashes(*values: bytes) -> None:
    """Each value has the length of a hash; a path with anything else in it proves nothing."""
    if any(len(value) != HASH_BYTES for value in values):
        raise NotProven("the proof holds something that is not a hash")


def require_same(found: bytes, wanted: bytes, complaint: str) -> None:
    """`found` is `wanted`, or the complaint."""
    if not compare_digest(found, wanted):
        raise NotProven(complaint)
