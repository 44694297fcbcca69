"""The cast's practice in real files or a real PostgreSQL, in this process.

The database of the other tests is in memory and belongs to one thread. Here Django is pointed at
another for a while, so that threads and forked children have connections of their own; what was
there before comes back afterwards. A practice is lived once and copied for each test.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections
from pytest_django import DjangoDbBlocker

from stillroom.config.database import databases
from stillroom.phi import House, Log
from stillroom.vault import SharedKey
from tests.cast import Cast, make_cast
from tests.postgres import Cluster, name_of
from tests.web import serve

_ALIAS = "default"
Live = Callable[[Cast], dict[str, str]]


@contextmanager
def pointed_at(place: Path | str, blocker: DjangoDbBlocker) -> Iterator[None]:
    """Django's database is this file or address, for every thread, until we leave."""
    before, kept = connections[_ALIAS], connections.settings[_ALIAS]
    chosen: Mapping[str, Any] = (
        {**databases(None, place)[_ALIAS]} if isinstance(place, str) else {"NAME": str(place)}
    )
    with blocker.unblock():
        connections.settings[_ALIAS] = {
            **kept,
            **({} if isinstance(place, Path) else _BARE),
            **chosen,
        }
        del connections[_ALIAS]
        try:
            yield
        finally:
            connections[_ALIAS].close()
            connections.settings[_ALIAS] = kept
            connections[_ALIAS] = before


_BARE: Mapping[str, Any] = {"OPTIONS": {}}


@dataclass
class Kept:
    """A practice that is on a disk, and how to open it: again and again, as after each crash."""

    log: Path | str
    cast: Cast
    ids: dict[str, str]

    def opened(self, **how: Any) -> Cast:
        """The practice, its log opened afresh. `connect` stands in for `sqlite3.connect`."""
        house, again = self.cast.house, self.sealed(Log.open(self.log, **how))
        assert house.unsealed_at
        again.unseal(SharedKey.from_secret(house.server.to_secret()), at=house.unsealed_at)
        return replace(self.cast, house=again)

    def sealed(self, log: Log) -> House:
        """The house as it begins, before anybody unseals it."""
        house = self.cast.house
        return House(house.practice, house.name, house.gate, log, house.recovery, house.cost)


@contextmanager
def reopened(practice: Kept, **how: Any) -> Iterator[Cast]:
    """The practice as a process that has just started finds it."""
    connections[_ALIAS].close()
    cast = practice.opened(**how)
    serve(cast)
    try:
        yield cast
    finally:
        cast.house.log.close()


class InFiles:
    """A practice lived once in SQLite files; each copy is a folder of its own."""

    def __init__(self, folder: Path, blocker: DjangoDbBlocker, live: Live) -> None:
        self._folder, self._blocker = folder, blocker
        (folder / "practice.db").write_bytes(_empty_file(blocker))
        with pointed_at(folder / "practice.db", blocker):
            self.cast = make_cast(folder)
            self.ids = live(self.cast)
            self.cast.house.log.close()

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Kept]:
        """A copy in `folder`, pointed at."""
        folder.mkdir(parents=True)
        for file in self._folder.glob("*.db*"):
            shutil.copy(file, folder / file.name)
        with pointed_at(folder / "practice.db", self._blocker):
            yield Kept(folder / "ledger.db", self.cast, self.ids)


class InPostgres:
    """The same practice in PostgreSQL; each copy is a database of its own."""

    def __init__(
        self, cluster: Cluster, folder: Path, blocker: DjangoDbBlocker, live: Live
    ) -> None:
        self._cluster, self._blocker = cluster, blocker
        self._address = cluster.create_database(like=_empty_database(cluster, blocker))
        with pointed_at(self._address, blocker):
            made = make_cast(folder)
            made.house.log.close()
            self.cast = replace(made, house=Kept(self._address, made, {}).opened().house)
            self.ids = live(self.cast)
            self.cast.house.log.close()

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Kept]:
        """A copy, pointed at; `folder` gives it its name."""
        del folder
        like = name_of(self._address)
        with (
            self._cluster.database(like) as address,
            pointed_at(address, self._blocker),
        ):
            yield Kept(address, self.cast, self.ids)


@lru_cache(maxsize=1)
def _empty_file(blocker: DjangoDbBlocker) -> bytes:
    """A practice's file with every table and no row, made once a process."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "practice.db"
        with pointed_at(file, blocker):
            call_command("migrate", verbosity=0)
        _small_pages(file)
        return file.read_bytes()


def _small_pages(file: Path) -> None:
    """Most of its tables stay empty, and each takes a page: a small one is copied and compared sooner."""
    with closing(sqlite3.connect(file, isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode = DELETE")
        made.execute("PRAGMA page_size = 512")
        made.execute("VACUUM")


@lru_cache(maxsize=1)
def _empty_database(cluster: Cluster, blocker: DjangoDbBlocker) -> str:
    """The name of a database with every table and no row, made once a process."""
    address = cluster.create_database()
    with pointed_at(address, blocker):
        call_command("migrate", verbosity=0)
    return name_of(address)
