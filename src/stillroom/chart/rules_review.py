"""Co-signing: how a step is written down, read back out of a chain, and what it needs. Pure.

Rules: a step of the record (sent, co-signed, returned, undone, struck) is a content like any other,
sealed, hashed and signed; its form says which step it is. A note of somebody under supervision
waits until each supervisor to whom it was sent, and who supervises still, has co-signed it. An
approval can be undone by whoever gave it, with a reason, within `UNDO_WITHIN`; it stays in the
chain as undone. A return and an undoing need words, because somebody must act on them. What was
returned its author changes; whose author has left is not returned, and a return of before is taken
back, so that nothing waits for somebody who cannot come.
"""

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from stillroom.chart import rules
from stillroom.chart.contents import Content, Section
from stillroom.chart.states import Approval, Course, NotNow, State, Step, Taken, after
from stillroom.kernel import StillroomError

UNDO_WITHIN = timedelta(days=7)
"""How long whoever approved may undo it. After that an addendum says what is to be said."""

UNDER_SUPERVISION = frozenset({"supervised_trainee"})
"""Professions of the staff profile whose notes wait for a co-signature."""

_LONGEST = 4000
_STRUCK = "in_error"
_ASKED = "Asked"
_WORDS = "Words"
_FORMS = {
    Step.SEND: "Sent for co-signature",
    Step.COSIGN_PART: "Co-signed, others to follow",
    Step.COSIGN: "Co-signed",
    Step.RETURN: "Returned for changes",
    Step.UNDO: "Approval undone",
    Step.TAKE_BACK: "Return taken back",
    Step.STRIKE: "Entered in error",
}
_STEPS = {form: step for step, form in _FORMS.items()}
_STRUCK_BEFORE = "Entered in error."
"""How an addendum began that struck a record before steps had forms of their own."""


class WordsMissing(StillroomError):
    """A return, an undoing or a striking out without a reason."""

    what = "it is not said why"
    usual_advice = "Say in a sentence what is to change or what was wrong; the author reads it."


class WordsTooLong(StillroomError):
    """A reason that is a treatise."""

    what = "that is longer than a reason has room for"
    usual_advice = f"Shorten it to {_LONGEST} letters; what you typed is still here."


class TooLateToUndo(StillroomError):
    """An approval older than `UNDO_WITHIN`."""

    what = f"an approval can be undone for {UNDO_WITHIN.days} days, and these are over"
    usual_advice = "Add an addendum that says what is to be said; it stands beneath the note."


class ChangedMeanwhile(StillroomError):
    """Something was added to the chain since the page was read."""

    what = "this record has changed since you read it"
    usual_advice = "Read it as it stands now, then decide; what you typed is still here."


class AuthorGone(StillroomError):
    """Returned to somebody who cannot change it any more."""

    what = "its author does not care for this client any more, and nobody else can change it"
    usual_advice = (
        "Ask whoever treats now to add what is missing as an addendum; then co-sign. What you typed"
        " is still here."
    )


class ChangesBegun(StillroomError):
    """A return was to be taken back while its author is at work."""

    what = "the author has begun to change it"
    usual_advice = "Wait until it is signed again, or ask her to discard her changes."


class NobodyToAsk(StillroomError):
    """Nobody supervises this chart, or nobody was chosen."""

    what = "nobody was named who supervises this chart"
    usual_advice = "Choose a supervisor; if none is offered, take one in on the care team’s page."


@dataclass(frozen=True)
class Entered:
    """One revision of a chain as it is read back: what it says and who signed it."""

    number: int
    addendum: bool
    content: Content
    by: str
    at: datetime


def needs_cosigning(profession: str, *, private: bool) -> bool:
    """Whether the notes of somebody of this profession wait. Private notes have one reader (P4)."""
    return profession in UNDER_SUPERVISION and not private


def step_content(step: Step, words: str = "", asked: Sequence[str] = ()) -> Content:
    """A step as it is sealed and signed."""
    sections = [Section(_WORDS, words.strip())]
    if step is Step.SEND:
        sections.append(Section(_ASKED, " ".join(asked)))
    return Content(_FORMS[step], tuple(sections), salt=secrets.token_bytes(16))


