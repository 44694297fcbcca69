"""A telephone number in an emergency is one that somebody saw, and says where."""

from datetime import date

import pytest

from stillroom.desk.places import STATES
from stillroom.disclosure.happened.lines import lines_on_file, seen_numbers
from tests.web import corpus

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize("place", STATES)
def test_every_number_stands_in_a_provision_with_where_it_was_seen(place: str) -> None:
    found = lines_on_file(corpus(), place, TODAY)
    for one in found:
        told = [demand.text for demand in corpus().provisions[one.provision].demands]
        assert one.says in told
        assert one.number in one.says
        assert "(seen " in one.says, "the sentence says where the number was seen"
        assert one.citation
        assert len(one.tel) == 12
        assert one.tel.startswith("+1")
    assert len({one.tel for one in found}) == len(found)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Call. Line 410-555-0142 (seen on a page). The limit is general knowledge.", ["410-555-0142"]),
        ("Lines 410-555-0142 and 1-800-555-0143 in the state (seen on a page).", ["410-555-0142", "1-800-555-0143"]),
        ("Line 1-800-555-0143 (general knowledge; no page read showed it).", []),
        ("In writing (seen on a page). Line 410-555-0142.", []),
        ("Line 410-555-0142 (recalled); another 410-555-0143 (seen on a page).", ["410-555-0143"]),
        ("Section 100-200-3000-4 (seen on a page).", []),
    ],
)  # fmt: skip
def test_a_number_counts_when_its_own_remark_says_where_it_was_seen(
    text: str, numbers: list[str]
) -> None:
    assert seen_numbers(text) == numbers


def test_a_place_without_law_on_file_has_no_line() -> None:
    assert lines_on_file(corpus(), "", TODAY) == ()
    assert lines_on_file(corpus(), "us-xx", TODAY) == ()


def test_maryland_names_one_line_once() -> None:
    (line,) = lines_on_file(corpus(), "us-md", TODAY)
    assert line.tel == "+1" + line.number.replace("-", "")[-10:]


def test_a_number_that_nobody_saw_on_a_page_is_not_shown() -> None:
    shown = {one.provision for place in STATES for one in lines_on_file(corpus(), place, TODAY)}
    unseen = [
        demand.text
        for rule in corpus().provisions.values()
        for demand in rule.demands
        if "no page read showed it" in demand.text
    ]
    assert unseen, "there are such numbers on file, so the rule has something to leave out"
    assert "us-ca.wic.15630" not in shown
