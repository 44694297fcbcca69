"""In which state a record is, and what may be done in it: one table, and how a chain is followed.
Pure.

    DRAFT ─sign→ SIGNED ─addend→ ADDENDED
                   └──────send──────┴→ WAITING ─cosign→ COSIGNED ─send→ WAITING
                                        │  ↑ └undo┘ ↑──undo──┘
                                        └return→ RETURNED ─revise→ WAITING
                                                          └take back→ WAITING
    every signed state ─strike→ IN_ERROR, from which only an addendum is possible

Rules: what the chain of revisions says is the state; a row that says something else was altered. An
approval reaches the words that stood when it was given and no later ones: a changed version, or an
addendum by the author, begins the approving anew. Nobody approves what she wrote. Nothing leads
out of *entered in error*, and no step takes a revision away (P5).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from stillroom.kernel import StillroomError


class State(Enum):
    """How far a record is. The words are what the page says."""

    DRAFT = "draft"
    SIGNED = "signed"
    WAITING = "waits for a co-signature"
    RETURNED = "returned for changes"
    COSIGNED = "co-signed"
    ADDENDED = "signed, with an addendum"
    IN_ERROR = "entered in error"


class Step(Enum):
    """What is done to a record; each but the discarding of a draft is a revision of its chain."""

    SIGN = "signed"
    SEND = "sent for co-signature"
    COSIGN_PART = "co-signed, others to follow"
    COSIGN = "co-signed"
    RETURN = "returned for changes"
    REVISE = "changed and signed again"
    TAKE_BACK = "return taken back"
    UNDO = "approval undone"
    ADDEND = "addendum"
    STRIKE = "entered in error"


class Who(Enum):
    """In which part somebody takes a step."""

    AUTHOR = "author"
    SUPERVISOR = "supervisor"
    CARER = "carer"


class NotNow(StillroomError):
    """A step that the record's state has no place for."""

    what = "this record has moved on, and that is no longer possible"
    usual_advice = "Look at it as it stands now; nothing that was written is lost."


BY: Mapping[Step, Who] = {
    Step.SIGN: Who.AUTHOR,
    Step.SEND: Who.AUTHOR,
    Step.REVISE: Who.AUTHOR,
    Step.COSIGN_PART: Who.SUPERVISOR,
    Step.COSIGN: Who.SUPERVISOR,
    Step.RETURN: Who.SUPERVISOR,
    Step.TAKE_BACK: Who.SUPERVISOR,
    Step.UNDO: Who.SUPERVISOR,
    Step.ADDEND: Who.CARER,
    Step.STRIKE: Who.CARER,
}
"""Who takes a step: the author, a supervisor who is not the author, or anybody who may write."""

LEADS: Mapping[tuple[State, Step], State] = {
    (State.DRAFT, Step.SIGN): State.SIGNED,
    (State.SIGNED, Step.SEND): State.WAITING,
    (State.ADDENDED, Step.SEND): State.WAITING,
    (State.COSIGNED, Step.SEND): State.WAITING,
    (State.WAITING, Step.SEND): State.WAITING,
    (State.WAITING, Step.COSIGN_PART): State.WAITING,
    (State.WAITING, Step.COSIGN): State.COSIGNED,
    (State.WAITING, Step.RETURN): State.RETURNED,
    (State.WAITING, Step.UNDO): State.WAITING,
    (State.COSIGNED, Step.UNDO): State.WAITING,
    (State.RETURNED, Step.REVISE): State.WAITING,
    (State.RETURNED, Step.TAKE_BACK): State.WAITING,
    (State.SIGNED, Step.ADDEND): State.ADDENDED,
    (State.ADDENDED, Step.ADDEND): State.ADDENDED,
    (State.WAITING, Step.ADDEND): State.WAITING,
    (State.RETURNED, Step.ADDEND): State.RETURNED,
    (State.COSIGNED, Step.ADDEND): State.COSIGNED,
    (State.IN_ERROR, Step.ADDEND): State.IN_ERROR,
    (State.SIGNED, Step.STRIKE): State.IN_ERROR,
    (State.ADDENDED, Step.STRIKE): State.IN_ERROR,
    (State.WAITING, Step.STRIKE): State.IN_ERROR,
    (State.RETURNED, Step.STRIKE): State.IN_ERROR,
    (State.COSIGNED, Step.STRIKE): State.IN_ERROR,
}
"""The whole table. A pair that is not here is not possible."""

WORDS = frozenset({Step.SIGN, Step.REVISE})
"""Steps that bring a version of the record's own words."""


@dataclass(frozen=True)
class Taken:
    """One step of a record's chain. `asked` are the supervisors to whom it was sent."""

    number: int
    step: Step
    by: str
    at: datetime
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Approval:
    """A co-signature that stands: whose, by which revision, when."""

    by: str
    number: int
    at: datetime


@dataclass(frozen=True)
class Course:
    """Where a record stands after all its steps.

    `version` is the number of the revision whose words are in force, `last` the last number of the
    chain. `returned` is the number of the return that has not been answered yet, or 0.
    """

    author: str
    state: State = State.DRAFT
    version: int = 0
    last: int = 0
    asked: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()
    returned: int = 0

    def approval_of(self, person: str) -> Approval | None:
        """A person's co-signature of what stands now."""
        return next((one for one in self.approvals if one.by == person), None)


def may(course: Course, step: Step, by: str) -> bool:
    """Whether this person could take this step now, as far as the record itself says."""
    if (course.state, step) not in LEADS:
        return False
    who = BY[step]
    if who is Who.AUTHOR and by != course.author:
        return False
    if who is Who.SUPERVISOR and by == course.author:
        return False
    return step is not Step.UNDO or course.approval_of(by) is not None


def after(course: Course, taken: Taken) -> Course:
    """Where a record stands after one more step, or `NotNow`."""
    if taken.number != course.last + 1 or not may(course, taken.step, taken.by):
        raise NotNow
    return replace(
        course,
        state=LEADS[course.state, taken.step],
        version=taken.number if taken.step in WORDS else course.version,
        last=taken.number,
        asked=taken.asked if taken.step is Step.SEND else course.asked,
        approvals=_approvals(course, taken),
        returned=_returned(course, taken),
    )


def _approvals(course: Course, taken: Taken) -> tuple[Approval, ...]:
    step, others = taken.step, tuple(one for one in course.approvals if one.by != taken.by)
    if step in (Step.COSIGN, Step.COSIGN_PART):
        return (*others, Approval(taken.by, taken.number, taken.at))
    if step is Step.UNDO:
        return others
    anew = (
        step in WORDS
        or (step is Step.SEND and course.state is State.COSIGNED)
        or (
            step is Step.ADDEND and taken.by == course.author and course.state is not State.COSIGNED
        )
    )
    return () if anew else course.approvals


def _returned(course: Course, taken: Taken) -> int:
    if taken.step is Step.RETURN:
        return taken.number
    answered = taken.step in (Step.REVISE, Step.TAKE_BACK)
    return 0 if answered else course.returned


def follow(author: str, steps: Iterable[Taken]) -> Course:
    """Where a record stands after all its steps, or `NotNow` if they could not have been so."""
    course = Course(author)
    for taken in steps:
        course = after(course, taken)
    return course
