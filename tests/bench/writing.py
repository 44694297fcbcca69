"""Autosave: the way to the server and back while twenty people write at once.

Each saves a note of three KiB every two and a half seconds, as the page does at the latest, over a
connection of its own, and is answered with what was noticed beside the note. Beside it: one durable
commit of the same disk, by SQLite alone; and the same twenty without any rest between their saves.

    python -m tests.bench.section writing
"""

import http.client
import json
import re
import shutil
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

from tests.bench.demonstrations import SMALL, demonstration, person
from tests.bench.rows import PLACE, QUICK, Row, alone, smaller
from tests.bench.server import Server, get

WRITERS = 20
PACE = 2.5
LIMIT = 15.0
SAVES = 3 if QUICK else 12
COLLEAGUES = ("ada", "bea")
SIZE = 1024
_SENTENCES = (
    "She came on time and began with the week. ",
    "Sleep has been shorter again, about five hours, and she woke twice most nights. ",
    "We went through the drive over the second bridge step by step. ",
    "She said that she would rather walk it first, with her sister, on a Sunday. ",
    "No thoughts of harming herself or anybody else, asked and answered plainly. ",
)


def words(nth: int) -> str:
    """Three sections' worth of a note, other for each number."""
    text = f"Session {nth}. "
    while len(text) < 3 * SIZE:
        text += _SENTENCES[(nth + len(text)) % len(_SENTENCES)]
    return text


class Writer:
    """One window with a draft open in it."""

    def __init__(self, port: int, cookie: str, token: str, record: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {
            "Cookie": cookie,
            "X-CSRFToken": token,
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Origin": f"http://localhost:{port}",
            "Host": f"localhost:{port}",
        }
        self.record, self.version = record, 1
        self.took: list[float] = []

    def save(self, nth: int) -> None:
        """One save, timed from the first byte sent to the last that came."""
        text = words(nth)
        fields = {
            "Data": text[:SIZE],
            "Assessment": text[SIZE : 2 * SIZE],
            "Plan": f"{text[2 * SIZE : 3 * SIZE]} {nth}",
            "record-kind": "progress_note",
            "record-form": "DAP",
        }
        body = json.dumps({"version": self.version, "fields": fields})
        begun = time.perf_counter()
        self.line.request("POST", f"/records/{self.record}/draft", body, self.headers)
        answer = self.line.getresponse()
        told = answer.read()
        self.took.append(time.perf_counter() - begun)
        if answer.status != 200:
            raise AssertionError(f"a save answered {answer.status}: {told[:300]!r}")
        self.version = json.loads(told)["version"]

    def write(self, first: float, pace: float) -> None:
        """So many saves, at this pace, the first one at its own moment."""
        for nth in range(SAVES):
            if pace:
                time.sleep(max(0.0, first + nth * pace - time.perf_counter()))
            self.save(nth)


def rows() -> list[Row]:
    """Milliseconds at the median."""
    PLACE.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(dir=PLACE, prefix="writing-")).absolute() / "home"
    kept = demonstration(SMALL)
    shutil.copytree(kept, home)
    for end in ("key", "people"):
        shutil.copy(kept.with_name(f"{kept.name}.{end}"), home.with_name(f"{home.name}.{end}"))
    try:
        with Server.of(home) as server:
            writers = _writers(server, home)
            paced = _median(writers, PACE)
            disk = _commit(home)
            crowded = _median(writers, 0)
    finally:
        shutil.rmtree(home.parent)
    what = f"autosave: {WRITERS} writers, a save of 3 KiB each every {PACE} s"
    beside = "one durable commit of 4 KiB by SQLite alone, on the same disk"
    return [
        smaller(f"{what}, until answered", "ms", paced, LIMIT, "the limit", "≤ 1"),
        smaller(f"{what}, beside the disk", "ms", paced, disk, beside),
        alone(f"autosave: {WRITERS} writers without rest, until answered", "ms", crowded),
    ]


def _writers(server: Server, home: Path) -> list[Writer]:
    found: list[Writer] = []
    for name in COLLEAGUES:
        cookie = server.sign_in(*person(home, name))
        _, _, page = get(server.port, "/clients", cookie)
        token = re.findall(r'<meta name="csrf" content="([^"]+)"', page)[0]
        charts = list(dict.fromkeys(re.findall(r'href="/clients/([a-z2-7]{26})"', page)))
        for chart in (charts * 2)[: WRITERS // len(COLLEAGUES)]:
            record = _begin(server.port, cookie, token, chart)
            if record:
                found.append(Writer(server.port, cookie, token, record))
    if len(found) < WRITERS:
        raise AssertionError(f"only {len(found)} drafts could be begun")
    return found


def _begin(port: int, cookie: str, token: str, chart: str) -> str:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Cookie": cookie,
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"http://localhost:{port}",
        "Host": f"localhost:{port}",
    }
    body = urlencode({"csrfmiddlewaretoken": token})
    line.request("POST", f"/clients/{chart}/begin/progress_note", body, headers)
    answer = line.getresponse()
    answer.read()
    line.close()
    return (answer.getheader("Location") or "").rpartition("/")[2] if answer.status == 302 else ""


def _median(writers: list[Writer], pace: float) -> float:
    for one in writers:
        one.took.clear()
    begun = time.perf_counter() + 0.5
    threads = [
        Thread(target=one.write, args=(begun + nth * pace / len(writers), pace))
        for nth, one in enumerate(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = [each for one in writers for each in one.took]
    if len(took) < WRITERS * SAVES:
        raise AssertionError("a writer was not answered")
    return statistics.median(took) * 1000


def _commit(home: Path) -> float:
    """Milliseconds of one durable commit, at the median."""
    table = sqlite3.connect(home / "commits.db", isolation_level=None)
    table.execute("PRAGMA journal_mode = WAL")
    table.execute("PRAGMA synchronous = FULL")
    table.execute("CREATE TABLE draft (id INTEGER PRIMARY KEY, words BLOB)")
    took = []
    for nth in range(20 if QUICK else 200):
        begun = time.perf_counter()
        table.execute("INSERT OR REPLACE INTO draft VALUES (?, ?)", (nth % 20, b"x" * 4096))
        took.append(time.perf_counter() - begun)
    table.close()
    return statistics.median(took) * 1000
