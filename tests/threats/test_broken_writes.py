"""Every write is broken at every statement and every commit (THREATS.md, 6.4).

After each: the practice is started again from its files, and must be consistent (rows and log
agree, chains and signatures hold, no departure without its packet and entry, no care without its
ring); and no word became visible without an entry that was durable before it.

The log's own writes, at every statement, are tests/phi/test_log_broken_writes.py; sudden death is
test_broken_writes_killed.py.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import Error
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from stillroom.kernel import StillroomError
from stillroom.ledger import Entry
from stillroom.phi import LogUnwritable
from stillroom.vault import Keyring
from tests.cast import NOON
from tests.harness import matrix
from tests.harness.deeds import DEEDS, Do, live
from tests.harness.faults import Fault, Strike, armed, worth_breaking, worth_dying
from tests.harness.ondisk import InFiles, Kept, reopened
from tests.harness.statements import state
from tests.harness.upright import require_upright
from tests.web import Visitor, serve

SLOW = frozenset(
    {"decide", "release", "send, and let it leave", "answer", "look into a file", "draw a file"}
    | {"write down a call", "put a letter behind a link", "deny a correction"}
    | {"tell of a disputed entry", "say that she was heard"}
)
"""Deeds that ask the law or start the workshop: not every question of theirs is broken, but every change and commit."""


@pytest.fixture(scope="module")
def template(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> InFiles:
    """The first story up to the moment before the packet leaves, in files."""
    return InFiles(tmp_path_factory.mktemp("template"), django_db_blocker, live)


class Watch:
    """Every opening of words, with the number of entries that were durable at that moment."""

    def __init__(self, ledger: Path) -> None:
        self._ledger = sqlite3.connect(f"{ledger.as_uri()}?mode=ro", uri=True)
        self.start = self.durable()
        self.openings: list[int] = []

    def durable(self) -> int:
        """Entries that another program sees, and that a crash would leave."""
        return int(self._ledger.execute("SELECT size FROM head").fetchone()[0])

    def require_entries_first(self) -> None:
        """For each opening an entry more was durable, before it."""
        for nth, durable in enumerate(self.openings, start=1):
            assert durable >= self.start + nth, "words were opened before their entry was durable"


@contextmanager
def watched(ledger: Path) -> Iterator[Watch]:
    """All openings of words are looked at meanwhile."""
    watch, real = Watch(ledger), Keyring.open_all

    def open_all(ring: Keyring, items: Any) -> list[bytes]:
        watch.openings.append(watch.durable())
        return real(ring, items)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Keyring, "open_all", open_all)
        yield watch
    watch.require_entries_first()
    watch._ledger.close()


def _broken(practice: Kept, do: Do, fault: Fault) -> bool:
    """Do it with the fault; gives whether it got to its end (and the fault never struck)."""
    with reopened(practice, connect=fault.connect) as cast, fault.on_rows():
        try:
            with armed(fault):
                do(cast, practice.ids)
        except (StillroomError, Error):
            return False
        except sqlite3.Error as error:
            raise AssertionError(f"{fault.struck}: told as {error!r}") from error
    return not fault.struck


@pytest.fixture(scope="module")
def seen(template: InFiles, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """What a deed asks of the databases, in its order, and that it leaves the practice whole when
    nothing breaks: found by letting it be done, once for all that is then broken of it."""

    @cache
    def names(deed: str) -> list[str]:
        fault = Fault(-1, Strike.BEFORE)
        with template.copy(tmp_path_factory.mktemp("whole") / "practice") as practice:
            assert _broken(practice, DEEDS[deed], fault)
            with reopened(practice) as cast:
                require_upright(cast)
        return fault.names

    return names


def _steps(names: list[str], deed: str, strike: Strike) -> list[int]:
    """The steps of a deed at which to strike.

    After a question has been answered everything is as it is before the next step, so only what
    changes or commits something is struck after it was done.
    """
    if strike is Strike.AFTER:
        return worth_dying(names)
    return worth_breaking(names) if deed in SLOW else list(range(len(names)))


@pytest.mark.parametrize("strike", [Strike.BEFORE, Strike.AFTER])
@pytest.mark.parametrize("deed", DEEDS)
def test_a_write_that_fails_anywhere_leaves_the_practice_whole(
    template: InFiles,
    seen: Callable[[str], list[str]],
    tmp_path: Path,
    deed: str,
    strike: Strike,
) -> None:
    steps = _steps(seen(deed), deed, strike)
    assert steps
    for at in steps:
        with template.copy(tmp_path / f"{at}") as practice:
            fault = Fault(at, strike)
            with watched(practice.log):
                assert not _broken(practice, DEEDS[deed], fault), "it was not struck"
            with reopened(practice) as cast:
                require_upright(cast)


# A log that cannot be written


def _full(ledger: Path) -> Callable[..., sqlite3.Connection]:
    """A disk on which the log can grow no more."""

    def connect(*where: Any, **how: Any) -> sqlite3.Connection:
        connection = sqlite3.connect(*where, **how)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    return connect


def _read_only(ledger: Path) -> Callable[..., sqlite3.Connection]:
    """A disk that was mounted for reading alone, after the log was opened."""

    def connect(where: str, **how: Any) -> sqlite3.Connection:
        return sqlite3.connect(where.replace("mode=rw", "mode=ro"), **how)

    return connect


def _held(ledger: Path) -> Callable[..., sqlite3.Connection]:
    """Another program holds the log and does not let it go."""

    def connect(*where: Any, **how: Any) -> sqlite3.Connection:
        return sqlite3.connect(*where, **{**how, "timeout": 0})

    holder = sqlite3.connect(ledger, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    connect.holder = holder  # type: ignore[attr-defined]
    return connect


WALLS = {"full": _full, "read-only": _read_only, "held": _held}


@contextmanager
def walled(template: InFiles, folder: Path, wall: str) -> Iterator[tuple[Any, Kept]]:
    """The practice behind a log into which nothing goes any more."""
    with template.copy(folder) as practice:
        assert isinstance(practice.log, Path)
        with reopened(practice, connect=WALLS[wall](practice.log)) as cast:
            with suppress(LogUnwritable):
                while True:  # what room there is on the last pages is used up first
                    cast.house.log.append(Entry(NOON, "x", "x", "", "", b"", ""))
            yield cast, practice


@pytest.mark.parametrize("wall", WALLS)
def test_when_the_log_cannot_be_written_no_deed_opens_or_changes_anything(
    template: InFiles, tmp_path: Path, wall: str
) -> None:
    with walled(template, tmp_path / wall, wall) as (cast, practice):
        assert isinstance(practice.log, Path)
        before = state()
        with watched(practice.log) as watch:
            for deed, do in DEEDS.items():
                if deed == "save a draft":
                    continue  # seals and opens nothing; see the next test
                with pytest.raises(LogUnwritable):
                    do(cast, practice.ids)
            assert watch.openings == []
        assert state() == before


@pytest.mark.parametrize("wall", WALLS)
def test_what_is_being_typed_is_still_kept_when_the_log_cannot_be_written(
    template: InFiles, tmp_path: Path, wall: str
) -> None:
    with walled(template, tmp_path / wall, wall) as (cast, practice):
        assert DEEDS["save a draft"](cast, practice.ids).version == 3


@pytest.mark.parametrize("wall", WALLS)
def test_when_the_log_cannot_be_written_no_page_shows_a_word(
    template: InFiles, tmp_path: Path, wall: str
) -> None:
    with walled(template, tmp_path / wall, wall) as (cast, practice):
        serve(cast)
        ada = Visitor(cast, "ada")
        ids = {**practice.ids, "chart": cast.dov, "change": "none", **_people(cast)}
        told = 0
        for row in matrix.rows():
            if row.method == "GET":
                answer = matrix.ask(matrix.Lived(cast, ids), row, ada)
                for words in (b"Slept six", b"Halpern", b"Dunleavy", b"countertransference"):
                    assert words not in answer.content or row.address == "styleguide", row.title
                told += answer.status_code == 503
                assert answer.status_code < 500 or answer.status_code == 503, row.title
        assert told > 12
        assert ada.post(reverse("signout")).status_code in (302, 503)
        assert ada.get(reverse("today")).headers["Location"].startswith(reverse("signin"))


def _people(cast: Any) -> dict[str, str]:
    return {name: member.id for name, member in cast.people.items()}


def test_when_there_is_room_again_everything_goes_on(template: InFiles, tmp_path: Path) -> None:
    with walled(template, tmp_path / "full", "full") as (_, practice):
        with reopened(practice) as cast:
            DEEDS["sign"](cast, practice.ids)
            require_upright(cast)


def test_a_change_of_the_front_sheet_that_came_second_is_told_and_overwrites_nothing(
    template: InFiles, tmp_path: Path
) -> None:
    """Two windows: the slower one read the sheet before the quicker one kept hers."""
    from stillroom.practice import actions, queries
    from stillroom.practice.models import Client

    with template.copy(tmp_path / "front") as practice, reopened(practice) as cast:
        ada = cast.here("ada")
        holder = queries.chart_head(ada, cast.dov).holders[0]
        real = Client.objects.filter

        def quicker(*_: Any, **wanted: Any) -> Any:
            if "front_revision" in wanted:
                real(pk=holder.client).update(front_revision=wanted["front_revision"] + 1)
            return real(**wanted)

        with pytest.MonkeyPatch.context() as patch, pytest.raises(actions.SheetMoved):
            patch.setattr(Client.objects, "filter", quicker)
            actions.change_front(ada, cast.directory, cast.dov, holder.client, holder.sheet)
