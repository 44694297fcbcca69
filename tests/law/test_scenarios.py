"""Published questions with published answers (scenarios.yaml), asked of the corpus on file.

The answer must be the published one or one that does not contradict it; what the source says
besides (a duty, a citation, what stays closed) must be in the opinion.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from stillroom.law import Opinion, Stance
from tests.law.sheets import ask, check_says, span
from tests.law_on_file import corpus

SHEET: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("scenarios.yaml").read_text())
SCENARIOS: Mapping[str, Mapping[str, Any]] = {each["id"]: each for each in SHEET["scenarios"]}
WAITING = frozenset(SHEET["waiting_for_state"])
ASKED = tuple(name for name in SCENARIOS if name not in WAITING)
OPEN = {Stance.PERMITTED, Stance.REQUIRED}
CLOSED = tuple(
    name
    for name in ASKED
    if SCENARIOS[name]["matter"]["place"] == "us"
    and {each.name for each in OPEN} <= set(SCENARIOS[name]["must_not"])
)


def answer_of(scenario: Mapping[str, Any]) -> Opinion:
    return ask(scenario["matter"], {**scenario["facts"], **scenario["taken"]})


def nothing_leaves(opinion: Opinion) -> bool:
    """Only with authorization, none was given, and no kind that is asked for may leave."""
    return opinion.stance == span("WITH_AUTHORIZATION") and opinion.reach.never >= set(
        opinion.asked
    )


def contradicts(opinion: Opinion, must_not: Iterable[str]) -> bool:
    """What holds as things stand is an answer that the source excludes."""
    return opinion.stance.low in {Stance[name] for name in must_not}


@pytest.mark.parametrize("name", ASKED)
def test_the_answer_is_the_published_one_or_an_acceptable_one(name: str) -> None:
    scenario = SCENARIOS[name]
    opinion = answer_of(scenario)
    answers = [span(each) for each in (scenario["expected"], *scenario["also_acceptable"])]
    fits = any(opinion.stance.within(each) for each in answers)
    assert fits or (scenario.get("nothing_leaves") and nothing_leaves(opinion)), opinion.stance


@pytest.mark.parametrize("name", ASKED)
def test_the_answer_never_contradicts_the_source(name: str) -> None:
    scenario = SCENARIOS[name]
    assert not contradicts(answer_of(scenario), scenario["must_not"])
    stated = ask(scenario["matter"], scenario["facts"]).stance
    assert not (stated.settled and stated.low.name in scenario["must_not"])
    assert answer_of(scenario).stance.within(stated)  # what was taken for granted only narrows


@pytest.mark.parametrize("name", ASKED)
def test_the_opinion_says_what_the_source_says_besides(name: str) -> None:
    scenario = SCENARIOS[name]
    check_says(answer_of(scenario), scenario["says"])
    for more in scenario.get("besides", ()):
        opinion = ask(more["matter"], more["facts"])
        if "expected" in more:
            assert opinion.stance == span(more["expected"])
        check_says(opinion, more.get("says", {}))


@pytest.mark.parametrize("name", CLOSED)
def test_no_state_opens_what_federal_law_keeps_closed(name: str) -> None:
    scenario = SCENARIOS[name]
    for place in corpus().places:
        opinion = ask({**scenario["matter"], "place": place}, _all_facts(scenario))
        assert opinion.stance.low not in OPEN, place


def test_every_scenario_is_kept_once_and_says_why() -> None:
    assert len(SHEET["scenarios"]) == len(SCENARIOS) == 40
    assert set(SCENARIOS) >= WAITING
    assert set(SHEET["not_answered"]) <= set(SCENARIOS)
    for scenario in SCENARIOS.values():
        assert scenario["because"]
        assert scenario["source"].startswith("http")
        answers = {Stance[name] for name in _names(scenario)}
        assert not answers & {Stance[name] for name in scenario["must_not"]}


def test_what_must_be_said_is_looked_for_where_it_stands() -> None:
    """The checks can fail: a made-up duty, citation and reach are not found."""
    opinion = answer_of(SCENARIOS["cph-insurer-routine"])
    wrong: tuple[Mapping[str, Any], ...] = (
        {"duties": ["sing"]},
        {"cites": ["999"]},
        {"reach_never": ["diagnosis"]},
        {"regime": {"hipaa": "FORBIDDEN"}},
    )
    for says in wrong:
        with pytest.raises(AssertionError):
            check_says(opinion, says)
    past = ask(
        {"act": "disclose", "place": "us", "profession": "psychologist", "on": date(2001, 1, 1)}, {}
    )
    assert contradicts(past, ["FORBIDDEN"])
    assert not nothing_leaves(opinion)


def _names(scenario: Mapping[str, Any]) -> set[str]:
    """The settled answers among the expected and the acceptable ones."""
    answers = (scenario["expected"], *scenario["also_acceptable"])
    return {each for each in answers if isinstance(each, str)}


def _all_facts(scenario: Mapping[str, Any]) -> dict[str, Any]:
    return {**scenario["facts"], **scenario["taken"]}
