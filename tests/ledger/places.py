"""Where a log can be stored, for tests that hold on both databases, and an insider who reaches into
the tables behind Stillroom's back."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from stillroom.phi import Log
from tests.postgres import running_cluster


@dataclass(frozen=True)
class Place:
    """A database for one log."""

    where: Path | str

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file."""
        return isinstance(self.where, Path)

    def open(self, **options: Any) -> Log:
        """The log in it, as Stillroom opens it."""
        return Log.open(self.where, **options)

    def insider(self, *statements: str, values: tuple[object, ...] = ()) -> list[Any]:
        """Run statements on the tables themselves, guard rails taken down; gives the last answer.

        `?` stands for a value; values belong to the last statement.
        """
        if isinstance(self.where, Path):
            return self._inside_file(statements, values)
        drop = "ALTER TABLE ledger.entry DISABLE TRIGGER ALL"
        with psycopg.connect(self.where, options="-c search_path=ledger") as connection:
            for statement in (drop, *statements[:-1]):
                connection.execute(statement.encode())
            last = connection.execute(statements[-1].replace("?", "%s").encode(), values or None)
            return last.fetchall() if last.description else []

    def _inside_file(self, statements: tuple[str, ...], values: tuple[object, ...]) -> list[Any]:
        connection = sqlite3.connect(self.where)
        try:
            for trigger in ("entry_stays", "entry_remains"):
                connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
            for statement in statements[:-1]:
                connection.execute(statement)
            answer = connection.execute(statements[-1], values).fetchall()
            connection.commit()
            return answer
        finally:
            connection.close()


@pytest.fixture(params=["sqlite", "postgres"], name="place")
def each_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """An empty place on each database."""
    if request.param == "sqlite":
        yield Place(tmp_path / "ledger.db")
        return
    with running_cluster().database() as address:
        yield Place(address)


@pytest.fixture(name="file_place")
def sqlite_place(tmp_path: Path) -> Place:
    """An empty place in a file."""
    return Place(tmp_path / "ledger.db")


@pytest.fixture(name="server_place")
def postgres_place() -> Iterator[Place]:
    """An empty place on a server."""
    with running_cluster().database() as address:
        yield Place(address)
