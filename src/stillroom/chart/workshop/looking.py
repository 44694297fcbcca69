"""Looking into a PDF: what it holds besides pages, and whether it may be kept at all.

Rules: nothing is run and nothing is unpacked to be kept. Scripts, forms that send, links, media and
attachments are named, because only pictures of the pages are shown, in which none of them lives.
What starts a program, is a test virus, asks for a password, draws its pages by a script (dynamic
XFA) or unpacks beyond measure speaks against it. Names are those of ISO 32000-1, 12.6 and 12.5.6.
"""

import io
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from stillroom.chart.workshop.against import MOST_PIXELS, Against

MOST_IN_STREAM = 256 << 20
MOST_IN_ALL = 1 << 30
"""Bytes into which what is packed may unpack: one part of it, and all together."""
_DEEPEST = 100
"""Levels of nesting in one object; no honest file has a tenth of it."""
_STEP = 1 << 20
_TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"
_PROGRAMS = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe",
)  # fmt: skip

_ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "launch",
    "/SubmitForm": "sends",
    "/ImportData": "sends",
    "/URI": "links",
    "/GoToR": "files",
    "/GoToE": "files",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
}
_NOTES = {
    "/RichMedia": "media",
    "/3D": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/Screen": "media",
    "/FileAttachment": "attached",
    "/Text": "comments",
    "/FreeText": "comments",
}


def look_at_pdf(data: bytes) -> tuple[int, set[str]]:
    """How many pages a PDF has and what it holds besides; `Against` if it is not to be kept."""
    found: set[str] = set()
    try:
        document = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Against("password") from None
    except pikepdf.PdfError:
        raise Against("broken") from None
    with document:
        if document.is_encrypted:
            found.add("locked")
        _look_at_form(document, found)
        unpacked = 0
        for each in document.objects:
            if isinstance(each, pikepdf.Stream):
                _look_at_stream(each, found)
                unpacked += _unpacked(each)
                if unpacked > MOST_IN_ALL:
                    raise Against("bomb")
            elif isinstance(each, pikepdf.Dictionary):
                _look_at(each, found)
        return len(document.pages), found


def _look_at_form(document: pikepdf.Pdf, found: set[str]) -> None:
    root = document.Root
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        if form.get("/XFA") is not None:
            found.add("xfa")
        if root.get("/NeedsRendering"):
            raise Against("xfa")
        found.add("form")


def _look_at(each: Any, found: set[str], depth: int = 0) -> None:
    """One dictionary, and those that lie directly in it: deeper ones come as objects of their own
    or are nested beyond what any honest file does."""
    kind, subtype = str(each.get("/S", "")), str(each.get("/Subtype", ""))
    for said in (_ACTIONS.get(kind), _NOTES.get(subtype)):
        if said:
            found.add(said)
    if each.get("/JS") is not None:
        found.add("script")
    if each.get("/EF") is not None:
        found.add("attached")
    if str(each.get("/FT", "")) == "/Sig":
        found.add("signed")
    if "launch" in found:
        raise Against("launch")
    if depth > _DEEPEST:
        raise Against("broken")
    for name in each.keys():  # noqa: SIM118 - a PDF's dictionary is no mapping to loop over
        _look_into(each[name], found, depth + 1)


def _look_into(value: Any, found: set[str], depth: int) -> None:
    if getattr(value, "is_indirect", False):
        return  # has its own turn
    if isinstance(value, pikepdf.Dictionary):
        _look_at(value, found, depth)
    elif isinstance(value, pikepdf.Array):
        if depth > _DEEPEST:
            raise Against("broken")
        for one in value:
            _look_into(one, found, depth + 1)


def _look_at_stream(each: Any, found: set[str]) -> None:
    about = each.stream_dict if hasattr(each, "stream_dict") else each
    _look_at(about, found)
    if about.get("/F") is not None:
        found.add("files")  # words that lie in another file
    pixels = int(about.get("/Width", 0)) * int(about.get("/Height", 0))
    if str(about.get("/Subtype", "")) == "/Image" and pixels > MOST_PIXELS:
        raise Against("pixels")


def _unpacked(each: Any) -> int:
    """Bytes into which a packed part unpacks, counted and not kept; what it holds is looked at."""
    filters = each.get("/Filter")
    names = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    raw = each.read_raw_bytes()
    parts: Iterator[bytes] = iter([raw])
    if names and names[0] == "/FlateDecode":
        parts = _inflated(raw)
    attached = str(each.get("/Type", "")) == "/EmbeddedFile"
    total, before = 0, b""
    for part in parts:
        if attached and not total and part.startswith(_PROGRAMS):
            raise Against("program")
        if _TEST_VIRUS in before + part:
            raise Against("virus")
        before = part[-64:]
        total += len(part)
        if total > MOST_IN_STREAM:
            raise Against("bomb")
    return total


def _inflated(raw: bytes) -> Iterator[bytes]:
    inflate = zlib.decompressobj()
    rest = raw
    try:
        while rest and not inflate.eof:
            yield inflate.decompress(rest, _STEP)
            rest = inflate.unconsumed_tail
    except zlib.error:
        return  # PDFium draws what can be drawn of it
