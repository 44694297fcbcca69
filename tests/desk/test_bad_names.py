"""Names of one letter, names from right to left, births to come: each kept, or told what to mend."""

from datetime import date, timedelta

import pytest

from stillroom.desk import sheets
from stillroom.practice.rules import FrontSheet

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("O", "E"),
        ("Ng", "U"),
        ("נועה", "הלפרן"),
        ("نور", "الدين"),
        ("李", "明"),
        ("🌱", "Fern"),
        ("Zoë", "O’Dowd"),
    ],
)
def test_a_name_is_whatever_somebody_is_called(given: str, family: str) -> None:
    kept = sheets.sheet_from({"given": given, "family": family}, TODAY)
    assert (kept.given, kept.family) == (given, family)
    assert kept.full == f"{given} {family}"
    assert kept.short, "behind the privacy screen too there is something to call them"
    assert sheets.sheet_from(sheets.typed_from(kept), TODAY) == kept


@pytest.mark.parametrize(
    "born", ["2026-11-21", "2031-01-01", "1905-12-31", "0001-01-01", "born in spring", "2026-02-30"]
)
def test_a_birth_to_come_or_one_that_cannot_be_is_said_and_nothing_is_kept(born: str) -> None:
    with pytest.raises(sheets.BadDate) as told:
        sheets.sheet_from({"given": "O", "family": "E", "born": born}, TODAY)
    assert "not in the future" in told.value.advice


def test_somebody_born_today_is_a_client_of_no_age_and_has_a_guardian_asked_for() -> None:
    kept = sheets.sheet_from({"given": "O", "family": "E", "born": TODAY.isoformat()}, TODAY)
    assert kept.age_on(TODAY) == 0
    assert sheets.lacks_guardian(kept, TODAY)
    assert isinstance(kept, FrontSheet)
    assert kept.age_on(TODAY + timedelta(days=364)) == 0
