"""The rooms of the client's pages: each feature adds its own, and says who is shown it.

A room is a name, an address and a test over how somebody stands to a chart. What stands here is
only offered: whether it opens, the gate says.
"""

from collections.abc import Callable
from dataclasses import dataclass

from stillroom.access import REACHES, Capacity
from stillroom.practice.queries_guests import Stands


@dataclass(frozen=True)
class Room:
    """One room: its id, its English words (marked for translation where they stand), its address's
    name (with `chart_id`), and whether it is shown to somebody who stands so."""

    id: str
    words: str
    address: str
    shown: Callable[[Stands], bool]


def everybody(stand: Stands) -> bool:
    """Holders and proxies alike."""
    del stand
    return True


def holders(stand: Stands) -> bool:
    """The client herself."""
    return stand.capacity is Capacity.HOLDER


def with_reach(name: str) -> Callable[[Stands], bool]:
    """The client herself, and a proxy to whom this was given."""

    def shown(stand: Stands) -> bool:
        return stand.capacity is Capacity.HOLDER or name in stand.reach

    return shown


def reads(stand: Stands) -> bool:
    """The client herself, and a proxy to whom some kind of record was given."""
    return stand.capacity is Capacity.HOLDER or bool(stand.reach - REACHES)


ROOMS: tuple[Room, ...] = (
    Room("times", "Times", "portal_times", with_reach("appointments")),
    Room("safety", "Plan for hard days", "portal_safety", holders),
    Room("video", "Visits by video", "portal_calls", with_reach("appointments")),
    Room("messages", "Messages", "portal_messages", with_reach("messages")),
    Room("measures", "Questions for you", "portal_measures", with_reach("forms")),
    Room("forms", "To read and sign", "portal_forms", with_reach("forms")),
    Room("records", "What was written down", "portal_records", reads),
    Room("papers", "What I share", "portal_papers", with_reach("forms")),
    Room("reach", "How to reach me", "portal_reach", holders),
    Room("opened", "Who opened it, and why", "portal_opened", with_reach("account")),
    Room("asking", "Ask for something", "portal_asking", with_reach("requests")),
    Room("along", "Take everything along", "portal_along", holders),
    Room("standing", "Who stands for whom", "portal_standing", everybody),
)
"""In the order in which they stand on the first page. Features add theirs here, one line each."""


def rooms_for(stand: Stands) -> list[Room]:
    """The rooms that are offered to somebody who stands so."""
    return [one for one in ROOMS if one.shown(stand)]
