"""Demonstration practices of two sizes, made once and kept between runs.

Both are made on one day with one seed, so that the first clients' charts are the same in both. What
is kept lies in build/bench; delete it to make them anew.
"""

import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.bench.rows import PLACE, QUICK
from tests.bench.server import stillroom

SMALL = 60
LARGE = 2_000 if QUICK else 100_000
WHO = "ada"


def demonstration(clients: int) -> Path:
    """The home of a demonstration with so many clients."""
    home = (PLACE / f"demo-{clients}").absolute()
    if not (home / "practice.json").exists() or not _told(home).exists():
        _make(home, clients)
    return home


def made_in(home: Path) -> tuple[float, str]:
    """Seconds that it took to make, and the day on which that was."""
    told: dict[str, Any] = json.loads(_told(home).read_text())
    return float(told["seconds"]), str(told["day"])


def person(home: Path, sign_name: str) -> tuple[str, str, str]:
    """What somebody of it signs in with: name, passphrase, secret of the codes."""
    people = json.loads(home.with_name(f"{home.name}.people").read_text("utf-8"))
    (found,) = (one for one in people if one["sign_name"] == sign_name)
    return sign_name, found["passphrase"], found["code_secret"]


def _told(home: Path) -> Path:
    return home.with_name(f"{home.name}.made")


def _make(home: Path, clients: int) -> None:
    PLACE.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(home, ignore_errors=True)
    command = [stillroom(), "demo", "--home", str(home), "--clients", str(clients)]
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    told = {"seconds": time.perf_counter() - begun, "day": time.strftime("%Y-%m-%d")}
    _told(home).write_text(json.dumps(told))
