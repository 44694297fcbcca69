"""What a person with a pencil would say of who may do what: no gate, no rules, no database.

Held against the real practice after each step (THREATS.md, 6.3). It knows relationships, who is
kept away, which keys lie by, which glass is broken, and the time; it says yes or no.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
Pair = tuple[str, str]
"""chart, person"""


@dataclass
class Relationship:
    """One relationship: in which way, until when."""

    way: str
    ends: datetime | None = None


@dataclass
class Naive:
    """The practice as it ought to be."""

    at: datetime
    cares: dict[Pair, Relationship] = field(default_factory=dict)
    kept: set[Pair] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    keys: dict[Pair, datetime] = field(default_factory=dict)
    """Which lie by, and since when."""
    glass: dict[Pair, datetime] = field(default_factory=dict)
    """Which was broken, and when: it is whole again after an hour."""

    def pass_by(self, spent: timedelta) -> None:
        """Time goes by: what has an end, ends; a glass that has become whole used up its key."""
        self.at += spent
        self.cares = {
            pair: one for pair, one in self.cares.items() if one.ends is None or one.ends > self.at
        }
        for pair in [pair for pair, at in self.glass.items() if at + HOUR <= self.at]:
            self.spend(*pair)

    def spend(self, chart: str, person: str) -> None:
        """The glass is whole, and its key used up; one that was laid by since is another."""
        broken = self.glass.pop((chart, person))
        if self.keys.get((chart, person), self.at) <= broken:
            del self.keys[chart, person]

    def mend(self, chart: str, person: str) -> None:
        """The glass is whole, and no key is left: she cares, or she is not to."""
        self.glass.pop((chart, person), None)
        self.keys.pop((chart, person), None)

    def way(self, chart: str, person: str) -> str:
        """How somebody cares now; empty where she does not."""
        found = self.cares.get((chart, person))
        return found.way if found and (chart, person) not in self.kept else ""

    def knows(self, chart: str, person: str, desk: bool) -> bool:
        """Whether somebody may know that there is such a client."""
        if (chart, person) in self.kept:
            return False
        return bool(self.way(chart, person)) or (desk and chart not in self.closed)

    def reads(self, chart: str, person: str) -> bool:
        """Whether somebody reads the record."""
        return bool(self.way(chart, person))

    def writes(self, chart: str, person: str) -> bool:
        """Whether somebody writes in it; for her own private notes, reads them too."""
        return self.way(chart, person) in ("treating", "covering")

    def decides(self, chart: str, person: str) -> bool:
        """Whether somebody lets others in, keeps others away, releases."""
        return self.way(chart, person) == "treating"

    def breaks(self, chart: str, person: str) -> bool:
        """Whether somebody may break the glass."""
        return (chart, person) in self.keys and (chart, person) not in self.kept

    def reads_through(self, chart: str, person: str) -> bool:
        """Whether somebody reads what is behind a glass that she broke."""
        return self.breaks(chart, person) and (chart, person) in self.glass
