"""A couple's visit by video as its pages tell it: each member is let in by herself, verified by
herself, and never shown the other's answers (P8, T09)."""

from dataclasses import replace
from hashlib import sha256

import pytest
from django.urls import reverse

from stillroom.access import Capacity
from stillroom.chart import queries as charts
from stillroom.config.house import current_shell, set_shell
from stillroom.phi import NotHere
from stillroom.practice.actions_guests import Stand
from stillroom.practice.models import Appointment
from stillroom.telehealth import Line, Tickets, meetings, queries, serving
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.models import Fact, Room, Seat
from stillroom.telehealth.rules_session import Phase
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
    "contact": "Ezra Halpern",
    "contact_phone": "410-555-0148",
    "shown": "called",
}
NOA = {
    **DOV,
    "place": "us-de",
    "address": "9 Ferry Street, Dover",
    "near": "heard",
    "call_back": "410-555-0199",
    "contact": "Ruth Amsel",
    "shown": "name",
    "name": "N. of the lake",
    "slowly": "yes",
}
SECRET = ("9 Ferry Street", "0199", "Ruth Amsel", '"us-de" selected', "of the lake", "freely")


@pytest.fixture
def booked(cast: Cast, several: Several) -> str:
    serve(cast)
    return book(cast, several.couple)


def at(name: str, room: str, **more: object) -> str:
    return reverse(name, kwargs={"room_id": room, **more})


def seat(cast: Cast, room: str, client: str) -> meetings.Meeting:
    """One member's seat, as Ada sees it."""
    ada = cast.here("ada")
    found = meetings.seats_of(meetings.whole(ada, room), ada.at)
    return next(one for one in found if one.client == client)


def kinds(cast: Cast, room: str, client: str) -> list[str]:
    return [one.kind for one in queries.facts_of(cast.here("ada"), seat(cast, room, client))]


def let_in(cast: Cast, room: str, client: str, reason: str = "She signs on paper today.") -> None:
    one = seat(cast, room, client)
    went = Visitor(cast, "ada").post(
        at("call_seat_open", room, number=one.member), {"reason": reason}
    )
    assert went.status_code == 302, went.content.decode()


def test_each_answers_for_herself_and_neither_page_tells_the_other(
    cast: Cast, several: Several, booked: str
) -> None:
    dov, noa = Visitor(cast, "dov-too"), Visitor(cast, "noa-too")
    assert noa.post(at("portal_call", booked), NOA).status_code == 302
    noa.post(at("portal_call_state", booked))
    for name in ("portal_call", "portal_call_wait", "portal_call_room"):
        page = dov.get(at(name, booked), follow=True).content.decode()
        assert not [one for one in SECRET if one in page], name
    assert dov.post(at("portal_call", booked), DOV).status_code == 302
    again = dov.get(at("portal_call", booked) + "?again=yes").content.decode()
    assert "12 Quarry Lane" in again
    assert not [one for one in SECRET if one in again]
    assert kinds(cast, booked, several.dov) == ["check"]
    assert kinds(cast, booked, several.noa) == ["check", "came"]


def test_what_is_offered_the_next_time_is_her_own(
    cast: Cast, several: Several, booked: str
) -> None:
    """*Nothing changed* is about her, not about the chart."""
    dov, noa = Visitor(cast, "dov-too"), Visitor(cast, "noa-too")
    noa.post(at("portal_call", booked), NOA)
    dov.post(at("portal_call", booked), DOV)
    later = book(cast, several.couple, minutes=10)
    his, hers = (one.get(at("portal_call", later)).content.decode() for one in (dov, noa))
    assert 'value="12 Quarry Lane, Baltimore"' in his
    assert 'value="9 Ferry Street, Dover"' in hers
    assert not [one for one in SECRET if one in his]
    ada = Visitor(cast, "ada")
    moved = {**NOA, "address": "1 New Row"}
    noa.post(at("portal_call", later), moved)
    dov.post(at("portal_call", later), DOV)
    one = {who: seat(cast, later, who) for who in (several.dov, several.noa)}
    pages = {
        who: ada.get(at("call_seat", later, number=each.member)).content.decode()
        for who, each in one.items()
    }
    assert "Not as the last time: address." in pages[several.noa]
    assert "Not as the last time" not in pages[several.dov]


