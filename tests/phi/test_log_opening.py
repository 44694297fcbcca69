"""What is opened as a ledger is a ledger, of a format known here, and whole at its end."""

import os
import sqlite3
import stat
from pathlib import Path

import psycopg
import pytest

from stillroom.ledger import TreeHole, leaf_hash, verify_inclusion
from stillroom.phi import Log, LogUnopenable
from tests.ledger.places import Place, each_place, postgres_place, sqlite_place  # noqa: F401
from tests.ledger.samples import entries, entry
from tests.ledger.threads import at_once


def fill(place: Place, count: int = 300) -> None:
    """A log with some entries, closed again."""
    with place.open() as log:
        log.append_all(entries(count))


def test_a_newer_format_is_left_to_the_newer_version(place: Place) -> None:
    fill(place)
    newer = "PRAGMA user_version = 2" if place.is_sqlite else "UPDATE format SET version = 2"
    place.insider(newer)
    with pytest.raises(LogUnopenable, match="written by a newer Stillroom") as caught:
        place.open()
    assert "this one leaves the" in caught.value.advice


def test_a_head_that_disagrees_with_the_entries_is_refused(place: Place) -> None:
    fill(place)
    place.insider("UPDATE head SET root = ?", values=(leaf_hash(b"other"),))
    with pytest.raises(LogUnopenable, match="does not agree with its own size and root"):
        place.open()


@pytest.mark.parametrize("change", ["DELETE FROM entry WHERE idx = 299",
                                    "UPDATE head SET size = 299",
                                    "UPDATE head SET size = 301"])  # fmt: skip
def test_a_tail_that_is_cut_or_too_long_is_refused(place: Place, change: str) -> None:
    fill(place)
    place.insider(change)
    with pytest.raises(LogUnopenable, match="more or fewer entries"):
        place.open()


def test_an_entry_altered_near_the_end_is_refused(place: Place) -> None:
    fill(place)
    place.insider("UPDATE entry SET raw = ? WHERE idx = 280", values=(entry(999).canonical(),))
    with pytest.raises(LogUnopenable, match="does not agree"):
        place.open()


def test_a_lost_upper_tile_is_refused(place: Place) -> None:
    fill(place)
    place.insider("DELETE FROM tile WHERE level = 1")
    with pytest.raises(LogUnopenable, match="the end of the ledger is missing"):
        place.open()


def test_a_lost_lower_tile_is_made_again_from_its_entries(place: Place) -> None:
    fill(place, 600)
    place.insider("DELETE FROM tile WHERE level = 0 AND idx = 1")
    with place.open() as log:
        raw = entry(300).canonical()
        verify_inclusion(leaf_hash(raw), 300, 600, log.inclusion(300), log.root())


def test_a_hole_in_the_tree_is_told_by_the_proof_that_meets_it(place: Place) -> None:
    with place.open() as log:
        log.append_all(entries(600))
        place.insider("DELETE FROM tile WHERE level = 1")
        with pytest.raises(TreeHole, match="part of the ledger's tree"):
            log.inclusion(300, 600)


def test_a_ledger_without_its_head_is_refused(place: Place) -> None:
    fill(place)
    place.insider("DELETE FROM head")
    with pytest.raises(LogUnopenable, match="lost the record of its own size"):
        place.open()


def test_nothing_is_made_for_who_only_wants_to_read(tmp_path: Path, server_place: Place) -> None:
    with pytest.raises(LogUnopenable, match="there is no ledger here"):
        Log.open(tmp_path / "ledger.db", read_only=True)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(LogUnopenable, match="no ledger in this database"):
        server_place.open(read_only=True)


def test_other_files_are_not_ledgers_and_stay_as_they_are(tmp_path: Path) -> None:
    noise = tmp_path / "noise.db"
    noise.write_bytes(b"these are not the bytes of a database" * 100)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE cats (name TEXT)")
    connection.close()
    for file in (noise, other):
        before = file.read_bytes()
        with pytest.raises(LogUnopenable, match="not a ledger of Stillroom"):
            Log.open(file)
        assert file.read_bytes() == before


