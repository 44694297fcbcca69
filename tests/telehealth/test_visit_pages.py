"""A visit by video as its pages tell it: what stands in the way, the door, the facts (P8, T09)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from stillroom.chart import queries as charts
from stillroom.chart.session_times import session_of
from stillroom.phi import NotHere
from stillroom.practice import actions as practice
from stillroom.practice.models import Appointment
from stillroom.telehealth import actions, queries
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.models import Fact, Room
from stillroom.telehealth.rules_checks import Check
from stillroom.telehealth.rules_session import Phase
from tests.cast import Cast
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db

NEW_YORK = ZoneInfo("America/New_York")
CHECK = {
    "known": "seen",
    "place": "us-de",
    "address": "12 Quarry Lane, Dover",
    "near": "alone",
    "call_back": "410-555-0142",
    "contact": "Noa Halpern",
    "contact_phone": "410-555-0143",
    "shown": "called",
}
WHOLE = Check(
    place="us-md",
    address="12 Quarry Lane",
    near="alone",
    call_back="410-555-0142",
    known="account",
)


@pytest.fixture
def booked(cast: Cast) -> str:
    ada = cast.here("ada")
    cast.licensed("ada")
    at = cast.at + timedelta(minutes=5)
    return practice.book(
        ada, cast.dov, ada.person, at, at + timedelta(minutes=50), mode="telehealth", code="90834"
    )


def at(name: str, room: str) -> str:
    return reverse(name, kwargs={"room_id": room})


def kinds(cast: Cast, room: str) -> list[str]:
    ada = cast.here("ada")
    return [one.kind for one in queries.facts_of(ada, queries.meeting(ada, room))]


def test_a_client_elsewhere_is_said_before_the_call_and_the_reason_is_kept(
    cast: Cast, booked: str
) -> None:
    serve(cast)
    ada = Visitor(cast, "ada")
    assert "Not answered yet" in ada.get(at("call", booked)).content.decode()
    assert ada.post(at("call_check", booked), CHECK).status_code == 302
    page = ada.get(at("call", booked)).content.decode()
    assert "The client is in Delaware" in page
    assert "No law on telehealth is on file, of any state" in page
    assert "licence compacts are not on file" in page
    assert "No consent to care by video is on file" in page
    refused = ada.post(at("call_open", booked))
    assert refused.status_code == 409
    assert "It is not said why you meet all the same" in refused.content.decode()
    assert Room.objects.get(pk=booked).opened_at is None
    why = "She is at her mother's until Sunday; the form is signed on paper."
    went = ada.post(at("call_open", booked), {"reason": why})
    assert went.headers["Location"] == at("call_room", booked)
    here = cast.here("ada")
    opened = queries.latest(queries.facts_of(here, queries.meeting(here, booked)), facts.OPENED)
    assert opened is not None
    assert opened.body == {
        "licensed": "us-md", "place": "us-de", "standing": "elsewhere", "consent": "no",
        "reason": why,
    }  # fmt: skip


def test_what_is_missing_is_named_and_nothing_typed_is_lost(cast: Cast, booked: str) -> None:
    serve(cast)
    ada = Visitor(cast, "ada")
    answer = ada.post(at("call_check", booked), {**CHECK, "place": "", "address": "the <old> mill"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Choose the state where you are now." in page
    assert "the &lt;old&gt; mill" in page
    assert not Fact.objects.exists()


def test_the_last_answers_are_offered_and_who_is_near_is_asked_afresh(
    cast: Cast, booked: str
) -> None:
    serve(cast)
    here = cast.here("ada")
    before = actions.begin_now(here, cast.dov)
    actions.answer(here, queries.meeting(here, before), WHOLE)
    page = Visitor(cast, "ada").get(at("call", booked)).content.decode()
    assert 'value="12 Quarry Lane"' in page
    assert "checked" not in page.split("Is anyone near?")[1].split("</fieldset>")[0]


def test_times_flow_into_the_note_and_the_appointment_was_held(cast: Cast, booked: str) -> None:
    """The door opens at 17:06, the two reach each other at 17:08, and hang up at 17:51."""
    moments = {"now": cast.at + timedelta(minutes=6)}
    serve(cast, clock=lambda: moments["now"])
    ada = Visitor(cast, "ada")
    ada.post(at("call_check", booked), {**CHECK, "place": "us-md"})
    ada.post(at("call_open", booked), {"reason": "The form is signed on paper."})
    assert "The note" in ada.get(at("call_room", booked)).content.decode()
    moments["now"] = cast.at + timedelta(minutes=8)
    found = {"how": "verified by code", "why": "", "number": ""}
    told = ada.post(at("call_reached", booked), found, content_type="application/json")
    assert told.status_code == 200
    for minute in (18, 30, 42, 51):  # the page shows itself, so the session does not lock
        moments["now"] = cast.at + timedelta(minutes=minute)
        ada.post(at("call_state", booked))
    ended = ada.post(at("call_end", booked))
    record = ended.headers["Location"].rsplit("/", 1)[1]
    note = charts.record(cast.here("ada"), record)
    assert note.draft is not None
    answers = {one.name: one.text for one in note.draft.answers}
    assert (answers["start"], answers["stop"]) == ("12:08", "12:51")
    assert (answers["modality"], answers["place"]) == ("telehealth", "Client in Maryland")
    assert answers["code"] == "90834"
    assert Appointment.objects.get(pk=booked).state == "held"
    assert kinds(cast, booked) == ["check", "opened", "reached", "ended"]
    over = ada.get(at("call_room", booked))
    assert over.headers["Location"] == at("call", booked), "a used door leads to its page"


def test_a_visit_within_one_minute_is_a_minute_in_the_note_and_no_day(
    cast: Cast, booked: str
) -> None:
    """A stop that reads as the start would be on the next day, and nobody could sign it."""
    moments = {"now": cast.at + timedelta(minutes=6, seconds=5)}
    serve(cast, clock=lambda: moments["now"])
    ada = Visitor(cast, "ada")
    ada.post(at("call_open", booked), {"reason": "He will say where he is."})
    moments["now"] += timedelta(seconds=40)
    ended = ada.post(at("call_end", booked))
    note = charts.record(cast.here("ada"), ended.headers["Location"].rsplit("/", 1)[1])
    assert note.draft is not None
    session = session_of(note.draft, cast.at.date(), NEW_YORK)
    assert session is not None
    assert session.minutes == 1
    assert note.draft.answer("stop").text == "12:07"


def test_whether_it_was_verified_is_in_the_record_in_words(cast: Cast, booked: str) -> None:
    serve(cast)
    ada = Visitor(cast, "ada")
    here = cast.here("ada")
    one = queries.meeting(here, booked)
    for how, words in (
        ("verified by code", "compared aloud"),
        ("known device", "the one known from before"),
        ("not verified", "Not verified"),
        ("stopped", "Stopped before anything was seen"),
        ("something else", "Not verified"),
    ):
        actions.say(here, one, facts.REACHED, facts.reached(how, "words"))
        assert words in ada.get(at("call", booked)).content.decode()


def test_nobody_came_after_ten_minutes_and_not_before(cast: Cast, booked: str) -> None:
    moments = {"now": cast.at + timedelta(minutes=14)}
    serve(cast, clock=lambda: moments["now"])
    ada = Visitor(cast, "ada")
    assert ada.post(at("call_say", booked), {"do": "absent"}).status_code == 409
    moments["now"] = cast.at + timedelta(minutes=15)
    assert "The client did not come" in ada.get(at("call", booked)).content.decode()
    assert ada.post(at("call_say", booked), {"do": "absent"}).status_code == 302
    assert Appointment.objects.get(pk=booked).state == "missed"
    here = cast.here("ada", at=moments["now"])
    assert queries.meeting(here, booked).phase_at(moments["now"]) is Phase.MISSED


def test_the_sheet_names_the_place_and_only_numbers_that_are_national_or_typed(
    cast: Cast, booked: str
) -> None:
    serve(cast)
    ada = Visitor(cast, "ada")
    ada.post(at("call_check", booked), CHECK)
    typed = {"do": "local", "to": "sheet", "name": "Dover police", "number": "302-555-0111"}
    assert ada.post(at("call_say", booked), typed).headers["Location"] == at("call_sheet", booked)
    page = ada.get(at("call_sheet", booked)).content.decode()
    assert "12 Quarry Lane, Dover, Delaware" in page
    numbers = {part.split('"')[0] for part in page.split('href="tel:')[1:]}
    assert numbers == {"302-555-0111", "911", "988", "410-555-0142", "410-555-0143"}
    assert "recalled, the text was not read for this page" in page
    again = actions.begin_now(cast.here("ada"), cast.dov)
    ada.post(at("call_check", again), CHECK)
    kept = ada.get(at("call_sheet", again)).content.decode()
    assert "302-555-0111" in kept, "a number stays for the place it was typed for"
    ada.post(at("call_check", again), {**CHECK, "place": "us-md"})
    assert "302-555-0111" not in ada.get(at("call_sheet", again)).content.decode()


def test_danger_from_the_sheet_asks_the_law_of_where_the_client_is(cast: Cast, booked: str) -> None:
    serve(cast)
    ada = Visitor(cast, "ada")
    ada.post(at("call_check", booked), CHECK)
    sheet = ada.get(at("call_sheet", booked)).content.decode()
    there = reverse("danger_chart", kwargs={"chart_id": cast.dov}) + "?elsewhere=us-de"
    assert there in sheet
    assert 'name="elsewhere" value="us-de"' in ada.get(there).content.decode()
    begin = reverse("danger_begin", kwargs={"chart_id": cast.dov})
    went = ada.post(begin, {"occasion": "danger_to_others", "elsewhere": "us-de"})
    matter = went.headers["Location"].split("/")[2]
    page = ada.get(reverse("matter", kwargs={"matter_id": matter})).content.decode()
    assert "Delaware" in page


def test_a_second_device_is_asked_which_stays(cast: Cast, booked: str) -> None:
    serve(cast)
    ada, elsewhere = Visitor(cast, "ada"), Visitor(cast, "ada")
    ada.post(at("call_open", booked), {"reason": "He will say where he is."})
    assert ada.post(at("call_state", booked)).json()["stays"] is True  # type: ignore[attr-defined]
    assert elsewhere.post(at("call_state", booked)).json()["stays"] is False  # type: ignore[attr-defined]


def test_only_who_treats_or_covers_opens_and_others_learn_nothing(cast: Cast, booked: str) -> None:
    for name in ("sol", "bea", "cal", "max"):
        with pytest.raises(NotHere):
            queries.meeting(cast.here(name), booked)
        with pytest.raises(NotHere):
            actions.begin_now(cast.here(name), cast.dov)


def test_a_fact_that_was_altered_is_not_shown(cast: Cast, booked: str) -> None:
    ada = cast.here("ada")
    one = queries.meeting(ada, booked)
    actions.answer(ada, one, WHOLE)
    Fact.objects.update(number=7)
    with pytest.raises(Exception):  # noqa: B017 - the place in which it was sealed is gone
        queries.facts_of(ada, one)


def test_nothing_of_a_check_lies_open_on_the_disk(cast: Cast, booked: str) -> None:
    ada = cast.here("ada")
    actions.answer(ada, queries.meeting(ada, booked), WHOLE)
    (row,) = Fact.objects.values()
    clear = {name: value for name, value in row.items() if not isinstance(value, bytes)}
    assert "Quarry" not in repr(row)
    assert set(clear) == {"id", "room_id", "seat_id", "number", "by", "at", "entry"}


def test_every_fact_has_its_entry_and_a_look_writes_one(cast: Cast, booked: str) -> None:
    ada, log = cast.here("ada"), cast.house.log
    one = queries.meeting(ada, booked)
    size = log.size
    actions.answer(ada, one, WHOLE)
    assert log.size == size + 1
    assert Fact.objects.get().entry == size
    queries.facts_of(ada, one)
    assert log.size == size + 2
