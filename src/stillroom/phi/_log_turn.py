"""Taking turns between programs that write one SQLite file.

SQLite's own waiting is a lottery: whoever asks again first wins, and a busy writer can keep another
out for seconds. So there is a queue of length one: who wants to write first takes the turn file's
lock, and only its holder knocks at SQLite. A busy writer cannot come back before that one was let
in. The lock orders, it does not protect; SQLite's own does. Locks vanish with their program.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

from stillroom.phi._log_errors import LogUnwritable

try:
    import fcntl
except ImportError:  # not a Unix: SQLite's lottery it is
    fcntl = None  # type: ignore[assignment]

_FIRST_NAP = 0.0002
_LONGEST_NAP = 0.0002

BUSY = (
    "another program holds the ledger",
    "Stop the other program, or wait until it is done, and try again.",
)


class TurnFile:
    """The queue for one ledger; `patience` in seconds is how long anyone stands in it."""

    def __init__(self, path: Path, patience: float) -> None:
        self._patience = patience
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def enter(self, begin: Callable[[], bool]) -> None:
        """Stand in the queue until `begin` succeeds. `LogUnwritable` when patience runs out."""
        deadline = time.monotonic() + self._patience
        _insist(self._lock, deadline)
        try:
            _insist(begin, deadline)
        finally:
            if fcntl is not None:
                fcntl.flock(self._file, fcntl.LOCK_UN)

    def _lock(self) -> bool:
        if fcntl is None:
            return True
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """Leave the file; it stays where it is, for the others."""
        os.close(self._file)


def _insist(attempt: Callable[[], bool], deadline: float) -> None:
    """Try until it succeeds or the time is up; nap a little longer each time."""
    nap = _FIRST_NAP
    while not attempt():
        if time.monotonic() > deadline:
            raise LogUnwritable(BUSY[0], advice=BUSY[1])
        time.sleep(nap)
        nap = min(nap * 1.0, _LONGEST_NAP)
