"""The file of the SQLite log: making it, knowing it again, and its errors in words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from stillroom.ledger import EMPTY_ROOT
from stillroom.phi._log_errors import LogUnopenable, LogUnwritable
from stillroom.phi._log_tables import FORMAT
from stillroom.phi._log_turn import BUSY

APPLICATION_ID = 0x5374_696C  # "Stil"
_TURNS = 20
"""How often the mode of a new file's journal is asked for, while others ask for it too."""

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


def is_blank(connection: sqlite3.Connection) -> bool:
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return bool(tables == application == 0)


def create(connection: sqlite3.Connection) -> None:
    """The tables, in one transaction; another program may be at it too."""
    _write_ahead(connection)
    connection.execute("BEGIN IMMEDIATE")
    if is_blank(connection):
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
        connection.execute("INSERT INTO head VALUES (0, ?)", (EMPTY_ROOT,))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("COMMIT")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Where two change the journal's mode at one moment, SQLite tells one of them at once that the
    file is busy and does not wait; a transaction does wait, and after it the other has done it."""
    for turn in range(_TURNS):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if _name(error) != "SQLITE_BUSY" or turn == _TURNS - 1:
                raise
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")


def require_known(connection: sqlite3.Connection) -> None:
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
def opening() -> Iterator[None]:
    """Database errors while opening or reading, in words."""
    try:
        yield
    except sqlite3.Error as error:
        what, advice = _WORDS.get(_name(error), ("the ledger cannot be read", ""))
        raise LogUnopenable(what, advice=advice) from error
    except OSError as error:
        what, advice = _WORDS["SQLITE_CANTOPEN"]
        raise LogUnopenable(what, advice=advice) from error


def unwritable(error: sqlite3.Error | OSError) -> LogUnwritable:
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
