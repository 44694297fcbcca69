"""Reading a long chart: its page, its plan with the thread, its story, beside a short chart's.

A real server, one keep-alive connection. A chart's page shows 25 lines whatever lies behind them;
the thread and the story open every note of the chart, and say so in one entry of the log.

    python -m tests.bench.section reading
"""

import json
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from tests.bench.load import Asker, Target
from tests.bench.pages import SECONDS, _take_turns
from tests.bench.rows import PLACE, QUICK, Row, alone, smaller
from tests.bench.server import Server

FEW, MANY = (20, 200) if QUICK else (200, 2000)
ASKED_FOR = 80.0
"""Milliseconds within which the first paint's HTML of a chart of 2,000 notes was asked for."""


def rows() -> list[Row]:
    """Milliseconds until each page has come; `ratio` = the long chart / the short one."""
    folder = PLACE.absolute() / "reading"
    told = _prepare(folder)
    found = []
    with Server.of(folder) as server, Asker() as asker:
        cookie = server.sign_in(told["name"], told["passphrase"], told["code_secret"])
        for what, path, goal in PAGES:
            targets = {
                which: Target(server.port, path.format(chart=told[which]), cookie)
                for which in ("few", "many")
            }
            heard = _take_turns(targets, 1, asker)
            few, many = (heard[which].median * 1000 for which in ("few", "many"))
            name, beside = f"{what}, {MANY:,} notes", f"{what}, {FEW} notes"
            found.append(smaller(name, "ms", many, few, beside, goal))
            if what == PAGES[0][0]:
                limit = f"the {ASKED_FOR:g} ms that were asked for"
                found.append(smaller(f"{name}: the HTML", "ms", many, ASKED_FOR, limit, "≤ 1"))
    shutil.rmtree(folder)
    folder.with_name(f"{folder.name}.key").unlink()
    return [*found, *_codes()]


PAGES = (
    ("opening a chart", "/clients/{chart}", "≤ 1.2"),
    ("a chart, one kind of it", "/clients/{chart}?shelf=treatment_plan", "≤ 1.2"),
    ("a chart, what served one objective", "/clients/{chart}?objective=2", None),
    ("the plan with its thread", "/clients/{chart}/plan", None),
    ("the story on one page", "/clients/{chart}/story", None),
)
"""What is opened, where, and what its cost may grow by (`None`: it reads the whole chart)."""


def _prepare(folder: Path) -> dict[str, str]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.with_name(f"{folder.name}.key").unlink(missing_ok=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "tests.bench.prepare_reading",
        str(folder),
        str(FEW),
        str(MANY),
    ]
    made = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, str] = json.loads(made.stdout)
    return told


def _codes() -> list[Row]:
    """Finding a diagnosis by words, with and without an error in them. No disk, no server."""
    from stillroom.chart.icd10cm import catalogue

    codes, day = catalogue(), date(2026, 11, 28)
    codes.find("warm", day)
    found = []
    for what, typed in (("by words", "recurrent depr"), ("with two errors", "genralized anxeity")):
        begun, times = time.perf_counter(), 0
        while time.perf_counter() - begun < SECONDS / 3:
            codes.find(typed, day)
            times += 1
        spent = (time.perf_counter() - begun) / times * 1000
        found.append(alone(f"a diagnosis found {what}", "ms", spent))
    return found
