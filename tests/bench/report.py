"""docs/bench.md, made from the rows: tables by section, the machine, and how to read them."""

import os
import platform
import sqlite3
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench.rows import PLACE, QUICK, Row

SECTIONS: Mapping[str, tuple[str, str]] = {
    "chart": (
        "Confidence for free",
        (
            "A whole chart read through gate, ledger and vault, beside the same rows through Django's "
            "ORM. Both sides end up with the text of every note; ours has also asked the gate, opened "
            "the ring with the person's key and waited until the entry was on the disk. One entry "
            "costs as much as opening some hundred notes: below that, a single flush of the disk is "
            "what a reader pays for confidence."
        ),
    ),
    "pages": (
        "Pages",
        (
            "Real servers, asked over keep-alive connections by another process. The clear page is "
            "rendered from the same template with the same values out of plain ORM rows, behind "
            "Django's own sign-in, by the same server with the same threads. A chart's page writes "
            "three entries, a note's page two, each flushed before a word is opened; with several "
            "people at once the flushes are shared."
        ),
    ),
    "writing": (
        "Writing",
        (
            "Twenty windows with a draft open, each saved as the page does it: sealed, committed, and "
            "answered with what was noticed beside the note. A save opens nothing and writes no entry "
            "in the log."
        ),
    ),
    "matter": (
        "A matter, answered",
        (
            "One question after another is answered in the page of a subpoena: sealed, logged, the law asked "
            "again with and without the client's papers, and the part that hangs on it rendered and sent. A "
            "real server, one connection, a flush of the disk for each entry."
        ),
    ),
    "documents": (
        "Documents",
        (
            "A file of 100 MB through the gate, the ring and the rows of SQLite, in fifty portions of "
            "which each waits for the disk; and back, read twice, because nothing is given that was "
            "not proven first. A file of random bytes, which nothing packs."
        ),
    ),
    "reading": (
        "Reading a long chart",
        (
            "A real server, one connection. A chart's page shows 25 lines whatever lies behind them. "
            "The thread, the story and a sift by objective open every note of the chart."
        ),
    ),
    "names": (
        "Names",
        "The directory in the memory of the unsealed server; nothing of it is on the disk.",
    ),
    "search": (
        "Searching what lies sealed",
        (
            "Notes of 4 KiB in charts of 200, by one person who cares for them all. Ours asks the gate for "
            "every chart, unwraps its ring, waits for the entries, opens the sealed indexes, and gives the "
            "newest twenty hits with the words around and how many there are. LIKE reads every note in the "
            "clear; FTS5 keeps a plain index of them, in SQLCipher's file under one key that opens all of it "
            "for everybody. Both stay on the disk, and neither asks, seals or logs anything."
        ),
    ),
    "relay": (
        "A server that carries what it cannot open",
        (
            "Chromium with made-up devices and the real Janus, on this machine alone. A frame is timed in a "
            "worker, where a call seals it. Joining is timed from asking the server to be let in until a "
            "picture of somebody who is sending is shown, keys over the pair's channel included; in the clear, "
            "the same worker passes frames on as they are."
        ),
    ),
    "health": (
        "Beside GNU Health",
        (
            "GNU Health 5 on Tryton 7, from PyPI in an environment of its own, through its own client "
            "library in one process; both databases are SQLite in WAL mode with synchronous=FULL. It "
            "does more than we do with a patient's form (a hospital's worth of fields), and neither "
            "seals nor keeps a provable log. Its `read` takes all the fields that its form shows."
        ),
    ),
    "law": (
        "Law",
        (
            "Sixty provisions of eight conditions, every fact known, the answers compared before "
            "the clock starts. Processor time of one thread."
        ),
    ),
    "corpus": (
        "The law on file",
        (
            "Maryland's and the nation's provisions for one matter, beside as many Cedar policies with "
            "the same conditions; then questions as they come, with facts missing; then everything."
        ),
    ),
    "measures": (
        "Measures",
        (
            "Questionnaires scored by rule: sums, bands, screens, and what asks for an assessment of "
            "risk. The second scorer is written by hand from the printed instructions, without the "
            "rules. "
            "Processor time of one thread."
        ),
    ),
    "calls": (
        "Calls",
        (
            "Two Chromium pages with made-up devices on this machine, from the press of *join* to the "
            "first frame of the other's camera. The call beside ours goes over the same line by the "
            "plainest script there is, and nobody proves anything. Then two hundred "
            "rooms of two that talk at once over one line."
        ),
    ),
    "ledger": (
        "Ledger",
        "Every commit, of ours and of the peers, is flushed before the next.",
    ),
    "packet": (
        "Packet",
        (
            "Five hundred records printed as PDF/A, once with two hundred passages cut first; and "
            "five thousand, which are printed in parts and joined. Memory is that of the largest "
            "process apart, and for the join that of the one which asks."
        ),
    ),
    "portal": (
        "The client's own pages",
        "Her first page, beside the same template over plain rows behind Django's own sign-in.",
    ),
    "start": (
        "Starting, and memory",
        (
            "Sizes and times to know. *Of its own* is what the processes hold themselves; pages of the "
            "database's file that the system keeps for them count apart."
        ),
    ),
}
"""Names of sections, each with its heading and what is to be known of it."""


