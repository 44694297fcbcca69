"""THREATS.md 6.4 for the ledger: fail each statement, fill the disk, kill the program. Afterwards
only two questions: is the log consistent, and was a receipt given for an entry that is not there?
"""

import os
import random
import resource
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from stillroom.ledger import Receipt
from stillroom.phi import Log, LogUnopenable, LogUnwritable
from tests.ledger.child import start
from tests.ledger.places import Place, each_place, postgres_place, sqlite_place  # noqa: F401
from tests.ledger.samples import entries, entry
from tests.postgres import running_cluster

BEFORE = 250  # so that the next few entries complete a tile


class Failing(sqlite3.Connection):
    """A connection whose statement number `fail_at`, counted over all of them, fails."""

    count = 0
    fail_at = -1
    after = False

    def _run(self, run: Callable[..., sqlite3.Cursor], *given: Any) -> sqlite3.Cursor:
        Failing.count += 1
        if Failing.count != Failing.fail_at:
            return run(*given)
        if Failing.after:
            run(*given)
        raise sqlite3.OperationalError("disk I/O error")

    def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
        return self._run(super().execute, sql, *rest)

    def executemany(self, sql: str, rows: Iterable[Any]) -> sqlite3.Cursor:
        return self._run(super().executemany, sql, rows)


def failing(*where: Any, **options: Any) -> sqlite3.Connection:
    """In place of `sqlite3.connect`."""
    return sqlite3.connect(*where, factory=Failing, **options)


def statements_of(file_place: Place, count: int) -> int:
    """How many statements an append of `count` entries takes, opening the connection included."""
    with file_place.open(connect=failing) as log:
        Failing.count, Failing.fail_at = 0, -1
        log.append_all(entries(count, BEFORE))
        return Failing.count


@pytest.mark.parametrize("after", [False, True], ids=["before it ran", "after it ran"])
@pytest.mark.parametrize("count", [1, 10])
def test_whichever_statement_fails_the_log_stays_whole(
    tmp_path: Path, count: int, after: bool
) -> None:
    """Ten entries complete a tile: tiles, names, entries and head change in one transaction."""
    spare = Place(tmp_path / "spare.db")
    with spare.open() as log:
        log.append_all(entries(BEFORE))
    total = statements_of(spare, count)
    assert total >= 8
    for number in range(1, total + 1):
        place = Place(tmp_path / f"{number}.db")
        with place.open() as log:
            log.append_all(entries(BEFORE))
        with place.open(connect=failing) as log:
            Failing.count, Failing.fail_at, Failing.after = 0, number, after
            with pytest.raises(LogUnwritable):
                log.append_all(entries(count, BEFORE))
            committed = after and number == total  # the last statement is the commit
            expected = BEFORE + (count if committed else 0)
            assert log.size == expected
            assert log.append(entry(0)) == Receipt(expected)
            assert log.audit().size == expected + 1
        with place.open() as log:
            assert log.audit().size == expected + 1


def append_until_refused(log: Log) -> tuple[int, LogUnwritable]:
    """How many receipts were given before the refusal."""
    for receipts in range(5000):
        try:
            log.append(entry(receipts))
        except LogUnwritable as refusal:
            return receipts, refusal
    raise AssertionError("the disk never became full")


