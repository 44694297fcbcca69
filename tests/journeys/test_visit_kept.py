"""What two wrote to each other is kept where both agree, and is gone otherwise."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Picture, as_json
from tests.journeys.drawing import draw, drawn_on, stands_on
from tests.journeys.test_axe import findings
from tests.journeys.test_visit_faults import pair, visit  # noqa: F401 - fixtures
from tests.journeys.visiting import SLOW, Two, compare_words

pytestmark = pytest.mark.journey

DOOR = "14 Quarry Lane is the new door"
THANKS = "I wrote it down, thank you"
SHOWN = """(({ color, backgroundColor }) => [color, backgroundColor])(
    getComputedStyle(document.querySelector("canvas[data-board]")))"""


def write(page: Page, other: Page, line: str) -> None:
    """A line of chat, read on the other side."""
    page.get_by_role("button", name=re.compile("^(Chat|Write)")).click()
    page.locator("form[data-chat] input").fill(line)
    page.locator("form[data-chat] button").click()
    expect(other.locator("[data-chat-lines] li").filter(has_text=line)).to_be_visible(timeout=SLOW)


def met(two: Two) -> tuple[Page, Page, list[str]]:
    """Both, verified, and what their pages post from the beginning."""
    room = two.begin()
    dov, ada = two.dov(room), two.ada(room)
    posted: list[str] = []
    for page in (dov, ada):
        page.on("request", lambda asked: posted.append(asked.post_data or ""))
    compare_words(ada, dov)
    return dov, ada, posted


def test_a_chat_is_kept_by_a_yes_to_its_very_words_and_no_letter_leaves_before(
    visit: Two,  # noqa: F811
    picture: Picture,
) -> None:
    dov, ada, posted = met(visit)
    write(ada, dov, DOOR)
    write(dov, ada, THANKS)

    keep = ada.get_by_role("button", name="Keep what we wrote")
    keep.click()
    expect(ada.locator("[data-keep=waits]")).to_contain_text("Nothing is kept before.")
    shown = dov.locator("[data-keep-words]")
    expect(shown).to_contain_text(DOOR, timeout=SLOW)
    expect(shown).to_contain_text(THANKS)
    picture(dov, "101-may-it-be-kept")
    assert findings(dov) == []
    dov.get_by_role("button", name="No, let it go").click()
    expect(ada.locator("[data-keep=refused]")).to_be_visible(timeout=SLOW)
    assert not [one for one in posted if "Quarry" in one or THANKS in one]

    keep.click()
    expect(shown).to_be_visible(timeout=SLOW)
    dov.get_by_role("button", name="Yes, keep it").click()
    expect(dov.locator("[data-keep=done]")).to_be_visible(timeout=SLOW)
    link = ada.get_by_role("link", name="contact note")
    expect(link).to_be_visible(timeout=SLOW)
    picture(ada, "100-kept")
    assert findings(ada) == []
    address = link.get_attribute("href")
    record = visit.page(visit.desk)
    record.goto(f"{visit.served.address}{address}")
    expect(record.get_by_label("What was said or done")).to_have_value(
        re.compile(f"with the client’s yes of.*Ada.*: {DOOR}\n.*: {THANKS}$", re.DOTALL)
    )


def test_a_whiteboard_is_kept_by_a_yes_to_these_very_strokes(
    visit: Two,  # noqa: F811
    picture: Picture,
) -> None:
    dov, ada, posted = met(visit)
    ada.get_by_role("button", name="Whiteboard").click()
    keep = ada.get_by_role("button", name="Keep what we drew")
    keep.click()
    expect(ada.get_by_text("It was not kept: nothing is on it")).to_be_visible()
    draw(ada)
    stands_on(dov, drawn_on(ada))
    by_day = as_json(ada, SHOWN)
    ada.emulate_media(color_scheme="dark")
    assert as_json(ada, SHOWN) == by_day, "ink that was drawn by day is seen by night"
    ada.emulate_media(color_scheme="light")

    keep.click()
    asked = dov.locator("[data-keep='board-asked']")
    expect(asked).to_be_visible(timeout=SLOW)
    shown = drawn_on(dov, "canvas[data-keep-board]")
    assert shown == pytest.approx(drawn_on(dov), rel=0.05), "she sees what it would be"
    picture(dov, "103-may-the-board-be-kept")
    assert findings(dov) == []
    dov.get_by_role("button", name="No, let it go").click()
    expect(ada.locator("[data-keep='board-refused']")).to_be_visible(timeout=SLOW)
    assert not [one for one in posted if '"board"' in one]

    keep.click()
    expect(asked).to_be_visible(timeout=SLOW)
    dov.get_by_role("button", name="Yes, keep it").click()
    done = ada.locator("[data-keep='board-done']")
    expect(done).to_be_visible(timeout=SLOW)
    picture(ada, "102-board-kept")
    assert findings(ada) == []
    record = visit.page(visit.desk)
    record.goto(f"{visit.served.address}{done.get_by_role('link').get_attribute('href')}")
    expect(record.get_by_label("Title")).to_have_value(
        re.compile("^Whiteboard of the visit by video")
    )
    expect(record.get_by_text("whiteboard.png").first).to_be_visible()
    picture(record, "104-board-in-the-record")
