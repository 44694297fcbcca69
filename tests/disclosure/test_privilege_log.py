"""The privilege log: each item can be judged, and nothing that is privileged stands on it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.consent.rules import PART2_KINDS, RECORD_KINDS
from stillroom.disclosure.letters import print_letter
from stillroom.disclosure.letters.keeping import in_words
from stillroom.disclosure.letters.withheld import FORM, Withheld, preselected
from tests.disclosure.conftest import NOW
from tests.disclosure.test_letter_forms import material
from tests.disclosure.test_letters import PRIVILEGE
from tests.disclosure.test_packet_file import text_of

NOTE = Withheld(
    "n1", "progress_notes", date(2026, 10, 6), "Ada Merrow, psychologist", "Progress note", True
)
PRIVATE = replace(NOTE, record="n2", kind="psychotherapy_notes", title="Psychotherapy note")
RISK = replace(NOTE, record="n3", kind="risk_assessment", title="Suicide risk assessment")
SUD = replace(NOTE, record="n4", kind="sud_records", title="Substance use program note")
JOINT = replace(NOTE, record="n5", kind="joint_session_notes", title="Couple session")
EVERY = (NOTE, PRIVATE, RISK, SUD, JOINT)


def log(*records: Withheld, by: str = "record", **changes):
    chosen = {"records": tuple(one.record for one in records)}
    given_ = material(findings=(PRIVILEGE,), withheld=EVERY, chosen=chosen, typed={"by": by})
    return FORM.make(replace(given_, **changes))


def rows(made):
    assert made.table
    return made.table.rows


def test_each_item_has_its_day_kind_author_recipients_and_basis():
    given_to = replace(PRIVATE, given=("Rex Dunleavy",))
    made = log(NOTE, given_to, withheld=(NOTE, given_to))
    assert rows(made) == (
        (
            "1",
            "Oct 6, 2026",
            "Clinical note",
            "Ada Merrow, psychologist",
            "Nobody, by this practice’s account",
            f"Psychotherapist and patient privilege, claimed for its holder. {PRIVILEGE.citation}",
        ),
        (
            "2",
            "Oct 6, 2026",
            "Therapist’s separate notes",
            "Ada Merrow, psychologist",
            "Rex Dunleavy",
            "Psychotherapist and patient privilege, claimed for its holder."
            f" {PRIVILEGE.citation}; 45 CFR 164.508(a)(2)",
        ),
    )


@given(
    st.sets(st.sampled_from(sorted(RECORD_KINDS)), min_size=1),
    st.sampled_from(["record", "category"]),
)
@settings(max_examples=60)
def test_no_title_and_no_kind_that_tells_stands_on_the_list(kinds, by):
    """Whatever is kept back: neither what a record is called, nor that it is about risk, about
    substances, or about more than one person."""
    records = tuple(
        replace(NOTE, record=kind, kind=kind, title=f"Title {kind}") for kind in sorted(kinds)
    )
    said = in_words(log(*records, by=by, withheld=records)).lower()
    for telling in (
        "title",
        "risk",
        "sud",
        "substance",
        "part 2",
        "42 cfr",
        "joint",
        "couple",
        "diagnos",
        "medication",
        "treatment plan",
    ):
        assert telling not in said, telling


def test_a_long_list_goes_by_kind_and_tells_less():
    later = replace(NOTE, record="n9", on=date(2026, 11, 3))
    made = log(NOTE, later, RISK, by="category", withheld=(NOTE, later, RISK))
    assert [row[1:3] for row in rows(made)] == [
        ("Oct 6, 2026 to Nov 3, 2026", "Clinical note, 2 items"),
        ("Oct 6, 2026", "Clinical record, 1 item"),
    ]


def test_part_2_records_and_what_was_not_asked_for_are_not_chosen_for_the_writer():
    assert not set(preselected(EVERY)) & {one.record for one in EVERY if one.kind in PART2_KINDS}
    assert preselected((NOTE, replace(RISK, asked=False))) == ("n1",)


def test_a_log_without_an_item_cannot_be_signed_and_every_log_says_what_it_leaves_out():
    assert [one.slot for one in FORM.lacks(material(withheld=EVERY))] == ["records"]
    assert "nothing can be read from that" in in_words(log(NOTE))


@pytest.mark.parametrize("by", ["record", "category"])
def test_the_list_is_printed_as_a_table_on_its_pages(by):
    printed = print_letter(log(*EVERY, by=by), NOW)
    told = " ".join(" ".join(text_of(printed.pdf)).split())
    assert "Received by" in told
    assert "Therapist’s separate notes" in told
    assert "Suicide" not in told
