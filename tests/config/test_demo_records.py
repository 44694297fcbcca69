"""The demonstration's records: each could be signed as it stands, and no name or number is real."""

import re
from datetime import date

import pytest

from stillroom.chart import rules, sheets
from stillroom.chart.kinds import KINDS
from stillroom.config.demo import practice
from stillroom.config.demo.days import closed
from stillroom.config.demo.keeping import Kept, moment_of, records_of, supervision
from stillroom.supervision.rules import KIND

CAST = range(20)
EVERY = [one for client in CAST for one in records_of(client)]


@pytest.mark.parametrize("one", EVERY, ids=lambda one: f"{one.client}-{one.kind}-{one.week}")
def test_a_record_can_be_signed_as_it_stands_and_loses_no_word(one: Kept) -> None:
    kind = KINDS[one.kind]
    content = rules.written(kind, kind.first_form, one.fields)
    if not one.draft:
        assert sheets.faults(kind, content) == []
    assert sheets.fields_of(content).keys() == one.fields.keys(), "a field that the kind has not"


def test_notes_about_supervision_can_be_signed_too() -> None:
    for one in supervision():
        content = rules.written(KIND, "Sheet", {"held_on": "2026-11-20", **one.fields})
        assert sheets.faults(KIND, content) == []


def test_every_kind_of_a_sheet_has_an_example() -> None:
    ours = {"intake", "psychiatric_evaluation", "mental_status", "contact_note", "letter"}
    ours |= {"case_management_note", "collateral_note", "discharge_summary"}
    ours |= {"medication_list", "allergies_alerts"}
    assert ours <= {one.kind for one in EVERY}


@pytest.mark.parametrize("today", [date(2026, 11, 24), date(2027, 1, 2), date(2026, 12, 25)])
def test_a_record_falls_into_its_course_and_on_an_open_day(today: date) -> None:
    house = practice(412, 60, today)
    for one in EVERY:
        chart = house.chart(one.client)
        assert chart is not None
        at = moment_of(one.week, today, "America/New_York")
        assert at.date() < today
        assert not closed(at.date())
        assert at >= chart.opened_at, (one.client, one.kind, one.week)


def test_no_telephone_number_is_anybodys() -> None:
    words = " ".join(str(text) for one in (*EVERY, *supervision()) for text in one.fields.values())
    assert not re.search(r"\d{3}[ -]\d{4}", words)
