"""Times and ways to reach her: neutral, in her own zone; Eve with the telephone changes nothing
behind anybody's back, and *never* holds at once (T08, 45 CFR 164.522(b))."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stillroom.practice import actions, actions_own, actions_wishes, queries_own_asks
from stillroom.practice.models import Appointment
from stillroom.practice.own_asks import CANNOT, NotPossible, Words
from stillroom.practice.queries import chart_head
from stillroom.practice.queries_guests import own_stand
from stillroom.practice.rules_wishes import Reach, Way, why_not
from stillroom.practice.sending.rules import Kind
from tests.cast import Cast
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db
SAFE = Way("email", "dov.safe@example.org")


@pytest.fixture
def visit(cast: Cast) -> str:
    """Dov's next time, at 3 in the afternoon in Baltimore; he is in Denver."""
    serve(cast)
    cast.holder("dov")
    ada, begins = cast.here("ada"), cast.at.replace(hour=20) + timedelta(days=4)
    reach = Reach(ways=(SAFE,), zone="America/Denver")
    client = chart_head(ada, cast.dov).holders[0].client
    actions_wishes.wish(ada, cast.directory, cast.dov, client, reach)
    ends = begins + timedelta(minutes=50)
    return actions.book(ada, cast.dov, ada.person, begins, ends, mode="telehealth")


def times(cast: Cast) -> str:
    page = Visitor(cast, "dov").get(reverse("portal_times", kwargs={"chart_id": cast.dov}))
    return page.content.decode()


def test_the_next_time_stands_in_her_zone_in_words_that_name_nothing(
    cast: Cast, visit: str
) -> None:
    page = times(cast)
    assert "Tuesday, November 24, 2026" in page
    assert "1:00\u202fPM" in page
    assert "by video" in page
    for word in ("Ada", "Merrow", "session", "therap", "clinic", "Linden"):
        assert word not in page


def test_a_visit_by_video_leads_to_its_room_and_another_does_not(cast: Cast, visit: str) -> None:
    room = reverse("portal_call", kwargs={"room_id": visit})
    assert room in times(cast)
    Appointment.objects.filter(pk=visit).update(mode="in_person")
    assert room not in times(cast)


def test_what_she_asks_waits_on_the_day_of_the_desk_and_changes_no_time(
    cast: Cast, visit: str
) -> None:
    at = reverse("portal_time_ask", kwargs={"appointment_id": visit})
    dov = Visitor(cast, "dov")
    assert dov.post(at, {"do": "cannot", "words": "My boy is ill."}).status_code == 302
    assert Appointment.objects.get(pk=visit).state == "planned"
    assert "You asked about it." in times(cast)
    for name in ("ada", "cal"):
        today = Visitor(cast, name).get(reverse("today")).content.decode()
        assert "My boy is ill." in today
        assert "cannot come" in today
    assert b"My boy is ill." not in Visitor(cast, "bea").get(reverse("today")).content
    assert dov.post(at, {"do": "move"}).status_code == 409, "it was asked already"
    (one,) = queries_own_asks.waiting(cast.here("cal"))
    done = reverse("own_ask_done", kwargs={"ask_id": one.id})
    assert Visitor(cast, "bea").post(done).status_code == 404
    assert Visitor(cast, "cal").post(done).status_code == 302
    assert queries_own_asks.waiting(cast.here("ada")) == []


def test_nothing_is_asked_about_a_time_that_is_over(cast: Cast, visit: str) -> None:
    later = cast.later(days=6)
    dov = later.here("dov")
    with pytest.raises(NotPossible):
        actions_own.ask(dov, own_stand(dov, cast.dov), Words(CANNOT), visit)


def test_the_file_for_a_calendar_holds_a_time_and_nothing_of_care(cast: Cast, visit: str) -> None:
    at = reverse("portal_time_file", kwargs={"appointment_id": visit})
    text = Visitor(cast, "dov").get(at).content.decode()
    lines = text.split("\r\n")
    assert "DTSTART:20261124T200000Z" in lines
    assert "SUMMARY:Something planned" in lines
    assert {line.partition(":")[0] for line in lines if line} == {
        "BEGIN", "END", "VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS",
    }  # fmt: skip
    for word in ("Ada", "Linden", "Stillroom", "video", "Dov"):
        assert word not in text


def test_another_client_finds_no_time_there(cast: Cast, visit: str) -> None:
    cast.holder("fay", by="bea")
    fay = Visitor(cast, "fay")
    for name in ("portal_time_ask", "portal_time_file"):
        at = reverse(name, kwargs={"appointment_id": visit})
        assert (fay.post(at) if name.endswith("ask") else fay.get(at)).status_code == 404


def test_eve_with_the_telephone_asks_for_her_own_address_and_nothing_goes_there(
    cast: Cast, visit: str
) -> None:
    at = reverse("portal_reach", kwargs={"chart_id": cast.dov})
    dov = Visitor(cast, "dov")
    assert dov.post(at, {"do": "ask", "words": ""}).status_code == 409
    assert dov.post(at, {"do": "ask", "words": "Write to eve@example.org"}).status_code == 302
    reach = chart_head(cast.here("ada"), cast.dov).holders[0].sheet.reach
    assert reach is not None
    assert reach.ways == (SAFE,)
    assert why_not(reach, Way("email", "eve@example.org"), cast.at, cast.at.tzinfo)  # type: ignore[arg-type]
    today = Visitor(cast, "ada").get(reverse("today")).content.decode()
    assert "ask by the way that was agreed" in today


def test_never_holds_from_the_moment_it_is_said_and_whoever_treats_is_told(
    cast: Cast, visit: str
) -> None:
    at = reverse("portal_reach", kwargs={"chart_id": cast.dov})
    sent = {"do": "never", "words": " Dov.Safe@example.org "}
    assert Visitor(cast, "dov").post(at, sent).status_code == 302
    sheet = chart_head(cast.here("ada"), cast.dov).holders[0].sheet
    assert sheet.reach is not None
    assert sheet.reach.zone == "America/Denver", "all else stays as it was"
    assert why_not(sheet.reach, SAFE, cast.at, cast.at.tzinfo)  # type: ignore[arg-type]
    today = Visitor(cast, "ada").get(reverse("today")).content.decode()
    assert "said never of a way" in today
    assert Kind.WAITING.value not in today
    again = Visitor(cast, "dov").post(at, sent)
    assert again.status_code == 302
    assert len(queries_own_asks.waiting(cast.here("ada"))) == 1, "said twice, told once"
