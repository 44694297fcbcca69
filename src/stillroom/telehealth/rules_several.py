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

MOST: Final = 10
"""So many members meet by video, beside the clinician."""
SEATS: Final = MOST + 1
"""Seats of a room of several on the line, whoever sits there."""
AMONG_THEMSELVES: Final = 4
"""So many members' browsers reach each other and the clinician's directly; more, by a server."""


class TooManyByVideo(StillroomError):
    """More than meet by video, whatever carries them."""

    what = "a visit by video carries ten members beside the clinician, and this group has more"
    usual_advice = "Meet in person, or in two groups of ten at most."


class NoServerForMany(StillroomError):
    """More than browsers carry among themselves, and nothing else carries them."""

    what = (
        "a visit by video carries four members beside the clinician here, and this group has more"
    )
    usual_advice = (
        "Each browser sends its picture to every other by itself, and with more than five few "
        "lines carry that. Meet in person, or in groups of four; whoever hosts Stillroom can set "
        "up a server for many, and stillroom doctor says how."
    )


class BeganWithFewer(StillroomError):
    """A visit that goes among the browsers themselves, and a group that has grown since."""

    what = "this visit began among five at most, and the group has more members now"
    usual_advice = (
        "How a visit travels does not change while it is open. End it, and begin it again."
    )


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


def by_server(members: int, *, many: bool, among: bool = False) -> bool:
    """Whether a server carries a visit of so many members and a clinician; they do it among
    themselves otherwise. `many`: whether there is such a server; `among`: the visit is under way
    without. `TooManyByVideo`, `NoServerForMany` or `BeganWithFewer` where they cannot meet so."""
    if members > MOST:
        raise TooManyByVideo
    if members > AMONG_THEMSELVES and among:
        raise BeganWithFewer
    if members > AMONG_THEMSELVES and not many:
        raise NoServerForMany
    return members > AMONG_THEMSELVES


def barred(members: int, *, many: bool, among: bool = False) -> StillroomError | None:
    """Why so many cannot meet by video, for a page that says it beforehand; nothing where they
    can."""
    try:
        by_server(members, many=many, among=among)
    except (TooManyByVideo, NoServerForMany, BeganWithFewer) as why:
        return why
    return None


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
