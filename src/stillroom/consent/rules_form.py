"""What a client's written authorization says: the paper, as data.

An `Authorization` is a client's signed permission to release. It holds only what the paper says and
what became of it (revoked, its event happened); whether that is enough is judged in
`rules_defects` and `rules_force`. Nothing here is filled in by assumption: a statement that nobody
has looked for is UNKNOWN, and UNKNOWN never counts as there (P6).

Elements: 45 CFR 164.508(c); for Part 2 records 42 CFR 2.31(a).
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from stillroom.consent.rules_signers import Capacity as Capacity
from stillroom.consent.rules_signers import Signature as Signature
from stillroom.consent.rules_state import StateEnd, StatePart
from stillroom.kernel import Misuse, Trilean

PSYCHOTHERAPY_NOTES = "psychotherapy_notes"
SUD_COUNSELING_NOTES = "sud_counseling_notes"
SUD_RECORDS = "sud_records"
JOINT_SESSION_NOTES = "joint_session_notes"
PRIVATE_KINDS = frozenset({PSYCHOTHERAPY_NOTES, SUD_COUNSELING_NOTES})
PART2_KINDS = frozenset({SUD_RECORDS, SUD_COUNSELING_NOTES})
ORDINARY_KINDS = frozenset(
    {
        "demographics",
        "appointments",
        "billing",
        "progress_notes",
        "test_results",
        "treatment_plan",
        "diagnosis",
        "medication",
        "risk_assessment",
        JOINT_SESSION_NOTES,
    }
)
RECORD_KINDS = ORDINARY_KINDS | PART2_KINDS | {PSYCHOTHERAPY_NOTES}


@dataclass(frozen=True, slots=True)
class Party:
    """A recipient: one person or body by name, or, with an empty name, everybody of a kind.

    `kind` is a value of the fact `recipient` (payer, attorney, treating_provider …).
    """

    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """Days of care, both ends included; an open end is `None`."""

    since: date | None = None
    until: date | None = None

    def holds(self, day: date | None) -> Trilean:
        """Whether `day` lies inside; a day that is not known lies only in the whole of time."""
        if self.since is None and self.until is None:
            return Trilean.YES
        if day is None:
            return Trilean.UNKNOWN
        after = self.since is None or day >= self.since
        return Trilean.of(after and (self.until is None or day <= self.until))

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a day."""
        begins = max(self.since or date.min, other.since or date.min)
        ends = min(self.until or date.max, other.until or date.max)
        return begins <= ends


ANY_TIME = Period()
"""The whole of time: nobody has named days."""


@dataclass(frozen=True, slots=True)
class Expiry:
    """When the paper ends: a day (included), an event, or, where the law allows it, never.

    `happened` is what was known of the event when the paper was entered; what was said of it since
    stands on the `Authorization`. What follows from either is `rules_force`.
    """

    on: date | None = None
    event: str = ""
    happened: Trilean = Trilean.UNKNOWN
    never: bool = False


@dataclass(frozen=True, slots=True)
class Statements:
    """The three statements that the paper must carry (164.508(c)); UNKNOWN: nobody has looked."""

    may_revoke: Trilean = Trilean.UNKNOWN
    conditioning: Trilean = Trilean.UNKNOWN
    redisclosure: Trilean = Trilean.UNKNOWN


@dataclass(frozen=True, slots=True)
class Authorization:
    """One signed permission to release.

    `holders` are those whose record it is *as the chart knows them*, not as the paper names them:
    for a couple's or a group's chart all members. `purposes` are values of the fact `purpose`.
    `conditioned` is YES if treatment, payment, enrolment or benefits were hung on signing, `merged`
    if the paper is part of another document. `known_false` is what the practice knows of itself, so
    it is a plain yes or no. `state_parts` and `state_ends`: what the state's law asked of it on the
    day it was entered. `revoked_at` is aware; from that instant on nothing leaves under it.
    `ended_at` likewise: the instant at which somebody of the care team said that its event has
    come; `looked_on` is the last day on which somebody said that it has not. `held_against` are the
    places whose law it was held against on the day it was entered, as far as that was kept.
    """

    id: str
    holders: frozenset[str]
    signatures: tuple[Signature, ...]
    discloser: str
    recipients: tuple[Party, ...]
    description: str
    kinds: frozenset[str]
    purposes: frozenset[str]
    expires: Expiry
    period: Period = ANY_TIME
    statements: Statements = field(default_factory=Statements)
    conditioned: Trilean = Trilean.UNKNOWN
    merged: Trilean = Trilean.UNKNOWN
    known_false: bool = False
    state_parts: tuple[StatePart, ...] = ()
    state_ends: tuple[StateEnd, ...] = ()
    revoked_at: datetime | None = None
    ended_at: datetime | None = None
    looked_on: date | None = None
    held_against: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if strange := self.kinds - RECORD_KINDS:
            raise Misuse(f"no such record kind: {sorted(strange)}")
        ends = (self.revoked_at, self.ended_at)
        if any(one is not None and one.utcoffset() is None for one in ends):
            raise Misuse("revoked_at and ended_at must be aware datetimes")

    def as_signed(self, paper_id: str = "") -> "Authorization":
        """What its signers put their names to: nothing of what became of it afterwards."""
        return replace(self, id=paper_id, revoked_at=None, ended_at=None, looked_on=None)

    @property
    def psychotherapy_notes(self) -> bool:
        """Whether it reaches for psychotherapy notes; then it may reach for nothing else."""
        return PSYCHOTHERAPY_NOTES in self.kinds

    @property
    def sud_counseling_notes(self) -> bool:
        """Whether it reaches for SUD counseling notes; then it may reach for nothing else."""
        return SUD_COUNSELING_NOTES in self.kinds

    @property
    def joint(self) -> bool:
        """Whether more than one person holds the record."""
        return len(self.holders) > 1
