"""Who, why, and what kind of words: the small vocabularies of the gate."""

from enum import Enum


class Word(Enum):
    """One of a small vocabulary. Members are single objects, so identity serves as the hash.

    Enum's own hash is written in Python and was a fifth of a decision's time.
    """

    __hash__ = object.__hash__


class Role(Word):
    """What a person is employed for. A role alone never opens a chart."""

    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    BILLER = "biller"
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
    RESTRICTED = "restricted"
    """Kept to those who treat, as agreed with the client (45 CFR 164.522(a))."""


class Capacity(Word):
    """In which way somebody cares for a client."""

    TREATING = "treating"
    SUPERVISING = "supervising"
    COVERING = "covering"
