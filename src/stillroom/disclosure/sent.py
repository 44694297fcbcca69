"""How it went with something sent on paper or by fax: a step of its matter.

Rules: what left by hand is told by hand, with its day, by which carrier and under which number,
and what came of it (delivered, returned, answered by a stranger). It is signed like every step and
never changed; what went wrong is an incident, which its page says.
"""

from collections.abc import Iterable
from datetime import date

import msgspec

from stillroom.disclosure import steps
from stillroom.disclosure.steps import Step
from stillroom.kernel import StillroomError
from stillroom.phi import Presence

KIND = "sent"
WAYS = {
    "mail": "by mail",
    "registered mail": "by registered or certified mail",
    "courier": "by courier",
    "fax": "by fax",
    "in hand": "handed over",
    "returned": "it came back",
}


class NotSaid(StillroomError):
    """Nothing was said of how it went."""

    what = "it is not said how it went"
    usual_advice = "Choose how it was sent, and the day; nothing you typed is lost."


class Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sending as it was noted. `packet` is the packet's number in its matter."""

    packet: int
    on: date
    how: str
    tracking: str = ""
    words: str = ""


def note(presence: Presence, matter_id: str, sent: Sent) -> Step:
    """Note how it went; gives the step."""
    if sent.how not in WAYS:
        raise NotSaid
    return steps.add(presence, matter_id, KIND, msgspec.to_builtins(sent))


def read(taken: Iterable[Step]) -> list[tuple[Step, Sent]]:
    """What was noted, in its order."""
    return [(one, msgspec.convert(dict(one.body), type=Sent)) for one in taken if one.kind == KIND]
