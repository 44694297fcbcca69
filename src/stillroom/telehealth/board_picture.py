"""A whiteboard as a picture (PNG), drawn from its strokes: dark on white, for a document."""

from io import BytesIO

from PIL import Image, ImageDraw

from stillroom.telehealth.rules_board import HIGH, WIDE, Board

_FINE = 3
"""So many dots for one of the board's; made smaller afterwards, so that edges are soft."""
_SHOWN = 2
_PEN = 3
_INK = 30
_PAPER = 255


def picture(board: Board) -> bytes:
    """The file; the same for the same board."""
    drawn = Image.new("L", (WIDE * _FINE, HIGH * _FINE), _PAPER)
    pen = ImageDraw.Draw(drawn)
    for stroke in board.strokes:
        points = [(x * _FINE, y * _FINE) for x, y in stroke]
        pen.line(points, fill=_INK, width=_PEN * _FINE, joint="curve")
        for x, y in (points[0], points[-1]):
            _dot(pen, x, y)
    shown = drawn.resize((WIDE * _SHOWN, HIGH * _SHOWN), Image.Resampling.LANCZOS)
    out = BytesIO()
    shown.save(out, "PNG", optimize=True)
    return out.getvalue()


def _dot(pen: ImageDraw.ImageDraw, x: int, y: int) -> None:
    """A round end; of a stroke of one point, the whole of it."""
    half = _PEN * _FINE // 2
    pen.ellipse((x - half, y - half, x + half, y + half), fill=_INK)
