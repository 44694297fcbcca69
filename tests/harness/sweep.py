"""The canary sweep (THREATS.md, 6.1): search everything that was written for words typed in.

Every canary word begins with one tag, drawn anew for each run, so that one search finds all of them
in every disguise, and one word alone is as good as the sentence. What is packed is unpacked at
every place where a zlib, gzip or zip header may begin, twice over.
"""

import re
import secrets
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from ahocorasick_rs import BytesAhoCorasick

_LETTERS = "bcdfghjkmnpqrstvwxz"
_TAG_LENGTH = 9
_DEPTH = 2
_MOST_UNPACKED = 1 << 22
_ZLIB = re.compile(rb"[\x08\x18\x28\x38\x48\x58\x68\x78](?=[\x00-\xff])")
_GZIP = b"\x1f\x8b\x08"
_ZIP = b"PK\x03\x04"


def new_tag() -> str:
    """Nine consonants that stand in no dictionary: 19^9 of them, and no code says one by chance."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_TAG_LENGTH))


@dataclass(frozen=True)
class Found:
    """A canary where none should be."""

    where: str
    disguise: str
    around: str


class Canaries:
    """Canary words of one kind, and the search for them."""

    def __init__(self, tag: str = "") -> None:
        self.tag = tag or new_tag()
        self.extra: list[str] = []
        self._made: set[str] = set()

    def words(self, field: str) -> str:
        """Words for one field: a capital, a mark, an accent, a sign that markup escapes."""
        name = re.sub(r"[^a-z]", "", field.casefold()) or "field"
        self._made.add(field)
        return f'{self.tag.capitalize()}{name} "{self.tag}é & {self.tag}<{name}'

    def word(self, field: str) -> str:
        """One plain word, for a field that is short or picky."""
        self._made.add(field)
        return f"{self.tag}{re.sub(r'[^a-z]', '', field.casefold())}"

    def also(self, exact: str) -> str:
        """A value that cannot bear the tag (a telephone number, a date): searched as it stands."""
        self.extra.append(exact)
        return exact

    def search(self, where: str, blob: bytes, *, unpack: bool = True) -> Iterator[Found]:
        """Every canary in `blob`, in every disguise."""
        words = (self.tag, *dict.fromkeys(self.extra))
        for folded, searched in ((True, blob.lower()), (False, blob)):
            for at, disguise in _first_hits(searched, words, folded=folded):
                around = searched[max(0, at - 40) : at + 80].decode("ascii", "replace")
                yield Found(where, disguise, " ".join(around.split()))
        if unpack:
            for inside, how in unpacked(blob, _DEPTH):
                for found in self.search(where, inside, unpack=False):
                    yield Found(where, f"{found.disguise} inside {how}", found.around)


def _first_hits(blob: bytes, words: tuple[str, ...], *, folded: bool) -> list[tuple[int, str]]:
    """Where each disguise of each word stands first; all are sought at once."""
    needles, disguises = _needles(words, folded)
    first: dict[int, int] = {}
    for which, start, _ in needles.find_matches_as_indexes(blob, overlapping=True):
        first.setdefault(which, start)
    return [(at, disguises[which]) for which, at in sorted(first.items())]


@lru_cache(maxsize=16)
def _needles(words: tuple[str, ...], folded: bool) -> tuple[BytesAhoCorasick, list[str]]:
    """What is sought where case was folded away, or where it counts; and how each is called."""
    wanted = [one for word in words for one in _disguised(word) if one[2] is folded]
    return BytesAhoCorasick([needle for needle, _, _ in wanted]), [name for _, name, _ in wanted]


@cache
def _disguised(word: str) -> tuple[tuple[bytes, str, bool], ...]:
    """(bytes, name, whether case was folded away)"""
    return tuple(_disguises_of(word))


def _disguises_of(word: str) -> Iterator[tuple[bytes, str, bool]]:
    raw = word.lower().encode()
    yield raw, "utf-8", True
    for code in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        yield word.lower().encode(code), code, True
    yield raw.hex().encode(), "hex", True
    yield raw.hex(" ").encode(), "hex with spaces", True
    yield "".join(f"%{byte:02x}" for byte in raw).encode(), "URL, every byte", True
    yield "".join(f"\\x{byte:02x}" for byte in raw).encode(), "escaped bytes", True
    yield "".join(f"\\u{byte:04x}" for byte in raw).encode(), "JSON, every letter", True
    for cased in {word.lower(), word.upper(), word.capitalize()}:
        for before in range(3):
            yield _base64_core(cased.encode(), before), "base64", False


def _base64_core(raw: bytes, before: int) -> bytes:
    """The letters of base64 that depend on `raw` alone, when `before` bytes stand in front of it."""
    start, end = -(-before * 8 // 6), (before + len(raw)) * 8 // 6
    return b64encode(b"\0" * before + raw + b"\0\0")[start:end]


def unpacked(blob: bytes, depth: int) -> Iterator[tuple[bytes, str]]:
    """What opens as zlib, gzip or zip anywhere in `blob`, and what is packed in that."""
    for inside, how in _unpacked_once(blob):
        yield inside, how
        if depth > 1:
            for deeper, further in unpacked(inside, depth - 1):
                yield deeper, f"{further} inside {how}"


def _unpacked_once(blob: bytes) -> Iterator[tuple[bytes, str]]:
    for match in _ZLIB.finditer(blob):
        at = match.start()
        if (blob[at] << 8 | blob[at + 1]) % 31 == 0 and (inside := _inflate(blob, at, 15)):
            yield inside, "zlib"
    for at in _places(blob, _GZIP):
        if inside := _inflate(blob, at, 31):
            yield inside, "gzip"
    for at in _places(blob, _ZIP):
        head = blob[at : at + 30]
        if len(head) == 30:
            names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
            if inside := _inflate(blob, at + 30 + names, -15):
                yield inside, "zip"


def _places(blob: bytes, mark: bytes) -> Iterator[int]:
    at = blob.find(mark)
    while at >= 0:
        yield at
        at = blob.find(mark, at + 1)


def _inflate(blob: bytes, at: int, wbits: int) -> bytes:
    """What opens from here on, cut or damaged at its end or not; empty when nothing does."""
    opener = zlib.decompressobj(wbits)
    got = bytearray()
    for start in range(at, len(blob), 4096):
        try:
            got += opener.decompress(blob[start : start + 4096], _MOST_UNPACKED)
        except zlib.error:
            break
        if opener.eof or len(got) > _MOST_UNPACKED:
            break
    return bytes(got)


def sweep(
    canaries: Iterable[Canaries], folders: Iterable[Path], clean: set[bytes] | None = None
) -> list[Found]:
    """Search every file below the folders, its name too.

    `clean` remembers contents in which nothing was found, so that the same bytes are not searched
    for the same canaries twice.
    """
    kinds = list(canaries)
    found: list[Found] = []
    known = set() if clean is None else clean
    for folder in folders:
        for path in _files(folder):
            blob = str(path).encode() + b"\n" + path.read_bytes()
            found += search_all(kinds, str(path), blob, known)
    return found


def search_all(kinds: Iterable[Canaries], name: str, blob: bytes, clean: set[bytes]) -> list[Found]:
    """Every canary of these kinds in `blob`; `clean` remembers in what bytes there was none."""
    digest = sha256(blob).digest()
    if digest in clean:
        return []
    found = _search_file(list(kinds), name, blob)
    if not found:
        clean.add(digest)
    return found


def _search_file(kinds: list[Canaries], name: str, blob: bytes) -> list[Found]:
    """The file as it is, and all that is packed in it."""
    layers = [(blob, ""), *unpacked(blob, _DEPTH)]
    return [
        one
        for layer, how in layers
        for kind in kinds
        for one in kind.search(f"{name} {how}".strip(), layer, unpack=False)
    ]


def _files(folder: Path) -> Iterator[Path]:
    """Every ordinary file, those of other programs and of other owners left out."""
    if folder.is_file():
        yield folder
    elif folder.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path
