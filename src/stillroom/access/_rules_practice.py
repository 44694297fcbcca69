"""What a role permits without a chart being opened: the front desk, billing, accounts, the house.

None of these rules reaches a clinical word. Lists (`front:sheet:list`, the day's appointments)
permit asking; what stands in them is chosen by `visible_to` or by care.
"""

from collections.abc import Callable

from stillroom.access._acts import Act
from stillroom.access._gate import NO, YES, Effect, Rule
from stillroom.access._request import Request
from stillroom.access._vocabulary import Purpose, Role
from stillroom.kernel import Trilean


def _holds(
    *roles: Role, purposes: frozenset[Purpose] | None = None
) -> Callable[[Request], Trilean]:
    """A test: one of these roles, and for one of these purposes where they are named."""
    wanted = frozenset(roles)

    def test(request: Request) -> Trilean:
        if purposes is not None and request.purpose not in purposes:
            return NO
        return NO if request.actor.roles.isdisjoint(wanted) else YES

    return test


_lists = _holds(Role.CLINICIAN, Role.SUPERVISOR, Role.FRONT_DESK, Role.BILLER)
_hears_of_matters = _holds(Role.FRONT_DESK, Role.CLINICIAN, Role.SUPERVISOR, Role.OWNER)


def _whole_practice_list(request: Request) -> Trilean:
    return NO if request.ward.chart else _lists(request)


def _own_time(request: Request) -> Trilean:
    """Whoever sees clients keeps hours free; whose, the author of the ward says."""
    ward = request.ward
    if ward.chart or ward.author != request.actor.person:
        return NO
    return NO if request.actor.roles.isdisjoint({Role.CLINICIAN, Role.SUPERVISOR}) else YES


def _matter_without_a_chart(request: Request) -> Trilean:
    """A letter arrives before anyone knows, or may say, whether it names a client."""
    return NO if request.ward.chart else _hears_of_matters(request)


def _own_matter_without_a_chart(request: Request) -> Trilean:
    """What one wrote down oneself, about no one chart."""
    ward = request.ward
    return YES if not ward.chart and ward.author == request.actor.person else NO


PRACTICE = (
    Rule(
        "lists",
        Effect.PERMIT,
        _whole_practice_list,
        "may ask for a list, in which stands only what each may know of",
        acts=frozenset({Act.FRONT_LIST, Act.APPOINTMENT_READ}),
    ),
    Rule(
        "own-time",
        Effect.PERMIT,
        _own_time,
        "whoever sees clients keeps her own hours free",
        acts=frozenset({Act.TIME_BLOCK}),
    ),
    Rule(
        "front-desk",
        Effect.PERMIT,
        _holds(Role.FRONT_DESK, purposes=frozenset({Purpose.SCHEDULING})),
        "the front desk, for scheduling",
        acts=frozenset(
            {
                Act.FRONT_READ,
                Act.FRONT_WRITE,
                Act.APPOINTMENT_READ,
                Act.APPOINTMENT_WRITE,
                Act.CLIENT_ADMIT,
                Act.HOLDER_ADD,
                Act.CONSENT_REVOKE,
                Act.GUEST_FREEZE,
                Act.GUEST_READ,
                Act.MATTER_OPEN,
                Act.MESSAGE_SEND,
            }
        ),
    ),
    Rule(
        "clinician-admits",
        Effect.PERMIT,
        _holds(Role.CLINICIAN),
        "a clinician takes a new client",
        acts=frozenset({Act.CLIENT_ADMIT}),
    ),
    Rule(
        "billing",
        Effect.PERMIT,
        _holds(Role.BILLER, purposes=frozenset({Purpose.PAYMENT})),
        "billing, for payment",
        acts=frozenset({Act.BILLING_READ, Act.BILLING_WRITE, Act.FRONT_READ, Act.APPOINTMENT_READ}),
    ),
    Rule(
        "accounts",
        Effect.PERMIT,
        _holds(Role.OWNER, Role.ADMINISTRATOR),
        "whoever runs the accounts and the house; no chart, no words",
        acts=frozenset(
            {
                Act.ACCOUNT_READ,
                Act.ACCOUNT_WRITE,
                Act.BACKUP_MAKE,
                Act.HOUSE_RECOVER,
                Act.HOUSE_REKEY,
                Act.HOUSE_UNSEAL,
                Act.POLICY_AGREE,
                Act.POLICY_PROPOSE,
                Act.SETTINGS_READ,
                Act.SETTINGS_WRITE,
            }
        ),
    ),
    Rule(
        "policy-read",
        Effect.PERMIT,
        _holds(Role.OWNER, Role.ADMINISTRATOR, Role.CLINICIAN, Role.SUPERVISOR),
        "whoever answers by the practice's policy, or makes it, reads it",
        acts=frozenset({Act.POLICY_READ}),
    ),
    Rule(
        "forms-publish",
        Effect.PERMIT,
        _holds(Role.OWNER, Role.CLINICIAN),
        "whoever answers for what clients sign publishes it; no client's word is in it",
        acts=frozenset({Act.FORM_PUBLISH}),
    ),
    Rule(
        "own-account",
        Effect.PERMIT,
        _holds(*Role),
        "everybody keeps their own ways in",
        acts=frozenset({Act.OWN_ACCOUNT_WRITE}),
    ),
    Rule(
        "seals",
        Effect.PERMIT,
        _holds(*(frozenset(Role) - {Role.CLIENT})),
        "whoever works here may seal the house",
        acts=frozenset({Act.HOUSE_SEAL}),
    ),
    Rule(
        "incidents",
        Effect.PERMIT,
        _holds(Role.OWNER, Role.ADMINISTRATOR),
        "whoever handles what may be a breach; its register holds no chart's words",
        acts=frozenset({Act.INCIDENT_READ, Act.INCIDENT_WRITE}),
    ),
    Rule(
        "incident-reported",
        Effect.PERMIT,
        _holds(*Role),
        "everybody may say that something went wrong",
        acts=frozenset({Act.INCIDENT_OPEN}),
    ),
    Rule(
        "incident-one-reported",
        Effect.PERMIT,
        _own_matter_without_a_chart,
        "whoever reported it reads what became of it",
        acts=frozenset({Act.INCIDENT_READ}),
    ),
    Rule(
        "entries-without-words",
        Effect.PERMIT,
        _holds(Role.AUDITOR, Role.OWNER),
        "entries of the ledger by pseudonym, without their sealed words",
        acts=frozenset({Act.LEDGER_LIST, Act.GLASS_REVIEW}),
    ),
    Rule(
        "matter-arrives",
        Effect.PERMIT,
        _matter_without_a_chart,
        "whoever a letter or a call reaches may write down that it came",
        acts=frozenset({Act.MATTER_OPEN}),
    ),
    Rule(
        "matter-one-wrote-down",
        Effect.PERMIT,
        _own_matter_without_a_chart,
        "whoever wrote a matter down, until it is known whose chart it is about",
        acts=frozenset({Act.MATTER_READ, Act.MATTER_WRITE}),
    ),
    Rule(
        "privacy-officer",
        Effect.PERMIT,
        _holds(Role.OWNER, purposes=frozenset({Purpose.OPERATIONS})),
        "the owner as privacy official (45 CFR 164.530(a)): papers of matters, not the chart",
        acts=frozenset(
            {
                Act.MATTER_DECIDE,
                Act.MATTER_OPEN,
                Act.MATTER_READ,
                Act.MATTER_WRITE,
                Act.RESTRICTION_WRITE,
                Act.CONSENT_REVOKE,
            }
        ),
    ),
)
