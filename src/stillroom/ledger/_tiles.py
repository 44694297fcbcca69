"""The stored tree: hashes in tiles of 256, the shape of C2SP tlog-tiles.

Tile `index` of level 0 holds the leaf hashes 256·index and on; tile `index` of a level above holds
the roots of the 256 tiles below it. So the tree costs 32 bytes an entry and a few for all levels
above, is written once every 256 entries, and a proof in a log of ten million reads a handful of
tiles. The tile of level 0 that is not full yet is not stored: the entries themselves are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from stillroom.kernel import Misuse
from stillroom.ledger._errors import TreeHole
from stillroom.ledger._frontier import Frontier
from stillroom.ledger._merkle import HASH_BYTES, node_hash, split_point

TILE_WIDTH = 256
TILE_HEIGHT = 8
MOST_SHARED = 192
"""Tiles that are kept folded, about 35 kB each: those above twelve million entries."""

ReadTile = Callable[[int, int], bytes]
"""`read(level, index)`: the joined hashes of a tile, also of the unfinished one of level 0."""


@dataclass(frozen=True, slots=True)
class Tile:
    """`hashes` are those of the tile, joined; above level 0 there may be fewer than 256 yet."""

    level: int
    index: int
    hashes: bytes


Rows = list[list[bytes]]


def fold(hashes: list[bytes]) -> Rows:
    """The complete nodes over a tile's hashes: row by row, up to the row below the next tile."""
    rows = [hashes]
    for _ in range(TILE_HEIGHT):
        row = rows[-1]
        pairs = range(0, len(row) - 1, 2)
        rows.append([sha256(b"\x01" + row[i] + row[i + 1]).digest() for i in pairs])
    return rows


def split_hashes(joined: bytes) -> list[bytes]:
    """The single hashes of a tile."""
    return [joined[i : i + HASH_BYTES] for i in range(0, len(joined), HASH_BYTES)]


class Edge:
    """The right edge of the stored tree: where it grows, and which tiles that changes.

    To grow by a batch that may yet fail, grow a `copy()` and keep it when the batch is durable.
    """

    __slots__ = ("_changed", "_frontier", "_rows")

    def __init__(self) -> None:
        self._frontier = Frontier()
        self._rows: list[list[bytes]] = [[]]
        self._changed: dict[tuple[int, int], bytes] = {}

    @classmethod
    def restore(cls, size: int, read: ReadTile) -> "Edge":
        """The edge of a stored log of `size` entries, from its unfinished tiles.

        Raises `TreeHole` when a tile is shorter than the size asks for.
        """
        edge = cls()
        edge._rows = [
            _row(read, level, size, width) for level, width in enumerate(row_widths(size))
        ]
        peaks = [peak for row in reversed(edge._rows) for peak in _peaks(row)]
        edge._frontier = Frontier(size, peaks)
        return edge

    @property
    def size(self) -> int:
        """How many entries the log has."""
        return self._frontier.size

    def root(self) -> bytes:
        """The root of the log."""
        return self._frontier.root()

    def copy(self) -> "Edge":
        """An independent edge of the same log, with no changes noted."""
        other = Edge()
        other._frontier = self._frontier.copy()
        other._rows = [row.copy() for row in self._rows]
        return other

    def append(self, leaf: bytes) -> None:
        """One leaf hash more."""
        self._frontier.append(leaf)
        row = self._rows[0]
        row.append(leaf)
        if len(row) == TILE_WIDTH:
            self._note(0)

    def _note(self, level: int) -> None:
        """The tile at the edge of `level` changed; when it is full, so does the one above it."""
        row = self._rows[level]
        last = (self.size - 1) >> TILE_HEIGHT * (level + 1)
        self._changed[level, last] = b"".join(row)
        if len(row) < TILE_WIDTH:
            return
        if level + 1 == len(self._rows):
            self._rows.append([])
        self._rows[level + 1].append(fold(row)[-1][0])
        row.clear()
        self._note(level + 1)

    def changed(self) -> tuple[Tile, ...]:
        """The tiles to store for what was appended since this edge was made or copied."""
        return tuple(Tile(level, index, hashes) for (level, index), hashes in self._changed.items())


def row_widths(size: int) -> list[int]:
    """How many hashes the unfinished tile of each level has in a log of `size`, level 0 first."""
    widths = [size % TILE_WIDTH]
    while size := size >> TILE_HEIGHT:
        widths.append(size % TILE_WIDTH)
    return widths


def _row(read: ReadTile, level: int, size: int, width: int) -> list[bytes]:
    """The first `width` hashes of the last tile of `level`."""
    if not width:
        return []
    row = split_hashes(read(level, size >> TILE_HEIGHT * (level + 1)))[:width]
    if len(row) != width:
        raise TreeHole
    return row


def _peaks(row: list[bytes]) -> list[bytes]:
    """The roots of the complete subtrees in an unfinished tile, widest first."""
    rows = fold(row)
    heights = range(TILE_HEIGHT - 1, -1, -1)
    return [rows[height][-1] for height in heights if len(row) >> height & 1]


class StoredTree:
    """The hash of any run of leaves, read from tiles. For one proof: it reads each tile once.

    Upper tiles serve many proofs, and so does the last tile of each level, until it grows. They are
    kept, folded, in `shared`, which the trees of one log may have in common.
    """

    __slots__ = ("_own", "_read", "_shared")

    def __init__(self, read: ReadTile, shared: dict[tuple[int, int], Rows] | None = None) -> None:
        self._read = read
        self._shared: dict[tuple[int, int], Rows] = {} if shared is None else shared
        self._own: dict[tuple[int, int], Rows] = {}

    def subtree(self, start: int, end: int) -> bytes:
        """The hash over the leaves from `start` up to but not including `end`.

        `start` must be where RFC 9162's own division of the tree begins a run. Raises
        `TreeHole` where the stored tree does not reach.
        """
        width = end - start
        if width < 1:
            raise Misuse("a run of leaves has at least one")
        if width & (width - 1) == 0:
            return self._node(width.bit_length() - 1, start)
        middle = start + split_point(width)
        return node_hash(self.subtree(start, middle), self.subtree(middle, end))

    def _node(self, height: int, start: int) -> bytes:
        """The root of the complete subtree of 2^height leaves that begins at `start`."""
        level, rest = divmod(height, TILE_HEIGHT)
        index, offset = divmod(start >> TILE_HEIGHT * level, TILE_WIDTH)
        row = self._rows(level, index)[rest]
        if offset >> rest >= len(row):
            raise TreeHole
        return row[offset >> rest]

    def _rows(self, level: int, index: int) -> Rows:
        """The complete nodes in a tile, its own hashes first, then each row above them."""
        tile = (level, index)
        rows = self._own.get(tile)
        if rows is None:
            rows = self._own[tile] = self._look_up(level, index)
        return rows

    def _look_up(self, level: int, index: int) -> Rows:
        tile = (level, index)
        kept = self._shared.get(tile)
        if kept is not None and len(kept[0]) == TILE_WIDTH:
            return kept  # a full tile never changes
        joined = self._read(level, index)
        if kept is not None and len(joined) == len(kept[0]) * HASH_BYTES:
            return kept  # and others only grow
        rows = fold(split_hashes(joined))
        if level > 0 or len(rows[0]) < TILE_WIDTH:
            if len(self._shared) >= MOST_SHARED:
                self._shared.clear()
            self._shared[tile] = rows
        return rows
