"""A threat told at two, and a child's bruises: by one key, to the last call and the written report."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Picture, Served, as_json, press, sign_in
from tests.journeys.looking import findings
from tests.journeys.test_risk import choose, open_chart, saved, sign

pytestmark = pytest.mark.journey


def tried(page: Page, what: str, whom: str, key: str) -> None:
    """One attempt: what and who, then one key from outside the fields."""
    page.get_by_label("What", exact=True).select_option(what)
    page.get_by_label("Who, by name or number").fill(whom)
    page.get_by_label("Who, by name or number").blur()
    press(page, key)


def write_down_the_threat(page: Page) -> None:
    """An assessment of violence, with what the law turns on, signed."""
    page.keyboard.press("2")
    choose(page, "Was a threat communicated to you?", "Yes")
    page.get_by_label("The words as spoken").fill("“Tonight he is going to feel it.”")
    for question, answer in (
        ("Who told you", "The client"),
        ("The gravest harm it spoke of", "Death or serious bodily harm"),
        ("The one who would be harmed", "A person who was named"),
        ("Do you believe that it is serious?", "Yes"),
        ("Do you believe that it is imminent?", "Yes"),
        ("Did you know that the client is prone to it?", "Yes"),
        ("Concern, in your judgment", "Imminent"),
    ):
        choose(page, question, answer)
    page.get_by_label("Your reasons").fill("He named the man and the hour.")
    page.get_by_label("What was done, and what was not and why").fill("Calling now.")
    saved(page)
    sign(page)


def the_page_of_the_hour(page: Page, picture: Picture) -> None:
    """What was signed is filled in: the law's answer stands there, and the words to say."""
    page.get_by_role("link", name="What does the law ask?").click()
    page.get_by_role("button", name="Open the matter").click()
    expect(page.locator(".verdict")).to_have_text("You must act now.")
    expect(page.locator(".say")).to_contain_text("Tonight he is going to feel it.")
    expect(page.locator(".say")).not_to_contain_text("He named the man and the hour.")
    page.get_by_label("To whom", exact=True).select_option("potential_victim")
    expect(page.locator(".say")).to_contain_text("you may be in danger")
    picture(page, "danger-now")
    assert findings(page) == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    page.set_viewport_size({"width": 390, "height": 900})
    assert not as_json(page, wide)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_from_the_threat_to_the_last_call(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "ada")

    # From anywhere by one key; the client is found by her name.
    page.keyboard.press("!")
    expect(page.get_by_role("heading", level=1)).to_contain_text("in danger")
    page.get_by_label("A name").fill("Teodor")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Teodor Vance").click()
    page.get_by_role("link", name="Assess first").click()
    page.wait_for_url("**/risk")
    write_down_the_threat(page)

    the_page_of_the_hour(page, picture)

    # It stands on every page until the police are told and the man was tried.
    now = page.url
    page.goto(f"{demonstration.address}/clients")
    page.get_by_role("link", name=re.compile("1 duty open since")).click()
    tried(page, "warn_victim", "Joel Pike", "x")
    expect(page.get_by_role("cell", name="No answer")).to_be_visible()
    tried(page, "notify_law_enforcement", "Dispatcher 14", "r")
    expect(page.get_by_role("cell", name="Dispatcher 14")).to_be_visible()
    assert page.url == now
    expect(page.locator(".standing")).to_have_count(0)
    page.get_by_label("Tell what averts it, and no more").check()
    page.get_by_label("In your own words").fill("He named the man and the hour.")
    page.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_text("To tell. Ada Merrow")).to_be_visible()
    the_account_says_who_was_told(page)


def the_account_says_who_was_told(page: Page) -> None:
    """From the matter to its chart, and what has left it."""
    page.get_by_role("main").get_by_role("link", name="Teodor Vance").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Teodor Vance")
    page.goto(f"{page.url}/account")
    expect(page.get_by_role("row", name=re.compile("Dispatcher 14"))).to_contain_text("owed")


def test_from_the_bruises_to_the_written_report(page: Page, demonstration: Served) -> None:
    sign_in(page, demonstration, "ada")
    page.goto(f"{open_chart(page, demonstration, 'Dov Halpern')}/danger")
    page.keyboard.press("3")
    for question, answer in (
        ("Is there reasonable cause to suspect it?", "Yes"),
        ("What do you suspect?", "Child abuse"),
        ("Is the client an adult telling of abuse in childhood?", "No"),
        ("May a child be at risk now from the same person?", "Yes"),
    ):
        expect(page.locator("form[data-question] .question")).to_have_text(question)
        page.locator("form[data-question]").get_by_role(
            "button", name=re.compile(rf"\b{answer}$")
        ).click()
    expect(page.locator(".verdict")).to_have_text("You must report this now.")
    tried(page, "report_orally", "Screener, 5150", "r")
    expect(page.get_by_role("cell", name="Screener, 5150")).to_be_visible()
    page.get_by_role("link", name="Begin it, filled in from the record").click()
    expect(page.get_by_label("The report by telephone")).to_have_value(re.compile("Screener, 5150"))
    expect(page.locator(".margin .duty")).to_contain_text("Within 48 hours")
    page.get_by_label("What you saw yourself").fill("Marks of fingers on the arm")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("link", name="Look at its pages")).to_be_visible()

    # Deciding to act in another way is signed, and ends the line on every page.
    page.get_by_role("link", name="Now", exact=True).click()
    page.get_by_label("Tell nobody, and act in another way").check()
    page.get_by_label("In your own words").fill("The school reported the same marks today.")
    page.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_text("against the answer of the law as it stood")).to_be_visible()
    expect(page.locator(".standing")).to_have_count(0)
