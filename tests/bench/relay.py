"""Frames that a server carries and cannot open: what sealing costs, in Chromium, with the real Janus."""

import statistics
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser

from stillroom.kernel import new_id
from stillroom.telehealth.relays import Relays
from tests.bench.rows import QUICK, Row, smaller
from tests.telehealth.browsers import chromium, pages, seats
from tests.telehealth.relays import janus

BUDGET = 0.2
"""Milliseconds a frame, in the worker."""
FRAMES = 300 if QUICK else 3000
JOINS = 3 if QUICK else 15
SIZES = {"a frame of sound, 160 bytes": 160, "a frame of a picture, 6 kB": 6_000}


def rows() -> list[Row]:
    """Sealing and opening by size; joining, sealed and in the clear, by turns."""
    with (
        tempfile.TemporaryDirectory() as folder,
        pages() as served,
        chromium() as browser,
        janus(Path(folder)) as sfu,
    ):
        found = [
            row for what, size in SIZES.items() for row in _frames(browser, served, what, size)
        ]
        sealed, clear = _joins(browser, served, Relays(sfu=sfu))
    return [
        *found,
        smaller(
            "join a running call at Janus, until the first picture, sealed",
            "ms", sealed, clear, "the same call in the same run, frames in the clear", "≤ 2",
        ),
    ]  # fmt: skip


def _frames(browser: Browser, served: str, what: str, size: int) -> list[Row]:
    page = browser.new_page()
    page.goto(f"{served}/group.html")
    timed = page.evaluate(
        """given => new Promise((resolve, reject) => {
            const worker = new Worker("speed.worker.js");
            worker.onmessage = ({ data }) => resolve(data);
            worker.onerror = error => reject(new Error(error.message));
            worker.postMessage(given);
        })""",
        {"bytes": size, "many": FRAMES},
    )
    page.close()
    return [
        smaller(
            f"{'seal' if way == 'sealing' else 'open'} {what}: mean in the worker", "ms",
            statistics.fmean(timed[way]), BUDGET, "what a frame may cost", "≤ 1",
        )
        for way in ("sealing", "opening")
    ]  # fmt: skip


def _joins(browser: Browser, served: str, relays: Relays) -> tuple[float, float]:
    """Medians of both kinds; each join is a seat and a room of its own."""
    taken: dict[str, list[float]] = {"framesworker.js": [], "tap.worker.js#clear": []}
    for _ in range(JOINS):
        for script, times in taken.items():
            times.append(_join(browser, served, relays, script))
    sealed, clear = (statistics.median(times) for times in taken.values())
    return sealed, clear


def _join(browser: Browser, served: str, relays: Relays, script: str) -> float:
    context, room = browser.new_context(), new_id()
    here, comes = seats(context, f"{served}/group.html", 2)
    tickets = [relays.ticket(room, seat=seat, at=datetime.now(UTC)) for seat in (0, 1)]
    here.evaluate("given => group.join(...given)", [tickets[0], script])
    here.evaluate("group.met(1)")
    here.evaluate("group.publish()")
    here.wait_for_function("group.told.includes('live person')")
    waiting = "given => group.firstPicture(...given)"
    taken = float(comes.evaluate(waiting, [tickets[1], script, 0]))
    context.close()
    return taken
