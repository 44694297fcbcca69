"""What goes wrong in a visit of two, in the real pages of both doors.

Each fault has its sentence on the page of whoever can do something about it.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Served, come_in, start, stop
from tests.journeys.passing import forget_codes
from tests.journeys.visiting import SLOW, Two, compare_words, say_same, sees, two
from tests.playing import launch
from tests.telehealth.table import FAKE

pytestmark = pytest.mark.journey

HOURS = 3_600_000
SHIFTED = """(() => {
  const True = Date;
  class Off extends True {
    constructor(...given) { given.length ? super(...given) : super(True.now() + (BY)); }
    static now() { return True.now() + (BY); }
  }
  window.Date = Off;
})()"""
TAKEN = """navigator.mediaDevices.getUserMedia = async () => {
  throw new DOMException("", "NotReadableError");
}"""
A_SCREEN = """navigator.mediaDevices.getDisplayMedia = async () => {
  const drawn = document.createElement("canvas");
  const pen = drawn.getContext("2d");
  setInterval(() => pen.fillRect(Math.random() * 99, 0, 9, 9), 50);
  return drawn.captureStream(10);
}"""
A_BAD_LINE = """(() => {
  const whole = RTCPeerConnection.prototype.getStats;
  RTCPeerConnection.prototype.getStats = async function () {
    const told = await whole.call(this);
    if (!window.bad) return told;
    return new Map([...told, ["bad", { type: "remote-inbound-rtp", fractionLost: 0.4 }]]);
  };
})()"""
LINES = """(() => {
  const Whole = WebSocket;
  window.lines = [];
  window.WebSocket = class extends Whole {
    constructor(...given) { super(...given); window.lines.push(this); }
  };
})()"""


@pytest.fixture(scope="module")
def pair(demonstration: Served) -> Iterator[Two]:
    """Both signed in, in a browser with a camera and a microphone that are none."""
    forget_codes(demonstration)
    browser = launch(*FAKE)
    made = two(browser, demonstration)
    yield made
    browser.close()


@pytest.fixture
def visit(pair: Two) -> Iterator[Two]:
    """The two of them before a new visit; an uncaught error of a page fails the story."""
    pair.broken.clear()
    yield pair
    pair.clear()
    assert pair.broken == []


def shifted(hours: int) -> str:
    return SHIFTED.replace("BY", str(hours * HOURS))


def facts_of(visit: Two, room: str) -> Page:
    page = visit.page(visit.desk)
    page.goto(f"{visit.served.address}/calls/{room}")
    return page


def test_clocks_wrong_by_hours_a_camera_taken_and_a_screen_shared(visit: Two) -> None:
    """Hers is five hours ahead and her camera another program's; Ada's is seven hours behind."""
    room = visit.begin()
    dov = visit.dov(room, shifted(5) + ";" + TAKEN)
    ada = visit.ada(room, shifted(-7) + ";" + A_SCREEN)
    say_same(ada, dov)
    expect(dov.get_by_role("alert")).to_contain_text("Another program uses your camera")
    for name in ("Sound", "Camera"):
        switch = dov.get_by_role("button", name=name, exact=True)
        expect(switch).to_have_attribute("aria-pressed", "false")
        expect(switch).to_be_disabled()
    sees(dov)
    expect(ada.get_by_text("The client’s camera is off.")).to_be_visible()
    ada.get_by_role("button", name="Share screen").click()
    expect(dov.locator("[data-screen]")).to_be_visible()
    dov.wait_for_function(
        "() => document.querySelector('[data-screen]').videoWidth > 0", timeout=SLOW
    )
    ada.get_by_role("button", name="Share screen").click()
    expect(dov.locator("[data-screen]")).to_be_hidden()


def test_a_bad_line_falls_to_sound_and_then_to_the_telephone(visit: Two) -> None:
    room = visit.begin()
    dov, ada = visit.dov(room), visit.ada(room, A_BAD_LINE)
    compare_words(ada, dov)
    ada.evaluate("window.bad = true")
    only = ada.get_by_text("The line is weak: sound alone.")
    expect(only).to_be_visible(timeout=SLOW)
    expect(only.get_by_role("link")).to_have_attribute("href", "tel:410-555-0142")
    expect(dov.get_by_text("Their camera is off.")).to_be_visible()
    ada.get_by_role("button", name="Somebody is near").click()
    ada.get_by_role("button", name="We went on by telephone").click()
    expect(ada.get_by_text("went on by telephone.")).to_be_visible(timeout=SLOW)
    expect(ada.get_by_text("Somebody else came into the client’s room")).to_be_visible()


def test_a_second_device_is_asked_which_stays_and_a_forwarded_link_opens_nothing(
    visit: Two,
) -> None:
    room = visit.begin()
    stranger = visit.browser.new_context().new_page()
    stranger.goto(f"{visit.served.address}/my/visit/{room}")
    expect(stranger.get_by_label("Passphrase")).to_be_visible()
    stranger.context.close()
    dov, ada = visit.dov(room), visit.ada(room)
    compare_words(ada, dov)
    other = second_device(visit, room)
    stays_or_not(other)
    other.get_by_role("button", name="Go on here").click()
    stays_or_not(dov)
    compare_words(ada, other)
    expect(other.get_by_role("button", name="Hang up")).to_be_visible()
    other.context.close()


def stays_or_not(page: Page) -> None:
    """It asks one thing, and shows no button that could do nothing there."""
    expect(page.get_by_text("You are in this visit with another device.")).to_be_visible(
        timeout=SLOW
    )
    expect(page.get_by_role("main").get_by_role("button")).to_have_text(["Go on here"])


def second_device(visit: Two, room: str) -> Page:
    """Another browser in which she signed in, at the same visit."""
    context = visit.browser.new_context(viewport={"width": 390, "height": 844})
    page = visit.page(context)
    come_in(page, visit.served, visit.client)
    page.goto(f"{visit.served.address}/my/visit/{room}/room")
    return page


def test_a_device_that_is_known_and_then_another(visit: Two) -> None:
    """Compared once, they meet without a word; her new telephone is asked about, and stopped."""
    room = visit.begin()
    dov, ada = visit.dov(room, keep=True), visit.ada(room)
    compare_words(ada, dov)
    visit.clear()
    room = visit.begin()
    dov, ada = visit.dov(room, keep=True), visit.ada(room)
    for page in (ada, dov):
        expect(page.locator("[data-stage=open]")).to_be_visible(timeout=SLOW)
    expect(ada.get_by_text("Verified: the device you know.")).to_be_visible()
    sees(ada)
    visit.clear()
    room = visit.begin()
    dov, ada = visit.dov(room), visit.ada(room)  # nothing kept: a key of this page alone
    expect(ada.get_by_text("This is not the device that you know.")).to_be_visible(timeout=SLOW)
    ada.get_by_role("button", name="No: stop").click()
    expect(ada.get_by_text("Stopped. Nothing was seen or heard.")).to_be_visible()
    expect(dov.get_by_text("Stopped. Nothing was seen or heard.")).to_be_visible()
    page = facts_of(visit, room)
    expect(page.get_by_text(re.compile("nobody vouched for it"))).to_be_visible()


def test_the_line_is_cut_and_the_server_begins_anew_in_mid_call(visit: Two) -> None:
    """The line comes back by itself; while nothing serves, they go on seeing each other."""
    room = visit.begin()
    dov, ada = visit.dov(room, LINES), visit.ada(room, LINES)
    compare_words(ada, dov)
    ada.evaluate("lines.at(-1).close()")
    ada.wait_for_function("() => lines.length > 1 && lines.at(-1).readyState === 1", timeout=SLOW)
    stop(visit.served)
    try:
        for page in (ada, dov):
            expect(page.locator("[data-part=unanswered]")).to_be_visible(timeout=SLOW)
            sees(page)
    finally:  # the practice is everybody's who comes after
        again(visit.served)
    for page in (ada, dov):
        expect(page.locator("[data-part=unanswered]")).to_be_hidden(timeout=SLOW)
        page.wait_for_function("() => lines.at(-1).readyState === 1", timeout=SLOW)
        expect(page.locator("[data-stage=open]")).to_be_visible()
        sees(page)
    ada.get_by_role("button", name="End the visit").click()
    expect(dov.get_by_text("This visit is over")).to_be_visible(timeout=SLOW)


def again(served: Served) -> None:
    """The same practice at the same address."""
    key = str(served.home.with_name("demo.key"))
    port = int(served.address.rpartition(":")[2])
    served.process = start(served.home, "--key-file", key, port=port, sfu=served.sfu).process
