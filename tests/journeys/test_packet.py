"""A packet for another treating provider: chosen, cut by keyboard, seen side by side, printed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Picture, Served, sign_in
from tests.journeys.looking import findings
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

DATA = (
    "Setbacks follow calls with Ines Quell, who is ill again; he sees the pattern himself."
    " Reach her at 410-555-0199.\n\nSlept six hours on five nights."
)


def write_a_note(page: Page, served: Served) -> str:
    """A progress note of Dov's that names a third person, signed."""
    page.goto(f"{served.address}/clients")
    page.get_by_role("link", name="Dov Halpern").first.click()
    page.get_by_role("button", name="Progress note", exact=True).click()
    page.get_by_label("Data", exact=True).fill(DATA)
    page.get_by_label("Assessment", exact=True).fill("Anxiety is moderate.")
    page.get_by_label("Plan", exact=True).fill("Tuesday at eleven.")
    page.get_by_role("main").get_by_role("button", name="Sign").click()
    expect(page.get_by_role("heading", name="As it was signed")).to_be_visible()
    return page.url.rpartition("/")[2]


def enter_the_request(page: Page, served: Served) -> None:
    """Another provider asks for treatment; who asks is known; the decision is signed."""
    page.goto(f"{served.address}/clients")
    page.get_by_role("link", name="Dov Halpern").first.click()
    page.goto(f"{page.url}/matters/new")
    page.get_by_label("Who asks").fill("Dr. Odette Osei")
    page.locator("#f-asker_kind").select_option("treating_provider")
    page.locator("#f-instrument").select_option("letter")
    page.locator("#f-purpose").select_option("treatment")
    page.get_by_label("progress notes", exact=False).first.check()
    page.get_by_role("main").locator("form .button[data-kind=first]").click()
    page.wait_for_url(re.compile(r"/matters/[a-z2-7]{26}$"))
    for fact, value in (("identity_verified", "yes"), ("restriction_agreed", "no")):
        told = page.evaluate(
            """async ([fact, value]) => {
                const form = new FormData();
                const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
                form.append("csrfmiddlewaretoken", token);
                form.append("fact", fact);
                form.append("value", value);
                return (await fetch(`${location.pathname}/answer`, {method: "POST", body: form})).ok;
            }""",
            [fact, value],
        )
        assert told
    page.reload()
    page.get_by_role("radio", name=re.compile("packet", re.IGNORECASE)).check()
    page.get_by_label("In your own words").fill("He is treated by both of us; he knows.")
    page.get_by_role("button", name="Sign").last.click()
    page.wait_for_url("**/packet")


def test_a_packet_is_cut_by_keyboard_beside_what_leaves_of_it(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "ada")
    record = write_a_note(page, demonstration)
    enter_the_request(page, demonstration)
    picture(page, "16-packet-choose", whole=False)
    page.locator(f'button[value="cut:{record}"]').click()
    ticks = page.get_by_role("checkbox", name=re.compile("Ines Quell|410-555-0199"))
    expect(ticks).to_have_count(2)
    ticks.first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Cut what is ticked").press("Enter")
    expect(page.locator(".goes .redacted")).to_have_text(["[removed: another person]"])

    standing = page.get_by_label("Data, paragraph 1, as it stands")
    standing.focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+Shift+ArrowLeft")
    expect(page.locator("[data-cut-says]")).to_contain_text("0199")
    page.get_by_label("Reason").select_option("CONTACT")
    standing.focus()
    page.keyboard.press("Alt+x")
    expect(page.locator(".goes .redacted").nth(1)).to_have_text("[removed: an address or number]")
    assert findings(page) == []
    picture(page, "17-packet-cut")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert findings(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})

    page.get_by_role("link", name="Back to the packet").click()
    expect(page.get_by_text("2 places are cut.")).to_be_visible()
    page.get_by_role("button", name="Print the proof").last.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("What leaves for Dr. Odette Osei")
    pages = page.get_by_role("link", name="The whole file").get_attribute("href")
    assert pages
    assert findings(page) == []
