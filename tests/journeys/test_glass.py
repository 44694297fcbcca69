"""A key is laid by, a chart is kept from the desk, a glass is broken at night, told, and reviewed."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Picture, Served, sign_in
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

WHY = "His brother rang: he is on the bridge, and Ada cannot be reached."


def choose(page: Page, label: str, beginning: str) -> None:
    """An option by the beginning of its words."""
    field = page.get_by_label(label, exact=True)
    field.select_option(label=field.locator("option", has_text=beginning).first.inner_text())


def prepare(page: Page, served: Served, picture: Picture) -> None:
    """Ada lays a key by for Bea, as she has for others, and closes the chart to the desk."""
    sign_in(page, served, "ada")
    page.goto(f"{served.address}/clients")
    page.get_by_role("link", name="Dov Halpern", exact=True).click()
    page.get_by_role("link", name="Place of law").click()
    keys = page.get_by_role("region", name="For an emergency")
    expect(keys).to_contain_text("Bea")
    kept = page.get_by_role("region", name="Kept from")
    kept.get_by_role("button", name="Keep it from them").click()
    expect(page.get_by_role("alert")).to_contain_text("why the chart is to be kept")
    kept.get_by_label("from everybody who does not care").check()
    kept.get_by_role("button", name="Keep it from them").click()
    expect(kept).to_contain_text("The front desk")
    picture(page, "60-kept-and-keys")


def break_the_glass(page: Page, served: Served, picture: Picture) -> None:
    """Bea, on call: first without a reason, then with one."""
    sign_in(page, served, "bea")
    page.goto(f"{served.address}/emergency")
    page.get_by_label("Whom it is about").fill("Halp")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("alert")).to_contain_text("It is not said why")
    expect(page.get_by_label("Whom it is about")).to_have_value("Halp")
    page.get_by_label("What has happened").fill(WHY)
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("region", name="Found")).to_contain_text("Dov Halpern")
    picture(page, "61-emergency")
    page.get_by_role("button", name="Break the glass").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dov Halpern")
    expect(page.get_by_role("region", name="Risk and safety")).to_be_visible()
    expect(page.get_by_role("region", name="Reaching them")).to_contain_text("Asher Halpern")
    picture(page, "62-broken", whole=False)
    page.get_by_role("button", name="It is over").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("An emergency")


def see(page: Page, served: Served) -> str:
    """Ada is told on whatever page she is; gives the address of the breaking."""
    page.goto(f"{served.address}/law")
    page.get_by_role("link", name="Look why").click()
    expect(page.get_by_role("main")).to_contain_text(WHY)
    page.get_by_role("button", name="I have seen it").click()
    expect(page.get_by_role("link", name="Look why")).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("Ada Merrow saw it")
    return page.url


def review(page: Page, served: Served, address: str, picture: Picture) -> None:
    """The owner, whose own page has no chart on it; first without saying whether."""
    sign_in(page, served, "leonie")
    page.get_by_role("link", name="Review it").click()
    expect(page).to_have_url(address)
    page.get_by_label("What you looked at").fill("The call is in the list.")
    page.get_by_role("button", name="Keep the review").click()
    expect(page.get_by_role("alert")).to_contain_text("whether it was justified")
    expect(page.get_by_label("What you looked at")).to_have_value("The call is in the list.")
    picture(page, "63-review")
    page.get_by_label("It was justified").check()
    page.get_by_role("button", name="Keep the review").click()
    expect(page.get_by_role("main")).to_contain_text("It was justified, says Leonie Strand")


def test_a_glass_is_broken_told_at_once_and_reviewed(
    page: Page, chromium: Browser, demonstration: Served, picture: Picture
) -> None:
    prepare(page, demonstration, picture)
    care = page.url
    others = [chromium.new_context(viewport={"width": 1280, "height": 900}) for _ in range(2)]
    try:
        bea, owner = (one.new_page() for one in others)
        break_the_glass(bea, demonstration, picture)
        address = see(page, demonstration)
        review(owner, demonstration, address, picture)
        page.goto(care)
        page.get_by_role("button", name="Undo for the front desk").click()
        kept = page.get_by_role("region", name="Kept from")
        expect(kept).to_contain_text("From nobody")
    finally:
        for one in others:
            one.close()
