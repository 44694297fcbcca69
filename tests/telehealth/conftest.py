"""A line of its own for tests about it: the real keeper, the real sockets, on this machine."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser

from tests.cast import Cast
from tests.couple import Several, make_couple, make_group
from tests.playing import launch
from tests.ports import free_port
from tests.telehealth.marking import marker
from tests.telehealth.table import FAKE, Desk, desk
from tests.web import serve


@dataclass
class RunningLine:
    """A line that is being served."""

    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def address(self) -> str:
        """Where browsers connect."""
        return f"ws://localhost:{self.port}/line"

    def ticket(self, room: str, seat: int, seats: int = 2) -> str:
        """A fresh ticket."""
        return marker().issue(room, seat=seat, seats=seats, at=datetime.now(UTC))

    def stop(self) -> None:
        """End it, at once."""
        self.process.kill()
        self.process.wait(20)

    def begin_again(self) -> None:
        """Serve at the same port, with empty rooms."""
        self.process = _begin(self.port)


def _begin(port: int) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen([sys.executable, "-m", "tests.telehealth.serve_line", str(port)])
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None, "the line ended"
            continue
        return process


def begin_line() -> RunningLine:
    """A line at a port of its own."""
    port = free_port()
    return RunningLine(port, _begin(port))


@pytest.fixture(scope="module")
def line() -> Iterator[RunningLine]:
    """One line for the tests of a module."""
    running = begin_line()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def desk_here(line: RunningLine) -> Iterator[Desk]:
    """The page's server beside a true line."""
    with desk(line.ticket) as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium with devices that are made up."""
    made = launch(*FAKE)
    yield made
    made.close()


@pytest.fixture
def several(cast: Cast) -> Several:
    """Dov and Noa, each with a chart of their own and one that both hold."""
    return make_couple(cast)


@pytest.fixture
def group(cast: Cast, several: Several) -> str:
    """A group of three, and its practice served."""
    serve(cast)
    return make_group(cast, several)
