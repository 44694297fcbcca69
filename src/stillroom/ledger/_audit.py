"""The audit: the whole log rebuilt from its entries and compared with what others have kept.

A path of its own: the appender carries one leaf at a time through a frontier and never looks back;
the audit reads everything and folds the tree row by row from the bottom. The two share the hash
functions and nothing else, so a fault in one shows in the other. Memory does not grow with the log
(one block of entries, and one hash for each level of the tree).

What an audit can name depends on what it is given. A checkpoint alone says *whether* something is
wrong, or that the tail is cut. Older checkpoints say between which of them. The leaf hashes that
the store recorded say which entry, unless whoever changed it rewrote those too.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from hashlib import sha256
from itertools import islice

from stillroom.ledger._checkpoint import Checkpoint
from stillroom.ledger._entry import TIME_BYTES, VERSION
from stillroom.ledger._errors import NotProven
from stillroom.ledger._merkle import EMPTY_ROOT, HASH_BYTES
from stillroom.ledger._tiles import TILE_HEIGHT

BLOCK = 4096
MOST_NAMED = 100
"""How many faults, and how many remarks, are named; the rest are counted."""

SLACK = timedelta(seconds=2)
"""Entries wait for each other before they are written; so much disorder is no set-back clock."""

Recorded = Callable[[int, int, int], bytes]
"""`recorded(level, first, count)`: hashes that the store keeps in its tiles of that level, joined.
It may give fewer (what is not stored yet), never others."""


class FaultKind(Enum):
    """What is wrong."""

    CHANGED = "changed"
    UNREADABLE = "unreadable"
    CUT = "cut"
    ROOT = "root"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the entries `first` to `last`; `what` says it in words."""

    kind: FaultKind
    first: int
    last: int
    what: str


