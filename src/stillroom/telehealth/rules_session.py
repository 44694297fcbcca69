"""Who may come into a room when, and how early or late that is. Pure.

Rules: the waiting room opens a quarter of an hour before the time and stays for half an hour after
the planned end; the door itself is opened by the clinician alone, whenever she wishes, and a client
comes in only by an open door and only after she has said where she is. What was cancelled, missed
or held is over. All by the practice's clock: what a device believes changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

EARLY: Final = timedelta(minutes=15)
"""So long before its time the waiting room opens."""
STAYS: Final = timedelta(minutes=30)
"""So long after its planned end a room that nobody opened still waits."""
ABSENT_AFTER: Final = timedelta(minutes=10)
"""So long after the time it may be said that somebody did not come."""
SLACK: Final = timedelta(minutes=1)
"""Whoever comes within it is on time."""


class Phase(Enum):
    """Where a meeting stands."""

    EARLY = "early"
    WAITING = "waiting"
    OPEN = "open"
    PAST = "past"
    MISSED = "missed"
    CANCELLED = "cancelled"
    OVER = "over"

    @property
    def ends(self) -> bool:
        """Whether nobody comes in any more."""
        return self in (Phase.PAST, Phase.MISSED, Phase.CANCELLED, Phase.OVER)


@dataclass(frozen=True)
class Planned:
    """A meeting as it stands: `starts_at` and `ends_at` are `None` for one begun without an
    appointment; `state` is the appointment's."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    state: str = "planned"
    opened_at: datetime | None = None
    closed_at: datetime | None = None


def phase(one: Planned, at: datetime) -> Phase:
    """Where a meeting stands at a moment."""
    if one.closed_at is not None:
        return Phase.OVER
    if one.opened_at is not None:
        return Phase.OPEN
    if one.state in _ENDED:
        return _ENDED[one.state]
    if one.starts_at is None or one.ends_at is None:
        return Phase.WAITING
    if at < one.starts_at - EARLY:
        return Phase.EARLY
    return Phase.PAST if at >= one.ends_at + STAYS else Phase.WAITING


_ENDED: Final = {"cancelled": Phase.CANCELLED, "missed": Phase.MISSED, "held": Phase.OVER}


def may_wait(where: Phase) -> bool:
    """Whether a client may say where she is, and wait."""
    return where in (Phase.WAITING, Phase.OPEN)


def may_enter(where: Phase, *, answered: bool) -> bool:
    """Whether a client may come in: by an open door, once she has answered."""
    return where is Phase.OPEN and answered


def may_open(where: Phase) -> bool:
    """Whether a clinician may open the door: at any time, unless it is over. What lies past its
    time is opened too: a client who is late by an hour may still be met."""
    return where in (Phase.EARLY, Phase.WAITING, Phase.OPEN, Phase.PAST)


def may_be_absent(one: Planned, at: datetime) -> bool:
    """Whether it may be said that the client did not come."""
    waited = one.starts_at is not None and at >= one.starts_at + ABSENT_AFTER
    return waited and phase(one, at) in (Phase.WAITING, Phase.PAST)


def minutes_late(starts_at: datetime | None, came_at: datetime) -> int:
    """Whole minutes after the time; negative before it, 0 when on time or without a time."""
    if starts_at is None:
        return 0
    off = came_at - starts_at
    if abs(off) <= SLACK:
        return 0
    return int(off.total_seconds() / 60)


def came_words(late: int) -> str:
    """`on time`, `4 minutes early`, `12 minutes late`."""
    if not late:
        return "on time"
    many = abs(late)
    return f"{many} minute{'' if many == 1 else 's'} {'late' if late > 0 else 'early'}"
