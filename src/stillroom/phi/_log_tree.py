"""The tree of a stored log: where it grows, and the hashes that proofs need."""

from collections.abc import Iterator
from threading import Lock

from stillroom.ledger import (
    EMPTY_ROOT,
    TILE_WIDTH,
    Edge,
    StoredTree,
    TreeHole,
    leaf_hash,
)
from stillroom.phi._log_errors import LogUnopenable
from stillroom.phi._log_tables import Head, Tables

_FEW = 2 * TILE_WIDTH
"""So many entries of another program are simply added; after more, the edge is read anew."""


def verified_edge(tables: Tables) -> Edge:
    """The edge of the stored log; `LogUnopenable` when its end and its head disagree."""
    head = tables.head()
    if tables.last_row() != head.size - 1:
        raise LogUnopenable("the ledger has more or fewer entries than it says of itself")
    return catch_up(None, head, tables)


def catch_up(edge: Edge | None, head: Head, tables: Tables) -> Edge:
    """The edge of the log at `head`: `edge` itself, or grown by what others wrote since.

    Raises `LogUnopenable` when the stored log does not continue `edge`, or is not what `head` says.
    """
    if edge is not None and edge.size > head.size:
        raise LogUnopenable("the ledger has become shorter than this program has seen it")
    if edge is None or head.size - edge.size > _FEW:
        edge = _restore(head, tables)
    elif edge.size < head.size:
        edge = edge.copy()
        for row in tables.rows(edge.size, head.size):
            edge.append(leaf_hash(row))
    if (edge.size, edge.root()) != (head.size, head.root):
        raise LogUnopenable("the end of the ledger does not agree with its own size and root")
    return edge


def _restore(head: Head, tables: Tables) -> Edge:
    try:
        return Edge.restore(head.size, lambda level, index: _tile(tables, level, index))
    except TreeHole:
        raise LogUnopenable("the end of the ledger is missing, or its tree is") from None


def _tile(tables: Tables, level: int, index: int) -> bytes:
    """A tile as stored; one of level 0 that is not stored yet, from its entries."""
    stored = tables.tile(level, index)
    if stored or level > 0:
        return stored
    rows = tables.rows(index * TILE_WIDTH, (index + 1) * TILE_WIDTH)
    return b"".join([leaf_hash(row) for row in rows])


def whole_tiles(tables: Tables, before: int, after: int) -> Iterator[tuple[int, list[bytes]]]:
    """(number, entries) of each tile of entries that was completed between two sizes."""
    for tile in range(before // TILE_WIDTH, after // TILE_WIDTH):
        yield tile, tables.rows(tile * TILE_WIDTH, (tile + 1) * TILE_WIDTH)


class TreeMemory:
    """What one proof leaves behind for the next, safe from several threads: the upper tiles, which
    never change, and the leaf hashes of the one tile that is not stored yet, which only grow."""

    def __init__(self) -> None:
        self._upper: dict[tuple[int, int], list[list[bytes]]] = {}
        self._lock = Lock()
        self._partial: tuple[int, bytes] = (-1, b"")

    def tree(self, tables: Tables) -> StoredTree:
        """The stored tree, for one proof."""
        return StoredTree(lambda level, index: self._tile(tables, level, index), self._upper)

    def root(self, tables: Tables, size: int) -> bytes:
        """The root over the first `size` entries."""
        return self.tree(tables).subtree(0, size) if size else EMPTY_ROOT

    def _tile(self, tables: Tables, level: int, index: int) -> bytes:
        stored = tables.tile(level, index)
        if stored or level > 0:
            return stored
        with self._lock:
            known = self._partial[1] if self._partial[0] == index else b""
            first = index * TILE_WIDTH + len(known) // 32
            rows = tables.rows(first, (index + 1) * TILE_WIDTH)
            joined = known + b"".join([leaf_hash(row) for row in rows])
            self._partial = (index, joined)
            return joined
