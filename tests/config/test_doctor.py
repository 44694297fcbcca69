"""`stillroom doctor`: it needs no key, changes nothing, and sees each thing that could go wrong."""

import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stillroom.config import doctor_home, doctor_log, doctor_machine
from stillroom.config.doctor_finding import Finding
from stillroom.config.home import Home
from stillroom.ledger import Entry
from stillroom.phi import Log

pytestmark = pytest.mark.long


@pytest.fixture
def looks(say, practice):
    """What the doctor says should be looked at, and the exit code; `practice` is examined."""

    def examine(*options: object, **environment: str) -> tuple[int, str]:
        said = say("doctor", "--home", practice.path, *options, **environment)
        assert said.err == "", said.err
        lines = said.out.splitlines()
        return said.code, "\n".join(line[6:] for line in lines if line.startswith("look"))

    return examine


def entry(at: datetime) -> Entry:
    """An entry of that moment."""
    return Entry(
        at=at, actor="a", act="record:read", subject="s", grant="g", sealed=b"", opinion=""
    )


def log_of(path: Path, *times: datetime) -> None:
    """Write entries of those times."""
    with Log.open(path / "ledger.db") as log:
        log.append_all([entry(at) for at in times])


def test_a_healthy_practice_is_well_while_it_is_sealed(say_afresh, practice, files_of):
    before = files_of(practice.path)
    said = say_afresh("doctor", "--home", practice.path, "--key-file", practice.key_file)
    assert (said.code, said.err) == (0, "")
    marks = {line[:4] for line in said.out.splitlines() if not line.startswith(" ")}
    assert marks <= {"well", "note"}
    for part in ("closed to other accounts", "database opens and is whole", "tables are up to date",
                 "two ways in", "log is whole", "clock", "checkpoint", "backup", "free on",
                 "swap", "law on file is sound", "SQLite"):  # fmt: skip
        assert part in said.out, part
    assert "Linden" not in said.out  # the name of a practice is on no screen that needs no key
    after = files_of(practice.path)
    assert {name: after[name] for name in before} == before


def test_it_looks_at_a_practice_that_is_being_served(looks, practice):
    with Home.load(practice.path).only_server():
        assert looks()[0] == 0


def test_what_others_may_read(looks, practice):
    (practice.path / "practice.db").chmod(0o644)
    code, told = looks()
    assert code == 1
    assert "may read practice.db" in told
    practice.path.chmod(0o755)
    (found,) = doctor_home.folder_is_private(practice.path)
    assert "may enter the practice's folder" in found.says


def test_a_key_in_the_folder_it_opens(practice):
    shutil.copy(practice.key_file, practice.path / "kept-safe.txt")
    (found,) = doctor_home.no_key_inside(practice.path)
    assert not found.well
    assert "key file kept-safe.txt lies in the folder that it opens" in found.says


def test_a_key_that_others_may_read(practice, tmp_path: Path):
    key_file = tmp_path / "key"
    shutil.copy(practice.key_file, key_file)
    key_file.chmod(0o644)
    (found,) = doctor_home.key_file_is_private(practice.path, key_file)
    assert not found.well
    key_file.chmod(0o600)
    (found,) = doctor_home.key_file_is_private(practice.path, key_file)
    assert found.well
    (found,) = doctor_home.key_file_is_private(practice.path, tmp_path / "none")
    assert not found.well


def test_a_broken_description_does_not_stop_the_rest(looks, practice):
    (practice.path / "practice.json").write_text("{}")
    code, told = looks()
    assert code == 1
    assert "practice.json in that folder cannot be read" in told


def test_a_damaged_database(looks, practice):
    file = practice.path / "practice.db"
    words = bytearray(file.read_bytes())
    middle = len(words) // 2 // 4096 * 4096
    words[middle : middle + 4096 * 8] = b"\xff" * 4096 * 8
    file.write_bytes(words)
    assert "practice.db is damaged" in looks()[1]


def test_a_missing_database_is_not_made(looks, practice):
    (practice.path / "practice.db").unlink()
    assert "practice.db is missing" in looks()[1]
    assert not (practice.path / "practice.db").exists()


def test_tables_of_another_version(looks, practice):
    change(practice.path, "DELETE FROM django_migrations WHERE app = 'disclosure'")
    assert "of an older Stillroom" in looks()[1]
    change(
        practice.path,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('chart', '9999', '2031-01-01')",
    )
    assert "made by a newer Stillroom" in looks()[1]


def test_a_person_with_a_single_way_in_and_a_practice_with_nobody(looks, practice):
    change(practice.path, "DELETE FROM identity_wayin WHERE kind = 'words'")
    code, told = looks()
    assert code == 1
    assert "One lost key would shut out olga" in told
    change(practice.path, "UPDATE identity_person SET active = 0")
    assert "Nobody can sign in" in looks()[1]


