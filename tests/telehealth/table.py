"""Two real pages at one table: a page of these tests with the practice's own script on it.

The page is as bare as can be: it shows what the call shows, attaches what arrives, and keeps what it
was told where a test can look. `ask` stands for the page's server: it issues tickets, and keeps the
outcomes that are reported.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

from playwright.sync_api import Browser, BrowserContext, Page

from stillroom.kernel import new_id

SCRIPT = Path(__file__).parents[2] / "src/stillroom/desk/static/desk/built/call.js"
FAKE = (
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--auto-select-desktop-capture-source=Entire screen",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
)
PAGE = b"""<!doctype html><meta charset=utf-8><title>Call</title>
<audio autoplay></audio><video id=camera muted autoplay></video><video id=screen muted autoplay></video>
<script type=module>
import { startCall } from "/call.js";
const given = Object.fromEntries(new URLSearchParams(location.search));
const ask = async () => {
  const answer = await fetch(`/ticket?room=${given.room}&seat=${given.seat}`, { method: "POST" });
  return answer.ok ? answer.json() : null;
};
Object.assign(window, { told: [], troubles: [], outcomes: [], chats: [], theirs: null, asked: 0, seen: { camera: 0, screen: 0 } });
window.begin = async () => {
  const began = performance.now();
  const { ticket } = await ask();
  const call = window.call = startCall({
    line: given.line, ticket, iceServers: [], fresh: ask,
    owner: given.owner ?? "", pair: given.pair ?? "", report: "/report?seat=" + given.seat,
    media: () => {
      window.asked += 1;
      if (given.refuse) throw new DOMException("", given.refuse);
      return navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 240 } });
    },
  });
  call.on("stage", shown => window.told.push(shown));
  call.on("outcome", one => window.outcomes.push(one));
  call.on("trouble", one => window.troubles.push(one));
  call.on("chat", one => window.chats.push(one));
  call.on("theirs", one => { window.theirs = one; });
  call.on("track", ({ place, track }) => {
    const there = document.querySelector(place === "sound" ? "audio" : "#" + place);
    there.srcObject = new MediaStream([track]);
    if (place === "sound") return;
    // A frame that was sent has a time of its sender; the black one at an end has none.
    const count = (_, frame) => {
      if (frame.rtpTimestamp !== undefined && seen[place]++ === 0 && place === "camera") {
        window.first = performance.now() - began;
      }
      there.requestVideoFrameCallback(count);
    };
    there.requestVideoFrameCallback(count);
  });
};
window.ready = true;
</script>"""


@dataclass
class Desk:
    """The page's server: where it is, and what was reported to it."""

    address: str
    reports: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@contextmanager
def desk(ticket: Callable[[str, int], str]) -> Iterator[Desk]:
    """Serve the page; `ticket(room, seat)` issues."""
    made = Desk("")

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_script = self.path == "/call.js"
            kind = "text/javascript" if is_script else "text/html"
            self._answer(SCRIPT.read_bytes() if is_script else PAGE, kind)

        def do_POST(self) -> None:
            asked = urlparse(self.path)
            words = {name: values[0] for name, values in parse_qs(asked.query).items()}
            said = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if asked.path == "/report":
                made.reports.append((words["seat"], json.loads(said)))
                self._answer(b"{}", "application/json")
            else:
                issued = {"ticket": ticket(words["room"], int(words["seat"]))}
                self._answer(json.dumps(issued).encode(), "application/json")

        def _answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *said: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.address = f"http://localhost:{server.server_port}"
    yield made
    server.shutdown()
    server.server_close()


@dataclass
class Side:
    """One of the two: a page in a browser's profile of its own."""

    page: Page

    def begin(self) -> None:
        """Enter."""
        self.page.evaluate("begin()")

    def until(self, what: str, *, within: float = 60) -> Any:
        """Wait until an expression of the page is true; gives it."""
        return self.page.wait_for_function(what, timeout=within * 1000).json_value()

    def stage(self, name: str, *, within: float = 60) -> dict[str, Any]:
        """Wait for a stage of the call; gives what is shown then."""
        told = f"window.call?.shown.stage === '{name}' && window.call.shown"
        return dict(self.until(told, within=within))

    def sees(self, place: str = "camera", *, more: int = 3) -> None:
        """Wait until so many more frames of the other's camera or screen were decoded here."""
        now = self.page.evaluate(f"seen.{place}")
        self.until(f"seen.{place} >= {now + more}")

    def decodes(self, *, more: int = 3) -> None:
        """Wait until so many more frames came off the wire and were decoded, shown or not."""
        count = """(async () => {
          let decoded = 0;
          (await call.media.hooks.stats()).forEach(one => { decoded += one.framesDecoded ?? 0; });
          return decoded;
        })()"""
        now = self.page.evaluate(count)
        self.until(f"{count}.then(decoded => decoded >= {now + more})")

    def frames(self) -> int:
        """Frames of the other's camera decoded so far."""
        return int(self.page.evaluate("seen.camera"))

    def words(self) -> list[str]:
        """The four words that are to be compared."""
        shown = self.until("window.call?.shown.words && window.call.shown")
        return list(shown["words"]["en"])

    def outcome(self) -> dict[str, str]:
        """The last that the record was told."""
        return dict(self.until("window.outcomes.at(-1)"))

    def nothing_left(self) -> bool:
        """Whether no camera was ever asked for, nothing attached and no frame decoded."""
        return self.page.evaluate("window.asked") == 0 and self.frames() == 0


class Table:
    """Two profiles of one browser: what each keeps, it keeps from call to call."""

    def __init__(self, browser: Browser, desk: Desk, line: str) -> None:
        self.desk, self.line = desk, line
        self.profiles: tuple[BrowserContext, BrowserContext] = (
            browser.new_context(),
            browser.new_context(),
        )
        self.pages: list[Page] = []

    def sit(self, seat: int, room: str, **more: str) -> Side:
        """A page at a seat, not yet begun. `owner` and `pair` make its key stay."""
        page = self.profiles[seat].new_page()
        page.on("pageerror", lambda error: print("page error", error))
        words = {"seat": str(seat), "room": room, "line": self.line, **more}
        query = "&".join(f"{name}={value}" for name, value in words.items())
        page.goto(f"{self.desk.address}/?{query}")
        page.wait_for_function("window.ready")
        self.pages.append(page)
        return Side(page)

    def two(self, **more: str) -> tuple[Side, Side]:
        """Both at a fresh room, begun."""
        room = new_id()
        ada, dov = self.sit(0, room, **more), self.sit(1, room, **more)
        ada.begin()
        dov.begin()
        return ada, dov

    def meet(self) -> None:
        """A first call of two who keep their keys, compared and ended."""
        ada, dov = self.two(owner="me", pair="us")
        assert ada.words() == dov.words()
        for side in (ada, dov):
            side.page.evaluate("call.same()")
        for side in (ada, dov):
            side.stage("open")
        self.clear()

    def clear(self) -> None:
        """Close the pages; the profiles keep what they keep."""
        for page in self.pages:
            page.close()
        self.pages.clear()

    def close(self) -> None:
        """All of it."""
        for profile in self.profiles:
            profile.close()
