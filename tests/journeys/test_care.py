"""A couple is admitted, a colleague covers, and an appointment is booked, moved and cancelled."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Picture, Served, lift_veil, sign_in
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

FAR = date(2033, 3, 8)
"""A day on which the demonstration has no appointment."""


def admit_a_couple(page: Page, served: Served) -> str:
    """Two new people with one chart; gives its address."""
    page.goto(f"{served.address}/clients/new")
    page.get_by_label("a couple’s").check()
    page.get_by_label("First name").fill("Petra")
    page.get_by_label("Family name").fill("Lindholm")
    page.get_by_role("button", name="Admit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who holds this chart")
    page.get_by_label("First name").fill("Oskar")
    page.get_by_label("Family name").fill("Lindholm")
    page.get_by_role("button", name="Admit and add").click()
    expect(page.get_by_role("link", name="Oskar Lindholm")).to_be_visible()
    expect(page.get_by_label("First name")).to_have_count(0)
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Petra Lindholm and Oskar")
    return page.url


def take_bea_in(page: Page, chart: str, last_day: date) -> None:
    """First without a last day, which is refused and keeps the rest; then with one."""
    page.goto(f"{chart}/care")
    whom = page.get_by_role("region", name="Take a colleague in").get_by_label("Colleague")
    whom.select_option(label=whom.locator("option", has_text="Bea ").first.inner_text())
    page.get_by_label("covers for a while").check()
    page.get_by_role("button", name="Take in").click()
    expect(page.get_by_role("alert")).to_contain_text("Cover needs its last day")
    expect(page.get_by_label("covers for a while")).to_be_checked()
    page.get_by_label("Last day").fill(last_day.isoformat())
    page.get_by_role("button", name="Take in").click()
    expect(page.get_by_role("table", name="Who cares now")).to_contain_text("covers")


def book(page: Page, chart: str, start: str) -> None:
    page.goto(f"{chart}/book")
    page.get_by_label("Day", exact=True).fill(FAR.isoformat())
    page.get_by_label("Begins at").fill(start)
    page.get_by_label("Billing code").fill("90847")
    page.get_by_role("button", name="Book", exact=True).click()


def test_a_couple_a_cover_and_an_appointment(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    served = demonstration
    sign_in(page, served, "ada")
    chart = admit_a_couple(page, served)
    take_bea_in(page, chart, FAR + timedelta(days=9))
    picture(page, "12-care")

    book(page, chart, "10:00")
    expect(page).to_have_url(re.compile(rf"/calendar\?day={FAR}"))
    line = page.get_by_role("listitem").filter(has_text="Petra Lindholm")
    expect(line).to_contain_text("90847")
    picture(page, "13-calendar")

    book(page, chart, "10:30")
    asked = page.get_by_role("alert")
    expect(asked).to_contain_text("Ada Merrow has Petra Lindholm and Oskar Lindholm")
    expect(asked).to_contain_text("from 10:00 to 10:50")
    expect(page.get_by_label("Billing code")).to_have_value("90847")
    page.get_by_label("Begins at").fill("11:00")
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text="Petra Lindholm")).to_have_count(2)

    page.get_by_role("link", name="Petra Lindholm").first.click()
    page.get_by_label("Begins at").fill("14:00")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text="14:00")).to_contain_text("Petra")

    page.get_by_role("link", name="Petra Lindholm").last.click()
    page.get_by_role("button", name="Cancel it").click()
    expect(page.get_by_text("It was cancelled")).to_be_visible()
    page.get_by_role("link", name="Calendar").last.click()
    expect(page.get_by_role("listitem").filter(has_text="14:00")).to_contain_text("cancelled")


def test_bea_covers_until_her_key_is_taken_away(page: Page, demonstration: Served) -> None:
    """Ada opens a chart, lets Bea in, and ends it; Bea's next look finds no such page."""
    served = demonstration
    sign_in(page, served, "ada")
    chart = admit_a_couple(page, served)
    take_bea_in(page, chart, FAR)
    beside = page.context.browser
    assert beside is not None
    context = beside.new_context()
    bea = context.new_page()
    sign_in(bea, served, "bea")
    bea.goto(chart)
    expect(bea.get_by_role("heading", level=1)).to_contain_text("Petra Lindholm")
    page.goto(f"{chart}/care")
    page.get_by_role("link", name="End care of Bea").click()
    expect(page.get_by_text("Her key to this chart is taken away at once.")).to_be_visible()
    page.get_by_role("button", name="End it now").click()
    bea.goto(chart)
    expect(bea.get_by_role("main")).to_contain_text("none that you may know of")
    context.close()


def test_the_last_who_treats_is_told_to_hand_over(page: Page, demonstration: Served) -> None:
    sign_in(page, demonstration, "ada")
    chart = admit_a_couple(page, demonstration)
    page.goto(f"{chart}/care")
    page.get_by_role("link", name="End care of Ada").click()
    expect(page.get_by_role("main")).to_contain_text("Hand it over first")
    expect(page.get_by_role("button", name="End it now")).to_have_count(0)


def test_names_in_the_calendar_fold_under_the_privacy_screen(
    page: Page, demonstration: Served
) -> None:
    sign_in(page, demonstration, "ada")
    page.goto(f"{demonstration.address}/calendar")
    name = page.locator(".day .person").first
    expect(name.locator(".full")).to_be_visible()
    page.keyboard.press(".")
    expect(name.locator(".full")).to_be_hidden()
    expect(name.locator(".short")).to_be_visible()
    lift_veil(page)
