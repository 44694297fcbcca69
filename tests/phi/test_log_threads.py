"""Sixteen people at once: one disk flush for all who wait, a receipt for each, and no mix-up."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from threading import Event, Thread, current_thread
from typing import Any

import pytest

from stillroom.kernel import Misuse
from stillroom.ledger import Receipt
from stillroom.phi import LogUnwritable
from stillroom.phi._log_writer import MOST_ROWS, GroupCommit, Take
from tests.ledger.places import Place, each_place, sqlite_place  # noqa: F401 - fixtures
from tests.ledger.samples import Pen, entry
from tests.ledger.threads import at_once


def test_sixteen_writers_get_a_receipt_each_for_what_they_wrote(place: Place) -> None:
    given: dict[int, Receipt] = {}
    with place.open() as log:

        def write(writer: int) -> None:
            for turn in range(40):
                number = writer * 1000 + turn
                given[number] = log.append(entry(number))

        at_once(16, write)
        assert sorted(receipt.index for receipt in given.values()) == list(range(640))
        found = [logged.entry for logged in log.entries()]
        assert all(found[receipt.index] == entry(number) for number, receipt in given.items())
        log.audit()


def test_each_writers_own_entries_stay_in_order(place: Place) -> None:
    with place.open() as log:
        at_once(8, lambda writer: [log.append(entry(n, actor=f"w{writer}")) for n in range(30)])
        for writer in range(8):
            mine = [logged.entry.grant for logged in log.for_actor(f"w{writer}", 100)]
            assert mine == [f"grant{n}" for n in reversed(range(30))]


def test_readers_and_signers_are_not_in_the_writers_way(place: Place) -> None:
    with place.open() as log:
        log.append(entry(0))

        def work(number: int) -> None:
            for turn in range(20):
                if number % 4 == 0:
                    log.append(entry(turn))
                elif number % 4 == 1:
                    log.inclusion(0)
                elif number % 4 == 2:
                    log.for_actor("person0", 5)
                else:
                    log.checkpoint(Pen())

        at_once(8, work)
        assert log.audit(*log.checkpoints(100)).size == 41


class Counting(sqlite3.Connection):
    """A connection that counts the transactions of all of its kind; the first waits to be let go."""

    commits = taken = 0
    let_go = Event()

    def executemany(self, sql: str, rows: Iterable[Any], /) -> sqlite3.Cursor:
        every = list(rows)
        if not Counting.taken:
            Counting.taken = len(every)
        return super().executemany(sql, every)

    def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
        if sql == "COMMIT":
            Counting.commits += 1
            assert Counting.commits != 1 or Counting.let_go.wait(60)
        return super().execute(sql, *rest)


def test_those_who_wait_share_one_commit(file_place: Place) -> None:
    """Whoever comes while one commits goes with the next, however busy the machine is."""

    def connect(*where: Any, **options: Any) -> sqlite3.Connection:
        return sqlite3.connect(*where, factory=Counting, **options)

    Counting.let_go.set()  # to make the file
    with file_place.open(connect=connect) as log:
        Counting.commits, Counting.taken, Counting.let_go = 0, 0, Event()
        waiting = log._group._waiting

        def write(number: int) -> None:
            if number:
                log.append(entry(number))
                return
            while not Counting.commits or Counting.taken + len(waiting) < 16:
                Counting.let_go.wait(0.001)
            Counting.let_go.set()

        at_once(17, write)
        assert log.size == 16
        assert Counting.commits <= 2


# The queue by itself, with a disk that waits to be told.


class Disk:
    """A commit that takes its rows, blocks until it is let go, and remembers its batches."""

    def __init__(self) -> None:
        self.batches: list[list[bytes]] = []
        self.began, self.go = Event(), Event()
        self.failure: BaseException | None = None
        self.refuses = False
        self.size = 0

    def __call__(self, take: Take) -> int:
        if self.failure is not None and self.refuses:
            raise self.failure
        rows = take()
        self.began.set()
        assert self.go.wait(10)
        if self.failure is not None:
            raise self.failure
        self.batches.append(list(rows))
        first, self.size = self.size, self.size + len(rows)
        return first


class Writer(Thread):
    """Puts rows into a queue and keeps what came of it."""

    def __init__(self, queue: GroupCommit, *rows: bytes) -> None:
        super().__init__()
        self.queue, self.rows = queue, rows
        self.result: int | BaseException | None = None

    def run(self) -> None:
        try:
            self.result = self.queue.put(self.rows)
        except BaseException as error:  # noqa: BLE001 - kept for the test to look at
            self.result = error


def waiting(queue: GroupCommit, count: int) -> None:
    """Until so many stand in the queue."""
    while len(queue._waiting) < count:
        pass


def crowd(disk: Disk, queue: GroupCommit, *late: tuple[bytes, ...]) -> list[Writer]:
    """One writer at the disk, and the others waiting in the order given."""
    writers = [Writer(queue, b"first")]
    writers[0].start()
    assert disk.began.wait(10)
    for count, rows in enumerate(late, 1):
        writers.append(Writer(queue, *rows))
        writers[-1].start()
        waiting(queue, count)
    return writers


def finish(disk: Disk, writers: list[Writer]) -> list[int | BaseException | None]:
    disk.go.set()
    for writer in writers:
        writer.join(10)
    return [writer.result for writer in writers]


def test_all_who_came_while_the_disk_was_busy_go_in_the_next_batch() -> None:
    disk = Disk()
    queue = GroupCommit(disk)
    writers = crowd(disk, queue, (b"a",), (b"b", b"c"), (b"d",))
    assert finish(disk, writers) == [0, 1, 2, 4]
    assert disk.batches == [[b"first"], [b"a", b"b", b"c", b"d"]]


def test_a_batch_has_a_limit_but_no_call_is_divided() -> None:
    disk = Disk()
    queue = GroupCommit(disk)
    large = (b"x",) * (MOST_ROWS + 5)
    writers = crowd(disk, queue, (b"a",), large, (b"b",), (b"c",) * MOST_ROWS)
    finish(disk, writers)
    assert [len(batch) for batch in disk.batches] == [1, 1, MOST_ROWS + 5, 1, MOST_ROWS]


def test_when_a_batch_fails_each_of_its_callers_is_told_and_nobody_else() -> None:
    disk = Disk()
    queue = GroupCommit(disk)
    writers = crowd(disk, queue, (b"a",), (b"b",))
    disk.failure = LogUnwritable("the disk is full", advice="Free some space.")
    results = finish(disk, writers)
    assert all(isinstance(result, LogUnwritable) for result in results)
    assert len({id(result) for result in results}) == 3
    assert [str(result) for result in results] == ["the disk is full"] * 3
    disk.failure = None
    assert queue.put([b"later"]) == 0


def test_a_disk_that_cannot_be_reached_lets_nobody_wait_in_vain() -> None:
    """It fails before it asks for the rows: all who wait by then are told at once."""
    disk = Disk()
    queue = GroupCommit(disk)
    writers = crowd(disk, queue, (b"a",), (b"b",), (b"c",))
    disk.refuses = True
    disk.go.set()
    writers[0].join(10)
    assert writers[0].result == 0
    disk.failure = LogUnwritable("another program holds the ledger")
    finish(disk, writers)
    disk.failure = None
    assert queue.put([b"later"]) == disk.size - 1


def test_a_bug_while_writing_gives_nobody_a_receipt_and_blocks_nobody() -> None:
    disk = Disk()
    queue = GroupCommit(disk)
    writers = crowd(disk, queue, (b"a",))
    disk.failure = Misuse("a bug")
    results = finish(disk, writers)
    assert [type(result) for result in results] == [Misuse, Misuse]
    disk.failure = None
    assert queue.put([b"later"]) == 0


class Impatient:
    """A gate whose waiter is interrupted, as by Ctrl-C."""

    def acquire(self) -> None:
        raise KeyboardInterrupt

    def release(self) -> None:
        """Nobody waits here any more."""


def test_whoever_is_interrupted_while_waiting_leaves_the_queue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disk = Disk()
    queue = GroupCommit(disk)
    writers = crowd(disk, queue, (b"a",))
    turn_made = _turns_of(monkeypatch)
    interrupted = Writer(queue, b"interrupted")
    turn_made(interrupted)
    interrupted.start()
    interrupted.join(10)
    assert isinstance(interrupted.result, KeyboardInterrupt)
    assert finish(disk, writers) == [0, 1]
    assert disk.batches == [[b"first"], [b"a"]]
    assert queue.put([b"later"]) == 2


def _turns_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[Thread], None]:
    """Give one thread's turn an impatient gate."""
    from stillroom.phi import _log_writer

    chosen: list[Thread] = []

    class Turn(_log_writer._Turn):
        def __init__(self, rows: Sequence[bytes]) -> None:
            super().__init__(rows)
            if current_thread() in chosen:
                self.gate = Impatient()  # type: ignore[assignment]

    monkeypatch.setattr(_log_writer, "_Turn", Turn)
    return chosen.append
