"""The demonstration's plans, reviews and diagnoses could be signed as they stand, and its notes name
objectives that their plan has."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from stillroom.chart import rules
from stillroom.chart.checks import faults_on
from stillroom.chart.importing import ImportedNote
from stillroom.chart.kinds import KINDS, PROGRESS_NOTE
from stillroom.config import demo_plans
from stillroom.config.demo import DemoPractice, practice
from stillroom.config.demo.people import Chart
from stillroom.config.demo.records import Course

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def house() -> DemoPractice:
    return practice(412, 30, TODAY)


def every(house: DemoPractice) -> Iterator[tuple[Chart, Course]]:
    for chart in house.charts():
        yield chart, house.course(chart)


def records(house: DemoPractice) -> Iterator[ImportedNote]:
    for chart, course in every(house):
        yield from demo_plans.records(course, chart)


def test_each_could_be_signed_on_its_day(house: DemoPractice) -> None:
    kinds = set()
    for one in records(house):
        ((content, at),) = one.contents
        assert faults_on(KINDS[one.kind], content, at.date()) == [], one.kind
        kinds.add(one.kind)
    assert kinds == {"treatment_plan", "plan_review", "diagnoses"}


def test_moments_are_in_utc_as_the_database_gives_them_back(house: DemoPractice) -> None:
    """A signature binds the moment as it is spelled: one spelled otherwise would not verify."""
    for one in records(house):
        assert one.contents[0][1].utcoffset() == timedelta(0)


def test_a_note_names_what_its_plan_has_and_none_before_there_is_one(house: DemoPractice) -> None:
    blank = rules.blank(PROGRESS_NOTE)
    named = 0
    for _, course in every(house):
        for note in course.notes:
            chosen = demo_plans.serving(blank, note, course.plans).answer("objectives").chosen
            standing = [one for one in course.plans if one.written_on < note.written_at.date()]
            assert chosen == () or {int(one) for one in chosen} <= set(
                range(1, len(standing[-1].objectives) + 1)
            )
            named += bool(chosen)
    assert named > 100
