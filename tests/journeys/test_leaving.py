"""A packet leaves behind a link, and somebody outside opens it; the client is handed an account."""

import pytest
from playwright.sync_api import Page, expect

from tests.harness.leaving import let_two_minutes_pass
from tests.journeys.conftest import Picture, Served, sign_in
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]


def to_packet(page: Page, served: Served) -> None:
    """From Bea's matters to a new packet for the clinic, printed and not yet sent."""
    page.goto(f"{served.address}/matters")
    page.get_by_role("table").get_by_role("link").first.click()
    page.goto(f"{page.url}/packet")
    page.get_by_label("Address on the cover letter").fill("40 Halden Street\nBaltimore, MD 21231")
    page.get_by_role("button", name="Print the proof").click()
    expect(page.get_by_text("Nothing has left yet")).to_be_visible()


def test_a_packet_is_stopped_then_leaves_by_a_link_and_is_opened_once(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "bea")
    to_packet(page, demonstration)
    packet = page.url
    send(page)
    expect(page.get_by_role("heading", name="On its way")).to_be_visible()
    page.get_by_role("button", name="Stop it").click()
    expect(page.get_by_text("Nothing left.")).to_be_visible()
    send(page)
    picture(page, "12-on-its-way")
    let_two_minutes_pass(demonstration.home)
    page.goto(packet)
    expect(page.get_by_text("Nobody has opened it")).to_be_visible()
    picture(page, "13-link")
    address = page.locator("code.long").inner_text()
    code = page.locator(".said").inner_text()
    outside = page.context.browser.new_context().new_page()
    outside.goto(address)
    for words in ("Linden", "Stillroom", "Bea", "Halden"):
        assert words not in outside.content(), "the page names nobody"
    outside.get_by_label("The four words").fill("no such four words")
    outside.get_by_role("button", name="Save the file").click()
    expect(outside.get_by_text("It stayed shut")).to_be_visible()
    outside.get_by_label("The four words").fill(code)
    with outside.expect_download() as saved:
        outside.get_by_role("button", name="Save the file").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF")
    outside.context.close()
    page.reload()
    expect(page.get_by_text("Nothing lies behind the link any more")).to_be_visible()
    page.get_by_role("link", name="The account of disclosures").click()
    expect(page.get_by_role("table").first).to_contain_text("Halden Street Clinic")
    picture(page, "14-account")


def send(page: Page) -> None:
    """Sent on its way by a link, to where this record has gone before."""
    page.get_by_role("radio", name="Behind a link").check()
    page.get_by_label("Where it goes").fill("40 Halden Street")
    page.get_by_label("To whom does it go").fill("Halden Street Clinic")
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_role("heading", name="On its way")).to_be_visible()
