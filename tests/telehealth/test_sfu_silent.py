"""A server for many that hangs: it takes every connection and never answers (P2's pages go on)."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from stillroom.telehealth import sfu_patience
from stillroom.telehealth.relays import Relays, Sfu
from stillroom.telehealth.sfu_patience import REST, Patience, Rest, SfuSilent, SfuUnreachable
from stillroom.telehealth.sfu_rooms import Found, look
from tests.cast import Cast
from tests.telehealth.relays import ADMIN_KEY, HOST, SECRET, free_port, janus, silent
from tests.telehealth.test_group_carried import (
    at,
    begin,
    grow,
    read,
    ticket,
    with_server,
)
from tests.web import Visitor

NOW = datetime.now(UTC)
ROOM = "a-room-of-these-tests"
A_WHILE = 3 * sfu_patience.PATIENCE
"""Seconds: a page that waited longer would have waited for more than one conversation's limit."""


def hanging(rooms: str) -> Relays:
    return Relays(sfu=Sfu("ws://127.0.0.1:9/", rooms, SECRET, ADMIN_KEY))


def timed(work) -> float:
    began = time.monotonic()
    with pytest.raises(SfuSilent):
        work()
    return time.monotonic() - began


@pytest.mark.parametrize(
    ("seconds", "may"), [(-3600, True), (-1, True), (0, False), (4, False), (5, True), (7200, True)]
)
def test_after_a_silence_nobody_asks_for_some_seconds_whatever_the_clock_does(seconds, may):
    rest = Rest(NOW)
    then = NOW + timedelta(seconds=seconds)
    assert rest.turn(then)[0] is may
    assert rest.holds(then) is not may


def test_when_the_rest_is_over_one_asks_and_the_others_are_told_no():
    rest = Rest(NOW)
    later = NOW + REST
    may, rest = rest.turn(later)
    assert may
    assert not rest.turn(later)[0], "the second page does not wait beside the first"
    assert Rest().turn(later) == (True, Rest())


def test_one_page_waits_and_the_next_ones_do_not():
    with silent() as rooms:
        relays = hanging(rooms)

        def give(moment):
            return lambda: relays.ticket(ROOM, seat=0, at=moment)

        assert sfu_patience.PATIENCE <= timed(give(NOW)) < A_WHILE
        with pytest.raises(SfuSilent):
            relays.patience.ask(lambda: pytest.fail("it was asked all the same"), NOW)
        relays.forget(ROOM, at=NOW)  # the end of a visit does not wait either, and raises nothing
        assert timed(give(NOW + REST)) < A_WHILE, "one looks whether it is there again"


def test_drops_of_an_answer_hold_nobody_longer():
    """The limit is of the whole conversation: a byte every moment would renew a socket's own."""
    stop = Event()
    patience = Patience()

    def drops() -> None:
        while not stop.wait(0.05):
            pass

    assert timed(lambda: patience.ask(drops, NOW)) < A_WHILE
    stop.set()


def test_a_server_that_refuses_is_asked_each_time(tmp_path):
    """It costs nothing, and is back the moment it is back."""
    with janus(tmp_path / "janus") as sfu:
        wrong = Relays(sfu=replace(sfu, secret=ADMIN_KEY))
        right = Relays(sfu=sfu, patience=wrong.patience)
        with pytest.raises(SfuUnreachable):
            wrong.ticket(ROOM, seat=0, at=NOW)
        assert right.ticket(ROOM, seat=0, at=NOW)
        assert right.trouble(at=NOW) is None
    with pytest.raises(SfuUnreachable):
        right.ticket(ROOM, seat=0, at=NOW)
    assert not right.patience.rests(NOW), "nobody there is no silence"


def test_whoever_looks_is_told_that_it_hangs():
    with silent() as rooms:
        assert look(rooms, SECRET, at=NOW) is Found.SILENT
    assert look(f"http://{HOST}:{free_port()}/janus", SECRET, at=NOW) is Found.ABSENT


# In the pages


@pytest.fixture
def group(cast: Cast, group: str) -> str:
    """Of five, so that only a server for many can carry them."""
    grow(cast, group, 5)
    return group


@pytest.mark.django_db
def test_the_page_says_so_before_the_visit_and_gives_the_seat_all_the_same(
    cast: Cast, group: str
) -> None:
    with silent() as rooms:
        with_server(cast, hanging(rooms).sfu)
        ada = Visitor(cast, "ada")
        room = begin(cast, group)
        began = time.monotonic()
        page = read(ada, at("call_together", room))
        assert "The server that carries calls of many takes the call and says nothing" in page
        assert "tell whoever hosts" in page
        given = ticket(ada, "call_together_ticket", room)
        assert given["carried"] == {"ticket": None}
        assert given["ticket"], "the devices prove themselves meanwhile"
        ended = ada.post(at("call_together_end", room), {"unused": "yes"})
        assert ended.status_code == 302
        assert time.monotonic() - began < A_WHILE, "three pages, and one of them waited"
    with_server(cast, None)


def test_four_pages_at_once_wait_once_each_at_most_and_then_never() -> None:
    """Four threads serve everybody: after the first silence they are free."""
    with silent() as rooms, ThreadPoolExecutor(4) as pages:
        relays = hanging(rooms)
        give = [pages.submit(timed, lambda: relays.ticket(ROOM, seat=0, at=NOW)) for _ in "abcd"]
        assert max(one.result() for one in give) < A_WHILE
        again = [
            pages.submit(timed, lambda: relays.ticket(ROOM, seat=0, at=NOW)) for _ in range(40)
        ]
        assert sum(one.result() for one in again) < A_WHILE
