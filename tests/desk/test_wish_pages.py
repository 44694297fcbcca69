"""Wishes and restrictions as pages: obeyed, explained, and nothing typed is lost."""

from datetime import timedelta

import pytest

from stillroom.consent.queries_restrictions import restrictions
from stillroom.consent.rules_restrictions import State
from stillroom.practice import actions as practice
from stillroom.practice.models import Message
from stillroom.practice.queries import chart_head
from stillroom.practice.rules_wishes import Reach
from tests.cast import Cast
from tests.web import Visitor, serve

EMAIL = {"channel_1": "email", "to_1": "d.h@example.org", "name": "D."}


@pytest.fixture
def ada(cast: Cast) -> Visitor:
    serve(cast)
    cast.licensed("ada", location="x")
    return Visitor(cast, "ada")


def reach(cast: Cast) -> Reach | None:
    return chart_head(cast.here("ada"), cast.dov).holders[0].sheet.reach


def client(cast: Cast) -> str:
    return chart_head(cast.here("ada"), cast.dov).holders[0].client


def at(cast: Cast, rest: str = "") -> str:
    return f"/clients/{cast.dov}/{rest}".rstrip("/")


def test_the_desk_writes_down_how_he_is_reached_and_everybody_who_cares_sees_it(
    cast: Cast, ada: Visitor
) -> None:
    cal = Visitor(cast, "cal")
    typed = {
        **EMAIL,
        "since_1": "9.00",
        "until_1": "17:00",
        "days_1": ["0", "2"],
        "never": "410-555-0142",
        "words": "My wife reads my <post>.",
    }
    assert cal.post(at(cast, "wishes/reach"), typed).status_code == 302
    found = reach(cast)
    assert found is not None
    assert (found.ways[0].since, found.ways[0].days) == ("09:00", (0, 2))
    shown = ada.get(at(cast)).content.decode()
    assert "E-mail: d.h@example.org, Monday, Wednesday, 09:00 to 17:00" in shown
    assert "Never: 410-555-0142" in shown
    assert "not asked" not in shown
    again = cal.get(at(cast, "wishes/reach")).content.decode()
    assert "My wife reads my &lt;post&gt;." in again


def test_what_cannot_be_obeyed_is_said_and_stays_typed(cast: Cast, ada: Visitor) -> None:
    typed = {**EMAIL, "since_1": "late", "words": "After work."}
    refused = ada.post(at(cast, "wishes/reach"), typed)
    assert refused.status_code == 409
    assert "After work." in refused.content.decode()
    assert "09:00 or 17:30" in refused.content.decode()
    assert reach(cast) is None


def test_a_line_is_written_by_the_desk_and_by_no_way_that_was_not_allowed(
    cast: Cast, ada: Visitor
) -> None:
    cal = Visitor(cast, "cal")
    unasked = cal.get(at(cast, "write-to")).content.decode()
    assert "Nobody has asked yet" in unasked
    cal.post(at(cast, "wishes/reach"), EMAIL)
    page = cal.get(at(cast, "write-to")).content.decode()
    assert "Hello D.,\nPlease call when it suits you." in page, "line by line, as it goes"
    nothing = cal.post(at(cast, "write-to"), {"way": "2", "kind": "CALL"})
    assert nothing.status_code == 409
    assert not Message.objects.exists()
    assert cal.post(at(cast, "write-to"), {"way": "1", "kind": "CALL"}).status_code == 302
    shown = ada.get(at(cast, "write-to")).content.decode()
    assert "Send it yourself" in shown


def test_outside_the_hours_the_page_says_so_and_sends_nothing(cast: Cast, ada: Visitor) -> None:
    ada.post(at(cast, "wishes/reach"), {**EMAIL, "since_1": "07:00", "until_1": "08:00"})
    refused = ada.post(at(cast, "write-to"), {"way": "1", "kind": "CALL"})
    assert refused.status_code == 409
    assert "Not at this hour" in refused.content.decode()
    assert "No way above may be used now; each says why." in refused.content.decode()
    assert not Message.objects.exists()


def test_a_reminder_from_an_appointment_says_the_hour_if_he_wished_it(
    cast: Cast, ada: Visitor
) -> None:
    begins = cast.at + timedelta(days=3)
    visit = practice.book(
        cast.here("ada"), cast.dov, cast.people["ada"].id, begins, begins + timedelta(minutes=50)
    )
    assert f"appointment={visit}" in ada.get(f"/appointments/{visit}").content.decode()
    ada.post(at(cast, "wishes/reach"), {**EMAIL, "says_when": "yes"})
    page = at(cast, f"write-to?client={client(cast)}&appointment={visit}")
    assert "A reminder: Monday, November 23, 12:00." in ada.get(page).content.decode()
    assert ada.post(page, {"way": "1", "kind": "REMINDER"}).status_code == 302


def test_the_desk_sees_no_restriction_and_no_reason(cast: Cast, ada: Visitor) -> None:
    typed = {"basis": "agreed", "words": "Nothing to my brother", "holder": client(cast)}
    assert ada.post(at(cast, "restrictions/new"), typed).status_code == 302
    assert "my brother" in ada.get(at(cast, "wishes")).content.decode()
    desk = Visitor(cast, "cal")
    shown = desk.get(at(cast, "wishes"))
    assert shown.status_code == 200
    assert "brother" not in shown.content.decode()
    assert "kept from whom" not in shown.content.decode()
    assert desk.get(at(cast, "restrictions/new")).status_code == 404
    assert desk.post(at(cast, "restrictions/new"), typed).status_code == 404


def test_what_was_paid_for_cannot_be_refused_and_it_waits_on_today(
    cast: Cast, ada: Visitor
) -> None:
    typed = {"basis": "paid", "words": "Not to my plan", "holder": client(cast), "paid": "yes"}
    ada.post(at(cast, "restrictions/new"), typed)
    assert "to keep something back waits" in ada.get("/today").content.decode()
    (one,) = restrictions(cast.here("ada"), cast.dov)
    refused = ada.post(
        f"/restrictions/{one.id}/answer", {"do": "refuse", "words": "We bill <all>."}
    )
    assert refused.status_code == 409
    assert "164.522(a)(1)(vi)" in refused.content.decode()
    assert "We bill &lt;all&gt;." in refused.content.decode()
    assert ada.post(f"/restrictions/{one.id}/answer", {"do": "agree"}).status_code == 302
    assert "to keep something back waits" not in ada.get("/today").content.decode()
    (one,) = restrictions(cast.here("ada"), cast.dov)
    assert one.state is State.AGREED
    end = {"how": "the client asks or agrees in writing", "words": "He wrote."}
    assert ada.post(f"/restrictions/{one.id}/end", end).status_code == 302
    assert restrictions(cast.here("ada"), cast.dov)[0].state is State.ENDED


def test_a_request_without_words_or_ground_keeps_what_was_typed(cast: Cast, ada: Visitor) -> None:
    page = at(cast, "restrictions/new")
    for typed in (
        {"basis": "", "words": "To <nobody>"},
        {"basis": "agreed", "words": "", "recipient": "To <nobody>"},
    ):
        refused = ada.post(page, {**typed, "holder": client(cast)})
        assert refused.status_code == 409
        assert "To &lt;nobody&gt;" in refused.content.decode()
    assert ada.post(page, {"basis": "agreed", "words": "x", "holder": "z"}).status_code == 404
    assert restrictions(cast.here("ada"), cast.dov) == []
