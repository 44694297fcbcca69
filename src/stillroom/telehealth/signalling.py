"""The line's shell: WebSockets in front of the rooms (an ASGI application, ASGI 3.0).

It holds rooms in memory and nothing else: no database, no log, no settings of Django's, no key but
the one that marks tickets. A stranger has five seconds to show a ticket. What goes on inside is
decided in `rules_signalling`; here are time and sockets.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from stillroom.telehealth.line import PATH
from stillroom.telehealth.rules_signalling import (
    NOT_UNDERSTOOD,
    REFUSED,
    REPLACED,
    TOO_FAST,
    Close,
    Done,
    Hall,
    Pace,
    Send,
    enter,
    hear,
    leave,
)
from stillroom.telehealth.tickets import MOST_BYTES, TicketRefused, Tickets

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Give = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PATIENCE = 5.0
"""Seconds in which a stranger shows a ticket."""
MOST_STRANGERS = 256
"""Connections at once that have not shown one."""


class Signalling:
    """The application. One a process; all it knows is in `_hall`."""

    def __init__(self, tickets: Tickets) -> None:
        self._tickets = tickets
        self._hall = Hall()
        self._strangers = 0
        self._names = count()
        self._gives: dict[str, Give] = {}
        self._listening: dict[str, asyncio.Task[Any]] = {}

    async def __call__(self, scope: Scope, receive: Receive, give: Give) -> None:
        """One connection, from its first word to its last."""
        if scope["type"] == "http":
            await _plain(give)
        elif scope["type"] == "websocket":
            await self._connection(scope["path"], receive, give)

    async def _connection(self, path: str, receive: Receive, give: Give) -> None:
        if (await receive())["type"] != "websocket.connect":
            return
        if path != PATH or self._strangers >= MOST_STRANGERS:
            await give({"type": "websocket.close", "code": 1008})
            return
        await give({"type": "websocket.accept"})
        name = f"c{next(self._names)}"
        self._gives[name] = give
        try:
            if await self._admitted(name, receive):
                await self._listen(name, receive)
        finally:
            self._gives.pop(name, None)
            self._hall, done = leave(self._hall, name)
            await self._do(done)

    async def _admitted(self, name: str, receive: Receive) -> bool:
        """Whether a stranger's first word was a ticket that opens a room."""
        self._strangers += 1
        try:
            first = await asyncio.wait_for(receive(), PATIENCE)
        except TimeoutError:
            await self._do((Close(name, *REFUSED),))
            return False
        finally:
            self._strangers -= 1
        text = first.get("text") or ""
        try:
            ticket = self._tickets.read(text[: MOST_BYTES + 1], at=datetime.now(UTC))
        except TicketRefused:
            if first["type"] == "websocket.receive":
                await self._do((Close(name, *REFUSED),))
            return False
        self._hall, done = enter(self._hall, name, ticket)
        await self._do(done)
        return name in self._hall.places

    async def _listen(self, name: str, receive: Receive) -> None:
        pace: Pace | None = Pace(since=time.monotonic())
        while True:
            message = await self._next(name, receive)
            if message["type"] != "websocket.receive" or name not in self._hall.places:
                return
            pace = pace.take(time.monotonic()) if pace else None
            text = message.get("text")
            if pace is None or text is None:
                await self._do((Close(name, *(TOO_FAST if pace is None else NOT_UNDERSTOOD)),))
                return
            done = hear(self._hall, name, text)
            await self._do(done)
            if any(isinstance(one, Close) for one in done):
                return

    async def _next(self, name: str, receive: Receive) -> MutableMapping[str, Any]:
        """The next message; an end, when another connection took this seat meanwhile.

        A close that is given while something still waits to receive is held back by the server, so
        whoever replaces a connection ends its waiting first.
        """
        waiting: asyncio.Task[MutableMapping[str, Any]] = asyncio.ensure_future(receive())
        self._listening[name] = waiting
        try:
            return await waiting
        except asyncio.CancelledError:
            if name in self._hall.places or not waiting.cancelled():
                raise
            await self._gives[name]({"type": "websocket.close", **_as_close(*REPLACED)})
            return {"type": "websocket.disconnect"}
        finally:
            self._listening.pop(name, None)

    async def _do(self, done: Done) -> None:
        """Send and close as was decided. A connection that has just ended is not an error."""
        for one in done:
            give = self._gives.get(one.to)
            if give is None:
                continue
            try:
                if isinstance(one, Send):
                    await give({"type": "websocket.send", "text": one.text})
                elif one.to in self._listening:
                    self._listening[one.to].cancel()
                else:
                    await give({"type": "websocket.close", **_as_close(one.code, one.reason)})
            except (RuntimeError, OSError):
                self._gives.pop(one.to, None)


def _as_close(code: int, reason: str) -> dict[str, Any]:
    return {"code": code, "reason": reason}


async def _plain(give: Give) -> None:
    """Somebody who came without a WebSocket finds nothing here."""
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
    await give({"type": "http.response.start", "status": 404, "headers": headers})
    await give({"type": "http.response.body", "body": b"Nothing here.\n"})


__all__ = ["PATIENCE", "Signalling"]
