"""T15: an old backup is put back, of the rows or of the log, by accident or to hide something.

A practice is lived through in steps, and copied after each. Every older database is put beside
every newer log, and every older log beside every newer database: the start refuses, with a plain
sentence and a way on. Both put back together, beside no checkpoint that was kept outside, is not
seen; docs/threats.md says so.
"""

import shutil
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from stillroom.access import Act
from stillroom.config.agreement import (
    MOMENT,
    UNDER_WAY,
    LogOlder,
    Rows,
    RowsOlder,
    require_agreement,
    rows_of_practice,
)
from stillroom.identity import sessions
from stillroom.identity.doors import Opened
from stillroom.kernel import StillroomError
from stillroom.phi import Log, bridge
from tests.cast import Cast
from tests.config.saying import run
from tests.harness.deeds import DEEDS, live
from tests.harness.evidence import Evidence
from tests.harness.faults import Fault, Strike, armed, died
from tests.harness.ondisk import InFiles, pointed_at, reopened

STEPS = ("nothing", "lived", "signed", "added", "taken back", "released")
DONE: dict[str, Callable[[Cast, dict[str, str]], Any]] = {
    "signed": DEEDS["sign"],
    "added": DEEDS["add"],
    "released": DEEDS["release"],
    "taken back": DEEDS["revoke"],
}
ORDER = ("signed", "added", "released", "taken back")


def _present(cast: Cast) -> None:
    """Ada signs in and does something, as a day goes; the rows show it."""
    sessions.begin(cast.house, Opened(cast.ada.id, cast.ada.key), at=cast.at)
    details: bridge.Details = {"did": "signed in"}
    bridge.note_event(cast.house, cast.ada.id, Act.SESSION_BEGIN, details, at=cast.at)


@pytest.fixture(scope="module")
def copies(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Path]:
    """The practice's folder after each step, an hour apart."""
    base = tmp_path_factory.mktemp("backups")
    template = InFiles(tmp_path_factory.mktemp("template"), django_db_blocker, live)
    kept: dict[str, Path] = {}
    with template.copy(base / "running") as practice:
        for nth, step in enumerate(("lived", *ORDER)):
            with reopened(practice) as cast:
                now = cast.later(hours=nth)
                _present(now)
                if step in DONE:
                    DONE[step](now, practice.ids)
                connection.close()
            kept[step] = base / step
            shutil.copytree(base / "running", kept[step])
    return kept


