"""Every instrument is scored as its printed instructions say, gaps and all."""

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart.measures import Measure, load, read
from stillroom.kernel import Trilean
from tests.chart.measures import naive

MEASURES = load().measures


def answered(
    measure: Measure, places: list[int] | tuple[int, ...], ids: list[str]
) -> dict[str, str]:
    """Answers by position from the top of the printed form."""
    chosen = {}
    for name, place in zip(ids, places, strict=True):
        item = measure.asks.item(name)
        assert item is not None
        chosen[name] = item.options[place].code
    return chosen


def numbers(last: int) -> list[str]:
    return [str(nth) for nth in range(1, last + 1)]


def test_all_262144_answer_sets_of_the_phq_9_are_scored_as_a_second_scorer_says() -> None:
    phq = MEASURES["phq-9"]
    item = phq.asks.item("1")
    assert item is not None
    codes, ids, seen = [one.code for one in item.options], numbers(9), 0
    for places in product(range(4), repeat=9):
        reading = read(phq, dict(zip(ids, [codes[place] for place in places], strict=True)))
        total, band = naive.phq9(places)
        scored = reading.scores[0]
        assert scored.value == total
        assert scored.band is not None
        assert scored.band.label == band
        assert bool(reading.signals) is (places[8] > 0)
        seen += 1
    assert seen == 262_144


@pytest.mark.parametrize(
    ("name", "items", "answers", "second"),
    [("gad-7", 7, 4, naive.gad7), ("who-5", 5, 6, naive.who5)],
)
def test_every_answer_set_of_the_small_ones_is_banded_right(name, items, answers, second) -> None:
    measure, ids = MEASURES[name], numbers(items)
    for places in product(range(answers), repeat=items):
        scored = read(measure, answered(measure, places, ids)).scores[0]
        assert (scored.value, scored.band and scored.band.label) == second(places)


def test_every_answer_set_of_the_dast_10_turns_the_third_question() -> None:
    measure = MEASURES["dast-10"]
    for places in product(range(2), repeat=10):
        assert read(measure, answered(measure, places, numbers(10))).scores[
            0
        ].value == naive.dast10(places)


def test_every_answer_set_of_the_asrs_counts_the_shaded_boxes() -> None:
    measure = MEASURES["asrs"]
    for places in product(range(5), repeat=6):
        screen = read(measure, answered(measure, places, numbers(6))).screens[0]
        assert screen.answer is Trilean.of(naive.asrs(places))


def test_every_answer_set_of_the_columbia_screener_is_triaged() -> None:
    measure = MEASURES["c-ssrs"]
    ids = ["1", "2", "3", "4", "5", "6", "6b"]
    for said in product((True, False), repeat=7):
        yes = dict(zip(ids, said, strict=True))
        answers = measure.asks.kept(
            {name: "LA33-6" if given else "LA32-8" for name, given in yes.items()}
        )
        reading = read(measure, answers)
        assert reading.graded[0].label == naive.cssrs(yes)
        assert reading.missing == ()
        alarming = yes["2"] or yes["6"]
        assert bool(reading.signals) is alarming, (
            "any of 2 to 6 opens the risk path, 1 alone does not"
        )


@given(st.lists(st.integers(0, 3), min_size=10, max_size=10))
def test_the_edinburgh_scale_turns_what_is_printed_from_bad_to_good(places: list[int]) -> None:
    measure = MEASURES["epds"]
    reading = read(measure, answered(measure, places, numbers(10)))
    assert reading.scores[0].value == naive.epds(places)
    assert bool(reading.signals) is (places[9] < 3), "the last answer to question 10 is never"


@given(st.lists(st.integers(0, 4), min_size=20, max_size=20))
def test_the_pcl_5_sums_and_knows_the_pattern_of_dsm_5(places: list[int]) -> None:
    measure = MEASURES["pcl-5"]
    reading = read(measure, answered(measure, places, numbers(20)))
    total, pattern = naive.pcl5(places)
    assert reading.score("total").value == total
    assert reading.screens[0].answer is Trilean.of(pattern)
    parts = [reading.score(one).value or 0 for one in "bcde"]
    assert sum(parts) == total


