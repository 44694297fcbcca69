"""A measure taken by keyboard, one handed to the client and back, and a positive item that leads on."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Picture, Served, fresh_code, sign_in
from tests.journeys.looking import findings
from tests.journeys.passing import forget_codes, unused_codes  # noqa: F401 - a fixture
from tests.journeys.test_story import open_dov

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

QUIET, ALARMING = "222211110", "222211111"
"""Digits as they are pressed: 1 is the first answer."""


def give(page: Page, chart: str, name: str) -> None:
    """To an instrument from the chart, as somebody would go there."""
    page.goto(chart)
    page.get_by_role("link", name="Measures").click()
    # What waits at the client's own door stands on the same page, by the same name.
    giving = page.get_by_role("region", name="Give one")
    giving.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.wait_for_load_state("load")  # keys are listened to from here on


def press(page: Page, places: str) -> None:
    """One digit an item; each answers the question in hand and goes on."""
    for place in places:
        page.keyboard.press(str(int(place) + 1))


def test_a_measure_by_keyboard_alone(page: Page, demonstration: Served, picture: Picture) -> None:
    sign_in(page, demonstration, "ada")
    chart = open_dov(page, demonstration)
    give(page, chart, "PHQ-9")
    press(page, QUIET)
    expect(page.get_by_role("group", name=re.compile("If you checked off"))).to_be_visible()
    picture(page, "40-measure")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.get_by_text("PHQ-9: 12 of 27, moderate.").first).to_be_visible()
    expect(page.get_by_text("This asks for you now.")).to_have_count(0)
    assert findings(page) == []


def test_what_is_left_open_is_said_once_and_not_scored_over(
    page: Page, demonstration: Served
) -> None:
    sign_in(page, demonstration, "ada")
    give(page, open_dov(page, demonstration), "GAD-7")
    press(page, "111111")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("One question is open. Press again to sign it so.")).to_be_visible()
    page.keyboard.press("Backspace")
    page.keyboard.press("3")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("GAD-7: not scored, item 7 unanswered.").first).to_be_visible()


def test_a_question_stands_only_where_it_is_asked(page: Page, demonstration: Served) -> None:
    sign_in(page, demonstration, "ada")
    give(page, open_dov(page, demonstration), "C-SSRS screener")
    method = page.get_by_role("group", name=re.compile("how you might do this"))
    expect(method).to_have_count(0)
    page.keyboard.press("2")
    page.keyboard.press("1")
    expect(method).to_be_visible()
    expect(page.get_by_role("button", name="Hand to the client")).to_have_count(0)


def test_handed_to_the_client_and_back_to_an_assessment(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    served = demonstration
    sign_in(page, served, "ada")
    chart = open_dov(page, served)
    give(page, chart, "PHQ-9")
    page.get_by_role("button", name="Hand to the client").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Some questions for you")
    for word in ("Halpern", "Merrow", "Today", "Calendar"):
        assert word not in page.content()
    assert findings(page) == []
    picture(page, "41-handed")
    press(page, ALARMING)
    page.get_by_role("button", name="I am done").click()
    expect(page.get_by_text("One question is open.")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert findings(page) == []

    page.goto(chart)
    expect(page.get_by_role("heading", level=1)).to_have_text("Locked")
    assert "Halpern" not in page.content(), "the device shows nothing of the record"

    page.goto(f"{served.address}/unlock?next=/today")
    person = served.person("ada")
    forget_codes(served)
    page.get_by_label("Your passphrase").fill(person.passphrase)
    page.get_by_label("Code").fill(fresh_code(served, "ada"))
    page.get_by_role("button", name="Unlock").click()
    page.get_by_role("link", name="A questionnaire").click()
    expect(page.get_by_text("This asks for you now.")).to_be_visible()
    page.get_by_role("button", name="Sign into the record").click()
    expect(page.get_by_text("Answered by the client alone").first).to_be_visible()
    picture(page, "42-measure-signed")
    assert findings(page) == []
    measure = page.url

    page.goto(f"{served.address}/today")
    follow = page.get_by_role("region", name="To follow up")
    expect(follow.locator(f'a[href="{measure.removeprefix(served.address)}"]')).to_be_visible()
    page.goto(measure)
    page.get_by_role("button", name="Assess now").click()
    words = page.get_by_label("What was said, answered or told, and by whom")
    expect(words).to_have_value(re.compile("PHQ-9, .* Thoughts of being better off dead"))
    # Other stories assess the same client, from the beginning.
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("button", name="Discard for good").click()
    page.wait_for_url(chart)


def test_the_course_of_two_years_reads_without_colour(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "ada")
    page.goto(f"{demonstration.address}/clients")
    charts = [
        link.get_attribute("href")
        for link in page.locator("main a[href^='/clients/']").all()
        if re.fullmatch(r"/clients/[a-z2-7]{26}", link.get_attribute("href") or "")
    ]
    for address in dict.fromkeys(charts):
        page.goto(f"{demonstration.address}{address}/measures")
        if page.locator("figure.course").count() and page.locator("svg.trend .ring").count():
            break
    drawn = page.get_by_role("img", name=re.compile(r" from \d+ to \d+")).first
    expect(drawn).to_be_visible()
    expect(page.get_by_role("table").filter(has_text="lower").first).to_be_visible()
    picture(page, "43-trend")
    assert findings(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    page.emulate_media(color_scheme="dark")
    assert findings(page) == []
