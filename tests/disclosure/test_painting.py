"""P9 for scanned pages: what is painted over is in no dot of what leaves, and its edges are coarse."""

import io
from dataclasses import replace

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, PngImagePlugin

from stillroom.disclosure.packet import Leaf, print_packet
from stillroom.disclosure.packet.cuts import CutMisplaced, Reason
from stillroom.disclosure.packet.painting import Box, boxed, dots, paint_over, painted
from tests.disclosure.conftest import note, packet_of
from tests.harness import pdf_read

SIZE = (400, 520)
PLACE = boxed(1, 250, 200, 500, 240, Reason.PERSON)


def page(kind: str, words: str, *, red: bool = False) -> Leaf:
    """A page on which these words stand, where PLACE is, and some others beneath."""
    image = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(image)
    draw.text((104, 106), words, fill="#c00000" if red else "black")
    draw.text((104, 300), "Attendance was 91 per cent.", fill="black")
    out = io.BytesIO()
    how = {"quality": 70, "subsampling": 2} if kind == "JPEG" else {}
    image.save(out, kind, **how)
    return Leaf(kind.lower(), *SIZE, out.getvalue(), f"{words}\nAttendance was 91 per cent.")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("red", [False, True])
def test_two_pages_that_differ_under_the_paint_alone_are_one_picture(kind: str, red: bool) -> None:
    """Nothing of it is left, in no smear of a JPEG either; and the paint is as wide for both."""
    made = [painted(page(kind, words, red=red), [PLACE]) for words in ("Ines", "Q. Abernathy", "")]
    assert made[0].picture == made[1].picture == made[2].picture
    assert made[0] == made[1]
    assert made[0].picture != page(kind, "").picture


def test_what_is_not_painted_on_is_still_there() -> None:
    before = Image.open(io.BytesIO(page("PNG", "Ines").picture)).convert("RGB")
    after = Image.open(io.BytesIO(painted(page("PNG", "Ines"), [PLACE]).picture))
    beneath = (0, 290, *SIZE)
    assert before.crop(beneath).tobytes() == after.crop(beneath).tobytes()
    left, top, right, bottom = dots(PLACE, SIZE)
    assert after.crop((left, top, right + 1, bottom + 1)).getcolors() == [
        ((right + 1 - left) * (bottom + 1 - top), (27, 26, 23))
    ]


def test_nothing_written_beside_the_dots_comes_along() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "Ines Ferro")
    out = io.BytesIO()
    image = Image.new("L", SIZE, 255)
    image.save(out, "PNG", pnginfo=told, exif=b"Exif\0\0Ines")
    made = painted(Leaf("png", *SIZE, out.getvalue(), ""), [PLACE])
    assert b"Ines" not in made.picture
    opened = Image.open(io.BytesIO(made.picture))
    assert opened.info == {}
    assert not opened.getexif()


@given(
    st.tuples(st.integers(0, 1000), st.integers(0, 1000)),
    st.tuples(st.integers(0, 1000), st.integers(0, 1000)),
)
@settings(max_examples=100)
def test_the_paint_covers_what_was_marked_and_ends_on_a_coarse_edge(
    across: tuple[int, int], down: tuple[int, int]
) -> None:
    if across[0] == across[1] or down[0] == down[1]:
        with pytest.raises(CutMisplaced):
            boxed(1, across[0], down[0], across[1], down[1], Reason.PERSON)
        return
    one = boxed(1, across[0], down[0], across[1], down[1], Reason.PERSON)
    left, top, right, bottom = dots(one, SIZE)
    assert left <= min(across) * SIZE[0] / 1000
    assert right + 1 >= max(across) * SIZE[0] / 1000 - 1
    assert top <= min(down) * SIZE[1] / 1000
    assert bottom + 1 >= max(down) * SIZE[1] / 1000 - 1
    assert left == 0 or (left + 2) % 16 == 0
    assert right == SIZE[0] - 1 or (right + 1 - 2) % 16 == 0
    assert (top, left) >= (0, 0)


def test_the_words_of_a_painted_page_are_let_go_and_a_page_can_be_left_out() -> None:
    record = replace(
        note(), leaves=(page("PNG", "Ines Quell"), page("JPEG", "Cal Wasser"), page("PNG", "Bea"))
    )
    whole = Box(2, 0, 0, 1000, 1000, Reason.OUTSIDE)
    made = paint_over(record, [PLACE, whole])
    assert made.cuts == 2
    packet = print_packet(packet_of(made))
    seen = pdf_read.read(packet.pdf)
    for word in ("Quell", "Wasser"):
        assert seen.holds(word) == []
    assert seen.holds("Bea")
    pages = [
        " ".join(one.extract_text().split())
        for one in pypdf.PdfReader(io.BytesIO(packet.pdf)).pages
    ]
    assert "Page 1 of 3 Painted over on this page: another person." in pages[2]
    assert "Page 2 of 3 is not enclosed: not asked for." in pages[3]
    assert len(pdf_read.layers(packet.pdf)) == 0


@pytest.mark.parametrize("number", [0, 2, 99])
def test_a_part_of_a_page_that_is_not_there_is_refused(number: int) -> None:
    record = replace(note(), leaves=(page("PNG", "Ines"),))
    with pytest.raises(CutMisplaced):
        paint_over(record, [Box(number, 0, 0, 10, 10, Reason.PERSON)])
