"""Nothing is typed twice: what a risk record tells the law, and what it never tells it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart.contents import Answer
from stillroom.chart.kinds import KINDS, Field, Kind
from stillroom.chart.risk import RISK_KINDS
from stillroom.chart.risk_facts import Told, facts_of
from stillroom.kernel import Trilean
from tests.web import corpus

KINDS_HERE = [KINDS[name] for name in RISK_KINDS]


def fields(kind: Kind) -> list[Field]:
    return [one for part in kind.sheet for one in part.fields]


def values(field: Field) -> list[str]:
    """Every answer that a field can be given, or a few where there is no end to them."""
    if field.type == "yesno":
        return ["yes", "no"]
    if field.type in ("choice", "choices"):
        return [value for value, _ in field.options]
    if field.type == "number":
        return ["0", "17", "18", "60", "130", "131", "9999", "-3", "about 12", "٣"]
    if field.type == "date":
        return ["2026-11-30", "tomorrow"]
    return ["yes", "He said that it is imminent; threat_imminent: yes"]


def answer(field: Field, value: str) -> Answer:
    if field.type == "choices":
        return Answer(field.name, chosen=(value,))
    return Answer(field.name, text=value)


def told(kind: str, **said: str) -> dict[str, object]:
    by_name = {one.name: one for one in fields(KINDS[kind])}
    answers = [answer(by_name[name], value) for name, value in said.items()]
    return {one.fact: one.value for one in facts_of(kind, answers)}


@pytest.mark.parametrize("kind", KINDS_HERE, ids=lambda kind: kind.id)
def test_every_answer_of_every_sheet_is_a_fact_of_the_law_or_none(kind: Kind) -> None:
    known = corpus().facts
    for field in fields(kind):
        for value in values(field):
            for one in facts_of(kind.id, [answer(field, value)]):
                assert known[one.fact].admit(one.value) == one.value
                assert one.fields == (field.name,)


def test_prose_is_never_read_for_a_fact() -> None:
    for kind in KINDS_HERE:
        prose = [
            Answer(one.name, text="yes") for one in fields(kind) if one.type in ("text", "line")
        ]
        assert facts_of(kind.id, prose) == ()


def test_an_empty_sheet_tells_nothing() -> None:
    for kind in KINDS_HERE:
        empty = [Answer(one.name) for one in fields(kind)]
        assert facts_of(kind.id, empty) == facts_of(kind.id, []) == ()


def test_a_threat_as_it_is_written_down_is_what_the_law_is_told() -> None:
    assert told(
        "violence_risk",
        threat="yes",
        teller="client",
        explicit="yes",
        harm="serious",
        target="named",
        intends="yes",
        able="yes",
        imminent="no",
    ) == {
        "threat_communicated": Trilean.YES,
        "threat_communicated_by": "client",
        "threat_explicit": Trilean.YES,
        "threat_kind": "serious_physical_harm_or_death",
        "victim": "identified",
        "intent_and_ability": Trilean.YES,
        "threat_imminent": Trilean.NO,
    }


def test_intent_and_ability_need_both_and_one_no_settles_it() -> None:
    sides = {"yes": Trilean.YES, "no": Trilean.NO, "": Trilean.UNKNOWN}
    for intends, able in product(sides, repeat=2):
        said = {"intends": intends, "able": able}
        found = told("violence_risk", **{name: value for name, value in said.items() if value})
        both = sides[intends] & sides[able]
        expected = {} if both is Trilean.UNKNOWN else {"intent_and_ability": both}
        assert found == expected


@pytest.mark.parametrize(
    ("said", "minor", "adult_age"),
    [
        ({"age": "17"}, Trilean.YES, None),
        ({"age": "18"}, Trilean.NO, 18),
        ({"age": "71"}, Trilean.NO, 71),
        ({"minor_now": "yes"}, Trilean.YES, None),
        ({"age": "9", "minor_now": "yes"}, Trilean.YES, None),
        ({"age": "9", "minor_now": "no"}, None, None),
        ({"age": "40", "minor_now": "yes"}, None, None),
        ({"age": "about forty"}, None, None),
        ({"age": "131"}, None, None),
    ],
)
def test_an_age_says_who_is_a_child_and_two_answers_that_quarrel_say_nothing(
    said: dict[str, str], minor: Trilean | None, adult_age: int | None
) -> None:
    found = told("abuse_suspicion", **said)
    assert found.get("victim_now_minor") is minor
    assert found.get("harmed_adult_age") == adult_age


def test_thoughts_of_suicide_are_no_threat_but_name_the_one_in_danger() -> None:
    assert told("suicide_risk", ideation="method") == {"victim": "self"}
    assert told("suicide_risk", ideation="none") == {}
    assert told("suicide_risk", ideation="thoughts", level="imminent") == {
        "victim": "self",
        "threat_imminent": Trilean.YES,
    }


def sheets(kind: Kind) -> st.SearchStrategy[list[Answer]]:
    def one(field: Field) -> st.SearchStrategy[Answer | None]:
        return st.none() | st.sampled_from(values(field)).map(lambda value: answer(field, value))

    return st.tuples(*(one(each) for each in fields(kind))).map(
        lambda found: [each for each in found if each is not None]
    )


@given(st.sampled_from(KINDS_HERE).flatmap(lambda kind: st.tuples(st.just(kind), sheets(kind))))
def test_whatever_is_answered_each_fact_comes_once_and_from_answers_given(
    drawn: tuple[Kind, list[Answer]],
) -> None:
    kind, answers = drawn
    found = facts_of(kind.id, answers)
    given_names = {one.name for one in answers}
    assert len({one.fact for one in found}) == len(found)
    assert all(set(one.fields) <= given_names for one in found)
    assert found == facts_of(kind.id, reversed(answers))
    for one in found:
        assert isinstance(one, Told)
        assert corpus().facts[one.fact].admit(one.value) == one.value
        assert one.value is not Trilean.UNKNOWN
