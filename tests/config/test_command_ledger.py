"""`stillroom ledger`: what an outsider needs, without a key; what was altered is exit 1."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stillroom.config.home import Home
from stillroom.ledger import Checkpoint, Entry, LogKey, read_entries
from stillroom.phi import Log
from tests.config.saying import UNSEAL, Made

BEGAN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ADDED = 40


def entry(number: int, *, at: datetime | None = None, act: str = "record:read") -> Entry:
    """One entry of a made-up day."""
    return Entry(
        at=at or BEGAN + timedelta(minutes=number),
        actor="adaadaadaadaadaadaadaadaad",
        act=act,
        subject=f"subject{number:04}",
        grant=f"grant{number:04}",
        sealed=b"sealed",
        opinion="",
    )


def add(path: Path, *entries: Entry) -> int:
    """Write entries into a practice's log; gives its size."""
    with Log.open(Home.load(path).log_place) as log:
        log.append_all(entries)
        return log.size


@pytest.fixture
def kept(practice: Made) -> Made:
    """A practice whose log has some entries."""
    add(practice.path, *map(entry, range(ADDED)))
    return practice


def sign(say_here, made: Made, *options: object) -> str:
    """A fresh checkpoint."""
    words = ["ledger", "checkpoint", "--home", made.path, "--key-file", made.key_file]
    said = say_here(*words, *options)
    assert said.code == 0, said.err
    return said.out


def alter(made: Made, old: bytes, new: bytes) -> None:
    """Change bytes in the log's file, as somebody with an editor for bytes would."""
    file = made.path / "ledger.db"
    words = file.read_bytes()
    assert old in words
    assert len(old) == len(new)
    file.write_bytes(words.replace(old, new))


# Auditing


def test_an_audit_needs_no_key_and_changes_nothing(say, kept, files_of):
    before = files_of(kept.path)
    said = say("ledger", "audit", "--home", kept.path)
    assert said.code == 0, said.err
    lines = dict(line.split(maxsplit=1) for line in said.out.splitlines())
    assert lines["size"] == str(ADDED + 1)
    assert len(bytes.fromhex(lines["root"])) == 32
    assert lines["span"].endswith("to 2026-11-23 09:39:00+00:00")
    assert "no checkpoint yet" in lines["signed"]
    after = files_of(kept.path)
    assert {name: after[name] for name in before} == before


def test_an_audit_counts_what_the_last_checkpoint_vouches_for(say_here, kept):
    sign(say_here, kept)
    add(kept.path, entry(99))
    said = say_here("ledger", "audit", "--home", kept.path)
    assert f"signed   {ADDED + 1} entries; 1 are newer" in said.out


def test_an_altered_entry_is_named_and_exit_1(say, kept):
    alter(kept, b"subject0007", b"subject0008")
    said = say("ledger", "audit", "--home", kept.path)
    assert said.code == 1
    assert "The log is not proven" in said.err
    assert "Traceback" not in said.err


def test_a_log_that_vanished_is_exit_1_and_not_made_anew(say_here, kept):
    for file in kept.path.glob("ledger.db*"):
        file.unlink()
    said = say_here("ledger", "audit", "--home", kept.path)
    assert said.code == 1
    assert not (kept.path / "ledger.db").exists()
    words = ["checkpoint", "--key-file", kept.key_file]
    assert say_here("ledger", *words, "--home", kept.path).code == 1
    assert not (kept.path / "ledger.db").exists()


def test_a_log_of_noise_is_exit_1(say_here, kept):
    (kept.path / "ledger.db").write_bytes(b"noise" * 1000)
    said = say_here("ledger", "audit", "--home", kept.path)
    assert said.code == 1
    assert "not proven" in said.err


def test_last_weeks_copy_is_caught_by_a_checkpoint_kept_outside_alone(
    say_here, kept, tmp_path: Path
):
    old = (kept.path / "ledger.db").read_bytes()
    add(kept.path, entry(98), entry(99))
    outside = tmp_path / "checkpoint.txt"
    outside.write_text(sign(say_here, kept))
    for file in kept.path.glob("ledger.db-wal"):
        file.unlink()
    (kept.path / "ledger.db").write_bytes(old)
    alone = say_here("ledger", "audit", "--home", kept.path)
    assert alone.code == 0  # the copy is whole in itself: this is what T15 says remains
    said = say_here("ledger", "audit", "--home", kept.path, "--checkpoint", outside)
    assert said.code == 1
    assert "the log is cut" in said.err


