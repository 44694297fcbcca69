"""Diagnoses: a code out of force is refused with the nearest; what was resolved stays as it was."""

from datetime import date

import pytest

from stillroom.chart._kinds_plan import DIAGNOSES
from stillroom.chart.contents import Content
from stillroom.chart.icd10cm import catalogue
from stillroom.chart.rules_diagnoses import diagnoses, faults_on
from stillroom.chart.sheets import answered, faults, passages

NOW = date(2026, 11, 28)
MDD = {
    "code": "F33.1",
    "title": "Major depressive disorder, recurrent, moderate",
    "certainty": "confirmed",
}
GRIEF = {"code": "F43.81", "title": "Prolonged grief disorder", "certainty": "rule_out"}


def listed(*rows: dict[str, str]) -> Content:
    fields = {
        f"diagnoses.{nth}.{name}": text
        for nth, row in enumerate(rows)
        for name, text in row.items()
    }
    return Content("Sheet", (), kind="diagnoses", answers=answered(DIAGNOSES, fields))


def refused(*rows: dict[str, str], day: date = NOW) -> list[tuple[str, str]]:
    return [tuple(fault) for fault in faults_on(listed(*rows), day, catalogue())]


def test_the_principal_one_stands_first_and_what_is_resolved_last() -> None:
    old = GRIEF | {"resolved_on": "2025-01-09"}
    found = diagnoses(listed(old, GRIEF | {"code": "F41.1"}, MDD | {"principal": "yes"}))
    assert [one.code for one in found] == ["F33.1", "F41.1", "F43.81"]
    assert [one.standing for one in found] == [True, True, False]


def test_a_list_in_force_is_refused_nothing() -> None:
    assert refused(MDD | {"principal": "yes"}, GRIEF) == []
    assert faults(DIAGNOSES, listed(MDD, GRIEF)) == []


def test_a_code_out_of_force_is_refused_with_the_nearest() -> None:
    ((field, words),) = refused({**MDD, "code": "F43.8"})
    assert field == "diagnoses.0.code"
    assert "no longer in force" in words
    assert "F43.81 Prolonged grief disorder" in words
    assert "F43.89" in words


def test_the_same_code_was_good_in_its_day() -> None:
    assert refused({**MDD, "code": "F43.8"}, day=date(2021, 3, 1)) == []


def test_what_is_resolved_keeps_the_code_that_it_had() -> None:
    assert refused({**MDD, "code": "F43.8", "resolved_on": "2021-08-01"}) == []


def test_a_heading_is_no_confirmed_diagnosis_but_may_be_what_is_to_be_ruled_out() -> None:
    ((_, words),) = refused({**MDD, "code": "F33"})
    assert "heading" in words
    assert "F33.0" in words
    assert refused({**GRIEF, "code": "F33"}) == []


def test_a_code_that_nobody_knows_needs_somebody_who_looked_it_up() -> None:
    newer = {**MDD, "code": "F33.7"}
    ((_, words),) = refused(newer)
    assert "April 1, 2026" in words
    assert "you looked it up" in words
    assert refused(newer | {"looked_up": "yes"}) == []


def test_having_looked_it_up_brings_no_dead_code_back() -> None:
    assert refused({**MDD, "code": "F43.8", "looked_up": "yes"})


@pytest.mark.parametrize("typed", ["depression", "33.1", "F3", "🙂", "F33.1; F41.1"])
def test_what_is_no_code_is_said_to_be_none(typed: str) -> None:
    ((_, words),) = refused({**MDD, "code": typed})
    assert "not spelled like a code" in words


def test_one_line_a_code_and_one_principal() -> None:
    assert [field for field, _ in refused(MDD, MDD)] == ["diagnoses.1.code"]
    two = refused(MDD | {"principal": "yes"}, GRIEF | {"principal": "yes"})
    assert [field for field, _ in two] == ["diagnoses.1.principal"]
    gone = MDD | {"principal": "yes", "resolved_on": "2026-01-01"}
    assert [field for field, _ in refused(gone)] == ["diagnoses.0.principal"]


def test_a_recurrence_may_stand_beside_what_was_resolved() -> None:
    assert refused(MDD | {"resolved_on": "2023-04-02"}, MDD) == []


def test_a_line_without_certainty_cannot_be_signed() -> None:
    (fault,) = faults(DIAGNOSES, listed({"code": "F33.1", "title": "x"}))
    assert fault.field == "diagnoses.0.certainty"


def test_the_list_reads_in_plain_words() -> None:
    ((heading, words),) = passages(DIAGNOSES, listed(GRIEF))
    assert heading == "Diagnoses"
    assert "F43.81" in words
    assert "to be ruled out" in words
