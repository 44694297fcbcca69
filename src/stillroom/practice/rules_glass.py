"""Breaking a chart's glass: how long, who looks at it afterwards, and what each may still do. Pure.

Rules: a broken glass lasts an hour and ends by itself, or earlier when she who broke it says so.
It stays open to somebody until one who treats has seen it and somebody else has reviewed it. A
review says whether it was justified, and why, in words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import msgspec

from stillroom.access import GLASS_LASTS, SHORTEST_REASON, Broken, Role
from stillroom.kernel import StillroomError


class ReasonTooShort(StillroomError):
    """Broken without saying why."""

    what = "it is not said why"
    usual_advice = (
        f"Say in a few words (at least {SHORTEST_REASON} letters) what has happened. Nothing was"
        " opened yet."
    )


class NothingSaid(StillroomError):
    """A review without words."""

    what = "the review says nothing"
    usual_advice = "Write what you looked at and what you found; what you chose is kept."


class NotSaidWhether(StillroomError):
    """Neither justified nor not."""

    what = "it is not said whether it was justified"
    usual_advice = "Choose one; your words are kept."


class CaresAnyhow(StillroomError):
    """A spare for somebody who holds the ring."""

    what = "this colleague cares for the client and opens the chart without it"
    usual_advice = "Choose somebody who does not care for this client."


class NotForEmergencies(StillroomError):
    """A spare for somebody whom the gate would not let break the glass."""

    what = "this colleague could not use a key for emergencies"
    usual_advice = "Choose a clinician or a supervisor who has taken up her place."


class ReviewedAlready(StillroomError):
    """Two reviewers at once."""

    what = "somebody has reviewed this in the meantime"
    usual_advice = "Look at what she found; nothing of hers was changed."


class Finding(Enum):
    """What a review found."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"


class Said(msgspec.Struct, frozen=True):
    """What is kept of a breaking: why, and by what the log names the chart."""

    why: str
    subject: str


class Found(msgspec.Struct, frozen=True):
    """What a review found, in words."""

    finding: Finding
    words: str


@dataclass(frozen=True)
class Breaking:
    """A glass that was broken, without its words."""

    id: str
    chart: str
    number: int
    person: str
    begins: datetime
    ends: datetime
    seen_by: str
    seen_at: datetime | None
    reviewed_by: str
    reviewed_at: datetime | None

    def runs(self, at: datetime) -> bool:
        """Whether the glass is broken at that moment."""
        return Broken(self.begins, self.ends).runs(at)

    @property
    def reviewed(self) -> bool:
        """Whether somebody has reviewed it."""
        return self.reviewed_at is not None

    @property
    def seen(self) -> bool:
        """Whether somebody who treats has said that she saw it."""
        return self.seen_at is not None


_BREAKING = frozenset({Role.CLINICIAN.value, Role.SUPERVISOR.value})
_REVIEWING = frozenset({Role.OWNER.value, Role.AUDITOR.value})


def may_break(roles: Iterable[str]) -> bool:
    """Whether the gate would let somebody with these roles break a glass at all."""
    return not _BREAKING.isdisjoint(roles)


def may_review(roles: Iterable[str]) -> bool:
    """Whether somebody reviews by her role; whoever supervises the care does so besides."""
    return not _REVIEWING.isdisjoint(roles)


def lasts_until(begins: datetime) -> datetime:
    """The moment at which a glass broken now ends by itself."""
    return begins + GLASS_LASTS


def require_reason(reason: str) -> str:
    """The reason as it is kept, or `ReasonTooShort`; the gate asks the same."""
    plain = reason.strip()
    if len(plain) < SHORTEST_REASON:
        raise ReasonTooShort
    return plain


def require_found(finding: str, words: str) -> Found:
    """A review's answer and words, or what is missing."""
    known = {one.value: one for one in Finding}
    if finding not in known:
        raise NotSaidWhether
    if not words.strip():
        raise NothingSaid
    return Found(known[finding], words.strip())
