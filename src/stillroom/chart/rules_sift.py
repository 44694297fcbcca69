"""Which records of a chart are shown: by shelf, author, days, unsigned, or what they served. Pure.

Rules: a sift only ever leaves out; whatever it asks, nothing is shown that the timeline would not
show without it. Days are days of the practice's clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date


@dataclass(frozen=True)
class Sift:
    """What is asked for; whatever is empty leaves nothing out. `until` is the last day."""

    shelf: str = ""
    author: str = ""
    since: date | None = None
    until: date | None = None
    unsigned: bool = False
    objective: str = ""

    @property
    def idle(self) -> bool:
        """Whether it leaves nothing out."""
        return self == EVERYTHING

    def asked(self) -> Mapping[str, str]:
        """As it stands in an address; it names no words."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        told = {name: _told(value) for name, value in found.items()}
        return {name: text for name, text in told.items() if text}


def _told(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "yes" if value is True else str(value or "")


EVERYTHING = Sift()


def sift_of(asked: Mapping[str, str]) -> Sift:
    """A sift from an address; what is none of it is left out, a day that is none too."""
    return Sift(
        shelf=asked.get("shelf", "")[:32],
        author=asked.get("author", "")[:26],
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        unsigned=asked.get("unsigned", "") == "yes",
        objective=asked.get("objective", "")[:8],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
