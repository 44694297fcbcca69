"""A condition in words says what the condition says, no more and no less."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.kernel import Trilean
from stillroom.law import Corpus, Fact, FactValue, Said, in_words
from stillroom.law._conditions import (
    ALWAYS,
    All,
    Between,
    Condition,
    Has,
    IsYes,
    Not,
    OneOf,
    holds,
)
from stillroom.law._conditions import Any as Some
from tests.web import corpus

PAPERS = {"letter": "a letter", "order": "an order of a court", "other": ""}
FACTS = {
    **{n: Fact(n, "yesno", asks=f"{n}?", means=f"{n} is so.") for n in ("one", "two", "three")},
    "paper": Fact("paper", "choice", PAPERS, asks="With what paper?", means="The paper."),
    "age": Fact("age", "number", unit="years", asks="How old?", means="The age."),
    "day": Fact("day", "date", asks="When?", means="The day."),
    "kinds": Fact("kinds", "set", {"notes": "notes", "bills": "bills"}, asks="Which?"),
}
YESNO = st.builds(IsYes, st.sampled_from(["one", "two", "three"]), st.booleans())
CONDITIONS = st.recursive(
    YESNO,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Some, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)
KNOWN = st.fixed_dictionaries(
    dict.fromkeys(("one", "two", "three"), st.sampled_from([Trilean.YES, Trilean.NO]))
)


def believed(said: Said, facts: Mapping[str, FactValue]) -> bool:
    """What a reader of the words would answer."""
    if said.join:
        found = [believed(part, facts) for part in said.parts]
        return all(found) if said.join == "all" else any(found)
    value = facts[said.fact]
    assert isinstance(value, Trilean)
    return said.answer == value.value


@given(CONDITIONS, KNOWN)
def test_a_reader_of_the_words_answers_as_the_engine_does(
    condition: Condition, facts: dict[str, FactValue]
) -> None:
    told = in_words(condition, FACTS)
    assert believed(told, facts) is (holds(condition, facts) is Trilean.YES)


LINES = [
    (IsYes("one"), "one? yes"),
    (IsYes("one", False), "one? no"),
    (Not(IsYes("one")), "one? no"),
    (OneOf("paper", values=frozenset(["order"])), "With what paper? an order of a court"),
    (
        OneOf("paper", values=frozenset(["order", "letter"])),
        "With what paper? a letter; or an order of a court",
    ),
    (OneOf("paper", values=frozenset(["other"])), "With what paper? other"),
    (
        Not(OneOf("paper", values=frozenset(["order", "letter"]))),
        "With what paper? anything but: a letter; an order of a court",
    ),
    (Between("age", at_least=12, below=18), "How old? 12 years or more and under 18 years"),
    (Not(Between("age", at_least=12, below=18)), "How old? under 12 years or 18 years or more"),
    (Between("age", below=18), "How old? under 18 years"),
    (Not(Between("age", at_least=18)), "How old? under 18 years"),
    (Between("day", at_least=date(2015, 1, 1)), "When? on or after 2015-01-01"),
    (Not(Between("day", below=date(2015, 1, 1))), "When? on or after 2015-01-01"),
    (Has("kinds", member="notes"), "Which? notes is asked for"),
    (Not(Has("kinds", member="notes")), "Which? notes is not asked for"),
    (
        Some((Has("kinds", member="notes"), Has("kinds", member="bills"))),
        "Which? notes; bills is asked for",
    ),
]


@pytest.mark.parametrize(("condition", "line"), LINES)
def test_each_kind_of_look_is_a_line(condition: Condition, line: str) -> None:
    told = in_words(condition, FACTS)
    assert not told.join
    assert f"{told.asks} {told.answer}" == line


def test_no_condition_is_told_as_none() -> None:
    assert in_words(ALWAYS, FACTS).always


def test_what_joins_alike_stands_in_one_list() -> None:
    deep = All((IsYes("one"), All((IsYes("two"), Not(Some((IsYes("three"), IsYes("one"))))))))
    told = in_words(deep, FACTS)
    assert [(part.fact, part.answer) for part in told.parts] == [
        ("one", "yes"),
        ("two", "yes"),
        ("three", "no"),
        ("one", "no"),
    ]


def test_every_condition_on_file_can_be_told() -> None:
    law: Corpus = corpus()
    for rule in law.provisions.values():
        told = in_words(rule.condition, law.facts)
        assert told.always or told.parts or told.asks, rule.id
