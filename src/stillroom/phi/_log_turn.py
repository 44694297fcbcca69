"""Taking turns between programs that write one SQLite file.

SQLite's own waiting is a lottery: whoever asks again first wins, and a busy writer can keep another
out for seconds. So there are two file locks, *next* and *now*. Who wants to write takes *next*,
waits there for *now*, and then lets *next* go. A busy writer that comes back finds *next* taken by
the one who waits, and comes second. The kernel wakes who waits, so nobody has to ask twice.

These locks order; they do not protect: SQLite's own does that. They vanish with their program.
"""

import os
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread

from stillroom.phi._log_errors import LogUnwritable

try:
    import fcntl
except ImportError:  # not a Unix: SQLite's lottery it is
    fcntl = None  # type: ignore[assignment]

WAITER = "stillroom ledger waits for its turn"
BUSY = (
    "another program holds the ledger",
    "Stop the other program, or wait until it is done, and try again.",
)


class Turns:
    """The two locks of one ledger; `patience` in seconds is how long to wait for each."""

    def __init__(self, path: Path, patience: float) -> None:
        self._next = _FileLock(Path(f"{path}-next"), patience)
        self._now = _FileLock(Path(f"{path}-now"), patience)

    def enter(self) -> None:
        """Wait for our turn. `LogUnwritable` when patience runs out."""
        self._next.acquire()
        try:
            self._now.acquire()
        finally:
            self._next.release()

    def leave(self) -> None:
        """Our turn is over. Harmless when it never came."""
        self._now.release()

    def close(self) -> None:
        """Let the files go; they stay where they are, for the others."""
        self._next.close()
        self._now.close()


class _FileLock:
    """An advisory lock on a file, with a limit to the waiting, which the system call has not."""

    def __init__(self, path: Path, patience: float) -> None:
        self._path, self._patience = path, patience
        self._file = _open(path)
        self._held: int | None = None

    def acquire(self) -> None:
        if _take_at_once(self._file):
            self._held = self._file
            return
        waiter = _Waiter(self._path)
        try:
            came = waiter.gate.acquire(timeout=self._patience)
        finally:
            self._held = waiter.settle()
        if not came:
            self.release()
            raise LogUnwritable(BUSY[0], advice=BUSY[1])

    def release(self) -> None:
        held, self._held = self._held, None
        if held is None or fcntl is None:
            return
        if held == self._file:
            fcntl.flock(held, fcntl.LOCK_UN)
        else:
            os.close(held)

    def close(self) -> None:
        self.release()
        os.close(self._file)


class _Waiter:
    """A thread that waits in the system call, on a file of its own. If nobody is left to take the
    lock when it comes, closing that file lets it go again."""

    def __init__(self, path: Path) -> None:
        self.gate = Lock()
        self.gate.acquire()
        self._settling = Lock()
        self._abandoned = False
        self._got: int | None = None
        Thread(target=self._wait, args=(path,), name=WAITER, daemon=True).start()

    def _wait(self, path: Path) -> None:
        with suppress(OSError):  # the folder is gone: nothing left to wait for
            file = _open(path)
            fcntl.flock(file, fcntl.LOCK_EX)
            with self._settling:
                if self._abandoned:
                    os.close(file)
                else:
                    self._got = file
            self.gate.release()

    def settle(self) -> int | None:
        """The file that holds the lock; None when it did not come, and then it never will."""
        with self._settling:
            self._abandoned = True
            return self._got


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _take_at_once(file: int) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
