"""Days as letters write them. Pure; months in English, figures month first, as Americans do.

>>> [found.day.isoformat() for found in days("by Dec. 8, 2026, not 12/9/2026")]
['2026-12-08', '2026-12-09']
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_NUMBER = {name[:3]: place for place, name in enumerate(_MONTHS, 1)}
_NAME = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"\b{_NAME}\s{{1,3}}{_DAY},?\s{{1,3}}(?P<year>\d{{4}})\b",
        rf"\b{_DAY}\s{{1,3}}(?:day of\s)?{_NAME},?\s{{1,3}}(?P<year>\d{{4}})\b",
        r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})\b",
        r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b",
    )
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day in a text: where it stands, and which."""

    start: int
    end: int
    day: date


def days(text: str) -> tuple[Day, ...]:
    """Every day that can be read, in the order of the text. What is no day is passed over."""
    found = {one.start: one for shape in _SHAPES for one in _of(shape, text)}
    return tuple(found[start] for start in sorted(found))


def _of(shape: re.Pattern[str], text: str) -> Iterator[Day]:
    for match in shape.finditer(text):
        month = _month(match["month"])
        year = int(match["year"])
        try:
            day = date(year + 2000 if year < 100 else year, month, int(match["day"]))
        except ValueError:
            continue
        yield Day(match.start(), match.end(), day)


def _month(written: str) -> int:
    """The month's number; nought, which is no month, for any other word."""
    if written.isdigit():
        return int(written)
    plain = written.casefold()
    number = _NUMBER.get(plain[:3], 0)
    whole = number and (_MONTHS[number - 1].startswith(plain) or plain == "sept")
    return number if whole else 0
