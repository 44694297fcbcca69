"""Tables: which purposes fit an act, which labels it may touch, whether it needs a chart.

An act that stands in no table of purposes is permitted to nobody; it is there for the ledger.
"""

from collections.abc import Mapping

from stillroom.access._acts import Act
from stillroom.access._vocabulary import Label, Purpose

_CARE = frozenset({Purpose.TREATMENT, Purpose.SUPERVISION})
_DESK = frozenset({Purpose.TREATMENT, Purpose.SUPERVISION, Purpose.SCHEDULING, Purpose.PAYMENT})
_TREATMENT = frozenset({Purpose.TREATMENT})
_OWN = frozenset({Purpose.OWN})
_HOUSE = frozenset({Purpose.OPERATIONS})
_MATTER = frozenset({Purpose.TREATMENT, Purpose.OPERATIONS, Purpose.RELEASE})

PURPOSES: Mapping[Act, frozenset[Purpose]] = {
    Act.ACCOUNT_READ: frozenset({Purpose.ACCOUNTS}),
    Act.ACCOUNT_WRITE: frozenset({Purpose.ACCOUNTS}),
    Act.OWN_ACCOUNT_WRITE: frozenset({Purpose.ACCOUNTS}),
    Act.BILLING_READ: frozenset({Purpose.PAYMENT, Purpose.TREATMENT}),
    Act.BILLING_WRITE: frozenset({Purpose.PAYMENT, Purpose.TREATMENT}),
    Act.CALL_CHECK: _TREATMENT | _OWN,
    Act.CALL_JOIN: _TREATMENT | _OWN,
    Act.CALL_OPEN: _TREATMENT,
    Act.CARE_BEGIN: _TREATMENT,
    Act.CARE_END: _TREATMENT,
    Act.CARE_LEAVE: _CARE,
    Act.GLASS_BREAK: frozenset({Purpose.EMERGENCY}),
    Act.GLASS_PREPARE: _TREATMENT,
    Act.GLASS_REVIEW: frozenset({Purpose.AUDIT}),
    Act.GUEST_FREEZE: frozenset({Purpose.TREATMENT, Purpose.SCHEDULING}),
    Act.GUEST_INVITE: _TREATMENT,
    Act.GUEST_READ: _CARE | {Purpose.SCHEDULING},
    Act.PLACE_WRITE: _TREATMENT,
    Act.PRIVATE_READ: _TREATMENT,
    Act.PRIVATE_SIGN: _TREATMENT,
    Act.PRIVATE_WRITE: _TREATMENT,
    Act.RECORD_COSIGN: frozenset({Purpose.SUPERVISION}),
    Act.RECORD_HOLD: _TREATMENT,
    Act.RECORD_READ: _CARE | {Purpose.EMERGENCY} | _OWN,
    Act.RECORD_RETURN: frozenset({Purpose.SUPERVISION}),
    Act.RECORD_SIGN: _TREATMENT,
    Act.RECORD_WRITE: _TREATMENT,
    Act.RESTRICTION_WRITE: _TREATMENT | {Purpose.OPERATIONS},
    Act.RING_TURN: _TREATMENT,
    Act.THREAD_READ: _CARE | _OWN,
    Act.THREAD_WRITE: _TREATMENT | _OWN,
    Act.CONSENT_END: _TREATMENT,
    Act.CONSENT_READ: _CARE | {Purpose.RELEASE} | _OWN,
    Act.CONSENT_REVOKE: _TREATMENT
    | _OWN
    | {Purpose.OPERATIONS, Purpose.SCHEDULING, Purpose.RELEASE},
    Act.CONSENT_WRITE: _TREATMENT | {Purpose.RELEASE} | _OWN,
    Act.APPOINTMENT_READ: _DESK | _OWN,
    Act.APPOINTMENT_WRITE: frozenset({Purpose.SCHEDULING, Purpose.TREATMENT}),
    Act.CLIENT_ADMIT: frozenset({Purpose.SCHEDULING, Purpose.TREATMENT}),
    Act.HOLDER_ADD: frozenset({Purpose.SCHEDULING, Purpose.TREATMENT}),
    Act.MESSAGE_SEND: frozenset({Purpose.SCHEDULING, Purpose.TREATMENT}),
    Act.FRONT_LIST: _DESK,
    Act.FRONT_READ: _DESK | {Purpose.EMERGENCY} | _OWN,
    Act.FRONT_WRITE: frozenset({Purpose.SCHEDULING, Purpose.TREATMENT}),
    Act.TIME_BLOCK: frozenset({Purpose.SCHEDULING}),
    Act.BACKUP_MAKE: _HOUSE,
    Act.FORM_PUBLISH: _HOUSE,
    Act.INCIDENT_OPEN: _HOUSE,
    Act.INCIDENT_READ: _HOUSE,
    Act.INCIDENT_WRITE: _HOUSE,
    Act.POLICY_AGREE: _HOUSE,
    Act.POLICY_PROPOSE: _HOUSE,
    Act.POLICY_READ: _HOUSE,
    Act.HOUSE_SEAL: _HOUSE,
    Act.HOUSE_UNSEAL: _HOUSE,
    Act.HOUSE_RECOVER: _HOUSE,
    Act.HOUSE_REKEY: _HOUSE,
    Act.SETTINGS_READ: _HOUSE,
    Act.SETTINGS_WRITE: _HOUSE,
    Act.LEDGER_LIST: frozenset({Purpose.AUDIT}),
    Act.LEDGER_READ: frozenset({Purpose.AUDIT, Purpose.TREATMENT, Purpose.SUPERVISION}) | _OWN,
    Act.MATTER_DECIDE: _MATTER,
    Act.MATTER_OPEN: _MATTER | {Purpose.SCHEDULING},
    Act.MATTER_READ: _MATTER | {Purpose.SUPERVISION},
    Act.MATTER_WRITE: _MATTER,
    Act.OWN_ANSWER: _OWN,
    Act.OWN_ASK: _OWN,
    Act.OWN_TAKE: _OWN,
    Act.RELEASE_PREPARE: frozenset({Purpose.RELEASE}),
    Act.RELEASE_RECALL: frozenset({Purpose.RELEASE}),
    Act.RELEASE_SEND: frozenset({Purpose.RELEASE}),
    Act.SUPERVISION_READ: frozenset({Purpose.SUPERVISION}),
    Act.SUPERVISION_SHARE: frozenset({Purpose.SUPERVISION}),
    Act.SUPERVISION_WRITE: frozenset({Purpose.SUPERVISION}),
}

