"""The log in PostgreSQL: a schema of its own, `ledger`, and connections of its own.

Its own connections, because an entry must survive when the page's transaction rolls back. One
advisory lock orders the writers of all programs; it is held for one transaction and vanishes with
it. `synchronous_commit` is switched on here whatever the server's default, and a server that runs
without `fsync` is refused: its commits are not durable, and a receipt would be a lie.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Any, LiteralString

import psycopg
from psycopg import errors

from stillroom.ledger import EMPTY_ROOT
from stillroom.phi._log_errors import LogUnopenable, LogUnwritable
from stillroom.phi._log_store import Store
from stillroom.phi._log_tables import FORMAT, Tables
from stillroom.phi._log_turn import BUSY

LOCK = 0x5374_696C_6C72_6F6F  # "Stillroo": the one advisory lock of the ledger

_TABLES: LiteralString = """
CREATE SCHEMA ledger;
CREATE TABLE format (version integer NOT NULL);
CREATE TABLE entry (idx bigint PRIMARY KEY, raw bytea NOT NULL);
CREATE TABLE head (size bigint NOT NULL, root bytea NOT NULL);
CREATE TABLE tile (level integer, idx bigint, hashes bytea NOT NULL, PRIMARY KEY (level, idx));
CREATE TABLE mention (name text COLLATE "C", tile bigint, places bytea NOT NULL,
                      PRIMARY KEY (name, tile));
CREATE TABLE checkpoint (size bigint PRIMARY KEY, note text NOT NULL);
ALTER TABLE tile ALTER hashes SET STORAGE EXTERNAL;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'entries are never changed or removed'; END $$;
CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse();
"""

Connection = psycopg.Connection[tuple[Any, ...]]


class _Database:
    """See `Database`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def ask(self, query: str, *values: object) -> list[Any]:
        return self.connection.execute(_spelled(query), values, binary=True).fetchall()

    def tell(self, query: str, *values: object) -> None:
        self.connection.execute(_spelled(query), values)

    def tell_each(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        self.connection.cursor().executemany(_spelled(query), rows)


class PostgresStore(Store):
    """See `Store`. `patience` (seconds) is how long to wait for another program's transaction."""

    def __init__(self, address: str, *, read_only: bool = False, patience: float = 5.0) -> None:
        self._address, self._patience, self._read_only = address, patience, read_only
        self._lock = Lock()
        self._write_lock = Lock()
        self._writer: Connection | None = None
        self._reader: Connection | None = None
        try:
            with _opening():
                if not read_only:
                    self._prepare()
            with self.read():
                _require_known(self._reader)
        except BaseException:
            self._forget_reader()
            raise

    @contextmanager
    def read(self) -> Iterator[Tables]:
        """See `Store`. A server that was restarted is reached again at the next try."""
        with self._lock, _opening():
            try:
                self._reader = self._reader or self._connect()
                yield Tables(_Database(self._reader))
            except psycopg.OperationalError:
                self._forget_reader()
                raise

    @contextmanager
    def snapshot(self) -> Iterator[Tables]:
        """See `Store`."""
        with self.read() as tables:
            tables.database.tell("BEGIN ISOLATION LEVEL REPEATABLE READ")
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
                writer = self._writer = self._writer or self._connect()
                with writer.transaction():
                    writer.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
                    yield Tables(_Database(writer))
            except psycopg.Error as error:
                self._abandon()
                raise _unwritable(error) from error
            except BaseException:
                self._abandon()
                raise

    def close(self) -> None:
        """See `Store`."""
        with self._write_lock:
            self._abandon()
        with self._lock:
            self._forget_reader()

    def _abandon(self) -> None:
        """Close the writing connection: whatever state it is in ends with it."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()

    def _forget_reader(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    def _connect(self) -> Connection:
        patience = f"{int(self._patience * 1000)}ms"
        options = f"-c search_path=ledger -c synchronous_commit=on -c lock_timeout={patience}"
        return psycopg.connect(
            self._address, autocommit=True, options=options, application_name="stillroom ledger"
        )

    def _prepare(self) -> None:
        """Make the tables unless they are there; one program at a time."""
        with self._connect() as connection:
            if _is_there(connection):
                return
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
                if not _is_there(connection):
                    connection.execute(_TABLES)
                    connection.execute("INSERT INTO format VALUES (%s)", (FORMAT,))
                    connection.execute("INSERT INTO head VALUES (0, %s)", (EMPTY_ROOT,))


@cache
def _spelled(query: str) -> LiteralString:
    """The query as psycopg spells values. All queries are constants of `_log_tables`."""
    return query.replace("?", "%s")


def _is_there(connection: Connection) -> bool:
    """By the catalogue's rows: its look-up functions may answer from before a wait for a lock."""
    query = "SELECT FROM pg_catalog.pg_tables WHERE schemaname = 'ledger' AND tablename = 'format'"
    return connection.execute(query).fetchone() is not None


def _require_known(connection: Connection | None) -> None:
    assert connection is not None  # noqa: S101 - says to the type checker what `read` ensures
    if connection.execute("SHOW fsync").fetchone() == ("off",):
        raise LogUnopenable(
            "this database server does not write to its disk before it answers",
            advice="Set fsync = on in postgresql.conf and restart the server.",
        )
    version = connection.execute("SELECT max(version) FROM format").fetchone()
    if version is None or not isinstance(version[0], int) or version[0] > FORMAT:
        raise LogUnopenable(
            "the ledger was written by a newer Stillroom",
            advice="Start the newer version again; this one leaves the database as it is.",
        )


@contextmanager
def _opening() -> Iterator[None]:
    """Database errors while opening or reading, in words."""
    try:
        yield
    except errors.UndefinedTable as error:
        raise LogUnopenable("there is no ledger in this database") from error
    except psycopg.Error as error:
        raise LogUnopenable(_SILENT[0], advice=_SILENT[1]) from error


def _unwritable(error: psycopg.Error) -> LogUnwritable:
    for kind, what, advice in _WORDS:
        if isinstance(error, kind):
            return LogUnwritable(what, advice=advice)
    return LogUnwritable()


_SILENT = (
    "the ledger's database does not answer",
    "Check that the database server runs and that its address is right.",
)
_WORDS: tuple[tuple[type[psycopg.Error], str, str], ...] = (
    (errors.LockNotAvailable, *BUSY),
    (
        errors.DiskFull,
        "the disk that holds the ledger is full",
        "Free some space on the database server, and try again.",
    ),
    (
        errors.ReadOnlySqlTransaction,
        "the ledger's database is read-only",
        "Connect Stillroom to the primary server.",
    ),
    (psycopg.OperationalError, *_SILENT),
)
