"""A caseload is handed over for a holiday, and a group's session is written on one page."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Picture, Served, sign_in
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]


def the_group(page: Page, served: Served) -> str:
    """The skills group's chart."""
    page.goto(f"{served.address}/clients")
    page.get_by_role("link", name=re.compile(r"^Group \d+")).first.click()
    page.wait_for_url(re.compile(r"/clients/[a-z2-7]{26}$"))
    return page.url


def test_a_groups_session_is_written_on_one_page_and_names_nobody(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    served = demonstration
    sign_in(page, served, "bea")
    chart = the_group(page, served)
    page.goto(f"{chart}/write")
    page.get_by_role("link", name="Group session").click()
    for one in page.get_by_role("group").all():
        one.get_by_label("Came", exact=True).check()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="For all, without names")).to_be_visible()
    forms = page.locator("form[data-autosave]")
    assert forms.count() > 1, "one for all, and one for each who has a chart here"
    for nth in range(forms.count()):
        form = forms.nth(nth)
        form.locator("textarea").first.fill("One member brought an example.")
        expect(form.locator("[data-saved]")).to_contain_text("Saved")
    shared = forms.first.locator("textarea").nth(1)
    shared.fill("Darnell was quiet.")
    expect(forms.first.locator("[data-saved]")).to_contain_text("Saved")
    page.get_by_role("link", name="Read it all, then sign").click()
    expect(page.get_by_role("main")).to_contain_text("names Darnell")
    expect(page.get_by_role("button", name=re.compile("Sign all"))).to_have_count(0)
    picture(page, "41-group-named")
    page.get_by_role("link", name="Go on writing").click()
    page.locator("form[data-autosave]").first.locator("textarea").nth(1).fill("One was quiet.")
    expect(page.locator("[data-saved]").first).to_contain_text("Saved")
    page.get_by_role("link", name="Read it all, then sign").click()
    expect(page.get_by_role("main")).to_contain_text("One was quiet.")
    picture(page, "42-group-to-sign")
    page.get_by_role("button", name=re.compile("Sign all")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Group session")
    expect(page.get_by_role("main")).not_to_contain_text("Darnell")


def test_a_caseload_for_a_holiday_and_what_to_know_while_covering(
    page: Page, chromium: Browser, demonstration: Served, picture: Picture
) -> None:
    served = demonstration
    sign_in(page, served, "kenji")
    page.goto(f"{served.address}/clients/handover")
    page.get_by_label("for a while").check()
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_role("alert")).to_contain_text("Cover needs its last day")
    expect(page.get_by_label("for a while")).to_be_checked()
    page.get_by_label("Last day").fill("2033-03-18")
    page.get_by_label("To", exact=True).select_option(label="Renata Voss")
    page.locator("details summary").first.click()
    page.get_by_label("What your colleague is to know").first.fill("Ring before nine, please.")
    picture(page, "43-handing-over")
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_role("region", name="What became of it")).to_contain_text(
        "to Renata Voss until"
    )
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    renata = context.new_page()
    sign_in(renata, served, "renata")
    renata.goto(f"{served.address}/clients/covering")
    renata.get_by_role("table").get_by_role("link").first.click()
    expect(renata.get_by_role("region", name="Risk and assessment")).to_be_visible()
    picture(renata, "44-what-to-know")
    renata.get_by_role("link", name="Leave by yourself").click()
    renata.get_by_role("button", name="Leave now").click()
    expect(renata.get_by_role("heading", level=1)).to_have_text("Clients")
    context.close()
