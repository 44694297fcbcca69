"""Real servers for the benches: `stillroom serve`, and the plain pages beside it."""

import http.client
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import pyotp

from tests.ports import free_port

PATIENCE = 180.0
"""Seconds that a server may take until its first answer."""


def stillroom() -> str:
    """The command, as it is installed beside this interpreter."""
    return str(Path(sys.executable).with_name("stillroom"))


class Server:
    """A program that answers on a port until the `with` ends."""

    def __init__(self, command: list[str], port: int, *, asks: str, folder: Path | None = None):
        self.command, self.port, self.asks = command, port, asks
        self.environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
        if folder is not None:
            self.environment["STILLROOM_BENCH_FOLDER"] = str(folder)
        self.started_in = 0.0

    @classmethod
    def of(cls, home: Path) -> Self:
        """`stillroom serve` of a demonstration home."""
        port, key = free_port(), home.with_name(f"{home.name}.key")
        command = [stillroom(), "serve", "--home", str(home), "--port", str(port)]
        return cls([*command, "--key-file", str(key)], port, asks="/signin")

    @classmethod
    def in_the_clear(cls, folder: Path, asks: str) -> Self:
        """The plain pages over the same database."""
        port = free_port()
        command = [sys.executable, "-m", "tests.bench.clear.serve", str(port)]
        return cls(command, port, asks=asks, folder=folder)

    def __enter__(self) -> Self:
        begun = time.perf_counter()
        self.process = subprocess.Popen(
            self.command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        while True:
            try:
                get(self.port, self.asks)
                break
            except OSError:
                self._require_alive(begun)
                time.sleep(0.01)
        self.started_in = time.perf_counter() - begun
        return self

    def _require_alive(self, begun: float) -> None:
        if self.process.poll() is not None:
            assert self.process.stderr is not None
            raise RuntimeError(self.process.stderr.read().decode()[-2000:])
        if time.perf_counter() - begun > PATIENCE:
            self.process.terminate()
            raise RuntimeError(f"{self.command[0]} gave no page in {PATIENCE:.0f} seconds")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        assert self.process.stderr is not None
        self.process.stderr.close()

    def memory(self) -> tuple[float, float]:
        """MiB of this program and its workers: what is their own, and all that is resident (with
        the pages of the database that the system keeps for them as long as nobody needs room)."""
        own = whole = 0
        for process in (self.process.pid, *_children(self.process.pid)):
            told = Path(f"/proc/{process}/status").read_text()
            own += int(re.findall(r"RssAnon:\s+(\d+)", told)[0])
            whole += int(re.findall(r"VmRSS:\s+(\d+)", told)[0])
        return own / 1024, whole / 1024

    def sign_in(self, name: str, passphrase: str, code_secret: str) -> str:
        """Sign in as a browser does; gives the cookie to send with every question."""
        _, headers, body = get(self.port, "/signin")
        form = _cookie(headers)
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
        token = found.group(1) if found else ""
        for drift in (0, 30):  # a code counts once: the next one is good already
            typed = {
                "name": name,
                "passphrase": passphrase,
                "code": pyotp.TOTP(code_secret).at(int(time.time()) + drift),
                "csrfmiddlewaretoken": token,
            }
            status, headers, _ = ask(self.port, "POST", "/signin", urlencode(typed), form)
            if status == 302:
                return "; ".join(filter(None, (form, _cookie(headers))))
        raise RuntimeError(f"{name} could not sign in: {status}")


def _children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in told.split()]


def get(port: int, path: str, cookie: str = "") -> tuple[int, list[tuple[str, str]], str]:
    """One page."""
    return ask(port, "GET", path, "", cookie)


def ask(
    port: int, method: str, path: str, body: str, cookie: str
) -> tuple[int, list[tuple[str, str]], str]:
    """One question and its answer: status, headers, body."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        headers = {"Cookie": cookie} if cookie else {}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request(method, path, body or None, headers)
        answer = line.getresponse()
        return answer.status, answer.getheaders(), answer.read().decode()
    finally:
        line.close()


def _cookie(headers: list[tuple[str, str]]) -> str:
    values = [value.split(";")[0] for name, value in headers if name.lower() == "set-cookie"]
    return "; ".join(values)
