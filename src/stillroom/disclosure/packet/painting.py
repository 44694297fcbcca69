"""Painting over parts of a document's page. Pure: a picture in, a new picture out.

Rules kept:
- The picture is made anew, dot by dot, with the part filled in; the dots that were there are in no
  file that comes out, and neither is anything that was written beside the dots.
- A painted part grows to a coarse grid, so that its edges do not tell how long a name was, and to
  whole blocks of sixteen dots: a JPEG smears what stands in a block over all of it.
- The words of a page that is painted on are all let go: where each of them stands is not known.
- A part that covers the page is the page: it is not enclosed at all.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import msgspec
from PIL import Image, ImageDraw

from stillroom.disclosure.packet.cuts import CutMisplaced, Reason
from stillroom.disclosure.packet.pages import Leaf, RecordPage

WHOLE = 1000
"""A page's width and its height in the units of a box."""
_GRID = (40, 15)
"""Thousandths of the page, across and down, to which a painted part grows."""
_BLOCK = 16
_BLEED = 2
"""Dots by which the colour of one block reaches into the next when a JPEG is opened."""
_INK: Mapping[str, int | tuple[int, int, int]] = {"L": 26, "RGB": (27, 26, 23)}


class Box(msgspec.Struct, frozen=True):
    """A part of page `page` (counted from 1) that is painted over, in thousandths of the page from
    its left and upper edge, and why."""

    page: int
    left: int
    top: int
    right: int
    bottom: int
    why: Reason

    @property
    def whole(self) -> bool:
        """Whether it is the page itself that does not leave."""
        return (self.left, self.top, self.right, self.bottom) == (0, 0, WHOLE, WHOLE)


def boxed(page: int, left: int, top: int, right: int, bottom: int, why: Reason) -> Box:
    """A box in order, within the page. `CutMisplaced` if nothing is in it."""
    left, right = sorted((max(0, min(left, WHOLE)), max(0, min(right, WHOLE))))
    top, bottom = sorted((max(0, min(top, WHOLE)), max(0, min(bottom, WHOLE))))
    if page < 1 or left == right or top == bottom:
        raise CutMisplaced(
            "that part of the page has no size",
            advice="Say where it begins and where it ends; the numbers go from 0 to 1000.",
        )
    return Box(page, left, top, right, bottom, why)


def paint_over(page: RecordPage, boxes: Iterable[Box]) -> RecordPage:
    """The record with these parts of its pages painted over.

    `CutMisplaced` for a page that it does not have.
    """
    found = list(boxes)
    if any(not 1 <= one.page <= len(page.leaves) for one in found):
        raise CutMisplaced
    leaves = tuple(
        painted(leaf, [one for one in found if one.page == number])
        for number, leaf in enumerate(page.leaves, start=1)
    )
    return replace(page, leaves=leaves)


def painted(leaf: Leaf, boxes: Sequence[Box]) -> Leaf:
    """A page as it leaves: painted on, or not enclosed."""
    if not boxes:
        return leaf
    gone = next((one for one in boxes if one.whole), None)
    if gone is not None or not leaf.type:
        return Leaf("", 0, 0, b"", "", ((gone or boxes[0]).why.value,))
    with Image.open(io.BytesIO(leaf.picture), formats=["PNG", "JPEG"]) as opened:
        mode = "L" if opened.mode in ("1", "L") else "RGB"
        image = Image.new(mode, opened.size)
        image.paste(opened.convert(mode))
    brush = ImageDraw.Draw(image)
    for one in boxes:
        brush.rectangle(dots(one, image.size), fill=_INK[mode])
    out = io.BytesIO()
    if leaf.type == "jpeg":
        image.save(out, "JPEG", quality=88, subsampling=0)
    else:
        image.save(out, "PNG", compress_level=6)
    reasons = tuple(one.why.value for one in boxes)
    return replace(leaf, picture=out.getvalue(), words="", removed=reasons)


def dots(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The dots that a box paints, first and last, on a picture of this size."""
    left, right = _grown(box.left, box.right, _GRID[0], size[0])
    top, bottom = _grown(box.top, box.bottom, _GRID[1], size[1])
    return left, top, right, bottom


def _grown(start: int, end: int, grid: int, length: int) -> tuple[int, int]:
    """From thousandths to dots, outwards to the grid, to whole blocks, and to what they touch."""
    first = start // grid * grid * length // WHOLE
    last = -(-end // grid) * grid * length // WHOLE
    first, last = first // _BLOCK * _BLOCK - _BLEED, -(-last // _BLOCK) * _BLOCK + _BLEED
    return max(0, first), min(length, last) - 1
