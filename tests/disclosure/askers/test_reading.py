"""A pasted letter suggests what it seems to say; it decides nothing, and no letter breaks it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.config.demo.practice import practice
from stillroom.consent.rules import RECORD_KINDS
from stillroom.disclosure.askers import ASKERS
from stillroom.disclosure.askers.dates import days
from stillroom.disclosure.askers.reading import read
from tests.disclosure.askers import letters

TODAY = date(2026, 11, 23)


def values(letter: str) -> dict[str, str]:
    return {field: one.value for field, one in read(letter, TODAY).items()}


def test_a_subpoena_suggests_its_case_its_day_and_that_a_lawyer_signed_it():
    found = values(letters.SUBPOENA)
    assert found["occasion"] == "subpoena"
    assert found["signed_by"] == "attorney"
    assert found["instrument"] == "attorney_subpoena"
    assert found["asker"] == "Rex Dunleavy"
    assert found["caption"] == "Eve Halpern v. Dov Halpern, C-03-FM-26-000412"
    assert found["proceeding"] == "custody"
    assert found["court"] == "state"
    assert found["return_date"] == "2026-12-08"
    assert found["dated"] == "2026-11-18"
    assert (found["since"], found["until"]) == ("2026-01-01", "2026-11-01")
    assert {"kinds.everything", "kinds.psychotherapy_notes"} <= found.keys()
    assert found["asks_for"].startswith("to produce the complete file")


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        (letters.ACCESS, {"occasion": "access", "asker": "Dov Halpern", "since": "2026-01-05"}),
        (letters.AUDIT, {"occasion": "payer_audit", "return_date": "2026-12-12"}),
        (letters.POLICE, {"occasion": "police", "asker": "Owen Tate"}),
        (letters.ORDER, {"occasion": "court_order", "signed_by": "judge", "court": "federal"}),
        (letters.AMEND, {"occasion": "amendment", "asker": "Dov Halpern"}),
        (letters.PRESS, {"occasion": "press"}),
        (letters.BOARD, {"occasion": "licensing_board", "return_date": "2026-12-01"}),
    ],
)
def test_this_letter_suggests_who_asks(letter: str, expected: dict[str, str]):
    found = values(letter)
    assert expected.items() <= found.items()


def test_a_clients_own_letter_has_no_case_and_no_signer_of_process():
    assert not {"signed_by", "proceeding", "return_date"} & values(letters.ACCESS).keys()


def test_sessions_that_are_named_day_by_day_are_the_time_that_is_asked_about():
    found = values("Psychotherapy on October 10, 2026; October 17, 2026; and October 31, 2026.")
    assert (found["since"], found["until"]) == ("2026-10-10", "2026-10-31")
    assert "since" not in values("Written October 10, 2026. Sent on October 17, 2026.")


def test_a_day_of_birth_is_no_day_to_answer_by():
    text = "Respond by December 8, 2026. Date of birth: December 9, 2026."
    assert values(text)["return_date"] == "2026-12-08"
    assert "return_date" not in values("Patient by DOB 12/09/2026")


def test_a_thing_that_calls_itself_an_order_is_not_said_to_be_signed_by_a_judge():
    found = values("ORDER\nIt is hereby ordered to send all records.\nRex Dunleavy, Esq.")
    assert found["occasion"] == "court_order"
    assert found["signed_by"] == "attorney"


def test_days_that_are_none_are_passed_over():
    assert [d.day.isoformat() for d in days("13/45/2026, February 30, 2026, 2026-02-28")] == [
        "2026-02-28"
    ]


words = st.sampled_from(
    [
        "subpoena",
        "order",
        "Judge",
        "clerk",
        "of",
        "court",
        "attorney",
        "for",
        "v.",
        "vs.",
        "by",
        "within",
        "30",
        "days",
        "12/08/2026",
        "December",
        "8,",
        "2026",
        "all",
        "records",
        "my",
        "daughter",
        "/s/",
        "Case",
        "No.",
        "2026-13-77",
        "\n",
        ":",
        "(",
        ")",
        "Esq",
    ]
)
texts = st.one_of(st.text(max_size=400), st.lists(words, max_size=60).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(text=texts, received=st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_whatever_a_letter_says_each_suggestion_quotes_it_and_fits_its_field(
    text: str, received: date
):
    for field, one in read(text, received).items():
        assert one.field == field
        assert one.because in text
        if field in {"return_date", "dated", "served_on", "since", "until"}:
            date.fromisoformat(one.value)
        if field == "occasion":
            assert one.value in ASKERS
        if field.startswith("kinds."):
            assert one.value in RECORD_KINDS | {"everything"}
    assert read(text, received) == read(text, received)


def test_a_letter_of_a_million_letters_is_read_no_further_than_its_first_pages():
    assert "return_date" not in read("x " * 500_000 + "respond by December 8, 2026", TODAY)


@pytest.mark.parametrize(
    "piece", ["\n", " ", "a", "Aa ", "1/", "In re ", "A v. ", "all records ", "my name is A"]
)
def test_no_letter_however_made_keeps_whoever_reads_it_waiting(piece: str):
    """Each shape looks back and ahead over a few words only; without that, these took minutes."""
    assert read(piece * 30_000, TODAY).keys() <= {
        "caption", "asker", "kinds.everything", "asks_for",
    }  # fmt: skip


@pytest.mark.parametrize("today", [date(2026, 11, 25), date(2026, 12, 28), date(2027, 2, 1)])
def test_the_letters_of_the_demonstration_suggest_what_they_are(today: date):
    house = practice(7, 3, today)
    subpoena, audit = house.subpoena, house.payer_request
    found = {name: one.value for name, one in read(subpoena.words, subpoena.received_on).items()}
    assert found["occasion"] == "subpoena"
    assert found["instrument"] == subpoena.instrument == "clerk_subpoena"
    assert found["return_date"] == subpoena.answer_by.isoformat()
    assert found["asker"] == "Rex Dunleavy"
    asked = {name: one.value for name, one in read(audit.words, audit.received_on).items()}
    assert asked["occasion"] == audit.instrument == "payer_audit"
    assert asked["return_date"] == audit.answer_by.isoformat()
    assert asked["since"] < asked["until"] < audit.received_on.isoformat()
