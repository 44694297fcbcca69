"""The log in one SQLite file, `ledger.db`.

Durability: WAL with synchronous=FULL (and fullfsync where the system knows it), so every commit is
flushed before it returns; WAL costs one flush where a rollback journal costs three. Keep the
`-wal` file with the other when you copy a running log, or use SQLite's own backup.

Guard rails, not locks: triggers refuse to change or remove an entry, so that no slip of ours can;
somebody with the file in hand can drop them, and that is what checkpoints are for.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from stillroom.phi._log_errors import LogUnopenable, LogUnwritable
from stillroom.phi._log_sqlite_file import create, is_blank, opening, require_known, unwritable
from stillroom.phi._log_store import Store
from stillroom.phi._log_tables import Tables
from stillroom.phi._log_turn import Turns

Connect = Callable[..., sqlite3.Connection]

_SETTINGS = (
    "synchronous = FULL",
    "fullfsync = ON",
    "trusted_schema = OFF",
    "wal_autocheckpoint = 200",  # a short log is soon written over in place, which flushes faster
)


class _Database:
    """See `Database`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def ask(self, query: str, *values: object) -> list[Any]:
        return self.connection.execute(query, values).fetchall()

    def tell(self, query: str, *values: object) -> None:
        self.connection.execute(query, values)

    def tell_each(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        self.connection.executemany(query, rows)


class SqliteStore(Store):
    """See `Store`. `patience` (seconds) is how long to wait for another program's transaction."""

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        patience: float = 5.0,
        connect: Connect = sqlite3.connect,
    ) -> None:
        self._path, self._patience, self._connect = path, patience, connect
        self._read_only = read_only
        self._lock = Lock()
        self._write_lock = Lock()
        self._writer: sqlite3.Connection | None = None
        self._turns: Turns | None = None
        if read_only and not path.is_file():
            raise LogUnopenable("there is no ledger here", advice="Look for the file ledger.db.")
        with opening():
            if not read_only:
                self._prepare()
            self._reader = self._open(writable=not read_only)
            self._check_reader()

    @contextmanager
    def read(self) -> Iterator[Tables]:
        """See `Store`."""
        with self._lock, opening():
            yield Tables(_Database(self._reader))

    @contextmanager
    def snapshot(self) -> Iterator[Tables]:
        """See `Store`."""
        with self.read() as tables:
            tables.database.tell("BEGIN")
            try:
                yield tables
            finally:
                tables.database.tell("ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[Tables]:
        """See `Store`."""
        if self._read_only:
            raise LogUnwritable("the ledger was opened for reading only")
        with self._write_lock:
            try:
                connection = self._begin()
                yield Tables(_Database(connection))
                connection.execute("COMMIT")
            except (sqlite3.Error, OSError) as error:
                self._abandon()
                raise unwritable(error) from error
            except BaseException:
                self._abandon()
                raise
            finally:
                if self._turns is not None:
                    self._turns.leave()

    def close(self) -> None:
        """See `Store`."""
        with self._write_lock:
            self._abandon()
            if self._turns is not None:
                self._turns.close()
                self._turns = None
        with self._lock:
            self._reader.close()

    def _begin(self) -> sqlite3.Connection:
        """Our turn, and a transaction in it."""
        if self._turns is None:
            self._turns = Turns(self._path, self._patience)
        if self._writer is None:
            self._writer = self._open(writable=True)
        self._turns.enter()
        self._writer.execute("BEGIN IMMEDIATE")
        return self._writer

    def _abandon(self) -> None:
        """Close the writing connection, which undoes what it had begun; the next write opens
        another, so that nothing half-known outlives a failure."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()

    def _open(self, *, writable: bool) -> sqlite3.Connection:
        mode = "mode=rw" if writable else f"mode=ro{_still(self._path)}"
        connection = self._connect(
            f"{self._path.absolute().as_uri()}?{mode}",
            uri=True,
            timeout=self._patience,
            isolation_level=None,
            check_same_thread=False,
        )
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        return connection

    def _check_reader(self) -> None:
        try:
            self._reader.execute("PRAGMA query_only = ON")
            require_known(self._reader)
        except BaseException:
            self._reader.close()
            raise

    def _prepare(self) -> None:
        """Make the file and its tables unless they are there."""
        if not self._path.exists():
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = self._open(writable=True)
        try:
            if is_blank(connection):
                create(connection)
            require_known(connection)
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()


def _still(path: Path) -> str:
    """For a file on a read-only disk, with nothing pending beside it: SQLite need not lock it, and
    could not."""
    writable = os.access(path.parent, os.W_OK)
    return "" if writable or Path(f"{path}-wal").exists() else "&immutable=1"
