"""A line that does what a hostile server would: it reads, changes, holds back, adds and invents.

`Crooked(mischief)` passes what each seat says through `mischief(line, seat, said)`, which gives what
is told to whom instead. It believes every ticket. `Road` is the way between two browsers as the
worst provider would have it: it forwards what they send, and can be cut.
"""

import json
import re
import select
import socket
import threading
from collections.abc import Callable
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

Said = dict[str, Any]
Mischief = Callable[["Crooked", int, Said], list[tuple[int, Said]]]


def honest(_: "Crooked", seat: int, said: Said) -> list[tuple[int, Said]]:
    """Pass everything on."""
    return [(1 - seat, said)]


class Crooked:
    """One room of two, and whatever else the test makes of it."""

    def __init__(self, mischief: Mischief = honest) -> None:
        self.mischief = mischief
        self.seats: dict[int, ServerConnection] = {}
        self.heard: list[tuple[int, Said]] = []
        self._turn = threading.RLock()
        self._server: Server = serve(self._connection, "127.0.0.1", 0, compression=None)
        self.address = f"ws://localhost:{self._server.socket.getsockname()[1]}/line"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _connection(self, socket: ServerConnection) -> None:
        seat = int(str(socket.recv()).split(".")[2])
        with self._turn:
            here = sorted(set(self.seats) - {seat})
            self.seats[seat] = socket
            socket.send(json.dumps({"seat": seat, "seats": 2, "here": here}))
            for other in here:
                self.seats[other].send(json.dumps({"came": seat}))
        try:
            for text in socket:
                said = json.loads(text)
                if "say" in said:
                    self._heard(seat, said["say"])
        except ConnectionClosed:
            pass
        with self._turn:
            if self.seats.get(seat) is socket:
                del self.seats[seat]

    def _heard(self, seat: int, said: Said) -> None:
        with self._turn:
            self.heard.append((seat, said))
            for to, say in self.mischief(self, seat, said):
                self.tell(to, {"from": 1 - to, "say": say})

    def tell(self, to: int, told: Said) -> None:
        """Tell a seat whatever it is, if somebody sits there."""
        try:
            if to in self.seats:
                self.seats[to].send(json.dumps(told))
        except ConnectionClosed:
            pass

    def close(self) -> None:
        """End it."""
        self._server.shutdown()


class CrookedTable(Crooked):
    """A room of several: `change(seat, to, said)` says what is told instead of what was said."""

    def __init__(self, seats: int) -> None:
        self.many = seats
        self.change: Callable[[int, int, Said], Said] = lambda seat, to, said: said
        super().__init__()

    def _connection(self, socket: ServerConnection) -> None:
        seat = int(str(socket.recv()).split(".")[2])
        with self._turn:
            here = sorted(set(self.seats) - {seat})
            self.seats[seat] = socket
            socket.send(json.dumps({"seat": seat, "seats": self.many, "here": here}))
            for other in here:
                self.tell(other, {"came": seat})
        try:
            for text in socket:
                said = json.loads(text)
                if "say" in said:
                    with self._turn:
                        told = self.change(seat, said["to"], said["say"])
                        self.tell(said["to"], {"from": seat, "say": told})
        except ConnectionClosed:
            pass
        with self._turn:
            if self.seats.get(seat) is socket:
                del self.seats[seat]


_CANDIDATE = re.compile(r"^(candidate:\S+ \d+ )(\w+)( \d+ )(\S+) (\d+)( typ host.*)$")


class Road:
    """Forwards what two browsers send each other by UDP, as a router that rewrites addresses.

    As a `mischief` it puts itself into every candidate. `cut()` kills the ways that there are for
    good; ways that are asked for later are open.
    """

    def __init__(self) -> None:
        self._ways: dict[socket.socket, tuple[socket.socket | None, tuple[str, int]]] = {}
        self._back: dict[tuple[socket.socket, tuple[str, int]], socket.socket] = {}
        self._dead: set[socket.socket] = set()
        self._open = True
        self.passed: list[bytes] = []
        self._runs = threading.Thread(target=self._run, daemon=True)
        self._runs.start()

    def __call__(self, line: Crooked, seat: int, said: Said) -> list[tuple[int, Said]]:
        """What is told instead of what was said."""
        if said.get("t") == "candidate":
            told = _CANDIDATE.match(said["candidate"]["candidate"])
            if told is None or told[2].lower() != "udp" or ":" in told[4]:
                return []
            port = self._way((told[4], int(told[5])))
            written = f"{told[1]}udp{told[3]}127.0.0.1 {port}{told[6]}"
            said = {**said, "candidate": {**said["candidate"], "candidate": written}}
        elif said.get("t") == "description":
            sdp = re.sub(r"a=(candidate|end-of-candidates).*\r\n", "", said["description"]["sdp"])
            said = {**said, "description": {**said["description"], "sdp": sdp}}
        return honest(line, seat, said)

    def _way(self, to: tuple[str, int]) -> int:
        asked = _udp()
        self._ways[asked] = (None, to)
        return int(asked.getsockname()[1])

    def cut(self) -> None:
        """Nothing passes any more on the ways that there are."""
        self._dead |= set(self._ways)

    def _run(self) -> None:
        while self._open:
            for ready in select.select(list(self._ways), [], [], 0.02)[0]:
                try:
                    self._pass(ready, *ready.recvfrom(65536))
                except OSError:
                    continue

    def _pass(self, ready: socket.socket, packet: bytes, came: tuple[str, int]) -> None:
        if ready in self._dead:
            return
        self.passed.append(packet)
        front, to = self._ways[ready]
        if front is not None:  # an answer: out by the door at which the question came in
            front.sendto(packet, to)
            return
        key = (ready, came)
        if key not in self._back:
            self._back[key] = _udp()
            self._ways[self._back[key]] = (ready, came)
        self._back[key].sendto(packet, to)

    def close(self) -> None:
        """End it."""
        self._open = False
        self._runs.join()
        for one in self._ways:
            one.close()


def _udp() -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind(("127.0.0.1", 0))
    made.setblocking(False)
    return made