@pytest.fixture
def held_together(
    django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Callable[[Path, Path], None]:
    """Ask whether the rows of one folder and the log of another belong together."""

    def ask(rows: Path, log: Path) -> None:
        for file in rows.glob("practice.db*"):
            shutil.copy(file, tmp_path / file.name)
        for file in log.glob("ledger.db*"):
            shutil.copy(file, tmp_path / file.name)
        with pointed_at(tmp_path / "practice.db", django_db_blocker):
            with Log.open(tmp_path / "ledger.db") as opened:
                require_agreement(rows_of_practice(), opened)

    return ask


PAIRS = list(combinations(("lived", *ORDER), 2))


@pytest.mark.parametrize("step", ["lived", *ORDER])
def test_rows_and_log_of_one_moment_belong_together(
    copies: dict[str, Path], held_together: Callable[[Path, Path], None], step: str
) -> None:
    held_together(copies[step], copies[step])


@pytest.mark.parametrize(("older", "newer"), PAIRS)
def test_an_older_database_under_a_newer_log_is_refused(
    copies: dict[str, Path], held_together: Callable[[Path, Path], None], older: str, newer: str
) -> None:
    """A revocation that somebody would like to be forgotten, too."""
    with pytest.raises(RowsOlder) as told:
        held_together(copies[older], copies[newer])
    assert "practice.db" in told.value.advice


@pytest.mark.parametrize(("older", "newer"), PAIRS)
def test_an_older_log_under_a_newer_database_is_refused(
    copies: dict[str, Path], held_together: Callable[[Path, Path], None], older: str, newer: str
) -> None:
    with pytest.raises(LogOlder) as told:
        held_together(copies[newer], copies[older])
    assert "ledger.db" in told.value.advice


def test_the_log_of_another_practice_is_refused(
    copies: dict[str, Path],
    held_together: Callable[[Path, Path], None],
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    strange = tmp_path_factory.mktemp("strange")
    with Log.open(strange / "ledger.db") as log, Log.open(copies["lived"] / "ledger.db") as real:
        entries = [logged.entry for logged in real.entries()]
        log.append_all([*entries[1:], *entries[:5]])
    with pytest.raises(StillroomError):
        held_together(copies["lived"], strange)


# A server that died under way is no rollback


@pytest.fixture(scope="module")
def template(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> InFiles:
    """The first story, to be cut short."""
    return InFiles(tmp_path_factory.mktemp("cut"), django_db_blocker, live)


@pytest.mark.parametrize("deed", ["sign", "revoke", "release", "take up a paper"])
def test_a_server_that_died_between_entry_and_row_starts_again(
    template: InFiles, tmp_path: Path, deed: str
) -> None:
    """At once, again later, and after people have been there since."""
    with template.copy(tmp_path / deed) as practice:
        with reopened(practice) as cast:
            _present(cast)

        def child() -> None:
            fault = Fault(_commit_of_rows(template, tmp_path / "whole", deed), Strike.KILL)
            with reopened(practice, connect=fault.connect) as cast, fault.on_rows(), armed(fault):
                DEEDS[deed](cast, practice.ids)

        assert died(child)
        with reopened(practice) as cast:
            assert _forgets(cast), "the entry is there and its row is not"
            require_agreement(rows_of_practice(), cast.house.log)
            later = cast.later(days=1)
            bridge.note_event(cast.house, "house", Act.HOUSE_UNSEAL, {}, at=later.at)
            require_agreement(rows_of_practice(), cast.house.log)
            _present(later)
            require_agreement(rows_of_practice(), cast.house.log)


def _commit_of_rows(template: InFiles, folder: Path, deed: str) -> int:
    fault = Fault(-1, Strike.KILL)
    with template.copy(folder) as practice:
        with reopened(practice, connect=fault.connect) as cast, fault.on_rows(), armed(fault):
            DEEDS[deed](cast, practice.ids)
    return len(fault.names) - 1 - fault.names[::-1].index("COMMIT of the rows")


def _forgets(cast: Cast) -> bool:
    """Whether the newest entry that makes a row has none."""
    rows = rows_of_practice()
    made = {told.entry for told in rows.told}
    acts = {Act.RECORD_SIGN.value, Act.RELEASE_SEND.value, Act.CONSENT_WRITE.value}
    acts |= {Act.CONSENT_REVOKE.value}
    for logged in cast.house.log.latest(5):
        if logged.entry.act in acts:
            return logged.index not in made
    return False


def test_a_paper_taken_back_in_the_instant_of_the_copys_newest_entry_is_still_missed(
    template: InFiles, tmp_path: Path
) -> None:
    """The row names its entry: that the log ends in the very same instant hides nothing."""
    with template.copy(tmp_path / "instant") as practice, reopened(practice) as cast:
        now = cast.later(hours=1)
        bridge.note_event(cast.house, "house", Act.HOUSE_UNSEAL, {}, at=now.at)
        (tmp_path / "older").mkdir()
        for file in (tmp_path / "instant").glob("ledger.db*"):
            shutil.copy(file, tmp_path / "older" / file.name)
        DEEDS["revoke"](now, practice.ids)
        require_agreement(rows_of_practice(), cast.house.log)
        with Log.open(tmp_path / "older" / "ledger.db") as older, pytest.raises(LogOlder):
            require_agreement(rows_of_practice(), older)


def test_more_than_could_have_been_under_way_is_a_rollback(
    template: InFiles, tmp_path: Path
) -> None:
    with template.copy(tmp_path / "many") as practice, reopened(practice) as cast:
        empty = Rows((), None)
        _present(cast)
        rows = rows_of_practice()
        for nth in range(UNDER_WAY + 1):
            DEEDS["add"](cast, practice.ids)
            if nth < UNDER_WAY:
                require_agreement(rows, cast.house.log)
        with pytest.raises(RowsOlder):
            require_agreement(rows, cast.house.log)
        with pytest.raises(RowsOlder):
            require_agreement(empty, cast.house.log)


def test_what_was_done_long_before_the_end_was_not_under_way(
    template: InFiles, tmp_path: Path
) -> None:
    with template.copy(tmp_path / "long") as practice, reopened(practice) as cast:
        rows = rows_of_practice()
        DEEDS["add"](cast, practice.ids)
        require_agreement(rows, cast.house.log)
        after = cast.later(seconds=MOMENT.total_seconds() + 1)
        DEEDS["read a chart"](after, practice.ids)
        with pytest.raises(RowsOlder):
            require_agreement(rows, cast.house.log)


# Through the command line


@pytest.fixture
def folder(evidence: Evidence, tmp_path: Path) -> Path:
    """A copy of the practice that was lived in over HTTP."""
    shutil.copytree(evidence.life.served.home, tmp_path / "practice")
    return tmp_path / "practice"


def _rolled_back(folder: Path, name: str) -> None:
    """An empty database or log of the same practice, as it was made by `init`."""
    import sqlite3

    connection = sqlite3.connect(folder / name)
    if name == "practice.db":
        connection.execute("DELETE FROM chart_revision")
        connection.execute("DELETE FROM chart_record WHERE state <> 'draft'")
        connection.execute("DELETE FROM identity_session")
        connection.execute("UPDATE identity_onetimecode SET last_step = 0")
        connection.execute("UPDATE identity_wayin SET used_at = NULL")
        connection.execute("DELETE FROM disclosure_departure")
        connection.execute("DELETE FROM consent_paper")
        connection.execute("DELETE FROM disclosure_determination")
        connection.execute("DELETE FROM disclosure_packet")
        connection.commit()
    connection.close()


def test_serve_and_doctor_refuse_with_a_sentence_and_a_way_on(folder: Path) -> None:
    _rolled_back(folder, "practice.db")
    said = run("serve", "--home", folder, "--port", "1")
    assert said.code == 3, said.err
    assert "the database is older than the log" in said.err.lower()
    assert "--accept-older-database" in said.err
    told = run("doctor", "--home", folder)
    assert told.code == 1
    assert "older than the log beside it" in told.out


def test_a_log_that_was_made_anew_is_refused(folder: Path) -> None:
    for left in folder.glob("ledger.db*"):
        left.unlink()
    said = run("serve", "--home", folder, "--port", "1")
    assert said.code == 3, said.err
    assert "the log is older" in said.err.lower()
