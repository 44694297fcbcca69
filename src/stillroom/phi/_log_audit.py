"""The audit of a stored log: the entries, and everything that is stored beside them.

`stillroom.ledger.audit` rebuilds the tree from the entries. Here it is also compared with the head,
with every tile, and with the index of names: an index row taken away would hide an entry from the
client who asks who opened the chart.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from os import urandom

from stillroom.ledger import (
    HASH_BYTES,
    TILE_HEIGHT,
    TILE_WIDTH,
    Checkpoint,
    Fault,
    FaultKind,
    LogAltered,
    Report,
    examine,
)
from stillroom.phi._log_index import mentions_in
from stillroom.phi._log_store import Store
from stillroom.phi._log_tables import Head, Mention

_BLOCK = 16 * TILE_WIDTH
_PAGE = 4096


def audit_store(store: Store, checkpoints: Sequence[Checkpoint]) -> Report:
    """See `Log.audit`. Reads the log as long as it is now; entries that come later can wait."""
    with store.read() as tables:
        head = tables.head()
    names = _Names()
    faults: list[Fault] = []
    entries = _entries(store, head.size, names, faults)
    report = examine(entries, checkpoints, _Tiles(store, head.size, faults).recorded)
    faults += report.faults
    faults += _compare_head(head, report)
    if not faults and names.as_rebuilt != _stored_names(store, names, head.size // TILE_WIDTH):
        what = "the index of who is named where is not what the entries say"
        faults.append(Fault(FaultKind.STORE, 0, head.size - 1, what))
    whole = Report(report.size, report.root, report.vouched, tuple(faults), report.remarks)
    if faults:
        raise LogAltered(whole)
    return whole


def _entries(store: Store, size: int, names: "_Names", faults: list[Fault]) -> Iterator[bytes]:
    """All rows in order, a block at a time; ends at the first gap, which is noted."""
    for first in range(0, size, _BLOCK):
        last = min(first + _BLOCK, size)
        with store.read() as tables:
            rows = tables.rows(first, last)
        if len(rows) < last - first:
            faults.append(_gap(store, first, last))
            yield from rows[: faults[-1].first - first]
            return
        yield from rows
        for start in range(0, len(rows) - TILE_WIDTH + 1, TILE_WIDTH):
            names.rebuilt(mentions_in((first + start) // TILE_WIDTH, rows[start:][:TILE_WIDTH]))


def _gap(store: Store, first: int, last: int) -> Fault:
    """The first entry that is missing among these."""
    with store.read() as tables:
        missing = next(number for number in range(first, last) if not tables.pick([number]))
    return Fault(FaultKind.CUT, missing, missing, f"entry {missing} is missing from the ledger")


class _Tiles:
    """What the store keeps of the tree; a tile that is missing is noted as a fault."""

    def __init__(self, store: Store, size: int, faults: list[Fault]) -> None:
        self._store, self._size, self._faults = store, size, faults

    def recorded(self, level: int, first: int, count: int) -> bytes:
        """See `stillroom.ledger.Recorded`."""
        start, stop = first // TILE_WIDTH, (first + count - 1) // TILE_WIDTH
        joined = b""
        for index in range(start, stop + 1):
            with self._store.read() as tables:
                tile = tables.tile(level, index)
            joined += tile
            if len(tile) < TILE_WIDTH * HASH_BYTES:  # only the last may be shorter
                self._expect(level, index, len(tile) // HASH_BYTES)
                break
        offset = (first - start * TILE_WIDTH) * HASH_BYTES
        return joined[offset : offset + count * HASH_BYTES]

    def _expect(self, level: int, index: int, width: int) -> None:
        """At level 0 full tiles are stored and no others, above it every hash there is."""
        stored = (self._size >> TILE_HEIGHT * max(level, 1)) << (0 if level else TILE_HEIGHT)
        if width < min(TILE_WIDTH, stored - index * TILE_WIDTH):
            start = index << TILE_HEIGHT * (level + 1)
            what = f"a part of the stored tree is missing, from entry {start} on"
            fault = Fault(FaultKind.STORE, start, self._size - 1, what)
            if fault not in self._faults:
                self._faults.append(fault)


def _compare_head(head: Head, report: Report) -> list[Fault]:
    if (head.size, head.root) == (report.size, report.root):
        return []
    what = "the ledger's own record of size and root is not what the entries say"
    return [Fault(FaultKind.STORE, 0, max(head.size - 1, 0), what)]


class _Names:
    """A sum over all mentions, the same whatever their order, under a key made for this audit: who
    altered the index could not know which rows would make the sum come out."""

    def __init__(self) -> None:
        self._key = urandom(32)
        self.as_rebuilt = 0

    def rebuilt(self, mentions: Sequence[Mention]) -> None:
        """Add the mentions of one tile, as the entries have them."""
        self.as_rebuilt += sum(map(self.weigh, mentions))

    def weigh(self, mention: Mention) -> int:
        """One mention as a number."""
        name, tile, places = mention
        row = b"%s %d\n%s" % (name.encode(), tile, places)
        return int.from_bytes(sha256(self._key + row).digest(), "big")


def _stored_names(store: Store, names: _Names, tiles: int) -> int:
    """The same sum over the stored index, as far as `tiles` go."""
    total, after = 0, None
    while True:
        with store.read() as tables:
            page = tables.all_mentions(after, _PAGE)
        if not page:
            return total
        total += sum(names.weigh(mention) for mention in page if mention.tile < tiles)
        after = page[-1]
