"""A group's visit in five browsers: a server carries it, and has nothing of it in its hands.

The skills group has six members, more than browsers carry among themselves, so its visit goes by
Janus (the real one): here the counselor who leads it and four of them, each in a profile of her own,
through the pages of both doors.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from stillroom.config.demonstration import people_of
from tests.journeys.conftest import Picture, Served, come_in, sign_in
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture
from tests.journeys.test_axe import findings
from tests.journeys.test_visit import tab
from tests.journeys.test_visit_couple import let_in, say_where, sees
from tests.journeys.test_visit_faults import A_SCREEN
from tests.playing import launch
from tests.telehealth.browsers import HERE, bundle, until
from tests.telehealth.capture import decode, found_in, held_by_server
from tests.telehealth.relays import janus_from
from tests.telehealth.table import FAKE

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

SLOW = 90_000
"""Milliseconds: five pages, each with four pictures, share one machine."""
SLOW_CAMERAS = "--use-fake-device-for-media-stream=device-count=1,fps=5"
GROUP = ("Darnell Coles", "Ingrid Nygaard", "Quinn Rafferty", "Leticia Robledo")
TAPPED = """(() => {
  const Whole = Worker;
  window.plain = [];
  window.Worker = class extends Whole {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        if (data.plain) window.plain.push(btoa(String.fromCharCode(...data.plain)));
      });
    }
  };
})()"""
A_BAD_LINE = """(() => {
  const whole = RTCPeerConnection.prototype.getStats;
  let lost = 0;
  RTCPeerConnection.prototype.getStats = async function () {
    const told = await whole.call(this);
    const more = [];
    if (window.badOut) more.push(["out", { type: "remote-inbound-rtp", fractionLost: 0.4 }]);
    if (window.badIn) lost += 1_000;
    if (lost) more.push(["in", { type: "inbound-rtp", packetsReceived: 0, packetsLost: lost }]);
    return new Map([...told, ...more]);
  };
})()"""
STANDS_STILL = """seat => {
  const seen = document.querySelector(`figure[data-seat="${seat}"] [data-theirs]`)
    .getVideoPlaybackQuality().totalVideoFrames;
  const now = performance.now();
  if (window.stood?.seen !== seen) window.stood = { seen, since: now };
  return now - window.stood.since > 2000;
}"""
MOVES = """seat => {
  const seen = document.querySelector(`figure[data-seat="${seat}"] [data-theirs]`)
    .getVideoPlaybackQuality().totalVideoFrames;
  window.begun ??= seen;
  return seen > window.begun + 3;
}"""
DRAWN = """wanted => {
  const canvas = document.querySelector("canvas[data-board]");
  const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return dots.some(one => one !== 0) === wanted;
}"""
SHOWN = """seat => {
  const screen = document.querySelector(`figure[data-seat="${seat}"] [data-screen]`);
  return !screen.hidden && screen.getVideoPlaybackQuality().totalVideoFrames > 0;
}"""


@pytest.fixture(scope="module")
def with_cameras() -> Iterator[Browser]:
    """Chromium with cameras and microphones that are none; five pictures a second are enough."""
    made = launch(*(one for one in FAKE if "use-fake-device" not in one), SLOW_CAMERAS)
    yield made
    made.close()


@pytest.fixture(scope="module")
def tapping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script of frames with a tap before it: what the codec made goes to the page as well."""
    folder = tmp_path_factory.mktemp("tap")
    bundle([HERE / "tap.worker.ts"], folder)
    return folder / "tap.worker.js"


