"""Three kinds of record, begun, written and signed without touching a mouse; and a list changed."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Picture, Served, open_palette, press, sign_in

pytestmark = pytest.mark.journey


def begin(page: Page, chart: str, typed: str) -> None:
    """From the chart: n, the beginning of its name, Enter."""
    page.goto(chart)
    page.keyboard.press("n")
    page.wait_for_url("**/write")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/*")


def tab(page: Page, typed: str = "") -> None:
    """On to the next field, and write there."""
    page.keyboard.press("Tab")
    if typed:
        page.keyboard.type(typed)


def sign(page: Page) -> None:
    press(page, "Control+Enter")
    expect(page.get_by_role("heading", name="As it was signed")).to_be_visible()


def test_three_kinds_are_written_and_signed_by_keyboard(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "ada")
    page.goto(f"{demonstration.address}/clients")
    page.get_by_role("link", name="Fay Okonjo").first.click()
    chart = page.url

    # A contact: what it was, with whom, how long, what was said.
    begin(page, chart, "cont")
    expect(page.get_by_role("heading", level=1)).to_have_text("Contact note")
    page.wait_for_load_state("load")
    page.keyboard.type("Tele")
    tab(page, "Fay Okonjo")
    tab(page, "6")
    tab(page, "She rang from the ward to say that the rota has changed.")
    picture(page, "kinds-contact")
    sign(page)
    expect(page.get_by_role("article")).to_contain_text("Telephone call")

    # A letter, by the palette: nothing leaves by signing it.
    page.goto(chart)
    open_palette(page)
    page.keyboard.type("lett")
    expect(page.locator("#found").get_by_role("option", name="Letter")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/write#kind-letter")
    expect(page.get_by_role("button", name="Letter")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/*")
    expect(page.get_by_text("Signing sends nothing")).to_be_visible()
    page.keyboard.type("Her physician")
    tab(page)
    tab(page)
    for _ in range(4):  # the day's three parts and its calendar
        tab(page)
    page.keyboard.type("Iron")
    tab(page, "Please look at the iron once more.")
    sign(page)
    expect(page.get_by_role("article")).to_contain_text("Please look at the iron once more.")

    # The list of medication begins with the last one; a line is ended, another begun.
    begin(page, chart, "medi li")
    first = page.get_by_label("What, line 1", exact=True)
    expect(first).to_be_focused()
    expect(first).to_have_value("Iron")
    for _ in range(5):
        tab(page)
    page.keyboard.type("November")
    tab(page, "Vitamin D")
    tab(page, "one a day")
    expect(page.get_by_label("What, line 3", exact=True)).to_be_visible()
    sign(page)
    picture(page, "kinds-medication")
    page.goto(chart)
    margin = page.get_by_role("complementary")
    expect(margin).to_contain_text("Vitamin D")
    expect(margin.get_by_role("region", name="Medication")).not_to_contain_text("Iron")
    expect(page.get_by_role("main")).to_contain_text("Allergy: Penicillin")
    picture(page, "kinds-chart")


def test_what_a_script_lost_its_page_for_is_answered_on_the_page(
    page: Page, demonstration: Served
) -> None:
    """A paste of two megabytes: a sentence, the words still there, and saved once it is shorter."""
    served = demonstration
    sign_in(page, served, "ada")
    page.goto(f"{served.address}/clients")
    page.get_by_role("link", name="Fay Okonjo").first.click()
    begin(page, page.url, "lett")
    words = page.get_by_label("Words", exact=True)
    words.fill("a" * 2_000_000)
    expect(page.locator("[data-saved]")).to_contain_text(
        "longer than a record holds", timeout=20_000
    )
    assert len(words.input_value()) == 2_000_000
    words.fill("Short enough.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved", timeout=20_000)


def test_what_was_typed_before_the_scripts_were_there_is_kept(
    page: Page, demonstration: Served
) -> None:
    """Quick hands on a slow line: the page is there, its scripts are not yet."""
    served = demonstration
    sign_in(page, served, "ada")
    page.goto(f"{served.address}/clients")
    page.get_by_role("link", name="Fay Okonjo").first.click()
    begin(page, page.url, "lett")
    draft = page.url
    page.route("**/*.js", lambda route: None)
    page.goto(draft, wait_until="commit")
    page.get_by_label("About", exact=True).fill("Typed at once.")
    page.unroute("**/*.js")  # lets those that wait go on
    expect(page.locator("[data-saved]")).to_contain_text("Saved", timeout=20_000)
    page.goto(draft)
    expect(page.get_by_label("About", exact=True)).to_have_value("Typed at once.")
