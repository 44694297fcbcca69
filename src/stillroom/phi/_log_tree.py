"""The tree of a stored log: where it grows, and the hashes that proofs need."""

from collections.abc import Iterator
from threading import Lock

from stillroom.ledger import (
    EMPTY_ROOT,
    TILE_WIDTH,
    Edge,
    StoredTree,
    TreeHole,
    consistency_path,
    inclusion_path,
    leaf_hash,
)
from stillroom.phi._log_errors import LogUnopenable
from stillroom.phi._log_store import Head, Reading

_FEW = 2 * TILE_WIDTH
"""So many entries of another program are simply added; after more, the edge is read anew."""


def catch_up(edge: Edge | None, head: Head, reading: Reading) -> Edge:
    """The edge of the log at `head`: `edge` itself, or grown by what others wrote since.

    Raises `LogUnopenable` when the stored log does not continue `edge`, or is not what `head` says.
    """
    if edge is not None and edge.size > head.size:
        raise LogUnopenable("the ledger has become shorter than this program has seen it")
    if edge is None or head.size - edge.size > _FEW:
        edge = _restore(head, reading)
    elif edge.size < head.size:
        edge = edge.copy()
        for row in reading.rows(edge.size, head.size):
            edge.append(leaf_hash(row))
    if (edge.size, edge.root()) != (head.size, head.root):
        raise LogUnopenable("the end of the ledger does not agree with its own size and root")
    return edge


def _restore(head: Head, reading: Reading) -> Edge:
    try:
        return Edge.restore(head.size, lambda level, index: _tile(reading, level, index))
    except TreeHole:
        raise LogUnopenable("the end of the ledger is missing, or its tree is") from None


def _tile(reading: Reading, level: int, index: int) -> bytes:
    """A tile as stored; one of level 0 that is not stored yet, from its entries."""
    stored = reading.tile(level, index)
    if stored or level > 0:
        return stored
    rows = reading.rows(index * TILE_WIDTH, (index + 1) * TILE_WIDTH)
    return b"".join([leaf_hash(row) for row in rows])


def whole_tiles(reading: Reading, before: int, after: int) -> Iterator[tuple[int, list[bytes]]]:
    """(number, entries) of each tile of entries that was completed between two sizes."""
    for tile in range(before // TILE_WIDTH, after // TILE_WIDTH):
        yield tile, reading.rows(tile * TILE_WIDTH, (tile + 1) * TILE_WIDTH)


class TreeReader:
    """Hashes for proofs, safe from several threads.

    Remembers the leaf hashes of the one tile that is not stored yet: they can only grow.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._full: dict[tuple[int, int], list[list[bytes]]] = {}
        self._lock = Lock()
        self._partial: tuple[int, bytes] = (-1, b"")

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """The path of entry `index` to the root over the first `size` entries."""
        return inclusion_path(index, size, self._tree().subtree)

    def consistency(self, old_size: int, new_size: int) -> tuple[bytes, ...]:
        """The proof that the first `old_size` entries begin the first `new_size`."""
        return consistency_path(old_size, new_size, self._tree().subtree)

    def root(self, size: int) -> bytes:
        """The root over the first `size` entries."""
        return self._tree().subtree(0, size) if size else EMPTY_ROOT

    def _tree(self) -> StoredTree:
        return StoredTree(self._tile, self._full)

    def _tile(self, level: int, index: int) -> bytes:
        stored = self._reading.tile(level, index)
        if stored or level > 0:
            return stored
        with self._lock:
            known = self._partial[1] if self._partial[0] == index else b""
            first = index * TILE_WIDTH + len(known) // 32
            rows = self._reading.rows(first, (index + 1) * TILE_WIDTH)
            joined = known + b"".join([leaf_hash(row) for row in rows])
            self._partial = (index, joined)
            return joined
