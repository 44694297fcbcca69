"""The sweep is believed only because it finds what was hidden from it on purpose (THREATS.md 6.1)."""

import secrets
import sqlite3
from pathlib import Path

import pytest

from tests.harness.disguises import DISGUISES, HIDDEN_FROM_THE_SWEEP
from tests.harness.sweep import Canaries, sweep

NOISE = [
    secrets.token_bytes(5000),
    b"\0" * 4096,
    b"SQLite format 3\0" + secrets.token_bytes(900),
    b"\x78",  # begins as zlib does, and hides no beginning that comes right after it
]


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("noise", range(len(NOISE)))
def test_a_canary_in_this_disguise_is_found(tmp_path: Path, disguise: str, noise: int) -> None:
    canaries = Canaries()
    planted = DISGUISES[disguise](canaries.words("Data of a note"))
    (tmp_path / "some.db").write_bytes(NOISE[noise] + planted + NOISE[noise][::-1])
    assert sweep([canaries], [tmp_path]), disguise


@pytest.mark.parametrize("disguise", sorted(set(DISGUISES) - {"one word alone"}))
def test_a_number_or_a_date_in_this_disguise_is_found(tmp_path: Path, disguise: str) -> None:
    canaries = Canaries()
    planted = DISGUISES[disguise](f"born {canaries.also('1913-02-27')}, telephone")
    (tmp_path / "some.db").write_bytes(secrets.token_bytes(700) + planted)
    assert sweep([canaries], [tmp_path]), disguise


def test_a_folder_without_canaries_is_clean(tmp_path: Path) -> None:
    canaries = Canaries()
    for nth in range(4):
        (tmp_path / f"{nth}.bin").write_bytes(secrets.token_bytes(60_000))
    assert sweep([canaries], [tmp_path]) == []


def test_a_canary_in_the_name_of_a_file_is_found(tmp_path: Path) -> None:
    canaries = Canaries()
    (tmp_path / f"packet for {canaries.word('name')}.pdf").write_bytes(b"")
    assert sweep([canaries], [tmp_path])


def test_a_canary_in_a_deleted_row_of_a_database_is_found(tmp_path: Path) -> None:
    canaries = Canaries()
    connection = sqlite3.connect(tmp_path / "some.db")
    connection.execute("PRAGMA secure_delete = OFF")
    connection.execute("CREATE TABLE note (words TEXT)")
    connection.execute("INSERT INTO note VALUES (?)", (canaries.words("deleted"),))
    connection.commit()
    connection.execute("DELETE FROM note")
    connection.commit()
    connection.close()
    assert sweep([canaries], [tmp_path])


def test_a_canary_that_waits_in_a_write_ahead_log_is_found(tmp_path: Path) -> None:
    canaries = Canaries()
    connection = sqlite3.connect(tmp_path / "some.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE note (words TEXT)")
    connection.execute("INSERT INTO note VALUES (?)", (canaries.words("wal"),))
    found = {Path(one.where).name for one in sweep([canaries], [tmp_path])}
    connection.close()
    assert found == {"some.db-wal"}


@pytest.mark.parametrize("disguise", HIDDEN_FROM_THE_SWEEP)
def test_what_the_sweep_cannot_see_is_known(tmp_path: Path, disguise: str) -> None:
    canaries = Canaries()
    (tmp_path / "x").write_bytes(
        b"\xff" * 64 + HIDDEN_FROM_THE_SWEEP[disguise](canaries.words("x"))
    )
    assert sweep([canaries], [tmp_path]) == []
