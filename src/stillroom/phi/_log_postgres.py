"""The log in PostgreSQL: a schema of its own, `ledger`, and connections of its own.

Its own connections, because an entry must survive when the page's transaction rolls back. One
advisory lock orders the writers of all programs; it is held for one transaction and vanishes with
it. `synchronous_commit` is switched on here whatever the server's default, and a server that runs
without `fsync` is refused: its commits are not durable, and a receipt would be a lie.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any

import psycopg
from psycopg import errors

from stillroom.ledger import EMPTY_ROOT, Tile
from stillroom.phi._log_errors import LogUnopenable, LogUnwritable
from stillroom.phi._log_store import FORMAT, Head, Mention

LOCK = 0x5374_696C_6C72_6F6F  # "Stillroo": the one advisory lock of the ledger

_TABLES = """
CREATE SCHEMA IF NOT EXISTS ledger;
CREATE TABLE IF NOT EXISTS ledger.format (version integer NOT NULL);
CREATE TABLE IF NOT EXISTS ledger.entry (idx bigint PRIMARY KEY, raw bytea NOT NULL);
CREATE TABLE IF NOT EXISTS ledger.head (size bigint NOT NULL, root bytea NOT NULL);
CREATE TABLE IF NOT EXISTS ledger.tile (level integer, idx bigint, hashes bytea NOT NULL,
                                        PRIMARY KEY (level, idx));
CREATE TABLE IF NOT EXISTS ledger.mention (name text COLLATE "C", tile bigint,
                                           places bytea NOT NULL, PRIMARY KEY (name, tile));
CREATE TABLE IF NOT EXISTS ledger.checkpoint (size bigint PRIMARY KEY, note text NOT NULL);
ALTER TABLE ledger.tile ALTER hashes SET STORAGE EXTERNAL;
CREATE OR REPLACE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'entries are never changed or removed'; END $$;
CREATE OR REPLACE TRIGGER entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();
"""

Connection = psycopg.Connection[tuple[Any, ...]]


class _Reading:
    """The queries that readers and the writer share."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def head(self) -> Head:
        """See `Reading`."""
        row = self.connection.execute("SELECT size, root FROM ledger.head").fetchone()
        if row is None:
            raise LogUnopenable("the ledger has lost the record of its own size")
        return Head(*row)

    def last_row(self) -> int:
        """See `Reading`."""
        query = "SELECT coalesce(max(idx), -1) FROM ledger.entry"
        (last,) = self.connection.execute(query).fetchone() or (-1,)
        return int(last)

    def rows(self, start: int, stop: int) -> list[bytes]:
        """See `Reading`."""
        query = "SELECT raw FROM ledger.entry WHERE idx >= %s AND idx < %s ORDER BY idx"
        found = self.connection.execute(query, (start, stop), binary=True)
        return [raw for (raw,) in found]

    def pick(self, numbers: Sequence[int]) -> list[bytes]:
        """See `Reading`."""
        query = "SELECT idx, raw FROM ledger.entry WHERE idx = ANY(%s)"
        found: dict[int, bytes] = dict(
            self.connection.execute(query, (list(numbers),), binary=True).fetchall()
        )
        return [found[number] for number in numbers if number in found]

    def tile(self, level: int, index: int) -> bytes:
        """See `Reading`."""
        query = "SELECT hashes FROM ledger.tile WHERE level = %s AND idx = %s"
        row = self.connection.execute(query, (level, index), binary=True).fetchone()
        return b"" if row is None else bytes(row[0])


class _Writing(_Reading):
    """One transaction."""

    def add_rows(self, first: int, rows: Sequence[bytes]) -> None:
        """See `Writing`."""
        query = """INSERT INTO ledger.entry (idx, raw)
                   SELECT %s::bigint + n - 1, r
                   FROM unnest(%s::bytea[]) WITH ORDINALITY AS given (r, n)"""
        self.connection.execute(query, (first, list(rows)))

    def put_tiles(self, tiles: Sequence[Tile]) -> None:
        """See `Writing`."""
        query = """INSERT INTO ledger.tile VALUES (%s, %s, %b)
                   ON CONFLICT (level, idx) DO UPDATE SET hashes = excluded.hashes"""
        values = [(tile.level, tile.index, tile.hashes) for tile in tiles]
        self.connection.cursor().executemany(query, values)

    def add_mentions(self, mentions: Sequence[Mention]) -> None:
        """See `Writing`."""
        query = (
            "INSERT INTO ledger.mention SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bytea[])"
        )
        self.connection.execute(query, [list(column) for column in zip(*mentions, strict=True)])

    def put_head(self, head: Head) -> None:
        """See `Writing`."""
        query = "UPDATE ledger.head SET size = %s, root = %s"
        self.connection.execute(query, (head.size, head.root))

    def put_note(self, size: int, note: str) -> None:
        """See `Writing`."""
        query = """INSERT INTO ledger.checkpoint VALUES (%s, %s)
                   ON CONFLICT (size) DO UPDATE SET note = excluded.note"""
        self.connection.execute(query, (size, note))


