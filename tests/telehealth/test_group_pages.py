"""A group's visit by video: each comes in by her own chart, and knows of the others a chosen name."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from django.urls import reverse

from stillroom.config.house import set_shell
from stillroom.practice import actions_holders
from stillroom.practice.models import OwnAsk
from stillroom.practice.rules import FrontSheet
from stillroom.telehealth import Line, Tickets, meetings, queries
from stillroom.telehealth.models import Seat
from tests.cast import Cast
from tests.couple import Several, book
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db

DOV = {
    "me": "yes",
    "place": "us-md",
    "address": "12 Quarry Lane, Baltimore",
    "near": "alone",
    "call_back": "410-555-0142",
    "shown": "name",
    "name": "Quarryman",
}
NOA = {**DOV, "address": "9 Ferry Street", "call_back": "410-555-0199", "shown": "none", "name": ""}
NAMES = ("Halpern", "Noa", "Tal", "Reyes", "Ferry Street", "0199")


@pytest.fixture
def booked(cast: Cast, group: str) -> str:
    return book(cast, group)


def at(name: str, room: str, **more: object) -> str:
    return reverse(name, kwargs={"room_id": room, **more})


def seats(cast: Cast, room: str) -> dict[str, meetings.Meeting]:
    """The members' seats, by client, as Ada sees them."""
    ada = cast.here("ada")
    return {one.client: one for one in meetings.seats_of(meetings.whole(ada, room), ada.at)}


def test_her_own_chart_is_her_way_in_and_what_she_says_lies_there(
    cast: Cast, several: Several, booked: str
) -> None:
    dov = Visitor(cast, "dov")
    for page in ("portal_times", "portal_calls"):
        listed = dov.get(reverse(page, kwargs={"chart_id": cast.dov})).content.decode()
        assert at("portal_call", booked) in listed, page
    assert dov.post(at("portal_call", booked), DOV).status_code == 302
    row = Seat.objects.get(room=booked, client=several.dov)
    assert row.chart == cast.dov
    kept = queries.facts_of(cast.here("ada"), seats(cast, booked)[several.dov])
    assert [one.kind for one in kept] == ["check"]
    his = Visitor(cast, "dov-too")
    assert his.get(at("portal_call", booked)).status_code == 404, "the couple's door is another"
    cast.holder("fay", by="bea")
    assert Visitor(cast, "fay").get(at("portal_call", booked)).status_code == 404


def test_no_page_of_hers_tells_who_else_is_of_the_group(
    cast: Cast, several: Several, booked: str
) -> None:
    noa, dov = Visitor(cast, "noa"), Visitor(cast, "dov")
    noa.post(at("portal_call", booked), NOA)
    dov.post(at("portal_call", booked), DOV)
    for name in ("portal_call_wait", "portal_call_room"):
        page = dov.get(at(name, booked), follow=True).content.decode()
        assert not [one for one in NAMES if one in page.replace("Dov Halpern", "")], name
    set_shell(replace(serve(cast), line=Line(Tickets(lambda text: sha256(text).digest()), 8401)))
    ada = Visitor(cast, "ada")
    for seat in (seats(cast, booked)[one] for one in (several.dov, several.noa)):
        went = ada.post(at("call_seat_open", booked, number=seat.member), {"reason": "On paper."})
        assert went.status_code == 302
    for one in (noa, dov):
        given = one.post(at("portal_call_ticket", booked), {}, content_type="application/json")
        assert given.status_code == 200
    inside = {"inside": True}
    told = noa.post(at("portal_call_state", booked), inside, content_type="application/json").json()  # type: ignore[attr-defined]
    number = {client: str(one.member) for client, one in seats(cast, booked).items()}
    assert told["names"] == {number[several.dov]: "Quarryman", number[several.noa]: ""}
    told = dov.post(at("portal_call_state", booked)).content.decode()
    assert not [one for one in NAMES if one in told]


def test_who_has_no_chart_of_her_own_has_no_door_and_the_page_says_so(
    cast: Cast, several: Several, booked: str
) -> None:
    page = Visitor(cast, "ada").get(at("call_together", booked)).content.decode()
    assert page.count("No chart of their own is in your care") == 1
    tal = next(one for client, one in seats(cast, booked).items() if not one.chart)
    ada = Visitor(cast, "ada")
    assert ada.get(at("call_seat", booked, number=tal.member)).status_code == 404
    assert tal.client not in (several.dov, several.noa)


def test_a_group_of_more_than_four_is_told_so_where_it_would_be_booked(
    cast: Cast, group: str
) -> None:
    ada = cast.here("ada")
    for given in ("Ida", "Uma"):
        sheet = FrontSheet(given=given, family="Reyes")
        actions_holders.add_new_holder(ada, cast.directory, group, sheet)
    ada_page = Visitor(cast, "ada")
    when = cast.at + timedelta(days=1)
    sent = {
        "person": ada.person,
        "day": f"{when:%Y-%m-%d}",
        "start": "10:00",
        "minutes": "50",
        "mode": "telehealth",
    }
    refused = ada_page.post(reverse("book", kwargs={"chart_id": group}), sent)
    assert refused.status_code == 409
    assert "carries four members beside the clinician" in refused.content.decode()
    begun = ada_page.post(reverse("call_begin", kwargs={"chart_id": group}))
    assert begun.status_code == 409


def test_what_one_asks_about_a_time_of_the_group_no_other_learns(
    cast: Cast, several: Several, booked: str
) -> None:
    dov, noa = Visitor(cast, "dov"), Visitor(cast, "noa")
    ask = reverse("portal_time_ask", kwargs={"appointment_id": booked})
    assert dov.post(ask, {"do": "cannot", "words": "I am away."}).status_code == 302
    (own,) = {one.chart for one in seats(cast, booked).values() if one.client == several.noa}
    page = noa.get(reverse("portal_times", kwargs={"chart_id": own})).content.decode()
    assert at("portal_call", booked) in page
    assert "You asked about it" not in page
    assert noa.post(ask, {"do": "move", "words": ""}).status_code == 302, "she may ask as well"
    assert OwnAsk.objects.filter(appointment=booked).count() == 2
