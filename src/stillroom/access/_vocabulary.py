"""Who, why, and what kind of words: the small vocabularies of the gate."""

from enum import Enum


class Word(Enum):
    """One of a small vocabulary. Members are single objects, so identity serves as the hash.

    Enum's own hash is written in Python and was a fifth of a decision's time.
    """

    __hash__ = object.__hash__


class Role(Word):
    """What a person is employed for; a client, or who stands for one, is none of the staff. A role
    alone never opens a chart."""

    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    BILLER = "biller"
    CLIENT = "client"
    CLINICIAN = "clinician"
    FRONT_DESK = "front_desk"
    OWNER = "owner"
    SUPERVISOR = "supervisor"


class Purpose(Word):
    """Why somebody asks. It must fit the act, and it is written in the log."""

    ACCOUNTS = "accounts"
    AUDIT = "audit"
    EMERGENCY = "emergency"
    OPERATIONS = "operations"
    OWN = "own"
    """A client, or who stands for one, about the own record (45 CFR 164.524)."""
    PAYMENT = "payment"
    RELEASE = "release"
    SCHEDULING = "scheduling"
    SUPERVISION = "supervision"
    TREATMENT = "treatment"


class Label(Word):
    """What kind of words a ward holds; one ward may carry several."""

    FRONT = "front"
    """Name, contact, appointments."""
    CLINICAL = "clinical"
    """Notes, plans, measures, risk, documents."""
    PRIVATE = "private"
    """A psychotherapy note (45 CFR 164.501) or an SUD counseling note (42 CFR 2.11)."""
    PART2 = "part2"
    """A record of a program under 42 CFR Part 2."""
    JOINT = "joint"
    """Words of a session with several clients."""
    BILLING = "billing"
    """Codes, amounts, payers."""
    SUPERVISION = "supervision"
    """A supervisor's note about a colleague's work; it lies in no chart."""
    HELD = "held"
    """Kept from the client for now, for a reason that the law knows (45 CFR 164.524(a)(2), (3))."""
    RESTRICTED = "restricted"
    """Kept to those who treat, as agreed with the client (45 CFR 164.522(a))."""


class Capacity(Word):
    """In which way somebody cares for a client, or how a client stands to a chart."""

    TREATING = "treating"
    SUPERVISING = "supervising"
    COVERING = "covering"
    HOLDER = "holder"
    """The client whose chart it is."""
    PROXY = "proxy"
    """Somebody who stands for a holder: a parent, a guardian, a personal representative."""


OF_STAFF = frozenset({Capacity.TREATING, Capacity.SUPERVISING, Capacity.COVERING})
"""Ways of caring. The others are no care: they are about the own record."""
