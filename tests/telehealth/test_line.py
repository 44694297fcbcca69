"""The line itself, over real sockets: strangers stay outside, and a full mouth is shut."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from stillroom.kernel import new_id
from stillroom.telehealth import rules_signalling as rules


@asynccontextmanager
async def sitting(line, room: str, seat: int, seats: int = 2) -> AsyncIterator[ClientConnection]:
    """A connection that has taken its seat; its first answer is read."""
    async with connect(line.address, compression=None) as socket:
        await socket.send(line.ticket(room, seat, seats))
        told = json.loads(await socket.recv())
        assert told["seat"] == seat
        yield socket


async def ends(socket: ClientConnection) -> int:
    """The code with which the line closes."""
    try:
        while True:
            await asyncio.wait_for(socket.recv(), 10)
    except ConnectionClosed as error:
        assert error.rcvd is not None
        return error.rcvd.code


async def told(socket: ClientConnection) -> dict[str, object]:
    """The next thing that is heard."""
    found = json.loads(await asyncio.wait_for(socket.recv(), 10))
    assert isinstance(found, dict)
    return found


def test_two_in_a_room_hear_each_other_and_a_third_room_hears_nothing(line):
    async def story() -> None:
        room = new_id()
        async with sitting(line, room, 0) as ada, sitting(line, new_id(), 1) as bea:
            async with sitting(line, room, 1) as dov:
                assert await told(ada) == {"came": 1}
                await dov.send(json.dumps({"to": 0, "say": {"sdp": "x"}}))
                assert await told(ada) == {"from": 1, "say": {"sdp": "x"}}
            assert await told(ada) == {"went": 1}
            await bea.send('{"ping": 1}')
            assert await told(bea) == {"pong": True}, "the first thing that was heard there"

    asyncio.run(story())


def test_a_second_connection_of_a_seat_replaces_the_first(line):
    async def story() -> None:
        room = new_id()
        async with sitting(line, room, 0) as first, sitting(line, room, 0) as second:
            assert await ends(first) == rules.REPLACED[0]
            await second.send('{"ping": 1}')
            assert await told(second) == {"pong": True}

    asyncio.run(story())


@pytest.mark.parametrize("said", ["", "let me in", "1." + "a" * 400])
def test_a_stranger_is_shown_out_whatever_is_said(line, said):
    async def story() -> None:
        async with connect(line.address) as socket:
            await socket.send(said)
            assert await ends(socket) == rules.REFUSED[0]

    asyncio.run(story())


def test_too_much_at_once_is_stopped_and_the_line_goes_on(line):
    async def story() -> None:
        async with sitting(line, new_id(), 0) as flood:
            for _ in range(int(rules.BURST) * 3):
                try:
                    await flood.send('{"to": 1, "say": 1}')
                except ConnectionClosed:
                    break
            assert await ends(flood) == rules.TOO_FAST[0]
        async with sitting(line, new_id(), 0) as bytes_:
            await bytes_.send(b"\x00\x01")
            assert await ends(bytes_) == rules.NOT_UNDERSTOOD[0]
        async with sitting(line, new_id(), 0) as long:
            await long.send("x" * (rules.MOST_LETTERS + 1))
            assert await ends(long) == rules.TOO_LONG[0]

    asyncio.run(story())


def test_elsewhere_there_is_nothing(line):
    async def story() -> None:
        with pytest.raises(InvalidStatus):
            async with connect(line.address.replace("/line", "/other")):
                raise AssertionError("let in")

    asyncio.run(story())
    with pytest.raises(HTTPError) as refused:
        urlopen(line.address.replace("ws:", "http:"), timeout=10)
    assert refused.value.code == 404
    refused.value.close()
