"""The log in one SQLite file, `ledger.db`.

Durability: WAL with synchronous=FULL (and fullfsync where the system knows it), so every commit is
flushed before it returns; WAL costs one flush where a rollback journal costs three. Keep the
`-wal` file with the other when you copy a running log, or use SQLite's own backup.

Guard rails, not locks: triggers refuse to change or remove an entry, so that no slip of ours can;
somebody with the file in hand can drop them, and that is what checkpoints are for.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from stillroom.ledger import EMPTY_ROOT, Tile
from stillroom.phi._log_errors import LogUnopenable, LogUnwritable
from stillroom.phi._log_store import FORMAT, Head, Mention
from stillroom.phi._log_turn import BUSY, Turns

APPLICATION_ID = 0x5374_696C  # "Stil"
_LEVEL_BITS = 48

Connect = Callable[..., sqlite3.Connection]

_TABLES = """
CREATE TABLE entry (idx INTEGER PRIMARY KEY, raw BLOB NOT NULL) STRICT;
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL,
                   root BLOB NOT NULL) STRICT;
CREATE TABLE tile (id INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT;
CREATE TABLE mention (name TEXT NOT NULL, tile INTEGER NOT NULL, places BLOB NOT NULL,
                      PRIMARY KEY (name, tile)) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
  BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entry_remains BEFORE DELETE ON entry
  BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END;
"""


class _Reading:
    """The queries that readers and the writer share."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def head(self) -> Head:
        """See `Reading`."""
        row = self.connection.execute("SELECT size, root FROM head").fetchone()
        if row is None:
            raise LogUnopenable("the ledger has lost the record of its own size")
        return Head(*row)

    def last_row(self) -> int:
        """See `Reading`."""
        query = "SELECT coalesce(max(idx), -1) FROM entry"
        return int(self.connection.execute(query).fetchone()[0])

    def rows(self, start: int, stop: int) -> list[bytes]:
        """See `Reading`."""
        query = "SELECT raw FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx"
        return [raw for (raw,) in self.connection.execute(query, (start, stop))]

    def pick(self, numbers: Sequence[int]) -> list[bytes]:
        """See `Reading`."""
        query = "SELECT raw FROM entry WHERE idx = ?"
        found = (self.connection.execute(query, (number,)).fetchone() for number in numbers)
        return [row[0] for row in found if row is not None]

    def tile(self, level: int, index: int) -> bytes:
        """See `Reading`."""
        query = "SELECT hashes FROM tile WHERE id = ?"
        row = self.connection.execute(query, (level << _LEVEL_BITS | index,)).fetchone()
        return b"" if row is None else bytes(row[0])


class _Writing(_Reading):
    """One transaction."""

    def add_rows(self, first: int, rows: Sequence[bytes]) -> None:
        """See `Writing`."""
        numbered = enumerate(rows, first)
        self.connection.executemany("INSERT INTO entry (idx, raw) VALUES (?, ?)", numbered)

    def put_tiles(self, tiles: Sequence[Tile]) -> None:
        """See `Writing`."""
        values = ((tile.level << _LEVEL_BITS | tile.index, tile.hashes) for tile in tiles)
        self.connection.executemany("INSERT OR REPLACE INTO tile VALUES (?, ?)", values)

    def add_mentions(self, mentions: Sequence[Mention]) -> None:
        """See `Writing`."""
        self.connection.executemany("INSERT INTO mention VALUES (?, ?, ?)", mentions)

    def put_head(self, head: Head) -> None:
        """See `Writing`."""
        self.connection.execute("UPDATE head SET size = ?, root = ?", (head.size, head.root))

    def put_note(self, size: int, note: str) -> None:
        """See `Writing`."""
        self.connection.execute("INSERT OR REPLACE INTO checkpoint VALUES (?, ?)", (size, note))


class SqliteStore:
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
        self._writing: _Writing | None = None
        self._turn: Turns | None = None
        if not read_only:
            self._prepare()
        elif not path.is_file():
            raise LogUnopenable("there is no ledger here", advice="Look for the file ledger.db.")
        with _opening():
            self._reading = _Reading(self._open(writable=not read_only))
            self._reading.connection.execute("PRAGMA query_only = ON")
            _require_known(self._reading.connection)

    def head(self) -> Head:
        """See `Reading`."""
        with self._read() as reading:
            return reading.head()

    def last_row(self) -> int:
        """See `Reading`."""
        with self._read() as reading:
            return reading.last_row()

    def rows(self, start: int, stop: int) -> list[bytes]:
        """See `Reading`."""
        with self._read() as reading:
            return reading.rows(start, stop)

    def pick(self, numbers: Sequence[int]) -> list[bytes]:
        """See `Reading`."""
        with self._read() as reading:
            return reading.pick(numbers)

    def tile(self, level: int, index: int) -> bytes:
        """See `Reading`."""
        with self._read() as reading:
            return reading.tile(level, index)

    @contextmanager
    def snapshot(self) -> Iterator[_Reading]:
        """See `Store`."""
        with self._read() as reading:
            reading.connection.execute("BEGIN")
            try:
                yield reading
            finally:
                reading.connection.execute("ROLLBACK")

    def mentions(self, name: str, below: int, limit: int) -> list[tuple[int, bytes]]:
        """See `Store`."""
        query = """SELECT tile, places FROM mention WHERE name = ? AND tile < ?
                   ORDER BY tile DESC LIMIT ?"""
        return self._all(query, name, below, limit)

    def all_mentions(self, after: Mention | None, limit: int) -> list[Mention]:
        """See `Store`."""
        query = """SELECT name, tile, places FROM mention WHERE (name, tile) > (?, ?)
                   ORDER BY name, tile LIMIT ?"""
        found = self._all(query, *((after.name, after.tile) if after else ("", -1)), limit)
        return [Mention(*row) for row in found]

    def notes(self, limit: int) -> list[str]:
        """See `Store`."""
        query = "SELECT note FROM checkpoint ORDER BY size DESC LIMIT ?"
        return [note for (note,) in self._all(query, limit)]

    @contextmanager
    def write(self) -> Iterator[_Writing]:
        """See `Store`."""
        if self._read_only:
            raise LogUnwritable("the ledger was opened for reading only")
        try:
            if self._turn is None:
                self._turn = Turns(self._path, self._patience)
            if self._writing is None:
                self._writing = _Writing(self._open(writable=True))
            writing = self._writing
            self._turn.enter()
            writing.connection.execute("BEGIN IMMEDIATE")
            yield writing
            writing.connection.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            self._abandon()
            raise _unwritable(error) from error
        except BaseException:
            self._abandon()
            raise
        finally:
            if self._turn is not None:
                self._turn.leave()

    def close(self) -> None:
        """See `Store`."""
        self._abandon()
        if self._turn is not None:
            self._turn.close()
            self._turn = None
        with self._lock:
            self._reading.connection.close()

    def _abandon(self) -> None:
        """Close the writing connection, which undoes what it had begun; the next write opens
        another, so that nothing half-known outlives a failure."""
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.connection.close()

    @contextmanager
    def _read(self) -> Iterator[_Reading]:
        with self._lock, _opening():
            yield self._reading

    def _all(self, query: str, *values: object) -> list[Any]:
        with self._read() as reading:
            return reading.connection.execute(query, values).fetchall()

    def _open(self, *, writable: bool) -> sqlite3.Connection:
        uri = f"{self._path.absolute().as_uri()}?mode={'rw' if writable else 'ro'}"
        connection = self._connect(
            uri,
            uri=True,
            timeout=self._patience,
            isolation_level=None,
            check_same_thread=False,
        )
        for setting in ("synchronous = FULL", "fullfsync = ON", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {setting}")
        return connection

    def _prepare(self) -> None:
        """Make the file and its tables unless they are there."""
        with _opening():
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
    return tables == 0 and connection.execute("PRAGMA application_id").fetchone() == (0,)


def _create(connection: sqlite3.Connection) -> None:
    """The tables, in one transaction; another program may be at it too."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    if _is_blank(connection):
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
        connection.execute("INSERT INTO head VALUES (1, 0, ?)", (EMPTY_ROOT,))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("COMMIT")


def _require_known(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise LogUnopenable("this file is not a ledger of Stillroom")
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
        what, advice = _WORDS.get(_name(error), ("", ""))
        raise LogUnopenable(what or "the ledger cannot be read", advice=advice) from error
    except OSError as error:
        raise LogUnopenable(
            "the ledger's file cannot be made here",
            advice="Check that the folder exists and that Stillroom may write in it.",
        ) from error


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
        "Check that the disk is there and that Stillroom may read and write the folder.",
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
