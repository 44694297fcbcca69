"""A measure that is given again and again: when it is due. Pure.

Rules: every so many weeks, counted from when it was taken or given last; or before each session,
on the session's day, as soon as that is near and the measure was not taken since the session
before. A plan asks; it takes nothing by itself, and what is overdue stays due once, not often.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from stillroom.kernel import StillroomError

BEFORE_EACH = 0
"""In the place of weeks: before each session."""
MOST_WEEKS = 26
NEAR = timedelta(days=3)
"""So long before a session its measure is due."""


class NotSaidHowOften(StillroomError):
    """A plan without a rhythm."""

    what = "it is not said how often"
    usual_advice = f"Choose before each session, or give a number of weeks from 1 to {MOST_WEEKS}."


class PlannedAlready(StillroomError):
    """The same measure twice."""

    what = "this measure is given to this client again and again already"
    usual_advice = "End what is planned, on the page of the measures; then plan it anew."


class NotDue(StillroomError):
    """Begun by the client when it was not her turn, or once more."""

    what = "these questions are not asked of you now"
    usual_advice = "They come back by themselves when it is time."


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which questionnaire for which client, and whether it stands at her own door when it is due.

    `shows` and `words` as when it is given once.
    """

    instrument: str
    client: str
    by_door: bool = False
    shows: bool = False
    words: str = ""


@dataclass(frozen=True)
class Sessions:
    """The day of the last session before now, and of the next one; the next may be today."""

    last: date | None = None
    next: date | None = None


def require_weeks(weeks: int | None) -> int:
    """How often, or `NotSaidHowOften`."""
    if weeks is None or not BEFORE_EACH <= weeks <= MOST_WEEKS:
        raise NotSaidHowOften
    return weeks


def due_on(
    weeks: int, begun_on: date, last_on: date | None, sessions: Sessions, today: date
) -> date | None:
    """The day since which it is due, or on which; `None` while it is not."""
    if weeks != BEFORE_EACH:
        day = begun_on if last_on is None else last_on + timedelta(weeks=weeks)
        return day if day <= today else None
    day_of = sessions.next
    if day_of is None or day_of - today > NEAR:
        return None
    # Before the first session, what was taken when that was near already counts for it.
    since = sessions.last or day_of - NEAR - timedelta(days=1)
    return None if last_on is not None and last_on > since else day_of


encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Plan).decode
