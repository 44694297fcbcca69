"""Breaking the glass: a clinician without a relationship, a reason, an hour at most.

It opens clinical words and the front sheet to read, never private notes, never to write. The grant
says that it must be reviewed; the log has it before anything opens; the treating clinician and the
client see it.
"""

from datetime import timedelta

from stillroom.access._acts import Act
from stillroom.access._gate import NO, UNKNOWN, YES, Effect, Rule
from stillroom.access._request import Request
from stillroom.access._vocabulary import Label, Purpose, Role
from stillroom.kernel import Trilean

_LASTS = timedelta(minutes=60)
_SHORTEST_REASON = 12  # characters: long enough that it has to say something
_OPENING = frozenset({Role.CLINICIAN, Role.SUPERVISOR})
_ACTS = frozenset({Act.GLASS_BREAK, Act.RECORD_READ, Act.FRONT_READ})


def _emergency(request: Request) -> Trilean:
    if request.purpose is not Purpose.EMERGENCY or not request.actor.roles & _OPENING:
        return NO
    if Label.PRIVATE in request.ward.labels:
        return NO
    return YES if len(request.reason.strip()) >= _SHORTEST_REASON else UNKNOWN


EMERGENCY = (
    Rule(
        "broken-glass",
        Effect.PERMIT,
        _emergency,
        "an emergency, with a reason; to be reviewed",
        wants=("reason",),
        acts=_ACTS,
        lasts=_LASTS,
        review=True,
    ),
)
