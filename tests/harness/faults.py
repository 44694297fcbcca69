"""Breaking writes on purpose (THREATS.md, 6.4): each statement, each commit, each moment.

A `Fault` strikes at the nth thing that a practice's databases are asked to do: a statement or a
commit of the rows, a statement or a commit of the log. It raises what a broken disk raises, before
or after the thing was done, or kills the process.
"""

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.db import OperationalError, connection


class Strike(Enum):
    """What happens."""

    BEFORE = "fails before it is done"
    AFTER = "fails after it was done"
    KILL = "kills the process before it is done"
    KILL_AFTER = "kills the process after it was done"


@dataclass
class Fault:
    """Strikes once, at step `at` (from 0; never at -1); keeps what it saw being done."""

    at: int
    strike: Strike
    names: list[str] = field(default_factory=list)
    struck: str = ""
    armed: bool = False

    def step(self, what: str, do: Callable[[], Any]) -> Any:
        """Let one thing be done, or not."""
        if not self.armed:
            return do()
        here = len(self.names) == self.at
        self.names.append(" ".join(what.split())[:70] or "?")
        if not here:
            return do()
        self.struck = self.names[-1]
        if self.strike is Strike.KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.strike is Strike.BEFORE:
            raise _Broken
        done = do()
        if self.strike is Strike.KILL_AFTER:
            os.kill(os.getpid(), signal.SIGKILL)
        del done
        raise _Broken

    @contextmanager
    def on_rows(self) -> Iterator[None]:
        """Strike at the rows' statements and commits, on this thread's connection."""

        def around(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            try:
                return self.step(sql, lambda: execute(sql, params, many, context))
            except _Broken:
                raise OperationalError("disk I/O error") from None

        commit = connection._commit  # type: ignore[attr-defined]

        def committing() -> None:
            try:
                self.step("COMMIT of the rows", commit)
            except _Broken:
                raise OperationalError("disk I/O error") from None

        connection._commit = committing  # type: ignore[attr-defined]
        try:
            with connection.execute_wrapper(around):
                yield
        finally:
            del connection._commit  # type: ignore[attr-defined]

    def connect(self, *where: Any, **how: Any) -> sqlite3.Connection:
        """Stands in for `sqlite3.connect` of the log."""
        fault = self

        class Breaking(sqlite3.Connection):
            def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
                return _log_step(fault, sql, lambda: super(Breaking, self).execute(sql, values))

            def executemany(self, sql: str, rows: Any, /) -> sqlite3.Cursor:
                return _log_step(fault, sql, lambda: super(Breaking, self).executemany(sql, rows))

        return sqlite3.connect(*where, **how, factory=Breaking)


class _Broken(Exception):
    """Turned into the error that the layer it stands for would raise."""


def _log_step(fault: Fault, sql: str, do: Callable[[], sqlite3.Cursor]) -> sqlite3.Cursor:
    try:
        done: sqlite3.Cursor = fault.step(f"log: {sql}", do)
    except _Broken:
        raise sqlite3.OperationalError("disk I/O error") from None
    return done


def worth_breaking(names: list[str]) -> list[int]:
    """The steps at which to strike: each change and each commit, and every third question."""
    asks = [nth for nth, name in enumerate(names) if "SELECT" in name]
    left = set(range(len(names))) - set(asks)
    return sorted(left | set(asks[::3]))


def worth_dying(names: list[str]) -> list[int]:
    """The steps before which to die: those that change or commit something, and the last one."""
    changes = {nth for nth, name in enumerate(names) if "SELECT" not in name}
    return sorted(changes | {len(names) - 1})


@contextmanager
def armed(fault: Fault) -> Iterator[None]:
    """From here on it counts."""
    fault.armed = True
    try:
        yield
    finally:
        fault.armed = False


def died(do: Callable[[], None]) -> bool:
    """Whether a child process that does this was killed before it came to the end."""
    child = os.fork()
    if child == 0:
        try:
            do()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
