"""Who appends: our log, alone and in a crowd, and the disk by itself."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Thread
from time import perf_counter

from stillroom.ledger import Entry
from stillroom.phi import Log

PAGE = 4096
_START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_SEALED = sha256(b"sealed").digest() * 5


def entry(number: int) -> Entry:
    """Entry `number` of a practice: twenty people, four hundred charts, ten entries a visit."""
    visit = number // 10
    return Entry(
        at=_START + timedelta(seconds=number),
        actor=f"person{visit * 7 % 20:020}",
        act="chart:record:read",
        subject=f"{visit * 31 % 400:032x}",
        grant=f"grant{number:021}",
        sealed=_SEALED,
        opinion="",
    )


class Crowd:
    """Several threads that each append so many entries, one after the other."""

    def __init__(self, log: Log, writers: int, each: int) -> None:
        self.log, self.writers = log, writers
        self.entries = [entry(number) for number in range(each)]
        self.waits: list[float] = []

    def __call__(self) -> None:
        in_threads(self.writers, self._write)

    def _write(self) -> None:
        for one in self.entries:
            begun = perf_counter()
            self.log.append(one)
            self.waits.append(perf_counter() - begun)


def in_threads(writers: int, work: Callable[[], None]) -> None:
    """The same work in so many threads; one writer needs no thread."""
    if writers == 1:
        work()
        return
    threads = [Thread(target=work) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Disk:
    """A file to which pages are appended, each flushed with fdatasync: what the disk can do."""

    def __init__(self, path: Path, pages: int) -> None:
        self.file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        self.pages = pages

    def __call__(self) -> None:
        page = bytes(PAGE)
        for _ in range(self.pages):
            os.write(self.file, page)
            os.fdatasync(self.file)

    def close(self) -> None:
        """Let the file go."""
        os.close(self.file)