def require_words(words: str) -> str:
    """The reason without the space around it, or what is wrong with it."""
    reason = words.strip()
    if not reason:
        raise WordsMissing
    if len(reason) > _LONGEST:
        raise WordsTooLong
    return reason


def is_step(content: Content) -> bool:
    """Whether a content is a step of supervision or a striking out, and no words of the record."""
    return content.form in _STEPS


def step_of(entered: Entered, *, struck: bool = False) -> Step:
    """Which step a revision is. `struck`: the record's row says that it is entered in error, so
    that an addendum which says so in the old way did it."""
    form = entered.content.form
    if form in _STEPS:
        return _STEPS[form]
    if entered.addendum:
        did = struck and words_of(entered.content).startswith(_STRUCK_BEFORE)
        return Step.STRIKE if did else Step.ADDEND
    return Step.SIGN if entered.number == 1 else Step.REVISE


def words_of(content: Content) -> str:
    """What was said with a step."""
    return next((part.text for part in content.sections if part.name != _ASKED), "")


def taken(entered: Entered, *, struck: bool = False) -> Taken:
    """A revision as a step of its record's course."""
    asked = next((part.text for part in entered.content.sections if part.name == _ASKED), "")
    step = step_of(entered, struck=struck)
    return Taken(
        entered.number,
        step,
        entered.by,
        entered.at,
        tuple(asked.split()) if step is Step.SEND else (),
    )


def course_of(author: str, chain: Iterable[Entered], *, struck: bool = False) -> Course:
    """Where a record stands by its chain, or `RecordAltered` if no chain could be so."""
    course = Course(author)
    for one in chain:
        step = taken(one, struck=struck)
        if step.step is Step.STRIKE and course.state is State.IN_ERROR:
            # Before there was a table, a record could be struck twice; the second is an addendum.
            step = Taken(step.number, Step.ADDEND, step.by, step.at)
        try:
            course = after(course, step)
        except NotNow:
            raise rules.RecordAltered from None
    return course


def checked_course(author: str, chain: Iterable[Entered], *, struck: bool) -> Course:
    """The same, and `RecordAltered` if the record's row says otherwise of its being struck."""
    course = course_of(author, chain, struck=struck)
    if (course.state is State.IN_ERROR) != struck:
        raise rules.RecordAltered
    return course


class Signed(Protocol):
    """A revision as a query gives it."""

    @property
    def number(self) -> int: ...
    @property
    def addendum(self) -> bool: ...
    @property
    def content(self) -> Content: ...
    @property
    def signer(self) -> str: ...
    @property
    def signed_at(self) -> datetime: ...


def course_of_written(author: str, state: str, revisions: Iterable[Signed]) -> Course:
    """Where a record stands by revisions as a query gives them, checked against its row's state."""
    chain = (Entered(o.number, o.addendum, o.content, o.signer, o.signed_at) for o in revisions)
    return checked_course(author, chain, struck=state == _STRUCK)


def cosigns_as(course: Course, person: str, supervising: Collection[str]) -> Step:
    """`COSIGN` when with this person's co-signature nobody is missing, else `COSIGN_PART`."""
    missing = [
        one
        for one in course.asked
        if one in supervising and one != person and course.approval_of(one) is None
    ]
    return Step.COSIGN_PART if missing else Step.COSIGN


def waits_for(course: Course, supervising: Collection[str]) -> tuple[str, ...]:
    """Who still has to look at a record that waits: of those asked, who supervise still; where
    none of them does, everybody who supervises now."""
    if course.state is not State.WAITING:
        return ()
    still = [one for one in course.asked if one in supervising] or sorted(supervising)
    return tuple(one for one in still if course.approval_of(one) is None and one != course.author)


def undoable(approval: Approval | None, at: datetime) -> bool:
    """Whether an approval may still be undone at this moment."""
    return approval is not None and at - approval.at <= UNDO_WITHIN


def require_asked(
    asked: Iterable[str], supervising: Collection[str], author: str
) -> tuple[str, ...]:
    """Those of the asked who supervise this chart, each once; `NobodyToAsk` if none does."""
    fitting = tuple(one for one in dict.fromkeys(asked) if one in supervising and one != author)
    if not fitting:
        raise NobodyToAsk
    return fitting
