"""A subpoena is objected to in writing, by keyboard; and a couple's privilege stands apart."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Picture, Served, sign_in
from tests.journeys.looking import findings
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture
from tests.journeys.test_law import follow, reach
from tests.journeys.test_story import enter_subpoena, open_dov

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]


def test_a_subpoena_is_objected_to_in_writing_and_privilege_is_each_holders_own(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "ada")
    enter_subpoena(page, open_dov(page, demonstration))
    follow(page, page.get_by_role("link", name="Write a letter"))
    follow(page, page.get_by_role("main").get_by_role("link", name="Object to the demand"))
    reach(page, page.get_by_label("Address"))
    page.keyboard.type("1 Court Square\nTowson, Maryland")
    follow(page, page.get_by_role("button", name="Look at it"))
    expect(page.get_by_role("heading", name="As it will be printed")).to_be_visible()
    expect(page.get_by_label("Address")).to_have_value(re.compile("Court Square"))
    picture(page, "27-letter-looked-at")
    assert findings(page) == []
    follow(page, page.get_by_role("button", name="Sign this letter"))
    expect(page.get_by_role("heading", name="As it was signed")).to_be_visible()
    assert page.request.get(page.url + "/file").body().startswith(b"%PDF")
    page.get_by_label("It was sent").select_option(label="by post")
    follow(page, page.get_by_role("button", name="Write it down"))
    expect(page.get_by_text(re.compile("By post to "))).to_be_visible()
    page.goto(f"{demonstration.address}/clients")
    page.get_by_role("main").get_by_role("link", name=re.compile("Imani Feld and")).click()
    follow(page, page.get_by_role("link", name="Its history, and the rule here"))
    expect(page.get_by_text("Counsel has not confirmed it; it opens nothing.")).to_be_visible()
    expect(page.get_by_text("Claimed, and not given up by anything on file.")).to_be_visible()
    picture(page, "27-privilege")
    assert findings(page) == []
