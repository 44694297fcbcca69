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
    leaf_hash,
)
from stillroom.phi._log_audit import audit_store
from stillroom.phi._log_errors import LogUnopenable, LogUnwritable
from stillroom.phi._log_index import find, mentions_in
from stillroom.phi._log_sqlite import Connect, SqliteStore
from stillroom.phi._log_store import ACTOR, SUBJECT, Head, Store, Writing
from stillroom.phi._log_tree import TreeReader, catch_up, whole_tiles
from stillroom.phi._log_writer import GroupCommit

__all__ = ["Log", "LogUnopenable", "LogUnwritable"]

_CHUNK = 1024


class Log:
    """A stored log. Make one with `open`, share it between threads, close it at the end."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._process = os.getpid()
        self._closed = False
        self._tree = TreeReader(store)
        self._edge: Edge | None = _verified_edge(store)
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
        self._require_usable()
        head = self._store.head()
        last = self.last_checkpoint()
        if last is not None:
            self._require_continued(last, head, signer)
        signed = Checkpoint(signer.key.name, head.size, head.root).sign(signer)
        with self._store.write() as writing:
            writing.put_note(signed.size, signed.note())
        return signed

    # Reading

    @property
    def size(self) -> int:
        """How many entries are durable, whoever wrote them."""
        self._require_usable()
        return self._store.head().size

    def root(self, size: int | None = None) -> bytes:
        """The root of the log as it is, or as it was when it had `size` entries."""
        size = self._within(size)
        return self._tree.root(size)

    def last_checkpoint(self) -> Checkpoint | None:
        """The newest checkpoint that this log signed."""
        self._require_usable()
        notes = self._store.notes(1)
        return Checkpoint.parse(notes[0]) if notes else None

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """The path of entry `index` to the root of the first `size` entries (all of them)."""
        return self._tree.inclusion(index, self._within(size))

    def consistency(self, old_size: int, new_size: int | None = None) -> tuple[bytes, ...]:
        """The proof that the log of `old_size` entries is the beginning of that of `new_size`."""
        return self._tree.consistency(old_size, self._within(new_size))

    def raw_entries(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The canonical bytes from entry `start` up to but not including `stop` (the end).

        Reads in portions, so memory does not grow. `NotProven` where an entry is missing.
        """
        stop = self._within(stop)
        for first in range(start, stop, _CHUNK):
            last = min(first + _CHUNK, stop)
            rows = self._store.rows(first, last)
            yield from rows
            if len(rows) < last - first:
                raise NotProven(f"an entry is missing between {first} and {last - 1}")

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[Logged]:
        """The entries from `start` up to but not including `stop` (the end), with their numbers."""
        for index, raw in enumerate(self.raw_entries(start, stop), start):
            yield Logged(index, Entry.parse(raw))

    def entry(self, index: int) -> Logged:
        """Entry `index`."""
        return next(self.entries(index, index + 1))

    def latest(self, limit: int, before: int | None = None) -> tuple[Logged, ...]:
        """The newest entries below number `before` (the end), newest first."""
        end = self._end(before)
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
        is stored beside the entries: head, tiles, mentions. Raises `LogAltered`, naming what is
        wrong. The signatures of the checkpoints are the caller's to verify first."""
        self._require_usable()
        return audit_store(self._store, checkpoints)

    def _naming(self, name: str, limit: int, before: int | None) -> tuple[Logged, ...]:
        size = self._within(None)
        numbers = find(self._store, name, size, self._end(before), limit)
        rows = self._store.pick(numbers)
        if len(rows) < len(numbers):
            raise NotProven("an entry that the index of names points to is missing")
        return tuple(map(Logged, numbers, map(Entry.parse, rows)))

    def _end(self, before: int | None) -> int:
        size = self._within(None)
        return size if before is None else max(0, min(before, size))

    def _within(self, size: int | None) -> int:
        """`size`, or the log's own when it is None. `Misuse` when the log is not so long."""
        self._require_usable()
        own = self._store.head().size
        if size is None:
            return own
        if not 0 <= size <= own:
            raise Misuse(f"the log has {own} entries, not {size}")
        return size

    def _require_usable(self) -> None:
        if self._closed:
            raise Misuse("the log was closed")
        if os.getpid() != self._process:
            raise Misuse("a log is opened anew in each process, after the fork")

    def _require_continued(self, last: Checkpoint, head: Head, signer: Signer) -> None:
        if last.origin != signer.key.name:
            raise Misuse("a log keeps the name under which it signed its first checkpoint")
        if last.size > head.size or self._tree.root(last.size) != last.root:
            raise NotProven(
                "the log no longer holds what its last checkpoint says, so it is not signed",
                advice="Audit the log, and compare it with the newest backup.",
            )

    # The commit: one thread at a time, see `GroupCommit`

    def _commit(self, rows: Sequence[bytes]) -> int:
        edge, self._edge = self._edge, None  # forgotten unless all goes well
        with self._store.write() as writing:
            head = writing.head()
            edge = catch_up(edge, head, writing)
            grown = edge.copy()
            for row in rows:
                grown.append(leaf_hash(row))
            writing.add_rows(edge.size, rows)
            if tiles := grown.changed():
                writing.put_tiles(tiles)
                _index(writing, edge.size, grown.size)
            writing.put_head(Head(grown.size, grown.root()))
        self._edge = grown
        return edge.size


def _index(writing: Writing, before: int, after: int) -> None:
    """Record who is named in the tiles that were completed between two sizes."""
    for tile, rows in whole_tiles(writing, before, after):
        writing.add_mentions(mentions_in(tile, rows))


def _verified_edge(store: Store) -> Edge:
    """The edge of the stored log; `LogUnopenable` when its end and its head disagree."""
    with store.snapshot() as state:
        head = state.head()
        if state.last_row() != head.size - 1:
            raise LogUnopenable("the ledger has more or fewer entries than it says of itself")
        return catch_up(None, head, state)
