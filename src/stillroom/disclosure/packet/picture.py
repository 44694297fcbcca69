"""A page of a packet as a picture, drawn from the very bytes that leave.

For the screen: a browser on a telephone shows no PDF inside a page, and one that does runs a viewer
of its own. PDFium (Apache-2.0) draws here; the picture is shown and kept nowhere.
"""

import io

import pypdfium2

_DOTS_AN_INCH = 110
_POINTS_AN_INCH = 72


def page_count(pdf: bytes) -> int:
    """How many pages the file has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_picture(pdf: bytes, number: int) -> bytes:
    """Page `number`, counted from 1, as PNG."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number - 1]
        image = page.render(scale=_DOTS_AN_INCH / _POINTS_AN_INCH).to_pil()
        out = io.BytesIO()
        image.convert("L").save(out, "PNG", optimize=True)
        page.close()
        return out.getvalue()
    finally:
        document.close()


def page_words(pdf: bytes, number: int) -> str:
    """The words of a page, for those who do not see the picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number - 1]
        text = page.get_textpage()
        words: str = text.get_text_bounded()
        text.close()
        page.close()
        return words
    finally:
        document.close()
