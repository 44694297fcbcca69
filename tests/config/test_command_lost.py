"""`stillroom passphrase` and `stillroom recover` as people type them: what is told, what is kept."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from stillroom.config.home import Home, WrongKey
from tests.config.saying import OWNERS, UNSEAL, Made

NEW = "seven brass kettles humming"


@pytest.fixture
def sealed(by_passphrase: Made, tmp_path: Path) -> Made:
    """A copy of the practice that a passphrase unseals, with what init told."""
    shutil.copytree(by_passphrase.path, tmp_path / "sealed")
    return Made(tmp_path / "sealed", tmp_path / "sealed", by_passphrase.told)


def shares_of(made: Made) -> list[str]:
    """The shares that init printed once."""
    lines = made.told.splitlines()
    return [line.split(": ")[1] for line in lines if line.startswith("Recovery share")]


def written(path: Path) -> bytes:
    """The description as it lies there."""
    return (path / "practice.json").read_bytes()


def size_of_log(path: Path) -> int:
    """How many entries there are."""
    with sqlite3.connect(path / "ledger.db") as log:
        return int(log.execute("SELECT size FROM head").fetchone()[0])


def test_a_new_passphrase_opens_and_the_old_one_does_not_and_the_log_says_so(say, sealed):
    before = size_of_log(sealed.path)
    said = say("passphrase", "--home", sealed.path, typed=f"{UNSEAL}\n{NEW}\n")
    assert (said.code, said.err) == (0, "")
    assert "Linden Row is unsealed by the new passphrase from now on." in said.out
    assert "backups" in said.out
    home = Home.load(sealed.path)
    home.open_log_signer(home.open_server(NEW))
    with pytest.raises(WrongKey):
        home.open_server(UNSEAL)
    assert size_of_log(sealed.path) == before + 1


def test_from_a_passphrase_to_a_key_file_and_to_another(say, sealed, tmp_path):
    one, two = tmp_path / "keys" / "one.key", tmp_path / "keys" / "two.key"
    words = ["passphrase", "--home", sealed.path]
    assert say(*words, "--new-key-file", one, typed=f"{UNSEAL}\n").code == 0
    assert say(*words, "--key-file", one, "--new-key-file", two).code == 0
    home = Home.load(sealed.path)
    home.open_server_by_file(two)
    with pytest.raises(WrongKey):
        home.open_server_by_file(one)
    assert two.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("typed", "more", "code", "told"),
    [
        ("not this one at all\n" + NEW, [], 3, "does not unseal this practice"),
        (f"{UNSEAL}\nshort", [], 2, "will not do"),
        (UNSEAL, ["--new-key-file", "{home}/inside.key"], 2, "in the folder that it opens"),
        (UNSEAL, ["--new-key-file", "{home}/../there.key"], 2, "there already"),
        (UNSEAL, ["--key-file", "{home}/none"], 3, "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(say, sealed, typed, more, code, told):
    (sealed.path.parent / "there.key").write_text("mine")
    before = written(sealed.path)
    options = [word.format(home=sealed.path) for word in more]
    said = say("passphrase", "--home", sealed.path, *options, typed=f"{typed}\n")
    assert (said.code, said.out) == (code, "")
    assert told in said.err
    assert len(said.err.splitlines()) == 2
    assert written(sealed.path) == before
    assert (sealed.path.parent / "there.key").read_text() == "mine"


def test_neither_word_touches_a_practice_that_is_being_served(say, sealed):
    with Home.load(sealed.path).only_server():
        typed = f"{UNSEAL}\n{NEW}\n"
        assert say("passphrase", "--home", sealed.path, typed=typed).code == 4
        typed = "\n".join([*shares_of(sealed)[:2], NEW, ""])
        assert say("recover", "--home", sealed.path, typed=typed).code == 4


def test_two_shares_open_a_practice_whose_passphrase_nobody_knows(say, sealed, tmp_path):
    assert say("ledger", "checkpoint", "--home", sealed.path, typed=f"{UNSEAL}\n").code == 0
    key_before = say("ledger", "key", "--home", sealed.path).out
    said = say("recover", "--home", sealed.path, typed="\n".join([*shares_of(sealed)[1:], NEW, ""]))
    assert (said.code, said.err) == (0, "")
    assert "Linden Row opens again." in said.out
    assert "Olga Brandt: come in by recovery words" in said.out
    home = Home.load(sealed.path)
    home.open_log_signer(home.open_server(NEW))
    assert say("ledger", "key", "--home", sealed.path).out != key_before
    told = say("doctor", "--home", sealed.path)
    assert told.code == 0, told.out
    assert say("ledger", "checkpoint", "--home", sealed.path, typed=f"{NEW}\n").code == 0
    assert OWNERS not in said.out


def misread(share: str) -> str:
    """The share with one letter that was read wrongly."""
    return share[:30] + ("A" if share[30] != "A" else "B") + share[31:]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (lambda one, two: one, lambda one, two: one, "do not belong together"),
        (lambda one, two: one, lambda one, two: "", "This is not a share"),
        (lambda one, two: misread(one), lambda one, two: two, "misread"),
        (lambda one, two: "my dog's name", lambda one, two: two, "This is not a share"),
    ],
)
def test_shares_that_do_not_do_are_told_before_anything_is_changed(
    say, sealed, first, second, told
):
    one, two, _ = shares_of(sealed)
    before = written(sealed.path)
    typed = "\n".join([first(one, two), second(one, two), NEW, ""])
    said = say("recover", "--home", sealed.path, typed=typed)
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert one not in said.err
    assert written(sealed.path) == before


def test_whoever_lost_every_way_in_is_let_in_again_after_three_days(say, sealed):
    shares = shares_of(sealed)[:2]
    words = ["readmit", "--home", sealed.path]
    begun = say(*words, "olga", "--begin", typed="\n".join([UNSEAL, *shares, ""]))
    assert (begun.code, begun.err) == (0, "")
    assert "Olga Brandt can be let in again from 20" in begun.out
    before = size_of_log(sealed.path)
    early = say(*words, "olga", typed="\n".join([UNSEAL, *shares, NEW, ""]))
    assert (early.code, early.out) == (2, "")
    assert "the waiting is not over before" in early.err.lower()
    assert size_of_log(sealed.path) == before
    with sqlite3.connect(sealed.path / "practice.db") as rows:  # three days later
        rows.execute("UPDATE identity_readmission SET ready_at = begun_at")
    done = say(*words, "olga", typed="\n".join([UNSEAL, *shares, NEW, ""]))
    assert (done.code, done.err) == (0, "")
    assert "Charts that open for her again: 0." in done.out
    assert "Recovery words of Olga Brandt: " in done.out
    assert NEW not in done.out
    assert say("doctor", "--home", sealed.path).code == 0
    again = say(*words, "olga", typed="\n".join([UNSEAL, *shares, NEW, ""]))
    assert again.code == 2
    assert "nobody waits" in again.err.lower()


@pytest.mark.parametrize(
    ("name", "unseal", "begin", "share", "code", "told"),
    [
        ("nobody", UNSEAL, True, "", 2, "Nobody here signs in with that name"),
        ("olga", "not this one at all", True, "", 3, "does not unseal this practice"),
        ("olga", UNSEAL, True, "my dog's name", 2, "This is not a share"),
        ("olga", UNSEAL, False, "", 2, "Nobody waits to be let in again"),
    ],
)
def test_a_readmission_that_cannot_be_is_told_and_changes_nothing(
    say, sealed, name, unseal, begin, share, code, told
):
    one, two, _ = shares_of(sealed)
    before = size_of_log(sealed.path)
    words = ["readmit", "--home", sealed.path, name, *(["--begin"] if begin else [])]
    said = say(*words, typed="\n".join([unseal, share or one, two, NEW, ""]))
    assert (said.code, said.out) == (code, "")
    assert told in said.err
    assert size_of_log(sealed.path) == before
