"""One job of the workshop, as a program: see the package."""

import json
import struct
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pypdfium2
from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin

from stillroom.chart.workshop.against import Against
from stillroom.chart.workshop.looking import look_at_pdf
from stillroom.chart.workshop.picturing import (
    drawn_page,
    drawn_picture,
    encoded,
    look_at_picture,
    words_of,
)

MOST_WORDS = 20_000
"""Letters of one page that are kept as words."""
_FORMATS = (JpegImagePlugin, PngImagePlugin)
"""Loaded before the limits: nothing more is fetched from the disk afterwards than typefaces."""


def draw(job: dict[str, Any], data: bytes, say: Callable[..., None]) -> None:
    """Pages from `first` on, for as long as `seconds` allows; one at least."""
    if job["kind"] != "pdf":
        _say_page(say, 1, partial(drawn_picture, data, job["kind"]), str)
        say({"next": 2})
        return
    started = time.monotonic()
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    number = int(job["first"])
    while number <= len(document):
        page = document[number - 1]
        _say_page(say, number, partial(drawn_page, page), partial(words_of, page))
        page.close()
        number += 1
        if time.monotonic() - started > job["seconds"]:
            break
    say({"next": number})


def _say_page(
    say: Callable[..., None], number: int, make: Callable[[], Image.Image], read: Callable[[], str]
) -> None:
    try:
        image = make()
        words = read()
        kind, picture = encoded(image)
    except (OSError, ValueError, RuntimeError, SyntaxError):
        say({"page": number, "type": "", "wide": 0, "high": 0, "words": "", "words_cut": False})
        return
    head = {"page": number, "type": kind, "wide": image.width, "high": image.height}
    say({**head, "words": words[:MOST_WORDS], "words_cut": len(words) > MOST_WORDS}, picture)


def look(job: dict[str, Any], data: bytes) -> dict[str, Any]:
    """What a file holds, or why it is not kept."""
    try:
        if job["kind"] == "pdf":
            pages, found = look_at_pdf(data)
            if pages:
                pypdfium2.PdfDocument(data).close()  # the second reader must take it too
        else:
            pages, found = look_at_picture(data, job["kind"])
    except Against as against:
        return {"pages": 0, "found": [], "why": str(against)}
    except MemoryError:
        return {"pages": 0, "found": [], "why": "bomb"}
    except Exception:  # noqa: BLE001 - whatever else the libraries say of a file: it is not whole
        return {"pages": 0, "found": [], "why": "broken"}
    return {"pages": pages, "found": sorted(found), "why": "" if pages else "empty"}


def confine(memory: int, seconds: int) -> None:
    """Let the system hold the limits. Where it has none, the caller's own clock does."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))


def say(head: dict[str, Any], picture: bytes = b"") -> None:
    """One frame to standard output."""
    text = json.dumps(head).encode("ascii")
    out = sys.stdout.buffer
    out.write(struct.pack(">I", len(text)) + text + struct.pack(">I", len(picture)) + picture)
    out.flush()


def main() -> int:
    """One job."""
    source = sys.stdin.buffer
    (length,) = struct.unpack(">I", source.read(4))
    job = json.loads(source.read(length))
    confine(job["memory"], job["limit"])
    Image.MAX_IMAGE_PIXELS = None  # asked by ourselves, so that it has a word of its own
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    data = source.read()
    if job["do"] == "look":
        say(look(job, data))
    else:
        draw(job, data, say)
    return 0


if __name__ == "__main__":
    sys.exit(main())
