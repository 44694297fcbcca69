"""An appointment as a form: the day, the hour by the practice's clock, the length. Pure."""

import re
from collections.abc import Mapping
from datetime import date, time, tzinfo

from stillroom.desk.forms import NoSuchDay, days
from stillroom.kernel import StillroomError
from stillroom.practice.rules_calendar import Slot, slot
from stillroom.practice.rules_series import Every, days_of, slots_of

USUAL_MINUTES = 50
FIELDS = ("person", "day", "start", "minutes", "mode", "code", "repeat", "until", "following")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)
_MINUTES = re.compile(r"-?\d{1,4}", re.ASCII)
_FIRST, _LAST = date(1990, 1, 1), date(2100, 1, 1)


class NoTime(StillroomError):
    """Day or hour are missing, or none."""

    what = "the day or the time is missing"
    usual_advice = "Give the day, and the time as 14:30; the rest is kept."


def day_of(text: str) -> date | None:
    """A day that a calendar holds; `None` for anything else."""
    try:
        found = days({"day": text}, "day")
    except NoSuchDay:
        return None
    return found if found is not None and _FIRST <= found < _LAST else None


def slot_from(typed: Mapping[str, str], zone: tzinfo) -> Slot:
    """The time that was typed, or an error that says what to mend."""
    return slot(*_when(typed), zone)


def _when(typed: Mapping[str, str]) -> tuple[date, time, int]:
    day, clock = day_of(typed.get("day", "")), _CLOCK.fullmatch(typed.get("start", "").strip())
    if day is None or clock is None:
        raise NoTime
    minutes = typed.get("minutes", "").strip()
    length = int(minutes) if _MINUTES.fullmatch(minutes) else 0
    return day, time(int(clock[1]), int(clock[2])), length


def slots_from(typed: Mapping[str, str], zone: tzinfo) -> list[Slot]:
    """The times that were typed: one, or those of a series."""
    first = slot_from(typed, zone)
    often = {one.value: one for one in Every}.get(typed.get("repeat", ""))
    if often is None:
        return [first]
    day, clock, length = _when(typed)
    days_meant = days_of(day, often, day_of(typed.get("until", "")))
    return slots_of(days_meant, clock, length, zone)


def code_from(typed: Mapping[str, str]) -> str:
    """The billing code that was typed."""
    return typed.get("code", "").strip().upper()


def typed_from(chosen: Slot, zone: tzinfo) -> dict[str, str]:
    """A time as the form's fields have it."""
    begins = chosen.starts_at.astimezone(zone)
    return {
        "day": begins.date().isoformat(),
        "start": f"{begins:%H:%M}",
        "minutes": str(chosen.minutes),
    }
