"""Stories in a real browser: the demonstration practice behind the real server, and Chromium.

The practice is made once, the rest once a worker. Nothing outside this machine can be reached: Chromium is told that
every other host does not exist, so a page that asked for one would fail its story.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from stillroom.config.demonstration import Person, people_of
from stillroom.telehealth.relays import Sfu
from tests.once import once_a_run
from tests.playing import launch
from tests.ports import free_port
from tests.telehealth.relays import janus_written
from tests.telehealth.table import FAKE

STILLROOM = [sys.executable, "-m", "stillroom.config"]
PICTURES = Path(__file__).parents[2] / "docs" / "guide" / "pictures"


@dataclass
class Served:
    """A practice that is being served."""

    home: Path
    address: str
    process: "subprocess.Popen[bytes]"
    sfu: Sfu | None = None
    """The server for many that the practice knows of; a story that needs it starts it."""

    def person(self, sign_name: str) -> Person:
        """Somebody of the demonstration."""
        return next(one for one in people_of(self.home) if one.sign_name == sign_name)


def start(home: Path, *arguments: str, port: int = 0, sfu: Sfu | None = None) -> Served:
    """Serve a practice, and wait until it answers; at a port that is free, or at this one again.
    `sfu`: where its server for many would be."""
    port = port or free_port()
    many = f"{sfu.address}?rooms={sfu.rooms}" if sfu else ""
    process = subprocess.Popen(
        [*STILLROOM, "serve", "--home", str(home), "--port", str(port), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env={**os.environ, "STILLROOM_SFU": many},
    )
    address = f"http://localhost:{port}"
    served = Served(home, address, process, sfu)
    for _ in range(3_000):
        if process.poll() is not None:
            said = process.stdout.read().decode() if process.stdout else ""
            raise AssertionError(f"the server stopped: {said}")
        if answers(address):
            return served
        wait(0.1)
    stop(served)
    raise AssertionError("the server did not answer in five minutes")


def wait(seconds: float) -> None:
    """Between two looks at another process there is nothing to wait on but time."""
    time.sleep(seconds)


def answers(address: str) -> bool:
    """Whether the server answers at all."""
    try:
        with urlopen(f"{address}/signin", timeout=5):
            return True
    except URLError as error:
        return getattr(error, "code", None) == 503
    except OSError:
        return False


def stop(served: Served) -> None:
    """End the server and its worker."""
    os.killpg(served.process.pid, signal.SIGTERM)
    served.process.wait(20)
    if served.process.stdout:
        served.process.stdout.close()


def server_for_many(home: Path) -> Sfu:
    """Janus's folder beside the practice's (`janus`), with what both know; nothing runs yet."""
    sfu = janus_written(home.with_name("janus"))
    shared = sfu.secret.expose().decode()
    kept = {"format": 1, "turn": shared, "sfu": shared, "rooms": sfu.admin_key.expose().decode()}
    (home / "relay.secrets").write_text(json.dumps(kept))
    return sfu


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration practice, made once a run, and served by each worker from a copy of its own."""
    home = tmp_path_factory.mktemp("practice") / "demo"
    with once_a_run(tmp_path_factory, "demonstration") as (made, there):
        if not there:
            make = [*STILLROOM, "demo", "--home", str(made / "demo")]
            subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
        shutil.copytree(made, home.parent, dirs_exist_ok=True)
    served = start(home, "--key-file", str(home.with_name("demo.key")), sfu=server_for_many(home))
    yield served
    stop(served)
    shutil.rmtree(home.parent, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    browser = launch()
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def with_cameras() -> Iterator[Browser]:
    """Chromium with cameras and microphones that are none."""
    made = launch(*FAKE)
    yield made
    made.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser without a past, that fails its story on any error of a page."""
    made = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """One tab. An uncaught error of a script fails the story."""
    made = context.new_page()
    broken: list[str] = []
    made.on("pageerror", lambda error: broken.append(str(error)))
    yield made
    assert broken == []


Picture = Callable[..., None]


@pytest.fixture
def picture(tmp_path: Path) -> Picture:
    """Take a picture; with STILLROOM_PICTURES set, for the guide."""
    folder = PICTURES if os.environ.get("STILLROOM_PICTURES") else tmp_path

    def take(page: Page, name: str, *, whole: bool = True) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", full_page=whole)

    return take


def sign_in(page: Page, served: Served, sign_name: str) -> None:
    """Sign in by passphrase and code."""
    person = served.person(sign_name)
    page.goto(f"{served.address}/signin")
    page.get_by_label("Your name here").fill(sign_name)
    page.get_by_label("Passphrase").fill(person.passphrase)
    page.get_by_label("Code").fill(fresh_code(served, sign_name))
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today")


def come_in(page: Page, served: Served, sign_name: str) -> None:
    """Come in by the client's own door, with name and passphrase."""
    person = served.person(sign_name)
    page.goto(f"{served.address}/my/in")
    page.get_by_label("Your name here").fill(person.sign_name)
    page.get_by_label("Passphrase").fill(person.passphrase)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.locator(".leaf").first).to_be_visible()


def press(page: Page, *keys: str) -> None:
    """Keys, as soon as the page listens: one that is pressed before its script was there is lost.

    For a page that a link, a button or Enter has led to, once something of it is seen; `goto` and
    `wait_for_url` have waited for the script.
    """
    page.wait_for_load_state("load")
    for key in keys:
        page.keyboard.press(key)


def lift_veil(page: Page) -> None:
    """From folded names over the blurred page to none, and wait until the practice was told: it
    remembers for the person, and whoever's story comes next would find her names folded."""
    with page.expect_response(lambda one: '"veil":""' in (one.request.post_data or "")):
        press(page, ".", ".")
    expect(page.locator("html")).to_have_attribute("data-veil", "")


def open_palette(page: Page) -> None:
    """By its key, and wait for it."""
    press(page, "Control+k")
    expect(page.get_by_role("dialog", name="Find or do")).to_be_visible()


def fresh_code(served: Served, sign_name: str) -> str:
    """The code of this half minute, which counts although another story may have used it.

    A code counts once, and `tests/identity` proves it: somebody who signs in for story after story
    would wait half a minute for each. So the practice forgets which codes were used.
    """
    forget_codes(served)
    return served.person(sign_name).code(int(time.time()))


def forget_codes(served: Served) -> None:
    """As if hours had passed since anybody used a code."""
    with closing(sqlite3.connect(served.home / "practice.db", timeout=20)) as database:
        database.execute("UPDATE identity_onetimecode SET last_step = 0")
        database.commit()


def as_json(page: Page, expression: str) -> Any:
    """What the page computes."""
    return page.evaluate(expression)
