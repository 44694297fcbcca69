"""Ada looks for words that she wrote: in the palette, on the page, in a chart; all by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Picture, Served, open_palette, press, sign_in
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]


def no_word_in_the_address(page: Page, word: str) -> None:
    assert word not in page.url
    assert word not in page.evaluate("JSON.stringify(history.state)")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def in_the_palette(page: Page, picture: Picture) -> None:
    """As she types; then further, on the page of its own."""
    open_palette(page)
    page.keyboard.type("medicat")
    records = page.get_by_role("group", name="Records")
    expect(records.get_by_role("option").first).to_contain_text("medication", ignore_case=True)
    picture(page, "search-palette", whole=False)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option", name="Search the records")).to_have_attribute(
        "aria-selected", "true"
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/search")
    expect(page.locator(".hits mark").first).to_have_text(re.compile("medication", re.IGNORECASE))
    no_word_in_the_address(page, "medicat")


def on_the_page(page: Page, picture: Picture) -> None:
    """A phrase, a mistake; then through the hits by arrows and letters, and into the first."""
    hits = page.locator(".hits > li")
    field = page.get_by_role("searchbox")
    field.fill('"second bridge"')
    page.keyboard.press("Enter")
    expect(page.locator("#announce")).to_have_text(re.compile(r"records?$|^No record"))
    field.fill("anxeity")
    page.keyboard.press("Enter")
    expect(page.locator(".hits")).to_contain_text("near spelling")
    field.fill("panic bridge")
    page.keyboard.press("Enter")
    expect(hits.first).to_contain_text("Marguerite Sayle")
    picture(page, "search-page", whole=False)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(hits.first.locator(".what a")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/*")
    expect(page.get_by_text("bridge").first).to_be_visible()
    no_word_in_the_address(page, "bridge")


def in_her_chart(page: Page, picture: Picture) -> None:
    """By one key, and on a narrow screen."""
    hits = page.locator(".hits > li")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.get_by_role("link", name="Marguerite Sayle").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Marguerite Sayle")
    press(page, "/")
    expect(page.get_by_role("searchbox", name="Search this chart")).to_be_focused()
    page.keyboard.type("odette")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search")
    expect(page.get_by_label("Client", exact=True)).to_have_value(re.compile(r"^[a-z2-7]{26}$"))
    expect(hits.first.locator("mark").first).to_have_text(re.compile("odette", re.IGNORECASE))
    page.get_by_text("Narrow it").click()
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture(page, "search-narrow", whole=False)


def test_words_are_found_in_the_palette_on_the_page_and_in_a_chart(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "ada")
    in_the_palette(page, picture)
    on_the_page(page, picture)
    in_her_chart(page, picture)


def test_a_colleague_finds_no_word_of_hers(page: Page, demonstration: Served) -> None:
    sign_in(page, demonstration, "bea")
    page.goto(f"{demonstration.address}/search")
    page.get_by_role("searchbox").fill("odette")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No record that you may read holds these words.")).to_be_visible()
    expect(page.get_by_text("Sayle")).to_have_count(0)
