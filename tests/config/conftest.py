"""Practices made by `stillroom init`, and three ways to run the command line.

`say` runs `stillroom …` as a process of its own, which has read the program and the law before it is
told what to do. `say_afresh` begins at the very beginning, with the program that people start.
`say_here` runs the same words in this process: quicker, and good for all that needs no Django. Each
answers with exit code and both outputs.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stillroom.config import command
from stillroom.config.paths import provisions
from stillroom.law import Corpus, check
from tests.config.saying import OWNER, OWNERS, UNSEAL, Made, Said, Say, contents, run, run_afresh
from tests.law_on_file import corpus, problems


@pytest.fixture(scope="session")
def say() -> Say:
    """Run a command as a process."""
    return run


@pytest.fixture(scope="session")
def say_afresh() -> Say:
    """Run a command as people do."""
    return run_afresh


@pytest.fixture
def say_here(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Say:
    """Run a command in this process."""
    monkeypatch.delenv("STILLROOM_HOME", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    law, load = corpus(), Corpus.load  # the law on file is read once a test run
    once = lambda root: law if root == provisions() else load(root)  # noqa: E731
    monkeypatch.setattr(Corpus, "load", once)
    found = lambda root: list(problems()) if root == provisions() else check(root)  # noqa: E731
    monkeypatch.setattr("stillroom.law.check", found)

    def here(*words: object, typed: str = "") -> Said:
        file = tmp_path / "typed"
        file.write_text(typed)
        with file.open() as stdin, monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", stdin)
            capsys.readouterr()
            try:
                code = command.main([str(word) for word in words])
            except SystemExit as left:
                code = int(left.code or 0)
        told = capsys.readouterr()
        return Said(code, told.out, told.err)

    return here


@pytest.fixture(scope="session")
def by_key_file(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A practice sealed by a key file, made once; copy it before changing it."""
    folder = tmp_path_factory.mktemp("by-key-file")
    path, key_file = folder / "practice", folder / "keys" / "server.key"
    told = run_afresh("init", "--home", path, *OWNER, "--key-file", key_file, typed=f"{OWNERS}\n")
    assert told.code == 0, told.err
    return Made(path, key_file, told.out)


@pytest.fixture(scope="session")
def by_passphrase(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A practice sealed by a passphrase, made once; copy it before changing it."""
    path = tmp_path_factory.mktemp("by-passphrase") / "practice"
    told = run("init", "--home", path, *OWNER, typed=f"{UNSEAL}\n{OWNERS}\n")
    assert told.code == 0, told.err
    return Made(path, path, told.out)


@pytest.fixture
def practice(by_key_file: Made, tmp_path: Path) -> Made:
    """A copy of the practice sealed by a key file, to be used and broken."""
    shutil.copytree(by_key_file.path, tmp_path / "practice")
    return Made(tmp_path / "practice", by_key_file.key_file)


@pytest.fixture(scope="session")
def files_of() -> Callable[[Path], dict[str, bytes]]:
    """`contents`, for tests."""
    return contents