def test_a_checkpoint_of_another_practice_is_refused(say_here, kept, by_passphrase, tmp_path):
    words = ["ledger", "checkpoint", "--home", by_passphrase.path]
    other = tmp_path / "other.txt"
    other.write_text(say_here(*words, typed=f"{UNSEAL}\n").out)
    said = say_here("ledger", "audit", "--home", kept.path, "--checkpoint", other)
    assert said.code == 2
    assert "another log" in said.err


def test_a_clock_that_was_set_back_is_a_remark_and_no_fault(say_here, kept):
    add(kept.path, entry(0, at=BEGAN - timedelta(days=400)))
    said = say_here("ledger", "audit", "--home", kept.path)
    assert said.code == 0
    assert "remark   the clock was set back by 400 days" in said.out


# Signing


def test_a_checkpoint_is_signed_with_the_key_that_is_told(say_here, kept, tmp_path: Path):
    note = sign(say_here, kept)
    point = Checkpoint.parse(note)
    key = LogKey.parse(say_here("ledger", "key", "--home", kept.path).out.strip())
    assert (point.origin, point.size) == (key.name, ADDED + 1)
    assert point.signatures[0].key_id == key.id
    assert say_here("ledger", "checkpoint", "--last", "--home", kept.path).out == note
    sign(say_here, kept, "--out", tmp_path / "note")
    assert (tmp_path / "note").read_text() == note


def test_a_checkpoint_by_passphrase(say, by_passphrase):
    words = ["ledger", "checkpoint", "--home", by_passphrase.path]
    said = say(*words, typed=f"{UNSEAL}\n")
    assert said.code == 0, said.err
    assert Checkpoint.parse(said.out).size >= 1


@pytest.mark.parametrize("typed", ["four quiet herons wadinG\n", "short\n", "\n", ""])
def test_a_wrong_passphrase_is_exit_3_and_changes_nothing(say_here, by_passphrase, files_of, typed):
    before = files_of(by_passphrase.path)
    said = say_here("ledger", "checkpoint", "--home", by_passphrase.path, typed=typed)
    assert said.code == 3
    assert "does not unseal this practice" in said.err
    assert files_of(by_passphrase.path) == before


