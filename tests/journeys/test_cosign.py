"""A trainee writes, her supervisor returns it, she changes it, he compares and co-signs; then he
undoes it and gives it again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Picture, Served, press, sign_in
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

WORDS = {
    "Data": "She described the week and named two evenings on which she slept.",
    "Assessment": "Mood low, no thoughts of death. Steadier than a week ago.",
    "Plan": "Meet on Thursday.",
}


@pytest.fixture
def sol(chromium: Browser) -> Iterator[Page]:
    """The supervisor's own browser."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def begin(page: Page, served: Served) -> str:
    """Priya begins a progress note in the first of her charts; gives the chart's address."""
    page.goto(f"{served.address}/clients")
    href = page.locator("main a[href^='/clients/']").evaluate_all(
        "links => links.map(one => one.getAttribute('href')).find(one => /^.clients.[a-z2-7]{26}$/.test(one))"
    )
    assert href
    page.goto(f"{served.address}{href}")
    page.get_by_role("button", name="Progress note").click()
    expect(page.get_by_text("waits for the co-signature of Sol Adeyemi")).to_be_visible()
    return str(href)


def sign(page: Page) -> None:
    """By the keyboard: the first press may bring a question, the second signs as it is."""
    press(page, "Control+Enter")
    asked = page.get_by_text("Look at this once before you sign.")
    expect(asked.or_(page.get_by_text("Waits for a co-signature."))).to_be_visible()
    if asked.is_visible():
        press(page, "Control+Enter")


def test_written_returned_changed_compared_and_co_signed(
    page: Page, sol: Page, demonstration: Served, picture: Picture
) -> None:
    served = demonstration
    sign_in(page, served, "priya")
    begin(page, served)
    for part, words in WORDS.items():
        page.get_by_label(part, exact=True).fill(words)
    sign(page)
    expect(page.get_by_text("Sol Adeyemi has not co-signed it yet")).to_be_visible()
    record = page.url

    sign_in(sol, served, "sol")
    waiting = sol.get_by_role("region", name="To co-sign")
    expect(waiting).to_be_visible()
    picture(sol, "30-today-to-cosign")
    sol.goto(record)
    sol.get_by_role("button", name="Return it").click()
    expect(sol.get_by_role("alert")).to_contain_text("It is not said why")
    sol.get_by_label("Or return it for changes").fill("Name what you did, and her answer to it.")
    picture(sol, "31-to-cosign")
    sol.get_by_role("button", name="Return it").click()
    expect(sol.get_by_text("The author changes it and signs again.")).to_be_visible()

    page.goto(f"{served.address}/today")
    mine = page.get_by_role("region", name="With your supervisor")
    expect(mine).to_contain_text("returned for changes")
    page.goto(record)
    expect(page.get_by_role("main")).to_contain_text("Name what you did")
    picture(page, "32-returned")
    page.get_by_role("button", name="Change it").click()
    data = page.get_by_label("Data", exact=True)
    expect(data).to_have_value(WORDS["Data"])
    data.fill("She described the week. We went through the evenings; she named two good ones.")
    sign(page)
    expect(page.get_by_text("Sol Adeyemi has not co-signed it yet")).to_be_visible()

    sol.goto(record)
    sol.get_by_role("link", name="what changed").click()
    expect(sol.locator("del").first).to_be_visible()
    expect(sol.locator("ins").first).to_be_visible()
    expect(sol.get_by_role("heading", name="Plan")).to_contain_text("not changed")
    picture(sol, "33-compared")
    sol.get_by_role("link", name="Version 1", exact=True).click()
    expect(sol.get_by_role("main")).to_contain_text(WORDS["Data"])
    sol.goto(record)
    sol.get_by_role("button", name="Co-sign", exact=True).click()
    expect(sol.get_by_role("main")).to_contain_text("Co-signed by Sol Adeyemi")

    undo_and_give_again(sol)
    picture(sol, "34-cosigned")
    page.goto(record)
    expect(page.get_by_role("main")).to_contain_text("Co-signed by Sol Adeyemi")
    page.goto(f"{served.address}/today")
    mine = page.get_by_role("region", name="With your supervisor")
    expect(mine).not_to_contain_text("returned for changes")


def undo_and_give_again(sol: Page) -> None:
    """The supervisor undoes his approval with a reason; both stay readable."""
    sol.get_by_text("Undo my co-signature").click()
    sol.get_by_label("Why").fill("I had read the wrong session.")
    sol.get_by_role("button", name="Undo it").click()
    expect(sol.get_by_role("main")).to_contain_text("Approval undone")
    expect(sol.get_by_role("main")).to_contain_text("I had read the wrong session.")
    sol.get_by_role("button", name="Co-sign", exact=True).click()
    expect(sol.get_by_role("main")).to_contain_text("Co-signed by Sol Adeyemi")


def test_a_note_under_supervision_is_read_without_colour_and_on_a_small_screen(
    chromium: Browser, demonstration: Served, picture: Picture
) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark", forced_colors="active"
    )
    page = context.new_page()
    sign_in(page, demonstration, "sol")
    link = page.get_by_role("region", name="To co-sign").get_by_role("link").first
    link.click()
    expect(page.get_by_role("button", name="Co-sign", exact=True)).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert wide, "the page is no wider than the screen"
    picture(page, "35-cosign-small")
    context.close()
