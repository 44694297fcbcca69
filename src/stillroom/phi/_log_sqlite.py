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

from stillroom.ledger import EMPTY_ROOT
from stillroom.phi._log_errors import LogUnopenable, LogUnwritable
from stillroom.phi._log_store import Store
from stillroom.phi._log_tables import FORMAT, Tables
from stillroom.phi._log_turn import BUSY, Turns

APPLICATION_ID = 0x5374_696C  # "Stil"

Connect = Callable[..., sqlite3.Connection]

_TABLES = """
CREATE TABLE entry (idx INTEGER PRIMARY KEY, raw BLOB NOT NULL) STRICT;
CREATE TABLE head (size INTEGER NOT NULL, root BLOB NOT NULL) STRICT;
CREATE TABLE tile (level INTEGER NOT NULL, idx INTEGER NOT NULL, hashes BLOB NOT NULL,
                   PRIMARY KEY (level, idx)) STRICT;
CREATE TABLE mention (name TEXT NOT NULL, tile INTEGER NOT NULL, places BLOB NOT NULL,
                      PRIMARY KEY (name, tile)) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
  BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entry_remains BEFORE DELETE ON entry
  BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END;
"""
_SETTINGS = ("synchronous = FULL", "fullfsync = ON", "trusted_schema = OFF")


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
        with _opening():
            if not read_only:
                self._prepare()
            self._reader = self._open(writable=not read_only)
            self._reader.execute("PRAGMA query_only = ON")
            _require_known(self._reader)

    @contextmanager
    def read(self) -> Iterator[Tables]:
        """See `Store`."""
        with self._lock, _opening():
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
                raise _unwritable(error) from error
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
        uri = f"{self._path.absolute().as_uri()}?mode={'rw' if writable else 'ro'}"
        connection = self._connect(
            uri, uri=True, timeout=self._patience, isolation_level=None, check_same_thread=False
        )
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        return connection

    def _prepare(self) -> None:
        """Make the file and its tables unless they are there."""
        if not self._path.exists():
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = self._open(writable=True)
        try:
            if _is_blank(connection):
                _create(connection)
            _require_known(connection)
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()


def _is_blank(connection: sqlite3.Connection) -> bool:
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return bool(tables == application == 0)


def _create(connection: sqlite3.Connection) -> None:
    """The tables, in one transaction; another program may be at it too."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    if _is_blank(connection):
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
        connection.execute("INSERT INTO head VALUES (0, ?)", (EMPTY_ROOT,))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("COMMIT")


def _require_known(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        what, advice = _WORDS["SQLITE_NOTADB"]
        raise LogUnopenable(what, advice=advice)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > FORMAT:
        raise LogUnopenable(
            "the ledger was written by a newer Stillroom",
            advice="Start the newer version again; this one leaves the file as it is.",
        )


@contextmanager
def _opening() -> Iterator[None]:
    """Database errors while opening or reading, in words."""
    try:
        yield
    except sqlite3.Error as error:
        what, advice = _WORDS.get(_name(error), ("the ledger cannot be read", ""))
        raise LogUnopenable(what, advice=advice) from error
    except OSError as error:
        what, advice = _WORDS["SQLITE_CANTOPEN"]
        raise LogUnopenable(what, advice=advice) from error


def _unwritable(error: sqlite3.Error | OSError) -> LogUnwritable:
    what, advice = _WORDS.get(_name(error), ("", ""))
    return LogUnwritable(what, advice=advice)


def _name(error: Exception) -> str:
    """SQLite's primary name for an error: SQLITE_BUSY, SQLITE_FULL …"""
    return "_".join(str(getattr(error, "sqlite_errorname", "")).split("_")[:2])


_WORDS = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_FULL": (
        "the disk that holds the ledger is full",
        "Free some space on that disk, and try again.",
    ),
    "SQLITE_READONLY": (
        "the ledger may not be written here",
        "Give Stillroom permission to write ledger.db and the folder it is in.",
    ),
    "SQLITE_CANTOPEN": (
        "the ledger's file cannot be reached",
        "Check that the folder is there and that Stillroom may read and write in it.",
    ),
    "SQLITE_NOTADB": (
        "this file is not a ledger of Stillroom",
        "Name the ledger's own file, or restore it from the newest backup.",
    ),
    "SQLITE_CORRUPT": (
        "the ledger's file is damaged",
        "Leave it as it is, restore the newest backup, and keep the damaged file for comparison.",
    ),
}
