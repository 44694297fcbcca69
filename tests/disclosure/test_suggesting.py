"""Other members' words, third persons, and ways to reach somebody are suggested, never cut unasked."""

import pytest

from stillroom.chart import spotting
from stillroom.disclosure.packet.cuts import Reason, Removal, laid_out
from stillroom.disclosure.rules_suggesting import Around, around, suggested
from stillroom.practice.rules import Contact, FrontSheet
from tests.disclosure.conftest import note

DOV = FrontSheet("Dov", "Halpern", emergency=Contact("Ruth Halpern-Osei", "sister"))
MIRA = FrontSheet("Mira", "Voss")
STAFF = ("Ada Merrow", "Sol Reyes")


def found(text: str, known: Around, already: tuple[Removal, ...] = ()) -> list[tuple[str, str]]:
    page = note([text])
    words = {one.spot: one.words for one in laid_out(page)}
    made = suggested(laid_out(page), known, already)
    assert all(
        words[r.spot][r.start : r.end].casefold() == one.words.casefold()
        for one in made
        for r in one.removals
    )
    return [(one.words, one.removals[0].why.name) for one in made]


def test_a_third_person_is_suggested_with_the_whole_name_and_the_client_is_not() -> None:
    text = "Dov fears calls with Ines Quell. Ada asked him. His sister Ruth called on Monday."
    assert found(text, around([DOV], [], STAFF)) == [
        ("Ines Quell", "PERSON"),
        ("Ruth", "PERSON"),
    ]


def test_the_words_of_another_holder_are_suggested_as_a_sentence_and_her_name_elsewhere() -> None:
    text = "Mira said that she had left in May. Both were calm. He waits for Mira’s answer."
    assert found(text, around([DOV], [MIRA], STAFF)) == [
        ("Mira said that she had left in May.", "MEMBER"),
        ("Mira", "MEMBER"),
    ]


def test_who_stands_on_the_front_sheet_is_found_at_the_head_of_a_sentence_too() -> None:
    assert found("Osei drove him.", around([DOV], [], STAFF)) == [("Osei", "PERSON")]
    assert found("Halpern drove.", around([DOV], [], STAFF)) == [], "the client’s own name"


@pytest.mark.parametrize(
    "way",
    [
        "410-555-0142", "(410) 555-0142", "+1 410 555 0142", "555-0142", "ines@quell.example",
        "14 Linden Row", "2200 N. Charles Street, Apt 3B", "219-09-9999",
    ],
)  # fmt: skip
def test_a_way_to_reach_somebody_is_suggested(way: str) -> None:
    assert found(f"He lives at {way} now.", Around()) == [(way, "CONTACT")]


@pytest.mark.parametrize(
    "text",
    ["GAD-7 from 15 to 11.", "2026-10-06", "10:00 to 10:50", "Took 50 mg on 12 Days", "F41.1"],
)
def test_figures_of_a_note_are_no_way_to_reach_anybody(text: str) -> None:
    assert spotting.ways_to_reach(text) == []


def test_one_name_in_two_places_is_one_suggestion_and_what_is_cut_is_not_asked_again() -> None:
    text = "Calls with Ines. She saw Ines again."
    (one,) = suggested(laid_out(note([text])), Around())
    assert len(one.removals) == 2
    assert one.value == "0.0.0:11:15:PERSON 0.0.0:25:29:PERSON"
    (left,) = suggested(laid_out(note([text])), Around(), one.removals[:1])
    assert left.removals == one.removals[1:]
    whole = Removal("0.0.0", 0, len(text), Reason.CHOICE)
    assert suggested(laid_out(note([text])), Around(), (whole,)) == ()
