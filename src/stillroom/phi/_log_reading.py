"""What can be asked of a stored log: its size and roots, proofs, entries, names, and the audit."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from stillroom.kernel import Misuse
from stillroom.ledger import (
    Checkpoint,
    Entry,
    Logged,
    NotProven,
    Report,
    consistency_path,
    inclusion_path,
)
from stillroom.phi._log_audit import audit_store
from stillroom.phi._log_index import find
from stillroom.phi._log_store import Store
from stillroom.phi._log_tables import ACTOR, SUBJECT, Tables
from stillroom.phi._log_tree import TreeMemory

_PORTION = 1024


class LogReading:
    """The half of `Log` that changes nothing. Each answer is of the log as it is when asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._process = os.getpid()
        self._closed = False
        self._memory = TreeMemory()

    @property
    def size(self) -> int:
        """How many entries are durable, whoever wrote them."""
        with self._read() as tables:
            return tables.head().size

    def root(self, size: int | None = None) -> bytes:
        """The root of the log as it is, or as it was when it had `size` entries."""
        with self._read() as tables:
            return self._memory.root(tables, _within(tables, size))

    def checkpoints(self, limit: int = 1) -> tuple[Checkpoint, ...]:
        """The newest checkpoints that this log signed and kept, newest first."""
        with self._read() as tables:
            return tuple(Checkpoint.parse(note) for note in tables.notes(limit))

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """The path of entry `index` to the root of the first `size` entries (all of them)."""
        with self._read() as tables:
            subtree = self._memory.tree(tables).subtree
            return inclusion_path(index, _within(tables, size), subtree)

    def consistency(self, old_size: int, new_size: int | None = None) -> tuple[bytes, ...]:
        """The proof that the log of `old_size` entries is the beginning of that of `new_size`."""
        with self._read() as tables:
            subtree = self._memory.tree(tables).subtree
            return consistency_path(old_size, _within(tables, new_size), subtree)

    def raw_entries(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The canonical bytes from entry `start` up to but not including `stop` (the end).

        Reads in portions, so memory does not grow. `NotProven` where an entry is missing.
        """
        with self._read() as tables:
            stop = _within(tables, stop)
        for first in range(start, stop, _PORTION):
            last = min(first + _PORTION, stop)
            with self._read() as tables:
                rows = tables.rows(first, last)
            if len(rows) < last - first:
                raise NotProven(f"an entry is missing between {first} and {last - 1}")
            yield from rows

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[Logged]:
        """The entries from `start` up to but not including `stop` (the end), with their numbers."""
        for index, raw in enumerate(self.raw_entries(start, stop), start):
            yield Logged(index, Entry.parse(raw))

    def latest(self, limit: int, before: int | None = None) -> tuple[Logged, ...]:
        """The newest entries below number `before` (the end), newest first."""
        size = self.size
        end = size if before is None else max(0, min(before, size))
        return tuple(self.entries(max(0, end - limit), end))[::-1]

    def for_subject(
        self, subject: str, limit: int, before: int | None = None
    ) -> tuple[Logged, ...]:
        """The newest entries about `subject` below number `before`, newest first."""
        return self._naming(SUBJECT + subject, limit, before)

    def for_actor(self, actor: str, limit: int, before: int | None = None) -> tuple[Logged, ...]:
        """The newest entries of what `actor` did below number `before`, newest first."""
        return self._naming(ACTOR + actor, limit, before)

    def audit(self, *checkpoints: Checkpoint) -> Report:
        """Rebuild everything from the entries and compare it with the checkpoints and with all that
        is stored beside the entries: head, tiles, names. Raises `LogAltered`, naming what is wrong.
        The signatures of the checkpoints are the caller's to verify first."""
        self._require_usable()
        return audit_store(self._store, checkpoints)

    def _naming(self, name: str, limit: int, before: int | None) -> tuple[Logged, ...]:
        with self._read() as tables:
            numbers = find(tables, name, limit, before)
            rows = tables.pick(numbers)
        if len(rows) < len(numbers):
            raise NotProven("an entry that the index of names points to is missing")
        return tuple(map(Logged, numbers, map(Entry.parse, rows)))

    @contextmanager
    def _read(self) -> Iterator[Tables]:
        self._require_usable()
        with self._store.read() as tables:
            yield tables

    def _require_usable(self) -> None:
        if self._closed:
            raise Misuse("the log was closed")
        if os.getpid() != self._process:
            raise Misuse("a log is opened anew in each process, after the fork")


def _within(tables: Tables, size: int | None) -> int:
    """`size`, or the log's own when it is None. `Misuse` when the log is not so long."""
    own = tables.head().size
    if size is None:
        return own
    if not 0 <= size <= own:
        raise Misuse(f"the log has {own} entries, not {size}")
    return size
