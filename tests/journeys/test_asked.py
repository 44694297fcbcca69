"""A letter reaches the front desk, its therapist takes it up, and a packet is ready in few actions."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.disclosure.askers import letters
from tests.journeys.conftest import Picture, Served, sign_in

pytestmark = pytest.mark.journey
MOST = 40
"""Actions from the request to the packet that is ready: a press, a choice, a field filled or pasted."""
TWO_MINUTES = 120.0
THINK, POINT, HAND, KEY = 1.35, 1.10, 0.40, 0.28
"""Seconds of a practised person's time by the keystroke-level model (Card, Moran and Newell, "The
keystroke-level model for user performance time with interactive systems", Communications of the ACM
23(7), 1980): to make ready, to point at something, to bring a hand to mouse or keys, and to strike a
key or a button where somebody types as those do who are no typists."""


@dataclass
class Counted:
    """A person's actions on a page, counted, and the time that the model gives them."""

    page: Page
    actions: int = 0
    seconds: float = 0.0

    def _acts(self) -> None:
        self.actions += 1
        self.seconds += THINK + POINT + KEY

    def press(self, what: Locator) -> None:
        """A click, or its key."""
        self._acts()
        what.click()

    def fill(self, label: str, words: str) -> None:
        """A field filled, letter by letter."""
        self._acts()
        self.seconds += 2 * HAND + KEY * len(words)
        self.page.get_by_label(label).fill(words)

    def choose(self, label: str) -> None:
        """A box or a choice."""
        self._acts()
        self.page.get_by_label(label).check()


def test_a_letter_goes_from_the_front_desk_to_a_packet_that_is_ready(
    page: Page, chromium: Browser, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "cal")
    page.get_by_role("link", name="Letters", exact=True).click()
    page.get_by_label("About whom").fill("D. Halpern")
    page.get_by_label("Who asks").fill("Dov Halpern")
    page.get_by_label("The letter, or what was said").fill(letters.ACCESS)
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("It is written down.")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("therapy records")
    picture(page, "asked-01-front-desk")

    hers = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(hers, demonstration, "ada")
    hers.get_by_role("link", name="A letter from Dov Halpern").click()
    do = Counted(hers)
    his = hers.get_by_role("listitem").filter(has_text="Dov Halpern, about")
    do.press(his.get_by_role("link", name="take it up"))
    expect(hers.get_by_label("The letter")).to_have_value(letters.ACCESS)
    expect(hers.get_by_label("Who it is")).to_have_value("The client, for a copy of the record")
    expect(hers.get_by_text("from the letter: “").first).to_be_visible()
    picture(hers, "asked-02-read")
    do.choose("progress notes")
    do.press(hers.get_by_role("button", name="See what the law says"))
    expect(hers.locator(".verdict")).to_contain_text("may not send this yet")
    do.press(hers.get_by_text("Write down a check"))
    do.choose("Known to me")
    do.fill("What you saw", "He asked me for it in the session, and gave me the letter himself.")
    do.press(hers.get_by_role("button", name="Keep this check"))
    expect(hers.get_by_text("Satisfied. Known to me")).to_be_visible()
    expect(hers.locator(".verdict")).to_contain_text("must send")
    picture(hers, "asked-03-verified")
    do.choose("Give access: build the packet for the client")
    do.fill("In your own words", "He asks for his own record, and nothing stands against it.")
    do.press(hers.get_by_role("button", name="Sign the decision"))
    do.fill("Address on the cover letter", "12 Quarry Lane\nBaltimore")
    do.press(hers.get_by_role("button", name="Print the proof"))
    expect(hers.get_by_text("Nothing has left yet")).to_be_visible()
    assert do.actions <= MOST, do.actions
    assert do.seconds <= TWO_MINUTES, do.seconds
    hers.context.close()
