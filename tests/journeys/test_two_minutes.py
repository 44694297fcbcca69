"""A routine note by keyboard alone, its keys counted; and writing that survives what happens to pages."""

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.journeys.conftest import Picture, Served, sign_in
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

MOST_KEYS = 25
PROSE = {
    "Data": "Arrived on time. Slept six hours on five nights. Rehearsed the talk with the brother. "
    "Denies thoughts of suicide.",
    "Assessment": "Depression eases. Responded to rehearsal with less worry. Continued care is needed.",
    "Plan": "On with the second objective. Tuesday at eleven.",
}


class Hands:
    """Presses keys and counts them; a chord counts as many as are held. Prose is typed uncounted."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        """Keys, one after another."""
        self.page.wait_for_load_state("load")
        for key in keys:
            self.pressed += len(key.split("+")) if len(key) > 1 else 1
            self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        """Prose."""
        self.page.keyboard.type(words)


def focused(page: Page) -> str:
    """The name of the field in which the pen stands."""
    return str(page.evaluate("document.activeElement?.name ?? ''"))


def test_a_routine_note_takes_twenty_five_keys_or_fewer_beyond_its_prose(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "ada")
    hands = Hands(page)
    page.wait_for_load_state("load")
    hands.press("Control+k")
    expect(page.get_by_role("dialog", name="Find or do")).to_be_visible()
    hands.press(*"halp")
    expect(page.get_by_role("option", name=re.compile("Halpern")).first).to_be_visible()
    hands.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Halpern")
    hands.press("p")
    expect(page.get_by_label("Data", exact=True)).to_be_focused()
    for nth, (name, words) in enumerate(PROSE.items()):
        if nth:
            hands.press("Tab", "Tab")
        assert focused(page) == name
        hands.write(words)
    expect(page.locator("[data-saved]")).to_contain_text("Saved", timeout=15_000)
    picture(page, "12-a-note-by-keyboard")
    hands.press("Control+Enter")
    expect(page.get_by_role("heading", name="As it was signed")).to_be_visible()
    assert hands.pressed <= MOST_KEYS, hands.pressed
    print(f"keys beyond the prose: {hands.pressed}")
    for words in PROSE.values():
        expect(page.get_by_role("article")).to_contain_text(words)


def test_phrases_and_a_snippet_are_pressed_without_touching_the_mouse(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    begin(page, demonstration)
    data = page.get_by_label("Data", exact=True)
    page.keyboard.type("Came with her coat on.")
    page.keyboard.press("Alt+p")
    panel = page.get_by_role("dialog", name="Phrases")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("button", name="thoughts of suicide: yes")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(panel.locator("[data-press-preview]")).to_contain_text("denied thoughts of suicide")
    picture(page, "13-phrases", whole=False)
    page.keyboard.press("Control+Enter")
    expect(panel).not_to_be_visible()
    expect(data).to_have_value(
        "Came with her coat on. When asked, the client denied thoughts of suicide."
    )
    page.keyboard.type(" /lim")
    expect(page.get_by_role("option").filter(has_text="/limits")).to_be_visible()
    page.keyboard.press("Enter")
    expect(data).to_have_value(
        re.compile(r"suicide\. The limits of confidentiality were gone over")
    )
    page.keyboard.press("Control+z")
    expect(data).to_have_value(re.compile(r"suicide\. /lim$"))
    page.keyboard.type(" and/or")
    expect(page.get_by_role("listbox", name="Snippets")).not_to_be_visible()


def test_a_paragraph_moves_to_the_private_note_by_one_key(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    begin(page, demonstration)
    data = page.get_by_label("Data", exact=True)
    data.fill("Slept six hours.\n\nMy hunch is that the anger is older than the letter.")
    margin = page.locator('[data-remarks="Data"]')
    expect(margin).to_contain_text("Perhaps a private note")
    expect(margin).to_contain_text("your own hypotheses")
    picture(page, "14-apart", whole=False)
    page.keyboard.press("Alt+m")
    expect(data).to_have_value("Slept six hours.")
    expect(margin).to_be_empty()
    page.get_by_role("link", name="Open it").click()
    note = page.get_by_label("Note", exact=True)
    expect(note).to_have_value("My hunch is that the anger is older than the letter.")
    note.fill("My hunch stands. Sertraline went up.")
    expect(page.locator('[data-remarks="Note"]')).to_contain_text("belongs in the progress note")


def begin(page: Page, served: Served) -> None:
    """Signed in, in an empty progress note about Dov."""
    sign_in(page, served, "ada")
    page.goto(f"{served.address}/clients")
    page.get_by_role("link", name="Dov Halpern").first.click()
    page.get_by_role("button", name="Progress note", exact=True).click()
    expect(page.get_by_label("Data", exact=True)).to_be_focused()


@pytest.fixture
def crashing(context: BrowserContext) -> Iterator[Page]:
    """A page whose process may be killed under it."""
    return context.new_page()


def test_a_page_killed_in_mid_sentence_loses_three_seconds_at_most(
    context: BrowserContext, crashing: Page, demonstration: Served
) -> None:
    page = crashing
    page.clock.install()
    begin(page, demonstration)
    address = page.url
    saves: list[str] = []
    page.on("requestfinished", lambda one: one.url.endswith("/draft") and saves.append(one.url))
    typed = ""
    # Ten seconds of typing without rest, a word each half second.
    for nth in range(20):
        word = f"word{nth} "
        page.keyboard.type(word)
        typed += word
        page.clock.run_for(500)
        if nth % 5 == 4:
            # The way to the server and back takes its own time, and not the page's clock.
            expect(page.locator("[data-saved]")).to_contain_text("Saved")
    devtools = context.new_cdp_session(page)
    with page.expect_event("crash"), suppress(Error):
        devtools.send("Page.crash", timeout=3_000)
    again = context.new_page()
    again.goto(address)
    kept = again.get_by_label("Data", exact=True).input_value()
    assert typed.startswith(kept)
    lost = typed[len(kept) :].split()
    assert len(lost) <= 6, f"three seconds are six words; {lost} were lost"
    assert saves


def test_two_million_letters_are_answered_with_a_sentence_and_nothing_is_lost(
    page: Page, demonstration: Served
) -> None:
    begin(page, demonstration)
    data = page.get_by_label("Data", exact=True)
    data.fill("Kept before the paste.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    address = page.url
    data.fill("Kept before the paste. " + "pasted words " * 160_000)
    saved = page.locator("[data-saved]")
    expect(saved).to_contain_text(re.compile("long|large"), timeout=15_000)
    assert len(data.input_value()) > 2_000_000, "what was pasted still stands on the page"
    expect(page.get_by_role("heading", level=1)).to_contain_text("Progress note")
    data.fill("Kept before the paste. And after.")
    expect(saved).to_contain_text(re.compile(r"Saved \d"))
    page.goto(address)
    expect(data).to_have_value("Kept before the paste. And after.")
