"""`stillroom init`: a practice is made whole or not at all, and every secret is told once."""

import re
import stat
from base64 import b32decode
from pathlib import Path

import pytest

from stillroom.config.home import Home
from stillroom.vault import PersonKey, Share, combine, words_key
from tests.config.saying import OWNER, OWNERS, UNSEAL


def test_the_secrets_told_once_are_the_ones_that_open(by_key_file):
    told = by_key_file.told
    shares = re.findall(r"^Recovery share \d of 3 .*: ([A-Z2-7]+)$", told, re.MULTILINE)
    assert len(shares) == 3
    parts = [Share.from_bytes(b32decode(text + "=" * (-len(text) % 8))) for text in shares]
    home = Home.load(by_key_file.path)
    assert PersonKey.from_secret(combine(parts[1:])).public == home.recovery
    words = re.search(r"^Recovery words of Olga Brandt: (.+)$", told, re.MULTILINE)
    assert words
    words_key(words[1].split())
    assert re.search(r"^Authenticator secret of Olga Brandt: [A-Z2-7]{32}$", told, re.MULTILINE)


def test_no_secret_that_was_told_is_in_the_folder(by_key_file, by_passphrase, files_of):
    for made in (by_key_file, by_passphrase):
        told = made.told.split("once and kept nowhere.")[1]
        secrets = re.findall(r"[A-Z2-7]{20,}", told)
        assert len(secrets) == 4
        words = re.search(r"Recovery words of Olga Brandt: (.+)", told)[1]
        kept = b"".join(files_of(made.path).values())
        for secret in (*secrets, words, UNSEAL, OWNERS):
            assert secret.encode() not in kept


def test_what_is_made_is_closed_to_other_accounts(by_key_file):
    assert stat.S_IMODE(by_key_file.path.stat().st_mode) == 0o700
    assert stat.S_IMODE(by_key_file.key_file.stat().st_mode) == 0o600
    for made in by_key_file.path.iterdir():
        assert stat.S_IMODE(made.stat().st_mode) & 0o077 == 0, made.name


def test_the_names_are_printed_as_they_are(say, tmp_path: Path):
    words = [
        "--name",
        "Linden [red]Row :heron:",
        "--owner",
        "Olga [b]Brandt",
        "--sign-name",
        "olga",
    ]
    said = say(
        "init",
        "--home",
        tmp_path / "new",
        *words,
        "--key-file",
        tmp_path / "key",
        typed=f"{OWNERS}\n",
    )
    assert said.code == 0, said.err
    assert "Linden [red]Row :heron: is made" in said.out
    assert "Recovery words of Olga [b]Brandt" in said.out
    assert max(map(len, said.out.splitlines())) > 100  # a share stays one line


REFUSED = {
    "a practice": (["practice.json"], [], "already holds a practice"),
    "something else": (["letter.txt"], [], "not empty"),
    "a weak unsealing passphrase": ([], [], "the passphrase to unseal will not do"),
    "no such zone": ([], ["--zone", "America/Lindenrow"], "no time zone"),
    "a folder of zones": ([], ["--zone", "America"], "no time zone"),
    "a password in the address": (
        [],
        ["--database", "postgresql://olga:secret@db.example/linden"],
        "in practice.json for all to read",
    ),
    "an unknown database": ([], ["--database", "mysql://x/y"], "no database that Stillroom uses"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_practice_that_cannot_be_made_leaves_the_folder_as_it_was(
    say_here, tmp_path: Path, files_of, why
):
    there, options, sentence = REFUSED[why]
    home = tmp_path / "home"
    home.mkdir()
    for name in there:
        (home / name).write_text("mine")
    before = files_of(home)
    said = say_here("init", "--home", home, *OWNER, *options, typed=f"short\n{OWNERS}\n")
    assert said.code == 2
    assert sentence.lower() in said.err.lower()
    assert files_of(home) == before


def test_a_weak_passphrase_of_the_owner_is_refused_before_anything_is_made(say, tmp_path: Path):
    said = say("init", "--home", tmp_path / "new", *OWNER, typed=f"{UNSEAL}\nshort\n")
    assert said.code == 2
    assert "passphrase of Olga Brandt will not do" in said.err
    assert not (tmp_path / "new").exists()


def test_missing_passphrases_are_refused(say, tmp_path: Path):
    said = say("init", "--home", tmp_path / "new", *OWNER)
    assert said.code == 2
    assert "the passphrase is empty" in said.err
    assert not (tmp_path / "new").exists()


def test_a_key_file_inside_the_folder_it_opens_is_refused(say, tmp_path: Path):
    home = tmp_path / "new"
    said = say("init", "--home", home, *OWNER, "--key-file", home / "key", typed=f"{OWNERS}\n")
    assert said.code == 2
    assert "in the folder that it opens" in said.err
    assert not home.exists()


def test_a_key_file_that_is_there_stays_as_it_is(say, tmp_path: Path):
    key_file = tmp_path / "key"
    key_file.write_text("somebody's")
    said = say(
        "init", "--home", tmp_path / "new", *OWNER, "--key-file", key_file, typed=f"{OWNERS}\n"
    )
    assert said.code == 2
    assert "stays as it is" in said.err
    assert key_file.read_text() == "somebody's"
    assert not (tmp_path / "new" / "practice.json").exists()


def test_a_database_that_does_not_answer_leaves_nothing_behind(say, tmp_path: Path):
    address = f"postgresql://olga@/practice?host={tmp_path}"
    said = say(
        "init", "--home", tmp_path / "new", *OWNER, "--key-file", tmp_path / "key",
        "--database", address, typed=f"{OWNERS}\n",
    )  # fmt: skip
    assert said.code == 3
    assert "database cannot be used" in said.err
    assert "Traceback" not in said.err
    assert not list((tmp_path / "new").iterdir())
    assert not (tmp_path / "key").exists()
