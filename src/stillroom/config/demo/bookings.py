"""When a chart's sessions fall, and what became of each: rows of a calendar, no words yet.

Weeks count back from the present one (0), which holds the day the practice turns on: `today` if
the practice is open, otherwise the next open day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from stillroom.config.demo.days import closed, next_open
from stillroom.config.demo.dice import Dice
from stillroom.config.demo.sources import Absent

AHEAD: Final = 6  # weeks that are booked in advance
LONGEST: Final = 104  # weeks that a course reaches back
_LAST_QUARTER: Final = 0.75  # from here on a course that ended was spaced out
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Booking:
    """A standing appointment: who, which weekday and hour, from which week to which, how often."""

    key: str
    clinician: str
    day: int
    hour: int
    minute: int
    since: int
    until: int | None
    rhythm: str
    minutes: int
    mode: str
    room: str
    absent: tuple[Absent, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """One day of a booking, and what became of it."""

    week: int
    day: date
    state: str
    remark_wanted: bool
    remark: str = ""


def turning_day(today: date) -> date:
    """The day the demonstration turns on: today, or the next day the practice is open."""
    return next_open(today)


def present_day(day: int, today: date) -> date:
    """Where a booking's weekday falls in the present week: the last one up to the turning day."""
    turn = turning_day(today)
    if day == 0:
        return turn
    weekday = (turn.weekday() + day) % 5 if turn.weekday() < _SATURDAY else day - 1
    return turn - timedelta(days=(turn.weekday() - weekday) % 7)


def first_day(booking: Booking, today: date) -> date:
    """The day of the first session."""
    day = present_day(booking.day, today) - timedelta(weeks=booking.since)
    while closed(day):
        day += timedelta(weeks=1)
    return day


def last_day(booking: Booking, today: date) -> date | None:
    """The day of the week in which the course ended, or `None` while it goes on."""
    if booking.until is None:
        return None
    return present_day(booking.day, today) - timedelta(weeks=booking.until)


def slots(booking: Booking, today: date, certain: frozenset[int], dice: Dice) -> Iterator[Slot]:
    """Every day of a booking in order, the days ahead among them; weeks `certain` were held."""
    absent = {stay.week: stay for stay in booking.absent}
    anchor = present_day(booking.day, today)
    final = (-AHEAD if booking.since else 0) if booking.until is None else booking.until
    latest = _latest_past(anchor, today)
    held_before = False
    first = True
    for week in range(booking.since, final - 1, -1):
        day = anchor - timedelta(weeks=week)
        settled = first or week in absent or week in certain
        away = _away(booking.clinician, week) or not _falls(booking, week)
        if closed(day) or (away and not settled):
            continue
        if week in absent:
            yield Slot(week, day, absent[week].state, False, absent[week].remark)
            held_before = False
            continue
        settled = settled or week in (latest, final) or not held_before or bool(booking.absent)
        state = "planned" if day >= today else "held" if settled else _became(dice)
        first = False
        held_before = state == "held"
        yield Slot(week, day, state, state in ("missed", "cancelled"))


def _latest_past(anchor: date, today: date) -> int:
    return 0 if anchor < today else 1


def _falls(booking: Booking, week: int) -> bool:
    """Whether the rhythm has a session in `week`: parity counts from the present, so that a
    standing hour stays where it is; how long since the first decides how often."""
    gone = booking.since - week
    every = {"weekly": 1, "biweekly": 2}.get(booking.rhythm)
    if every is None:
        every = 1 if gone < 12 else 2 if gone < 44 else 4
    elif booking.until is not None and gone > _LAST_QUARTER * (booking.since - booking.until):
        every = 2
    return week % every == 0


def _away(clinician: str, week: int) -> bool:
    """Two weeks a year each clinician is away, never near the present."""
    shift = sum(clinician.encode()) % 5
    return week > 8 and week % 52 in (14 + shift, 33 + shift)


def _became(dice: Dice) -> str:
    draw = dice.below(100)
    return "held" if draw < 89 else "missed" if draw < 93 else "cancelled"
