"""Breaking the glass: a clinician without a relationship, a reason, an hour at most; then a review.

Breaking is one act, with a reason, and it is in the log before anything opens. While the glass is
broken she reads clinical words and the front sheet, never private notes, and writes nothing; the
treating clinician and the client see it. Somebody else reviews it: an owner, an auditor, or whoever
supervises the care of that client; never the person who broke it.
"""

from datetime import timedelta

from stillroom.access._acts import Act
from stillroom.access._gate import NO, UNKNOWN, YES, Effect, Rule
from stillroom.access._request import Request
from stillroom.access._vocabulary import Capacity, Label, Purpose, Role
from stillroom.kernel import Trilean

GLASS_LASTS = timedelta(minutes=60)
SHORTEST_REASON = 12
"""Characters: long enough that it has to say something."""

_OPENING = frozenset({Role.CLINICIAN, Role.SUPERVISOR})
_READING = frozenset({Act.RECORD_READ, Act.FRONT_READ})


def _may_break(request: Request) -> bool:
    return (
        request.purpose is Purpose.EMERGENCY
        and not request.actor.roles.isdisjoint(_OPENING)
        and Label.PRIVATE not in request.ward.labels
    )


def _breaks(request: Request) -> Trilean:
    if not _may_break(request):
        return NO
    return YES if len(request.reason.strip()) >= SHORTEST_REASON else UNKNOWN


def _has_broken(request: Request) -> Trilean:
    """INVARIANT: an hour is an hour, whatever end a caller puts beside it."""
    broken = request.broken
    if not _may_break(request) or broken is None or not broken.runs(request.at):
        return NO
    return YES if broken.ends - broken.begins <= GLASS_LASTS else NO


def _supervises(request: Request) -> Trilean:
    actor = request.actor
    if Role.SUPERVISOR not in actor.roles or not request.ward.chart:
        return NO
    cares = (one for one in actor.cares if one.capacity is Capacity.SUPERVISING)
    return Trilean.of(any(one.runs(request.at) for one in cares))


def _own_breaking(request: Request) -> Trilean:
    """The list of what waits names no chart. Of one breaking it must be known who broke."""
    ward = request.ward
    if not ward.chart:
        return NO
    if not ward.author:
        return UNKNOWN
    return Trilean.of(ward.author == request.actor.person)


EMERGENCY = (
    Rule(
        "broken-glass",
        Effect.PERMIT,
        _breaks,
        "an emergency, with a reason; to be reviewed",
        wants=("reason",),
        acts=frozenset({Act.GLASS_BREAK}),
        review=True,
    ),
    Rule(
        "glass-is-broken",
        Effect.PERMIT,
        _has_broken,
        "reading while the glass is broken, for an hour at most; to be reviewed",
        acts=_READING,
        review=True,
    ),
    Rule(
        "reviews-the-supervised",
        Effect.PERMIT,
        _supervises,
        "whoever supervises the care of this client reviews a broken glass",
        acts=frozenset({Act.GLASS_REVIEW}),
    ),
    Rule(
        "own-breaking",
        Effect.FORBID,
        _own_breaking,
        "nobody reviews the glass that she broke herself",
        acts=frozenset({Act.GLASS_REVIEW}),
    ),
)
