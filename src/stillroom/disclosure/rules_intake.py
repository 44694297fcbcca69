"""What arrived: somebody asks for a record, on a piece of paper or without one.

`Intake` holds what the paper says and what came with it, each as known, not known or not there.
`missing_from_instrument` says what a paper of this kind lacks; `facts_of` says it to the law.

Sources: 45 CFR 164.512(e)(1)(i) (an order is signed by a judge or tribunal, not by a lawyer or
clerk), 164.512(e)(1)(ii)-(vi) (assurances), 164.508(a)(2) (psychotherapy notes).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from stillroom.consent.rules import ANY_TIME, PRIVATE_KINDS, RECORD_KINDS, Party, Period
from stillroom.kernel import Misuse, Trilean

PROCESS = frozenset(
    {
        "attorney_subpoena",
        "clerk_subpoena",
        "grand_jury_subpoena",
        "discovery_request",
        "court_order",
    }
)
"""Instruments that speak in the name of a tribunal."""

WITHOUT_ORDER = frozenset({"attorney_subpoena", "clerk_subpoena", "discovery_request"})
"""Process that no judge has ordered: 164.512(e)(1)(ii) asks for assurances."""

ATTACHMENTS = frozenset(
    {
        "satisfactory_assurances",
        "notice_to_client_proven",
        "objection_pending",
        "objection_period_ended",
        "qualified_protective_order",
        "court_ruled_on_privilege",
        "privilege_waived",
        "condition_at_issue",
        "part2_court_order",
        "identity_verified",
    }
)
"""Facts of the law that a paper, or what is pinned to it, may prove."""


class Signer(Enum):
    """Who signed the instrument."""

    JUDGE = "judge"
    CLERK = "clerk"
    ATTORNEY = "attorney"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Intake:
    """One request. Empty text and `None` mean not known, never no.

    `kinds` are those asked for; empty with `everything` YES means the whole file. `attached` is by
    the names of `ATTACHMENTS`. `caption` is the asker's own words for the case.
    """

    asker: Party
    received_on: date
    instrument: str = ""
    purpose: str = ""
    proceeding: str = ""
    caption: str = ""
    signed_by: Signer | None = None
    served_on: date | None = None
    return_date: date | None = None
    dated: date | None = None
    asks_for: str = ""
    kinds: frozenset[str] = frozenset()
    everything: Trilean = Trilean.UNKNOWN
    period: Period = ANY_TIME
    attached: Mapping[str, Trilean] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if strange := self.attached.keys() - ATTACHMENTS:
            raise Misuse(f"no such attachment: {sorted(strange)}")
        if odd := self.kinds - RECORD_KINDS:
            raise Misuse(f"no such record kind: {sorted(odd)}")

    @property
    def asked(self) -> frozenset[str]:
        """The kinds asked for; empty if nobody knows."""
        return RECORD_KINDS if self.everything is Trilean.YES else self.kinds

    def has(self, attachment: str) -> Trilean:
        """Whether it came with this."""
        return self.attached.get(attachment, Trilean.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the paper lacks (`state` NO), or that nobody has looked for (UNKNOWN)."""

    about: str
    says: str
    citation: str = ""
    state: Trilean = Trilean.NO


def missing_from_instrument(intake: Intake) -> tuple[Gap, ...]:
    """What this paper lacks to be what it claims to be, most telling first."""
    return (*_signature(intake), *_assurances(intake), *_particulars(intake))


def _signature(intake: Intake) -> tuple[Gap, ...]:
    cite = "45 CFR 164.512(e)(1)(i)"
    if intake.instrument in WITHOUT_ORDER and intake.signed_by is not Signer.JUDGE:
        says = "No judge has signed it. It is a demand by a party, not an order of a court."
        return (Gap("judge_signed", says, cite),)
    if intake.instrument != "court_order" or intake.signed_by is Signer.JUDGE:
        return ()
    if intake.signed_by is None:
        says = "It is called an order. Look who signed it: only a judge's signature makes it one."
        return (Gap("judge_signed", says, cite, Trilean.UNKNOWN),)
    return (Gap("judge_signed", "It is called an order, but no judge has signed it.", cite),)


def _assurances(intake: Intake) -> tuple[Gap, ...]:
    if intake.instrument not in WITHOUT_ORDER:
        return ()
    cite = "45 CFR 164.512(e)(1)(ii)-(vi)"
    ways = ("satisfactory_assurances", "notice_to_client_proven", "qualified_protective_order")
    if any(intake.has(way) is Trilean.YES for way in ways):
        return ()
    if all(intake.has(way) is Trilean.NO for way in ways):
        says = (
            "Nothing with it shows that the person concerned was told and given time to object,"
            " or that a protective order was sought."
        )
        return (Gap("satisfactory_assurances", says, cite),)
    says = (
        "Look whether it came with proof that the person concerned was told and given time to"
        " object, or that a protective order was sought."
    )
    return (Gap("satisfactory_assurances", says, cite, Trilean.UNKNOWN),)


def _particulars(intake: Intake) -> tuple[Gap, ...]:
    process = intake.instrument in PROCESS
    lacks = (
        (process and not intake.proceeding, "proceeding", "It names no case before a tribunal."),
        (process and intake.return_date is None, "return_date", "It names no day to comply."),
        (
            intake.period == ANY_TIME,
            "period",
            "It names no dates of care, so it asks for more than any purpose needs.",
        ),
        (not intake.asked, "records_asked", "It does not say which records it asks for."),
        (not intake.purpose, "purpose", "It does not say what the records are for."),
    )
    gaps = tuple(Gap(about, says) for lacking, about, says in lacks if lacking)
    return gaps + _private(intake)


def _private(intake: Intake) -> tuple[Gap, ...]:
    if not intake.asked & PRIVATE_KINDS:
        return ()
    says = "It asks for notes kept apart by an author; any such take a permission of their own."
    return (Gap("psychotherapy_notes_authorization", says, "45 CFR 164.508(a)(2)"),)
