"""A group of more than four by video: a server that cannot open it passes it on, or the page says
before the hour that it cannot be held, and why (P8, T09)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from django.urls import reverse

from stillroom.config.house import set_shell
from stillroom.kernel import new_id
from stillroom.practice import actions_holders
from stillroom.practice.rules import FrontSheet
from stillroom.telehealth import Line, Relays, Tickets, meetings
from stillroom.telehealth.models import Room
from stillroom.telehealth.relays import Sfu
from stillroom.telehealth.sfu import pass_for
from stillroom.telehealth.sfu_rooms import Listed, unused
from tests.cast import Cast
from tests.couple import Several, book
from tests.telehealth.relays import ADMIN_KEY, HOST, SECRET, free_port, janus
from tests.telehealth.test_group_pages import DOV
from tests.telehealth.test_sfu import said
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db

LINE = Line(Tickets(lambda text: sha256(text).digest()), 8401)
MORE = ("Ida", "Uma", "Ben", "Kit", "Lea", "Max", "Pia", "Rob")


@pytest.fixture(scope="module")
def sfu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sfu]:
    """The real Janus, as our configuration has it."""
    with janus(tmp_path_factory.mktemp("janus")) as running:
        yield running


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """The cast on the day of these tests: Janus looks at the machine's clock."""
    return replace(cast, at=datetime.now(UTC))


def grow(cast: Cast, group: str, members: int) -> None:
    """A group of so many."""
    for given in MORE[: members - 3]:
        sheet = FrontSheet(given=given, family="Reyes")
        actions_holders.add_new_holder(cast.here("ada"), cast.directory, group, sheet)


def with_server(cast: Cast, sfu: Sfu | None) -> None:
    """The practice, with a line, and with this server for many or none."""
    set_shell(replace(serve(cast), line=LINE, relays=Relays(sfu=sfu)))


def at(name: str, room: str, **more: object) -> str:
    return reverse(name, kwargs={"room_id": room, **more})


def read(visitor: Visitor, address: str) -> str:
    return visitor.get(address).content.decode()


def ticket(visitor: Visitor, name: str, room: str) -> dict[str, Any]:
    """What a page of the call is given."""
    given = visitor.post(at(name, room), {}, content_type="application/json")
    assert given.status_code == 200, given.content.decode()
    return json.loads(given.content)  # type: ignore[no-any-return]


def begin(cast: Cast, group: str) -> str:
    """A visit without an appointment whose door Ada has opened; gives its id."""
    ada = Visitor(cast, "ada")
    begun = ada.post(reverse("call_begin", kwargs={"chart_id": group}))
    assert begun.status_code == 302, begun.content.decode()
    room = begun.headers["Location"].rpartition("/")[2]
    opened = ada.post(at("call_together_do", room), {"do": "open"})
    assert opened.status_code == 302, opened.content.decode()
    return room


def dov_comes_in(cast: Cast, several: Several, room: str) -> Visitor:
    """Answered, and let in."""
    dov, ada = Visitor(cast, "dov"), cast.here("ada")
    assert dov.post(at("portal_call", room), DOV).status_code == 302
    seats = meetings.seats_of(meetings.whole(ada, room), ada.at)
    number = next(one.member for one in seats if one.client == several.dov)
    reason = {"reason": "Signed on paper."}
    went = Visitor(cast, "ada").post(at("call_seat_open", room, number=number), reason)
    assert went.status_code == 302, went.content.decode()
    return dov


def there(sfu: Sfu, room: str) -> bool:
    """Whether Janus has such a room."""
    token = pass_for(SECRET, room=room, at=datetime.now(UTC)).token
    (answer,) = said(sfu, token, {"request": "exists", "room": room})
    return bool(answer["exists"])


def test_without_a_server_the_page_says_so_before_the_visit_and_opens_no_door(
    cast: Cast, group: str
) -> None:
    room = book(cast, group)  # when they were three
    grow(cast, group, 5)
    with_server(cast, None)
    ada = Visitor(cast, "ada")
    for page in (read(ada, at("call_together", room)), read(ada, f"/clients/{group}")):
        assert "carries four members beside the clinician here" in page
        assert "sends its picture to every other" in page
        assert "stillroom doctor says how" in page
    assert "Open the door" not in read(ada, at("call_together", room))
    refused = ada.post(at("call_together_do", room), {"do": "open"})
    assert refused.status_code == 409
    assert "groups of four" in refused.content.decode()
    assert not Room.objects.filter(pk=room, opened_at__isnull=False).exists()


def test_with_a_server_each_seat_is_let_into_one_room_there_and_the_page_may_reach_it(
    cast: Cast, several: Several, group: str, sfu: Sfu
) -> None:
    grow(cast, group, 10)
    with_server(cast, sfu)
    room = begin(cast, group)
    assert (
        "The server cannot see or hear it".lower()
        in read(Visitor(cast, "ada"), at("call_together", room)).lower()
    )
    dov = dov_comes_in(cast, several, room)
    given = {
        "ada": ticket(Visitor(cast, "ada"), "call_together_ticket", room),
        "dov": ticket(dov, "portal_call_ticket", room),
    }
    assert {one["carried"]["ticket"]["room"] for one in given.values()} == {room}
    for one in given.values():
        assert one["carried"]["ticket"]["seat"] == one["seat"]
        assert one["seats"] == 11
    assert there(sfu, room)
    for page in (
        Visitor(cast, "ada").get(at("call_together_room", room)),
        dov.get(at("portal_call_room", room)),
    ):
        assert sfu.address in page.headers["Content-Security-Policy"]
        assert "framesworker.js" in page.content.decode()
    ended = Visitor(cast, "ada").post(at("call_together_end", room), {"unused": "yes"})
    assert ended.status_code == 302
    assert not there(sfu, room), "its room is gone with the visit"