class PostgresStore:
    """See `Store`. `patience` (seconds) is how long to wait for another program's transaction."""

    def __init__(self, address: str, *, read_only: bool = False, patience: float = 5.0) -> None:
        self._address, self._patience, self._read_only = address, patience, read_only
        self._lock = Lock()
        self._writing: _Writing | None = None
        self._reading: _Reading | None = None
        with _opening():
            if not read_only:
                self._prepare()
            self._require_known()

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
        with self._read() as reading, reading.connection.transaction():
            reading.connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield reading

    def mentions(self, name: str, below: int, limit: int) -> list[tuple[int, bytes]]:
        """See `Store`."""
        query = """SELECT tile, places FROM ledger.mention WHERE name = %s AND tile < %s
                   ORDER BY tile DESC LIMIT %s"""
        return self._all(query, name, below, limit)

    def all_mentions(self, after: Mention | None, limit: int) -> list[Mention]:
        """See `Store`."""
        query = """SELECT name, tile, places FROM ledger.mention WHERE (name, tile) > (%s, %s)
                   ORDER BY name, tile LIMIT %s"""
        found = self._all(query, *((after.name, after.tile) if after else ("", -1)), limit)
        return [Mention(*row) for row in found]

    def notes(self, limit: int) -> list[str]:
        """See `Store`."""
        query = "SELECT note FROM ledger.checkpoint ORDER BY size DESC LIMIT %s"
        return [note for (note,) in self._all(query, limit)]

    @contextmanager
    def write(self) -> Iterator[_Writing]:
        """See `Store`."""
        if self._read_only:
            raise LogUnwritable("the ledger was opened for reading only")
        try:
            writing = self._writing or _Writing(self._connect())
            self._writing = writing
            with writing.connection.transaction():
                writing.connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
                yield writing
        except psycopg.Error as error:
            self._abandon()
            raise _unwritable(error) from error
        except BaseException:
            self._abandon()
            raise

    def close(self) -> None:
        """See `Store`."""
        self._abandon()
        with self._lock:
            self._forget_reader()

    def _abandon(self) -> None:
        """Close the writing connection: whatever state it is in ends with it."""
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.connection.close()

    def _forget_reader(self) -> None:
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.connection.close()

    @contextmanager
    def _read(self) -> Iterator[_Reading]:
        """The reading connection. A server that was restarted is reached again at the next try."""
        with self._lock, _opening():
            try:
                self._reading = self._reading or _Reading(self._connect())
                yield self._reading
            except psycopg.OperationalError:
                self._forget_reader()
                raise

    def _all(self, query: str, *values: object) -> list[Any]:
        with self._read() as reading:
            return reading.connection.execute(query, values, binary=True).fetchall()

    def _connect(self) -> Connection:
        patience = f"{int(self._patience * 1000)}ms"
        options = f"-c synchronous_commit=on -c lock_timeout={patience} -c timezone=UTC"
        return psycopg.connect(
            self._address, autocommit=True, options=options, application_name="stillroom ledger"
        )

    def _prepare(self) -> None:
        """Make the tables unless they are there; one program at a time."""
        with self._connect() as connection:
            (there,) = connection.execute("SELECT to_regclass('ledger.format')").fetchone() or (0,)
            if there is not None:
                return
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
                connection.execute(_TABLES)
                connection.execute(
                    "INSERT INTO ledger.format SELECT %s WHERE NOT EXISTS (TABLE ledger.format)",
                    (FORMAT,),
                )
                connection.execute(
                    "INSERT INTO ledger.head SELECT 0, %s WHERE NOT EXISTS (TABLE ledger.head)",
                    (EMPTY_ROOT,),
                )

    def _require_known(self) -> None:
        if self._all("SHOW fsync") == [("off",)]:
            raise LogUnopenable(
                "this database server does not write to its disk before it answers",
                advice="Set fsync = on in postgresql.conf and restart the server.",
            )
        if self._all("SELECT version FROM ledger.format") != [(FORMAT,)]:
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
        raise LogUnopenable(
            "the ledger's database does not answer",
            advice="Check that the database server runs and that its address is right.",
        ) from error


def _unwritable(error: psycopg.Error) -> LogUnwritable:
    for kind, what, advice in _WORDS:
        if isinstance(error, kind):
            return LogUnwritable(what, advice=advice)
    return LogUnwritable()


_WORDS: tuple[tuple[type[psycopg.Error], str, str], ...] = (
    (
        errors.LockNotAvailable,
        "another program holds the ledger",
        "Stop the other program, or wait until it is done, and try again.",
    ),
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
    (
        psycopg.OperationalError,
        "the ledger's database does not answer",
        "Check that the database server runs, and try again.",
    ),
)
