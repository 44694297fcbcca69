"""Questions that cannot be answered as asked are refused by name, with the nearest valid choice."""

from datetime import date, datetime
from typing import Any

import pytest

from stillroom.kernel import StillroomError, Trilean
from stillroom.law import (
    LawError,
    Matter,
    OutOfRange,
    UnknownAct,
    UnknownFact,
    UnknownPlace,
    UnknownProfession,
    WrongType,
    describe_facts,
    facts_from_json,
    matter_from_json,
)
from stillroom.law._conditions import All, Between, IsYes, OneOf
from tests.law.small_corpora import ASK, DAY, corpus_of, make

LIVE = All((IsYes("signed"), OneOf("paper", values=frozenset(["order"])), Between("age", below=18)))
CORPUS = corpus_of(
    [make("p", "state", "permits", condition=LIVE), make("q", "state", "permits", place="us-aa")]
)

ILL_ASKED: list[tuple[dict[str, Any], type[LawError], str]] = [
    ({"sined": Trilean.YES}, UnknownFact, "no fact is called sined; the nearest is signed"),
    ({"signed": True}, WrongType, "signed wants yes, no or unknown"),
    ({"signed": "yes"}, WrongType, "signed wants yes, no or unknown"),
    ({"signed": None}, WrongType, "signed wants yes, no or unknown"),
    ({"served": 1}, WrongType, "served wants yes, no or unknown"),
    ({"paper": "ordr"}, OutOfRange, "paper has no such value; the nearest is order"),
    ({"paper": Trilean.YES}, WrongType, "paper wants one of its values"),
    ({"paper": ["order"]}, WrongType, "paper wants one of its values"),
    ({"age": "old"}, WrongType, "age wants a number"),
    ({"age": True}, WrongType, "age wants a number"),
    ({"age": float("nan")}, WrongType, "age wants a number"),
    ({"age": -1}, OutOfRange, "age lies between 0 and 130; the nearest is 0"),
    ({"age": 400}, OutOfRange, "age lies between 0 and 130; the nearest is 130"),
    ({"records_asked": ["billing"]}, WrongType, "records_asked wants a set of its values"),
    ({"records_asked": frozenset(["bills"])}, OutOfRange, "the nearest is billing"),
]


@pytest.mark.parametrize(("facts", "error", "message"), ILL_ASKED)
def test_ill_formed_facts_are_refused_whether_live_or_not(
    facts: dict[str, Any], error: type[LawError], message: str
) -> None:
    for ask in (CORPUS.opine, CORPUS.stance):
        with pytest.raises(error, match=message) as caught:
            ask(ASK, facts)
        assert caught.value.advice
        assert isinstance(caught.value, StillroomError)


def test_a_date_is_no_moment() -> None:
    corpus = corpus_of([make("p", "state", "permits")])
    facts = {**corpus.facts, "day": corpus.facts["age"].__class__("day", "date")}
    with pytest.raises(WrongType, match="day wants a date"):
        facts["day"].admit(datetime(2026, 1, 1))  # noqa: DTZ001
    assert facts["day"].admit(DAY) == DAY


@pytest.mark.parametrize(
    ("matter", "error", "message"),
    [
        (Matter("disclos", (), "psychologist", DAY), UnknownAct, "the nearest is disclose"),
        (Matter("disclose", ("us-zz",), "psychologist", DAY), UnknownPlace, "us-zz"),
        (Matter("disclose", (), "psycologist", DAY), UnknownProfession, "is psychologist"),
    ],
)
def test_matters_outside_the_vocabulary_are_refused(
    matter: Matter, error: type[LawError], message: str
) -> None:
    with pytest.raises(error, match=message):
        CORPUS.opine(matter, {})


def test_no_error_repeats_what_somebody_typed_about_a_client() -> None:
    for facts in ({"Dov Halpern": Trilean.YES}, {"paper": "Dov Halpern"}):
        with pytest.raises(LawError) as caught:
            CORPUS.opine(ASK, facts)
        assert "Halpern" not in f"{caught.value} {caught.value.advice}"


def test_facts_from_json_take_plain_values() -> None:
    given = {
        "signed": True,
        "served": "no",
        "danger": None,
        "paper": "order",
        "age": 17,
        "records_asked": ["billing"],
    }
    assert facts_from_json(CORPUS, given) == {
        "signed": Trilean.YES,
        "served": Trilean.NO,
        "paper": "order",
        "age": 17,
        "records_asked": frozenset(["billing"]),
    }
    assert facts_from_json(CORPUS, {"signed": "unknown"}) == {}


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"signed": 1}, WrongType),
        ({"signed": "perhaps"}, WrongType),
        ({"age": "17"}, WrongType),
        ({"records_asked": "billing"}, WrongType),
        ({"paper": "ordr"}, OutOfRange),
        ({"sined": True}, UnknownFact),
    ],
)
def test_facts_from_json_refuse_by_name(given: dict[str, Any], error: type[LawError]) -> None:
    with pytest.raises(error):
        facts_from_json(CORPUS, given)


def test_a_matter_from_json_may_name_one_place_or_several() -> None:
    data = {"act": "disclose", "place": "us-aa", "profession": "psychologist", "on": "2026-11-23"}
    one = matter_from_json(CORPUS, data)
    several = matter_from_json(CORPUS, {**data, "place": None, "places": ["us-aa", "us"]})
    assert one == Matter("disclose", ("us-aa",), "psychologist", date(2026, 11, 23))
    assert one.all_places == several.all_places == ("us", "us-aa")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"place": "us-ab"}, UnknownPlace),
        ({"place": None}, WrongType),
        ({"on": "yesterday"}, WrongType),
        ({"on": None}, WrongType),
        ({"act": "discloze"}, UnknownAct),
        ({"profession": None}, UnknownProfession),
    ],
)
def test_a_matter_from_json_is_refused_by_name(
    change: dict[str, Any], error: type[LawError]
) -> None:
    data = {"act": "disclose", "place": "us-aa", "profession": "psychologist", "on": "2026-11-23"}
    with pytest.raises(error):
        matter_from_json(CORPUS, data | change)


def test_every_fact_is_described() -> None:
    told = {fact["fact"]: fact for fact in describe_facts(CORPUS)}
    assert set(told) == set(CORPUS.facts)
    assert told["age"]["range"] == [0, 130]
    assert told["age"]["unit"] == "years"
    assert set(told["paper"]["values"]) == {"none", "subpoena", "order"}
