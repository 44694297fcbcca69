"""A front sheet that is kept loses nothing: neither what the form shows nor what it does not."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from stillroom.desk import sheets
from stillroom.desk.sheets import (
    BadDate,
    ContactWithoutName,
    NameMissing,
    TooLong,
    guardian_rows,
    lacks_guardian,
    sheet_from,
    typed_from,
)
from stillroom.practice import actions, queries
from stillroom.practice.rules import Contact, FrontSheet
from tests.cast import Cast
from tests.web import Visitor, serve

TODAY = date(2026, 11, 20)
FIELDS = Path(sheets.__file__).parent / "templates" / "desk" / "parts" / "front_fields.html"
_text = st.text("abcé ñ'-&<\"", max_size=12).map(str.strip)
_name = st.text("abcé", min_size=1, max_size=8)
_contacts = st.builds(Contact, _name, _text, _text, _text)
_sheets = st.builds(
    FrontSheet,
    given=_name,
    family=_name,
    called=_text,
    pronouns=_text,
    born=st.none() | st.dates(date(1910, 1, 1), TODAY),
    phone=_text,
    email=_text,
    address=st.lists(_name, max_size=3).map(tuple),
    safe_contact=_text,
    payer=_text,
    member_id=_text,
    emergency=st.none() | _contacts,
    guardians=st.lists(_contacts, max_size=5).map(tuple),
)


@given(_sheets)
def test_a_front_sheet_opened_and_kept_is_the_same(sheet: FrontSheet) -> None:
    assert sheet_from(typed_from(sheet), TODAY, sheet) == sheet


@given(_sheets, _sheets)
def test_every_field_can_be_changed_into_every_other(was: FrontSheet, then: FrontSheet) -> None:
    assert sheet_from(typed_from(then), TODAY, was) == then


@given(_sheets)
def test_everybody_around_a_client_has_a_row_and_there_is_room_for_one_more(
    sheet: FrontSheet,
) -> None:
    rows = guardian_rows(typed_from(sheet))
    assert len(rows) == max(2, len(sheet.guardians) + 1)


def test_every_field_of_a_front_sheet_can_be_corrected_on_the_page() -> None:
    shown = FIELDS.read_text("utf-8")
    for name in set(FrontSheet.__struct_fields__) - {"wishes"}:  # which have a page of their own
        marks = {"emergency": "emergency_name", "guardians": "guardian_"}
        assert f"'{marks.get(name, name)}" in shown, name
    for name in Contact.__struct_fields__:
        assert f"'_{name}'" in shown, name


def test_what_the_form_does_not_show_stays() -> None:
    """A form of an older page, without the new fields: the rest of the sheet is still there."""
    sheet = FrontSheet(
        given="Dov",
        family="Halpern",
        member_id="DEMO-1",
        emergency=Contact("Ilan", "brother", "410-555-0100", "health care agent"),
    )
    typed = {"given": "Dov", "family": "Halpern", "member_id": "DEMO-1", "emergency_name": "Ilan"}
    assert sheet_from(typed, TODAY, sheet) == sheet


def test_emptying_all_fields_of_a_guardian_takes_her_off() -> None:
    sheet = FrontSheet("Noa", "Feld", guardians=(Contact("Imani"), Contact("Joss", "father")))
    typed = {**typed_from(sheet), "guardian_1_name": ""}
    assert sheet_from(typed, TODAY, sheet).guardians == (Contact("Joss", "father"),)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"given": ""}, NameMissing),
        ({"born": "soon"}, BadDate),
        ({"born": "2027-01-01"}, BadDate),
        ({"guardian_2_phone": "410"}, ContactWithoutName),
        ({"emergency_phone": "410"}, ContactWithoutName),
        ({"safe_contact": "x" * 401}, TooLong),
        ({"address": "x" * 2001}, TooLong),
    ],
)
def test_what_cannot_be_kept_is_said_and_not_dropped(
    typed: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        sheet_from({"given": "Dov", "family": "Halpern", **typed}, TODAY)


def test_a_minor_without_a_guardian_is_hinted_at_and_an_adult_is_not() -> None:
    child = FrontSheet("Noa", "Feld", born=date(2012, 5, 1))
    assert lacks_guardian(child, TODAY)
    assert not lacks_guardian(FrontSheet("Noa", "Feld", born=date(2008, 11, 20)), TODAY)
    assert not lacks_guardian(FrontSheet("Noa", "Feld"), TODAY)
    assert not lacks_guardian(
        FrontSheet("Noa", "Feld", born=date(2012, 5, 1), guardians=(Contact("Imani"),)), TODAY
    )


def _kept(cast: Cast) -> FrontSheet:
    return queries.chart_head(cast.here("ada"), cast.dov).holders[0].sheet


def test_keeping_a_front_sheet_at_the_page_loses_nothing(cast: Cast) -> None:
    """Two guardians with their authority, a member number, somebody's relation: all still there."""
    whole = FrontSheet(
        given="Noa",
        family="Halpern",
        born=date(2013, 2, 1),
        member_id="DEMO-77",
        emergency=Contact("Ruth Halpern", "aunt", "410-555-0177", "standby guardian"),
        guardians=(
            Contact("Dov Halpern", "father", "410-555-0142", "joint legal custody"),
            Contact("Lea Marsh", "mother", "410-555-0143", "joint legal custody"),
        ),
    )
    head = queries.chart_head(cast.here("ada"), cast.dov)
    client = head.holders[0].client
    actions.change_front(cast.here("ada"), cast.directory, cast.dov, client, whole)
    serve(cast)
    address = reverse("front", kwargs={"chart_id": cast.dov})
    assert Visitor(cast, "cal").post(address, {"phone": "410-555-0001"}).status_code == 302
    assert _kept(cast).phone == "410-555-0001"
    assert _kept(cast).guardians == whole.guardians
    assert _kept(cast).emergency == whole.emergency
    assert _kept(cast).member_id == "DEMO-77"


def test_an_older_window_overwrites_nothing(cast: Cast) -> None:
    serve(cast)
    address = reverse("front", kwargs={"chart_id": cast.dov})
    ada, cal = Visitor(cast, "ada"), Visitor(cast, "cal")
    assert cal.post(address, {"phone": "410-555-0001", "revision": "1"}).status_code == 302
    refused = ada.post(address, {"payer": "Old Window Mutual", "revision": "1"})
    assert refused.status_code == 409
    assert "another window" in refused.content.decode()
    assert "Old Window Mutual" in refused.content.decode(), "what was typed is kept"
    assert (_kept(cast).phone, _kept(cast).payer) == ("410-555-0001", "")