def test_a_wrong_key_file_is_exit_3_and_changes_nothing(say_here, kept, tmp_path, files_of):
    good = kept.key_file.read_text("ascii")
    wrong = {
        "nothing": "",
        "noise": "stillroom-key-1 !!!\n",
        "cut": good[: len(good) // 2],
        "one letter off": good.replace(good[30], "A" if good[30] != "A" else "B", 1),
        "unmarked": good.split()[1],
        "another version": good.replace("key-1", "key-2"),
    }
    before = files_of(kept.path)
    for name, words in wrong.items():
        file = tmp_path / name
        file.write_text(words, "ascii")
        said = say_here("ledger", "checkpoint", "--home", kept.path, "--key-file", file)
        assert said.code == 3, name
        assert said.err.splitlines()[1].endswith("."), name
    for file in (tmp_path / "missing", tmp_path):
        said = say_here("ledger", "checkpoint", "--home", kept.path, "--key-file", file)
        assert (said.code, said.out) == (3, "")
        assert "cannot be read" in said.err
    assert files_of(kept.path) == before


def test_an_altered_log_fails_its_audit_also_when_it_was_signed_once_more(say_here, kept):
    sign(say_here, kept)
    alter(kept, b"subject0007", b"subject0008")
    words = ["ledger", "checkpoint", "--home", kept.path, "--key-file", kept.key_file]
    say_here(*words)
    assert say_here("ledger", "audit", "--home", kept.path).code == 1


# Handing out


def test_the_export_is_every_entry_and_a_part_keeps_its_numbers(say_here, kept):
    whole = say_here("ledger", "export", "--home", kept.path)
    lines = whole.out.splitlines(keepends=True)
    raw = list(read_entries(lines))
    assert [Entry.parse(each) for each in raw[1:]] == [entry(n) for n in range(ADDED)]
    part = say_here("ledger", "export", "--home", kept.path, "--from", "3", "--to", "5")
    assert part.out.splitlines(keepends=True) == lines[3:6]
    assert [json.loads(line)["index"] for line in lines] == list(range(ADDED + 1))


@pytest.mark.parametrize("span", [["--from", "99"], ["--to", "99"], ["--from", "7", "--to", "3"]])
def test_entries_that_are_not_there_are_said_so(say_here, kept, span):
    said = say_here("ledger", "export", "--home", kept.path, *span)
    assert (said.code, said.out) == (2, "")
    assert "no entry of that number" in said.err


def test_a_proof_waits_for_a_checkpoint(say_here, kept):
    unsigned = say_here("ledger", "proof", "--home", kept.path, "3")
    assert unsigned.code == 1
    assert "no signed checkpoint yet" in unsigned.err
    sign(say_here, kept)
    assert say_here("ledger", "proof", "--home", kept.path, "3").code == 0
    size = add(kept.path, entry(99))
    assert "newer than" in say_here("ledger", "proof", "--home", kept.path, size - 1).err
    assert say_here("ledger", "proof", "--home", kept.path, size).code == 2


def test_one_file_alone_proves_what_these_words_print(say_here, kept, tmp_path: Path):
    """The outsider: Python without Stillroom, without this environment, in another folder."""
    away = tmp_path / "away"
    away.mkdir()
    key = say_here("ledger", "key", "--home", kept.path).out.strip()
    (away / "older").write_text(sign(say_here, kept))
    add(kept.path, entry(98), entry(99))
    (away / "newer").write_text(sign(say_here, kept))
    home = ["--home", kept.path]
    say_here("ledger", "verifier", "--out", away / "verify_log.py")
    (away / "entries").write_text(say_here("ledger", "export", *home).out)
    say_here("ledger", "proof", *home, "7", "--out", away / "proof")
    say_here("ledger", "consistency", *home, away / "older", "--out", away / "consistency")
    words = [
        "newer", "--key", key, "--entries", "entries", "--proof", "proof",
        "--older", "older", "--consistency", "consistency",
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-I", "verify_log.py", *words],
        cwd=away, capture_output=True, text=True, check=False, env={},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    paths = [away / word if (away / word).exists() else word for word in words]
    assert say_here("ledger", "verify", *paths).out.startswith("PROVEN")
    (away / "entries").write_text((away / "entries").read_text().replace("grant0007", "grant0008"))
    assert say_here("ledger", "verify", *paths).code == 1


def test_a_proof_from_a_longer_checkpoint_than_the_log_is_refused(say_here, kept, tmp_path: Path):
    old = (kept.path / "ledger.db").read_bytes()
    add(kept.path, entry(99))
    longer = tmp_path / "longer"
    longer.write_text(sign(say_here, kept))
    (kept.path / "ledger.db").write_bytes(old)
    sign(say_here, kept)
    said = say_here("ledger", "consistency", "--home", kept.path, longer)
    assert said.code == 1
    assert "shorter" in said.err


def test_nothing_is_written_over(say_here, kept, tmp_path: Path):
    there = tmp_path / "verify_log.py"
    there.write_text("mine")
    said = say_here("ledger", "verifier", "--out", there)
    assert said.code == 2
    assert "stays as it is" in said.err
    assert there.read_text() == "mine"
    assert say_here("ledger", "verifier", "--out", tmp_path / "no" / "such").code == 2


def test_the_verifiers_own_options_are_not_ours_to_read(say_here, tmp_path: Path):
    assert say_here("ledger", "verify", "--frobnicate").code == 2
    said = say_here("ledger", "verify", tmp_path / "missing", "--key", "nonsense")
    assert said.code == 2
    assert "Traceback" not in said.err


def test_a_log_that_is_being_written_can_be_read(say_here, kept):
    with Log.open(kept.path / "ledger.db") as log:
        log.append(entry(98))
        assert say_here("ledger", "audit", "--home", kept.path).code == 0
        sign(say_here, kept)
        log.append(entry(99))
    assert say_here("ledger", "audit", "--home", kept.path).code == 0
