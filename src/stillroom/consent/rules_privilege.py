"""Privilege: what can happen to one holder's, as events that are never changed. Pure.

A privilege is the client's right to keep out of a proceeding what was said in therapy. Each holder
of a chart has one of her own. How it stands is read from its events (`rules_privilege_standing`);
what an event must say before it is written down, `faults` knows.

Source of the rules: each place's provisions of the regime `privilege`, as data of the law.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from stillroom.consent.rules_form import ANY_TIME, RECORD_KINDS, Period
from stillroom.kernel import Misuse, Trilean


class What(Enum):
    """What happened to one holder's privilege."""

    ASSERTED = "asserted"
    WAIVED = "waived"
    CONDUCT = "conduct"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    AT_ISSUE = "at_issue"
    WITHDRAWN = "withdrawn"
    DIED = "died"


class By(Enum):
    """Who did it. A therapist claims for the holder and never waives for her."""

    HOLDER = "holder"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"
    THERAPIST = "therapist"
    COUNSEL = "counsel"
    COURT = "court"
    OTHER_PARTY = "other_party"


class How(Enum):
    """In which way."""

    WRITING = "writing"
    SPOKEN = "spoken"
    TESTIMONY = "testimony"
    PLEADING = "pleading"
    RULING = "ruling"
    OTHER = "other"


STANDS_IN = frozenset({By.HOLDER, By.GUARDIAN, By.REPRESENTATIVE})
"""Who may waive: the holder, or who stands in her place by a paper on file."""

ENDS = {
    What.CONFIRMED: frozenset({What.CONDUCT}),
    What.DISMISSED: frozenset({What.CONDUCT, What.CONFIRMED, What.AT_ISSUE}),
    What.WITHDRAWN: frozenset({What.WAIVED, What.ASSERTED}),
}
"""Events that are about an earlier one, and of which kind that must be."""


@dataclass(frozen=True, slots=True)
class Scope:
    """How far something reaches: kinds of record (none named: all), days of care, one proceeding
    by its caption (empty: any)."""

    kinds: frozenset[str] = frozenset()
    period: Period = ANY_TIME
    proceeding: str = ""

    def __post_init__(self) -> None:
        if strange := self.kinds - RECORD_KINDS:
            raise Misuse(f"no such record kind: {sorted(strange)}")

    def holds(self, asked: "Scope") -> Trilean:
        """Whether this reaches all of `asked`: NO only where the two surely share nothing.

        Captions are words that people write differently: two that differ may be one case.
        """
        if self.kinds and asked.kinds and not self.kinds & asked.kinds:
            return Trilean.NO
        if not self.period.overlaps(asked.period):
            return Trilean.NO
        kinds = not self.kinds or (bool(asked.kinds) and asked.kinds <= self.kinds)
        case = not self.proceeding or _plain(self.proceeding) == _plain(asked.proceeding)
        if kinds and case and _within(asked.period, self.period):
            return Trilean.YES
        return Trilean.UNKNOWN


ALL = Scope()
"""Everything, in any proceeding."""


def _plain(caption: str) -> str:
    return " ".join(caption.casefold().split())


def _within(inner: Period, outer: Period) -> bool:
    begins = outer.since is None or (inner.since is not None and inner.since >= outer.since)
    ends = outer.until is None or (inner.until is not None and inner.until <= outer.until)
    return begins and ends


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `number` counts in its chart, `about` is an earlier event's number.

    `paper` says where the writing lies (for who stands in: also the document that lets her).
    `citation` names the exception, for AT_ISSUE; `condition` whether that exception is the one for
    a holder who relies on her own condition. `words` are the writer's own.
    """

    number: int
    holder: str
    what: What
    on: date
    by: By
    name: str = ""
    how: How = How.WRITING
    paper: str = ""
    scope: Scope = ALL
    citation: str = ""
    condition: bool = False
    words: str = ""
    about: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an event cannot be written down as it is: the field, and what to do."""

    field: str
    says: str


def faults(event: Event, before: tuple[Event, ...], holders: tuple[str, ...]) -> tuple[Fault, ...]:
    """What is missing or cannot be. None: it may be signed."""
    found: list[Fault] = []
    if event.holder not in holders:
        found.append(Fault("holder", "Say whose privilege it is: of those who hold this chart."))
    if event.what in ENDS:
        found += _about(event, before)
    if event.what is What.WAIVED:
        found += _waiver(event)
    if event.what is What.AT_ISSUE and not event.citation.strip():
        says = "Name the exception with its citation; the rules on file for this place are listed."
        found.append(Fault("citation", says))
    if event.what is What.CONDUCT and not event.words.strip():
        says = "Say what was done or said that is held to waive it, and who holds so."
        found.append(Fault("words", says))
    if event.what in (What.CONFIRMED, What.DISMISSED) and event.by not in (By.COUNSEL, By.COURT):
        says = "Whether conduct waives is for counsel or the court to say; name which of them did."
        found.append(Fault("by", says))
    return tuple(found)


def _waiver(event: Event) -> list[Fault]:
    """Who may, in which way, and where the paper is."""
    found = []
    if event.by not in STANDS_IN:
        says = (
            "Only the holder, or a guardian or personal representative, can waive. What another"
            " says or does is written down as conduct, to be confirmed by counsel."
        )
        found.append(Fault("by", says))
    if event.how is not How.WRITING:
        says = (
            "A waiver that counts here is in writing. Words or testimony are written down as"
            " conduct, to be confirmed by counsel."
        )
        found.append(Fault("how", says))
    if not event.paper.strip():
        says = "Say where the signed paper lies."
        if event.by in (By.GUARDIAN, By.REPRESENTATIVE):
            says = "Say where the signed paper lies, and the document that lets this person sign."
        found.append(Fault("paper", says))
    return found


def _about(event: Event, before: tuple[Event, ...]) -> list[Fault]:
    kinds = ENDS[event.what]
    earlier = next((one for one in before if one.number == event.about), None)
    if earlier is None or earlier.holder != event.holder or earlier.what not in kinds:
        return [Fault("about", "Choose the earlier entry of the same person that this is about.")]
    if event.on < earlier.on:
        return [Fault("on", "This cannot have been before the entry that it is about.")]
    return []
