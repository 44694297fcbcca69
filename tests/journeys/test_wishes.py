"""Somebody says how to be reached and what to keep back; a line is written; a paper is signed for,
lacks what the state asks, is kept, read and taken back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Picture, Served, sign_in
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]


def reach(page: Page, chart: str) -> None:
    """An hour that is none is refused and keeps the rest; then a way at any hour."""
    page.get_by_role("link", name="Wishes and restrictions").click()
    page.get_by_role("link", name="Ask, and write it down").click()
    first = page.get_by_role("group", name="A way to reach them", exact=True)
    first.get_by_label("By").select_option(label="e-mail")
    first.get_by_label("Address or number").fill("fay at home")
    page.get_by_label("Name to use").fill("F.")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("alert")).to_contain_text("One of the e-mail addresses is none")
    expect(page.get_by_label("Name to use")).to_have_value("F.")
    first.get_by_label("Address or number").fill("fay@example.org")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("E-mail: fay@example.org, any day")).to_be_visible()


def write(page: Page) -> None:
    page.get_by_role("link", name="Write to Fay").click()
    page.get_by_label("e-mail to fay@example.org").check()
    page.get_by_label("Ask for a call").check()
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Send it yourself, with these words and no others.")).to_be_visible()


def keep_back(page: Page, chart: str) -> None:
    """What was paid for in full cannot be refused."""
    page.goto(f"{chart}/wishes")
    page.get_by_role("link", name="The client asks to keep something back").click()
    page.get_by_label("Keep from the plan what was paid for in full").check()
    page.get_by_label("What they ask, in their words").fill("I paid for this spring myself.")
    page.get_by_role("button", name="Keep the request").click()
    expect(page.get_by_text("It must be agreed to, and holds already.")).to_be_visible()
    expect(page.get_by_role("button", name="Do not agree")).to_have_count(0)
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.get_by_text(re.compile("^Agreed .* It holds"))).to_be_visible()


def sign_for(page: Page, chart: str) -> None:
    """An event is no day, and Maryland wants one."""
    page.goto(f"{chart}/authorizations/new")
    page.get_by_label(re.compile("^Signed by")).fill("2026-11-02")
    page.get_by_label("To whom").fill("Harbor School")
    page.get_by_label("They are").select_option(label="a school")
    page.get_by_label("What, in its own words").fill("attendance this fall")
    page.get_by_label("appointments", exact=True).check()
    page.get_by_label("What for").select_option(label="education")
    page.get_by_label("or with an event").fill("the school year ends")
    for name, value in (
        ("may_revoke", "yes"), ("conditioning", "yes"), ("redisclosure", "yes"),
        ("conditioned", "no"), ("merged", "no"),
    ):  # fmt: skip
        page.locator(f"input[name={name}][value={value}]").check()
    page.get_by_role("button", name="Keep this authorization").click()
    expect(page.get_by_role("alert")).to_contain_text("Md. Code, Health-Gen. § 4-303(b)")
    page.get_by_label("Keep it on file as it is").check()
    page.get_by_role("button", name="Keep this authorization").click()


def test_wishes_are_written_down_and_a_paper_is_kept_read_and_taken_back(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    served = demonstration
    sign_in(page, served, "ada")
    page.goto(f"{served.address}/clients")
    page.get_by_role("link", name="Fay Okonjo").first.click()
    chart = page.url
    reach(page, chart)
    write(page)
    keep_back(page, chart)
    picture(page, "40-wishes")
    sign_for(page, chart)
    page.get_by_role("link", name="Harbor School").click()
    expect(page.get_by_text("It opens nothing")).to_be_visible()
    picture(page, "41-authorization")
    page.get_by_label("How they said so").select_option(label="by telephone")
    page.get_by_label("In their words").fill("I would rather bring it myself.")
    page.get_by_role("button", name="Take back now").click()
    expect(page.get_by_text("I would rather bring it myself.")).to_be_visible()
