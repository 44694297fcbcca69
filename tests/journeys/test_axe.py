"""WCAG 2.2 AA, as far as a machine can tell: axe finds nothing on any page, wide or narrow, light
or dark; and the way from the door to a chart can be walked by keyboard alone."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Served, fresh_code, lift_veil, open_palette, press, sign_in
from tests.journeys.looking import barriers, findings
from tests.journeys.test_story import enter_subpoena, open_dov

pytestmark = [pytest.mark.journey, pytest.mark.long]


def begun(page: Page, chart: str, kind: str) -> str:
    """A draft of a kind, begun from the page on which all are; gives its address."""
    page.goto(f"{chart}/write")
    page.locator(f"#kind-{kind}").click()
    expect(page.locator("form[data-autosave]")).to_be_visible()
    return page.url


def every_page(page: Page, served: Served) -> list[str]:
    """The addresses of the desk's pages as Ada has them."""
    chart = open_dov(page, served)
    page.get_by_role("button", name="Progress note", exact=True).click()
    expect(page.locator("form[data-autosave]")).to_be_visible()
    draft = page.url
    page.goto(f"{chart}/write")
    page.get_by_role("button", name="Mental-status examination").click()
    expect(page.locator("form[data-autosave]")).to_be_visible()
    sheet = page.url
    plan, diagnoses = (begun(page, chart, kind) for kind in ("treatment_plan", "diagnoses"))
    page.goto(chart)
    signed = page.locator("ol.record li:not([data-kind]) .what a").first.get_attribute("href")
    matter = enter_subpoena(page, chart)
    page.goto(f"{chart}/care")
    ending = page.get_by_role("link", name="End care").first.get_attribute("href")
    page.goto(f"{served.address}/calendar")
    meeting = page.locator(".day a").first.get_attribute("href")
    fixed = (
        *("today", "letters", "matters", "incidents", "log", "search", "styleguide", "nope"),
        *("clients", "clients/new", "clients/new/known", "calendar", "calendar/new"),
        *("account", "account/snippets", "forms", "policy", "supervision"),
    )
    law = (
        "law",
        "law?topic=privilege&profession=any",
        "law/us-md",
        "law/us",
        "law/search",
        "law/ask",
    )
    law += ("law/provision/us-md.cjp.5-609", "law/provision/us-ga.warning-uncertain", "law/about")
    law += ("law/us-md/reading",)
    law += ("law/compare?a=us-md&b=us-tx", "law/changes?place=us-nv&from=2014-01-01")
    return [
        *(f"{served.address}/{path}" for path in (*fixed, *law)),
        *(
            f"{chart}{path}"
            for path in ("", "/front", "/log", "/account", "/matters/new", "/write", "/plan")
        ),
        *(f"{chart}/{path}" for path in ("care", "holders", "book", "authorizations/new")),
        f"{chart}/matters/new?who=subpoena",
        *(f"{chart}/{path}" for path in ("story", "print?shelf=treatment_plan")),
        *(f"{chart}/{path}" for path in ("wishes", "wishes/reach", "restrictions/new")),
        *(plan, diagnoses),
        *(f"{served.address}{path}" for path in (ending, meeting)),
        draft,
        sheet,
        f"{served.address}{signed}",
        matter,
        f"{matter}/correct",
    ]


@pytest.mark.timeout(900)
def test_axe_finds_nothing_on_any_page(chromium: Browser, demonstration: Served) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{demonstration.address}/signin")
    found = [f"signin: {line}" for line in findings(page)]
    sign_in(page, demonstration, "ada")
    addresses = every_page(page, demonstration)
    found += barriers(page, addresses)
    context.close()
    assert found == []


def test_nothing_overflows_sideways_on_a_telephone(
    chromium: Browser, demonstration: Served
) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    sign_in(page, demonstration, "ada")
    wide = []
    for address in every_page(page, demonstration):
        page.goto(address)
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if over > 0:
            wide.append(f"{address}: {over} px")
    context.close()
    assert wide == []


def test_from_the_door_to_a_chart_by_keyboard_alone(page: Page, demonstration: Served) -> None:
    person = demonstration.person("ada")
    page.goto(f"{demonstration.address}/signin")
    page.keyboard.type("ada")
    page.keyboard.press("Tab")
    page.keyboard.type(person.passphrase)
    page.keyboard.press("Tab")
    page.keyboard.type(fresh_code(demonstration, "ada"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/today")
    open_palette(page)
    page.keyboard.type("halp")
    expect(page.get_by_role("option", name="Dov Halpern")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dov Halpern")
    press(page, ".")
    expect(page.locator("html")).to_have_attribute("data-veil", "names")
    lift_veil(page)
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url("**/today")
