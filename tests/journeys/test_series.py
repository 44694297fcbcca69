"""A series is booked on one page; one of it is moved alone, and then with all that follow."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Picture, Served, sign_in
from tests.journeys.looking import findings
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture
from tests.journeys.test_couple import admit

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

FIRST = date(2033, 6, 7)
"""A Tuesday on which the demonstration has no appointment."""


def week_of(page: Page, served: Served, week: int) -> None:
    page.goto(f"{served.address}/calendar?day={FIRST + timedelta(weeks=week)}")


def at(page: Page, clock: str) -> int:
    """How many of the couple's stand at that hour in the week that is shown."""
    line = page.get_by_role("listitem").filter(has_text="Nuria Sandoval")
    return line.filter(has_text=re.compile(rf"^\s*{clock}")).count()


def test_a_series_is_booked_moved_and_cancelled_from_one_on(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    served = demonstration
    sign_in(page, served, "ada")
    chart = admit(page, served)
    page.goto(f"{chart}/book")
    page.get_by_label("Day", exact=True).fill(FIRST.isoformat())
    page.get_by_label("Begins at").fill("10:00")
    page.get_by_label("every week", exact=True).check()
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("until when it repeats")
    expect(page.get_by_label("every week", exact=True)).to_be_checked()
    assert findings(page) == []
    picture(page, "17-a-series")
    page.get_by_label("Until").fill((FIRST + timedelta(weeks=3)).isoformat())
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page).to_have_url(re.compile(rf"/calendar\?day={FIRST}"))
    for week in range(4):
        week_of(page, served, week)
        assert at(page, "10:00") == 1
    week_of(page, served, 1)
    page.get_by_role("link", name="Nuria Sandoval").click()
    page.get_by_label("Begins at").fill("14:00")
    page.get_by_label("This one and the 2 planned after it").check()
    page.set_viewport_size({"width": 390, "height": 800})
    assert findings(page) == []
    picture(page, "18-what-follows-narrow")
    page.set_viewport_size({"width": 1280, "height": 900})
    picture(page, "18-what-follows")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page).to_have_url(re.compile("/calendar"))
    for week, clock in enumerate(("10:00", "14:00", "14:00", "14:00")):
        week_of(page, served, week)
        assert at(page, clock) == 1
    week_of(page, served, 2)
    page.get_by_role("link", name="Nuria Sandoval").click()
    page.get_by_role("button", name="Cancel it and the 1 after it").click()
    expect(page.get_by_text("It was cancelled")).to_be_visible()
    page.goto(chart)
    expect(page.get_by_role("main")).to_contain_text("Next appointment")
    picture(page, "19-chart-next")
