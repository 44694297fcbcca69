"""A client comes to a visit by video: before the door, waiting, in, and every way it can go wrong."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stillroom.access import Capacity
from stillroom.config.house import current_shell
from stillroom.practice import actions as practice
from stillroom.practice import queries as practising
from stillroom.practice.actions_guests import Stand
from stillroom.telehealth import actions, meetings, queries
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.rules_licence import licence
from stillroom.telehealth.seats import CLIENT
from tests.cast import Cast
from tests.couple import book, make_couple
from tests.portal.pages import weight_of
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db

ANSWERS = {
    "me": "yes",
    "place": "us-md",
    "address": "12 Quarry Lane, Baltimore",
    "near": "unheard",
    "call_back": "410-555-0142",
    "contact": "Noa Halpern",
    "contact_phone": "410-555-0143",
    "shown": "initials",
}


@pytest.fixture
def booked(cast: Cast) -> str:
    cast.holder("dov")
    ada = cast.here("ada")
    cast.licensed("ada")
    at = cast.at + timedelta(minutes=5)
    return practice.book(
        ada, cast.dov, ada.person, at, at + timedelta(minutes=50), mode="telehealth"
    )


def at(name: str, room: str) -> str:
    return reverse(name, kwargs={"room_id": room})


def open_door(cast: Cast, room: str) -> None:
    ada = cast.here("ada")
    one = queries.meeting(ada, room)
    actions.open_door(
        ada, one, licence("us-md", "us-md", ()), consented=False, reason="Signed on paper."
    )


def kinds(cast: Cast, room: str) -> list[str]:
    ada = cast.here("ada")
    return [one.kind for one in queries.facts_of(ada, queries.meeting(ada, room))]


def test_from_the_first_page_into_the_waiting_room_and_in(cast: Cast, booked: str) -> None:
    serve(cast)
    dov = Visitor(cast, "dov")
    home = dov.get(reverse("portal_home")).content.decode()
    assert reverse("portal_calls", kwargs={"chart_id": cast.dov}) in home
    page = dov.get(at("portal_call", booked)).content.decode()
    assert 'value="12 Quarry Lane, Baltimore"' in page, "what the front sheet knows is offered"
    assert dov.post(at("portal_call", booked), ANSWERS).headers["Location"] == at(
        "portal_call_wait", booked
    )
    assert "You are in the waiting room" in dov.get(at("portal_call_wait", booked)).content.decode()
    state = dov.post(at("portal_call_state", booked)).json()  # type: ignore[attr-defined]
    assert (state["phase"], state["stays"]) == ("waiting", True)
    shut = dov.get(at("portal_call_room", booked))
    assert shut.headers["Location"] == at("portal_call", booked), "the door is shut"
    open_door(cast, booked)
    state = dov.post(at("portal_call_state", booked)).json()  # type: ignore[attr-defined]
    assert state["phase"] == "open"
    assert "Your visit" in dov.get(at("portal_call_room", booked)).content.decode()
    assert kinds(cast, booked) == ["check", "came", "opened"]
    found = {"how": "verified by code", "why": ""}
    dov.post(at("portal_call_reached", booked), found, content_type="application/json")
    assert kinds(cast, booked)[-1] == "reached"


def test_the_second_time_it_is_one_screen_and_two_presses(cast: Cast, booked: str) -> None:
    """Nothing changed: all but *is it you* and *who is near* stands there already."""
    serve(cast)
    dov = Visitor(cast, "dov")
    ada = cast.here("ada")
    before = actions.begin_now(ada, cast.dov)
    dov.post(at("portal_call", before), ANSWERS)
    page = dov.get(at("portal_call", booked)).content.decode()
    assert '<option value="us-md" selected>' in page
    assert 'value="410-555-0143"' in page
    assert 'value="initials" autocomplete="off" checked' in page
    near = page.split("Is anyone near you?")[1].split("</fieldset>")[0]
    assert "checked" not in near


def test_what_is_missing_is_said_in_her_language_and_the_rest_stays(
    cast: Cast, booked: str
) -> None:
    serve(cast)
    sent = {**ANSWERS, "me": "", "near": "", "address": "Calle <3>"}
    answer = Visitor(cast, "dov").post(at("portal_call", booked) + "?language=es", sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Calle &lt;3&gt;" in page
    one = Visitor(cast, "dov").post(
        at("portal_call", booked) + "?language=es", {**ANSWERS, "near": ""}
    )
    assert "Diga si hay alguien cerca." in one.content.decode()


def test_the_silent_word_reaches_the_clinician_and_never_her_own_screen(
    cast: Cast, booked: str
) -> None:
    serve(cast)
    dov, ada = Visitor(cast, "dov"), Visitor(cast, "ada")
    dov.post(at("portal_call", booked), {**ANSWERS, "slowly": "yes"})
    told = ada.get(reverse("call", kwargs={"room_id": booked})).content.decode()
    assert "The client cannot speak freely." in told
    for page in ("portal_call_wait", "portal_call_room", "portal_call"):
        seen = dov.get(at(page, booked) + "?again=yes").content.decode()
        assert "freely" not in seen
        assert 'name="slowly" value="yes" autocomplete="off" checked' not in seen
    log = reverse("portal_home")
    assert "slowly" not in dov.get(log).content.decode()


def test_in_the_call_the_silent_word_is_one_press(cast: Cast, booked: str) -> None:
    serve(cast)
    dov = Visitor(cast, "dov")
    dov.post(at("portal_call", booked), ANSWERS)
    open_door(cast, booked)
    sent = {"do": "slowly"}
    answer = dov.post(at("portal_call_say", booked), sent, content_type="application/json")
    assert answer.content == b"{}"
    page = Visitor(cast, "ada").get(reverse("call", kwargs={"room_id": booked})).content.decode()
    assert "The client cannot speak freely." in page


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-30, "You are early"),
        (-10, "Before you come in"),
        (79, "Before you come in"),
        (81, "The time for this visit has passed"),
    ],
)
def test_early_in_time_and_late_each_have_their_page(
    cast: Cast, booked: str, minutes: int, words: str
) -> None:
    starts = cast.at + timedelta(minutes=60)
    ada = cast.here("ada")
    practice.move(
        ada, booked, ada.person, starts, starts + timedelta(minutes=50), mode="telehealth", code=""
    )
    then = cast.later(minutes=60 + minutes)
    serve(then)
    assert words in Visitor(then, "dov").get(at("portal_call", booked)).content.decode()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("cancelled", "This visit was called off"),
        ("missed", "The time for this visit has passed"),
        ("held", "This visit is over"),
    ],
)
def test_a_link_that_is_used_or_over_opens_nothing(
    cast: Cast, booked: str, state: str, words: str
) -> None:
    late = cast.later(minutes=20)
    practice.mark(late.here("ada"), booked, state)
    serve(late)
    dov = Visitor(late, "dov")
    assert words in dov.get(at("portal_call", booked)).content.decode()
    for page in ("portal_call_wait", "portal_call_room"):
        assert dov.get(at(page, booked)).headers["Location"] == at("portal_call", booked)
    for page in ("portal_call_ticket", "portal_call_reached", "portal_call_say"):
        assert dov.post(at(page, booked)).status_code == 409


def test_a_forwarded_link_is_a_door_to_nobody_and_nothing_to_another_client(
    cast: Cast, booked: str
) -> None:
    cast.holder("fay", by="bea")
    serve(cast)
    for page in ("portal_call", "portal_call_wait", "portal_call_room"):
        assert Visitor(cast).get(at(page, booked)).headers["Location"].startswith("/my/in")
        there = Visitor(cast, "fay").get(at(page, booked))
        nowhere = Visitor(cast, "fay").get(at(page, "a" * 26))
        assert there.status_code == nowhere.status_code == 404
    for page in ("portal_call_state", "portal_call_ticket"):
        assert Visitor(cast, "fay").post(at(page, booked)).status_code == 404


def test_two_devices_of_hers_are_told_apart_and_she_says_which_stays(
    cast: Cast, booked: str
) -> None:
    serve(cast)
    laptop, telephone = Visitor(cast, "dov"), Visitor(cast, "dov")
    laptop.post(at("portal_call", booked), ANSWERS)
    one = laptop.post(at("portal_call_state", booked)).json()  # type: ignore[attr-defined]
    two = telephone.post(at("portal_call_state", booked)).json()  # type: ignore[attr-defined]
    assert (one["stays"], two["stays"]) == (True, False)
    assert kinds(cast, booked) == ["check", "came"], "one arrival, whatever devices there are"


def test_after_a_restart_the_next_sign_of_life_puts_her_back(cast: Cast, booked: str) -> None:
    """Seats are in memory alone; the door, the facts and the session are not."""
    serve(cast)
    dov = Visitor(cast, "dov")
    dov.post(at("portal_call", booked), ANSWERS)
    dov.post(at("portal_call_state", booked))
    open_door(cast, booked)
    serve(cast)  # the pages' worker was respawned
    assert current_shell().seats.whose(booked, CLIENT, cast.at) is None
    told = {"inside": True}
    state = dov.post(at("portal_call_state", booked), told, content_type="application/json")
    assert state.json()["phase"] == "open"  # type: ignore[attr-defined]
    here = current_shell().seats.whose(booked, CLIENT, cast.at)
    assert here is not None
    assert here.inside


def test_without_a_line_a_sentence_says_so(cast: Cast, booked: str) -> None:
    serve(cast)
    dov = Visitor(cast, "dov")
    dov.post(at("portal_call", booked), ANSWERS)
    open_door(cast, booked)
    answer = dov.raw(at("portal_call_ticket", booked), b"{}")
    assert answer.status_code == 409
    assert b"alls cannot be set up" in answer.content or b"No se" in answer.content


def test_who_stands_for_her_joins_where_appointments_were_given(cast: Cast, booked: str) -> None:
    client = practising.chart_head(cast.here("ada"), cast.dov).holders[0].client
    given = Stand(client, Capacity.PROXY, frozenset({"appointments"}))
    other = Stand(client, Capacity.PROXY, frozenset({"messages"}))
    cast.proxy("pia", cast.dov, given)
    cast.proxy("pim", cast.dov, other)
    serve(cast)
    assert Visitor(cast, "pia").get(at("portal_call", booked)).status_code == 200
    assert Visitor(cast, "pim").get(at("portal_call", booked)).status_code == 404
    Visitor(cast, "pia").post(at("portal_call", booked), {**ANSWERS, "address": "Pia's own"})
    dov = Visitor(cast, "dov").get(at("portal_call", booked)).content.decode()
    assert "Pia" not in dov, "what another said is not shown to her"


def test_her_own_facts_are_all_that_she_reads(cast: Cast, booked: str) -> None:
    dov, ada = cast.here("dov"), cast.here("ada")
    one = queries.meeting(ada, booked)
    actions.say(ada, one, facts.AGREED, {"words": "Call his sister first."})
    assert queries.facts_of(dov, queries.meeting(dov, booked)) == []


def test_pages_are_light_the_call_with_its_script_too(cast: Cast, booked: str) -> None:
    """Sixty kilobytes before fonts, on the line: also where a page must think for itself."""
    serve(cast)
    dov = Visitor(cast, "dov")
    assert weight_of(dov.get(at("portal_call", booked))) < 60_000
    dov.post(at("portal_call", booked), ANSWERS)
    open_door(cast, booked)
    room = dov.get(at("portal_call_room", booked))
    assert b"room.js" in room.content
    assert weight_of(room) < 60_000
    several = make_couple(cast)
    whole = book(cast, several.couple)
    member, ada = Visitor(cast, "dov-too"), cast.here("ada")
    member.post(at("portal_call", whole), {**ANSWERS, "shown": "called"})
    seats = meetings.seats_of(meetings.whole(ada, whole), ada.at)
    number = next(one.member for one in seats if one.client == several.dov)
    let = reverse("call_seat_open", kwargs={"room_id": whole, "number": number})
    Visitor(cast, "ada").post(let, {"reason": "Signed on paper."})
    together = member.get(at("portal_call_room", whole))
    assert b"together.js" in together.content
    assert weight_of(together) < 60_000


def test_scripts_and_styles_go_packed_and_a_page_with_words_never_does(
    cast: Cast, booked: str
) -> None:
    """A page holds secrets beside words that others may choose: packed, its length would tell (BREACH)."""
    serve(cast)
    dov = Visitor(cast, "dov")
    asked = {"accept-encoding": "gzip, br"}
    page = dov.get(at("portal_call", booked), headers=asked)
    assert "Content-Encoding" not in page.headers
    for part in ("room.js", "portal.css"):
        packed = dov.get(f"/static/desk/built/{part}", headers=asked)
        assert packed.headers["Content-Encoding"] in ("gzip", "br")
        assert "Accept-Encoding" in packed.headers["Vary"]
        plain = dov.get(f"/static/desk/built/{part}", headers={"accept-encoding": "identity"})
        assert "Content-Encoding" not in plain.headers
