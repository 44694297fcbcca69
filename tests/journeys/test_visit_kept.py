"""What two wrote to each other is kept where both agree, and is gone otherwise."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Picture
from tests.journeys.test_axe import findings
from tests.journeys.test_visit_faults import pair, visit  # noqa: F401 - fixtures
from tests.journeys.visiting import SLOW, Two, compare_words

pytestmark = pytest.mark.journey

DOOR = "14 Quarry Lane is the new door"
THANKS = "I wrote it down, thank you"


def write(page: Page, other: Page, line: str) -> None:
    """A line of chat, read on the other side."""
    page.get_by_role("button", name=re.compile("^(Chat|Write)")).click()
    page.locator("form[data-chat] input").fill(line)
    page.locator("form[data-chat] button").click()
    expect(other.locator("[data-chat-lines] li").filter(has_text=line)).to_be_visible(timeout=SLOW)


def test_a_chat_is_kept_by_a_yes_to_its_very_words_and_no_letter_leaves_before(
    visit: Two,  # noqa: F811
    picture: Picture,
) -> None:
    room = visit.begin()
    dov, ada = visit.dov(room), visit.ada(room)
    posted: list[str] = []
    for page in (dov, ada):
        page.on("request", lambda asked: posted.append(asked.post_data or ""))
    compare_words(ada, dov)
    write(ada, dov, DOOR)
    write(dov, ada, THANKS)

    keep = ada.get_by_role("button", name="Keep what we wrote")
    keep.click()
    expect(ada.get_by_text("Nothing is kept before.")).to_be_visible()
    shown = dov.locator("[data-keep-words]")
    expect(shown).to_contain_text(DOOR, timeout=SLOW)
    expect(shown).to_contain_text(THANKS)
    picture(dov, "101-may-it-be-kept")
    assert findings(dov) == []
    dov.get_by_role("button", name="No, let it go").click()
    expect(ada.get_by_text("The client does not want it kept.")).to_be_visible(timeout=SLOW)
    assert not [one for one in posted if "Quarry" in one or THANKS in one]

    keep.click()
    expect(shown).to_be_visible(timeout=SLOW)
    dov.get_by_role("button", name="Yes, keep it").click()
    expect(dov.get_by_text("You said yes: it goes into your record.")).to_be_visible(timeout=SLOW)
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
