"""The packet: time and memory for many records, beside what a person and a laptop can spare.

python -m tests.bench.packet
"""

import resource
import time
from collections.abc import Iterable
from typing import Any

from stillroom.disclosure.packet import RecordPage, print_packet
from stillroom.disclosure.packet.cuts import Reason, Removal, cut, laid_out
from tests.bench.rows import QUICK
from tests.disclosure.conftest import note, packet_of

Row = dict[str, Any]
RECORDS = 500
MANY = 500 if QUICK else 5000
CUTS = 200
WORDS = "Returned to work three days of five. She drove on after the second bridge. " * 18
A_MINUTE = 60.0
"""Seconds: half of the two minutes in which a request should be answered (NEEDS, 21)."""
TEN_SECONDS = 10.0
"""What a large packet with its cuts may take."""
A_GIGABYTE = 1024.0
"""MiB that a laptop can spare for one packet."""


def records(count: int) -> list[RecordPage]:
    """So many records of about a page."""
    return [note([WORDS], of=f"n{i}", day=1 + i % 28) for i in range(count)]


def with_cuts(pages: Iterable[RecordPage], count: int) -> list[RecordPage]:
    """The first `count` of them with a passage cut in the middle."""
    made = []
    for nth, page in enumerate(pages):
        spot = laid_out(page)[0].spot
        removals = [Removal(spot, 400, 460, Reason.PERSON)] if nth < count else []
        made.append(cut(page, removals))
    return made


def measure(pages: list[RecordPage], cuts: int = 0) -> tuple[float, int]:
    """Seconds to cut and print, and pages."""
    begun = time.perf_counter()
    printed = print_packet(packet_of(*(with_cuts(pages, cuts) if cuts else pages)))
    return time.perf_counter() - begun, printed.manifest.total_pages


def _mebibytes(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss / 1024


def _row(what: str, unit: str, ours: float, beside: float, label: str, goal: float) -> Row:
    return {
        "row": f"packet: {what}",
        "unit": unit,
        "ours": round(ours, 2),
        "beside": beside,
        "what_beside": label,
        "ratio": round(beside / ours, 1),
        "goal": goal,
        "ok": beside / ours >= goal,
    }


def rows() -> list[Row]:
    """Time and memory of large packets; `ratio` = beside / ours."""
    found = []
    seconds, pages = measure(records(RECORDS))
    found.append(_row(f"{pages} pages, printed", "s", seconds, A_MINUTE, "a minute", 5.0))
    memory = _mebibytes(resource.RUSAGE_CHILDREN)
    found.append(_row(f"{pages} pages, memory", "MiB", memory, A_GIGABYTE, "a gigabyte", 1.5))
    seconds, pages = measure(records(RECORDS), CUTS)
    what = f"{pages} pages with {CUTS} cuts"
    found.append(_row(what, "s", seconds, TEN_SECONDS, "ten seconds", 1.0))
    seconds, pages = measure(records(MANY))
    found.append(_row(f"{pages} pages, in parts", "s", seconds, A_MINUTE * 2, "two minutes", 1.0))
    press, asking = _mebibytes(resource.RUSAGE_CHILDREN), _mebibytes(resource.RUSAGE_SELF)
    what = f"{pages} pages, memory of the press"
    found.append(_row(what, "MiB", press, A_GIGABYTE, "a gigabyte", 1.5))
    what = f"{pages} pages, memory where they are joined"
    found.append(_row(what, "MiB", asking, A_GIGABYTE, "a gigabyte", 1.0))
    return found


if __name__ == "__main__":
    for row in rows():
        print(row)
