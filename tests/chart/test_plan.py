"""Plans: numbers that stay, reviews that count, versions carried forward."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart._kinds_plan import PLAN_REVIEW, TREATMENT_PLAN
from stillroom.chart.contents import Answer, Content
from stillroom.chart.rules_plan import carried, in_force, next_letter, next_number, to_review
from stillroom.chart.sheets import faults
from tests.chart.plans import at, plan, review, signed


def with_answers(answers: tuple[Answer, ...]) -> Content:
    return Content("Sheet", (), answers=answers)


def test_without_a_signed_plan_there_is_none_in_force() -> None:
    assert in_force([], []) is None
    assert in_force([], [signed("2026-09-01", review(o1="met"))]) is None


def test_the_newest_signed_plan_is_the_one_in_force() -> None:
    older, newer = signed("2026-02-10", plan()), signed("2026-06-09", plan(own_words="New words"))
    found = in_force([newer, older], [])
    assert found
    assert found.record == newer.record
    assert found.own_words == "New words"
    assert found.review_due == date(2026, 12, 9)
    assert [one.number for one in found.open] == ["1", "2", "3"]
    assert [one.number for one in found.of("B")] == ["3"]


def test_a_review_says_what_became_of_each_objective() -> None:
    outcomes = review(o1="continue", o2="met", o3="changed", w3="Reads the safety plan weekly")
    found = in_force([signed("2026-06-09", plan())], [signed("2026-09-09", outcomes)])
    assert found
    one, two, three = found.objectives
    assert (one.state, one.said) == ("working", "progress of 1")
    assert (two.state, two.since) == ("met", date(2026, 9, 9))
    assert three.words == "Reads the safety plan weekly"
    assert [each.number for each in found.open] == ["1", "3"]
    assert found.review_due == date(2027, 3, 9)
    assert found.changed


def test_a_review_older_than_the_plan_in_force_counts_no_more() -> None:
    plans = [signed("2026-02-10", plan()), signed("2026-09-10", plan())]
    found = in_force(plans, [signed("2026-06-09", review(o1="met"))])
    assert found
    assert len(found.open) == 3
    assert not found.changed


def test_the_later_of_two_reviews_has_the_last_word() -> None:
    reviews = [signed("2026-09-09", review(o1="dropped")), signed("2026-08-09", review(o1="met"))]
    found = in_force([signed("2026-06-09", plan())], reviews)
    assert found
    assert found.objectives[0].state == "dropped"


def test_the_next_version_takes_the_reviews_in_and_loses_no_number() -> None:
    before = plan()
    outcomes = review(o2="met", o3="changed", w3="Reads it weekly")
    found = in_force([signed("2026-06-09", before)], [signed("2026-09-09", outcomes)])
    assert found
    rows = {
        row["number"]: row
        for answer in carried(found, before)
        for row in answer.rows
        if "number" in row
    }
    assert set(rows) == {"1", "2", "3"}
    assert (rows["2"]["state"], rows["2"]["since"]) == ("met", "2026-09-09")
    assert rows["3"]["objective"] == "Reads it weekly"
    assert rows["1"]["measure"] == "his record, weekly"
    again = in_force([signed("2026-09-10", with_answers(carried(found, before)))], [])
    assert again
    assert [(one.number, one.words, one.state) for one in again.objectives] == [
        (one.number, one.words, one.state) for one in found.objectives
    ]


def test_what_is_agreed_is_asked_anew_with_every_version() -> None:
    before = plan()
    found = in_force([signed("2026-06-09", before)], [])
    assert found
    names = {fault.field for fault in faults(TREATMENT_PLAN, with_answers(carried(found, before)))}
    assert names == {"review_due", "participation", "agreement"}


def test_a_review_begins_with_what_is_worked_on_and_asks_for_each() -> None:
    found = in_force([signed("2026-06-09", plan())], [signed("2026-09-09", review(o2="met"))])
    assert found
    begun = with_answers(to_review(found))
    assert [row["number"] for row in begun.answers[0].rows] == ["1", "3"]
    assert {"objectives.0.progress", "objectives.1.outcome"} <= {
        fault.field for fault in faults(PLAN_REVIEW, begun)
    }


def test_a_whole_plan_can_be_signed() -> None:
    assert faults(TREATMENT_PLAN, plan()) == []


@pytest.mark.parametrize(
    ("spoiled", "field"),
    [
        ({"review_due": "soon"}, "review_due"),
        ({"objectives.1.objective": "   "}, "objectives.1.objective"),
        ({"objectives.0.target": "2026-02-30"}, "objectives.0.target"),
        ({"agreement": "perhaps"}, "agreement"),
    ],
)
def test_what_prevents_signing_names_the_cell(spoiled: dict[str, str], field: str) -> None:
    assert [fault.field for fault in faults(TREATMENT_PLAN, plan(**spoiled))] == [field]


numbers = st.lists(st.integers(1, 400).map(str) | st.sampled_from(["", "x", "1a"]), max_size=6)


@given(st.lists(numbers, max_size=4))
def test_a_new_number_was_never_used(versions: list[list[str]]) -> None:
    contents = [
        with_answers((Answer("objectives", rows=tuple({"number": one} for one in version)),))
        for version in versions
    ]
    assert next_number(*contents) not in {one for version in versions for one in version}


@given(st.integers(0, 40))
def test_a_new_letter_is_free(count: int) -> None:
    letters: list[str] = []
    for _ in range(count):
        rows = tuple({"letter": one} for one in letters)
        letters.append(next_letter(with_answers((Answer("problems", rows=rows),))))
    assert len(set(letters)) == count


def test_two_plans_of_one_moment_have_one_order() -> None:
    one, two = signed("2026-06-09", plan(), "a"), signed("2026-06-09", plan(), "b")
    assert in_force([one, two], []) == in_force([two, one], [])
    assert at("2026-06-09") == one.at
