"""The rooms of the line, as frozen values. Pure: connections are names, texts are opaque.

Rules: a connection is first a stranger and says one thing, its ticket. Then it sits in one seat of
one room and hears nothing from any other room, ever. A second connection of a seat replaces the
first, which is told so. What a seat says to another is passed on word by word with the sayer's
seat, and is not looked into. A room is forgotten when its last seat is empty.

    hall, done = enter(Hall(), "c1", ticket)      # done: what is to be sent, and to whom
    hall, done = hear(hall, "c1", '{"to": 1, "say": …}')
    hall, done = leave(hall, "c1")

What is sent: `{"seat", "seats", "here": […]}` to whoever enters, `{"came": seat}` and
`{"went": seat}` to the others, `{"from": seat, "say": …}`. What is heard: `{"to": seat, "say": …}`
and `{"ping": …}`, which is answered. Anything else closes the connection with a reason.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

MOST_ROOMS = 1000
MOST_SEATS = 24
MOST_LETTERS = 48_000
"""Letters of one message: a description of a call with all its candidates has some 10,000."""
BURST, PER_SECOND = 480.0, 80.0
"""Messages at once, and for each second after that. Candidates come a dozen at a time, and in a
group the last to come has as many to say to each of 23."""


@dataclass(frozen=True)
class Ticket:
    """A seat in a room. `seat` counts from 0; `expires` is in seconds since 1970, UTC."""

    room: str
    seat: int
    seats: int
    expires: int

    @property
    def text(self) -> str:
        """What the server marks."""
        return f"1.{self.room}.{self.seat}.{self.seats}.{self.expires}"


@dataclass(frozen=True)
class Send:
    """A text to a connection."""

    to: str
    text: str


@dataclass(frozen=True)
class Close:
    """An end to a connection, with a code of RFC 6455 (4000–4999 are ours) and a reason."""

    to: str
    code: int
    reason: str


Done = tuple[Send | Close, ...]

REPLACED = (4001, "this seat was taken again from elsewhere")
NOT_UNDERSTOOD = (4002, "that was not understood")
TOO_LONG = (4003, "that was too long")
TOO_FAST = (4004, "that was too much at once")
FULL = (4005, "all rooms are taken just now")
REFUSED = (4006, "this ticket does not open the room")
OTHER_SIZE = (4007, "this room has another number of seats")


@dataclass(frozen=True)
class Room:
    """Who sits where: seat → connection."""

    seats: int
    taken: Mapping[int, str]


@dataclass(frozen=True)
class Hall:
    """All rooms, and where each connection sits."""

    rooms: Mapping[str, Room] = field(default_factory=lambda: MappingProxyType({}))
    places: Mapping[str, tuple[str, int]] = field(default_factory=lambda: MappingProxyType({}))


def enter(hall: Hall, connection: str, ticket: Ticket) -> tuple[Hall, Done]:
    """A proven ticket takes its seat."""
    room = hall.rooms.get(ticket.room) or Room(ticket.seats, MappingProxyType({}))
    if ticket.room not in hall.rooms and len(hall.rooms) >= MOST_ROOMS:
        return hall, (Close(connection, *FULL),)
    if room.seats != ticket.seats:
        return hall, (Close(connection, *OTHER_SIZE),)
    done: list[Send | Close] = []
    places = dict(hall.places)
    before = room.taken.get(ticket.seat)
    if before is not None:
        places.pop(before, None)
        done.append(Close(before, *REPLACED))
    places[connection] = (ticket.room, ticket.seat)
    others = {seat: who for seat, who in room.taken.items() if seat != ticket.seat}
    told = {"seat": ticket.seat, "seats": room.seats, "here": sorted(others)}
    done.append(Send(connection, json.dumps(told)))
    done += [Send(who, json.dumps({"came": ticket.seat})) for _, who in sorted(others.items())]
    taken = MappingProxyType({**others, ticket.seat: connection})
    rooms = MappingProxyType({**hall.rooms, ticket.room: replace(room, taken=taken)})
    return Hall(rooms, MappingProxyType(places)), tuple(done)


def hear(hall: Hall, connection: str, text: str) -> Done:
    """What a seated connection said. It changes nobody's seat."""
    if connection not in hall.places:
        return (Close(connection, *REFUSED),)
    if len(text) > MOST_LETTERS:
        return (Close(connection, *TOO_LONG),)
    said = _read(text)
    if said is None:
        return (Close(connection, *NOT_UNDERSTOOD),)
    if "ping" in said:
        return (Send(connection, '{"pong": true}'),)
    room, seat = hall.places[connection]
    to = said.get("to")
    if type(to) is not int or "say" not in said:
        return (Close(connection, *NOT_UNDERSTOOD),)
    reached = hall.rooms[room].taken.get(to)
    if reached is None or to == seat:
        return ()  # whoever it was for has just gone; that is no fault of the sayer's
    return (Send(reached, json.dumps({"from": seat, "say": said["say"]})),)


def leave(hall: Hall, connection: str) -> tuple[Hall, Done]:
    """A connection has ended, whoever ended it."""
    if connection not in hall.places:
        return hall, ()
    places = {who: place for who, place in hall.places.items() if who != connection}
    name, seat = hall.places[connection]
    room = hall.rooms[name]
    taken = {which: who for which, who in room.taken.items() if which != seat}
    rooms = {which: one for which, one in hall.rooms.items() if which != name}
    if taken:
        rooms[name] = replace(room, taken=MappingProxyType(taken))
    done = tuple(Send(who, json.dumps({"went": seat})) for _, who in sorted(taken.items()))
    return Hall(MappingProxyType(rooms), MappingProxyType(places)), done


def _read(text: str) -> dict[str, object] | None:
    """A JSON object, or nothing."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


@dataclass(frozen=True)
class Pace:
    """How much a connection may still say: a bucket that fills again with time (seconds)."""

    left: float = BURST
    since: float = 0.0

    def take(self, now: float) -> "Pace | None":
        """One message at `now`; nothing when the bucket is empty."""
        left = min(BURST, self.left + max(0.0, now - self.since) * PER_SECOND)
        return Pace(left - 1.0, now) if left >= 1.0 else None
