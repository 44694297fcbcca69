"""What repeats in a calendar: on which days, and by how much those that follow are moved. Pure.

Rules: a series is so many appointments, each a row of its own that can be moved, held or cancelled
by itself. It keeps the hour by the practice's clock, whatever clocks do meanwhile. Every month
means the same weekday of the month (the second Tuesday); where a month has no fifth, the last.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum

from stillroom.kernel import StillroomError
from stillroom.practice.rules_calendar import Slot, slot

MOST = 60
"""Appointments of one series: a year, weekly, and some."""
_WEEK = timedelta(days=7)


class Every(Enum):
    """How often."""

    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"


class NoLastDay(StillroomError):
    """A series without an end."""

    what = "it is not said until when it repeats"
    usual_advice = "Give the last day on which it may fall; the rest is kept."


class NothingRepeats(StillroomError):
    """An end before the second time."""

    what = "by that last day it would not repeat once"
    usual_advice = "Give a later last day, or let it be once."


class TooMany(StillroomError):
    """More than anybody means."""

    what = f"that would be more than {MOST} times"
    usual_advice = "Give an earlier last day; the series can be begun again when it ends."


@dataclass(frozen=True)
class Shift:
    """From the time of one appointment to another: so many days, and then this hour and length."""

    days: int
    clock: time
    minutes: int

    def of(self, starts_at: datetime, zone: tzinfo) -> Slot:
        """The time to which an appointment of the same series goes."""
        day = starts_at.astimezone(zone).date() + timedelta(days=self.days)
        return slot(day, self.clock, self.minutes, zone)


def shift(was: datetime, meant: Slot, zone: tzinfo) -> Shift:
    """By how much one appointment is moved, as the others of its series are to be."""
    now = meant.starts_at.astimezone(zone)
    days = (now.date() - was.astimezone(zone).date()).days
    return Shift(days, now.time().replace(tzinfo=None, fold=0), meant.minutes)


def days_of(first: date, every: Every, until: date | None) -> list[date]:
    """The days of a series, the first among them, `until` the last on which one may fall."""
    if until is None:
        raise NoLastDay
    found: list[date] = []
    day = first
    while day <= until:
        if len(found) == MOST:
            raise TooMany
        found.append(day)
        day = _next(first, len(found), every)
    if len(found) < 2:
        raise NothingRepeats
    return found


def slots_of(days: Iterable[date], clock: time, minutes: int, zone: tzinfo) -> list[Slot]:
    """The same hour by the practice's clock on each of these days."""
    return [slot(day, clock, minutes, zone) for day in days]


def _next(first: date, nth: int, every: Every) -> date:
    if every is Every.MONTH:
        return _same_weekday(first, nth)
    return first + nth * (_WEEK if every is Every.WEEK else 2 * _WEEK)


def _same_weekday(first: date, months: int) -> date:
    """The same weekday of a later month, counted from its beginning."""
    index = first.year * 12 + first.month - 1 + months
    begins = date(index // 12, index % 12 + 1, 1)
    week = (first.day - 1) // 7
    day = begins + timedelta(days=(first.weekday() - begins.weekday()) % 7) + week * _WEEK
    return day if day.month == begins.month else day - _WEEK
