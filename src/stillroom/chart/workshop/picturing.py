"""Drawing: a page of a PDF, or a picture, as a clean picture of its own.

Rules: what is shown is drawn anew, dot by dot. What was written beside the dots (where and when a
photograph was taken, another program's data after its end) is not in it. PDFium is built without
scripts; what somebody filled into a form is drawn with the page.
"""

import ctypes
import io
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image, ImageOps

from stillroom.chart.workshop.against import MOST_PIXELS, Against

DOTS_AN_INCH, POINTS_AN_INCH = 150, 72
LONG_SIDE = 2200
"""Dots along the longer side of a picture, at most."""
_MOST_NOTES = 500
"""Fields and comments of a page of which the words are kept."""
_OF_A_SCAN = 0.25
"""Bytes a dot above which a JPEG is one of a scan and not of text."""
_SPACES = dict.fromkeys(range(32), " ") | {10: "\n", 127: " ", 0xFFFE: "", 0xFFFF: ""}


def look_at_picture(data: bytes, kind: str) -> tuple[int, set[str]]:
    """A picture has one page; `Against` if it is too large, broken, or none."""
    found: set[str] = set()
    image = _picture(data, kind)
    image.load()
    if getattr(image, "n_frames", 1) > 1:
        found.add("frames")
    if image.getexif():
        found.add("exif")
    return 1, found


def _picture(data: bytes, kind: str) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data), formats=[kind.upper()])
    except (OSError, SyntaxError, ValueError):
        raise Against("broken") from None
    if image.width * image.height > MOST_PIXELS:
        raise Against("pixels")
    return image


def drawn_picture(data: bytes, kind: str) -> Image.Image:
    """The picture upright, on white, and with nothing that was written beside it."""
    image = ImageOps.exif_transpose(_picture(data, kind))
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        over = image.convert("RGBA")
        image = Image.new("RGBA", over.size, "white")
        image.alpha_composite(over)
    if image.mode.startswith("I"):  # sixteen bits a dot
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    image = image.convert("L" if image.mode in ("1", "L") else "RGB")
    image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    return clean


def drawn_page(page: pypdfium2.PdfPage) -> Image.Image:
    """A page as PDFium draws it, what was filled into its form included."""
    longer = max(page.get_width(), page.get_height(), 1)
    scale = min(DOTS_AN_INCH / POINTS_AN_INCH, LONG_SIDE / longer)
    image: Image.Image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    return image.convert("L") if _is_grey(image) else image


def _is_grey(image: Image.Image) -> bool:
    small = image.resize((max(1, image.width // 4), max(1, image.height // 4)))
    red, green, blue = (small.getchannel(name).tobytes() for name in "RGB")
    return red == green == blue


def words_of(page: pypdfium2.PdfPage) -> str:
    """The words of a page, as it holds them beside its looks; then what was filled into its form,
    and what its comments say."""
    text = page.get_textpage()
    try:
        found: str = text.get_text_bounded()
    finally:
        text.close()
    found = "\n".join([found, *_written_on(page)])
    whole = found.encode("utf-8", "ignore").decode("utf-8")  # a PDF may hold half letters
    return whole.replace("\r\n", "\n").translate(_SPACES).strip()


def _written_on(page: pypdfium2.PdfPage) -> list[str]:
    """The values of a page's fields and the words of its comments (ISO 32000-1, 12.5.2, 12.7.3)."""
    found: list[str] = []
    for nth in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, nth)
        found += [text for text in (_said(note, b"V"), _said(note, b"Contents")) if text]
        raw.FPDFPage_CloseAnnot(note)
    return found


def _said(note: Any, name: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(note, name, None, 0)
    room = ctypes.create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(
        note, name, ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)), length
    )
    return room.raw.decode("utf-16-le", "ignore").rstrip("\0")


def encoded(image: Image.Image) -> tuple[str, bytes]:
    """As PNG or as JPEG, whichever is smaller: text is the one, a scan the other."""
    png, jpeg = io.BytesIO(), io.BytesIO()
    image.save(jpeg, "JPEG", quality=82)
    if jpeg.tell() > image.width * image.height * _OF_A_SCAN:
        return "jpeg", jpeg.getvalue()  # a PNG of it would be larger, and slow to make
    image.save(png, "PNG", compress_level=6)
    if png.tell() <= jpeg.tell():
        return "png", png.getvalue()
    return "jpeg", jpeg.getvalue()
