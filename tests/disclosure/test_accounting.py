"""The account of what left: 45 CFR 164.528, and everything else beside it."""

from dataclasses import replace
from datetime import date

import pytest

from stillroom.consent.rules import Party
from stillroom.disclosure.rules import (
    AccountingLine,
    Basis,
    Candidate,
    Ground,
    accounting,
    accounting_due,
    accounting_line,
    basis_of,
    preselect,
    select,
)
from stillroom.kernel import Misuse
from tests.disclosure.conftest import NOW, OPEN, RELEASE

WHAT = {
    "address": "Towson, Maryland",
    "description": "Progress note of October 6, 2026",
    "purpose": "Order of November 20, 2026",
    "digest": "7f" * 32,
}


def selection(*papers, **release):
    asked = replace(RELEASE, **release)
    answers = {"progress_notes": OPEN}
    ground = Ground(answers, {} if papers else answers, asked, papers, NOW)
    card = Candidate("1", "progress_notes", date(2026, 10, 6))
    return select(preselect([card], ground), ["1"], asked)


def test_a_packet_under_an_order_is_owed_and_told_in_full():
    line = accounting_line(selection(), at=NOW, **WHAT)
    assert line.owed
    assert line == AccountingLine(
        on=NOW.date(), recipient="Rex Dunleavy", citation="45 CFR 164.528(a)(1),(b),(c),(d)", **WHAT
    )


def test_a_packet_under_an_authorization_is_kept_and_marked(paper):
    line = accounting_line(selection(paper()), at=NOW, **WHAT)
    assert not line.owed
    assert line.exempt_because == "made under an authorization"


def test_care_and_the_client_are_told_apart():
    assert basis_of(selection(purpose="payment")) is Basis.CARE
    assert basis_of(selection(recipient=Party("Dov Halpern", "client"))) is Basis.TO_CLIENT
    assert basis_of(selection()) is Basis.LAW
    family = accounting_line(selection(), at=NOW, basis=Basis.FAMILY, **WHAT)
    assert family.exempt_because


def test_a_line_that_says_not_what_or_what_for_is_not_written():
    for blank in ("description", "purpose"):
        with pytest.raises(Misuse):
            accounting_line(selection(), at=NOW, **{**WHAT, blank: " "})


def test_the_accounting_reaches_back_six_years_and_no_further(paper):
    line = accounting_line(selection(), at=NOW, **WHAT)
    lines = [
        replace(line, on=date(2020, 11, 23)),
        line,
        replace(line, on=date(2020, 11, 24)),
        accounting_line(selection(paper()), at=NOW, **WHAT),
    ]
    asked = date(2026, 11, 24)
    assert [each.on for each in accounting(lines, asked_on=asked)] == [
        date(2020, 11, 24),
        date(2026, 11, 24),
    ]
    assert len(accounting(lines, asked_on=asked, everything=True)) == 3


def test_a_suspended_line_appears_when_its_time_has_run():
    line = accounting_line(selection(), at=NOW, **WHAT)
    held = replace(line, withheld_until=date(2026, 12, 24))
    assert accounting([held], asked_on=date(2026, 12, 24)) == ()
    assert accounting([held], asked_on=date(2026, 12, 25)) == (held,)


def test_a_request_for_the_account_is_answered_in_sixty_days():
    assert accounting_due(date(2026, 11, 24)) == date(2027, 1, 23)
    assert accounting_due(date(2026, 11, 24), extended=True) == date(2027, 2, 22)
