"""T09 among several: a server that puts itself between two members of a couple or a group stops that
pair, by name, and no other; whoever was not let in is met by nobody, whatever ticket she holds.
"""

import re
from collections.abc import Callable, Iterator
from secrets import token_hex
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from stillroom.kernel import new_id
from tests.telehealth.browsers import chromium, pages, seats, until
from tests.telehealth.crooked import CrookedTable, Said

pytestmark = pytest.mark.journey

Change = Callable[[int, int, Said], Said]


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    with pages() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture
def table() -> Iterator[CrookedTable]:
    made = CrookedTable(3)
    yield made
    made.close()


def sit(page: Page, table: CrookedTable, room: str, seat: int, **given: Any) -> None:
    """One takes a seat, as the pages of a visit do: words as soon as all who are there are proven."""
    ticket = f"1.{room}.{seat}.3.0.mark"
    said = {"line": table.address, "ticket": ticket, "gathering": True, **given}
    page.evaluate("given => family.join(given)", said)


def all_sit(group: list[Page], table: CrookedTable) -> None:
    room = new_id()
    for seat, page in enumerate(group):
        sit(page, table, room, seat)


def pairs(page: Page) -> list[str]:
    return list(page.evaluate("family.pairs()"))


def between(one: int, other: int, change: Callable[[Said], Said]) -> Change:
    """What the line makes of what these two say to each other."""

    def changed(seat: int, to: int, said: Said) -> Said:
        return change(said) if {seat, to} == {one, other} else said

    return changed


def other_print(said: Said) -> Said:
    """The description shows another certificate: the server's own."""
    if said.get("t") != "description":
        return said
    forged = "a=fingerprint:sha-256 " + ":".join(token_hex(1).upper() for _ in range(32))
    sdp = re.sub(r"a=fingerprint:sha-256 [0-9A-F:]+", forged, said["description"]["sdp"])
    return {**said, "description": {**said["description"], "sdp": sdp}}


def test_a_fingerprint_swapped_between_two_members_stops_their_pair_and_no_other(
    browser: Browser, served: str, table: CrookedTable
) -> None:
    table.change = between(1, 2, other_print)
    context = browser.new_context()
    ada, imani, joss = group = seats(context, f"{served}/family.html", 3)
    all_sit(group, table)
    told = [
        until(lambda p=page: p.evaluate("family.outcomes"), "the pair was not stopped")
        for page in (imani, joss)
    ]
    assert {told[0].get("2"), told[1].get("1")} == {"stopped fingerprint", "stopped other"}
    for page in (imani, joss):
        assert "stopped" in pairs(page)
    assert imani.evaluate("family.frames()").get("2") is None
    assert joss.evaluate("family.frames()").get("1") is None
    assert "stopped" not in pairs(ada), "the pairs with the clinician go on"
    for page in group:
        until(lambda p=page: p.evaluate("family.words()"), "no words")
        page.evaluate("family.same()")
    until(lambda: ada.evaluate("family.frames()"), "they do not go on",
          lambda seen: min(seen.get("1", 0), seen.get("2", 0)) > 3)  # fmt: skip
    assert imani.evaluate("family.frames()").get("2") is None
    context.close()


def test_who_was_not_let_in_is_met_by_nobody_whatever_ticket_she_holds(
    browser: Browser, served: str, table: CrookedTable
) -> None:
    """She was asked out, or never let in, and takes her seat on the line all the same."""
    context = browser.new_context()
    ada, imani, stranger = seats(context, f"{served}/family.html", 3)
    room = new_id()
    sit(ada, table, room, 0, allowed=[0, 1])
    sit(imani, table, room, 1, allowed=[0, 1])
    sit(stranger, table, room, 2)
    for page in (ada, imani):
        until(lambda p=page: p.evaluate("family.words()"), "no words")
    for page in (ada, imani):
        page.evaluate("family.same()")
    until(lambda: ada.evaluate("family.frames()"), "they are not open",
          lambda seen: seen.get("1", 0) > 3)  # fmt: skip
    assert pairs(ada) == ["verified", "absent"]
    assert stranger.evaluate("family.asked()") == 0
    assert stranger.evaluate("family.frames()") == {}
    for page in (ada, imani):  # let in at last: the two go on, and all compare once more
        page.evaluate("family.only([0, 1, 2])")
    for page in (ada, imani, stranger):
        until(lambda p=page: p.evaluate("family.words()"), "no words for three")
    words = [page.evaluate("family.words()") for page in (ada, imani, stranger)]
    assert words[0] == words[1] == words[2]
    assert pairs(ada)[0] == "verified"
    ada.evaluate("family.only([0, 1])")  # and out again
    until(lambda: pairs(ada), "she is still met", lambda are: are == ["verified", "absent"])
    context.close()
