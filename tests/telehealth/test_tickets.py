"""A ticket lets one seat into one room for two minutes, and nobody makes one but the server."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.kernel import Misuse
from stillroom.telehealth import MOST_SEATS, Line, NoLine, TicketRefused, Tickets, public_address
from stillroom.telehealth.tickets import LASTS
from stillroom.vault import SharedKey

AT = datetime(2026, 11, 29, 15, 0, tzinfo=UTC)
ROOM = "k7q2mzt4xwe5ryh3bnc6vds2pa"
TICKETS = Tickets(SharedKey.create().mark)


def test_a_ticket_says_what_was_issued():
    ticket = TICKETS.read(TICKETS.issue(ROOM, seat=1, seats=2, at=AT), at=AT)
    assert (ticket.room, ticket.seat, ticket.seats) == (ROOM, 1, 2)


@pytest.mark.parametrize("late", [LASTS, LASTS + timedelta(hours=9)])
def test_it_lets_in_for_two_minutes_and_no_longer(late):
    text = TICKETS.issue(ROOM, seat=0, seats=2, at=AT)
    assert TICKETS.read(text, at=AT + LASTS - timedelta(seconds=1))
    with pytest.raises(TicketRefused):
        TICKETS.read(text, at=AT + late)


def test_another_start_of_the_server_knows_none_of_the_older_tickets():
    text = TICKETS.issue(ROOM, seat=0, seats=2, at=AT)
    with pytest.raises(TicketRefused):
        Tickets(SharedKey.create().mark).read(text, at=AT)


@settings(max_examples=150)
@given(st.data())
def test_no_letter_of_it_can_be_changed(data):
    text = TICKETS.issue(ROOM, seat=0, seats=2, at=AT)
    where = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters(min_codepoint=33, max_codepoint=126))
    spoilt = text[:where] + letter + text[where + 1 :]
    if spoilt == text:
        return
    with pytest.raises(TicketRefused):
        TICKETS.read(spoilt, at=AT)


@pytest.mark.parametrize("text", ["", "1", "1." * 200, "ü" * 80, "1.a.0.2.99999999999." + "A" * 43])
def test_what_is_no_ticket_is_refused_like_a_wrong_one(text):
    with pytest.raises(TicketRefused):
        TICKETS.read(text, at=AT)


@pytest.mark.parametrize(
    ("room", "seat", "seats"),
    [("short", 0, 2), (ROOM, 2, 2), (ROOM, -1, 2), (ROOM, 0, MOST_SEATS + 1), ("a b" * 9, 0, 2)],
)
def test_what_is_no_seat_is_not_issued(room, seat, seats):
    with pytest.raises(Misuse):
        TICKETS.issue(room, seat=seat, seats=seats, at=AT)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost:8400", "ws://localhost:8401/line"),
        ("127.0.0.1:8400", "ws://127.0.0.1:8401/line"),
        ("[::1]:8400", "ws://[::1]:8401/line"),
        ("linden.example", "ws://linden.example:8401/line"),
    ],
)
def test_without_a_proxy_the_line_is_beside_the_pages(host, expected):
    assert Line(TICKETS, 8401).address(host) == expected


def test_behind_a_proxy_it_is_where_the_host_says():
    public = public_address("wss://records.example.org/line")
    assert Line(TICKETS, 8401, public).address("records.example.org") == public
    assert public_address("") == ""


@pytest.mark.parametrize(
    "given_",
    [
        "https://records.example.org/line",
        "wss://a/other",
        "wss://a;script-src/line",
        "wss://* /line",
    ],
)
def test_an_address_that_is_none_is_said_so(given_):
    with pytest.raises(NoLine):
        public_address(given_)
