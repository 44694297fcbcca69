"""Asking a server for one page over and over: keep-alive connections, as few of our own steps as
possible, in a process of its own so that its work is not the server's."""

import socket
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.pool import Pool
from threading import Thread


@dataclass(frozen=True)
class Target:
    """A page of a server, and the cookie of who asks."""

    port: int
    path: str
    cookie: str

    def request(self) -> bytes:
        """The bytes that ask for it."""
        lines = [f"GET {self.path} HTTP/1.1", f"Host: localhost:{self.port}"]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True)
class Burst:
    """What a burst came to: answers a second, the median answer in seconds, and its size."""

    rate: float
    median: float
    size: int


@contextmanager
def asker() -> Iterator[Pool]:
    """The process that asks."""
    with get_context("spawn").Pool(1) as pool:
        yield pool


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
    """The length of an answer's body, once all of it has come."""
    heard = b""
    while (end := heard.find(b"\r\n\r\n")) < 0:
        more = line.recv(65536)
        if not more:
            raise ValueError("the server hung up")
        heard += more
    head = heard[:end].lower()
    if not head.startswith(b"http/1.1 200"):
        raise ValueError(heard[:end].decode("latin-1"))
    length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    here = len(heard) - end - 4
    while here < length:
        more = line.recv(262144)
        if not more:
            raise ValueError("the server hung up")
        here += len(more)
    return length
