"""Starting the workshop, handing it a file, and taking what it gives.

Rules: the workshop is not trusted. What it says is of bounded size and of the shape that is
expected, or the file is refused; when it dies, hangs or grows, that is a sentence about the file
(`Unfit`) and nothing else happens. It is given no environment and no open file but its pipes.
"""

import json
import struct
import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from threading import Timer
from typing import IO, Any, TypeVar, cast

import msgspec

from stillroom.chart.documents.findings import MOST_PAGES, Unfit

MEMORY = 1 << 30
"""Bytes of address space that a job may take beside the file itself."""
SECONDS = 60
"""Seconds of work, and of waiting, that a job may take."""
MOST_PICTURE = 48 << 20
_MOST_HEAD = 1 << 20
_PROGRAM = [sys.executable, "-I", "-m", "stillroom.chart.workshop"]


class Looked(msgspec.Struct, frozen=True):
    """What a file holds."""

    pages: int
    found: tuple[str, ...]


class Drawn(msgspec.Struct, frozen=True):
    """One page as it is shown. `type` is `png`, `jpeg`, or empty for one that cannot be drawn."""

    page: int
    type: str
    wide: int
    high: int
    words: str
    words_cut: bool
    picture: bytes


class _Answer(msgspec.Struct, frozen=True):
    pages: int
    found: tuple[str, ...]
    why: str


class _Page(msgspec.Struct, frozen=True):
    page: int = 0
    type: str = ""
    wide: int = 0
    high: int = 0
    words: str = ""
    words_cut: bool = False
    next: int = 0


_Shape = TypeVar("_Shape")


def look(kind: str, size: int, file: Iterable[bytes]) -> Looked:
    """What a file of `kind` holds. `Unfit` if it is not to be kept."""
    with closing(_frames({"do": "look", "kind": kind}, size, file)) as frames:
        answer = _read(next(frames, (b"", b""))[0], _Answer)
    if answer.why:
        raise Unfit(answer.why)
    if answer.pages > MOST_PAGES:
        raise Unfit("pages")
    return Looked(answer.pages, answer.found)


def draw(
    kind: str, size: int, file: Iterable[bytes], *, first: int, seconds: float
) -> Iterator[Drawn]:
    """Pages from `first` on, for about so long. `Unfit` where the workshop ended before its time:
    what was drawn until then has been given."""
    job = {"do": "draw", "kind": kind, "first": first, "seconds": seconds}
    with closing(_frames(job, size, file)) as frames:
        for expected, (head, picture) in enumerate(frames, start=first):
            page = _read(head, _Page)
            if page.next:
                return
            if page.page != expected or page.type not in ("", "png", "jpeg"):
                raise Unfit("broken")
            yield Drawn(
                expected, page.type, page.wide, page.high, page.words, page.words_cut, picture
            )
    raise Unfit("slow")


def _read(head: bytes, shape: type[_Shape]) -> _Shape:
    try:
        return msgspec.json.decode(head, type=shape)
    except msgspec.MsgspecError:
        raise Unfit("slow") from None


def _frames(
    job: dict[str, Any], size: int, file: Iterable[bytes]
) -> Generator[tuple[bytes, bytes], None, None]:
    told = json.dumps({**job, "memory": MEMORY + 2 * size, "limit": SECONDS}).encode("ascii")
    with _workshop() as process:
        into, out = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        try:
            into.write(struct.pack(">I", len(told)) + told)
            for words in file:
                into.write(words)
            into.close()
        except OSError:
            raise Unfit("slow") from None
        while (head := _part(out, _MOST_HEAD)) is not None:
            picture = _part(out, MOST_PICTURE)
            if picture is None:
                return
            yield head, picture


def _part(stream: IO[bytes], most: int) -> bytes | None:
    """One part of a frame; `None` when the workshop ended, also in the middle of one."""
    raw = stream.read(4)
    if len(raw) < 4:
        return None
    (length,) = struct.unpack(">I", raw)
    if length > most:
        raise Unfit("slow")
    found = stream.read(length)
    return found if len(found) == length else None


@contextmanager
def _workshop() -> Iterator["subprocess.Popen[bytes]"]:
    """The process, which is gone when this is left, however it is left."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
        _PROGRAM,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        close_fds=True,
    )
    watch = Timer(SECONDS, process.kill)
    watch.start()
    try:
        yield process
    finally:
        watch.cancel()
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # broken already; what it held belongs to nobody
                    pipe.close()
