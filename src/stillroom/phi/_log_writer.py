"""Group commit: however many threads append, one transaction at a time, with all who wait in it.

There is no writer thread. A thread that finds nobody writing writes for itself and for everybody
who came meanwhile; when done it hands over to the first who came since. So a lone writer pays for
no handing between threads, sixteen share one disk flush, and each thread leads at most one batch
(docs/decisions/0005-the-ledger.md has the figures).
"""

from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock

from stillroom.kernel import StillroomError
from stillroom.phi._log_errors import LogUnwritable

MOST_ROWS = 1024
"""Rows in one transaction, unless a single call brings more."""


class _Turn:
    """One caller's rows, and where the caller waits."""

    __slots__ = ("failure", "first", "gate", "leads", "rows")

    def __init__(self, rows: Sequence[bytes]) -> None:
        self.rows = rows
        self.first = -1
        self.failure: BaseException | None = None
        self.leads = False
        self.gate = Lock()
        self.gate.acquire()


Take = Callable[[], Sequence[bytes]]
"""All rows that wait, asked for once, when the transaction stands open: who comes while it is being
opened still goes with it."""


class GroupCommit:
    """`commit(take)` opens a transaction, takes the rows, writes them durably and gives the number
    of the first; it is never called by two threads at once."""

    def __init__(self, commit: Callable[[Take], int]) -> None:
        self._commit = commit
        self._lock = Lock()
        self._waiting: deque[_Turn] = deque()
        self._led = False

    def put(self, rows: Sequence[bytes]) -> int:
        """Durable when this returns; gives the number of the first row.

        Raises `LogUnwritable`, and then none of the rows is in the log.
        """
        turn = _Turn(rows)
        with self._lock:
            self._waiting.append(turn)
            turn.leads, self._led = not self._led, True
        if not turn.leads:
            self._wait(turn)
        if turn.leads:
            self._lead()
        if turn.failure is not None:
            raise _own(turn.failure) from turn.failure
        return turn.first

    def _wait(self, turn: _Turn) -> None:
        try:
            turn.gate.acquire()
        except BaseException:  # interrupted while waiting: leave the queue, and let others lead
            with self._lock:
                if turn in self._waiting:
                    self._waiting.remove(turn)
                if turn.leads:
                    self._hand_over()
            raise

    def _lead(self) -> None:
        batch: list[_Turn] = []
        try:
            number = self._commit(lambda: self._take(batch))
            for turn in batch:
                turn.first = number
                number += len(turn.rows)
        except BaseException as failure:
            if not batch:  # it failed before it asked: whoever waits by now need not wait in vain
                self._take(batch)
            for turn in batch:
                turn.failure = failure
            if not isinstance(failure, StillroomError):
                raise
        finally:
            with self._lock:
                self._hand_over()
            for turn in batch[1:]:
                turn.gate.release()

    def _take(self, batch: list[_Turn]) -> list[bytes]:
        """Move turns from the queue to the batch; the leader's own turn is the first of them."""
        with self._lock:
            batch.append(self._waiting.popleft())
            rows = list(batch[0].rows)
            while self._waiting and len(rows) + len(self._waiting[0].rows) <= MOST_ROWS:
                batch.append(self._waiting.popleft())
                rows += batch[-1].rows
            return rows

    def _hand_over(self) -> None:
        """The first who waits leads next; with nobody waiting, whoever comes."""
        if self._waiting:
            self._waiting[0].leads = True
            self._waiting[0].gate.release()
        else:
            self._led = False


def _own(failure: BaseException) -> StillroomError:
    """The failure of a shared batch, as an error of the caller's own."""
    if isinstance(failure, StillroomError):
        return LogUnwritable(str(failure), advice=failure.advice)
    return LogUnwritable()