def change(path: Path, statement: str) -> None:
    """Change the database as nobody should."""
    with sqlite3.connect(path / "practice.db") as connection:
        connection.execute(statement)
    connection.close()


def test_an_altered_log(looks, practice):
    now = datetime.now(UTC)
    log_of(practice.path, *[now] * 3)
    file = practice.path / "ledger.db"
    file.write_bytes(file.read_bytes().replace(b"record:read", b"record:sign", 1))
    code, told = looks()
    assert code == 1
    assert "ledger does not agree" in told


def test_a_clock_that_was_set_back(looks, practice):
    log_of(practice.path, datetime.now(UTC) + timedelta(days=2))
    code, told = looks()
    assert code == 1
    assert "clock is" in told
    assert "behind the newest entry" in told


def test_a_log_that_nobody_signed_for_a_day(say, looks, practice):
    log_of(practice.path, datetime.now(UTC) - timedelta(days=9))
    log_of(practice.path, datetime.now(UTC))
    soon = doctor_log.log(Home.load(practice.path), datetime.now(UTC) + timedelta(days=3))
    assert next(found.says for found in soon if not found.well).endswith("it is 3 days old.")
    words = ["ledger", "checkpoint", "--home", practice.path, "--key-file", practice.key_file]
    assert say(*words).code == 0
    assert looks()[0] == 0


def test_a_checkpoint_that_this_practices_key_did_not_sign(looks, practice, by_passphrase):
    from stillroom.phi.signing import LogSigner

    home, other = Home.load(practice.path), Home.load(by_passphrase.path)
    key = other.open_log_signer(other.open_server("four quiet herons wading"))
    with Log.open(home.log_place) as log:
        log.checkpoint(LogSigner(other.practice, key))
    assert "another log" in looks()[1]


def test_a_long_log_is_proven_at_its_end(practice, monkeypatch):
    monkeypatch.setattr(doctor_log, "WHOLE", 10)
    monkeypatch.setattr(doctor_log, "TAIL", 5)
    now = datetime.now(UTC)
    log_of(practice.path, *[now] * 30)
    found = list(doctor_log.log(Home.load(practice.path), now))
    assert all(one.well for one in found)
    assert "log's end is whole; its size is 31" in found[0].says


def test_pages_that_answer_to_the_network_without_tls(looks):
    code, told = looks(STILLROOM_HOSTS="stillroom.example.org,localhost")
    assert code == 1
    assert "stillroom.example.org" in told
    origins = {"STILLROOM_ORIGINS": "https://stillroom.example.org"}
    assert looks(STILLROOM_HOSTS="stillroom.example.org", **origins)[0] == 0


def machine(root: Path, swaps: str, **devices: str) -> Path:
    """A system that swaps to those devices; a device is named with its device-mapper uuid."""
    (root / "proc").mkdir()
    heading = "Filename Type Size Used Priority\n"
    (root / "proc" / "swaps").write_text(heading + swaps)
    for name, uuid in devices.items():
        (root / "sys/block" / name.replace("_", "-") / "dm").mkdir(parents=True)
        (root / "sys/block" / name.replace("_", "-") / "dm/uuid").write_text(uuid)
    return root


SWAPS = {
    "none": ("", {}, True),
    "a disk in the clear": ("/dev/sda2 partition 100 0 -2\n", {}, False),
    "a file in the clear": ("/swapfile file 100 0 -2\n", {}, False),
    "an encrypted device": ("/dev/dm-1 partition 1 0 -2\n", {"dm_1": "CRYPT-LUKS2-x"}, True),
    "a volume that is not": ("/dev/dm-1 partition 1 0 -2\n", {"dm_1": "LVM-x"}, False),
    "memory": ("/dev/zram0 partition 1 0 100\n", {}, True),
    "one of each": ("/dev/zram0 p 1 0 1\n/dev/sda2 p 1 0 1\n", {}, False),
}


@pytest.mark.parametrize("kind", SWAPS)
def test_memory_that_is_written_to_a_disk_in_the_clear(tmp_path: Path, kind):
    swaps, devices, silent = SWAPS[kind]
    (found,) = doctor_machine.swap(machine(tmp_path, swaps, **devices))
    assert found.well  # a remark: nobody can see from here what lies under the device
    assert (found.advice == "") == silent


def test_a_full_disk_is_told_before_the_log_cannot_be_written(tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=200 << 20))
    (found,) = doctor_machine.space(tmp_path)
    assert not found.well
    assert "200 MiB" in found.says


def test_every_finding_is_told_in_whole_sentences(say, practice):
    said = say("doctor", "--home", practice.path, STILLROOM_HOSTS="a.example")
    for line in said.out.splitlines():
        assert line.endswith("."), line
    assert Finding(True, "So.").advice == ""
