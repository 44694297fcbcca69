"""Two programs on one log: numbers without gaps, turns taken, and no waiting without end."""

import shutil
import sqlite3
import threading
from pathlib import Path

import psycopg
import pytest

from stillroom.ledger import Receipt
from stillroom.phi import LogUnwritable
from stillroom.phi._log_postgres import LOCK
from stillroom.phi._log_turn import WAITER, Turns
from tests.ledger.child import start
from tests.ledger.places import Place, each_place, postgres_place, sqlite_place  # noqa: F401
from tests.ledger.samples import Pen, entries, entry


def test_two_programs_number_their_entries_without_gap_or_clash(place: Place) -> None:
    place.open().close()
    children = [start(place, name, 150, stride) for name, stride in (("one", 1), ("two", 5))]
    for child in children:
        assert child.say() == "ready"
    for child in children:
        child.begin()
    receipts = [child.rest() for child in children]
    assert [said.pop() for said in receipts] == ["done", "done"]
    assert sorted(int(number) for said in receipts for number in said) == list(range(300))
    with place.open() as log:
        assert log.audit().size == 300
        for name, said in zip(("one", "two"), receipts, strict=True):
            mine = [str(logged.index) for logged in log.for_actor(name, 1000)]
            assert mine[::-1] == said


def test_a_log_follows_what_others_append_between_its_own_entries(place: Place) -> None:
    """A few of them, a tile of them, and more than are worth adding one by one."""
    with place.open() as ours, place.open() as theirs:
        expected = 0
        for count in (1, 3, 256, 2, 700, 1):
            assert ours.append(entry(expected)) == Receipt(expected)
            theirs.append_all(entries(count, expected + 1))
            expected += 1 + count
            assert ours.size == theirs.size == expected
            assert ours.root() == theirs.root()
        assert ours.audit() == theirs.audit()


def test_two_programs_may_sign(place: Place) -> None:
    with place.open() as ours, place.open() as theirs:
        ours.append(entry(0))
        first = ours.checkpoint(Pen())
        theirs.append(entry(1))
        second = theirs.checkpoint(Pen())
        assert ours.checkpoints(2) == (second, first)


def test_a_program_that_holds_the_file_is_not_waited_for_without_end(file_place: Place) -> None:
    """Somebody else's program: it does not take turns, it only holds SQLite's lock."""
    with file_place.open(patience=0.05) as log:
        log.append(entry(0))
        other = sqlite3.connect(file_place.where, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LogUnwritable, match="another program holds the ledger") as caught:
            log.append(entry(1))
        assert "Stop the other program" in caught.value.advice
        other.execute("ROLLBACK")
        other.close()
        assert log.append(entry(1)) == Receipt(1)


def test_a_program_whose_turn_does_not_end_is_not_waited_for_without_end(
    file_place: Place,
) -> None:
    assert isinstance(file_place.where, Path)
    with file_place.open(patience=0.05) as log:
        other = Turns(file_place.where, 5)
        other.enter()
        for _ in range(2):
            with pytest.raises(LogUnwritable, match="another program holds the ledger"):
                log.append(entry(0))
        other.leave()
        assert log.append(entry(0)) == Receipt(0)
        other.close()


def test_whoever_waited_in_vain_does_not_block_the_others(file_place: Place) -> None:
    """The lock comes to a waiter who has given up, and goes on at once."""
    assert isinstance(file_place.where, Path)
    holder, hasty, later = (Turns(file_place.where, each) for each in (5, 0.01, 0.1))
    holder.enter()
    with pytest.raises(LogUnwritable):
        hasty.enter()
    holder.leave()
    for thread in threading.enumerate():
        if thread.name == WAITER:
            thread.join(5)
    later.enter()
    later.leave()
    hasty.enter()
    hasty.leave()
    for each in (holder, hasty, later):
        each.close()


def test_a_program_that_holds_the_servers_lock_is_not_waited_for_without_end(
    server_place: Place,
) -> None:
    with server_place.open(patience=0.05) as log:
        log.append(entry(0))
        with psycopg.connect(str(server_place.where)) as other:
            other.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
            with pytest.raises(LogUnwritable, match="another program holds the ledger"):
                log.append(entry(1))
        assert log.append(entry(1)) == Receipt(1)


def test_last_weeks_copy_put_back_under_a_running_program_is_not_written(
    file_place: Place, tmp_path: Path
) -> None:
    """T15 while the server runs: it has seen a longer log."""
    assert isinstance(file_place.where, Path)
    with file_place.open() as log:
        log.append_all(entries(10))
    copy = tmp_path / "copy"
    shutil.copy(file_place.where, copy)
    with file_place.open() as log:
        log.append_all(entries(5, 10))
        place = Place(file_place.where)
        place.insider("DELETE FROM entry WHERE idx >= 10", "DELETE FROM head",
                      f"ATTACH '{copy}' AS old",
                      "INSERT INTO head SELECT * FROM old.head")  # fmt: skip
        with pytest.raises(LogUnwritable, match="shorter than this program has seen it"):
            log.append(entry(99))
        assert log.size == 10


def test_another_past_of_the_same_length_is_not_written(file_place: Place, tmp_path: Path) -> None:
    with Place(tmp_path / "other.db").open() as other:
        other.append_all(entries(10, 500))
    with file_place.open() as log:
        log.append_all(entries(10))
        file_place.insider(
            "DELETE FROM head",
            f"ATTACH '{tmp_path / 'other.db'}' AS old",
            "INSERT INTO head SELECT * FROM old.head",
        )
        with pytest.raises(LogUnwritable, match="does not agree with its own size and root"):
            log.append(entry(99))
