"""Large logs: a million entries to audit, and the tree of ten million to prove from.

python -m tests.bench.ledger_large audit FILE      seconds, and how far memory grew
"""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from stillroom.ledger import TILE_WIDTH, Edge, StoredTree, audit, leaf_hash, root_hash
from stillroom.phi import Log
from tests.bench.ledger_writers import entry

_STRIDE = 5000


def fill(file: Path, size: int) -> None:
    """A log of `size` entries, appended in strides."""
    with Log.open(file) as log:
        for start in range(0, size, _STRIDE):
            log.append_all([entry(number) for number in range(start, min(start + _STRIDE, size))])


def audited(file: Path, what: str) -> dict[str, float]:
    """`seconds` and `grown` (bytes of memory at the peak) of an audit in a fresh process."""
    command = [sys.executable, "-m", "tests.bench.ledger_large", what, str(file)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(ran.stdout)
    return told


def plant_tree(file: Path, size: int) -> None:
    """The stored tree of a log of `size` entries, without writing the entries themselves but for
    the last few, from which the unfinished tile is read. Proofs read nothing else."""
    with Log.open(file):
        pass
    connection = sqlite3.connect(file)
    level, hashes = 0, _leaf_tiles(connection, size)
    while hashes:
        level += 1
        hashes = _put_tiles(connection, level, hashes)
    tail = range(size - size % TILE_WIDTH, size)
    raws = [(number, entry(number).canonical()) for number in tail]
    connection.executemany("INSERT INTO entry VALUES (?, ?)", raws)
    tree = StoredTree(lambda level, index: _tile(connection, level, index))
    connection.execute("UPDATE head SET size = ?, root = ?", (size, tree.subtree(0, size)))
    connection.commit()
    connection.close()


def leaf(number: int) -> bytes:
    """The hash that stands for entry `number` where no entry was written."""
    return leaf_hash(number.to_bytes(8, "big"))


def _leaf_tiles(connection: sqlite3.Connection, size: int) -> list[bytes]:
    """Full tiles of leaves; gives their roots."""
    return _put_tiles(connection, 0, (leaf(number) for number in range(size - size % TILE_WIDTH)))


def _put_tiles(connection: sqlite3.Connection, level: int, hashes: Any) -> list[bytes]:
    """Write hashes into tiles of a level; gives the roots of the full ones."""
    roots: list[bytes] = []
    row: list[bytes] = []

    def put() -> None:
        values = (level, len(roots), b"".join(row))
        connection.execute("INSERT INTO tile VALUES (?, ?, ?)", values)

    for each in hashes:
        row.append(each)
        if len(row) == TILE_WIDTH:
            put()
            roots.append(_complete_root(row))
            row = []
    if row:
        put()
    return roots


def _complete_root(row: list[bytes]) -> bytes:
    edge = Edge()
    for each in row:
        edge.append(each)
    return edge.root() if len(row) == TILE_WIDTH else root_hash(row)


def _tile(connection: sqlite3.Connection, level: int, index: int) -> bytes:
    query = "SELECT hashes FROM tile WHERE level = ? AND idx = ?"
    found = connection.execute(query, (level, index)).fetchone()
    if found or level:
        return bytes(found[0]) if found else b""
    query = "SELECT raw FROM entry WHERE idx >= ? ORDER BY idx"
    rows = connection.execute(query, (index * TILE_WIDTH,))
    return b"".join(leaf_hash(raw) for (raw,) in rows)


def _memory(name: str) -> int:
    """Bytes, as Linux counts them for this process."""
    (line,) = (
        line
        for line in Path("/proc/self/status").read_text().splitlines()
        if line.startswith(f"{name}:")
    )
    return int(line.split()[1]) * 1024


def main(what: str, file: str) -> None:
    """Audit and tell: `entries` by the pure audit, `store` with everything that is stored."""
    with Log.open(Path(file), read_only=True) as log:
        before = _memory("VmRSS")
        Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
        begun = perf_counter()
        report = audit(log.raw_entries()) if what == "entries" else log.audit()
        spent = perf_counter() - begun
        grown = _memory("VmHWM") - before
        assert report.root == log.root()
    print(json.dumps({"seconds": spent, "grown": grown}))


if __name__ == "__main__":
    main(*sys.argv[1:])
