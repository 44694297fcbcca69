"""A difference is called reliable by a published threshold, and without one not at all."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart.measures import Score, Source, load, moved
from stillroom.chart.measures._rules import Change

MEASURES = load().measures
SOURCE = Source("nobody", "recalled")


def main(name: str) -> Score:
    score = MEASURES[name].rules.main_score
    assert score is not None
    return score


def test_the_index_is_that_of_jacobson_and_truax() -> None:
    # Their formula on round figures: SE = 10 * sqrt(1 - 0.75) = 5; Sdiff = 7.0711; times 1.96.
    assert Change(SOURCE, sd=10, reliability=0.75).threshold == pytest.approx(13.859, abs=0.001)


@pytest.mark.parametrize(
    ("name", "before", "after", "says"),
    [
        ("phq-9", 17, 11, "6 lower, a reliable improvement"),
        ("phq-9", 17, 12, "5 lower, no reliable change"),
        ("phq-9", 8, 15, "7 higher, a reliable worsening"),
        ("gad-7", 12, 7, "5 lower, no reliable change"),
        ("gad-7", 13, 7, "6 lower, a reliable improvement"),
        ("pcl-5", 60, 42, "18 lower, a reliable improvement"),
        ("who-5", 32, 64, "32 higher"),
        ("wsas", 30, 10, "20 lower"),
        ("phq-9", 9, 9, "unchanged"),
    ],
)
def test_a_change_is_told(name: str, before: int, after: int, says: str) -> None:
    assert moved(main(name), before, after).says == says


def test_higher_is_better_on_a_scale_of_wellbeing() -> None:
    assert moved(main("who-5"), 32, 64).better is True
    assert moved(main("phq-9"), 5, 9).better is False


@given(st.integers(0, 27), st.integers(0, 27))
def test_there_and_back_is_the_same_distance(one: int, two: int) -> None:
    there, back = moved(main("phq-9"), one, two), moved(main("phq-9"), two, one)
    assert there.by == -back.by
    assert there.reliable == back.reliable
    assert there.better is None or there.better is not back.better


def test_without_a_source_nothing_is_reliable() -> None:
    assert moved(replace(main("phq-9"), change=None), 27, 0).reliable is None
