"""Asking a server for one page over and over: keep-alive connections, as few steps of our own as
possible, in a process of its own so that its work is not the server's.

    with Asker() as asker:
        burst = asker.burst(Target(8400, "/today", cookie), threads=4, seconds=1.0)
"""

import json
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from threading import Thread
from typing import Self


@dataclass(frozen=True)
class Target:
    """A page of a server, and the cookie of who asks; with a `body`, posted as JSON by a script
    that has the page's mark (`csrf`)."""

    port: int
    path: str
    cookie: str
    body: str = ""
    csrf: str = ""

    def request(self) -> bytes:
        """The bytes that ask for it."""
        lines = [f"{'POST' if self.body else 'GET'} {self.path} HTTP/1.1"]
        lines += [f"Host: localhost:{self.port}", f"Cookie: {self.cookie}"]
        if self.body:
            lines += ["Content-Type: application/json", f"Content-Length: {len(self.body)}"]
            lines += ["Accept: application/json", f"X-CSRFToken: {self.csrf}"]
        return ("\r\n".join(lines) + "\r\n\r\n" + self.body).encode()


@dataclass(frozen=True)
class Burst:
    """What a burst came to: answers a second, the median answer in seconds, and its size."""

    rate: float
    median: float
    size: int


class Asker:
    """The process that asks; it ends with the `with`."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.load"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *reason: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)

    def burst(self, target: Target, *, threads: int, seconds: float) -> Burst:
        """See `burst`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        wanted = {"target": asdict(target), "threads": threads, "seconds": seconds}
        print(json.dumps(wanted), file=self._process.stdin, flush=True)
        answer = json.loads(self._process.stdout.readline())
        if "failed" in answer:
            raise ValueError(answer["failed"])
        return Burst(**answer)


def burst(target: Target, threads: int, seconds: float) -> Burst:
    """Ask from so many connections for so long. `ValueError` for anything but a 200."""
    begun = time.perf_counter()
    until = begun + seconds
    spent: list[float] = []
    sizes: list[int] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            _ask_on(target, until, spent, sizes)
        except (OSError, ValueError) as error:
            failed.append(error)

    workers = [Thread(target=run) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if failed:
        raise failed[0]
    took = time.perf_counter() - begun
    return Burst(len(spent) / took, statistics.median(spent), max(sizes))


def _ask_on(target: Target, until: float, spent: list[float], sizes: list[int]) -> None:
    """One connection, one question after another."""
    question = target.request()
    with socket.create_connection(("127.0.0.1", target.port), timeout=60) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while True:
            asked = time.perf_counter()
            if asked >= until:
                return
            line.sendall(question)
            sizes.append(_read_answer(line))
            spent.append(time.perf_counter() - asked)


def _read_answer(line: socket.socket) -> int:
    """The length of an answer, once all of it has come, by its length or in chunks."""
    heard = bytearray()
    while (end := heard.find(b"\r\n\r\n")) < 0:
        heard += _more(line)
    head = bytes(heard[:end]).lower()
    if not head.startswith(b"http/1.1 200"):
        raise ValueError(heard[:end].decode("latin-1"))
    if b"transfer-encoding: chunked" in head:
        while not heard.endswith(b"\r\n0\r\n\r\n"):
            heard += _more(line)
    else:
        whole = end + 4 + int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        while len(heard) < whole:
            heard += _more(line)
    return len(heard)


def _more(line: socket.socket) -> bytes:
    more = line.recv(262144)
    if not more:
        raise ValueError("the server hung up")
    return more


def main() -> None:
    """Bursts as they are asked for, one a line."""
    for line in sys.stdin:
        wanted = json.loads(line)
        try:
            found = burst(Target(**wanted["target"]), wanted["threads"], wanted["seconds"])
            answer = asdict(found)
        except (OSError, ValueError) as error:
            answer = {"failed": str(error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
