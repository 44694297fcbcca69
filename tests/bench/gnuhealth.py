"""GNU Health beside us: its own environment and database, and a process that works in it.

It is installed from PyPI into build/bench/gnuhealth and initialised with the module `health` and
what that needs, on SQLite in WAL mode with `synchronous=FULL`, as our own database is. Its process
speaks to it by proteus, Tryton's own client library, inside one process: nothing is lost on a wire.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, Self

from tests.bench.rows import PLACE

PACKAGES = ("gnuhealth==5.0.6", "proteus>=7,<7.1")
PATIENCE = 600.0
"""Seconds that installing and initialising may take together."""


class NoPeer(Exception):
    """GNU Health cannot be had here; says why."""


def prepared() -> Path:
    """The folder of the peer, made on first use. `NoPeer` when it cannot be."""
    folder = (PLACE / "gnuhealth").absolute()
    if (folder / "ready").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "database").mkdir(parents=True)
    try:
        _install(folder)
        _initialise(folder)
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", "") or str(error)
        raise NoPeer(f"GNU Health could not be installed: {said.strip()[-200:]}") from error
    (folder / "ready").touch()
    return folder


def _install(folder: Path) -> None:
    _run([sys.executable, "-m", "venv", str(folder / "venv")])
    pip = [str(folder / "venv/bin/pip"), "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, *PACKAGES])


def _initialise(folder: Path) -> None:
    """The tables; in WAL mode from the beginning, so that both sides commit alike."""
    (folder / "trytond.conf").write_text(
        f"[database]\nuri = sqlite://\npath = {folder / 'database'}\n"
        "[session]\nauthentications = password\n"
    )
    (folder / "password").write_text("a password for no one")
    with closing(sqlite3.connect(folder / "database" / "health.sqlite")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE first_page (x)")  # a file without a page keeps no mode
        database.execute("DROP TABLE first_page")
    admin = [str(folder / "venv/bin/trytond-admin"), "-c", str(folder / "trytond.conf")]
    update = ["-d", "health", "-u", "health", "--activate-dependencies"]
    environment = os.environ | {"TRYTONPASSFILE": str(folder / "password")}
    _run([*admin, *update, "--email", "bench@example.org"], environment)


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    subprocess.run(
        command,
        env=environment,
        check=True,
        timeout=PATIENCE / 2,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


class Peer:
    """A process in which GNU Health works: `spent("read", 5)` does five and tells the seconds."""

    def __init__(self, folder: Path, notes: int) -> None:
        self._folder, self._notes = folder, notes

    def __enter__(self) -> Self:
        # A copy of the file as it was initialised, so that runs do not add up.
        database = self._folder / "database"
        for old in database.glob("working.sqlite*"):
            old.unlink()
        shutil.copy(database / "health.sqlite", database / "working.sqlite")
        script = Path(__file__).with_name("gnuhealth_peer.py")
        self._process = subprocess.Popen(
            [
                str(self._folder / "venv/bin/python"),
                str(script),
                str(self._folder),
                str(self._notes),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._hear()
        return self

    def __exit__(self, *reason: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)

    def spent(self, what: str, times: int) -> list[float]:
        """Seconds of each of so many."""
        assert self._process.stdin is not None
        print(json.dumps([what, times]), file=self._process.stdin, flush=True)
        found: list[float] = self._hear()
        return found

    def _hear(self) -> Any:
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        line = self._process.stdout.readline()
        if not line:
            raise NoPeer(f"GNU Health stopped: {self._process.stderr.read()[-300:]}")
        return json.loads(line)
