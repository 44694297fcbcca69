"""Calls: how soon two who have met see each other, and how long the line takes with many rooms.

python -m tests.bench.section calls
"""

import asyncio
import json
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

from websockets.asyncio.client import ClientConnection, connect

from stillroom.kernel import new_id
from tests.bench.rows import QUICK, Row, smaller
from tests.playing import launch
from tests.telehealth.conftest import RunningLine, begin_line
from tests.telehealth.table import FAKE, Table, desk

CALLS = 3 if QUICK else 11
ROOMS = 200
SAYINGS = 5 if QUICK else 20
LIMIT_MS = 500.0
LINE_MS = 50.0

PLAIN = """async () => {
  // A call like ours without its proof: the same page and line, offer and answer, camera at once.
  const given = Object.fromEntries(new URLSearchParams(location.search));
  const [seat, began] = [Number(given.seat), performance.now()];
  const asked = { audio: true, video: { width: 320, height: 240 } };
  const answer = await fetch(`/ticket?room=${given.room}&seat=${seat}`, { method: "POST" });
  const { ticket } = await answer.json();
  const [end, line] = [new RTCPeerConnection(), new WebSocket(given.line)];
  const say = what => line.send(JSON.stringify({ to: 1 - seat, say: what }));
  end.onicecandidate = e => e.candidate && say({ candidate: e.candidate });
  end.ontrack = ({ track }) => {
    if (track.kind !== "video") return;
    const there = document.querySelector("#camera");
    there.srcObject = new MediaStream([track]);
    there.requestVideoFrameCallback(() => { window.first = performance.now() - began; });
  };
  const give = async () => {
    const stream = await navigator.mediaDevices.getUserMedia(asked);
    for (const track of stream.getTracks()) end.addTrack(track, stream);
  };
  const hear = async told => {
    if (seat === 0 && (told.came === 1 || told.here?.includes(1))) {
      await give();
      await end.setLocalDescription();
      say({ description: end.localDescription });
    } else if (told.say?.description) {
      await end.setRemoteDescription(told.say.description);
      if (seat === 0) return;
      await give();
      await end.setLocalDescription();
      say({ description: end.localDescription });
    } else if (told.say?.candidate) await end.addIceCandidate(told.say.candidate);
  };
  let queue = Promise.resolve();
  line.onmessage = ({ data }) => { queue = queue.then(() => hear(JSON.parse(data))); };
  line.onopen = () => line.send(ticket);
}"""


def rows() -> list[Row]:
    """The rows of this section."""
    with _line() as line:
        talked = _signalling(line)  # first: a browser brings an event loop that stays
        return [*_joining(line), talked]


@contextmanager
def _line() -> Iterator[RunningLine]:
    running = begin_line()
    try:
        yield running
    finally:
        running.stop()


def _joining(line: RunningLine) -> list[Row]:
    """Calls of two who know each other, and plain ones, in turns."""
    ours, plain = [], []
    browser = launch(*FAKE)
    with desk(line.ticket) as here:
        table = Table(browser, here, line.address)
        table.meet()
        for _ in range(CALLS):
            ours.append(_met(table, "begin()", owner="me", pair="us"))
            plain.append(_met(table, PLAIN))
        table.close()
    browser.close()
    joined, beside = statistics.median(ours), statistics.median(plain)
    what = "join to first decoded frame, of two who have met, verification included"
    return [
        smaller(what, "ms", joined, LIMIT_MS, "the limit", "≤ 1"),
        smaller(what, "ms", joined, beside, "a call on the same line without any proof", "≤ 2"),
    ]


def _met(table: Table, script: str, **more: str) -> float:
    """Milliseconds until whoever came last sees the other, from her press of *join*."""
    room = new_id()
    ada, dov = table.sit(0, room, **more), table.sit(1, room, **more)
    for side in (ada, dov):
        side.page.evaluate(script)
    took = float(dov.until("window.first"))
    ada.until("window.first")
    table.clear()
    return took


def _signalling(line: RunningLine) -> Row:
    spent = sorted(asyncio.run(_talking(line)))
    worst = spent[int(len(spent) * 0.99)] * 1000
    what = f"the line: {ROOMS} rooms at once, from one mouth to the other ear, the slowest in a hundred"
    return smaller(what, "ms", worst, LINE_MS, "the limit", "≤ 1")


async def _talking(line: RunningLine) -> list[float]:
    """Seconds from saying to hearing, of all that was said in all rooms.

    Each room says something four times a second, which is what candidates come at; a call that is
    under way says nothing.
    """
    rooms = [await _two(line) for _ in range(ROOMS)]
    spent: list[float] = []

    async def room(nth: int, ada: ClientConnection, dov: ClientConnection) -> None:
        say = json.dumps({"to": 1, "say": {"t": "candidate", "candidate": "x" * 200}})
        begins = time.perf_counter() + nth / ROOMS / 4
        for turn in range(SAYINGS):
            await asyncio.sleep(max(0.0, begins + turn / 4 - time.perf_counter()))
            begun = time.perf_counter()
            await ada.send(say)
            await dov.recv()
            spent.append(time.perf_counter() - begun)

    await asyncio.gather(*(room(nth, *two) for nth, two in enumerate(rooms)))
    await asyncio.gather(*(one.close() for two in rooms for one in two))
    return spent


async def _two(line: RunningLine) -> tuple[ClientConnection, ClientConnection]:
    room = new_id()
    sockets = []
    for seat in (0, 1):
        socket = await connect(line.address, compression=None)
        await socket.send(line.ticket(room, seat))
        await socket.recv()
        sockets.append(socket)
    await sockets[0].recv()  # the other has come
    return sockets[0], sockets[1]
