"""The printed protocol: every state, every profession, and nothing on it that the law on file does
not say."""

import io
from datetime import UTC, date, datetime

import pypdf
import pytest

from stillroom.desk.places import STATES, name_of
from stillroom.disclosure.happened.lines import seen_numbers
from stillroom.disclosure.happened.protocol import Protocol, protocol
from stillroom.disclosure.happened.protocol_print import print_protocol
from stillroom.law import PROFESSIONS
from tests.web import corpus

DAY = date(2026, 11, 28)


def alike(place: str) -> list[list[str]]:
    """Professions to whom the same provisions apply there: their pages say the same."""
    by: dict[tuple[str, ...], list[str]] = {}
    rules = [one for one in corpus().provisions.values() if one.acts & {"warn", "report"}]
    for profession in PROFESSIONS:
        law = tuple(
            one.id for one in rules if one.concerns(frozenset({place, "us"}), profession, DAY)
        )
        by.setdefault(law, []).append(profession)
    return list(by.values())


@pytest.mark.parametrize("place", STATES)
def test_for_every_profession_of_a_state_the_page_is_whole_and_cites_what_it_says(
    place: str,
) -> None:
    for professions in alike(place):
        page = protocol(corpus(), place, professions[0], DAY, name_of(place))
        assert [part.id for part in page.parts] == [
            "danger_to_others",
            "danger_to_self",
            "child_abuse",
            "adult_abuse",
        ]
        for part in page.parts:
            assert part.answers
            assert part.say
            assert all(one.says for one in part.answers)
            for line in (*part.do, *part.client, *part.mind):
                assert line.citation, line
                assert line.checked in ("text", "secondary", "recalled")
            for one in part.numbers:
                assert one.number in seen_numbers(one.says)
                assert corpus().provisions[one.provision].place in (place, "us")
        _a_report_is_to_be_done_wherever_it_is_required(page)


def _a_report_is_to_be_done_wherever_it_is_required(page: Protocol) -> None:
    for part in page.parts[2:]:
        if part.answers[0].says == "you must":
            assert any(line.sure for line in part.do), (page.place, page.profession, part.id)


def test_maryland_for_a_psychologist_as_it_was_read() -> None:
    page = protocol(corpus(), "us-md", "psychologist", DAY, "Maryland")
    danger, _, child, adult = page.parts
    assert [one.says for one in danger.answers] == ["you must", "you must"]
    assert danger.do[0].enough[1] == "make and write a plan that removes the threat"
    assert any("48 hours" in one.by for one in child.do)
    assert child.numbers[0].number == adult.numbers[0].number == "1-800-917-7383"


def test_texas_lets_the_police_be_told_and_asks_for_no_warning() -> None:
    danger = protocol(corpus(), "us-tx", "counselor", DAY, "Texas").parts[0]
    assert [one.says for one in danger.answers] == ["only if the client signs", "you may"]
    assert not [one for one in danger.do if one.sure]


def test_the_same_law_gives_the_same_page() -> None:
    made = [protocol(corpus(), "us-ca", "social_worker", DAY, "California") for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize("place", ["us-md", "us-la", "us-oh", "us-ca"])
def test_on_paper_danger_is_on_the_front_and_reports_on_the_back(place: str) -> None:
    """Two pages for these states, among them those with the most on file; same law, same bytes."""
    made = protocol(corpus(), place, "psychologist", DAY, name_of(place))
    at = datetime(2026, 11, 28, tzinfo=UTC)
    pdf = print_protocol(made, name_of(place), "psychologists", at)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) == 2
    assert "Somebody else is in danger" in pages[0]
    assert "A child is being harmed" in pages[1]
    assert "911" in pages[0]
    assert print_protocol(made, name_of(place), "psychologists", at) == pdf
