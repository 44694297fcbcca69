"""The picture of a course: everything on the sheet, in order, and told without colour."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart.measures import Score, load
from stillroom.desk.trend import BOTTOM, LEFT, RIGHT, TOP, Point, draw

START = datetime(2025, 1, 7, 15, tzinfo=UTC)
MEASURES = load().measures
SCORES = [one.rules.main_score for one in MEASURES.values() if one.rules.main_score]


def points(values: list[int], *, apart: int = 14) -> list[Point]:
    return [Point(START + timedelta(days=apart * n), v, str(n)) for n, v in enumerate(values)]


def phq() -> Score:
    score = MEASURES["phq-9"].rules.main_score
    assert score is not None
    return score


@given(st.lists(st.integers(0, 27), min_size=2, max_size=40), st.sampled_from(SCORES))
def test_every_mark_stands_on_the_sheet_in_the_order_of_its_day(
    values: list[int], score: Score
) -> None:
    high = score.bands[-1].high if score.bands else 27
    picture = draw(score, points([min(one, high) for one in values]))
    assert picture is not None
    across = [mark.x for mark in picture.marks]
    assert across == sorted(across)
    assert (across[0], across[-1]) == (LEFT, RIGHT)
    assert all(TOP <= mark.y <= BOTTOM for mark in picture.marks)
    named = [line.y for line in picture.names]
    assert all(above - below >= 12.9 for above, below in pairwise(named))
    assert all(line.y > 0 for line in picture.names)


@given(st.integers(0, 27), st.integers(0, 27))
def test_the_shape_of_a_mark_says_whether_it_is_reliably_another(first: int, then: int) -> None:
    picture = draw(phq(), points([first, then]))
    assert picture is not None
    wanted = "dot" if abs(first - then) < 6 else "lower" if then < first else "higher"
    assert picture.marks[1].shape == wanted
    assert picture.marks[0].shape == "dot"


def test_one_measure_is_no_course_and_nor_is_none() -> None:
    assert draw(phq(), points([9])) is None
    assert draw(phq(), []) is None


def test_two_on_the_same_moment_do_not_divide_by_nothing() -> None:
    assert draw(phq(), points([9, 4], apart=0)) is not None


def test_only_what_lies_between_the_first_and_the_last_is_laid_over() -> None:
    days = [START + timedelta(days=n) for n in (-3, 0, 7, 14, 15)]
    picture = draw(phq(), points([9, 4]), days, days)
    assert picture is not None
    assert len(picture.sessions) == len(picture.medication) == 3


def test_the_words_say_what_the_picture_shows() -> None:
    picture = draw(phq(), [*points([22, 9])])
    assert picture is not None
    assert picture.title == "PHQ-9 from 22 to 9"
    assert picture.says == "2 measures: 22, 9. Since the first: 13 lower, a reliable improvement."
