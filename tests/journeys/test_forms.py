"""A form read, reworded and published; handed over, signed with a finger and a missed question; kept."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Picture, Served, fresh_code, sign_in
from tests.journeys.looking import findings
from tests.journeys.passing import forget_codes, unused_codes  # noqa: F401 - a fixture
from tests.journeys.test_story import open_dov

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

OURS = "If you tell us that you will soon badly hurt someone, the law makes us act."


def draw(page: Page) -> None:
    """A name, as a hand draws it."""
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 40)
    page.mouse.down()
    for nth in range(12):
        page.mouse.move(box["x"] + 20 + 20 * nth, box["y"] + (20 if nth % 2 else 70))
    page.mouse.up()


def test_limits_from_the_law_to_a_kept_signature(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    served = demonstration
    sign_in(page, served, "ada")
    chart = open_dov(page, served)
    page.get_by_role("link", name="Forms and signatures").click()
    page.get_by_label("for substance use (Part 2)").check()
    page.get_by_role("button", name="Show the forms for this").click()
    page.get_by_role("link", name="Read it now").first.click()
    expect(page.get_by_text("An eighth-grader reads it.")).to_be_visible()
    picture(page, "60-form-review")
    assert findings(page) == []
    danger = page.get_by_label("If someone else may be in danger, sentence 1")
    expect(danger).to_have_value(re.compile("Maryland law then makes us act"))
    danger.fill(OURS)
    page.get_by_role("button", name="Publish this version").click()
    expect(page.get_by_text(OURS).first).to_be_visible()

    page.goto(f"{chart}/consents?chosen=yes&also=sud")
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, "61-forms-of-a-chart")
    assert findings(page) == []
    page.get_by_role("button", name=re.compile("sign: Limits of confidentiality, Dov")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Limits of confidentiality")
    for word in ("Halpern", "Merrow", "Today", "Calendar"):
        assert word not in page.content()
    page.emulate_media(color_scheme="dark")
    child = page.get_by_role("group", name=re.compile("a child is being abused"))
    child.get_by_label("Only if I say yes").check()
    expect(child.get_by_role("status")).to_contain_text("Not quite.")
    child.get_by_label("In the clearest cases the law makes you").check()
    expect(child.get_by_role("status")).to_have_text("Yes.")
    page.get_by_role("button", name="I am done").click()
    expect(page.get_by_text("Please write your name first.")).to_be_visible()
    page.get_by_label("Write your full name").fill("Dov Halpern")
    draw(page)
    picture(page, "62-form-in-a-clients-hands", whole=False)
    assert findings(page) == []
    page.get_by_role("button", name="I am done").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")

    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    page.get_by_role("link", name="For the therapist: unlock").click()
    forget_codes(served)
    person = served.person("ada")
    page.get_by_label("Your passphrase").fill(person.passphrase)
    page.get_by_label("Code").fill(fresh_code(served, "ada"))
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("heading", name="To talk over")).to_be_visible()
    expect(page.get_by_text("Must we report it?")).to_be_visible()
    expect(page.get_by_role("img", name="The signature of Dov Halpern")).to_be_visible()
    picture(page, "63-form-handed-back")
    assert findings(page) == []
    page.get_by_role("button", name="Keep it in the chart").click()
    page.get_by_role("link", name=re.compile("^Signed ")).first.click()
    expect(page.get_by_text(OURS).first).to_be_visible()