def capped(pages: int) -> Callable[..., sqlite3.Connection]:
    """Connections to a file that may not have more pages: SQLite's own full disk."""

    def connect(*where: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = sqlite3.connect(*where, **options)
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    return connect


def test_a_full_disk_gives_no_receipt_and_loses_none(file_place: Place) -> None:
    with file_place.open() as log:
        log.append_all(entries(BEFORE))
    pages = int(file_place.insider("PRAGMA page_count")[0][0])
    with file_place.open(connect=capped(pages + 12)) as log:
        receipts, refusal = append_until_refused(log)
        assert str(refusal) == "the disk that holds the ledger is full"
        assert "Free some space" in refusal.advice
        assert receipts > 20
        assert log.audit().size == BEFORE + receipts
        with pytest.raises(LogUnwritable, match="full"):
            log.append_all(entries(300))
        assert log.audit().size == BEFORE + receipts
    with file_place.open() as log:
        assert log.append(entry(0)) == Receipt(BEFORE + receipts)
        log.audit()


def test_a_file_that_may_grow_no_further_gives_no_receipt_and_loses_none(
    file_place: Place,
) -> None:
    """The system itself refuses the bytes, in the middle of whatever is being written."""
    with file_place.open() as log:
        log.append_all(entries(BEFORE))
    assert isinstance(file_place.where, Path)
    limit = file_place.where.stat().st_size + 150_000

    def confine() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    child = start(file_place, "confined", 5000, preexec_fn=confine, stderr=subprocess.PIPE)
    assert child.say() == "ready"
    child.begin()
    receipts = child.rest()
    assert child.stderr is not None
    complaint = child.stderr.read()
    child.stderr.close()
    assert "LogUnwritable" in complaint
    assert 10 < len(receipts) < 5000
    with file_place.open() as log:
        assert log.audit().size == BEFORE + len(receipts)


def test_a_killed_program_leaves_a_whole_log_and_every_entry_it_promised(place: Place) -> None:
    """SIGKILL at moments nobody chose; one log goes through all of them."""
    chance = random.Random()
    place.open().close()
    for turn, stride in enumerate((1, 40, 1, 7)):
        name = f"child{turn}"
        child = start(place, name, 100_000, stride)
        assert child.say() == "ready"
        child.begin()
        promised = [child.say() for _ in range(chance.randrange(1, 90))]
        child.kill()
        promised += [line for line in child.rest() if line.isdecimal()]
        with place.open() as log:
            log.audit()
            found = log.for_actor(name, 100_000)
            written = {str(logged.index): logged.entry for logged in found}
            assert set(promised) <= set(written)
            first = int(promised[0])
            assert all(written[n] == entry(int(n) - first, actor=name) for n in promised)
            log.append(entry(turn))


def test_a_server_that_falls_keeps_every_entry_it_promised(server_place: Place) -> None:
    """`immediate` stops PostgreSQL as a power failure would; it recovers from its own log."""
    cluster = running_cluster()
    with server_place.open() as log:
        receipts = [log.append(entry(number)) for number in range(30)]
        cluster.stop("immediate")
        with pytest.raises(LogUnwritable, match="does not answer"):
            log.append(entry(30))
        with pytest.raises(LogUnopenable, match="does not answer"):
            assert log.size
        cluster.start()
        assert log.append(entry(30)) == Receipt(len(receipts))
        assert log.audit().size == 31


@pytest.mark.parametrize("table", ["entry", "tile", "mention", "head"])
def test_whichever_table_refuses_the_server_keeps_the_log_whole(
    server_place: Place, table: str
) -> None:
    with server_place.open() as log:
        log.append_all(entries(BEFORE))
        with psycopg.connect(str(server_place.where), options="-c search_path=ledger") as other:
            other.execute(
                f"CREATE TRIGGER broken BEFORE INSERT OR UPDATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse()".encode()
            )
        with pytest.raises(LogUnwritable):
            log.append_all(entries(10, BEFORE))
        with psycopg.connect(str(server_place.where), options="-c search_path=ledger") as other:
            other.execute(f"DROP TRIGGER broken ON {table}".encode())
        assert log.append_all(entries(10, BEFORE))[0] == Receipt(BEFORE)
        assert log.audit().size == BEFORE + 10


def test_a_connection_that_is_cut_is_made_again(server_place: Place) -> None:
    with server_place.open() as log:
        log.append(entry(0))
        with psycopg.connect(str(server_place.where), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                          "WHERE application_name = 'stillroom ledger' "
                          "AND datname = current_database()")  # fmt: skip
        with pytest.raises(LogUnwritable, match="does not answer"):
            log.append(entry(1))
        with pytest.raises(LogUnopenable, match="does not answer"):
            assert log.size
        assert log.append(entry(1)) == Receipt(1)
        assert log.audit().size == 2


def as_nobody(work: Callable[[], str]) -> str:
    """What `work` gives in a process that may write nowhere: root steps down first."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        said = ""
        try:
            said = work()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the parent shall hear it
            said = f"{type(error).__name__}: {error}"
        finally:
            os.write(write, said.encode())
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    assert os.waitpid(child, 0)[1] == 0
    return said


def test_a_file_that_may_not_be_written_says_so_and_can_be_audited(file_place: Place) -> None:
    assert isinstance(file_place.where, Path)
    with file_place.open() as log:
        log.append_all(entries(3))
    file_place.where.chmod(0o444)
    file_place.where.parent.chmod(0o555)

    def append(**options: Any) -> str:
        with file_place.open(**options) as log:
            return f"{log.append(entry(0)).index}"

    def audit() -> str:
        with file_place.open(read_only=True) as log:
            return f"{log.audit().size}"

    try:
        with reachable(file_place.where.parent):
            assert as_nobody(append) == "LogUnopenable: the ledger may not be written here"
            assert as_nobody(audit) == "3"
            refusal = "LogUnwritable: the ledger was opened for reading only"
            assert as_nobody(lambda: append(read_only=True)) == refusal
    finally:
        file_place.where.parent.chmod(0o755)


@contextmanager
def reachable(folder: Path) -> Iterator[None]:
    """Let others pass through the folders above, which pytest closes to them."""
    modes = {parent: parent.stat().st_mode for parent in folder.parents}
    try:
        for parent, mode in modes.items():
            if parent.owner() == folder.owner() and not mode & 0o001:
                parent.chmod(mode | 0o011)
        yield
    finally:
        for parent, mode in modes.items():
            if parent.stat().st_mode != mode:
                parent.chmod(mode)
