"""A policy from counsel: pasted with a mistake, mended, agreed to by a second person, in force at the
next question, on pages that axe finds nothing wrong with, wide and narrow."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Picture, Served, sign_in
from tests.journeys.looking import findings
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture
from tests.journeys.test_story import enter_subpoena, open_dov

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

POLICY = """- id: policy.letters
  title: No lawyers' letters without counsel
  acts: [disclose]
  modality: forbids
  recipients: [attorney, party_by_subpoena]
  says: Nothing goes to a lawyer before counsel has seen the paper.
  as_of: 2026-11-22
- annotate:
    provision: us.policy.joint-sessions
    note: Ask counsel before any answer.
"""


def sound(page: Page) -> None:
    """Nothing for axe to say, and nothing that overflows a telephone."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert findings(page) == [], page.url
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) <= 0, (page.url, width)
    page.set_viewport_size({"width": 1280, "height": 900})


def propose(page: Page, served: Served, text: str) -> None:
    """Propose these words."""
    page.goto(f"{served.address}/policy/propose")
    page.get_by_label("The policy, as YAML").fill(text)
    page.get_by_role("button", name="Propose it").click()
    page.wait_for_url("**/policy")


def agree(page: Page, served: Served) -> None:
    """Agree to what waits."""
    page.goto(f"{served.address}/policy")
    page.get_by_role("button", name="Agree").click()


def test_counsels_policy_goes_by_two_people_and_is_asked_at_once(
    chromium: Browser, demonstration: Served, picture: Picture
) -> None:
    pages = {}
    for name in ("max", "leonie", "ada"):
        pages[name] = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
        sign_in(pages[name], demonstration, name)
    first, second, ada = pages["max"], pages["leonie"], pages["ada"]
    matter = enter_subpoena(ada, open_dov(ada, demonstration))
    first.goto(f"{demonstration.address}/policy/propose")
    writing = first.get_by_label("The policy, as YAML")
    wrong = POLICY.replace("forbids", "forbid")
    writing.fill(wrong)
    first.get_by_role("button", name="Look at what it changes").click()
    expect(first.get_by_role("alert")).to_contain_text("Line 4, modality: forbid is not a choice")
    expect(writing).to_have_value(wrong)
    sound(first)
    writing.fill(POLICY)
    first.get_by_role("button", name="Look at what it changes").click()
    expect(first.get_by_role("main")).to_contain_text(
        "A lawyer's subpoena for the record, nothing signed"
    )
    picture(first, "15-policy-look")
    sound(first)
    first.get_by_role("button", name="Propose it").click()
    expect(first.get_by_role("main")).to_contain_text("somebody else who runs the accounts")
    expect(first.get_by_role("button", name="Agree")).to_have_count(0)
    sound(first)
    agree(second, demonstration)
    expect(second.get_by_role("main")).to_contain_text("Version 1, since")
    sound(second)
    ada.goto(matter)
    expect(ada.get_by_role("main")).to_contain_text("before counsel has seen the paper")
    ada.goto(f"{demonstration.address}/policy")
    picture(ada, "16-policy")
    ada.get_by_role("link", name="what changed").first.click()
    expect(ada.get_by_role("region", name="Your open matters")).to_contain_text("Dov Halpern")
    sound(ada)
    ada.goto(f"{demonstration.address}/policy/versions/1")
    sound(ada)
    propose(first, demonstration, "[]")  # for the stories after this one: the law alone again
    agree(second, demonstration)
    expect(second.get_by_role("main")).to_contain_text("Version 2, since")
    for one in pages.values():
        one.context.close()
