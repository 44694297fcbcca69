"""Which records go into a packet: chosen for the therapist, possible, or never.

Rules kept:
- A record can be chosen only if the law *surely* lets its kind out, and, where that rests on the
  client's paper, only if that paper reaches this very record (kind, day, recipient, purpose).
- Psychotherapy notes and SUD counseling notes also need a paper of their own, always. Paths that
  the law names without one (45 CFR 164.508(a)(2)) are not walked by the packet builder.
- What a restriction stands against is chosen on the answer that the law gives under it.
- What was not asked for is never chosen for you; what lies outside the asked days cannot be chosen.
- Nothing but `select` makes a `Selection`, and a packet takes nothing but a `Selection`.

Sources: 45 CFR 164.508(a)(1)-(2), 164.522(a); 42 CFR 2.11, 2.31(b).
"""

from collections.abc import Iterable, Mapping
from dataclasses import InitVar, dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo
from enum import Enum

from stillroom.consent.rules import PRIVATE_KINDS, Authorization, Release, releases
from stillroom.disclosure.rules_opinion import SHUT, Answer
from stillroom.disclosure.rules_restricting import Limits, why
from stillroom.kernel import Misuse, StillroomError, Trilean

_OWN_PAPER = {
    "psychotherapy_notes": ("45 CFR 164.508(a)(2)", "an authorization of their own"),
    "sud_counseling_notes": (
        "42 CFR 2.11 (SUD counseling notes); 2.31(b)",
        "a consent of their own",
    ),
}
_BY_PAPER = "45 CFR 164.508(a)(1)"


class NotReleasable(StillroomError):
    """Somebody picked a record that may not leave."""

    what = "a record was picked that may not leave"
    usual_advice = "Take it out of the packet; the reason stands beside it."


class NoLongerLawful(StillroomError):
    """Between proof and release something changed: a paper was taken back, a fact was learned."""

    what = "a record in this packet may no longer leave"
    usual_advice = "Nothing was sent. Look at the answer again and build the packet anew."


