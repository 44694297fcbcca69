"""What is known of a file, and a page of it as it is sealed. Pure."""

from hashlib import sha256

import msgspec

from stillroom.chart.workshop.against import MOST_PIXELS
from stillroom.kernel import Misuse

FILE_HEADING = "The file"
"""The part of a sheet that the software writes when a document is signed."""
_HEAD_BYTES = 4


class Facts(msgspec.Struct, frozen=True, omit_defaults=True):
    """An original: at first only what its sender says of it, then what was seen."""

    name: str
    size: int
    kind: str = ""
    sha256: str = ""
    pages: int = 0
    found: tuple[str, ...] = ()


class Page(msgspec.Struct, frozen=True):
    """A page as it is shown. `type` is `png` or `jpeg`, or empty for one that cannot be drawn."""

    type: str
    wide: int
    high: int
    words: str
    words_cut: bool
    picture: bytes


class _Head(msgspec.Struct, frozen=True):
    type: str
    wide: int
    high: int
    words: str
    words_cut: bool


def encode(facts: Facts) -> bytes:
    """Facts as they are sealed."""
    return msgspec.json.encode(facts)


def decode(words: bytes) -> Facts:
    """Facts again."""
    return msgspec.json.decode(words, type=Facts)


def encode_page(page: Page) -> bytes:
    """A page as it is sealed: the length of its head, its head as JSON, its picture."""
    if page.wide * page.high > MOST_PIXELS:
        raise Misuse("a page is drawn smaller than that")
    head = msgspec.json.encode(_Head(page.type, page.wide, page.high, page.words, page.words_cut))
    return len(head).to_bytes(_HEAD_BYTES, "big") + head + page.picture


def decode_page(sealed: bytes) -> Page:
    """A page again."""
    end = _HEAD_BYTES + int.from_bytes(sealed[:_HEAD_BYTES], "big")
    head = msgspec.json.decode(sealed[_HEAD_BYTES:end], type=_Head)
    return Page(head.type, head.wide, head.high, head.words, head.words_cut, sealed[end:])


def page_digest(sealed: bytes) -> str:
    """What signing binds of a page: SHA-256 of it as it is sealed, words and picture."""
    return sha256(b"stillroom page v1\n" + sealed).hexdigest()
