"""Ada writes a permission, the client reads and signs it on a telephone, and Ada sees how it was
signed; a second one is declined. What waited stands on no page afterwards."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from stillroom.config.demonstration import people_of
from tests.journeys.conftest import Picture, Served, come_in, sign_in
from tests.journeys.looking import EVERYTHING, findings
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture
from tests.journeys.test_own_door import TELEPHONE

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]


def test_written_by_the_practice_signed_on_a_telephone_and_a_second_declined(
    chromium: Browser, demonstration: Served, page: Page, picture: Picture
) -> None:
    client = next(one for one in people_of(demonstration.home) if "client" in one.roles)
    context = chromium.new_context(**TELEPHONE)
    her = context.new_page()
    come_in(her, demonstration, client.sign_name)
    her.get_by_role("link", name="What I share", exact=True).first.click()
    sharing = her.evaluate("history.state && history.state.path || location.pathname")
    found = re.search(r"/my/([a-z2-7]{26})/sharing", her.content() + sharing)
    assert found
    sign_in(page, demonstration, "ada")
    signed, declined = (offer(page, demonstration, found[1], name) for name in ("A", "B"))
    picture(page, "offer-waits")
    assert findings(page, EVERYTHING) == []
    her.goto(f"{demonstration.address}/my{signed}")
    expect(her.get_by_role("heading", level=1)).to_have_text("May this be shared?")
    assert findings(her, EVERYTHING) == []
    picture(her, "offer-to-sign")
    her.get_by_role("button", name="Sign", exact=True).click()
    expect(her.get_by_text("Please write your name first.")).to_be_visible()
    draw(her, client.name)
    expect(her.get_by_role("heading", level=1)).to_have_text("Harbor School A")
    expect(her.get_by_role("button", name="Take it back now")).to_be_visible()
    her.goto(f"{demonstration.address}/my{declined}")
    her.get_by_text("Add a word").click()
    her.get_by_label("Only if you want to").fill("Not to the school, please.")
    her.get_by_role("button", name="No, do not share it").click()
    expect(her.get_by_text("You said no.")).to_be_visible()
    picture(her, "offer-declined")
    context.close()
    noted(page, demonstration, signed, "Drawn and written")
    picture(page, "offer-signed")
    noted(page, demonstration, declined, "Not to the school, please.")


def offer(page: Page, served: Served, chart: str, name: str) -> str:
    """Ada offers one; gives its address."""
    soon = datetime.now(UTC).date() + timedelta(days=90)
    page.goto(f"{served.address}/clients/{chart}/authorizations/new")
    page.get_by_label("To whom").fill(f"Harbor School {name}")
    page.get_by_label("They are").select_option("school")
    page.get_by_label("progress notes", exact=True).check()
    page.get_by_label("What for").select_option("education")
    page.get_by_label("It ends on").fill(soon.isoformat())
    page.get_by_label("Who signs for").select_option("own")
    page.get_by_label("A word from you").fill("The school asked on the phone last week.")
    page.get_by_role("button", name="Let it be signed at the own door").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("To be signed at the own door")
    found = re.search(r"/offered/[a-z2-7]{26}", page.url)
    assert found
    return found[0]


def draw(page: Page, name: str) -> None:
    """With a name, and a line of the finger."""
    page.get_by_label("Write your full name").fill(name)
    field = page.locator("[data-sign-field] canvas")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 60, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Sign", exact=True).click()


def noted(page: Page, served: Served, offered: str, said: str) -> None:
    """It stands on Today until Ada has noted it."""
    page.goto(f"{served.address}/today")
    page.locator(f'a[href="{offered}"]').click()
    expect(page.get_by_text(said)).to_be_visible()
    page.get_by_role("button", name="Noted").click()
    page.goto(f"{served.address}/today")
    expect(page.locator(f'a[href="{offered}"]')).to_have_count(0)
