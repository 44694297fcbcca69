"""What is said of the event with which an authorization ends: that it has come, or not yet. Pure.

Rules: whoever says it says how she knows; a day on which it came is not in the future; what is said
is signed and never changed. An authorization that is over stays over: said in error, the paper is
entered again, with an entry of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from stillroom.consent.rules_form import Authorization
from stillroom.identity.entries import EntryKind
from stillroom.kernel import StillroomError

SIGNED = EntryKind("event of an authorization")
CAME, NOT_YET = "came", "not yet"
LONGEST = 2000


class NoEvent(StillroomError):
    """The paper ends with no event, or is over already."""

    what = "this authorization does not end with an event, or is over already"
    usual_advice = "Look at what it says; nothing was written down."


class HowUnknown(StillroomError):
    """It is not said how one knows, or the day cannot be."""

    what = "how you know it is missing, or the day cannot be"
    usual_advice = "Say in a few words how you know; a day on which it came is today or earlier."


@dataclass(frozen=True, slots=True)
class EventSaid:
    """What was said: whether it has come, on which day (of one that came), and how it is known."""

    came: bool
    words: str
    on: date | None = None


def require(paper: Authorization, said: EventSaid, today: date) -> EventSaid:
    """What is kept of it; `NoEvent`, `HowUnknown`."""
    if not paper.expires.event or paper.revoked_at is not None or paper.ended_at is not None:
        raise NoEvent
    words = said.words.strip()
    if not words or len(words) > LONGEST or (said.on is not None and said.on > today):
        raise HowUnknown
    return EventSaid(said.came, words, said.on if said.came else today)


def body(said: EventSaid) -> tuple[str, dict[str, Any]]:
    """Kind and body of the entry that is signed."""
    on = said.on.isoformat() if said.on else ""
    return (CAME if said.came else NOT_YET), {"words": said.words, "on": on}


def read(kind: str, kept: Mapping[str, Any]) -> EventSaid:
    """The same again."""
    on = str(kept.get("on", ""))
    return EventSaid(
        kind == CAME, str(kept.get("words", "")), date.fromisoformat(on) if on else None
    )