class Group:
    """The counselor and some of the group, each signed in in a browser of her own."""

    def __init__(self, browser: Browser, served: Served, many: int, before: str = "") -> None:
        self.served = served
        self.broken: list[str] = []
        self.bea = tab(browser, self.broken, viewport={"width": 1280, "height": 900})
        narrow = {"width": 390, "height": 844}
        self.members = [tab(browser, self.broken, viewport=narrow) for _ in range(many)]
        self.pages = (self.bea, *self.members)
        for page in self.pages:
            page.context.set_default_timeout(SLOW)
        self.bea.add_init_script(before)
        self.room = ""

    def begin(self) -> None:
        """A visit with the group without an appointment; the counselor is in it."""
        bea, served = self.bea, self.served
        sign_in(bea, served, "bea")
        bea.goto(f"{served.address}/clients")
        bea.get_by_role("link", name=re.compile(r"^Group \d+")).first.click()
        bea.get_by_role("button", name="Meet now, without an appointment").click()
        bea.wait_for_url("**/together")

    def go_in(self) -> None:
        """Through the door, alone."""
        self.bea.get_by_role("button", name="Go in alone first").click()
        self.bea.wait_for_url("**/together/room")
        self.room = self.bea.url.rpartition("/together/room")[0]

    def come_in(self) -> None:
        """Each answers, waits, and is let in."""
        names = {who.name: who.sign_name for who in people_of(self.served.home)}
        beside = self.bea.context.new_page()
        for seat, (page, who) in enumerate(zip(self.members, GROUP, strict=False), start=1):
            come_in(page, self.served, names[who])
            say_where(page, self.served, self.room, "us-md", f"Member {seat}")
            page.get_by_role("button", name="This is right").click()
            expect(page.get_by_text("You are in the waiting room")).to_be_visible()
        for seat in range(1, len(self.members) + 1):
            let_in(self.bea, beside, self.room, seat)
        beside.close()
        for page in self.members:
            expect(page.locator("[data-together]")).to_be_visible(timeout=SLOW)

    def say_same(self) -> None:
        """Once all who were let in are in one code, they read the same words, and say so."""
        words = [page.locator("[data-words]:not([data-quiet]) li") for page in self.pages]
        for page in self.pages:
            expect(page.locator("[data-asks]")).to_be_visible(timeout=SLOW)

        def read() -> list[list[str]]:
            return [shown.all_text_contents() for shown in words]

        until(read, "they do not read the same", lambda all_: len(all_[0]) == 4 and _alike(all_))
        for page in self.pages:
            page.locator("[data-asks]").click()

    def see_each_other(self) -> None:
        """Frames of everybody are decoded at each."""
        for mine, page in enumerate(self.pages):
            sees(page, *(seat for seat in range(len(self.pages)) if seat != mine))

    def end(self) -> None:
        """The door is shut for all, and no page of theirs was broken."""
        self.bea.get_by_role("button", name="End the visit").click()
        self.bea.wait_for_url("**/together")
        expect(self.bea.get_by_text("was there", exact=True)).to_have_count(len(self.members))
        for page in self.members:
            expect(page.get_by_text("This visit is over")).to_be_visible(timeout=SLOW)
        assert self.broken == []
        for page in self.pages:
            page.context.close()


def _alike(read: list[list[str]]) -> bool:
    return all(one == read[0] for one in read)


def test_five_of_a_group_see_each_other_by_a_server_that_has_nothing_of_it(
    with_cameras: Browser, demonstration: Served, tapping: Path, picture: Picture
) -> None:
    sfu = demonstration.sfu
    assert sfu is not None

    def instead(route: Route) -> None:
        route.fulfill(response=route.fetch(), path=tapping)  # with the practice's own headers

    with janus_from(demonstration.home.with_name("janus"), sfu):
        group = Group(with_cameras, demonstration, 4, A_SCREEN)
        for page in group.pages:
            page.add_init_script(TAPPED)
            page.context.route("**/framesworker.js", instead)
        group.begin()
        expect(group.bea.get_by_text("the server cannot see or hear it")).to_be_visible()
        picture(group.bea, "98-group-before")
        group.go_in()
        group.come_in()
        group.say_same()
        group.see_each_other()
        for page, name in ((group.bea, "98-group"), (group.members[0], "99-group-member")):
            expect(page.get_by_text(re.compile("^(Verified|Checked)")).first).to_be_visible()
            picture(page, name)
            assert findings(page) == []
        room = group.room.rpartition("/")[2]
        held = held_by_server(sfu, room, packets=600, publishers=5)
        made = [decode(one) for page in group.pages for one in page.evaluate("plain")]
        assert len(held) > 50_000
        assert len(made) > 50
        assert found_in(held, made) == 0

        draw_for_all(group)
        share_a_screen_twice(group)
        let_one_out(group)
        group.end()


