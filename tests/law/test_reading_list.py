"""A lawyer's reading list: made from the corpus, ordered by what rests on it, nothing left out."""

from datetime import date

import pytest

from stillroom.law import (
    CODES,
    PROFESSIONS,
    STANDARD,
    Corpus,
    Matter,
    law_of,
    reading_list,
    states_on_file,
)
from stillroom.law._conditions import IsYes
from tests.law.small_corpora import FACTS, REGIMES, make
from tests.web import corpus

TODAY = date(2026, 11, 29)


def _small(**checked: str) -> Corpus:
    """Three statutes side by side; two forbid everything, one only what is signed."""
    rules = [
        make("a", "state", "forbids", statute="a", checked=checked["a"]),
        make("b", "state", "forbids", statute="b", checked=checked["b"]),
        make(
            "c",
            "state",
            "permits",
            statute="c",
            condition=IsYes("signed"),
            checked=checked["c"],
        ),
    ]
    return Corpus({rule.id: rule for rule in rules}, FACTS, REGIMES, "".join(checked.values()))


def test_what_answers_rest_on_comes_first_and_what_was_read_is_not_listed() -> None:
    found = reading_list(_small(a="text", b="secondary", c="recalled"), "us", TODAY)
    assert [one.rule.id for one in found] == ["b", "c"]
    disclosures = {each.title for each in STANDARD if each.act == "disclose"}
    assert set(found[0].questions) == disclosures
    assert found[1].questions == ()


def test_of_two_that_carry_as_much_the_recalled_one_comes_first() -> None:
    found = reading_list(_small(a="secondary", b="recalled", c="text"), "us", TODAY)
    assert [one.rule.id for one in found] == ["b", "a"]
    assert found[0].questions == found[1].questions != ()


def test_nothing_that_nobody_read_is_left_out_and_nothing_that_was_read_is_named() -> None:
    law = corpus()
    for place in ("us", CODES, "us-md", "us-ga"):
        found = reading_list(law, place, TODAY)
        listed = [one.rule.id for one in found]
        assert sorted(listed) == [
            rule.id
            for rule in law_of(law, place)
            if rule.checked != "text" and rule.in_force_on(TODAY)
        ]
        counts = [len(one.questions) for one in found]
        assert counts == sorted(counts, reverse=True)
    assert set(states_on_file(law)) >= {"us-md", "us-ga"}


@pytest.mark.parametrize("place", ["us-md", "us-ga"])
def test_an_answer_that_is_said_to_rest_on_a_provision_does_by_the_whole_opinion(
    place: str,
) -> None:
    """The list's short way to the findings, against every profession's opinion."""
    law = corpus()
    first = next(one for one in reading_list(law, place, TODAY) if one.questions)
    for question in STANDARD:
        known = question.known(law.facts)
        rests = any(
            finding.decides
            for profession in PROFESSIONS
            for finding in law.opine(
                Matter(question.act, (place,), profession, TODAY), known
            ).findings
            if finding.provision == first.rule.id
        )
        assert rests is (question.title in first.questions), question.title


def test_codes_of_ethics_decide_no_answer() -> None:
    found = reading_list(corpus(), CODES, TODAY)
    assert found
    assert all(one.questions == () for one in found)
