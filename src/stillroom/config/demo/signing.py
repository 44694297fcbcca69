"""When notes are signed, read by a supervisor and added to: never before the session, never in
the days to come."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from stillroom.config.demo.days import closed, instant
from stillroom.config.demo.dice import Dice
from stillroom.config.demo.records import Addendum, Note


def signed_at(stopped: datetime, written: datetime, today: date, zone: str, dice: Dice) -> datetime:
    """Mostly within the hour; one in ten the next working morning."""
    if not dice.chance(10):
        return written
    day = _open_day_after(stopped.astimezone(ZoneInfo(zone)).date(), 1)
    return instant(day, 8, dice.between(2, 55), zone) if day < today else written


def cosigned_at(signed: datetime, today: date, zone: str, dice: Dice) -> datetime | None:
    """One to three days later, if that day is past."""
    day = _open_day_after(signed.astimezone(ZoneInfo(zone)).date(), dice.between(1, 3))
    return instant(day, 16, dice.between(0, 59), zone) if day < today else None


def added_at(signed: datetime, today: date, zone: str, dice: Dice) -> datetime | None:
    """One to four days later, if that day is past."""
    day = _open_day_after(signed.astimezone(ZoneInfo(zone)).date(), dice.between(1, 4))
    return instant(day, 12, dice.between(5, 55), zone) if day < today else None


def with_addendum(note: Note, addendum: Addendum) -> Note:
    """The note with one more addendum."""
    return replace(note, addenda=(*note.addenda, addendum))


def _open_day_after(day: date, days: int) -> date:
    day += timedelta(days=days)
    while closed(day) or day.weekday() > 4:
        day += timedelta(days=1)
    return day
