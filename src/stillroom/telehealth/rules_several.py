"""A visit by video of a couple or a group: how many, who is let in, who was there. Pure.

Rules: each member is let in by herself, or all who wait and of whom nothing is in doubt; whoever
sits where the clinician holds no licence, or has not consented, needs a reason of her own. Whoever
was let out waits again. A member in the call is told of the others what they chose to be called,
and no more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Final

from stillroom.kernel import StillroomError

SEATS: Final = 10
"""Seats of a room of several on the line, whoever sits there: the clinician's and nine."""
TRIED: Final = 5
"""So many were tried in the pages without a server that carries them, the clinician among them."""


class TooManyByVideo(StillroomError):
    """More than the browsers carry among themselves."""

    what = "a visit by video carries four members beside the clinician, and this group has more"
    usual_advice = "Meet in person, or in two groups of four at most."


class Stands(Enum):
    """Where a member of several stands."""

    ABSENT = "absent"
    """Not there, and not let in."""
    WAITS = "waits"
    LET_IN = "let in"
    """The door is open for her, and her page is not in the call."""
    INSIDE = "inside"


@dataclass(frozen=True)
class Came:
    """One member of a meeting that was: what she is called, where she was (in words), whether she
    was in it."""

    called: str
    place: str
    there: bool


def carried(members: int) -> bool:
    """Whether so many members and a clinician can meet by video."""
    return members + 1 <= TRIED


def require_carried(members: int) -> None:
    """Nothing, where they can; else `TooManyByVideo`."""
    if not carried(members):
        raise TooManyByVideo


def stands(*, let_in: bool, here: bool, inside: bool) -> Stands:
    """From what the room says and what her page shows of itself."""
    if let_in:
        return Stands.INSIDE if here and inside else Stands.LET_IN
    return Stands.WAITS if here else Stands.ABSENT


def let_in_together(waiting: Iterable[tuple[int, bool]]) -> list[int]:
    """The seats that one press lets in: those who wait and need no reason. `waiting`: seat, and
    whether a reason is wanted."""
    return [seat for seat, wants_reason in waiting if not wants_reason]


def attendance(came: Iterable[Came]) -> str:
    """Who was where, and who was not there, in one sentence for the note."""
    every = list(came)
    there = [
        f"{one.called} in {one.place}" if one.place else one.called for one in every if one.there
    ]
    absent = [f"{one.called} did not come" for one in every if not one.there]
    return "; ".join([*there, *absent])


def pair(practice: str, chart: str, one: str, other: str) -> str:
    """Two of a chart's people, from call to call, by a name that says nothing."""
    between = "|".join(sorted((one, other)))
    return sha256(f"stillroom pair 2|{practice}|{chart}|{between}".encode()).hexdigest()[:32]