@given(st.lists(st.booleans(), min_size=13, max_size=13), st.booleans(), st.integers(0, 3))
def test_the_mood_questionnaire_asks_for_all_three_parts(
    lines: list[bool], together: bool, problem: int
) -> None:
    measure = MEASURES["mdq"]
    answers = {
        f"1{'abcdefghijklm'[n]}": "LA33-6" if one else "LA32-8" for n, one in enumerate(lines)
    }
    answers |= {"2": "LA33-6" if together else "LA32-8", "3": str(problem)}
    reading = read(measure, answers)
    assert reading.screens[0].answer is Trilean.of(naive.mdq(lines, together, problem))
    assert reading.missing == (), "questions 4 and 5 are left to choice"


def test_the_audit_skips_as_the_world_health_organization_says() -> None:
    measure, dice = MEASURES["audit"], Random(4)
    for _ in range(4000):
        places = [dice.randrange(5) for _ in range(8)] + [dice.randrange(3) for _ in range(2)]
        answers = measure.asks.kept(answered(measure, places, numbers(10)))
        reading = read(measure, answers)
        assert reading.scores[0].value == naive.audit(places)
        assert reading.missing == (), "what is skipped is not missing"


def test_who_has_no_job_is_not_asked_about_work() -> None:
    wsas = MEASURES["wsas"]
    rest = {str(nth): "8" for nth in range(2, 6)}
    assert read(wsas, {"retired": "true", **rest}).scores[0].value == 32
    assert [one.id for one in read(wsas, {"retired": "false", **rest}).missing] == ["1"]


@given(
    st.dictionaries(st.sampled_from(numbers(9)), st.integers(0, 3), max_size=9),
    st.sampled_from(numbers(9)),
    st.integers(0, 3),
)
def test_learning_an_answer_only_narrows_what_a_score_can_be(
    known: dict[str, int], name: str, place: int
) -> None:
    phq = MEASURES["phq-9"]
    known.pop(name, None)
    before = read(phq, answered(phq, list(known.values()), list(known)))
    more = {**known, name: place}
    after = read(phq, answered(phq, list(more.values()), list(more)))
    first, then = before.scores[0], after.scores[0]
    assert first.low <= then.low <= then.high <= first.high
    assert (then.value is None) is bool(then.missing)
    assert first.value is None


def test_a_gap_is_named_and_nothing_is_scored_over_it() -> None:
    phq = MEASURES["phq-9"]
    reading = read(phq, {name: "LA6569-3" for name in numbers(9) if name not in ("3", "7")})
    scored = reading.scores[0]
    assert scored.value is None
    assert scored.band is None
    assert [one.number for one in scored.missing] == ["3", "7"]
    assert (scored.low, scored.high) == (7, 13)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda one: one.id)
def test_nothing_is_said_of_an_empty_sheet(measure: Measure) -> None:
    reading = read(measure, {})
    assert all(one.value is None for one in reading.scores)
    assert all(one.answer is not Trilean.YES for one in reading.screens)
    assert reading.signals == ()
    assert reading.missing != ()


def test_an_answer_that_the_item_does_not_have_is_not_kept() -> None:
    phq = MEASURES["phq-9"]
    assert phq.asks.kept({"1": "LA6569-3", "2": "forged", "99": "LA6569-3"}) == {"1": "LA6569-3"}


def test_an_answer_to_what_is_no_longer_asked_is_let_go() -> None:
    screener = MEASURES["c-ssrs"]
    kept = screener.asks.kept({"2": "LA32-8", "4": "LA33-6", "6": "LA32-8", "6b": "LA33-6"})
    assert kept == {"2": "LA32-8", "6": "LA32-8"}
