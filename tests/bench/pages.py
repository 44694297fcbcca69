"""Whole pages from real servers, asked over keep-alive connections.

A confidential page (signed in by a sealed session, gated, logged and flushed, opened, rendered)
beside a clear one: the same template and the same values from plain ORM rows, behind Django's own
sign-in, under the same server with the same settings, over the same database. And pages of a
practice of 60 clients beside those of one of 100,000.

    python -m tests.bench.section pages
"""

import json
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from tests.bench.demonstrations import LARGE, SMALL, WHO, demonstration, person
from tests.bench.load import Asker, Burst, Target
from tests.bench.rows import PLACE, QUICK, Row, alone, rate, smaller
from tests.bench.server import Server, get

ROUNDS = 3 if QUICK else 9
SECONDS = 0.5 if QUICK else 1.5
CROWD = 4
CLEAR = "the same page in the clear: plain ORM rows, no sealing, no gate, no log"
DESK = "cal"
KNOWN = "Halpern"


def rows() -> list[Row]:
    """Requests a second, and milliseconds for one who is alone."""
    return [*_beside_clear(), *_growing()]


def _take_turns(targets: Mapping[str, Target], crowd: int, asker: Asker) -> dict[str, Burst]:
    """Bursts in turns; of each target the medians."""
    heard: dict[str, list[Burst]] = {name: [] for name in targets}
    for target in targets.values():
        asker.burst(target, threads=crowd, seconds=SECONDS / 3)
    for nth in range(ROUNDS):
        for name in list(targets) if nth % 2 else list(targets)[::-1]:
            found = asker.burst(targets[name], threads=crowd, seconds=SECONDS)
            heard[name].append(found)
    return {
        name: Burst(
            statistics.median(one.rate for one in bursts),
            statistics.median(one.median for one in bursts),
            bursts[0].size,
        )
        for name, bursts in heard.items()
    }


# A confidential page beside a clear one


def _beside_clear() -> list[Row]:
    folder = PLACE.absolute() / "pages"
    told = _prepare(folder)
    with (
        Server.of(folder) as ours,
        Server.in_the_clear(folder, "/signin") as clear,
        Asker() as asker,
    ):
        cookie = ours.sign_in(told["name"], told["passphrase"], told["code_secret"])
        found = []
        pages = {
            "a chart with 25 notes of 4 KiB": f"/clients/{told['chart']}",
            "a note of 4 KiB": f"/records/{told['record']}",
        }
        for what, path in pages.items():
            targets = {
                "ours": Target(ours.port, path, cookie),
                "clear": Target(clear.port, path, told["plain_cookie"]),
            }
            _require_alike(targets)
            crowd = _take_turns(targets, CROWD, asker)
            single = _take_turns(targets, 1, asker)
            found.append(_rates(f"page: {what}, {CROWD} connections", crowd, "≥ 0.85"))
            found.append(_rates(f"page: {what}, one connection", single, None))
            ms = single["ours"].median * 1000
            found.append(alone(f"page: {what}, until it has come", "ms", ms))
    shutil.rmtree(folder)
    folder.with_name(f"{folder.name}.key").unlink()
    return found


def _rates(what: str, heard: Mapping[str, Burst], goal: str | None) -> Row:
    return rate(what, "1/s", heard["ours"].rate, heard["clear"].rate, CLEAR, goal)


def _prepare(folder: Path) -> dict[str, str]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.with_name(f"{folder.name}.key").unlink(missing_ok=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.bench.prepare", str(folder)]
    made = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, str] = json.loads(made.stdout)
    return told


def _require_alike(targets: Mapping[str, Target]) -> None:
    """Both servers give the page, with as many words on it."""
    lengths = []
    for target in targets.values():
        status, _, body = get(target.port, target.path, target.cookie)
        if status != 200:
            raise AssertionError(f"{target.path} answered {status}")
        lengths.append(len(body.split()))
    if max(lengths) > 1.03 * min(lengths):
        raise AssertionError(f"the two pages are not alike: {lengths} words")


# A small practice beside a large one


def _growing() -> list[Row]:
    found = []
    with ExitStack() as stack:
        asker = stack.enter_context(Asker())
        pages: dict[int, dict[str, Target]] = {}
        for clients in (SMALL, LARGE):
            home = demonstration(clients)
            server = stack.enter_context(Server.of(home))
            pages[clients] = _pages_of(server, home)
        for what in pages[SMALL]:
            targets = {str(clients): pages[clients][what] for clients in pages}
            heard = _take_turns(targets, 1, asker)
            large, small = (heard[str(clients)].median * 1000 for clients in (LARGE, SMALL))
            name, beside = f"{what}, {LARGE:,} clients", f"{what}, {SMALL} clients"
            goal = "≤ 1.2" if what.startswith("page") else None
            found.append(smaller(name, "ms", large, small, beside, goal))
    return found


def _pages_of(server: Server, home: Path) -> dict[str, Target]:
    """Today and a chart for a therapist, and a search at the front desk."""
    cookie = server.sign_in(*person(home, WHO))
    desk = server.sign_in(*person(home, DESK))
    _, _, clients = get(server.port, "/clients", cookie)
    chart = re.search(rf'href="(/clients/[a-z2-7]{{26}})"[^\n]*{KNOWN}', clients)
    _, _, today = get(server.port, "/today", desk)
    mark = re.search(r'name="csrf" content="([^"]+)"', today)
    if chart is None or mark is None:
        raise AssertionError("the demonstration is not as it was")
    find = Target(server.port, "/find", desk, '{"q": "m"}', mark.group(1))
    return {
        "page: Today": Target(server.port, "/today", cookie),
        "page: a chart": Target(server.port, chart.group(1), cookie),
        "search at the front desk": find,
    }
