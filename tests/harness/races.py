"""Two people at one practice at the same moment, step by step (THREATS.md, T17).

Each deed runs in a thread with connections of its own. One is stopped before its nth statement or
commit; the other runs until it is done or has to wait for a lock; then the first goes on. So every
place where one deed can be interrupted by another is tried, on a real file or server.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from tests.cast import Cast
from tests.harness.faults import worth_breaking
from tests.harness.ondisk import InFiles, InPostgres, Live, reopened
from tests.postgres import running_cluster

WAIT = 0.06
"""Seconds without a step, at the least, after which somebody is taken to be waiting for a lock. If she
was only slow, the two go on together, which is an order as good as any other; but so that not every
order is that one on a busy machine, as long is waited as her whole deed takes alone, and three times
what the same step does."""
LOOK = 0.002
_PATIENCE = 60

Deed = Callable[[Cast, Any], Any]
Template = InFiles | InPostgres


@dataclass
class Runner:
    """One deed in a thread, which can be stopped before a step."""

    do: Callable[[], Any]
    stop_at: int = -1
    names: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    """When it began, and came to each step."""
    gave: Any = None
    raised: BaseException | None = None

    def __post_init__(self) -> None:
        self.stopped, self.go_on, self.ended = Event(), Event(), Event()
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> "Runner":
        """Begin."""
        self.times.append(monotonic())
        self._thread.start()
        return self

    def wait_until_stopped(self) -> None:
        """Until it stands before its step, or has ended without coming to it."""
        while not self.stopped.wait(LOOK):
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
        self.times.append(monotonic())

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
    first: Callable[[], Any], second: Callable[[], Any], at: int, alone: list[float]
) -> tuple[Runner, Runner]:
    """`first` up to its step `at`, then `second` as far as it comes, then both to their ends.

    `alone`: the seconds after each step of `second` when nobody is in its way.
    """
    one, two = Runner(first, at).start(), Runner(second)
    one.wait_until_stopped()
    _as_far_as_it_comes(two.start(), alone)
    one.finish()
    two.finish()
    return one, two


def _as_far_as_it_comes(two: Runner, alone: list[float]) -> None:
    patience = max(WAIT, sum(alone))
    while not two.ended.wait(LOOK):
        here = len(two.times) - 1
        usual = alone[here] if here < len(alone) else max(alone)
        if monotonic() - two.times[here] > patience + 3 * usual:
            return


def ran(do: Callable[[], Any]) -> Runner:
    """A deed that has come to its end when nobody was in its way."""
    runner = Runner(do).start()
    runner.finish()
    runner.times.append(monotonic())
    return runner


def every_step(names: list[str]) -> Iterable[int]:
    """Before each step, and after the last."""
    return range(len(names) + 1)


def few_or_worth_breaking(names: list[str]) -> Iterable[int]:
    """Before each step of a short deed; of a long one, where it changes something, and more."""
    return worth_breaking(names) if len(names) > 30 else every_step(names)


def interleavings(
    template: Template,
    folder: Path,
    first: Deed,
    second: Deed,
    places: Callable[[list[str]], Iterable[int]] = few_or_worth_breaking,
) -> Iterator[tuple[Cast, Any, Runner, Runner]]:
    """The first deed interrupted by the second at these places, each in a practice of its own.

    Gives whoever opens it, what it knows of its rows, and the two.
    """
    with template.copy(folder / "whole") as practice, reopened(practice) as cast:
        whole = ran(lambda: first(cast, practice.ids))
        assert whole.raised is None, whole.raised
    with template.copy(folder / "alone") as practice, reopened(practice) as cast:
        times = ran(lambda: second(cast, practice.ids)).times
        alone = [then - now for now, then in pairwise(times)]
    for at in places(whole.names):
        with template.copy(folder / f"{at}") as practice, reopened(practice) as cast:
            ids = practice.ids
            both = interleave(lambda: first(cast, ids), lambda: second(cast, ids), at, alone)
            yield cast, ids, *both


def on_each(live: Live) -> Any:
    """A fixture of a module: a practice that has lived so, on SQLite files and on PostgreSQL."""

    @pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
    def template(
        request: pytest.FixtureRequest,
        django_db_setup: None,
        django_db_blocker: DjangoDbBlocker,
        tmp_path_factory: pytest.TempPathFactory,
    ) -> Template:
        folder = tmp_path_factory.mktemp("template")
        return lived(request.param, folder, django_db_blocker, live)

    return template


def lived(on: str, folder: Path, blocker: DjangoDbBlocker, live: Live) -> Template:
    """A practice that has lived so, on this database."""
    if on == "SQLite":
        return InFiles(folder, blocker, live)
    return InPostgres(running_cluster(), folder, blocker, live)