class State(Enum):
    """What may become of one record."""

    CHOSEN = "chosen"
    MAY = "may"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One signed record of the chart, by what is needed to judge it; none of its words."""

    id: str
    kind: str
    occurred_on: date | None
    title: str = ""
    restricted: bool = False
    """Kept to those who treat, as agreed with the client (45 CFR 164.522(a)): a person chooses it,
    where the client asks for it herself or the law does."""
    earlier: int = 0
    """How many versions a supervisor returned before the one in force."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What may become of a record, and why. `paper` is the authorization it rests on, if any."""

    record: Candidate
    state: State
    why: str
    citation: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the choice is made on: the answers by kind, the release asked for, the client's papers.

    `bare` are the answers as if the client had signed nothing.
    """

    answers: Mapping[str, Answer]
    bare: Mapping[str, Answer]
    release: Release
    authorizations: tuple[Authorization, ...]
    at: datetime
    zone: tzinfo = UTC
    law: Mapping[str, str] = field(default_factory=dict)
    """A citation for each kind that is open or shut by law alone; may be empty."""
    limits: Limits = field(default_factory=Limits)
    """What the client asked to be kept back."""


def preselect(records: Iterable[Candidate], ground: Ground) -> tuple[Choice, ...]:
    """A choice for each record, in the order given."""
    return tuple(_limited(record, ground) for record in records)


def _limited(record: Candidate, ground: Ground) -> Choice:
    """The choice under the restrictions that stand against this record, if any do."""
    recipient = ground.release.recipient
    those, answers = ground.limits.on(record.kind, record.occurred_on, recipient)
    if not those:
        return _choose(record, ground)
    full, bare = answers if answers is not None else ({}, {})
    choice = _choose(record, replace(ground, answers=full, bare=bare))
    if choice.state is not State.NEVER or _choose(record, ground).state is State.NEVER:
        return choice
    return Choice(record, State.NEVER, *why(those))


def _choose(record: Candidate, ground: Ground) -> Choice:
    answer = ground.answers.get(record.kind, SHUT)
    if not answer.open:
        return _shut(record, answer, ground)
    bare = ground.bare.get(record.kind, SHUT)
    paper = _paper(record, ground)
    if record.kind in PRIVATE_KINDS and not paper:
        return _private(record)
    if not bare.open and not paper:
        says = "No authorization in force reaches this record for this recipient and purpose."
        return Choice(record, State.NEVER, says, _BY_PAPER)
    citation = ground.law.get(record.kind, "") if bare.open and not paper else _cite(record.kind)
    return _asked(record, ground, citation, paper)


def _cite(kind: str) -> str:
    return _OWN_PAPER[kind][0] if kind in _OWN_PAPER else _BY_PAPER


def _paper(record: Candidate, ground: Ground) -> str:
    """The first paper that surely releases this record now; empty for none."""
    for auth in ground.authorizations:
        answer = releases(
            auth, record.kind, record.occurred_on, ground.release, at=ground.at, zone=ground.zone
        )
        if answer is Trilean.YES:
            return auth.id
    return ""


def _shut(record: Candidate, answer: Answer, ground: Ground) -> Choice:
    if record.kind in PRIVATE_KINDS:
        return _private(record)
    citation = ground.law.get(record.kind, "")
    if answer.high > answer.low:
        says = "Not surely permitted: an answer is still missing."
        return Choice(record, State.NEVER, says, citation)
    return Choice(record, State.NEVER, "No rule lets records of this kind out.", citation)


def _private(record: Candidate) -> Choice:
    citation, own = _OWN_PAPER[record.kind]
    says = f"These notes leave only by {own}, for them alone."
    return Choice(record, State.NEVER, says, citation)


def _asked(record: Candidate, ground: Ground, citation: str, paper: str) -> Choice:
    """The law lets it out; was it asked for?"""
    inside = ground.release.period.holds(record.occurred_on)
    if inside is Trilean.NO:
        says = "Outside the days that were asked for."
        return Choice(record, State.NEVER, says)
    if inside is Trilean.YES and record.kind in ground.release.kinds:
        return Choice(record, State.CHOSEN, "Asked for, and may leave.", citation, paper)
    says = "May leave, but was not surely asked for."
    return Choice(record, State.MAY, says, citation, paper)


_BY_SELECT = object()


@dataclass(frozen=True, slots=True)
class Selection:
    """Records that may leave together. Only `select` makes one; making it by hand is a `Misuse`."""

    choices: tuple[Choice, ...]
    release: Release
    token: InitVar[object] = None

    def __post_init__(self, token: object) -> None:
        if token is not _BY_SELECT:
            raise Misuse("a selection is made by `select` alone")

    @property
    def papers(self) -> frozenset[str]:
        """The authorizations on which some of it rests."""
        return frozenset(choice.paper for choice in self.choices if choice.paper)


def select(choices: Iterable[Choice], picked: Iterable[str], release: Release) -> Selection:
    """The picked records as one selection, in the order of `choices`.

    Raises `NotReleasable` if one of them is NEVER, unknown, or picked twice; picking nothing too.
    """
    wanted = list(picked)
    chosen = tuple(choice for choice in choices if choice.record.id in set(wanted))
    never = any(choice.state is State.NEVER for choice in chosen)
    if never or len(chosen) != len(wanted) or not wanted:
        raise NotReleasable
    if any(choice.record.kind in PRIVATE_KINDS and not choice.paper for choice in chosen):
        raise NotReleasable
    return Selection(chosen, release, _BY_SELECT)


def still_lawful(selection: Selection, ground: Ground) -> None:
    """Ask again at the moment of release, with the papers and answers of that moment (T17).

    Raises `NoLongerLawful` if any record of the selection may not leave now.
    """
    if selection.release != ground.release:
        raise NoLongerLawful
    fresh = preselect((choice.record for choice in selection.choices), ground)
    if any(choice.state is State.NEVER for choice in fresh):
        raise NoLongerLawful
