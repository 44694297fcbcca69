"""The ledger of one practice, stored: `Log`.

Rules kept:

* `append` returns when the entry is durable, or raises `LogUnwritable`; then the entry is not in
  the log. There is no third outcome that would let something open unlogged (P1). One caveat of
  PostgreSQL: if the connection breaks while it commits, the entry may be there without a receipt.
* Entries are numbered without gaps from 0, in the order in which they became durable.
* Several threads and several programs may append to one log; each transaction begins by reading
  the head again.
* A log that has become shorter or other than this program has seen it is not appended to.
* Nothing here can change or remove an entry.

    with Log.open(home / "ledger.db") as log:
        receipt = log.append(entry)
        path = log.inclusion(receipt.index)
        checkpoint = log.checkpoint(signer)
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from stillroom.kernel import Misuse
from stillroom.ledger import (
    Checkpoint,
    Edge,
    Entry,
    Logged,
    NotProven,
    Receipt,
    Report,
    Signer,
    consistency_path,
    inclusion_path,
    leaf_hash,
)
from stillroom.phi._log_audit import audit_store
from stillroom.phi._log_errors import LogUnopenable, LogUnwritable
from stillroom.phi._log_index import find, mentions_in
from stillroom.phi._log_sqlite import Connect, SqliteStore
from stillroom.phi._log_store import Store
from stillroom.phi._log_tables import ACTOR, SUBJECT, Head, Tables
from stillroom.phi._log_tree import TreeMemory, catch_up, verified_edge, whole_tiles
from stillroom.phi._log_writer import GroupCommit

__all__ = ["Log", "LogUnopenable", "LogUnwritable"]

_PORTION = 1024


class Log:
    """A stored log. Make one with `open`, share it between threads, close it at the end."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._process = os.getpid()
        self._closed = False
        self._memory = TreeMemory()
        with store.snapshot() as tables:
            self._edge: Edge | None = verified_edge(tables)
        self._group = GroupCommit(self._commit)

    @classmethod
    def open(
        cls,
        place: Path | str,
        *,
        read_only: bool = False,
        patience: float = 5.0,
        connect: Connect = sqlite3.connect,
    ) -> Self:
        """The log at `place`: a path (SQLite, made when absent) or a `postgresql://` address.

        `patience`, in seconds, is how long an append waits for another program's transaction.
        `connect` stands in for `sqlite3.connect` in tests of broken disks. Raises `LogUnopenable`
        when a newer Stillroom wrote it, when it is something else, or when its end does not agree
        with its own record of size and root.
        """
        if isinstance(place, str) and place.startswith(("postgresql://", "postgres://")):
            from stillroom.phi._log_postgres import PostgresStore  # psycopg is an extra

            store: Store = PostgresStore(place, read_only=read_only, patience=patience)
        else:
            store = SqliteStore(
                Path(place), read_only=read_only, patience=patience, connect=connect
            )
        try:
            return cls(store)
        except BaseException:
            store.close()
            raise

    def close(self) -> None:
        """Let go of the database. Durable entries need no farewell."""
        self._closed = True
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    # Writing

    def append(self, entry: Entry) -> Receipt:
        """Write one entry; durable when this returns. Raises `LogUnwritable`."""
        self._require_usable()
        return Receipt(self._group.put((entry.canonical(),)))

    def append_all(self, entries: Sequence[Entry]) -> tuple[Receipt, ...]:
        """Write several entries side by side, all or none. Raises `LogUnwritable`."""
        self._require_usable()
        if not entries:
            return ()
        first = self._group.put([entry.canonical() for entry in entries])
        return tuple(Receipt(first + i) for i in range(len(entries)))

    def checkpoint(self, signer: Signer) -> Checkpoint:
        """Sign the log as it is now, under the signer's name, and keep the note.

        tlog-checkpoint: a log must not sign what does not continue everything it signed before. So
        this raises `NotProven` when the log no longer holds what its last checkpoint said.
        """
        with self._read() as tables:
            head = tables.head()
            for note in tables.notes(1):
                self._require_continued(tables, Checkpoint.parse(note), signer.key.name)
        signed = Checkpoint(signer.key.name, head.size, head.root).sign(signer)
        with self._store.write() as tables:
            tables.put_note(signed.size, signed.note())
        return signed

    def _require_continued(self, tables: Tables, last: Checkpoint, name: str) -> None:
        if last.origin != name:
            raise Misuse("a log keeps the name under which it signed its first checkpoint")
        size = tables.head().size
        if last.size > size or self._memory.root(tables, last.size) != last.root:
            raise NotProven(
                "the log no longer holds what its last checkpoint says, so it is not signed",
                advice="Audit the log, and compare it with the newest backup.",
            )

    def _commit(self, rows: Sequence[bytes]) -> int:
        """Write rows durably; one thread at a time, see `GroupCommit`."""
        edge, self._edge = self._edge, None  # forgotten unless all goes well
        with self._store.write() as tables:
            edge = catch_up(edge, tables.head(), tables)
            grown = edge.copy()
            for row in rows:
                grown.append(leaf_hash(row))
            tables.add_rows(edge.size, rows)
            if tiles := grown.changed():
                tables.put_tiles(tiles)
                for tile, entries in whole_tiles(tables, edge.size, grown.size):
                    tables.add_mentions(mentions_in(tile, entries))
            tables.put_head(Head(grown.size, grown.root()))
        self._edge = grown
        return edge.size

    # Reading

    @property
    def size(self) -> int:
        """How many entries are durable, whoever wrote them."""
        with self._read() as tables:
            return tables.head().size

    def root(self, size: int | None = None) -> bytes:
        """The root of the log as it is, or as it was when it had `size` entries."""
        with self._read() as tables:
            return self._memory.root(tables, _within(tables, size))

    def checkpoints(self, limit: int = 1) -> tuple[Checkpoint, ...]:
        """The newest checkpoints that this log signed and kept, newest first."""
        with self._read() as tables:
            return tuple(Checkpoint.parse(note) for note in tables.notes(limit))

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """The path of entry `index` to the root of the first `size` entries (all of them)."""
        with self._read() as tables:
            subtree = self._memory.tree(tables).subtree
            return inclusion_path(index, _within(tables, size), subtree)

    def consistency(self, old_size: int, new_size: int | None = None) -> tuple[bytes, ...]:
        """The proof that the log of `old_size` entries is the beginning of that of `new_size`."""
        with self._read() as tables:
            subtree = self._memory.tree(tables).subtree
            return consistency_path(old_size, _within(tables, new_size), subtree)

    def raw_entries(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The canonical bytes from entry `start` up to but not including `stop` (the end).

        Reads in portions, so memory does not grow. `NotProven` where an entry is missing.
        """
        with self._read() as tables:
            stop = _within(tables, stop)
        for first in range(start, stop, _PORTION):
            last = min(first + _PORTION, stop)
            with self._read() as tables:
                rows = tables.rows(first, last)
            if len(rows) < last - first:
                raise NotProven(f"an entry is missing between {first} and {last - 1}")
            yield from rows

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[Logged]:
        """The entries from `start` up to but not including `stop` (the end), with their numbers."""
        for index, raw in enumerate(self.raw_entries(start, stop), start):
            yield Logged(index, Entry.parse(raw))

    def latest(self, limit: int, before: int | None = None) -> tuple[Logged, ...]:
        """The newest entries below number `before` (the end), newest first."""
        size = self.size
        end = size if before is None else max(0, min(before, size))
        return tuple(self.entries(max(0, end - limit), end))[::-1]

    def for_subject(
        self, subject: str, limit: int, before: int | None = None
    ) -> tuple[Logged, ...]:
        """The newest entries about `subject` below number `before`, newest first."""
        return self._naming(SUBJECT + subject, limit, before)

    def for_actor(self, actor: str, limit: int, before: int | None = None) -> tuple[Logged, ...]:
        """The newest entries of what `actor` did below number `before`, newest first."""
        return self._naming(ACTOR + actor, limit, before)

    def audit(self, *checkpoints: Checkpoint) -> Report:
        """Rebuild everything from the entries and compare it with the checkpoints and with all that
        is stored beside the entries: head, tiles, names. Raises `LogAltered`, naming what is wrong.
        The signatures of the checkpoints are the caller's to verify first."""
        self._require_usable()
        return audit_store(self._store, checkpoints)

    def _naming(self, name: str, limit: int, before: int | None) -> tuple[Logged, ...]:
        with self._read() as tables:
            numbers = find(tables, name, limit, before)
            rows = tables.pick(numbers)
        if len(rows) < len(numbers):
            raise NotProven("an entry that the index of names points to is missing")
        return tuple(map(Logged, numbers, map(Entry.parse, rows)))

    @contextmanager
    def _read(self) -> Iterator[Tables]:
        self._require_usable()
        with self._store.read() as tables:
            yield tables

    def _require_usable(self) -> None:
        if self._closed:
            raise Misuse("the log was closed")
        if os.getpid() != self._process:
            raise Misuse("a log is opened anew in each process, after the fork")


def _within(tables: Tables, size: int | None) -> int:
    """`size`, or the log's own when it is None. `Misuse` when the log is not so long."""
    own = tables.head().size
    if size is None:
        return own
    if not 0 <= size <= own:
        raise Misuse(f"the log has {own} entries, not {size}")
    return size
