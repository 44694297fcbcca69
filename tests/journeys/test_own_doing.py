"""What a client does on her telephone: a form read and signed, questions of which one asks for
somebody, a permission taken back in two taps; and what the clinician sees of it at once."""

import pytest
from playwright.sync_api import Browser, Page, expect

from stillroom.config.demonstration import people_of
from tests.journeys.conftest import Served, come_in, sign_in
from tests.journeys.looking import EVERYTHING, findings
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture
from tests.journeys.test_own_door import TELEPHONE

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]


def room(page: Page, served: Served, name: str) -> None:
    """To one of her rooms, from the first page."""
    page.goto(f"{served.address}/my/")
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_form_the_questions_and_a_permission_on_a_telephone(
    chromium: Browser, demonstration: Served
) -> None:
    clients = [one for one in people_of(demonstration.home) if "client" in one.roles]
    context = chromium.new_context(**TELEPHONE)
    page = context.new_page()
    come_in(page, demonstration, clients[0].sign_name)
    answer(page, demonstration)
    take_back(page, demonstration)
    context.close()
    context = chromium.new_context(**TELEPHONE)
    page = context.new_page()
    come_in(page, demonstration, clients[2].sign_name)
    sign(page, demonstration)
    context.close()
    look_at_the_desk(chromium, demonstration)


def answer(page: Page, served: Served) -> None:
    """Item 9 above zero: help stands there before anything is sent, and again on every page."""
    room(page, served, "Questions for you")
    page.get_by_role("link", name="PHQ-9").first.click()
    page.get_by_label("Several days").check()
    expect(page.get_by_text("Kept.")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 2 of 10")
    page.get_by_role("link", name="All the questions").click()
    helped = page.get_by_role("alert").filter(has=page.get_by_role("link", name="988", exact=True))
    expect(helped).to_have_count(0)
    page.get_by_role("group", name="better off dead").get_by_label("Several days").check()
    expect(helped).to_be_visible()
    expect(helped).to_be_focused()
    assert findings(page, EVERYTHING) == []
    room(page, served, "Questions for you")
    expect(helped).to_be_visible()


def take_back(page: Page, served: Served) -> None:
    """Two taps from the list."""
    room(page, served, "What I share")
    page.get_by_role("link", name="Dr. Lena Ostrow").click()
    page.get_by_role("button", name="Take it back now").click()
    expect(page.get_by_text("You took this back.")).to_be_visible()
    expect(page.get_by_role("button", name="Take it back now")).to_have_count(0)


def sign(page: Page, served: Served) -> None:
    """Read, the short check answered, the name drawn and written."""
    room(page, served, "To read and sign")
    page.locator("main .tasks a").first.click()
    press = page.locator("form[data-signing] button[data-kind=first]")
    press.click()
    expect(page.get_by_text("Please write your name first.")).to_be_visible()
    page.get_by_label("Write your full name").fill("Sasha of the journey")
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 60, steps=4)
    page.mouse.up()
    press.click()
    expect(page.get_by_role("img", name="What was drawn")).to_be_visible()
    expect(page.get_by_text("by this door")).to_be_visible()


def look_at_the_desk(chromium: Browser, served: Served) -> None:
    """The alarm stands on Ada's page until she has read it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, served, "ada")
    page.get_by_role("link", name="Read it now").click()
    expect(page.get_by_text("This asks for you now.")).to_be_visible()
    expect(page.get_by_text("Not handed in")).to_be_visible()
    page.get_by_role("button", name="Sign into the record").click()
    expect(page.get_by_role("link", name="Read it now")).to_have_count(0)
    context.close()
