"""A matter about a session by video is asked under the law of the state where the client was, too."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from stillroom.consent.rules import Party, Period
from stillroom.desk.visited import MOST_DAYS, Span, other_states
from stillroom.disclosure import actions, queries
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.models import Matter
from stillroom.disclosure.rules import Intake
from stillroom.practice import actions as practice
from stillroom.telehealth.queries_places import WasAt, where_they_were
from tests.cast import NOON, Cast
from tests.disclosure.test_matters_that_happened import THREAT, signed
from tests.telehealth.test_visit_pages import CHECK, at, booked
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
__all__ = ["booked"]
DAY = timedelta(days=1)


def meet(cast: Cast, room: str, place: str = "us-de", *, opened: bool = True) -> None:
    """Ada writes down where he is, and opens the door."""
    serve(cast)
    ada = Visitor(cast, "ada")
    assert ada.post(at("call_check", room), {**CHECK, "place": place}).status_code == 302
    if opened:
        reason = {"reason": "At his mother's until Sunday."}
        assert ada.post(at("call_open", room), reason).status_code == 302


def begun(cast: Cast, **sent: str) -> str:
    """The matter of a threat, from what was assessed on the day of the visit."""
    serve(cast)
    away = reverse("danger_begin", kwargs={"chart_id": cast.dov})
    went = Visitor(cast, "ada").post(away, {"occasion": "danger_to_others", **sent})
    return str(went.headers["Location"].split("/")[2])


def elsewhere(cast: Cast, matter: str) -> tuple[str, ...]:
    whole = queries.whole_matter(cast.here("ada"), corpus(), matter)
    return whole.determination.asked.elsewhere


def page(cast: Cast, name: str, matter: str) -> str:
    serve(cast)
    away = reverse(name, kwargs={"matter_id": matter})
    return str(Visitor(cast, "ada").get(away).content.decode())


def test_a_threat_of_the_day_of_a_visit_is_asked_under_the_law_of_where_he_was(
    cast: Cast, booked: str
) -> None:
    meet(cast, booked)
    matter = begun(cast, record=signed(cast, "violence_risk", THREAT))
    assert elsewhere(cast, matter) == ("us-de",)
    for name in ("danger_now", "matter"):
        told = page(cast, name, matter)
        assert "By video on" in told
        assert "the client was in Delaware" in told
    assert "Asked under the law of Maryland and of Delaware" in page(cast, "danger_now", matter)
    serve(cast)
    back = reverse("matter_elsewhere", kwargs={"matter_id": matter})
    assert Visitor(cast, "ada").post(back, {"place": ""}).status_code == 302
    assert elsewhere(cast, matter) == (), "a person changes it"


@pytest.mark.parametrize("place", ["us-md", "abroad"])
def test_where_he_was_in_the_charts_state_or_in_none_nothing_is_added(
    cast: Cast, booked: str, place: str
) -> None:
    serve(cast)
    sent = {**CHECK, "place": place, "abroad": "Portugal" if place == "abroad" else ""}
    Visitor(cast, "ada").post(at("call_check", booked), sent)
    Visitor(cast, "ada").post(at("call_open", booked), {"reason": "He is on a journey."})
    assert elsewhere(cast, begun(cast)) == ()


def test_a_visit_whose_door_was_never_opened_and_one_of_another_day_tell_nothing(
    cast: Cast, booked: str
) -> None:
    meet(cast, booked, opened=False)
    assert elsewhere(cast, begun(cast)) == ()
    meet(cast, booked)
    later = cast.later(days=2)
    assert elsewhere(later, begun(later)) == ()


def test_the_last_answer_before_the_visit_counts(cast: Cast, booked: str) -> None:
    meet(cast, booked, opened=False)
    meet(cast, booked, "us-va")
    assert elsewhere(cast, begun(cast)) == ("us-va",)


def test_of_several_states_a_person_says_which(cast: Cast, booked: str) -> None:
    meet(cast, booked)
    ada = cast.here("ada")
    other = practice.book(
        ada, cast.dov, ada.person, NOON + timedelta(hours=2), NOON + timedelta(hours=3),
        mode="telehealth",
    )  # fmt: skip
    meet(cast.later(hours=2), other, "us-va")
    later = cast.later(hours=3)
    matter = begun(later)
    assert elsewhere(later, matter) == ()
    told = page(later, "danger_now", matter)
    assert "Delaware" in told
    assert "Virginia" in told


def asked(cast: Cast, since: date | None, until: date | None) -> str:
    intake = Intake(
        Party("Rex Dunleavy", "attorney"),
        NOON.date(),
        "attorney_subpoena",
        period=Period(since, until),
    )
    return actions.enter(cast.here("ada"), cast.dov, Asked(intake, "", {}, "subpoena"))


def test_a_request_about_those_days_says_where_he_was_and_a_person_asks_that_law(
    cast: Cast, booked: str
) -> None:
    meet(cast, booked)
    on = NOON.date()
    assert "the client was in Delaware" in page(cast, "matter", asked(cast, on - DAY, on))
    assert elsewhere(cast, str(Matter.objects.get().pk)) == (), "nothing is added by itself"
    for since, until in (
        (None, None),
        (on - DAY, None),
        (on - 200 * DAY, on),
        (on + DAY, on + DAY),
    ):
        told = page(cast, "matter", asked(cast, since, until))
        assert "the client was in Delaware" not in told


def test_whoever_may_not_read_the_chart_learns_no_place_and_leaves_no_entry(
    cast: Cast, booked: str
) -> None:
    meet(cast, booked)
    here, size = cast.here("bea"), cast.house.log.size
    assert where_they_were(here, cast.dov, NOON - DAY, NOON + DAY) == ()
    assert cast.house.log.size == size
    (one,) = where_they_were(cast.here("ada"), cast.dov, NOON - DAY, NOON + DAY)
    assert one.place == "us-de"
    assert cast.house.log.size > size, "each look stands in the log"


def test_days_and_states() -> None:
    zone = ZoneInfo("America/New_York")
    first, after = Span(date(2026, 11, 1), date(2026, 11, 1)).moments(zone)
    assert after - first == DAY, "by the wall, though the clocks go back on that day"
    assert first == datetime(2026, 11, 1, tzinfo=zone)
    assert MOST_DAYS == 92
    seen: list[Any] = [WasAt(NOON, one) for one in ("us-de", "us-md", "abroad", "us-de", "us-va")]
    assert other_states(seen, "us-md", ["us-md", "us-de"]) == ("us-de",)
