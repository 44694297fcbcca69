"""Whether a client sits where the clinician is licensed. Pure.

Rules: a profile names one licence. Elsewhere than there, and wherever nobody knows, it is said
before the call and the clinician decides with a reason; nothing here decides for her, for no law on
telehealth across state lines and no licence compact is on file.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from stillroom.kernel import StillroomError
from stillroom.telehealth.rules_checks import ABROAD


class NoReasonGiven(StillroomError):
    """A door was to be opened to a place of no licence, or without a consent, and nobody said
    why."""

    what = "it is not said why you meet all the same"
    usual_advice = "Say it in a sentence; it is kept in the record of this meeting."


class Standing(Enum):
    """How a client's place stands to a licence."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    ABROAD = "abroad"
    UNKNOWN = "unknown"
    """The profile names no licence, or the client has not said where she is."""

    @property
    def wants_reason(self) -> bool:
        """Whether the clinician says why before she opens the door."""
        return self is not Standing.HERE


@dataclass(frozen=True)
class Licence:
    """A clinician's licence, a client's place, and how the one stands to the other. `on_file`: law
    of that place is on file at all."""

    licensed: str
    place: str
    standing: Standing
    on_file: bool


def licence(licensed: str, place: str, on_file: Collection[str]) -> Licence:
    """`licensed`: the profile's place, "" for none; `place`: where the client is, "" for unsaid."""
    return Licence(licensed, place, _standing(licensed, place), place in on_file)


def _standing(licensed: str, place: str) -> Standing:
    if place == ABROAD:
        return Standing.ABROAD
    if not place or not licensed:
        return Standing.UNKNOWN
    return Standing.HERE if place == licensed else Standing.ELSEWHERE


def require_reason(one: Licence, *, consented: bool, reason: str) -> None:
    """Nothing where the door may be opened, or a reason was given; else `NoReasonGiven`."""
    if (one.standing.wants_reason or not consented) and not reason.strip():
        raise NoReasonGiven
