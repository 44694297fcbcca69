"""Who may be taken into the care of a chart, until when, and who may leave it. Pure.

Rules: somebody cares for a chart in one capacity at a time. Cover has an end, so that it ends by
itself. A chart keeps somebody who treats without an end and can open it, because nobody else could
let anybody in (P3).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from stillroom.access import Capacity, Care, Role
from stillroom.kernel import StillroomError


class NobodyToCare(StillroomError):
    """A chart needs somebody who can open it."""

    what = "nobody who could open this chart was named"
    usual_advice = "Name a clinician who has taken up her place; a chart without one opens never."


class DoesNotFit(StillroomError):
    """A colleague's roles do not let her care in this way."""

    what = "this colleague's roles do not go with that way of caring"
    usual_advice = (
        "A clinician treats or covers, a supervisor supervises; whoever runs the accounts gives"
        " roles."
    )


class CoverNeedsAnEnd(StillroomError):
    """Cover that never ends is care by another name."""

    what = "cover needs its last day"
    usual_advice = "Give the last day on which your colleague covers; it can be renewed."


class EndsTooEarly(StillroomError):
    """An end that is over already."""

    what = "that last day is over already"
    usual_advice = "Give today or a later day."


class CaresAlready(StillroomError):
    """Nothing would change."""

    what = "this colleague cares for the chart already, in that way"
    usual_advice = "To change the last day of a cover, end it and take her in anew."


class OwnCapacity(StillroomError):
    """Nobody changes the way in which she herself cares."""

    what = "you care for this chart already"
    usual_advice = "Take in a colleague who treats; then she can change the way in which you care."


class LastToCare(StillroomError):
    """Nobody would be left who could let anybody in."""

    what = "nobody else who treats this client holds the chart"
    usual_advice = (
        "Hand it over first: take in a colleague as treating, without a last day, then end this."
    )


class LeavesByEnding(StillroomError):
    """Whoever treats ends her care where it is looked whether somebody is left."""

    what = "you treat this client, and whoever treats hands over"
    usual_advice = "Hand the chart over, or end your care on the care team’s page."


class Supervises(StillroomError):
    """A chart was to go to somebody who would cease to supervise by that."""

    what = "this colleague supervises the care of this client, and would cease to"
    usual_advice = "Choose somebody else, or take another supervisor in first."


@dataclass(frozen=True)
class Member:
    """One care relationship of a chart."""

    person: str
    capacity: Capacity
    begins: datetime
    ends: datetime | None

    def runs(self, at: datetime) -> bool:
        """Whether it runs at a moment; the gate's own rule."""
        return Care(self.begins, self.ends, self.capacity).runs(at)


_NEEDED: Mapping[Capacity, Role] = {
    Capacity.TREATING: Role.CLINICIAN,
    Capacity.COVERING: Role.CLINICIAN,
    Capacity.SUPERVISING: Role.SUPERVISOR,
}


def fits(capacity: Capacity, roles: Collection[str]) -> bool:
    """Whether the gate would let somebody with these roles care in this way."""
    needed = _NEEDED.get(capacity)  # a client holds and a proxy stands for one: neither cares
    return needed is not None and needed.value in roles


def require_may_begin(
    capacity: Capacity, roles: Collection[str], until: datetime | None, at: datetime
) -> None:
    """Nothing when somebody with these roles may begin so; else the reason."""
    if not fits(capacity, roles):
        raise DoesNotFit
    if capacity is Capacity.COVERING and until is None:
        raise CoverNeedsAnEnd
    if until is not None and until <= at:
        raise EndsTooEarly


def require_somebody(
    members: Iterable[Member], leaving: str, able: Collection[str], at: datetime
) -> None:
    """Nothing when, without `leaving`, somebody `able` treats on; else `LastToCare`."""
    left = (
        one
        for one in members
        if one.person != leaving
        and one.person in able
        and one.capacity is Capacity.TREATING
        and one.ends is None
        and one.runs(at)
    )
    if not any(left):
        raise LastToCare


def require_may_take(members: Iterable[Member], person: str, at: datetime) -> None:
    """Nothing when a chart may be handed to a colleague; `Supervises` when it would cost that."""
    hers = (one for one in members if one.person == person and one.runs(at))
    if any(one.capacity is Capacity.SUPERVISING for one in hers):
        raise Supervises
