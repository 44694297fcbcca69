"""The law library, walked by keyboard alone: map, state, provision, two states, what if."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Picture, Served, press, sign_in
from tests.journeys.looking import findings
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]


def reach(page: Page, wanted: Locator) -> None:
    """Tab until something has the focus; never by the pointer."""
    for _ in range(250):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by Tab")


def follow(page: Page, wanted: Locator) -> None:
    """Reach a link and press Enter."""
    reach(page, wanted)
    page.keyboard.press("Enter")


def choose(page: Page, label: str, words: str) -> None:
    """Reach a field to choose from, and type the beginning of the words."""
    wanted = page.get_by_label(label, exact=True)
    reach(page, wanted)
    page.keyboard.type(words)
    expect(wanted.locator("option:checked")).to_contain_text(words)


def test_the_law_is_walked_by_keyboard_from_the_map_to_what_if(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "ada")
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/law")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Duty to warn or protect")
    picture(page, "12-law-map", whole=False)
    follow(
        page, page.locator(".map").get_by_role("link", name="Maryland, your state: You must act")
    )
    expect(heading).to_have_text("Maryland")
    follow(page, page.get_by_role("link", name="Threat of imminent injury to a specified victim"))
    expect(heading).to_contain_text("Threat of imminent injury")
    expect(
        page.get_by_text("Did you know that the client is prone to violence? Yes.")
    ).to_be_visible()
    follow(page, page.get_by_label("Where you are").get_by_role("link", name="Maryland"))
    follow(page, page.get_by_role("link", name="Compare with another state"))
    choose(page, "The other", "Texas")
    follow(page, page.get_by_role("button", name="Show"))
    expect(heading).to_have_text("Maryland and Texas")
    expect(page.get_by_role("region", name="Where they differ")).to_contain_text(
        "You may tell the police; nothing requires it."
    )
    follow(page, page.get_by_role("link", name="Ask what both together mean"))
    expect(page.get_by_label("The client is in")).to_have_value("us-tx")
    choose(page, "Begin with", "Duty to warn or protect, the police")
    press(page, "Control+Enter")
    expect(page.locator(".verdict")).to_be_visible()
    expect(
        page.get_by_role("heading", name="Each place by itself, with federal law")
    ).to_be_visible()
    picture(page, "13-what-if", whole=False)
    assert findings(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert findings(page) == []
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(over) <= 0


def test_a_question_is_answered_in_its_place_by_one_key(page: Page, demonstration: Served) -> None:
    sign_in(page, demonstration, "ada")
    page.goto(f"{demonstration.address}/law/ask?place=us-md&case=case:warn.0")
    page.get_by_role("button", name="See what the law says").press("Enter")
    verdict = page.locator(".verdict")
    expect(verdict).to_have_text("You must give this warning.")
    page.get_by_role("button", name="Take back: threat imminent").press("Enter")
    question = page.locator("form[data-question] .question")
    expect(question).to_have_text("Do you believe in good faith that it is imminent?")
    expect(verdict).not_to_have_text("You must give this warning.")
    address = page.url
    page.get_by_role("main").press("1")
    expect(verdict).to_have_text("You must give this warning.")
    assert page.url == address
    assert "threat" not in address.partition("?")[0]


def test_a_search_puts_nothing_in_the_address(page: Page, demonstration: Served) -> None:
    sign_in(page, demonstration, "ada")
    page.goto(f"{demonstration.address}/law/search")
    page.keyboard.type("explicit threat nevada")
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("link", name="Explicit threat against an identifiable person")
    ).to_be_visible()
    assert page.url == f"{demonstration.address}/law/search"
    assert findings(page) == []
