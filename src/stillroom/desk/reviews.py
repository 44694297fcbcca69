"""What a record's page says of its course: each step in words, and what may be done next. Pure but
for `of_record`, which looks up who supervises and what the gate would permit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stillroom.access import Act, Purpose
from stillroom.chart import queries as charts
from stillroom.chart import reviewing
from stillroom.chart import rules_review as review
from stillroom.chart.queries import WholeRecord, Written
from stillroom.chart.states import Course, State, Step
from stillroom.identity.queries import Colleague
from stillroom.kernel import StillroomError
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice


@dataclass(frozen=True)
class Taken:
    """One step as a line beneath the note. `words` is what was said with it."""

    number: int
    step: Step
    heading: str
    words: str
    who: str
    at: datetime
    asked: tuple[str, ...]


@dataclass(frozen=True)
class Version:
    """One version of the record's own words, by its revision's number."""

    number: int
    nth: int
    who: str
    at: datetime


@dataclass(frozen=True)
class Onward:
    """What stands on the page: the state, the steps, the versions, and what this person may do."""

    state: State
    last: int
    steps: tuple[Taken, ...]
    versions: tuple[Version, ...]
    waits_for: tuple[str, ...]
    approved: tuple[tuple[str, datetime], ...]
    returned: Taken | None
    supervisors: tuple[tuple[str, str], ...]
    writes: bool
    decides: bool
    undo_until: datetime | None
    changes: bool
    sends: bool
    takes_back: bool = False
    author_gone: bool = False
    """Whoever wrote it does not care for this client any more, so nobody can change it."""


_HEADINGS = {
    Step.SEND: "Sent for co-signature",
    Step.COSIGN_PART: "Co-signed",
    Step.COSIGN: "Co-signed",
    Step.RETURN: "Returned for changes",
    Step.REVISE: "Changed and signed again",
    Step.UNDO: "Approval undone",
    Step.TAKE_BACK: "Return taken back",
    Step.ADDEND: "Addendum",
    Step.STRIKE: "Entered in error",
}
_LEFT = "somebody who has left"


def name_of(person: str, names: Mapping[str, Colleague]) -> str:
    """A colleague's name, also of one who has left."""
    return names[person].name if person in names else _LEFT


def steps(whole: WholeRecord, names: Mapping[str, Colleague]) -> tuple[Taken, ...]:
    """Everything after the first signing, in order."""
    return tuple(_taken(one, whole, names) for one in whole.revisions[1:])


def _taken(one: Written, whole: WholeRecord, names: Mapping[str, Colleague]) -> Taken:
    entered = review.Entered(one.number, one.addendum, one.content, one.signer, one.signed_at)
    struck = whole.course.state is State.IN_ERROR
    taken = review.taken(entered, struck=struck)
    says = taken.step is not Step.REVISE
    return Taken(
        one.number,
        taken.step,
        _HEADINGS[taken.step],
        review.words_of(one.content) if says else "",
        name_of(one.signer, names),
        one.signed_at,
        tuple(name_of(person, names) for person in taken.asked),
    )


def versions(whole: WholeRecord, names: Mapping[str, Colleague]) -> tuple[Version, ...]:
    """The versions of the record's own words, the first one first."""
    own = [one for one in whole.revisions if not one.addendum]
    return tuple(
        Version(one.number, nth, name_of(one.signer, names), one.signed_at)
        for nth, one in enumerate(own, start=1)
    )


def of_record(presence: Presence, whole: WholeRecord, names: Mapping[str, Colleague]) -> Onward:
    """Where a record stands, and what this person may do with it now."""
    course, me = whole.course, presence.person
    supervising = reviewing.everybody_supervising(whole.chart, presence)
    told = steps(whole, names)
    supervises = _supervises(presence, whole)
    cares = reviewing.author_cares(presence, whole.chart, course.author)
    return Onward(
        state=course.state,
        last=course.last,
        steps=told,
        versions=versions(whole, names),
        waits_for=tuple(name_of(one, names) for one in review.waits_for(course, supervising)),
        approved=tuple((name_of(one.by, names), one.at) for one in course.approvals),
        returned=next((one for one in told if one.number == course.returned), None),
        supervisors=tuple((one, name_of(one, names)) for one in supervising if one != me),
        writes=_may(presence, whole, Act.RECORD_WRITE, Purpose.TREATMENT),
        decides=_decides(presence, whole),
        undo_until=_undo_until(presence, whole),
        changes=course.state is State.RETURNED and whole.author == me,
        sends=_sends(course, me) and not whole.private and not whole.restricted,
        takes_back=course.state is State.RETURNED and course.author != me and supervises,
        author_gone=course.state in _WITH_ANOTHER and not cares,
    )


_WITH_ANOTHER = (State.WAITING, State.RETURNED)


def _sends(course: Course, me: str) -> bool:
    waits_for_nobody = course.state is State.WAITING and not course.asked
    able = course.state in (State.SIGNED, State.ADDENDED) or waits_for_nobody
    return able and course.author == me


def _may(presence: Presence, whole: WholeRecord, act: Act, purpose: Purpose) -> bool:
    if whole.private:
        return whole.author == presence.person
    cares = practice.cares_of(presence.person, whole.chart)
    ward = charts.chart_ward(whole.chart)
    return bridge.may(presence, act, purpose, ward, cares=cares)


def _supervises(presence: Presence, whole: WholeRecord) -> bool:
    return not whole.private and _may(presence, whole, Act.RECORD_COSIGN, Purpose.SUPERVISION)


def _decides(presence: Presence, whole: WholeRecord) -> bool:
    if whole.course.state is not State.WAITING or whole.author == presence.person:
        return False
    return whole.course.approval_of(presence.person) is None and _supervises(presence, whole)


def _undo_until(presence: Presence, whole: WholeRecord) -> datetime | None:
    approval = whole.course.approval_of(presence.person)
    if approval is None or whole.course.state not in (State.WAITING, State.COSIGNED):
        return None
    if not review.undoable(approval, presence.at) or not _supervises(presence, whole):
        return None
    return approval.at + review.UNDO_WITHIN


class NoSuchVersion(StillroomError):
    """A version was to be compared that this record does not have."""

    what = "this record has no such version"
    usual_advice = "Go back to the record; its versions stand beside it."


def pair(versions: Sequence[int], before: int, after: int) -> tuple[int, int]:
    """Two versions to compare, by number; 0 stands for the one before the last, and the last."""
    if len(versions) < 2 and not (before and after):
        raise NoSuchVersion
    chosen = (before or versions[-2], after or versions[-1])
    if not set(chosen) <= set(versions):
        raise NoSuchVersion
    return chosen


def waiting_for(since: datetime, at: datetime) -> timedelta:
    """How long something has waited; never less than nothing."""
    return max(at - since, timedelta())
