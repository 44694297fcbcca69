"""A couple's visit in three browsers: each answers for herself, is let in by herself, is seen."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from stillroom.config.demonstration import people_of
from tests.journeys.conftest import Picture, Served, come_in, sign_in
from tests.journeys.drawing import draw, drawn_on, nothing_on, stands_on
from tests.journeys.looking import findings
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture
from tests.journeys.test_visit import tab

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

SLOW = 90_000
"""Milliseconds: three pages, each with two pictures, share one machine."""
COUPLE = ("Imani Feld", "Joss Feld")
DECODED = """seat => {
  const video = document.querySelector(`figure[data-seat="${seat}"] [data-theirs]`);
  return (video?.getVideoPlaybackQuality().totalVideoFrames ?? 0) > 3;
}"""


def begin(ada: Page, served: Served) -> str:
    """A visit with the couple without an appointment; gives its page."""
    ada.goto(f"{served.address}/clients")
    ada.get_by_role("link", name=" and ".join(COUPLE)).first.click()
    ada.get_by_role("button", name="Meet now, without an appointment").click()
    ada.wait_for_url("**/together")
    ada.get_by_role("button", name="Go in alone first").click()
    ada.wait_for_url("**/together/room")
    return ada.url.rpartition("/together/room")[0]


def say_where(page: Page, served: Served, room: str, state: str, name: str) -> None:
    """Her own screen before the door, and into the waiting room."""
    page.goto(f"{served.address}/my/visit/{room.rpartition('/')[2]}")
    page.get_by_label(re.compile("^I am ")).check()
    page.get_by_label("Where are you today?").select_option(state)
    page.get_by_label("Address").fill("12 Quarry Lane")
    page.get_by_label("No, I am alone").check()
    page.get_by_label("A number to call you back on").fill("410-555-0142")
    page.get_by_label("a name that I choose").check()
    page.get_by_label("The name that I choose", exact=True).fill(name)


def let_in(call: Page, ada: Page, room: str, seat: int) -> None:
    """By a page beside the call, with a reason: no consent is on file."""
    ada.bring_to_front()
    ada.goto(f"{room}/seat/{seat}")
    ada.get_by_label("Why you meet all the same").fill("Signed on paper today.")
    ada.get_by_role("button", name="Let in").click()
    ada.wait_for_url("**/together")
    call.bring_to_front()


def say_same(*pages: Page) -> None:
    """The same four words stand on all, and all say so."""
    read = []
    for page in pages:
        shown = page.locator("[data-words]:not([data-quiet]) li")
        expect(page.locator("[data-asks]")).to_be_visible(timeout=SLOW)
        expect(shown).to_have_count(4)
        read.append(shown.all_text_contents())
    assert all(words == read[0] for words in read), read
    for page in pages:
        page.locator("[data-asks]").click()


def sees(page: Page, *seats: int) -> None:
    """Frames of these seats are decoded."""
    for seat in seats:
        page.wait_for_function(DECODED, arg=seat, timeout=SLOW)


def test_a_couple_comes_in_one_by_one_and_each_pair_is_verified(
    with_cameras: Browser, demonstration: Served, picture: Picture
) -> None:
    broken: list[str] = []
    narrow = {"width": 390, "height": 844}
    ada = tab(with_cameras, broken, viewport={"width": 1280, "height": 900})
    one, other = (tab(with_cameras, broken, viewport=narrow) for _ in COUPLE)
    names = {who.name: who.sign_name for who in people_of(demonstration.home)}
    for page in (ada, one, other):
        page.context.set_default_timeout(SLOW)
    sign_in(ada, demonstration, "ada")
    room = begin(ada, demonstration)
    beside = ada.context.new_page()
    for page, who, state, called in (
        (one, COUPLE[0], "us-pa", "I."),
        (other, COUPLE[1], "us-md", "Joss"),
    ):
        come_in(page, demonstration, names[who])
        say_where(page, demonstration, room, state, called)
        if page is one:
            assert findings(page) == []
            picture(page, "95-couple-before")
        page.get_by_role("button", name="This is right").click()
        expect(page.get_by_text("You are in the waiting room")).to_be_visible()
    expect(ada.get_by_text(re.compile("waits, since")).first).to_be_visible(timeout=SLOW)

    let_in(ada, beside, room, 1)
    expect(one.locator("[data-together]")).to_be_visible(timeout=SLOW)
    expect(other.get_by_text("You are in the waiting room")).to_be_visible()
    say_same(ada, one)
    sees(ada, 1)
    sees(one, 0)
    draw(ada)
    stands_on(one, drawn_on(ada))
    let_in(ada, beside, room, 2)
    expect(other.locator("[data-together]")).to_be_visible(timeout=SLOW)
    expect(other.locator("canvas[data-board]")).to_be_hidden()  # before the pair is known
    say_same(ada, one, other)
    sees(ada, 1, 2)
    sees(one, 0, 2)
    sees(other, 0, 1)
    expect(one.locator("figure[data-seat='2'] figcaption strong")).to_have_text(
        "Joss", timeout=SLOW
    )
    expect(other.locator("figure[data-seat='1'] figcaption strong")).to_have_text(
        "I.", timeout=SLOW
    )
    for page, name in ((ada, "96-couple"), (one, "97-couple-member")):
        expect(page.get_by_text(re.compile("^(Verified|Checked)")).first).to_be_visible()
        expect(page.locator("[data-screen]:visible")).to_have_count(0)
        picture(page, name)
        assert findings(page) == []

    see_the_board_and_wipe_it(ada, one, other, picture)
    ask_for_silence_and_out(ada, one, other)
    end_with_a_note(ada, one)
    assert broken == []
    for page in (ada, one, other):
        page.context.close()


def see_the_board_and_wipe_it(ada: Page, one: Page, late: Page, picture: Picture) -> None:
    """What was drawn before she came was handed over to her; one wipes it from all pages."""
    stands_on(late, drawn_on(ada))
    picture(late, "97-couple-board")
    late.get_by_role("button", name="Wipe it").click()
    for page in (ada, one, late):
        nothing_on(page)


def ask_for_silence_and_out(ada: Page, one: Page, other: Page) -> None:
    """The one is silent, the other waits outside, and is gone from the one's page too."""
    ada.locator("figure[data-seat='1']").get_by_role("button", name="Ask for silence").click()
    expect(one.get_by_text("You were asked to be silent for a moment")).to_be_visible(timeout=SLOW)
    expect(ada.locator("figure[data-seat='1'] [data-is='no sound']")).to_be_visible(timeout=SLOW)
    ada.locator("[data-member='2']").get_by_role("button", name="Ask to wait outside").click()
    expect(other.get_by_text("You are in the waiting room")).to_be_visible(timeout=SLOW)
    expect(one.locator("figure[data-seat='2']")).to_be_hidden(timeout=SLOW)


def end_with_a_note(ada: Page, one: Page) -> None:
    """Who was where stands in the note, and the door is shut for all."""
    ada.get_by_role("button", name="End the visit").click()
    ada.wait_for_url("**/records/**")
    expect(ada.get_by_label("Place")).to_have_value("Imani in Pennsylvania; Joss in Maryland")
    expect(one.get_by_text("This visit is over")).to_be_visible(timeout=SLOW)
