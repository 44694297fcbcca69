"""T08 in a browser: Dov's own door on a telephone that Eve may hold. He comes in, opens every page,
leaves at once; what is left behind is nothing. Every page is looked at by axe, in both languages.
"""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError

from stillroom.config.demonstration import Person, people_of
from tests.journeys.conftest import Served, as_json, come_in, press, sign_in
from tests.journeys.looking import COLOURS, EVERYTHING, findings
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture
from tests.journeys.test_passkey import Device

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

TELEPHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": "en-US"}
OFFERED = "links => [...new Set(links.map(one => new URL(one.href).pathname))]"
KEPT = """async () => ({
  local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
  bases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"local": 0, "session": 0, "cookies": "", "bases": 0, "caches": 0, "workers": 0}
# Three presses, and what is to be seen before anything else may run.
PRESSED = """key => {
  for (let nth = 0; nth < (key === "Shift" ? 3 : 2); nth++) {
    document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  }
  return { seen: document.documentElement.innerText, title: document.title,
           parts: document.body.childElementCount, at: location.pathname };
}"""
COVERED = {"seen": "", "title": "·", "parts": 0, "at": "/my/"}


def client_of(served: Served) -> Person:
    """The first client of the demonstration who has a door of her own."""
    return next(one for one in people_of(served.home) if "client" in one.roles)


def offered(page: Page) -> list[str]:
    """The addresses that a page of hers leads to, but for files. A page may give way to another just
    then (a waiting room that has opened): the other is read."""
    links = 'a[href^="/my/"]:not([download], [target])'
    try:
        found: list[str] = page.eval_on_selector_all(links, OFFERED)
    except PlaywrightError:
        page.wait_for_load_state()
        found = page.eval_on_selector_all(links, OFFERED)
    return found


def shape(path: str) -> str:
    """Pages that differ in nothing but of which record they are, are one page."""
    return re.sub(r"[a-z2-7]{26}|\d+", "*", path)


def test_every_page_is_left_at_once_and_nothing_stays_behind(
    chromium: Browser, demonstration: Served
) -> None:
    context = chromium.new_context(**TELEPHONE)
    page = context.new_page()
    come_in(page, demonstration, client_of(demonstration).sign_name)
    pages, found = ["/my/", "/my/ways", "/my/about"], []
    # The server goes on knowing her, so that every page can be left without coming in anew.
    context.route("**/my/leave", lambda route: route.fulfill(status=204))
    for nth, path in enumerate(pages):
        page.goto(f"{demonstration.address}{path}")
        for one in offered(page):
            pages += [one] if shape(one) not in {shape(known) for known in pages} else []
        expect(page.locator("[data-leave] button")).to_be_in_viewport()
        assert page.evaluate("location.pathname + document.title") == "/my/My page", path
        assert as_json(page, KEPT) == NOTHING, path
        found += [f"{path}: {one}" for one in findings(page, EVERYTHING)]
        wide = as_json(page, "document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} is {wide} too wide"
        assert page.evaluate(PRESSED, ("Shift", "Escape")[nth % 2]) == COVERED, path
        page.wait_for_url("**/my/away")
    context.unroute("**/my/leave")
    assert len(pages) > 15
    found += in_spanish_and_dark(page, demonstration, pages)
    assert found == []
    leave_for_good(page)
    context.close()


def in_spanish_and_dark(page: Page, served: Served, pages: list[str]) -> list[str]:
    """What stands in the way on each page in the other language, which is longer, by night."""
    found = []
    page.emulate_media(color_scheme="dark")
    for path in pages:
        page.goto(f"{served.address}{path}?language=es")
        if "language=es" not in page.url:  # a visit, say, leads on to where it is now
            page.goto(f"{page.url}?language=es")
        assert page.evaluate("document.documentElement.lang") == "es", path
        found += [f"{path} es: {one}" for one in findings(page, EVERYTHING)]
        wide = as_json(page, "document.documentElement.scrollWidth - innerWidth")
        found += [f"{path} es is {wide} too wide"] if wide > 0 else []
    page.emulate_media(color_scheme="light")
    return found


def test_what_no_link_leads_to_is_looked_at_too(chromium: Browser, demonstration: Served) -> None:
    """The door, a place that was offered to nobody, a wrong passphrase, what is not there, the cover: in
    both languages, by day and by night."""
    found = []
    for locale in ("en-US", "es-US"):
        context = chromium.new_context(**{**TELEPHONE, "locale": locale})
        page = context.new_page()
        for path in ("/my/in", "/my/place/nobody", "/my/nothing", "/my/away"):
            page.goto(f"{demonstration.address}{path}")
            found += [f"{path} {locale}: {one}" for one in by_day_and_night(page)]
        page.goto(f"{demonstration.address}/my/in")
        page.locator("input[name=name]").fill("nobody")
        page.locator("input[name=passphrase]").fill("four words of nobody")
        page.locator("form button[type=submit]").first.click()
        expect(page.locator("[role=alert], .notice, .error-summary").first).to_be_visible()
        found += [f"refused {locale}: {one}" for one in by_day_and_night(page)]
        context.close()
    assert found == []


def by_day_and_night(page: Page) -> list[str]:
    """What axe has to say of a page as it stands."""
    page.emulate_media(color_scheme="dark")
    found = findings(page, COLOURS)
    page.emulate_media(color_scheme="light")
    return found + findings(page, EVERYTHING)


def leave_for_good(page: Page) -> None:
    """By the button; then Back, Forward and the address itself show nothing of hers."""
    with page.expect_request("**/my/leave"):
        page.get_by_role("button", name="Salir ya").or_(
            page.get_by_role("button", name="Leave now")
        ).click()
    page.wait_for_url("**/my/away")
    for step in (page.go_back, page.go_back, page.go_forward):
        step()
        assert "D.H." not in page.content()
        assert page.locator(".leaf").count() == 0
    assert [one["name"] for one in page.context.cookies()] == ["__Host-form"]


def test_one_escape_leaves_nothing_and_reloading_stays_where_one_was(
    chromium: Browser, demonstration: Served
) -> None:
    """And a door that is closed at the desk shuts the page that lies open."""
    context = chromium.new_context(**TELEPHONE)
    page = context.new_page()
    come_in(page, demonstration, client_of(demonstration).sign_name)
    page.get_by_role("link", name="Your ways in").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Your ways in")
    press(page, "Escape")
    page.reload()
    expect(heading).to_have_text("Your ways in")
    assert page.evaluate("history.length") <= 3, "links add nothing to the tab's history"
    make_a_passkey(context, page)
    close_at_the_desk(chromium, demonstration, page)
    context.close()


def make_a_passkey(context: BrowserContext, page: Page) -> None:
    """Made, asked for with the passphrase, and shown on the telephone as nobody's."""
    device = Device(context, page)
    page.get_by_role("button", name="Make a passkey on this phone").click()
    expect(page.get_by_role("button", name="Remove")).to_have_count(1)
    (made,) = device.credentials
    assert made.get("userName", "me") == "me"
    assert "stillroom" not in str(made.get("rpName", "")).lower()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)


def close_at_the_desk(chromium: Browser, served: Served, open_page: Page) -> None:
    """Ada closes it; the page that lies open goes blank at the next touch that is told; opened again."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    desk = context.new_page()
    sign_in(desk, served, "ada")
    hers = "".join(f"{part[0]}." for part in client_of(served).name.split())
    told = desk.get_by_role("listitem").filter(has_text=hers)  # other stories open others' doors
    told.get_by_role("link", name="Their own door was opened").first.click()
    desk.get_by_role("button", name="Close it now").click()
    expect(desk.get_by_text("The door is closed for now")).to_be_visible()
    open_page.get_by_role("link", name="My page").click()
    expect(open_page.get_by_role("heading", level=1)).to_have_text("Sign in")
    desk.get_by_role("button", name="Open it again").click()
    expect(desk.get_by_text("The door is open")).to_be_visible()
    context.close()
