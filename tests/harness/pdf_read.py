"""All that can be got out of a PDF, by those who try: four readers, and the file taken apart."""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text
from pikepdf import Array, Dictionary, Name, Object, Stream, String

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_UNICODE = re.compile(rb"^<[0-9A-Fa-f]+>(?: <[0-9A-Fa-f]+>)? <([0-9A-Fa-f]{4,})>$", re.MULTILINE)


@dataclass(frozen=True)
class Read:
    """What each way of looking found, by its name."""

    pypdf: str
    pdfium: str
    pdfminer: str
    strings: str
    streams: str
    raw: str
    letters: frozenset[str]

    def holds(self, word: str) -> list[str]:
        """Where a word stands: the ways of looking that found it."""
        ways = ("pypdf", "pdfium", "pdfminer", "strings", "streams", "raw")
        return [way for way in ways if word in getattr(self, way)]


def read(pdf: bytes) -> Read:
    """Look everywhere."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        strings, streams = _inside(opened)
        letters = frozenset("".join(_letters(opened)))
    return Read(
        pypdf=_folded(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages),
        pdfium=_folded(_by_pdfium(pdf)),
        pdfminer=_folded([extract_text(BytesIO(pdf))]),
        strings=strings,
        streams=streams,
        raw=_raw(pdf),
        letters=letters,
    )


def _folded(pages: Iterable[str]) -> str:
    return " ".join(" ".join(pages).split())


def _by_pdfium(pdf: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        yield text.get_text_bounded()
        text.close()
        page.close()
    document.close()


def _inside(pdf: pikepdf.Pdf) -> tuple[str, str]:
    """Every string of every object (metadata, /Alt, /ActualText, outlines …), every stream."""
    strings: list[str] = []
    streams: list[str] = []
    for one in pdf.objects:
        strings += _strings(one)
        if isinstance(one, Stream):
            data = one.read_bytes(decode_level=pikepdf.StreamDecodeLevel.specialized)
            streams += _readings(data)
    return "\n".join(strings), "\n".join(streams)


def _strings(one: Any) -> Iterator[str]:
    if isinstance(one, String):
        yield str(one)
        yield bytes(one).decode("utf-16-be", "ignore")
    elif isinstance(one, Name):
        yield str(one)
    elif isinstance(one, Array):
        for each in one:
            if not (isinstance(each, Object) and each.is_indirect):
                yield from _strings(each)
    elif isinstance(one, (Dictionary, Stream)):
        for key, each in one.items():
            yield key
            if not (isinstance(each, Object) and each.is_indirect):
                yield from _strings(each)


def _readings(data: bytes) -> Iterator[str]:
    yield data.decode("latin-1")
    yield data.decode("utf-16-be", "ignore")
    yield data[1:].decode("utf-16-be", "ignore")
    yield data.decode("utf-8", "ignore")


def _raw(pdf: bytes) -> str:
    """The file without a reader's help: its bytes, and whatever deflates, referred to or not."""
    found = [pdf.decode("latin-1"), pdf.decode("utf-16-be", "ignore")]
    for match in _STREAM.finditer(pdf):
        try:
            found += _readings(zlib.decompressobj().decompress(match[1]))
        except zlib.error:
            found += _readings(match[1])
    return "\n".join(found)


def _letters(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every letter that the fonts of a file can say (ToUnicode), used on a page or not."""
    for one in pdf.objects:
        if not isinstance(one, (Dictionary, Stream)) or "/ToUnicode" not in one:
            continue
        for line in _UNICODE.finditer(one["/ToUnicode"].read_bytes()):
            yield bytes.fromhex(line[1].decode()).decode("utf-16-be", "ignore")


def revisions(pdf: bytes) -> int:
    """How many times the file was closed: more than one, and an older state may lie in it."""
    return len(re.findall(rb"startxref", pdf))


def layers(pdf: bytes) -> list[str]:
    """What could be there and not be seen: layers, files, comments, thumbnails, forms, scripts."""
    found: list[str] = []
    hidden = ("/OCProperties", "/OC", "/Thumb", "/EmbeddedFile", "/AcroForm", "/JS", "/PieceInfo")
    with pikepdf.open(BytesIO(pdf)) as opened:
        found += ["attachment" for _ in opened.attachments]
        for one in opened.objects:
            if not isinstance(one, (Dictionary, Stream)):
                continue
            found += [key for key in hidden if key in one]
            if one.get("/Type") in ("/OCG", "/OCMD", "/EmbeddedFile", "/Annot"):
                found.append(str(one["/Type"]))
    return found
