"""When an appointment is, what is doubtful about it, and what may become of it. Pure.

Rules: times are the practice's own clock; an hour that its clock leaves out is none. What may be
meant and may be a slip (a time that is past, somebody else at that time) is asked and not refused;
a yes counts for the very thing that was asked about. A code stands in the clear on the disk, so it
is a billing code and nothing else.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from stillroom.kernel import StillroomError

MODES = ("in_person", "telehealth", "telephone")
PLANNED, HELD, MISSED, CANCELLED = "planned", "held", "missed", "cancelled"
_LONGEST = 12 * 60
_CODE = re.compile(r"(?:\d{5}|[A-Z]\d{4}|\d{4}[A-Z])(?:-[A-Z0-9]{2})?")


class EndsBeforeItBegins(StillroomError):
    """No length, or less."""

    what = "it would end before it begins"
    usual_advice = "Give its length in minutes, for example 50."


class TooLong(StillroomError):
    """Longer than a working day."""

    what = "it would last longer than twelve hours"
    usual_advice = "Give its length in minutes, for example 50."


class NoSuchHour(StillroomError):
    """Clocks are put forward over it."""

    what = "the clocks are put forward in that night, and that time is left out"
    usual_advice = "Give a time before or after it."


class NoSuchMode(StillroomError):
    """Neither in person, nor by video, nor by telephone."""

    what = "it is not said how you meet"
    usual_advice = "Choose in person, by video or by telephone; the rest is kept."


class NoSuchCode(StillroomError):
    """Something that is no billing code."""

    what = "that is no billing code"
    usual_advice = (
        "Give one such as 90834, H0004 or 90837-95, or leave it empty. It is not sealed, so no"
        " other word may stand there."
    )


class NotPlanned(StillroomError):
    """It has been held, missed or cancelled."""

    what = "this appointment is not planned any more"
    usual_advice = "Put it back among the planned ones first, or book another."


class NotBegun(StillroomError):
    """Nothing was held or missed that has not begun."""

    what = "this appointment has not begun"
    usual_advice = "Say so when its time has come; until then it can be moved or cancelled."


class NoSuchState(StillroomError):
    """A state that is none."""

    what = "an appointment cannot become that"
    usual_advice = "It can be held, missed or cancelled, or put back among the planned ones."


class NotInCare(StillroomError):
    """With somebody who does not care for the client then."""

    what = "that colleague does not care for this client at that time"
    usual_advice = "Choose who does, or have her taken into the care first."


@dataclass(frozen=True)
class Slot:
    """From when to when."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.ends_at <= self.starts_at:
            raise EndsBeforeItBegins

    @property
    def minutes(self) -> int:
        """Its length."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)


@dataclass(frozen=True)
class Booked:
    """Another appointment of the same colleague."""

    id: str
    chart: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Doubts:
    """What is to be asked before an appointment is written down."""

    person: str
    slot: Slot
    past: bool
    overlaps: tuple[Booked, ...]

    def __bool__(self) -> bool:
        return self.past or bool(self.overlaps)

    @property
    def asked(self) -> str:
        """What was asked, as a yes brings it back; it names no client."""
        moments = f"{self.slot.starts_at:%Y%m%dT%H%M}-{self.slot.ends_at:%Y%m%dT%H%M}"
        others = ".".join(one.id for one in self.overlaps)
        return f"{self.person}.{moments}.{'past' if self.past else ''}.{others}"


class Doubtful(StillroomError):
    """Something is to be asked first; `doubts` say what."""

    what = "please look once more before this is written down"
    usual_advice = "If it is meant so, say yes below; else change it."

    def __init__(self, doubts: Doubts) -> None:
        super().__init__()
        self.doubts = doubts


def slot(day: date, clock: time, minutes: int, zone: tzinfo) -> Slot:
    """A time by the practice's clock, and a length. When clocks go back, the earlier hour."""
    if minutes <= 0:
        raise EndsBeforeItBegins
    if minutes > _LONGEST:
        raise TooLong
    meant = datetime.combine(day, clock)
    begins = meant.replace(tzinfo=zone).astimezone(UTC)
    if begins.astimezone(zone).replace(tzinfo=None) != meant:
        raise NoSuchHour
    return Slot(begins, begins + timedelta(minutes=minutes))


def doubts(person: str, at: datetime, meant: Slot, others: Iterable[Booked]) -> Doubts:
    """What is to be asked of a time that is meant. What only touches does not overlap."""
    overlaps = tuple(
        one for one in others if one.starts_at < meant.ends_at and meant.starts_at < one.ends_at
    )
    return Doubts(person, meant, meant.starts_at < at, overlaps)


def require_how(mode: str, code: str) -> None:
    """Nothing when there is such a way of meeting, and such a code or none."""
    if mode not in MODES:
        raise NoSuchMode
    if code and not _CODE.fullmatch(code):
        raise NoSuchCode


_BECOMES: Mapping[str, frozenset[str]] = {
    PLANNED: frozenset({HELD, MISSED, CANCELLED}),
    HELD: frozenset({PLANNED}),
    MISSED: frozenset({PLANNED}),
    CANCELLED: frozenset({PLANNED}),
}


def require_may_become(state: str, then: str, starts_at: datetime, at: datetime) -> None:
    """Nothing when an appointment may go from one state to another now; else the reason."""
    if then not in _BECOMES:
        raise NoSuchState
    if then not in _BECOMES.get(state, frozenset()):
        raise NotPlanned
    if then in (HELD, MISSED) and starts_at > at:
        raise NotBegun
