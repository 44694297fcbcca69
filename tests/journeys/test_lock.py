"""A page left alone: put away with every word, unlocked in place; and nothing behind Back."""

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.conftest import Served, fresh_code, sign_in
from tests.journeys.passing import (
    forget_codes,
    let_pass,
    sealed_keys,
    unused_codes,  # noqa: F401 - a fixture
)
from tests.playing import QUIET

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

WORDS = "He laughed when he told it, and looked at the door."
MORE = " Then he asked how long we still had."


def begin_note(page: Page, served: Served) -> None:
    """A draft in Dov's chart."""
    page.goto(f"{served.address}/clients")
    page.get_by_role("link", name="Dov Halpern").first.click()
    page.get_by_role("button", name="Progress note", exact=True).click()
    expect(page.get_by_label("Data", exact=True)).to_be_visible()


def locked(page: Page) -> Locator:
    """The lock that stands where the page was. Nothing of the page is left in the document."""
    dialog = page.get_by_role("dialog", name="Locked")
    expect(dialog).to_be_visible()
    assert page.title() == "Locked · Stillroom"
    for word in ("Halpern", "laughed", "how long"):
        assert word not in page.content()
    return dialog


def unlock(page: Page, served: Served, name: str) -> None:
    """In place, by passphrase and a fresh code."""
    dialog, person = locked(page), served.person(name)
    forget_codes(served)
    dialog.get_by_label("Your passphrase").fill(person.passphrase)
    dialog.get_by_label("Code").fill(fresh_code(served, name))
    dialog.get_by_role("button", name="Unlock").click()
    expect(dialog).to_have_count(0)


def written(page: Page) -> Locator:
    """The field that is being written in."""
    return page.get_by_label("Data", exact=True)


def write(page: Page, words: str) -> None:
    """Add words, and wait until the server has them."""
    with page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.ok):
        written(page).press_sequentially(words)


def test_words_typed_as_the_session_ran_out_are_there_and_saved(
    page: Page, demonstration: Served
) -> None:
    sign_in(page, demonstration, "ada")
    begin_note(page, demonstration)
    let_pass(demonstration, 16)
    written(page).fill(WORDS)
    locked(page)
    assert b"" in sealed_keys(demonstration)
    unlock(page, demonstration, "ada")
    expect(written(page)).to_have_value(WORDS)
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    write(page, MORE)
    page.reload()
    expect(written(page)).to_have_value(WORDS + MORE)


def lock_now(page: Page) -> None:
    """By the button in the menu; the server has then forgotten the key."""
    page.locator(".who-am-i").click()
    with page.expect_response("**/lock"):
        page.get_by_role("button", name="Lock now").click()


def test_the_lock_button_keeps_what_was_typed_a_moment_ago(
    page: Page, demonstration: Served
) -> None:
    sign_in(page, demonstration, "ada")
    begin_note(page, demonstration)
    before = sealed_keys(demonstration).count(b"")
    written(page).fill(WORDS)
    lock_now(page)
    dialog = locked(page)
    assert sealed_keys(demonstration).count(b"") == before + 1
    dialog.get_by_label("Your passphrase").fill("not the passphrase at all")
    dialog.get_by_label("Code").fill("000000")
    dialog.get_by_role("button", name="Unlock").click()
    expect(dialog.get_by_role("alert")).to_contain_text("do not belong together")
    unlock(page, demonstration, "ada")
    expect(written(page)).to_have_value(WORDS)
    page.reload()
    expect(written(page)).to_have_value(WORDS)


def test_a_page_that_nobody_touches_warns_and_locks_itself(
    page: Page, demonstration: Served
) -> None:
    page.clock.install()
    sign_in(page, demonstration, "ada")
    begin_note(page, demonstration)
    written(page).fill(WORDS)
    page.clock.fast_forward("14:20")
    expect(page.locator("#status")).to_contain_text("locks in less than 60 seconds")
    with page.expect_response("**/lock"):
        page.clock.fast_forward("01:00")
    locked(page)
    unlock(page, demonstration, "ada")
    expect(written(page)).to_have_value(WORDS)
    page.clock.run_for(5_000)  # it stays, although nobody has touched it since
    expect(page.get_by_role("dialog", name="Locked")).to_have_count(0)
    expect(written(page)).to_have_value(WORDS)


def test_locking_one_tab_locks_the_other_and_unlocking_opens_both(
    context: BrowserContext, page: Page, demonstration: Served
) -> None:
    sign_in(page, demonstration, "ada")
    begin_note(page, demonstration)
    write(page, WORDS)
    other = context.new_page()
    other.goto(f"{demonstration.address}/clients")
    expect(other.get_by_role("link", name="Dov Halpern").first).to_be_visible()
    lock_now(other)
    locked(other)
    locked(page)
    unlock(other, demonstration, "ada")
    expect(other.get_by_role("link", name="Dov Halpern").first).to_be_visible()
    expect(written(page)).to_have_value(WORDS)
    write(page, MORE)


@pytest.fixture
def kept_page(chromium: Browser) -> Iterator[Page]:
    """A page in a browser that keeps pages for Back, as people's do and tests' usually do not."""
    browser = chromium.browser_type.launch(
        executable_path=shutil.which("chromium"),
        args=QUIET,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser.new_page()
    browser.close()


def test_back_after_signing_out_shows_nothing(kept_page: Page, demonstration: Served) -> None:
    page, context = kept_page, kept_page.context
    sign_in(page, demonstration, "ada")
    begin_note(page, demonstration)
    write(page, WORDS)
    draft = page.url
    page.locator(".who-am-i").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/signin")
    for once in ("/records/.+", "/clients/.+", "/clients", "/today"):
        page.evaluate("history.back()")
        expect(page).to_have_url(re.compile(f"/signin\\?next={once}$"))
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        for word in ("Halpern", "laughed", "Ada Merrow"):
            assert word not in page.content()
    page.goto(draft)
    page.wait_for_url("**/signin?next=**")
    left = [one["name"] for one in context.cookies(demonstration.address)]
    assert left == ["__Host-form"]
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases()") == [], "signing out leaves storage alone (0035)"
    assert page.evaluate("caches.keys()") == []


def test_a_page_left_locked_in_the_browser_shows_nothing_to_whoever_signs_in_next(
    page: Page, demonstration: Served
) -> None:
    sign_in(page, demonstration, "ada")
    begin_note(page, demonstration)
    write(page, WORDS)
    lock_now(page)
    locked(page).get_by_role("link", name="Sign in as someone else").click()
    page.wait_for_url("**/signin")
    forget_codes(demonstration)
    sign_in(page, demonstration, "bea")
    page.go_back()
    page.go_back()
    for word in ("Halpern", "laughed", "Ada Merrow"):
        assert word not in page.content()
