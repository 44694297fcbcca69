"""Names that programs use are read by people in the words that people use."""

import pytest

from stillroom.kernel import capital, small, spoken
from stillroom.law import RECORD_KINDS
from stillroom.practice.places import fact_words


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("front_desk", "front desk"),
        ("sud_counseling_notes, billing", "SUD counseling notes, billing"),
        ("part2_program", "Part 2 program"),
        ("hhs_compliance_inquiry", "HHS compliance inquiry"),
        ("", ""),
    ],
)
def test_short_forms_are_written_as_people_write_them(name, read):
    assert spoken(name) == read


def test_a_capital_leaves_the_rest_as_it_is():
    assert capital(spoken("sud_records")) == "SUD records"
    assert capital("it is for HHS") == "It is for HHS"
    assert capital("") == ""


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Treatment plan", "treatment plan"),
        ("PHQ-9", "PHQ-9"),
        ("HHS, in the yearly log", "HHS, in the yearly log"),
        ("A letter of HHS", "a letter of HHS"),
        ("", ""),
    ],
)
def test_a_title_inside_a_sentence_keeps_what_is_never_written_small(title, read):
    assert small(title) == read


def test_no_kind_of_record_is_read_with_a_line_between_its_words():
    assert not [kind for kind in RECORD_KINDS if "_" in spoken(kind)]


def test_a_fact_that_one_state_asks_for_names_the_state():
    assert fact_words("in_authorization_complete") == "authorization complete (Indiana)"
    assert fact_words("nc_facility") == "facility (North Carolina)"
    assert fact_words("part2_program") == "Part 2 program"
    assert fact_words("recipient") == "recipient"