def test_a_place_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    for place in (tmp_path / "no" / "such" / "ledger.db", tmp_path):
        with pytest.raises(LogUnopenable, match="cannot be reached"):
            Log.open(place)
    with pytest.raises(LogUnopenable, match="does not answer"):
        Log.open(f"postgresql:///ledger?host={tmp_path}")


def test_the_file_is_for_its_owner_alone(file_place: Place, tmp_path: Path) -> None:
    """Also the files that SQLite and we put beside it."""
    before = os.umask(0)
    try:
        with file_place.open() as log:
            log.append(entry(0))
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert {"ledger.db", "ledger.db-wal"} <= set(modes)
    assert set(modes.values()) == {0o600}


def test_a_closed_log_is_one_tidy_file(file_place: Place, tmp_path: Path) -> None:
    """A copy of `ledger.db` is then a whole log; there is no write-ahead file to forget."""
    fill(file_place)
    assert not (tmp_path / "ledger.db-wal").exists()
    copy = tmp_path / "copy.db"
    copy.write_bytes((tmp_path / "ledger.db").read_bytes())
    with Log.open(copy) as log:
        assert log.audit().size == 300


def test_reading_changes_nothing_on_the_disk(file_place: Place) -> None:
    fill(file_place)
    assert isinstance(file_place.where, Path)
    before = file_place.where.read_bytes()
    with file_place.open(read_only=True) as log:
        log.audit()
        log.for_actor("person1", 5)
    assert file_place.where.read_bytes() == before


def test_many_programs_may_make_the_log_at_the_same_moment(place: Place) -> None:
    def make(number: int) -> None:
        with place.open() as log:
            log.append(entry(number))

    at_once(6, make)
    with place.open() as log:
        assert log.audit().size == 6


@pytest.mark.parametrize(("times", "made"), [(1, True), (19, True), (20, False)])
def test_a_file_whose_mode_another_program_changes_meanwhile_is_asked_again(
    file_place: Place, times: int, made: bool
) -> None:
    """SQLite says so at once there, and waits for nobody; asked for ever it is not."""
    left = [times]

    class Busy(sqlite3.Connection):
        def execute(self, query: str, *more: object) -> sqlite3.Cursor:  # type: ignore[override]
            if "journal_mode = WAL" in query and left[0]:
                left[0] -= 1
                busy = sqlite3.OperationalError("database is locked")
                busy.sqlite_errorname = "SQLITE_BUSY"
                raise busy
            return super().execute(query, *more)  # type: ignore[arg-type]

    def connect(*where: object, **how: object) -> sqlite3.Connection:
        return sqlite3.connect(*where, factory=Busy, **how)  # type: ignore[call-overload, no-any-return]

    if not made:
        with pytest.raises(LogUnopenable, match="another program holds the ledger"):
            file_place.open(connect=connect)
        return
    with file_place.open(connect=connect) as log:
        log.append(entry(0))
        assert log.audit().size == 1


def test_a_server_that_does_not_flush_is_refused(server_place: Place) -> None:
    """With fsync off a commit is not durable, and a receipt would be a lie."""
    address = str(server_place.where)

    def flushing(value: str) -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET fsync = {value}".encode())
            connection.execute("SELECT pg_reload_conf()")
        while _setting(address, "fsync") != value:
            pass

    flushing("off")
    try:
        with pytest.raises(LogUnopenable, match="does not write to its disk"):
            server_place.open()
    finally:
        flushing("on")
    with server_place.open() as log:
        log.append(entry(0))


def _setting(address: str, name: str) -> str:
    with psycopg.connect(address) as connection:
        (value,) = connection.execute(f"SHOW {name}".encode()).fetchone() or ("",)
        return str(value)
