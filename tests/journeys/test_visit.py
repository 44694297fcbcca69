"""A visit by video in two browsers: where she is, the waiting room, the words, a frame, the note."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from stillroom.config.demonstration import people_of
from tests.journeys.conftest import Picture, Served, come_in, sign_in
from tests.journeys.drawing import draw, drawn_on, stands_on
from tests.journeys.looking import findings
from tests.journeys.passing import forget_codes, unused_codes  # noqa: F401 - a fixture
from tests.journeys.visiting import compare_words

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]


def tab(browser: Browser, broken: list[str], **more: object) -> Page:
    """A browser of its own, whose errors are told."""
    made = browser.new_context(**more).new_page()  # type: ignore[arg-type]
    made.on("pageerror", lambda error: broken.append(str(error)))
    return made


def book_now(page: Page, served: Served, full: str) -> str:
    """A visit by video that begins at this minute, booked at the page; gives its page."""
    page.goto(f"{served.address}/clients")
    page.get_by_role("link", name=full).first.click()
    page.get_by_role("link", name="Book an appointment").click()
    now = datetime.now(ZoneInfo("America/New_York")) + timedelta(minutes=1)
    page.get_by_label("Day", exact=True).fill(f"{now:%Y-%m-%d}")
    page.get_by_label("Begins at").fill(f"{now:%H:%M}")
    page.get_by_label("by video").check()
    page.get_by_role("button", name="Book", exact=True).click()
    sure = page.get_by_label("Yes, it is meant so")
    booked = page.get_by_role("link", name="Week after")
    expect(sure.or_(booked).first).to_be_visible()
    if sure.count():  # the demonstration has somebody else at this hour
        sure.check()
        page.get_by_role("button", name="Book", exact=True).click()
    page.wait_for_url("**/calendar**")
    page.goto(f"{served.address}/clients")
    page.get_by_role("link", name=full).first.click()
    page.get_by_label("Beside the record").get_by_role(
        "link", name=re.compile(f"{now:%-H:%M}")
    ).click()
    return page.url


def say_where(page: Page, picture: Picture) -> None:
    """The one screen before the door, and into the waiting room."""
    page.get_by_role("link", name="Visits by video").click()
    page.get_by_role("link", name="Go to this visit").first.click()
    page.get_by_label(re.compile("^I am ")).check()
    page.get_by_label("Where are you today?").select_option("us-md")
    page.get_by_label("Address").fill("12 Quarry Lane, Baltimore")
    page.get_by_label("No, I am alone").check()
    page.get_by_label("A number to call you back on").fill("410-555-0142")
    picture(page, "90-visit-before")
    assert findings(page) == []
    page.get_by_role("button", name="This is right").click()
    expect(page.get_by_text("You are in the waiting room")).to_be_visible()
    picture(page, "91-visit-waiting")


def test_from_the_waiting_room_to_the_times_in_the_note(
    with_cameras: Browser, demonstration: Served, picture: Picture
) -> None:
    broken: list[str] = []
    ada = tab(with_cameras, broken, viewport={"width": 1280, "height": 900})
    dov = tab(with_cameras, broken, viewport={"width": 390, "height": 844})
    client = next(one for one in people_of(demonstration.home) if one.roles == ("client",))
    sign_in(ada, demonstration, "ada")
    visit = book_now(ada, demonstration, client.name)
    expect(ada.get_by_text("Not answered yet")).to_be_visible()

    come_in(dov, demonstration, client.sign_name)
    say_where(dov, picture)
    expect(ada.get_by_text(re.compile("The client waits, since"))).to_be_visible(timeout=30_000)
    ada.goto(visit)
    ada.get_by_label("Why you meet all the same").fill("The form is signed on paper today.")
    assert findings(ada) == []
    picture(ada, "92-visit-door")
    ada.get_by_role("button", name="Open the door").click()
    ada.wait_for_url("**/room")
    expect(dov.locator("[data-call]")).to_be_visible(timeout=30_000)

    compare_words(ada, dov)
    ada.get_by_label("Data").fill("He speaks of the quarry again, more calmly.")
    picture(ada, "93-visit")
    picture(dov, "94-visit-client")

    ada.get_by_role("button", name="Chat").click()
    ada.get_by_label("Write").fill("The address of the group: it stands in the letter.")
    ada.get_by_role("button", name="Send").click()
    expect(dov.get_by_text("it stands in the letter")).to_be_visible()
    draw(ada)
    stands_on(dov, drawn_on(ada))
    expect(dov.locator("canvas[data-board]")).to_be_visible()
    dov.get_by_role("button", name="Please speak slowly").click()
    expect(ada.get_by_text("The client cannot speak freely.")).to_be_visible(timeout=30_000)

    ada.get_by_role("button", name="End the visit").click()
    ada.wait_for_url("**/records/**")
    expect(ada.get_by_label("Start")).to_have_value(re.compile(r"\d+:\d\d"))
    expect(ada.get_by_label("Stop")).to_have_value(re.compile(r"\d+:\d\d"))
    expect(ada.get_by_label("Place")).to_have_value("Client in Maryland")
    expect(ada.get_by_label("Data")).to_have_value(re.compile("more calmly"))
    expect(dov.get_by_text("This visit is over")).to_be_visible(timeout=30_000)
    assert broken == []
    for page in (ada, dov):
        page.context.close()