def test_each_is_let_in_by_herself_and_the_reason_is_hers(
    cast: Cast, several: Several, booked: str
) -> None:
    dov, noa, ada = (Visitor(cast, one) for one in ("dov-too", "noa-too", "ada"))
    for who, said in ((dov, DOV), (noa, NOA)):
        who.post(at("portal_call", booked), said)
        who.post(at("portal_call_state", booked))
    page = ada.get(at("call_together", booked)).content.decode()
    assert page.count("No consent to care by video.") == 2
    assert page.count("Not where you are licensed.") == 1
    hers = seat(cast, booked, several.noa)
    refused = ada.post(at("call_seat_open", booked, number=hers.member))
    assert refused.status_code == 409
    assert "The client is in Delaware" in refused.content.decode()
    let_in(cast, booked, several.noa)
    assert "Your visit" in noa.get(at("portal_call_room", booked)).content.decode()
    assert dov.get(at("portal_call_room", booked)).status_code == 302, "he was not let in"
    assert dov.post(at("portal_call_ticket", booked)).status_code == 409
    assert kinds(cast, booked, several.noa)[-1] == "opened"
    assert "opened" not in kinds(cast, booked, several.dov)
    phase = dov.post(at("portal_call_state", booked)).json()["phase"]  # type: ignore[attr-defined]
    assert phase == "waiting"


def test_who_is_asked_to_wait_outside_gets_no_ticket_and_is_met_by_nobody(
    cast: Cast, several: Several, booked: str
) -> None:
    dov, noa = Visitor(cast, "dov-too"), Visitor(cast, "noa-too")
    for who, said, client in ((dov, DOV, several.dov), (noa, NOA, several.noa)):
        who.post(at("portal_call", booked), said)
        let_in(cast, booked, client)
    mine, hers = seat(cast, booked, several.dov), seat(cast, booked, several.noa)
    state = dov.post(at("portal_call_state", booked)).json()  # type: ignore[attr-defined]
    assert state["allowed"] == sorted([0, mine.member, hers.member])
    Visitor(cast, "ada").post(at("call_seat_out", booked, number=hers.member))
    state = dov.post(at("portal_call_state", booked)).json()  # type: ignore[attr-defined]
    assert state["allowed"] == [0, mine.member]
    assert noa.post(at("portal_call_ticket", booked)).status_code == 409
    assert noa.get(at("portal_call_room", booked)).status_code == 302
    assert kinds(cast, booked, several.noa)[-1] == "out"


def test_in_the_call_the_other_reads_the_chosen_name_alone(
    cast: Cast, several: Several, booked: str
) -> None:
    set_shell(replace(serve(cast), line=Line(Tickets(lambda text: sha256(text).digest()), 8401)))
    dov, noa = Visitor(cast, "dov-too"), Visitor(cast, "noa-too")
    for who, said, client in ((dov, DOV, several.dov), (noa, NOA, several.noa)):
        who.post(at("portal_call", booked), said)
        let_in(cast, booked, client)
    given = noa.post(at("portal_call_ticket", booked), {}, content_type="application/json")
    hers = seat(cast, booked, several.noa)
    assert given.status_code == 200
    assert given.json()["seat"] == hers.member  # type: ignore[attr-defined]
    told = dov.post(at("portal_call_state", booked)).json()  # type: ignore[attr-defined]
    assert told["names"] == {str(hers.member): "N. of the lake"}
    current_shell().seats.clear(booked)  # the practice was restarted, or she was away for a while
    noa.post(at("portal_call_state", booked), {"inside": True}, content_type="application/json")
    told = dov.post(at("portal_call_state", booked)).json()  # type: ignore[attr-defined]
    assert told["names"] == {str(hers.member): "N. of the lake"}


def test_the_addresses_of_a_visit_of_two_serve_no_couple(
    cast: Cast, several: Several, booked: str
) -> None:
    """To whoever cares a couple's visit is no visit of two: its page leads on, the rest is not
    there. And a visit of two has no seats."""
    ada = Visitor(cast, "ada")
    assert ada.get(at("call", booked)).headers["Location"] == at("call_together", booked)
    for name in ("call_facts", "call_sheet", "call_room"):
        assert ada.get(at(name, booked)).status_code == 404, name
    for name in ("call_check", "call_open", "call_say", "call_ticket", "call_state", "call_end"):
        assert ada.post(at(name, booked)).status_code == 404, name
    two = book(cast, cast.dov, minutes=10)
    assert ada.get(at("call_together", two)).status_code == 404
    assert ada.get(at("call_seat", two, number=1)).status_code == 404
    with pytest.raises(NotHere):
        queries.meeting(cast.here("ada"), booked)


