"""Two people at one practice at the same moment, step by step (THREATS.md, T17).

Each deed runs in a thread with connections of its own. One is stopped before its nth statement or
commit; the other runs until it is done or has to wait for a lock; then the first goes on. So every
place where one deed can be interrupted by another is tried, on a real file or server.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic
from typing import Any

from django.db import connection, connections

WAIT = 0.04
"""Seconds after which somebody who has not come to an end is taken to be waiting for a lock. If she
was only slow, the two go on together, which is an order as good as any other; but so that not every
order is that one on a busy machine, whoever interleaves measures how long a deed takes alone."""
_PATIENCE = 60


@dataclass
class Runner:
    """One deed in a thread, which can be stopped before a step."""

    do: Callable[[], Any]
    stop_at: int = -1
    names: list[str] = field(default_factory=list)
    gave: Any = None
    raised: BaseException | None = None

    def __post_init__(self) -> None:
        self.stopped, self.go_on, self.ended = Event(), Event(), Event()
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> "Runner":
        """Begin."""
        self._thread.start()
        return self

    def wait_until_stopped(self) -> None:
        """Until it stands before its step, or has ended without coming to it."""
        while not self.stopped.wait(0.005):
            if self.ended.is_set():
                return

    def finish(self) -> None:
        """Let it go on, and wait for its end."""
        self.go_on.set()
        assert self.ended.wait(_PATIENCE), "it never came to an end"
        self._thread.join()

    def _run(self) -> None:
        try:
            with self._stepping():
                self.gave = self.do()
        except Exception as error:  # noqa: BLE001 - told to whoever started it
            self.raised = error
        finally:
            connections["default"].close()
            self.ended.set()

    def _step(self, name: str) -> None:
        if len(self.names) == self.stop_at:
            self.stopped.set()
            self.go_on.wait(_PATIENCE)
        self.names.append(name)

    @contextmanager
    def _stepping(self) -> Iterator[None]:
        connection.ensure_connection()
        commit = connection._commit  # type: ignore[attr-defined]

        def around(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            self._step(sql)
            return execute(sql, params, many, context)

        def committing() -> None:
            self._step("COMMIT")
            commit()

        connection._commit = committing  # type: ignore[attr-defined]
        try:
            with connection.execute_wrapper(around):
                yield
        finally:
            del connection._commit  # type: ignore[attr-defined]


def interleave(
    first: Callable[[], Any], second: Callable[[], Any], at: int, *, alone: float = 0.0
) -> tuple[Runner, Runner]:
    """`first` up to its step `at`, then `second` as far as it comes, then both to their ends.

    `alone`: the seconds that `second` takes when nobody is in its way.
    """
    one, two = Runner(first, at).start(), Runner(second)
    one.wait_until_stopped()
    two.start()
    two.ended.wait(max(WAIT, 3 * alone))
    one.finish()
    two.finish()
    return one, two


def steps(do: Callable[[], Any]) -> list[str]:
    """What a deed asks of the database when nobody is in its way."""
    runner = Runner(do).start()
    runner.finish()
    assert runner.raised is None, runner.raised
    return runner.names


def seconds_alone(do: Callable[[], Any]) -> float:
    """How long a deed takes when nobody is in its way; what it raises is of no interest."""
    begun = monotonic()
    Runner(do).start().finish()
    return monotonic() - begun
