"""Records beside the session notes, and notes about supervision: read from `data/records.yaml`.

Only charts of the cast have them; a practice of a hundred thousand clients costs no more for it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from stillroom.config.demo.days import closed, instant
from stillroom.config.demo.sources import read

Fields = dict[str, str | list[str]]
_HOUR: Final = 15


@dataclass(frozen=True, slots=True)
class Kept:
    """One record of a chart. `week` counts back from today, `signed_after` is in days."""

    client: int
    kind: str
    week: int
    fields: Fields
    signed_after: int = 0
    draft: bool = False
    struck: str = ""


@dataclass(frozen=True, slots=True)
class Supervised:
    """One note about a colleague's work, both by the names they sign in with."""

    by: str
    about: str
    week: int
    fields: Fields
    shared: bool = False


@dataclass(frozen=True, slots=True)
class _All:
    records: tuple[Kept, ...]
    supervision: tuple[Supervised, ...]


@lru_cache(maxsize=1)
def _all() -> _All:
    return read("records.yaml", _All)


def records_of(client: int) -> list[Kept]:
    """The records of a client's own chart, oldest first."""
    found = [one for one in _all().records if one.client == client]
    return sorted(found, key=lambda one: -one.week)


def supervision() -> tuple[Supervised, ...]:
    """All notes about supervision."""
    return _all().supervision


def moment_of(week: int, today: date, zone: str, *, nth: int = 0) -> datetime:
    """An afternoon so many weeks ago, on an open day; `nth` parts those of one day."""
    day = today - timedelta(weeks=week, days=1)
    while closed(day):
        day -= timedelta(days=1)
    return instant(day, _HOUR, nth * 3, zone)
