"""A visit of two in the real pages, for stories about what goes wrong in one.

Each profile of the browser is signed in once a module; each story begins a visit of its own.
"""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, expect

from stillroom.config.demonstration import people_of
from tests.journeys.conftest import Served, come_in, sign_in

SLOW = 30_000
DECODED = """more => {
  const seen = document.querySelector('[data-theirs]').getVideoPlaybackQuality().totalVideoFrames;
  window.before ??= seen;
  return seen > window.before + more;
}"""


def say_same(*pages: Page) -> None:
    """Four words stand on both, and both say that they are the same: at a first meeting, or where
    the other's device is not the one that is known."""
    for page in pages:
        shown = page.locator("[data-asks]:visible")
        expect(shown).to_be_visible(timeout=SLOW)
        expect(page.locator("[data-words]:not([data-quiet]):visible li")).to_have_count(4)
        shown.click()


def compare_words(*pages: Page) -> None:
    """Both read the same words, and then each sees frames of the other."""
    say_same(*pages)
    for page in pages:
        expect(page.locator("[data-stage=open]")).to_be_visible(timeout=SLOW)
        sees(page)


def sees(page: Page, more: int = 3) -> None:
    """So many more frames of the other side are shown."""
    page.evaluate("delete window.before")
    page.wait_for_function(DECODED, arg=more, timeout=SLOW)


@dataclass
class Two:
    """Ada at the desk and her client at the client's door, each with a browser of their own."""

    browser: Browser
    served: Served
    desk: BrowserContext
    door: BrowserContext
    chart: str
    client: str
    broken: list[str] = field(default_factory=list)

    def page(self, context: BrowserContext, before: str = "") -> Page:
        """A tab; `before` is a script that runs ahead of the page's own."""
        made = context.new_page()
        made.on("pageerror", lambda error: self.broken.append(str(error)))
        if before:
            made.add_init_script(before)
        return made

    def begin(self) -> str:
        """A visit without an appointment; gives its id."""
        page = self.page(self.desk)
        page.goto(f"{self.served.address}/clients/{self.chart}")
        page.get_by_role("button", name="Meet now, without an appointment").click()
        page.wait_for_url("**/calls/*")
        room = page.url.rpartition("/")[2]
        page.get_by_label("Why you meet all the same").fill("The form is signed on paper today.")
        page.get_by_role("button", name="Open the door").click()
        page.wait_for_url("**/room")
        page.close()
        return room

    def ada(self, room: str, before: str = "") -> Page:
        """Ada's page of the call."""
        page = self.page(self.desk, before)
        page.goto(f"{self.served.address}/calls/{room}/room")
        return page

    def dov(self, room: str, before: str = "", *, keep: bool = False) -> Page:
        """The client's page: what is asked before the door, and in."""
        page = self.page(self.door, before)
        page.goto(f"{self.served.address}/my/visit/{room}")
        answer(page, keep=keep)
        expect(page.locator("[data-call]")).to_be_attached(timeout=SLOW)
        return page

    def clear(self) -> None:
        """Every tab is shut; both stay signed in."""
        for context in (self.desk, self.door):
            for page in context.pages:
                page.close()


def answer(page: Page, *, keep: bool = False) -> None:
    """Where she is, and on."""
    page.get_by_label(re.compile("^I am ")).check()
    page.get_by_label("Where are you today?").select_option("us-md")
    page.get_by_label("Address").fill("12 Quarry Lane, Baltimore")
    page.get_by_label("No, I am alone").check()
    page.get_by_label("A number to call you back on").fill("410-555-0142")
    page.get_by_label("Know this device the next time").set_checked(keep)
    page.get_by_role("button", name="This is right").click()


def two(browser: Browser, served: Served) -> Two:
    """Both signed in."""
    client = next(one for one in people_of(served.home) if one.roles == ("client",))
    desk = browser.new_context(viewport={"width": 1280, "height": 900})
    door = browser.new_context(viewport={"width": 390, "height": 844})
    ada = desk.new_page()
    sign_in(ada, served, "ada")
    ada.goto(f"{served.address}/clients")
    ada.get_by_role("link", name=client.name).first.click()
    ada.wait_for_url("**/clients/*")
    chart = ada.url.rpartition("/")[2]
    ada.close()
    dov = door.new_page()
    come_in(dov, served, client.sign_name)
    dov.close()
    return Two(browser, served, desk, door, chart, client.sign_name)
