"""Reading what helps to write: all the words at a writer's hand, and the versions of a book.

wording_for("ada")          # shipped, the practice's over it, her own snippets over both
switched_off()              # the checks that the practice does not want
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from stillroom.access import Act, Purpose, Ward
from stillroom.chart._shipped import shipped
from stillroom.chart.models import Phrasebook
from stillroom.chart.phrase_files import WordingMistaken, read_wording
from stillroom.chart.phrasing import Wording
from stillroom.phi import Presence, bridge, statements

PRACTICE = ""
HOUSE = Ward(chart="")


@dataclass(frozen=True)
class Book:
    """One version of a book."""

    number: int
    text: str
    without: frozenset[str]
    changed_by: str
    changed_at: datetime
    entry: int


def books(owner: str) -> list[Book]:
    """The versions of a book, newest first."""
    return [
        Book(
            row.number,
            row.text,
            frozenset(row.without.split()),
            row.changed_by,
            row.changed_at,
            row.entry,
        )
        for row in Phrasebook.objects.filter(owner=owner).order_by("-number")
    ]


def practice_books(presence: Presence) -> list[Book]:
    """The practice's book for whoever may change it, else `NotHere`."""
    bridge.ask(presence, Act.SETTINGS_WRITE, Purpose.OPERATIONS, HOUSE)
    return books(PRACTICE)


def own_books(presence: Presence) -> list[Book]:
    """One's own snippets; everybody keeps their own."""
    bridge.ask(presence, Act.OWN_ACCOUNT_WRITE, Purpose.ACCOUNTS, HOUSE)
    return books(presence.person)


def may_change(presence: Presence) -> bool:
    """Whether to show the way to the practice's book."""
    return bridge.may(presence, Act.SETTINGS_WRITE, Purpose.OPERATIONS, HOUSE)


# Written out, because every save asks it.
_NEWEST = "SELECT text, without FROM chart_phrasebook WHERE owner = %s ORDER BY number DESC LIMIT 1"


def _newest(owner: str) -> tuple[str, str]:
    ((text, without),) = statements.fetch_all(_NEWEST, (owner,)) or [("", "")]
    return text, without


def wording_for(person: str) -> Wording:
    """Everything at this writer's hand: shipped, then the practice's, then her own."""
    return shipped().joined_by(_read(_newest(PRACTICE)[0])).joined_by(_read(_newest(person)[0]))


def switched_off() -> frozenset[str]:
    """The completeness checks that the practice does not want."""
    return frozenset(_newest(PRACTICE)[1].split())


@lru_cache(maxsize=128)
def _read(text: str) -> Wording:
    # It was read when it was kept; should this release read it otherwise, writing must go on.
    try:
        return read_wording(text)
    except WordingMistaken:
        return Wording()