def shown(row: Row) -> str:
    """A row as a line in a terminal."""
    mark = {True: "well" if row["goal"] else "    ", False: "MISS", None: "none"}[row["ok"]]
    said = f"  {mark}  {row['row']}: {_value(row['ours'])} {row['unit']}"
    if row["ratio"] is not None:
        said += f", beside {_value(row['beside'])} ({row['what_beside']}): {_value(row['ratio'])}"
    elif row["what_beside"]:
        said += f" ({row['what_beside']})"
    return said + (f", goal {row['goal']}" if row["goal"] else "")


def _value(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:g}"


def written(found: Mapping[str, Sequence[Row]]) -> str:
    """The page."""
    parts = [_INTRODUCTION.format(day=time.strftime("%Y-%m-%d"), machine=_machine())]
    for section, rows in found.items():
        heading, about = SECTIONS[section]
        parts.append(f"## {heading}\n\n{about}\n\n{_table(rows)}")
    return "\n".join(parts)


_INTRODUCTION = """# What it costs, measured

*Made by `make bench`; do not edit. {day}.*

{machine}

How to read it. Compare ratios, not figures: everything in a row was measured in one sitting, in
turns (ours, the other, the other, ours), and stands as a median. A ratio with a goal of *≤* is ours
divided by the other's, one with *≥* says how many times better ours is, or for things done in a
second ours divided by the other's. A row without a goal is there to be known. **missed** is a goal
that was not reached in this run; **–** could not be measured, and the row says why. All clients are
made up. `bench.json` holds the same rows.
"""


def _table(rows: Sequence[Row]) -> str:
    lines = [
        "| What | Ours | Beside | Ratio | Goal | |",
        "| --- | ---: | --- | ---: | --- | --- |",
    ]
    for row in rows:
        mark = {True: "well" if row["goal"] else "", False: "**missed**", None: "–"}[row["ok"]]
        beside = str(row["what_beside"])
        if row["beside"] is not None:
            beside = f"{_value(row['beside'])} {row['unit']}, {beside}"
        cells = (
            row["row"],
            f"{_value(row['ours'])} {row['unit']}",
            beside,
            _value(row["ratio"]) if row["ratio"] is not None else "",
            row["goal"] or "",
            mark,
        )
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _machine() -> str:
    """What it was measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[1]
    size = "A small run (STILLROOM_BENCH=quick). " if QUICK else ""
    return (
        f"{size}{os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB, {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}, SQLite "
        f"{sqlite3.sqlite_version}. One flush of the disk took {_flush():.2f} ms; "
        f"{load:.1f} programs wanted to run at the end, on average of five minutes."
    )


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or "unknown"
    names = [line.split(":", 1)[1].strip() for line in told.splitlines() if "model name" in line]
    return names[0] if names else platform.machine()


def _flush() -> float:
    """Milliseconds of one durable write, the median of some."""
    PLACE.mkdir(parents=True, exist_ok=True)
    path, spent = PLACE / "flush", []
    with path.open("wb") as file:
        for _ in range(100):
            file.write(bytes(4096))
            file.flush()
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            spent.append(time.perf_counter() - begun)
    path.unlink()
    return sorted(spent)[50] * 1000
