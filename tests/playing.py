"""Playwright, once a process: a thread takes one event loop of its kind, and no second one.

Whoever wants a browser with switches of its own launches it here, beside the journeys' one.
"""

import atexit
import os
import shutil
from functools import lru_cache

from playwright.sync_api import Browser, Playwright, expect, sync_playwright

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
"""Debian's Chromium without anything that asks the world outside: no other host exists for it."""

# Tests do not time: a page that is printed on a busy machine may take longer than five seconds.
expect.set_options(timeout=20_000)


@lru_cache(maxsize=1)
def playwright() -> Playwright:
    """The one of this process; it ends with it."""
    # Its loop runs in this thread until the end, and Django would refuse every question meanwhile.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    begun = sync_playwright().start()
    atexit.register(begun.stop)
    return begun


def launch(*more: str) -> Browser:
    """Debian's Chromium with these switches beside the quiet ones."""
    return playwright().chromium.launch(
        executable_path=shutil.which("chromium"), args=[*QUIET, *more]
    )
