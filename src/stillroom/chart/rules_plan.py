"""The treatment plan: what stands, what goes into its next version, what a review changes. Pure.

Rules: an objective keeps its number for good; no number is used again in a chart, so that a note of
two years ago still names the same one. The newest signed plan is the one in force; reviews signed
after it say what became of its objectives until a newer version takes that in. A plan that was
entered in error counts for nothing but its numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from string import ascii_uppercase

from stillroom.chart.contents import Answer, Content

WORKING, MET, DROPPED = "working", "met", "dropped"
CONTINUED, CHANGED = "continue", "changed"


@dataclass(frozen=True)
class Problem:
    """What is the matter, and the goal it leads to."""

    letter: str
    words: str
    goal: str


@dataclass(frozen=True)
class Objective:
    """One objective. `state` is `working`, `met` or `dropped`, `since` the day on which that was
    said; `said` is the last review's words about its progress."""

    number: str
    of: str
    words: str
    measure: str = ""
    intervention: str = ""
    frequency: str = ""
    by: str = ""
    target: date | None = None
    state: str = WORKING
    since: date | None = None
    said: str = ""

    @property
    def open(self) -> bool:
        """Whether it is still worked on."""
        return self.state == WORKING


@dataclass(frozen=True)
class Signed:
    """A signed plan or review as the rules need it: which record, the moment it is about (in the
    practice's time zone), its words."""

    record: str
    at: datetime
    author: str
    content: Content

    @property
    def on(self) -> date:
        """The day it is about."""
        return self.at.date()


@dataclass(frozen=True)
class Plan:
    """The plan in force, with what its reviews said since."""

    record: str
    on: date
    author: str
    own_words: str
    problems: tuple[Problem, ...]
    objectives: tuple[Objective, ...]
    review_due: date | None
    reviewed_on: date | None = None
    changed: bool = False
    """Whether a review asks for words that no version of the plan has taken in yet."""

    @property
    def open(self) -> tuple[Objective, ...]:
        """The objectives worked on."""
        return tuple(one for one in self.objectives if one.open)

    def of(self, letter: str) -> tuple[Objective, ...]:
        """A problem's objectives."""
        return tuple(one for one in self.objectives if one.of == letter)


def day_of(text: str) -> date | None:
    """A day as it was typed, `None` if it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def in_force(plans: Iterable[Signed], reviews: Iterable[Signed]) -> Plan | None:
    """The newest of the signed plans with the reviews that came after it; `None` without any."""
    newest = max(plans, key=_when, default=None)
    if newest is None:
        return None
    plan = _read(newest)
    for review in sorted((one for one in reviews if one.at >= newest.at), key=_when):
        plan = _reviewed(plan, review)
    return plan


def _when(one: Signed) -> tuple[datetime, str]:
    return (one.at, one.record)


def _read(signed: Signed) -> Plan:
    content = signed.content
    return Plan(
        record=signed.record,
        on=signed.on,
        author=signed.author,
        own_words=content.answer("own_words").text,
        problems=tuple(
            Problem(row.get("letter", ""), row.get("problem", ""), row.get("goal", ""))
            for row in _filled(content.answer("problems"))
        ),
        objectives=tuple(_objective(row) for row in _filled(content.answer("objectives"))),
        review_due=day_of(content.answer("review_due").text),
    )


def _objective(row: Mapping[str, str]) -> Objective:
    said = {
        name: row.get(name, "").strip() for name in ("measure", "intervention", "frequency", "by")
    }
    return Objective(
        number=row.get("number", ""),
        of=row.get("of", ""),
        words=row.get("objective", ""),
        target=day_of(row.get("target", "")),
        state=row.get("state", "") or WORKING,
        since=day_of(row.get("since", "")),
        **said,
    )


def _filled(answer: Answer) -> list[Mapping[str, str]]:
    return [row for row in answer.rows if any(text.strip() for text in row.values())]


def _reviewed(plan: Plan, review: Signed) -> Plan:
    rows = {row.get("number", ""): row for row in _filled(review.content.answer("objectives"))}
    objectives = tuple(
        _after(one, rows[one.number], review.on) if one.number in rows else one
        for one in plan.objectives
    )
    return replace(
        plan,
        objectives=objectives,
        review_due=day_of(review.content.answer("review_due").text) or plan.review_due,
        reviewed_on=review.on,
        changed=plan.changed or any(row.get("outcome") != CONTINUED for row in rows.values()),
    )


def _after(one: Objective, row: Mapping[str, str], on: date) -> Objective:
    """An objective as a review leaves it."""
    said, outcome = row.get("progress", ""), row.get("outcome", "")
    words = row.get("words", "").strip() if outcome == CHANGED else ""
    target = day_of(row.get("target", "")) or one.target
    if outcome in (MET, DROPPED):
        return replace(one, said=said, state=outcome, since=on)
    return replace(one, said=said, words=words or one.words, target=target)


def next_number(*contents: Content) -> str:
    """The number for a new objective: above all that any version of the plan ever had."""
    return str(
        1 + max((int(number) for number in _numbers(contents) if number.isdigit()), default=0)
    )


def _numbers(contents: Sequence[Content]) -> Iterable[str]:
    for content in contents:
        yield from (row.get("number", "") for row in content.answer("objectives").rows)


def next_letter(content: Content) -> str:
    """The letter for a new problem: A, B, … Z, then AA."""
    used = {row.get("letter", "") for row in content.answer("problems").rows}
    letters: list[str] = [a + b for a in ("", *ascii_uppercase) for b in ascii_uppercase]
    return next(letter for letter in letters if letter not in used)


def carried(plan: Plan, before: Content) -> tuple[Answer, ...]:
    """The answers with which the next version of a plan begins: everything as it stood, with what
    the reviews said taken in. Agreement and the day of review are asked anew."""
    keep = ("own_words", "strengths", "done_when")
    kept = tuple(before.answer(name) for name in keep if not before.answer(name).empty)
    problems = tuple(
        {"letter": one.letter, "problem": one.words, "goal": one.goal} for one in plan.problems
    )
    objectives = tuple(_row(one) for one in plan.objectives)
    return (*kept, Answer("problems", rows=problems), Answer("objectives", rows=objectives))


def _row(one: Objective) -> dict[str, str]:
    row = {
        "number": one.number,
        "of": one.of,
        "objective": one.words,
        "measure": one.measure,
        "intervention": one.intervention,
        "frequency": one.frequency,
        "by": one.by,
        "target": one.target.isoformat() if one.target else "",
        "state": one.state,
        "since": one.since.isoformat() if one.since else "",
    }
    return {name: text for name, text in row.items() if text}


def to_review(plan: Plan) -> tuple[Answer, ...]:
    """The answers with which a review begins: each objective that is worked on, to be judged."""
    rows = tuple({"number": one.number, "objective": one.words} for one in plan.open)
    return (Answer("objectives", rows=rows),)
