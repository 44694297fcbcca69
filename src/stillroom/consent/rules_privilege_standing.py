"""How each holder's privilege stands, from what happened to it. Pure.

Rules kept:
- Every reading begins by leaving out all other holders: nobody's event touches another's privilege.
  Of a chart that several hold, a waiver is sure only where each of them has surely waived.
- Only a waiver that the holder, or somebody who stands in her place by a paper on file, gave in
  writing surely waives; spoken words, conduct, and what another party claims leave it unknown (P6)
  until counsel or the court has said so.
- Silence of this register is no proof: where nothing is written down, the answer is unknown.
- After a death only a personal representative acts; what the holder did before stands.
- Sure is only what reaches every kind, every day and the very proceeding that is asked about.

That the waiver of one joint holder does not bind the others is written in Cal. Evid. Code § 912(b);
it is kept here for every place, because where a statute says nothing, nothing else is safe.

>>> from datetime import date
>>> waived = Event(1, "dov", What.WAIVED, date(2026, 3, 1), By.HOLDER, "Dov", How.WRITING, "file 3")
>>> asked = Scope(frozenset({"progress_notes"}))
>>> is_waived([waived], ("dov",), asked, date(2026, 4, 1))
<Trilean.YES: 'yes'>
>>> is_waived([waived], ("dov", "eve"), asked, date(2026, 4, 1))
<Trilean.UNKNOWN: 'unknown'>
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import reduce
from operator import and_

from stillroom.consent.rules_privilege import ALL, STANDS_IN, By, Event, How, Scope, What
from stillroom.kernel import Trilean


class Status(Enum):
    """How one holder's privilege stands, the strongest word first."""

    WAIVED = "waived"
    AT_ISSUE = "at issue by exception"
    CONDUCT = "said to be waived by conduct"
    PARTLY = "waived in part"
    ASSERTED = "asserted"
    INTACT = "intact"


@dataclass(frozen=True, slots=True)
class Standing:
    """One holder's privilege on one day: the events that still stand, by what they are."""

    holder: str
    asserted: tuple[Event, ...] = ()
    waived: tuple[Event, ...] = ()
    conduct: tuple[Event, ...] = ()
    at_issue: tuple[Event, ...] = ()
    died: date | None = None

    @property
    def status(self) -> Status:
        """The one word that a margin has room for; the page has all of it."""
        if any(one.scope == ALL and sure_waiver(one, self) for one in self.waived):
            return Status.WAIVED
        if self.at_issue:
            return Status.AT_ISSUE
        if self.conduct:
            return Status.CONDUCT
        if self.waived:
            return Status.PARTLY
        return Status.ASSERTED if self.asserted else Status.INTACT


def standing(events: Iterable[Event], holder: str, on: date) -> Standing:
    """How one holder's privilege stands at the end of a day. Events of others are not looked at."""
    own = [one for one in events if one.holder == holder and one.on <= on]
    ended = {one.about for one in own if one.what in (What.DISMISSED, What.WITHDRAWN)}
    confirmed = {one.about: one for one in own if one.what is What.CONFIRMED}
    alive = [one for one in own if one.number not in ended]
    deaths = [one.on for one in own if one.what is What.DIED]
    sure = [one for one in alive if one.what is What.CONDUCT and _settled(one, confirmed, ended)]
    return Standing(
        holder=holder,
        asserted=tuple(one for one in alive if one.what is What.ASSERTED),
        waived=tuple([one for one in alive if one.what is What.WAIVED] + sure),
        conduct=tuple(one for one in alive if one.what is What.CONDUCT and one not in sure),
        at_issue=tuple(one for one in alive if one.what is What.AT_ISSUE),
        died=min(deaths) if deaths else None,
    )


def _settled(event: Event, confirmed: dict[int, Event], ended: set[int]) -> bool:
    """Whether counsel or the court has confirmed it, and that was not taken back."""
    return event.number in confirmed and confirmed[event.number].number not in ended


def sure_waiver(event: Event, stands: Standing) -> bool:
    """Whether a standing waiver surely waives: in writing, on a paper that is there, by who may.

    Conduct stands among the waivers only once counsel or the court has confirmed it.
    """
    if event.what is What.CONDUCT:
        return True
    late = stands.died is not None and event.on > stands.died
    may = event.by is By.REPRESENTATIVE if late else event.by in STANDS_IN
    return may and event.how is How.WRITING and bool(event.paper.strip())


def waived_by(stands: Standing, asked: Scope) -> Trilean:
    """Whether this holder has waived for this. NO only where she claims it and nothing else is."""
    found = [(one, one.scope.holds(asked)) for one in stands.waived]
    if any(sure_waiver(one, stands) and reach is Trilean.YES for one, reach in found):
        return Trilean.YES
    open_ones = [*(one for one, _ in found), *stands.conduct, *stands.at_issue]
    if any(one.scope.holds(asked) is not Trilean.NO for one in open_ones):
        return Trilean.UNKNOWN
    claims = any(one.scope.holds(asked) is Trilean.YES for one in stands.asserted)
    return Trilean.NO if claims else Trilean.UNKNOWN


def at_issue_for(stands: Standing, asked: Scope) -> Trilean:
    """Whether this holder has put her condition at issue in this. Never NO: silence proves
    nothing."""
    reached = any(
        one.condition
        and bool(one.citation)
        and one.by is not By.OTHER_PARTY
        and one.scope.holds(asked) is Trilean.YES
        for one in stands.at_issue
    )
    return Trilean.YES if reached else Trilean.UNKNOWN


def is_waived(events: Sequence[Event], holders: Sequence[str], asked: Scope, on: date) -> Trilean:
    """The fact `privilege_waived` of a chart: YES if every holder has, NO if one surely has not."""
    return _all([waived_by(standing(events, one, on), asked) for one in holders])


def is_at_issue(events: Sequence[Event], holders: Sequence[str], asked: Scope, on: date) -> Trilean:
    """The fact `condition_at_issue` of a chart: YES only if it is so of every holder."""
    return _all([at_issue_for(standing(events, one, on), asked) for one in holders])


def _all(answers: Sequence[Trilean]) -> Trilean:
    return reduce(and_, answers) if answers else Trilean.UNKNOWN


PRIVILEGE_FACTS = frozenset({"privilege_waived", "condition_at_issue", "client_deceased"})
"""The facts of the law that a register of privilege may settle."""


def _has_died(events: Sequence[Event], holders: Sequence[str], on: date) -> Trilean:
    """Whether the one client has died; of several holders the law's question fits none alone."""
    if len(holders) != 1 or standing(events, holders[0], on).died is None:
        return Trilean.UNKNOWN
    return Trilean.YES


def privilege_facts(
    events: Sequence[Event], holders: Sequence[str], asked: Scope, on: date
) -> dict[str, Trilean]:
    """What the register surely says to the law; what it does not surely say is left out."""
    found = {
        "privilege_waived": is_waived(events, holders, asked, on),
        "condition_at_issue": is_at_issue(events, holders, asked, on),
        "client_deceased": _has_died(events, holders, on),
    }
    return {name: value for name, value in found.items() if value is not Trilean.UNKNOWN}
