"""A real practice in a real folder, served by a real `stillroom serve`, to be searched and killed.

All that the server could write to is given to it below one folder: its home, its temporary folder,
its user's folder, the folder it was started in, what it prints. The key file lies elsewhere.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyotp

from tests.harness.browser import Browser, Page, Typist
from tests.ports import free_port

PROGRAM = Path(sys.executable).with_name("stillroom")
_PATIENCE = 60


@dataclass
class Person:
    """Somebody who signs in: her passphrase, her authenticator, her words on paper."""

    sign_name: str
    passphrase: str
    secret: str = ""
    words: str = ""
    spent: int = 0
    browser: Browser | None = None

    @property
    def web(self) -> Browser:
        """Her browser; she has to have one."""
        assert self.browser is not None
        return self.browser

    def code(self) -> str:
        """A code not used before: the server takes the step before, the present one or the next.

        Three codes in half a minute are all there are: whoever needs a fourth waits for it, as at
        her own telephone.
        """
        self.spent = max(_step(time.time() + _UNDER_WAY) - 1, self.spent + 1)
        while self.spent > _step(time.time()) + 1:
            time.sleep(0.05)
        return pyotp.TOTP(self.secret).at(self.spent * 30)


_UNDER_WAY = 2
"""Seconds that a code may take to the server: one that ends sooner is not used."""


def _step(at: float) -> int:
    return int(at) // 30


@dataclass
class Served:
    """One practice and its server process, running or not."""

    root: Path
    port: int = 0
    running: subprocess.Popen[bytes] | None = None
    starts: int = 0
    told: str = ""
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """The practice's folder."""
        return self.root / "searched" / "home"

    @property
    def searched(self) -> Path:
        """Everything that the server could have written to."""
        return self.root / "searched"

    @property
    def key_file(self) -> Path:
        """The server's key, which lies elsewhere."""
        return self.root / "elsewhere" / "server.key"

    def found(self, owner: Person) -> None:
        """`stillroom init`; reads the owner's secrets from what it prints once."""
        for name in ("temp", "user", "started-in"):
            (self.searched / name).mkdir(parents=True)
        said = subprocess.run(
            [PROGRAM, "init", "--home", self.home, "--name", "Linden Row", "--owner", "Olga Brandt",
             "--sign-name", owner.sign_name, "--key-file", self.key_file],
            input=f"{owner.passphrase}\n", text=True, capture_output=True, env=self._environment(),
            check=True, timeout=_PATIENCE, cwd=self.searched / "started-in",
        )  # fmt: skip
        self.told = said.stdout
        lines = dict(line.split(": ", 1) for line in said.stdout.splitlines() if ": " in line)
        owner.secret = lines["Authenticator secret of Olga Brandt"]
        owner.words = lines["Recovery words of Olga Brandt"]
        self.people[owner.sign_name] = owner

    def shares(self) -> list[str]:
        """The recovery shares that init printed."""
        return [line.split(": ")[1] for line in self.told.splitlines() if "Recovery share" in line]

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in ("PATH", "LANG", "PYTHONPATH")
        }
        user = self.searched / "user"
        return {
            **kept,
            "HOME": str(user),
            "XDG_CACHE_HOME": str(user / "cache"),
            "TMPDIR": str(self.searched / "temp"),
            "PYTHONFAULTHANDLER": "1",
        }

    def start(self, *, unsealed: bool = True, **more: str) -> None:
        """Start the server and wait until it answers."""
        assert self.running is None
        self.port = free_port()
        self.starts += 1
        words = [PROGRAM, "serve", "--home", self.home, "--port", str(self.port)]
        words += ["--key-file", self.key_file] if unsealed else []
        with (self.searched / f"printed-{self.starts}.log").open("wb") as printed:
            self.running = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=printed,
                env={**self._environment(), **more},
                cwd=self.searched / "started-in",
            )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        ends = time.monotonic() + _PATIENCE
        while time.monotonic() < ends:
            assert self.running is not None
            assert self.running.poll() is None, self.printed()
            try:
                Browser(self.port, _nobody).get("/static/none")
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise AssertionError(f"the server does not answer: {self.printed()}")

    def printed(self) -> str:
        """What all servers of this practice have printed."""
        return "".join(path.read_text() for path in sorted(self.searched.glob("printed-*.log")))

    def stop(self) -> None:
        """Stop the server as its keeper does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Kill every process of the server, with no warning and no farewell."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.running is None:
            return
        ours = [self.running.pid, *self.workers()]
        for pid in ours if how is signal.SIGKILL else ours[:1]:
            _signal(pid, how)
        self.running.wait(_PATIENCE)
        for pid in ours[1:]:
            _wait_until_gone(pid)
        self.running = None

    def workers(self) -> list[int]:
        """The processes below the one that was started."""
        assert self.running is not None
        found: list[int] = []
        waiting = [self.running.pid]
        while waiting:
            pid = waiting.pop()
            for listed in Path(f"/proc/{pid}/task").glob("*/children"):
                below = [int(one) for one in listed.read_text().split()]
                found += below
                waiting += below
        return found

    def processes(self) -> list[int]:
        """All processes of the server."""
        assert self.running is not None
        return [self.running.pid, *self.workers()]

    # People

    def browse(self, typist: Typist) -> Browser:
        """A fresh browser, for nobody yet."""
        return Browser(self.port, typist)

    def sign_in(self, name: str, typist: Typist) -> Browser:
        """That person, signed in by passphrase and code through the page."""
        person = self.people[name]
        browser = person.browser = self.browse(typist)
        form = browser.open("/signin").form("/signin")
        page = browser.submit(
            form, name=person.sign_name, passphrase=person.passphrase, code=person.code()
        )
        assert page.status == 302, page.text
        return browser


def prove_again(person: Person, page: Page) -> Page:
    """Step up or unlock through the form that the page shows."""
    form = next(form for form in page.forms if "passphrase" in form.types)
    return person.web.submit(form, passphrase=person.passphrase, code=person.code())


def _nobody(*_: str) -> str:
    raise AssertionError("nobody types here")


def _signal(pid: int, how: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, how)


def _wait_until_gone(pid: int) -> None:
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (OSError, IndexError):
            return
        if state == "Z":
            return
        time.sleep(0.02)
    raise AssertionError(f"process {pid} is still there")


def open_files(pid: int) -> Iterator[tuple[str, bytes]]:
    """Every ordinary file that a process holds open, deleted ones too, with its content."""
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            name = str(link.readlink())
            if name.startswith("/") and link.is_file():
                yield name, link.read_bytes()
        except OSError:
            continue
