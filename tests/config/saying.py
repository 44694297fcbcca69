"""The command line as people run it: the real entry point, real folders, real processes."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.config.warm import Warm

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
    """`stillroom WORDS` as a process, with `typed` on standard input; keywords join the environment."""
    given = environment(**more)
    return Said(*_warm().run([*map(str, words)], typed=typed, environment=given))


@cache
def _warm() -> Warm:
    return Warm()


def run_afresh(*words: object, typed: str = "", **more: str) -> Said:
    """The same by the real program, from its very beginning."""
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


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, to say afterwards that nothing was changed."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
