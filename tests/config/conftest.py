"""The command line as people run it: the real entry point, real folders, real processes.

`say` runs `stillroom …` as a process of its own. `say_here` runs the same words in this process:
quicker, and good for all that needs no Django. Both answer with exit code and both outputs.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from stillroom.config import command

PROGRAM = Path(sys.executable).with_name("stillroom")
UNSEAL = "four quiet herons wading"
OWNERS = "nine slow lanterns drifting"
OWNER = ["--name", "Linden Row", "--owner", "Olga Brandt", "--sign-name", "Olga"]


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


Say = Callable[..., Said]


@dataclass(frozen=True)
class Made:
    """A practice made by `stillroom init`, its key file, and what init told."""

    path: Path
    key_file: Path
    told: str = ""


def environment(**more: str) -> dict[str, str]:
    """This process's environment without a practice, and with a width of its own for help."""
    kept = {name: value for name, value in os.environ.items() if "STILLROOM" not in name}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, "COLUMNS": "80", **more}


def run(*words: object, typed: str = "", **more: str) -> Said:
    """`stillroom WORDS`, with `typed` on standard input; keywords join the environment."""
    done = subprocess.run(
        [PROGRAM, *map(str, words)],
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        env=environment(**more),
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def say() -> Say:
    """Run a command as a process."""
    return run


@pytest.fixture
def say_here(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Say:
    """Run a command in this process."""
    monkeypatch.delenv("STILLROOM_HOME", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

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
    told = run("init", "--home", path, *OWNER, "--key-file", key_file, typed=f"{OWNERS}\n")
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


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, to say afterwards that nothing was changed."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="session")
def files_of() -> Callable[[Path], dict[str, bytes]]:
    """`contents`, for tests."""
    return contents
