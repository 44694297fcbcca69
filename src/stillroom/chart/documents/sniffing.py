"""What a file is, by its first bytes; and whether its name says the same. Pure.

Rules: bytes decide and not names, for a name is what somebody claims. A PDF, a PNG or a JPEG is
taken; everything else is told what it is, as far as that is seen, and what to do. A name that says
something else than the bytes is refused, because either the name or the file is not what the sender
thinks; only a PNG that is called JPEG, or the other way round, is taken as what it is.

Signatures: ISO 32000-1, 7.5.2 (PDF); ISO/IEC 15948, 5.2 (PNG); ITU-T T.81, B.1.1.3 (JPEG). The
others are recalled from their formats and only choose a sentence.
"""

from stillroom.chart.documents.findings import Unfit

PDF, PNG, JPEG = "pdf", "png", "jpeg"
ENDINGS = {"pdf": PDF, "png": PNG, "jpg": JPEG, "jpeg": JPEG, "jpe": JPEG, "jfif": JPEG}
TYPES = {PDF: "application/pdf", PNG: "image/png", JPEG: "image/jpeg"}
HEAD = 4096
"""Bytes from the beginning that are enough to tell."""
TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"

_TAKEN = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_PROGRAMS = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe",
    b"\x4c\x00\x00\x00\x01\x14\x02\x00",
)  # fmt: skip
_OTHERS = (
    (b"II*\x00", "tiff"), (b"MM\x00*", "tiff"), (b"GIF8", "gif"), (b"BM", "bmp"),
    (b"{\\rtf", "office"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"), (b"PK\x03\x04", "zip"),
    (b"Rar!", "zip"), (b"7z\xbc\xaf", "zip"), (b"\x1f\x8b", "zip"),
)  # fmt: skip
_OFFICE_MARKS = (
    b"word/",
    b"xl/",
    b"ppt/",
    b"[Content_Types].xml",
    b"mimetypeapplication/vnd.oasis",
)


def kind_of(head: bytes) -> str:
    """`pdf`, `png` or `jpeg`; `Unfit` says what else it is and what to do."""
    if not head:
        raise Unfit("empty")
    if head.startswith(_PROGRAMS):
        raise Unfit("program")
    for mark, kind in _TAKEN:
        if head.startswith(mark):
            return kind
    raise Unfit(_other(head))


def _other(head: bytes) -> str:
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc") else "other"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    for mark, said in _OTHERS:
        if head.startswith(mark):
            office = said == "zip" and any(one in head for one in _OFFICE_MARKS)
            return "office" if office else said
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<svg", b"<?xml", b"<script")):
        return "markup"
    if b"%PDF-" in head[:1024]:
        return "disguised"  # something stands before the PDF
    return "other"


def require_named_so(name: str, kind: str) -> None:
    """Nothing when a file's name says what its bytes say, or says nothing; else `Unfit`."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    said = ENDINGS.get(ending, "")
    if not ending or said == kind or {said, kind} == {PNG, JPEG}:
        return
    raise Unfit("disguised")


def safe_name(name: str, kind: str) -> str:
    """A name under which the original may be saved: plain letters, no path, an ending that fits."""
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " -_") else "-" for c in stem)
    short = " ".join(plain.split())[:80].strip(" -") or "document"
    return f"{short}.{'jpg' if kind == JPEG else kind}"
