"""A couple's session is written in the chart that both hold, with a word in the margin for each."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Picture, Served, sign_in
from tests.journeys.looking import findings
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]


def admit(page: Page, served: Served) -> str:
    """A chart held by two who are in no other story; gives its address."""
    page.goto(f"{served.address}/clients/new")
    page.get_by_label("a couple’s").check()
    page.get_by_label("First name").fill("Nuria")
    page.get_by_label("Family name").fill("Sandoval")
    page.get_by_role("button", name="Admit").click()
    page.get_by_label("First name").fill("Bertrand")
    page.get_by_label("Family name").fill("Okafor")
    page.get_by_role("button", name="Admit and add").click()
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nuria Sandoval and Bertrand")
    return page.url


def test_a_couples_session_says_in_the_margin_whose_words_stand_there(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "ada")
    chart = admit(page, demonstration)
    page.goto(f"{chart}/write")
    page.get_by_role("button", name="Couple or family session").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Couple or family session")
    expect(page.get_by_role("main")).to_contain_text("Nuria Sandoval and Bertrand Okafor")
    happened = page.get_by_label("What happened between them", exact=True)
    margin = page.locator('[data-remarks="What happened between them"]')
    happened.fill("Both slowed down when the other began to speak.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    expect(margin).to_be_empty()
    happened.fill("Both slowed down. Bertrand said that he has not slept since the letter came.")
    expect(margin).to_contain_text("The words of Bertrand stand here")
    expect(margin).to_contain_text("Each holder of this chart may ask for it")
    picture(page, "15-a-couples-session")
    page.get_by_label("Present", exact=True).fill("both")
    page.set_viewport_size({"width": 390, "height": 800})
    assert findings(page) == []
    picture(page, "15-a-couples-session-narrow")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="As it was signed")).to_be_visible()
    expect(page.get_by_role("article")).to_contain_text("Bertrand said that he has not slept")
    expect(page.get_by_role("article")).not_to_contain_text("Each holder of this chart may ask")
    page.goto(chart)
    expect(page.get_by_role("list", name="Record")).to_contain_text("Couple or family session")


def test_a_record_from_elsewhere_is_typed_in_and_says_where_it_is_from(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "ada")
    chart = admit(page, demonstration)
    page.goto(f"{chart}/write")
    page.get_by_role("button", name="Record from elsewhere").click()
    text = page.get_by_label("Text", exact=True)
    text.fill("Attendance was 91 per cent.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("who wrote it, and when and how it came")
    picture(page, "16-from-elsewhere")
    assert findings(page) == []
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.get_by_label("Received", exact=True)).to_be_focused()
    page.keyboard.type("A school’s report, shown by the mother and given back.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="As it was signed")).to_be_visible()
    expect(page.get_by_role("article")).to_contain_text("shown by the mother and given back")
    expect(page.get_by_role("article")).to_contain_text("Attendance was 91 per cent.")
