"""Questions that a hard examiner would ask (examiner.yaml), asked of the corpus on file.

The answer is one of those that the research gives, and what holds as things stand is never another.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from stillroom.law import PROFESSIONS, Opinion
from tests.law.sheets import ask, check_says, span
from tests.law_on_file import corpus

SHEET: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("examiner.yaml").read_text())
QUESTIONS: Mapping[str, Mapping[str, Any]] = {each["id"]: each for each in SHEET["questions"]}
TODAY = date(2026, 11, 23)
OPEN_IF_SIGNED = {"low": "WITH_AUTHORIZATION", "high": "PERMITTED"}


def answer_of(question: Mapping[str, Any]) -> Opinion:
    told = {**SHEET["given"][question["given"]], **question.get("facts", {})}
    return ask({"on": TODAY, **question["matter"]}, told)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_what_the_research_says(name: str) -> None:
    question = QUESTIONS[name]
    opinion = answer_of(question)
    assert any(opinion.stance.within(span(each)) for each in question["answer"]), opinion.stance
    check_says(opinion, question.get("says", {}))


def test_there_are_enough_questions_and_each_says_on_what_it_rests() -> None:
    assert len(QUESTIONS) == len(SHEET["questions"]) >= 80
    places = {
        place
        for question in QUESTIONS.values()
        for place in question["matter"].get("places", [question["matter"].get("place")])
    }
    assert len(places & set(corpus().places)) == len(places) >= 40
    asked = {question["matter"]["profession"] for question in QUESTIONS.values()}
    assert asked == set(PROFESSIONS)
    days = [q for q in QUESTIONS.values() if q["matter"].get("on", TODAY) != TODAY]
    assert len(days) >= 5
    for question in QUESTIONS.values():
        file, place = question["rests_on"].split()[:2]
        assert file in _RESEARCH, file
        assert question["asked"].rstrip().endswith((".", "?"))
        assert place


_RESEARCH = {
    "duty-to-warn",
    "child-abuse-reporting",
    "vulnerable-adult-reporting",
    "privilege",
    "records-confidentiality",
    "minors-and-retention",
    "federal-and-ethics",
}


@pytest.mark.parametrize(
    ("name", "told", "answer"),
    [
        ("fl-police-not-victim", {"recipient": "potential_victim"}, "PERMITTED"),
        ("co-82-police", {"harmed_adult_age": 69, "co_adult_with_idd": "no"}, OPEN_IF_SIGNED),
        ("mt-crisis", {"purpose": "research"}, "WITH_AUTHORIZATION"),
        ("ny-five", {"years_since_last_service": 6}, "PERMITTED"),
    ],
)
def test_on_the_other_side_of_the_line_the_answer_is_another(
    name: str, told: Mapping[str, Any], answer: str | Mapping[str, str]
) -> None:
    question = QUESTIONS[name]
    other = answer_of({**question, "facts": {**question.get("facts", {}), **told}}).stance
    assert other.within(span(answer)), other
    assert not any(other.within(span(each)) for each in question["answer"])
