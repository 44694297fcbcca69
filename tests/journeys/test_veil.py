"""The privacy screen: what it hid a moment ago it still hides on the next page."""

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
    assert as_json(dawdling, "window.told") == ['{"veil":"names"}']
    dawdling.evaluate("window.letGo()")
    dawdling.wait_for_function("""() => window.arrived === '{"veil":"all"}'""")
    dawdling.goto(f"{demonstration.address}/clients")
    expect(dawdling.locator("html")).to_have_attribute("data-veil", "all")


def test_a_page_left_at_once_has_told_the_server(dawdling: Page, demonstration: Served) -> None:
    """A finger on the key and on the next link: what was not told yet is told as the page goes."""
    press(dawdling, leads_to="names")
    press(dawdling, leads_to="all")
    dawdling.goto(f"{demonstration.address}/clients")
    assert veil_of(demonstration, "ada", "all") == "all"
