"""Reading the plan, its thread and the diagnoses of a chart, each with one entry in the log (P1).

course = plan_course(presence, chart_id)       # the plan in force and all its versions
strands = golden_thread(presence, chart_id)    # the same, with what the notes did for it
objective_options(presence, chart_id)          # what a note may name: (number, words)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from django.utils import timezone

from stillroom.chart._kinds_plan import CERTAINTIES as CERTAINTIES
from stillroom.chart._kinds_plan import DIAGNOSES as DIAGNOSES
from stillroom.chart._kinds_plan import PLAN_REVIEW as PLAN_REVIEW
from stillroom.chart._kinds_plan import TREATMENT_PLAN as TREATMENT_PLAN
from stillroom.chart.contents import Content
from stillroom.chart.kinds import Options
from stillroom.chart.models import Record
from stillroom.chart.rules_diagnoses import Diagnosis, diagnoses
from stillroom.chart.rules_plan import Plan, Signed, in_force
from stillroom.chart.rules_thread import Thread, Told, begun_on, thread
from stillroom.chart.whole import SignedWords, whole_chart
from stillroom.phi import Presence

NOTES = ("progress_note", "group_session", "contact_note")
"""The shelves on which a note may stand that served an objective."""


@dataclass(frozen=True)
class Course:
    """A chart's plans and reviews, oldest first, and what stands by them."""

    plan: Plan | None
    versions: tuple[Signed, ...]
    reviews: tuple[Signed, ...]
    numbered: tuple[Content, ...] = ()
    """Every plan that was ever signed, those entered in error too: their numbers are taken."""

    @property
    def latest(self) -> Content | None:
        """The words of the version in force."""
        found = (
            one.content for one in self.versions if self.plan and one.record == self.plan.record
        )
        return next(found, None)

    @property
    def begun(self) -> dict[str, date]:
        """The day on which each objective first stood in a plan."""
        return begun_on((one.on, one.content) for one in self.versions)


@dataclass(frozen=True)
class Listed:
    """The newest signed list of diagnoses, and where it stands."""

    record: str
    on: date
    author: str
    lines: tuple[Diagnosis, ...]


def standing(words: Iterable[SignedWords]) -> list[SignedWords]:
    """Of signed revisions, the records themselves that were not entered in error."""
    return [one for one in words if not one.addendum and one.state == Record.State.SIGNED]


def local(one: SignedWords, zone: tzinfo | None = None) -> datetime:
    """The moment that a record is about, by the practice's clock."""
    return one.occurred_at.astimezone(zone or timezone.get_current_timezone())


def _signed(one: SignedWords) -> Signed:
    return Signed(one.record, local(one), one.author, one.content)


def course_of(words: Sequence[SignedWords]) -> Course:
    """Plans and reviews among what was signed in a chart."""
    found = standing(words)
    plans = tuple(_signed(one) for one in found if one.kind is TREATMENT_PLAN)
    reviews = tuple(_signed(one) for one in found if one.kind is PLAN_REVIEW)
    every = (one for one in words if not one.addendum and one.kind is TREATMENT_PLAN)
    return Course(in_force(plans, reviews), plans, reviews, tuple(one.content for one in every))


def thread_of(course: Course, words: Sequence[SignedWords]) -> Thread | None:
    """The thread of the plan in force through the notes among `words`; `None` without a plan."""
    if course.plan is None:
        return None
    zone = timezone.get_current_timezone()
    notes = (
        Told(
            one.record, local(one, zone), one.kind.titled(one.content.form), one.author, one.content
        )
        for one in standing(words)
        if one.shelf in NOTES
    )
    return thread(course.plan, course.begun, notes)


def diagnoses_of(words: Sequence[SignedWords]) -> Listed | None:
    """The newest list of diagnoses among what was signed in a chart."""
    found = [one for one in standing(words) if one.kind is DIAGNOSES]
    if not found:
        return None
    newest = max(found, key=lambda one: (one.occurred, one.record))
    return Listed(newest.record, local(newest).date(), newest.author, diagnoses(newest.content))


def plan_course(presence: Presence, chart_id: str) -> Course:
    """The plan in force, its versions and reviews."""
    return course_of(whole_chart(presence, chart_id, shelves=(TREATMENT_PLAN.shelf,)))


def golden_thread(presence: Presence, chart_id: str) -> tuple[Course, Thread | None]:
    """The plan with what the chart's notes did for each of its objectives."""
    words = whole_chart(presence, chart_id, shelves=(TREATMENT_PLAN.shelf, *NOTES))
    course = course_of(words)
    return course, thread_of(course, words)


def current_diagnoses(presence: Presence, chart_id: str) -> tuple[Listed | None, Content | None]:
    """The newest list of diagnoses, read and as it was written."""
    words = whole_chart(presence, chart_id, shelves=(DIAGNOSES.shelf,))
    listed = diagnoses_of(words)
    found = (one.content for one in standing(words) if listed and one.record == listed.record)
    return listed, next(found, None)


def objective_options(presence: Presence, chart_id: str) -> Options:
    """The objectives that a note may name: number, and number with words."""
    plan = plan_course(presence, chart_id).plan
    return tuple((one.number, f"{one.number}. {one.words}") for one in plan.open) if plan else ()
