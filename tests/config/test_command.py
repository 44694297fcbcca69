"""The command line understands what was said or says so, in two sentences, with exit code 2."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

MISTAKES = [
    ["frobnicate"],
    [],
    ["law"],
    ["ledger"],
    ["law", "frobnicate"],
    ["ledger", "frobnicate"],
    ["serve", "--frobnicate"],
    ["serve", "--port", "0"],
    ["serve", "--port", "65536"],
    ["serve", "--port", "high"],
    ["serve", "--key", "file"],
    ["init", "--name", "Linden"],
    ["init", "--name", " ", "--owner", "Olga", "--sign-name", "olga"],
    ["demo", "--clients", "many"],
    ["ledger", "proof"],
    ["ledger", "proof", "-1"],
    ["ledger", "export", "--from", "first"],
    ["ledger", "checkpoint", "--last", "--key-file", "file"],
]


@pytest.mark.parametrize("words", MISTAKES, ids=" ".join)
def test_what_is_not_understood_is_said_in_two_sentences(say_here, words):
    said = say_here(*words)
    assert said.code == 2
    assert said.out == ""
    sentence, advice = said.err.splitlines()
    assert sentence.endswith(".")
    assert advice.startswith("See: stillroom")
    assert advice.endswith("--help")


def test_an_unknown_word_is_refused_by_the_real_program(say):
    said = say("frobnicate")
    assert said.code == 2
    assert "Traceback" not in said.err


def test_an_option_is_not_guessed_from_its_beginning(say_here, practice):
    assert say_here("ledger", "key", "--hom", practice.path).code == 2


def test_home_is_named_by_option_or_by_environment_and_the_option_wins(
    say, practice, by_passphrase
):
    named = say("ledger", "key", "--home", practice.path)
    assert named.code == 0
    assert say("--home", practice.path, "ledger", "key") == named
    assert say("ledger", "--home", practice.path, "key") == named
    elsewhere = say("ledger", "key", STILLROOM_HOME=str(by_passphrase.path))
    assert elsewhere.code == 0
    assert elsewhere.out != named.out
    both = say("ledger", "key", "--home", practice.path, STILLROOM_HOME=str(by_passphrase.path))
    assert both.out == named.out


def test_without_a_folder_the_words_that_need_one_ask_for_it(say_here):
    said = say_here("ledger", "audit")
    assert said.code == 2
    assert "--home DIR" in said.err


@pytest.mark.parametrize(
    "words", [["serve"], ["doctor"], ["ledger", "audit"], ["ledger", "checkpoint"]], ids=" ".join
)
def test_a_folder_without_a_practice_is_exit_3_and_stays_empty(say, tmp_path: Path, words):
    said = say(*words, "--home", tmp_path)
    assert said.code == 3
    assert said.err.startswith("There is no practice in that folder.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", [0, 1, 2, 3])
def test_a_cut_practice_json_is_exit_3_and_nothing_else_is_touched(say, practice, files_of, left):
    file = practice.path / "practice.json"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) * left // 4])
    before = files_of(practice.path)
    words = [["serve", "--key-file", practice.key_file], ["ledger", "audit"]][left % 2]
    said = say(*words, "--home", practice.path)
    assert said.code == 3
    assert "practice.json" in said.err
    assert "backup" in said.err
    assert files_of(practice.path) == before


def test_a_demonstrations_words_refuse_a_real_practice(say_here, practice, files_of):
    before = files_of(practice.path)
    said = say_here("demo-code", "olga", "--home", practice.path)
    assert (said.code, said.out) == (2, "")
    assert "no demonstration" in said.err
    assert say_here("demo", "--home", practice.path).code == 2
    assert say_here("demo", "--clients", "0", "--home", practice.path / "new").code == 2
    assert files_of(practice.path) == before


def test_a_reader_that_has_seen_enough_is_no_failure(practice):
    command = "stillroom law facts | head -n 1; exit ${PIPESTATUS[0]}"
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": f"{Path(os.sys.executable).parent}:{os.environ['PATH']}"},
    )
    assert done.returncode in (0, -signal.SIGPIPE)
    assert done.stderr == ""
