"""The client's own door: what a client may do with the own record, and what a proxy may for her.

A client is none of the staff: her role opens nothing, her standing to one chart does (`HOLDER`),
and for the purpose *own* alone. Psychotherapy notes stand outside the right of access (45 CFR
164.524(a)(1)(i)), and what is held with a reason stays shut (164.524(a)(2), (3)). A proxy reaches
what her `reach` names and nothing else. What a record is must be known, for a holder too: a chart
read as a whole is no client's, for what is held could be in it (`chart.own`). Nobody of the staff
gets anything by the purpose *own*, and no client anything by another purpose.
"""

from collections.abc import Mapping

from stillroom.access._acts import Act
from stillroom.access._gate import NO, UNKNOWN, YES, Effect, Rule
from stillroom.access._request import Care, Request
from stillroom.access._vocabulary import OF_STAFF, Capacity, Label, Purpose, Role
from stillroom.kernel import Trilean

ACCOUNT = "account"
APPOINTMENTS = "appointments"
FORMS = "forms"
MESSAGES = "messages"
REQUESTS = "requests"
REACHES = frozenset({ACCOUNT, APPOINTMENTS, FORMS, MESSAGES, REQUESTS})
"""What a proxy may be given beside kinds of records."""

_NEEDS: Mapping[Act, str] = {
    Act.APPOINTMENT_READ: APPOINTMENTS,
    Act.CALL_CHECK: APPOINTMENTS,
    Act.CALL_JOIN: APPOINTMENTS,
    Act.CONSENT_READ: FORMS,
    Act.CONSENT_REVOKE: FORMS,
    Act.CONSENT_WRITE: FORMS,
    Act.LEDGER_READ: ACCOUNT,
    Act.OWN_ANSWER: FORMS,
    Act.OWN_ASK: REQUESTS,
    Act.THREAD_READ: MESSAGES,
    Act.THREAD_WRITE: MESSAGES,
}
_OWN_ACTS = frozenset(_NEEDS) | {Act.FRONT_READ, Act.OWN_TAKE, Act.RECORD_READ}
_STEPPED = frozenset({Act.OWN_TAKE})


def _stands(request: Request, capacity: Capacity) -> tuple[Care, ...]:
    """The relationships in this capacity that run, of a client who asks for the own purpose."""
    actor = request.actor
    if actor.roles != frozenset({Role.CLIENT}) or request.purpose is not Purpose.OWN:
        return ()
    if not request.ward.chart:
        return ()
    return tuple(c for c in actor.cares if c.capacity is capacity and c.runs(request.at))


def _holds(request: Request) -> Trilean:
    return YES if _stands(request, Capacity.HOLDER) else NO


def _reaches(request: Request) -> Trilean:
    """The name on the page is all that a proxy sees without a reach of its own."""
    standing = _stands(request, Capacity.PROXY)
    if not standing:
        return NO
    if request.act is Act.FRONT_READ:
        return YES
    needed = request.ward.kind if request.act is Act.RECORD_READ else _NEEDS.get(request.act, "")
    return Trilean.of(bool(needed) and any(needed in one.reach for one in standing))


def _no_client(request: Request) -> Trilean:
    """A client acts for the own purpose alone, and nobody else does; no role goes with hers."""
    actor = request.actor
    if Role.CLIENT not in actor.roles:
        return Trilean.of(request.purpose is Purpose.OWN)
    if len(actor.roles) > 1:
        return YES
    keeps = request.act is Act.OWN_ACCOUNT_WRITE and request.purpose is Purpose.ACCOUNTS
    return Trilean.of(not keeps and request.purpose is not Purpose.OWN)


def _held(request: Request) -> Trilean:
    if request.purpose is not Purpose.OWN:
        return NO
    return YES if Label.HELD in request.ward.labels else NO


def _nameless(request: Request) -> Trilean:
    """What the law calls a record is said before a client reads it, or nobody has looked whether it
    is held from her."""
    return Trilean.of(request.purpose is Purpose.OWN and not request.ward.kind)


def _takes_unproven(request: Request) -> Trilean:
    """Taking everything along asks who is there, once more (THREATS.md, T08)."""
    stepped = request.actor.stepped_up
    return NO if stepped is YES else UNKNOWN


def _anothers_thread(request: Request) -> Trilean:
    """A thread is shared with those who are named; who stands to the same chart is not one of them.

    INVARIANT: nobody named is nobody, so that a ward that forgets to say it opens nothing.
    """
    if request.purpose is not Purpose.OWN:
        return NO
    return Trilean.of(request.actor.person not in request.ward.shared_with)


def _mixed(request: Request) -> Trilean:
    """A relationship that is no care was put beside somebody of the staff, or the other way."""
    client = Role.CLIENT in request.actor.roles
    return Trilean.of(any((one.capacity in OF_STAFF) is client for one in request.actor.cares))


OWN = (
    Rule(
        "holder",
        Effect.PERMIT,
        _holds,
        "the client whose chart it is, by her own door",
        acts=_OWN_ACTS,
    ),
    Rule(
        "proxy",
        Effect.PERMIT,
        _reaches,
        "somebody who stands for a holder, as far as her reach goes",
        acts=_OWN_ACTS,
    ),
    Rule(
        "own-purpose",
        Effect.FORBID,
        _no_client,
        "clients act for the own purpose and nobody else does",
    ),
    Rule("mixed-standing", Effect.FORBID, _mixed, "staff care, and clients hold; nobody does both"),
    Rule(
        "held-from-the-client",
        Effect.FORBID,
        _held,
        "held from the client, with a reason that the law knows (45 CFR 164.524(a))",
        acts=frozenset({Act.RECORD_READ}),
    ),
    Rule(
        "nameless-record",
        Effect.FORBID,
        _nameless,
        "a client reads records of which it is known what they are and whether they are held",
        acts=frozenset({Act.RECORD_READ}),
    ),
    Rule(
        "anothers-thread",
        Effect.FORBID,
        _anothers_thread,
        "a thread is of whoever writes in it, and of those who care",
        acts=frozenset({Act.THREAD_READ, Act.THREAD_WRITE}),
    ),
    Rule(
        "taken-unproven",
        Effect.FORBID,
        _takes_unproven,
        "taking the record along asks for a fresh proof of who takes it",
        wants=("step_up",),
        acts=_STEPPED,
    ),
)
