"""What a care relationship permits, now. Nothing else opens a chart.

Both are asked: the role (what somebody is employed for) and a running relationship with this chart
(for whom). A relationship that has ended, or not begun, permits nothing.
"""

from collections.abc import Callable

from stillroom.access._acts import Act
from stillroom.access._gate import NO, UNKNOWN, YES, Effect, Rule
from stillroom.access._request import Request
from stillroom.access._vocabulary import Capacity, Label, Purpose, Role
from stillroom.kernel import Trilean


def _cares(
    role: Role, capacities: frozenset[Capacity], purposes: frozenset[Purpose]
) -> Callable[[Request], Trilean]:
    """A test: this role, and a running relationship in one of these capacities.

    INVARIANT: care is care for one chart. Where no chart is named, relationships count for nothing,
    whatever the caller put beside them.
    """

    def test(request: Request) -> Trilean:
        actor = request.actor
        if role not in actor.roles or not request.ward.chart:
            return NO
        if request.purpose not in purposes:
            return NO
        at = request.at
        for care in actor.cares:
            if care.capacity in capacities and care.runs(at):
                return YES
        return NO

    return test


_TREATS = frozenset({Capacity.TREATING})
_TREATS_OR_COVERS = frozenset({Capacity.TREATING, Capacity.COVERING})
_SUPERVISES = frozenset({Capacity.SUPERVISING})
_NOT_EMERGENCY = frozenset(Purpose) - {Purpose.EMERGENCY, Purpose.OWN, Purpose.SUPERVISION}

_treating = _cares(Role.CLINICIAN, _TREATS, _NOT_EMERGENCY)
_caring = _cares(Role.CLINICIAN, _TREATS_OR_COVERS, _NOT_EMERGENCY)
_supervising = _cares(Role.SUPERVISOR, _SUPERVISES, frozenset({Purpose.SUPERVISION, Purpose.AUDIT}))

_BOTH = frozenset({Purpose.TREATMENT, Purpose.SUPERVISION})
_covers = _cares(Role.CLINICIAN, frozenset({Capacity.COVERING}), _BOTH)
_supervises = _cares(Role.SUPERVISOR, _SUPERVISES, _BOTH)


def _leaves(request: Request) -> Trilean:
    """Whoever covers or supervises. Whoever treats ends her care by the act that looks whether
    somebody is left."""
    return _covers(request) | _supervises(request)


def _turns_unproven(request: Request) -> Trilean:
    """A session left open may not change everybody's key."""
    return NO if request.actor.stepped_up is YES else UNKNOWN


def _private_author(request: Request) -> Trilean:
    """The author, caring now. A supervisor has no way here."""
    ward = request.ward
    if Label.PRIVATE not in ward.labels or ward.author != request.actor.person:
        return NO
    return _caring(request)


CARE = (
    Rule(
        "care-reads-and-writes",
        Effect.PERMIT,
        _caring,
        "a clinician who treats or covers for this client, now",
        acts=frozenset(
            {
                Act.RECORD_READ,
                Act.RECORD_SIGN,
                Act.RECORD_WRITE,
                Act.FRONT_READ,
                Act.FRONT_WRITE,
                Act.APPOINTMENT_READ,
                Act.APPOINTMENT_WRITE,
                Act.CONSENT_END,
                Act.CONSENT_READ,
                Act.CONSENT_REVOKE,
                Act.CONSENT_WRITE,
                Act.BILLING_READ,
                Act.BILLING_WRITE,
                Act.LEDGER_READ,
                Act.MATTER_OPEN,
                Act.MATTER_READ,
                Act.MATTER_WRITE,
                Act.MESSAGE_SEND,
                Act.RELEASE_RECALL,
                Act.CALL_CHECK,
                Act.CALL_JOIN,
                Act.CALL_OPEN,
                Act.GUEST_FREEZE,
                Act.GUEST_READ,
                Act.RECORD_HOLD,
                Act.THREAD_READ,
                Act.THREAD_WRITE,
            }
        ),
    ),
    Rule(
        "treating-decides",
        Effect.PERMIT,
        _treating,
        "the clinician who treats this client, now",
        acts=frozenset(
            {
                Act.CARE_BEGIN,
                Act.CARE_END,
                Act.GLASS_PREPARE,
                Act.GUEST_INVITE,
                Act.PLACE_WRITE,
                Act.HOLDER_ADD,
                Act.RESTRICTION_WRITE,
                Act.RING_TURN,
                Act.MATTER_DECIDE,
                Act.RELEASE_PREPARE,
                Act.RELEASE_SEND,
            }
        ),
    ),
    Rule(
        "turned-unproven",
        Effect.FORBID,
        _turns_unproven,
        "a new key for a chart asks for a fresh proof of who makes it",
        wants=("step_up",),
        acts=frozenset({Act.RING_TURN}),
    ),
    Rule(
        "leaves-by-oneself",
        Effect.PERMIT,
        _leaves,
        "whoever covers or supervises ends her own part",
        acts=frozenset({Act.CARE_LEAVE}),
    ),
    Rule(
        "private-author",
        Effect.PERMIT,
        _private_author,
        "the author of this private note, caring for this client now",
        acts=frozenset({Act.PRIVATE_READ, Act.PRIVATE_SIGN, Act.PRIVATE_WRITE}),
    ),
    Rule(
        "supervision",
        Effect.PERMIT,
        _supervising,
        "a supervisor of this client's care, now; never of private notes",
        acts=frozenset(
            {
                Act.RECORD_COSIGN,
                Act.RECORD_READ,
                Act.RECORD_RETURN,
                Act.FRONT_READ,
                Act.APPOINTMENT_READ,
                Act.CONSENT_READ,
                Act.GUEST_READ,
                Act.LEDGER_READ,
                Act.MATTER_READ,
                Act.THREAD_READ,
            }
        ),
    ),
)
