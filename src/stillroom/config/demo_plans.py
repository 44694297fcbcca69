"""The demonstration's plans, their reviews, its diagnoses, and what its notes serve, as records.

Everything follows from what `demo` tells of a chart. Which objective a note served is chosen by the
words that the two share, and where they share none, by turns: made up, like all of it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from stillroom.chart import rules
from stillroom.chart.contents import Answer, Content
from stillroom.chart.icd10cm import catalogue
from stillroom.chart.importing import ImportedNote
from stillroom.chart.kinds import Kind
from stillroom.chart.queries_plan import DIAGNOSES, PLAN_REVIEW, TREATMENT_PLAN
from stillroom.config.demo.people import Chart
from stillroom.config.demo.records import Course, Note, Plan

_AT = time(22, 30)
_TARGET = timedelta(weeks=26)
_MET_IN = 2
"""From this review on, the first objective is met: a plan that never changes is nobody's."""

_PROGRESS = (
    "Further than at the last look, by the record kept between sessions.",
    "Comes and goes with the week; more weeks with it than without.",
    "Slower than hoped. What gets in the way is known now and is being worked on.",
    "Held through a hard month, which it would not have been before.",
)


def records(course: Course, chart: Chart) -> Iterator[ImportedNote]:
    """Plans, the reviews between them, and the list of diagnoses from the intake on."""
    if chart.diagnoses and course.notes:
        first = course.notes[0].written_at
        yield _record(DIAGNOSES, first, _diagnoses(chart))
    for nth, plan in enumerate(course.plans):
        at = _moment(plan.written_on)
        if nth:
            yield _record(PLAN_REVIEW, at - timedelta(minutes=20), _review(plan, nth))
        yield _record(TREATMENT_PLAN, at, _plan(plan, nth))


def _moment(day: date) -> datetime:
    return datetime.combine(day, _AT, UTC)


def _record(kind: Kind, at: datetime, fields: dict[str, str]) -> ImportedNote:
    content = rules.written(kind, kind.first_form, fields)
    return ImportedNote(kind.id, at, ((content, at),))


def _plan(plan: Plan, nth: int) -> dict[str, str]:
    fields = {
        "problems.0.letter": "A",
        "problems.0.problem": plan.problem,
        "problems.0.goal": plan.goal,
        "review_due": plan.review_by.isoformat(),
        "participation": "together",
        "agreement": "said",
        "agreed_on": plan.written_on.isoformat(),
    }
    for at, words in enumerate(plan.objectives):
        met = at == 0 and nth >= _MET_IN
        fields |= {
            f"objectives.{at}.{name}": text
            for name, text in {
                "number": str(at + 1),
                "of": "A",
                "objective": words,
                "intervention": _for(words, plan.interventions, at),
                "frequency": "each session",
                "by": "client and clinician",
                "target": (plan.written_on + _TARGET).isoformat(),
                "state": "met" if met else "working",
                "since": plan.written_on.isoformat() if met else "",
            }.items()
        }
    return fields


def _for(objective: str, interventions: Sequence[str], at: int) -> str:
    """What is done for an objective: what shares most words with it, else the one in its place."""
    wanted = _stems(objective)
    best = max(interventions, key=lambda one: len(wanted & _stems(one)))
    return best if wanted & _stems(best) else interventions[at % len(interventions)]


def _review(plan: Plan, nth: int) -> dict[str, str]:
    fields = {
        "overall": "Attends and does the work between sessions. Treatment goes as the plan says.",
        "necessity": f"Care goes on for what is not reached yet. {plan.problem}",
        "review_due": plan.review_by.isoformat(),
        "participation": "together",
        "agreement": "said",
    }
    for at, words in enumerate(plan.objectives):
        met = at == 0 and nth == _MET_IN
        fields |= {
            f"objectives.{at}.number": str(at + 1),
            f"objectives.{at}.objective": words,
            f"objectives.{at}.progress": _PROGRESS[(at + nth) % len(_PROGRESS)],
            f"objectives.{at}.outcome": "met" if met else "continue",
        }
    return fields


def _diagnoses(chart: Chart) -> dict[str, str]:
    fields: dict[str, str] = {}
    codes = catalogue().codes
    for at, one in enumerate(chart.diagnoses):
        known = codes.get(one.code)
        fields |= {
            f"diagnoses.{at}.code": one.code,
            f"diagnoses.{at}.title": known.title if known else one.text,
            f"diagnoses.{at}.certainty": "confirmed",
        }
        if at == 0:
            fields[f"diagnoses.{at}.principal"] = "yes"
    return fields


def serving(content: Content, note: Note, plans: Sequence[Plan]) -> Content:
    """The note's content with the objectives that it served; none before there is a plan."""
    day = note.written_at.date()
    standing = [plan for plan in plans if plan.written_on < day]
    if not standing or not standing[-1].objectives:
        return content
    numbers = _served(note, standing[-1].objectives)
    return rules.answering(content, Answer("objectives", chosen=numbers))


def _served(note: Note, objectives: Sequence[str]) -> tuple[str, ...]:
    said = _stems(note.words)
    shared = [len(said & _stems(words)) for words in objectives]
    best = max(shared)
    if best == 0:
        # Every seventh note is on nobody's thread, as in real charts.
        return () if note.session % 7 == 3 else (str(note.session % len(objectives) + 1),)
    return tuple(str(at + 1) for at, count in enumerate(shared) if count == best)[:2]


def _stems(words: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{5,}", words.lower())} - {"sessi", "weeks"}