RECORD_ACTS = frozenset(
    {
        Act.RECORD_COSIGN,
        Act.RECORD_HOLD,
        Act.RECORD_READ,
        Act.RECORD_RETURN,
        Act.RECORD_SIGN,
        Act.RECORD_WRITE,
    }
)
PRIVATE_ACTS = frozenset({Act.PRIVATE_READ, Act.PRIVATE_SIGN, Act.PRIVATE_WRITE})
BILLING_ACTS = frozenset({Act.BILLING_READ, Act.BILLING_WRITE})
RELEASE_ACTS = frozenset({Act.RELEASE_PREPARE, Act.RELEASE_SEND})
CONTENT_ACTS = RECORD_ACTS | PRIVATE_ACTS | BILLING_ACTS | RELEASE_ACTS
"""Acts that open a client's words, for which a ward must say what kind of words it holds."""
SUPERVISION_ACTS = frozenset({Act.SUPERVISION_READ, Act.SUPERVISION_SHARE, Act.SUPERVISION_WRITE})
"""Acts on notes about a colleague's work: no chart is opened by them, and they by no other act."""

_FRONT = frozenset({Label.FRONT})
_CLINICAL = frozenset({Label.CLINICAL, Label.PART2, Label.JOINT, Label.HELD, Label.RESTRICTED})
_PRIVATE = frozenset({Label.PRIVATE, Label.PART2, Label.JOINT, Label.RESTRICTED})
_BILLING = frozenset({Label.BILLING, Label.FRONT, Label.PART2, Label.JOINT, Label.RESTRICTED})

# Acts of the chart as a whole (care, consent, matters, its ledger) open no labelled words: none.
LABELS: Mapping[Act, frozenset[Label]] = {
    **dict.fromkeys(RECORD_ACTS, _CLINICAL),
    **dict.fromkeys(PRIVATE_ACTS, _PRIVATE),
    **dict.fromkeys(BILLING_ACTS, _BILLING),
    **dict.fromkeys(RELEASE_ACTS, frozenset(Label) - {Label.SUPERVISION}),
    **dict.fromkeys(SUPERVISION_ACTS, frozenset({Label.SUPERVISION})),
    Act.GLASS_BREAK: _CLINICAL | _FRONT,
    **dict.fromkeys((Act.FRONT_LIST, Act.FRONT_READ, Act.FRONT_WRITE), _FRONT),
    **dict.fromkeys((Act.APPOINTMENT_READ, Act.APPOINTMENT_WRITE, Act.CLIENT_ADMIT), _FRONT),
    Act.HOLDER_ADD: _FRONT,
    Act.MESSAGE_SEND: _FRONT,
}

CHART_ACTS = (
    CONTENT_ACTS
    | {Act.CARE_BEGIN, Act.CARE_END, Act.CARE_LEAVE, Act.GLASS_BREAK, Act.GLASS_PREPARE}
    | {Act.MESSAGE_SEND, Act.RESTRICTION_WRITE, Act.RING_TURN, Act.LEDGER_READ}
    | {Act.CONSENT_END, Act.CONSENT_READ, Act.CONSENT_REVOKE, Act.CONSENT_WRITE}
    | {Act.FRONT_READ, Act.FRONT_WRITE, Act.APPOINTMENT_WRITE, Act.HOLDER_ADD, Act.PLACE_WRITE}
    | {Act.CALL_CHECK, Act.CALL_JOIN, Act.CALL_OPEN}
    | {Act.GUEST_FREEZE, Act.GUEST_INVITE, Act.GUEST_READ}
    | {Act.OWN_ANSWER, Act.OWN_ASK, Act.OWN_TAKE, Act.THREAD_READ, Act.THREAD_WRITE}
    | {Act.RELEASE_RECALL}
)
"""Acts that are always about one chart. A matter may be opened before its chart is known."""
