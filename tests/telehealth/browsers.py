"""Chromium with devices that are made up, and pages of these tests that run the practice's scripts."""

import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.playing import launch

HERE = Path(__file__).parent / "pages"
UI = Path(__file__).parents[2] / "ui"
BUILT = Path(__file__).parents[2] / "src" / "stillroom" / "desk" / "static" / "desk" / "built"
MADE_UP = (
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--disable-features=WebRtcHideLocalIpsWithMdns",  # no mDNS in a closed network
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
)
PATIENCE = 60
"""Seconds after which a thing that is waited for has not happened. Nothing waits that long."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *said: object) -> None:
        """Nothing."""


def bundle(scripts: Iterable[Path], folder: Path) -> None:
    """Each script as one file of its own in that folder."""
    subprocess.run(
        [UI / "node_modules" / ".bin" / "esbuild", *scripts, "--bundle", f"--outdir={folder}",
         "--entry-names=[name]", "--log-level=warning", "--format=iife"],
        check=True,
    )  # fmt: skip


@contextmanager
def pages() -> Iterator[str]:
    """The address below which each script of `pages/` has a page: `…/group.html`."""
    with tempfile.TemporaryDirectory() as folder:
        scripts = [*HERE.glob("*.ts")]
        shutil.copy(BUILT / "framesworker.js", folder)  # the very file that a practice serves
        bundle(scripts, Path(folder))
        for script in (one for one in HERE.glob("*.ts") if ".worker" not in one.name):
            page = (
                f'<!doctype html><title>Seat</title><body><script src="{script.stem}.js"></script>'
            )
            Path(folder, f"{script.stem}.html").write_text(page)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        server.server_close()


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """Chromium with made-up devices, and these switches."""
    browser = launch(*MADE_UP, *more)
    yield browser
    browser.close()


def seats(context: BrowserContext, address: str, many: int) -> list[Page]:
    """So many tabs; an error of a script fails the test that asked for it."""
    made = []
    for _ in range(many):
        page = context.new_page()
        page.on("pageerror", lambda error: (_ for _ in ()).throw(AssertionError(str(error))))
        page.goto(address)
        made.append(page)
    return made


def until(look: Callable[[], Any], what: str, so: Callable[[Any], bool] = bool) -> Any:
    """What is seen once it is so; `what` says what did not happen otherwise."""
    end = time.monotonic() + PATIENCE
    while not so(seen := look()):
        if time.monotonic() > end:
            raise AssertionError(f"{what}: {seen}")
        time.sleep(0.05)
    return seen