def test_who_stands_for_a_member_comes_in_to_no_visit_of_several(
    cast: Cast, several: Several, booked: str
) -> None:
    reach = frozenset({"appointments", "forms"})
    cast.proxy("ezra", several.couple, Stand(several.dov, Capacity.PROXY, reach))
    ezra = Visitor(cast, "ezra")
    assert ezra.get(at("portal_call", booked)).status_code == 404
    assert ezra.post(at("portal_call_ticket", booked)).status_code == 404
    listed = ezra.get(reverse("portal_calls", kwargs={"chart_id": several.couple}))
    assert at("portal_call", booked) not in listed.content.decode()


def test_what_each_pair_found_is_told_of_each_and_times_and_who_came_flow_into_the_note(
    cast: Cast, several: Several, booked: str
) -> None:
    ada = Visitor(cast, "ada")
    dov = Visitor(cast, "dov-too")
    dov.post(at("portal_call", booked), DOV)
    let_in(cast, booked, several.dov)
    his, hers = seat(cast, booked, several.dov), seat(cast, booked, several.noa)
    found = {"seat": his.member, "how": "verified by code", "why": ""}
    sent = ada.post(at("call_together_reached", booked), found, content_type="application/json")
    assert sent.status_code == 200
    told = {"seat": 0, "how": "stopped", "why": "words"}
    dov.post(at("portal_call_reached", booked), told, content_type="application/json")
    page = ada.get(at("call_seat", booked, number=his.member)).content.decode()
    assert "With the clinician: Verified: the words were compared aloud" in page
    assert "With the clinician: Stopped before anything was seen or heard." in page
    ada.post(at("call_seat_say", booked, number=hers.member), {"do": "absent"})
    later = cast.later(minutes=20)
    serve(later)
    ended = Visitor(later, "ada").post(at("call_together_end", booked))
    assert ended.status_code == 302, ended.content.decode()
    record = ended.headers["Location"].rpartition("/")[2]
    draft = charts.record(later.here("ada"), record).draft
    assert draft is not None
    assert draft.answer("place").text == "Dov in Maryland; Noa did not come"
    assert draft.answer("stop").text == "12:20"
    assert Appointment.objects.get(pk=booked).state == "held"
    over = Visitor(later, "dov-too").get(at("portal_call", booked)).content.decode()
    assert "This visit is over" in over


@pytest.mark.parametrize("opened", [False, True])
def test_where_nobody_came_the_appointment_is_missed_also_behind_an_open_door(
    cast: Cast, booked: str, opened: bool
) -> None:
    later = cast.later(minutes=16)
    serve(later)
    ada = Visitor(later, "ada")
    if opened:
        ada.post(at("call_together_do", booked), {"do": "open"})
        assert Room.objects.get(pk=booked).opened_at is not None
    assert "Nobody came" in ada.get(at("call_together", booked)).content.decode()
    assert ada.post(at("call_together_do", booked), {"do": "nobody"}).status_code == 302
    assert Appointment.objects.get(pk=booked).state == "missed"
    whole = meetings.whole(later.here("ada"), booked)
    assert whole.phase_at(later.at) is Phase.MISSED


def test_one_press_lets_in_who_waits_and_needs_no_reason(
    cast: Cast, several: Several, booked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "consented", lambda presence, one: True)
    for who, said in (("dov-too", DOV), ("noa-too", NOA)):
        Visitor(cast, who).post(at("portal_call", booked), said)
        Visitor(cast, who).post(at("portal_call_state", booked))
    Visitor(cast, "ada").post(at("call_together_do", booked), {"do": "all"})
    his, hers = seat(cast, booked, several.dov), seat(cast, booked, several.noa)
    assert his.phase_at(cast.at) is Phase.OPEN
    assert hers.phase_at(cast.at) is Phase.WAITING, "she is elsewhere: a reason is wanted"


def test_a_members_fact_given_to_the_other_is_not_read_as_his(
    cast: Cast, several: Several, booked: str
) -> None:
    """A thief with the disk who moves a row to the other seat is told by nobody as the other."""
    noa = Visitor(cast, "noa-too")
    noa.post(at("portal_call", booked), NOA)
    Visitor(cast, "dov-too").post(at("portal_call", booked), DOV)
    rows = Seat.objects.filter(room=booked)
    hers = rows.get(client=several.noa)
    Fact.objects.filter(seat=hers).update(seat=rows.get(client=several.dov))
    page = Visitor(cast, "dov-too").get(at("portal_call", booked) + "?again=yes").content.decode()
    assert not [one for one in SECRET if one in page]
    assert facts.CHECK in kinds(cast, booked, several.dov)
