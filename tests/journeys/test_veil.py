"""The privacy screen: what it hid a moment ago it still hides on the next page."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Served, as_json, sign_in
from tests.journeys.passing import lift_veils, unused_codes, veil_of  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

# The first telling does not leave the browser before `letGo()`: a network that dawdles.
DAWDLING = """
    const real = window.fetch;
    window.told = [];
    window.fetch = async (url, how) => {
        if (!String(url).includes("/veil")) return real(url, how);
        window.told.push(how.body);
        if (window.told.length === 1) await new Promise(go => { window.letGo = go; });
        const answer = await real(url, how);
        window.arrived = how.body;
        return answer;
    };
"""

# What was held goes to the server at last, as it was.
ARRIVES = """async body => {
    const mark = document.querySelector('meta[name="csrf"]').content;
    const answer = await fetch("/preferences/veil", { method: "POST", body, headers: {
        "Content-Type": "application/json", "X-CSRFToken": mark } });
    return answer.json();
}"""


@pytest.fixture
def dawdling(page: Page, demonstration: Served) -> Iterator[Page]:
    """Ada's first page, in a browser whose first telling takes its time."""
    sign_in(page, demonstration, "ada")
    page.evaluate(DAWDLING)
    yield page
    lift_veils(demonstration)


def press(page: Page, *, leads_to: str) -> None:
    """The key that turns the screen on."""
    page.keyboard.press(".")
    expect(page.locator("html")).to_have_attribute("data-veil", leads_to)


def test_quick_presses_reach_the_server_in_their_order(
    dawdling: Page, demonstration: Served
) -> None:
    """Two tellings at once may overtake each other: names left readable that were just hidden."""
    press(dawdling, leads_to="names")
    press(dawdling, leads_to="all")
    (first,) = as_json(dawdling, "window.told")
    assert json.loads(first)["veil"] == "names"
    dawdling.evaluate("window.letGo()")
    dawdling.wait_for_function("""() => window.arrived?.startsWith('{"veil":"all"')""")
    dawdling.goto(f"{demonstration.address}/clients")
    expect(dawdling.locator("html")).to_have_attribute("data-veil", "all")


def test_a_page_left_at_once_has_told_the_server(dawdling: Page, demonstration: Served) -> None:
    """A finger on the key and on the next link: what was not told yet is told as the page goes."""
    press(dawdling, leads_to="names")
    press(dawdling, leads_to="all")
    dawdling.goto(f"{demonstration.address}/clients")
    assert veil_of(demonstration, "ada", "all") == "all"


def test_a_telling_that_arrives_after_the_page_has_gone_changes_nothing(
    dawdling: Page, demonstration: Served
) -> None:
    """The first is held on its way; the page goes and tells its last word beside it, which is there
    first. Then the first arrives: names that were just hidden stay hidden."""
    press(dawdling, leads_to="names")
    press(dawdling, leads_to="all")
    held, *_ = as_json(dawdling, "window.told")
    dawdling.goto(f"{demonstration.address}/clients")
    assert veil_of(demonstration, "ada", "all") == "all"
    answered = dawdling.evaluate(ARRIVES, held)
    assert answered == {"veil": "names"}, "it was taken in, and answered as ever"
    dawdling.goto(f"{demonstration.address}/today")
    expect(dawdling.locator("html")).to_have_attribute("data-veil", "all")
    press(dawdling, leads_to="")
    assert veil_of(demonstration, "ada", "") == "", "and what is pressed now is obeyed"


@pytest.mark.parametrize("way", ["a link", "keys"])
def test_a_next_page_hides_what_was_hidden_a_moment_before(dawdling: Page, way: str) -> None:
    """The telling is held on its way; the next page is not asked for before it has arrived."""
    press(dawdling, leads_to="names")
    if way == "keys":
        for key in "gc":
            dawdling.keyboard.press(key)
    else:
        dawdling.get_by_role("navigation").get_by_role("link", name="Clients").first.click()
    dawdling.evaluate("window.letGo()")
    dawdling.wait_for_url("**/clients")
    expect(dawdling.locator("html")).to_have_attribute("data-veil", "names")


def test_a_form_sent_a_moment_after_the_screen_waits_like_a_link_and_goes_once(
    dawdling: Page, demonstration: Served
) -> None:
    dawdling.goto(f"{demonstration.address}/forms")
    dawdling.evaluate(DAWDLING)
    shows = dawdling.get_by_role("button", name="See what the law gives")
    asked: list[str] = []
    dawdling.on("request", lambda one: asked.append(one.url))
    press(dawdling, leads_to="names")
    for _ in range(2):
        shows.click()
    assert not [one for one in asked if "/forms/review?" in one], "it waits"
    dawdling.evaluate("window.letGo()")
    dawdling.wait_for_url("**/forms/review?*")
    expect(dawdling.locator("html")).to_have_attribute("data-veil", "names")
    assert len([one for one in asked if "/forms/review?" in one]) == 1
