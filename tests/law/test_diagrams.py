"""Decision diagrams are canonical, and give up rather than hang."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.law import _diagram
from stillroom.law import _scale as scale
from stillroom.law._conditions import All, IsYes
from stillroom.law._conditions import Any as Some
from stillroom.law._diagram import Diagrams, TooLarge
from stillroom.law._outlook import outlook
from stillroom.law._search import raised_by, surely_open
from tests.law.small_corpora import ASK, FACTS, corpus_of, make

SIZES = (2, 3, 2)
TABLES = (scale.MIN, scale.MAX, scale.LIFTED, scale.CAP_MEETS, scale.FINAL, scale.AND_NOT)
POINTS = list(product(*(range(size) for size in SIZES)))
FUNCTIONS = st.lists(st.integers(0, 4), min_size=len(POINTS), max_size=len(POINTS))


def build(
    diagrams: Diagrams, values: dict[tuple[int, ...], int], known: tuple[int, ...] = ()
) -> int:
    if len(known) == len(SIZES):
        return values[known]
    children = (build(diagrams, values, (*known, i)) for i in range(SIZES[len(known)]))
    return diagrams.node(len(known), tuple(children))


@settings(max_examples=60, deadline=None)
@given(FUNCTIONS, FUNCTIONS, st.sampled_from(TABLES))
def test_equal_functions_are_the_same_node(
    one: list[int], other: list[int], table: scale.Table
) -> None:
    diagrams = Diagrams()
    a, b = dict(zip(POINTS, one, strict=True)), dict(zip(POINTS, other, strict=True))
    joined = {point: table[a[point]][b[point]] for point in POINTS}
    found = diagrams.join(table, build(diagrams, a), build(diagrams, b))
    assert found == build(diagrams, joined)
    assert diagrams.values(found) == set(joined.values())
    assert diagrams.support(found) == {i for i in range(len(SIZES)) if matters(joined, i)}


def matters(values: dict[tuple[int, ...], int], variable: int) -> bool:
    seen: dict[tuple[int, ...], int] = {}
    for point, value in values.items():
        rest = (*point[:variable], *point[variable + 1 :])
        if seen.setdefault(rest, value) != value:
            return True
    return False


@settings(max_examples=60, deadline=None)
@given(FUNCTIONS)
def test_the_outlook_of_every_answer_is_exact(function: list[int]) -> None:
    diagrams = Diagrams()
    values = dict(zip(POINTS, function, strict=True))
    found = outlook(diagrams, build(diagrams, values), list(SIZES))
    for variable, size in enumerate(SIZES):
        for region in range(size):
            left = [v for point, v in values.items() if point[variable] == region]
            assert found[variable][region] == (min(left), max(left))


def test_a_diagram_that_grows_too_large_is_given_up() -> None:
    diagrams = Diagrams(most_steps=3)
    for variable in range(3):
        diagrams.node(variable, (0, 1))
    with pytest.raises(TooLarge):
        diagrams.node(3, (0, 1))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 1), min_size=12, max_size=12), st.integers(0, 2), st.integers(0, 1))
def test_a_search_finds_what_is_there_and_nothing_else(
    function: list[int], variable: int, region: int
) -> None:
    diagrams = Diagrams()
    values = dict(zip(POINTS, function, strict=True))
    door, known = build(diagrams, values), {variable: region}
    left = {point: value for point, value in values.items() if point[variable] == region}
    raised = any(
        value == 1 and values[(*point[:variable], other, *point[variable + 1 :])] == 0
        for point, value in left.items()
        for other in range(SIZES[variable])
    )
    assert raised_by(diagrams, door, known) is raised
    assert surely_open(diagrams, door, known) is (set(left.values()) == {1})
    restricted = diagrams.restrict(door, known)
    assert diagrams.values(restricted) == set(left.values())


def test_an_opinion_that_gives_up_says_so_and_stays_true(monkeypatch: pytest.MonkeyPatch) -> None:
    either = Some((All((IsYes("signed"), IsYes("served"))), IsYes("danger")))
    provisions = [
        make("rule", "state", "forbids"),
        make("lift", "state", "permits", layer="exception", condition=either),
    ]
    exact = corpus_of(provisions).opine(ASK, {})
    monkeypatch.setattr(_diagram.Diagrams.__init__, "__kwdefaults__", {"most_steps": 2})
    rough = corpus_of(provisions).opine(ASK, {})
    assert (exact.exact, rough.exact) == (True, False)
    assert exact.stance.within(rough.stance)
    assert {w.fact for w in exact.wanting} <= {w.fact for w in rough.wanting}
    assert rough.to_json()["exact"] is False
    assert set(FACTS) >= {w.fact for w in rough.wanting}
    for want in rough.wanting:
        assert all(answer.stance.within(rough.stance) for answer in want.answers)