@dataclass(frozen=True, slots=True)
class ClockSetBack:
    """Entry `after + 1` bears an earlier time than entry `after`. A remark, not a fault: clocks
    are set, and the order of the log does not rest on them."""

    after: int
    by: timedelta

    @property
    def what(self) -> str:
        """In words."""
        return (
            f"the clock was set back by {self.by} between entries {self.after} and {self.after + 1}"
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What an audit found: the log's own size and root, how far a checkpoint vouches for it, faults
    and remarks. `faults` is empty in every report that `audit` returns."""

    size: int
    root: bytes
    vouched: int
    faults: tuple[Fault, ...] = ()
    remarks: tuple[ClockSetBack, ...] = ()

    @property
    def after_checkpoint(self) -> int:
        """How many entries are newer than the newest checkpoint; nobody vouches for these."""
        return self.size - self.vouched


class LogAltered(NotProven):
    """The log is not what a checkpoint, or its own store, says it is. `report` names the faults."""

    def __init__(self, report: Report) -> None:
        more = len(report.faults) - 1
        super().__init__(report.faults[0].what + (f" (and {more} more)" if more else ""))
        self.report = report


def audit(
    entries: Iterable[bytes], *checkpoints: Checkpoint, recorded: Recorded | None = None
) -> Report:
    """Rebuild the log from the canonical bytes of all its entries, in order.

    The signatures of the checkpoints are the caller's to verify first. Raises `LogAltered` when
    anything is wrong; remarks alone do not raise.
    """
    report = examine(entries, checkpoints, recorded)
    if report.faults:
        raise LogAltered(report)
    return report


def examine(
    entries: Iterable[bytes], checkpoints: Sequence[Checkpoint], recorded: Recorded | None = None
) -> Report:
    """As `audit`, but the faults are returned for a caller who has more to add."""
    watch = _Watch(recorded)
    marks = sorted(checkpoints, key=lambda checkpoint: checkpoint.size)
    source, vouched = iter(entries), 0
    for mark in marks:
        watch.take(source, mark.size)
        fault = _compare(watch.rebuild, mark, vouched)
        if fault is None:
            vouched = mark.size
        else:
            watch.faults.append(fault)
    watch.take(source, None)
    return Report(
        watch.rebuild.size,
        watch.rebuild.root(),
        vouched,
        tuple(watch.faults),
        tuple(watch.remarks),
    )


def _compare(rebuild: "_Rebuild", mark: Checkpoint, vouched: int) -> Fault | None:
    if rebuild.size < mark.size:
        left = f"it has {rebuild.size} entries, the checkpoint counts {mark.size}"
        return Fault(FaultKind.CUT, rebuild.size, mark.size - 1, f"the log is cut: {left}")
    if rebuild.root() == mark.root:
        return None
    what = (
        f"the root differs: among entries {vouched} to {mark.size - 1} something is not as it was"
    )
    return Fault(FaultKind.ROOT, vouched, mark.size - 1, what)


class _Rebuild:
    """The tree, folded row by row. Each row keeps the one hash that has no partner yet.

    `seen(height, first, hashes)` is told of every row that a store keeps: each eighth.
    """

    def __init__(self, seen: Callable[[int, int, list[bytes]], None]) -> None:
        self.size = 0
        self._seen = seen
        self._unpaired: list[list[bytes]] = []

    def add(self, leaves: list[bytes]) -> None:
        height, row, before = 0, leaves, self.size
        self.size += len(leaves)
        while row:
            if height == len(self._unpaired):
                self._unpaired.append([])
            if height % TILE_HEIGHT == 0:
                self._seen(height, before >> height, row)
            row = self._unpaired[height] + row
            even = len(row) & ~1
            self._unpaired[height] = row[even:]
            row = [
                sha256(b"\x01" + left + right).digest()
                for left, right in zip(row[0:even:2], row[1:even:2], strict=True)
            ]
            height += 1

    def root(self) -> bytes:
        root = b""
        for unpaired in self._unpaired:
            if unpaired:
                root = sha256(b"\x01" + unpaired[0] + root).digest() if root else unpaired[0]
        return root or EMPTY_ROOT


class _Watch:
    """Reads blocks of entries into a `_Rebuild` and notes what is odd about them."""

    def __init__(self, recorded: Recorded | None) -> None:
        self.rebuild = _Rebuild(self._compare_recorded)
        self.faults: list[Fault] = []
        self.remarks: list[ClockSetBack] = []
        self._recorded = recorded
        self._latest = b""

    def take(self, source: Iterable[bytes], until: int | None) -> None:
        """Read on until so many entries are read in all (None: to the end)."""
        while until is None or self.rebuild.size < until:
            want = BLOCK if until is None else min(BLOCK, until - self.rebuild.size)
            block = list(islice(source, want))
            if not block:
                return
            self._look_at(block)

    def _look_at(self, block: list[bytes]) -> None:
        first = self.rebuild.size
        if {raw[:1] for raw in block} != {bytes([VERSION])}:
            self._name_unreadable(first, block)
        self._watch_clock(first, [raw[TIME_BYTES] for raw in block])
        self.rebuild.add([sha256(b"\x00" + raw).digest() for raw in block])

    def _compare_recorded(self, height: int, first: int, row: list[bytes]) -> None:
        if self._recorded is None:
            return
        recorded = self._recorded(height // TILE_HEIGHT, first, len(row))
        if b"".join(row).startswith(recorded):
            return
        for i, each in enumerate(row):
            kept = recorded[i * HASH_BYTES : (i + 1) * HASH_BYTES]
            if kept not in (each, b""):
                self._name_difference(height, first + i)

    def _name_difference(self, height: int, number: int) -> None:
        if height == 0:
            self._name(FaultKind.CHANGED, number, "is not what was written there")
        elif len(self.faults) < MOST_NAMED:
            start, stop = number << height, number + 1 << height
            what = f"the stored tree differs above entries {start} to {stop - 1}"
            self.faults.append(Fault(FaultKind.STORE, start, stop - 1, what))

    def _name_unreadable(self, first: int, block: list[bytes]) -> None:
        for i, raw in enumerate(block):
            if raw[:1] != bytes([VERSION]):
                self._name(FaultKind.UNREADABLE, first + i, "is in no format known here")

    def _name(self, kind: FaultKind, index: int, what: str) -> None:
        """Note a fault; a run of them becomes one."""
        last = self.faults[-1] if self.faults else None
        if last is not None and last.kind is kind and last.last == index - 1:
            words = f"each of entries {last.first} to {index} {what}"
            self.faults[-1] = Fault(kind, last.first, index, words)
        elif len(self.faults) < MOST_NAMED:
            self.faults.append(Fault(kind, index, index, f"entry {index} {what}"))

    def _watch_clock(self, first: int, stamps: list[bytes]) -> None:
        stamps.insert(0, self._latest or stamps[0])
        self._latest = stamps[-1]
        if stamps == sorted(stamps):
            return
        for i in range(1, len(stamps)):
            if stamps[i] < stamps[i - 1] and len(self.remarks) < MOST_NAMED:
                by = int.from_bytes(stamps[i - 1], "big") - int.from_bytes(stamps[i], "big")
                if timedelta(microseconds=by) > SLACK:
                    after = first + i - 2
                    self.remarks.append(ClockSetBack(after, timedelta(microseconds=by)))
