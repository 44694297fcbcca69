"""The packet: time and memory for many records, beside what a person and a laptop can spare.

python -m tests.bench.packet
"""

import resource
import time
from typing import Any

from stillroom.disclosure.packet import print_packet
from tests.disclosure.conftest import note, packet_of

Row = dict[str, Any]
RECORDS = 500
WORDS = "Returned to work three days of five. She drove on after the second bridge. " * 18
A_MINUTE = 60.0
"""Seconds: half of the two minutes in which a request should be answered (NEEDS, 21)."""
A_GIGABYTE = 1024.0
"""MiB that a laptop can spare for one packet."""


def measure() -> tuple[float, float, int]:
    """Seconds, MiB of the process apart, and pages, for 500 records of about a page."""
    records = [note([WORDS], of=f"n{i}", day=1 + i % 28) for i in range(RECORDS)]
    packet = packet_of(*records)
    begun = time.perf_counter()
    printed = print_packet(packet)
    spent = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return spent, memory, printed.manifest.total_pages


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
    """Time and memory of one large packet; `ratio` = beside / ours."""
    seconds, memory, pages = measure()
    return [
        _row(f"{pages} pages, printed", "s", seconds, A_MINUTE, "a minute", 5.0),
        _row(f"{pages} pages, memory", "MiB", memory, A_GIGABYTE, "a gigabyte", 1.5),
    ]


if __name__ == "__main__":
    for row in rows():
        print(row)
