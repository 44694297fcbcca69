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

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from stillroom.kernel import Misuse
from stillroom.ledger import Checkpoint, Entry, NotProven, Receipt, Signer, leaf_hash
from stillroom.phi._log_errors import LogUnopenable, LogUnwritable
from stillroom.phi._log_index import mentions_in
from stillroom.phi._log_reading import LogReading
from stillroom.phi._log_sqlite import Connect, SqliteStore
from stillroom.phi._log_store import Store
from stillroom.phi._log_tables import Head, Tables
from stillroom.phi._log_tree import catch_up, verified_edge, whole_tiles
from stillroom.phi._log_writer import GroupCommit, Take

__all__ = ["Log", "LogUnopenable", "LogUnwritable"]

_PORTION = 1024


class Log(LogReading):
    """A stored log. Make one with `open`, share it between threads, close it at the end."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        with store.snapshot() as tables:
            self._edge = verified_edge(tables)
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

    def _commit(self, take: Take) -> int:
        """Write rows durably; one thread at a time, see `GroupCommit`."""
        self._require_usable()
        with self._store.write() as tables:
            edge = catch_up(self._edge, tables.head(), tables)
            grown, rows = edge.copy(), take()
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