def draw_for_all(group: Group) -> None:
    """A stroke of the counselor's stands on two members' boards, and is wiped from both by one."""
    group.bea.get_by_role("button", name="Whiteboard").click()
    canvas = group.bea.locator("canvas[data-board]")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    group.bea.mouse.move(box["x"] + 20, box["y"] + 20)
    group.bea.mouse.down()
    group.bea.mouse.move(box["x"] + 120, box["y"] + 90, steps=5)
    group.bea.mouse.up()
    for page in group.members[:2]:
        page.wait_for_function(DRAWN, arg=True, timeout=SLOW)
    group.members[0].get_by_role("button", name="Wipe it").click()
    for page in (group.bea, group.members[1]):
        page.wait_for_function(DRAWN, arg=False, timeout=SLOW)


def share_a_screen_twice(group: Group) -> None:
    """A second sharing is proven by frames of its own; both are seen, and gone when they end."""
    share = group.bea.get_by_role("button", name="Share screen")
    for _ in range(2):
        share.click()
        for page in group.members[:2]:
            page.wait_for_function(SHOWN, arg=0, timeout=SLOW)
        share.click()
        expect(group.members[0].locator("figure[data-seat='0'] [data-screen]")).to_be_hidden()


def let_one_out(group: Group) -> None:
    """She waits again, and is gone from everybody's page; the others go on."""
    group.bea.locator("[data-member='4']").get_by_role("button", name="Ask to wait outside").click()
    expect(group.members[3].get_by_text("You are in the waiting room")).to_be_visible(timeout=SLOW)
    for page in group.members[:2]:
        expect(page.locator("figure[data-seat='4']")).to_be_hidden(timeout=SLOW)
        page.wait_for_function(MOVES, arg=0, timeout=SLOW)


def test_a_server_that_comes_late_and_a_bad_line_to_it(
    with_cameras: Browser, demonstration: Served
) -> None:
    """While it does not answer the page says so, and goes on by itself once it does. A line that
    does not carry pictures carries sound: outward the others are told, inward none are asked for."""
    sfu = demonstration.sfu
    assert sfu is not None
    group = Group(with_cameras, demonstration, 1, A_BAD_LINE)
    bea, (member,) = group.bea, group.members
    group.begin()
    group.go_in()
    group.come_in()
    group.say_same()
    for page in group.pages:
        expect(page.get_by_role("alert")).to_contain_text("does not answer", timeout=SLOW)
    with janus_from(demonstration.home.with_name("janus"), sfu):
        group.see_each_other()
        for page in group.pages:
            expect(page.get_by_role("alert")).to_be_hidden()
        out = bea.get_by_text("the others hear you, and do not see you just now")
        bea.evaluate("window.badOut = true")
        expect(out).to_be_visible(timeout=SLOW)
        expect(member.get_by_text("Their camera is off.")).to_be_visible(timeout=SLOW)
        bea.evaluate("window.badOut = false")
        expect(out).to_be_hidden(timeout=SLOW)
        member.wait_for_function(MOVES, arg=0, timeout=SLOW)
        coming = bea.get_by_text("you hear the others, and see them again")
        bea.evaluate("window.badIn = true")
        expect(coming).to_be_visible(timeout=SLOW)
        bea.wait_for_function(STANDS_STILL, arg=1, timeout=SLOW)
        bea.evaluate("window.badIn = false")
        expect(coming).to_be_hidden(timeout=SLOW)
        bea.wait_for_function(MOVES, arg=1, timeout=SLOW)
        group.end()
