"""When the practice is closed, and which day its demonstration turns on."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

UTC: Final = ZoneInfo("UTC")
_ONE_DAY: Final = timedelta(days=1)
_SUNDAY: Final = 6


def closed(day: date) -> bool:
    """Sundays, the holidays on which Linden Row closes, and the days they are observed on."""
    return day.weekday() == _SUNDAY or day in _holidays(day.year)


def next_open(day: date) -> date:
    """`day` itself, or the first day after it on which the practice is open."""
    while closed(day):
        day += _ONE_DAY
    return day


def previous_open(day: date) -> date:
    """The last day before `day` on which the practice was open, from Monday to Friday."""
    day -= _ONE_DAY
    while closed(day) or day.weekday() > 4:
        day -= _ONE_DAY
    return day


def instant(day: date, hour: int, minute: int, zone: str) -> datetime:
    """A time of the clock on the wall in `zone`, as an aware datetime in UTC."""
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


@lru_cache(maxsize=32)
def _holidays(year: int) -> frozenset[date]:
    thanksgiving = _nth(year, 11, weekday=3, nth=4)
    fixed = (date(year, 1, 1), date(year, 6, 19), date(year, 7, 4))
    christmas = (date(year, 12, 24), date(year, 12, 25))
    monday_holidays = (
        _nth(year, 1, weekday=0, nth=3),
        _nth(year, 9, weekday=0, nth=1),
        _last_monday_of_may(year),
    )
    return frozenset(
        (
            *fixed,
            *(_observed(day) for day in fixed),
            *christmas,
            *monday_holidays,
            thanksgiving,
            thanksgiving + _ONE_DAY,
        )
    )


def _nth(year: int, month: int, *, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def _observed(day: date) -> date:
    if day.weekday() == 5:
        return day - _ONE_DAY
    return day + _ONE_DAY if day.weekday() == _SUNDAY else day
