"""Reading the memory of a running process, as whoever owns the machine can (T05)."""

from collections.abc import Iterator
from pathlib import Path

from ahocorasick_rs import BytesAhoCorasick

_PORTION = 1 << 24
_OVERLAP = 256


def can_read(pid: int) -> bool:
    """Whether this machine lets us look."""
    try:
        next(memory(pid), None)
    except OSError:
        return False
    return True


def memory(pid: int) -> Iterator[bytes]:
    """All writable memory of a process, in portions that overlap by a little."""
    with Path(f"/proc/{pid}/mem").open("rb", 0) as mem:
        for start, end in _regions(pid):
            for at in range(start, end, _PORTION):
                try:
                    mem.seek(at)
                    yield mem.read(min(_PORTION + _OVERLAP, end - at))
                except (OSError, ValueError, OverflowError):
                    break


def _regions(pid: int) -> Iterator[tuple[int, int]]:
    """Private or shared, what can be read and written; files that are only mapped are swept apart."""
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        span, rights, *_rest = line.split(maxsplit=5)
        if rights.startswith("rw") and "[vvar" not in line:
            start, _, end = span.partition("-")
            yield int(start, 16), int(end, 16)


def count_all(pids: list[int], needles: dict[str, list[bytes]]) -> dict[str, int]:
    """How often the needles of each name stand in the memory of the processes together.

    Searched as they are; ask with both cases where case may differ.
    """
    names = [name for name, wanted in needles.items() for _ in wanted]
    sought = BytesAhoCorasick([one for wanted in needles.values() for one in wanted])
    counts = dict.fromkeys(needles, 0)
    for pid in pids:
        for portion in memory(pid):
            for which, _, _ in sought.find_matches_as_indexes(portion, overlapping=True):
                counts[names[which]] += 1
    return counts