def test_a_small_group_goes_past_the_server_even_where_there_is_one(
    cast: Cast, several: Several, group: str, sfu: Sfu
) -> None:
    grow(cast, group, 4)
    with_server(cast, sfu)
    room = begin(cast, group)
    assert "carried" not in ticket(Visitor(cast, "ada"), "call_together_ticket", room)
    assert not there(sfu, room)


def test_more_than_ten_meet_by_no_server(cast: Cast, group: str, sfu: Sfu) -> None:
    grow(cast, group, 11)
    with_server(cast, sfu)
    ada = Visitor(cast, "ada")
    refused = ada.post(reverse("call_begin", kwargs={"chart_id": group}))
    assert refused.status_code == 409
    assert "carries ten members beside the clinician" in refused.content.decode()


def test_who_joins_a_group_in_mid_visit_does_not_change_how_it_travels(
    cast: Cast, several: Several, group: str, sfu: Sfu
) -> None:
    """Four met among themselves, and a fifth was taken into the group: half of the pages would look
    for each other at the server."""
    grow(cast, group, 4)
    with_server(cast, sfu)
    room = begin(cast, group)
    dov = dov_comes_in(cast, several, room)
    grow(cast, group, 5)
    assert "carried" not in ticket(dov, "portal_call_ticket", room)
    ada = Visitor(cast, "ada")
    seats = meetings.seats_of(meetings.whole(cast.here("ada"), room), cast.at)
    number = next(one.member for one in seats if one.client == several.noa)
    refused = ada.post(at("call_seat_open", room, number=number), {"reason": "On paper."})
    assert refused.status_code == 409
    assert "End it, and begin it again" in refused.content.decode()
    assert "How a visit travels does not change" in read(ada, at("call_together", room))
    mine = next(one.member for one in seats if one.client == several.dov)
    assert ada.post(at("call_seat_out", room, number=mine)).status_code == 302, "out goes always"


def test_while_the_server_does_not_answer_the_seat_is_given_all_the_same(
    cast: Cast, group: str
) -> None:
    grow(cast, group, 5)
    nowhere = Sfu("ws://127.0.0.1:9/", f"http://{HOST}:{free_port()}/janus", SECRET, ADMIN_KEY)
    with_server(cast, nowhere)
    room = begin(cast, group)
    given = ticket(Visitor(cast, "ada"), "call_together_ticket", room)
    assert given["carried"] == {"ticket": None}
    assert given["ticket"]
    with_server(cast, None)  # and where it was taken from the settings in mid-visit
    assert ticket(Visitor(cast, "ada"), "call_together_ticket", room)["carried"] == {"ticket": None}
    ended = Visitor(cast, "ada").post(at("call_together_end", room), {"unused": "yes"})
    assert ended.status_code == 302


def test_asking_again_for_the_server_is_no_new_seat_and_nobody_elses(
    cast: Cast, several: Several, group: str, sfu: Sfu
) -> None:
    """A page asks every few seconds while the server is away: the log has her seat once."""
    grow(cast, group, 5)
    with_server(cast, sfu)
    room = begin(cast, group)
    dov, ada = dov_comes_in(cast, several, room), Visitor(cast, "ada")
    for visitor, name in ((ada, "call_together_ticket"), (dov, "portal_call_ticket")):
        again = {"again": True}
        refused = visitor.post(at(name, room), again, content_type="application/json")
        assert refused.status_code == 409, "who has no seat gets no ticket by asking again"
        given = ticket(visitor, name, room)
        entries = cast.house.log.size
        answer = visitor.post(at(name, room), again, content_type="application/json")
        assert json.loads(answer.content)["carried"]["ticket"]["seat"] == given["seat"]
        assert cast.house.log.size == entries
    elsewhere = Visitor(cast, "dov")  # another browser of his, which has not taken the seat
    other = elsewhere.post(
        at("portal_call_ticket", room), {"again": True}, content_type="application/json"
    )
    assert other.status_code == 409


def test_what_was_left_at_the_server_goes_when_the_next_room_is_made(
    cast: Cast, several: Several, group: str, sfu: Sfu
) -> None:
    """A visit that nobody ended, a practice that was restarted: empty rooms do not gather there."""
    grow(cast, group, 5)
    with_server(cast, sfu)
    relays, left = Relays(sfu=sfu), new_id()
    relays.ticket(left, seat=0, at=cast.at)
    open_now = begin(cast, group)
    ticket(Visitor(cast, "ada"), "call_together_ticket", open_now)
    assert not there(sfu, left)
    another = begin(cast, group)
    ticket(Visitor(cast, "ada"), "call_together_ticket", another)
    assert there(sfu, open_now), "an open visit's room stays, whoever is in it"
    assert there(sfu, another)


def test_only_what_is_empty_and_no_open_visit_needs_is_unused() -> None:
    listed = [Listed("a", 0), Listed("b", 2), Listed("c", 0)]
    assert unused(listed, {"c"}) == ["a"]
