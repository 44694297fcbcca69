"""The log: whole at its end, under a fresh checkpoint, and not ahead of the clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from stillroom.config.doctor_finding import Finding, look, well
from stillroom.config.home import Home
from stillroom.config.log_keys import entry_at, last_signed, read_log
from stillroom.ledger import (
    Checkpoint,
    LogAltered,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from stillroom.phi import Log

WHOLE = 20_000
"""Logs up to this long are audited whole; of longer ones the end."""
TAIL = 256
SLACK = timedelta(seconds=2)
CHECKPOINT_EVERY = timedelta(days=1)

_ASK = "Audit it: stillroom ledger audit. Then compare it with your newest backup."


def log(home: Home, at: datetime) -> Iterator[Finding]:
    """All about the log. `at` is now."""
    with read_log(home) as found:
        last = last_signed(home, found)
        yield _tail(found, last)
        yield _clock(found, at)
        yield _covered(found, last, at)


def _tail(found: Log, last: Checkpoint | None) -> Finding:
    """Rebuild a short log; of a long one, prove the newest entries and the last checkpoint."""
    size = found.size
    if size <= WHOLE:
        try:
            report = found.audit(*([last] if last else []))
        except LogAltered as error:
            return look(f"The log is not what was written: {error}.", _ASK)
        return well(f"The log is whole; its size is {report.size}.")
    root = found.root()
    for logged in found.entries(size - TAIL, size):
        path = found.inclusion(logged.index, size)
        verify_inclusion(leaf_hash(logged.entry.canonical()), logged.index, size, path, root)
    if last is not None:
        verify_consistency(last.size, size, found.consistency(last.size), last.root, root)
    return well(f"The log's end is whole; its size is {size}. Ledger audit rebuilds all of it.")


def _clock(found: Log, at: datetime) -> Finding:
    """A clock behind the newest entry was set back, or the folder is from another machine."""
    size = found.size
    newest = entry_at(found, size - 1).at if size else at
    if newest - at > SLACK:
        behind = timedelta(seconds=round((newest - at).total_seconds()))
        return look(
            f"This machine's clock is {behind} behind the newest entry of the log.",
            "Set the clock by the network; deadlines and sessions are counted by it.",
        )
    return well("The clock is not behind the log.")


def _covered(found: Log, last: Checkpoint | None, at: datetime) -> Finding:
    """Entries that no checkpoint covers can be cut off unseen (T10); so it is signed daily."""
    signed, size = (last.size if last else 0), found.size
    waiting = at - entry_at(found, signed).at if signed < size else timedelta(0)
    if waiting > CHECKPOINT_EVERY:
        return look(
            f"No checkpoint covers entry {signed} and what follows; it is {waiting.days} days old.",
            "Run stillroom ledger checkpoint, and give the note to somebody outside the practice.",
        )
    return well("No entry has waited a day for a checkpoint.")
