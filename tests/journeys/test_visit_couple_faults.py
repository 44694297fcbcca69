"""What goes wrong in a visit of several, in the real pages: clocks wrong by hours, a second device, a
practice that begins anew in mid-visit."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from stillroom.config.demonstration import people_of
from tests.journeys.conftest import Served, come_in, sign_in, stop
from tests.journeys.drawing import draw, drawn_on, stands_on
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture
from tests.journeys.test_visit import tab
from tests.journeys.test_visit_couple import COUPLE, SLOW, begin, let_in, say_same, say_where, sees
from tests.journeys.test_visit_faults import again, shifted

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]


def asks_one_thing(page: Page) -> None:
    """Another device has the seat: one question, and no button that could do nothing there."""
    expect(page.get_by_text("You are in this visit with another device.")).to_be_visible(
        timeout=SLOW
    )
    expect(page.get_by_role("main").get_by_role("button")).to_have_text(["Go on here"])


def test_a_second_device_and_a_new_beginning_with_clocks_wrong_by_hours(
    with_cameras: Browser, demonstration: Served
) -> None:
    """Ada's clock is seven hours behind, hers five hours ahead. She goes on with another device, which
    sees the whiteboard as it stands; and when the practice begins anew, they go on seeing each other."""
    broken: list[str] = []
    narrow = {"width": 390, "height": 844}
    ada = tab(with_cameras, broken, viewport={"width": 1280, "height": 900})
    one, other = (tab(with_cameras, broken, viewport=narrow) for _ in range(2))
    name = {who.name: who.sign_name for who in people_of(demonstration.home)}[COUPLE[0]]
    for page, hours in ((ada, -7), (one, 5), (other, 0)):
        page.add_init_script(shifted(hours))
        page.context.set_default_timeout(SLOW)
    sign_in(ada, demonstration, "ada")
    room = begin(ada, demonstration)
    come_in(one, demonstration, name)
    say_where(one, demonstration, room, "us-pa", "I.")
    one.get_by_role("button", name="This is right").click()
    expect(ada.get_by_text(re.compile("waits, since")).first).to_be_visible(timeout=SLOW)
    let_in(ada, ada.context.new_page(), room, 1)
    say_same(ada, one)
    sees(ada, 1)
    draw(one)

    come_in(other, demonstration, name)
    other.goto(f"{demonstration.address}/my/visit/{room.rpartition('/')[2]}/room")
    asks_one_thing(other)
    other.get_by_role("button", name="Go on here").click()
    asks_one_thing(one)
    say_same(ada, other)
    sees(other, 0)
    stands_on(other, drawn_on(ada))

    stop(demonstration)
    try:
        for page in (ada, other):
            expect(page.locator("[data-part=unanswered]")).to_be_visible(timeout=SLOW)
    finally:  # the practice is everybody's who comes after
        again(demonstration)
    for page, seat in ((ada, 1), (other, 0)):
        expect(page.locator("[data-part=unanswered]")).to_be_hidden(timeout=SLOW)
        expect(page.locator("[data-stage=open]")).to_be_visible()
        sees(page, seat)
    ada.get_by_role("button", name="End the visit").click()
    expect(other.get_by_text("This visit is over")).to_be_visible(timeout=SLOW)
    assert broken == []
    for page in (ada, one, other):
        page.context.close()
