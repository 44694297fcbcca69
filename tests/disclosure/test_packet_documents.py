"""P9 for documents: their pages leave as they are shown, and nothing else of the file does."""

from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pikepdf
import pypdf
import pytest
from PIL import Image

from stillroom.chart import actions as chart
from stillroom.chart.documents import reading
from stillroom.consent import actions as consent
from stillroom.disclosure import actions, releasing
from stillroom.disclosure.packet import Leaf, compose, print_packet
from stillroom.disclosure.packet.picture import page_picture, page_words
from stillroom.disclosure.rules import Decision
from stillroom.kernel import Trilean
from tests.cast import Cast
from tests.chart import papers
from tests.chart.test_documents import filed
from tests.disclosure.conftest import note, packet_of
from tests.disclosure.story import authorization, subpoena
from tests.web import corpus


def leaf(kind: str = "JPEG", words: str = "Attendance", size: tuple[int, int] = (300, 200)) -> Leaf:
    return Leaf(kind.lower(), *size, papers.picture(kind, size), words)


def test_a_page_is_enclosed_byte_for_byte_and_can_be_read_out() -> None:
    shown = leaf(words="Attendance was 91 per cent. ﷽ 漢")
    packet = print_packet(packet_of(replace(note(), leaves=(shown, leaf("PNG", "")))))
    with pikepdf.open(BytesIO(packet.pdf)) as pdf:
        images = [
            image.read_raw_bytes()
            for page in pdf.pages
            for image in page.Resources.get("/XObject", {}).values()
            if image.get("/Filter") == "/DCTDecode"
        ]
        assert images == [shown.picture]
        with pdf.open_metadata() as meta:
            assert (meta.pdfa_status, meta["pdfuaid:part"]) == ("2A", "1")
        told = [str(one.Alt) for one in pdf.objects if _is_alt(one)]
    assert any(text.startswith("Attendance was 91 per cent.") and "漢" not in text for text in told)
    assert any("a picture without words" in text for text in told)


def _is_alt(one: object) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Alt") is not None


def test_a_page_that_was_never_drawn_says_so_in_its_place() -> None:
    packet = print_packet(packet_of(replace(note(), leaves=(leaf(), Leaf("", 0, 0, b"", "")))))
    last = pypdf.PdfReader(BytesIO(packet.pdf)).pages[-1].extract_text()
    assert "Page 2 of 2 could not be drawn and is not enclosed." in " ".join(last.split())


def test_the_digest_of_what_is_enclosed_stands_for_every_picture() -> None:
    one, two = leaf(), leaf(size=(300, 201))
    digests = {
        compose(packet_of(replace(note(), leaves=leaves)))[1].digest
        for leaves in ((), (one,), (two,), (one, two), (two, one), (replace(one, words="x"),))
    }
    assert len(digests) == 6


def test_the_digest_of_records_without_pages_is_what_it_always_was() -> None:
    data = compose(packet_of(note()))[0].data
    assert "leaves" not in data


@pytest.mark.parametrize(
    "words", ['" onload="x', "</svg><script>", "&lt;", "\x00\x1b", "x" * 30_000, "😀 " * 9_000]
)
def test_words_of_a_page_are_words_wherever_they_stand(words: str) -> None:
    packet = print_packet(packet_of(replace(note(), leaves=(leaf(words=words),))))
    assert len(pypdf.PdfReader(BytesIO(packet.pdf)).pages) == 3


# The whole way


def released(cast: Cast, data: bytes) -> bytes:
    """A document of Dov's, in a packet that left."""
    ada = cast.here("ada", stepped_up=Trilean.YES)
    cast.licensed("ada")
    record = filed(cast, data)
    chart.sign(ada, record, 2)
    consent.take_up(ada, cast.dov, authorization(cast))
    matter = actions.enter(ada, cast.dov, subpoena())
    for fact, value in (("identity_verified", True), ("federal_court", False)):
        actions.answer(ada, corpus(), matter, fact, value)
    actions.decide(ada, corpus(), matter, Decision.BUILD, "He has signed.")
    packet = releasing.build(ada, corpus(), matter, [record], [])
    shown = reading.sheaf(ada, record, first=1, most=9)
    left = releasing.release(ada, corpus(), packet, "Rex Dunleavy").pdf
    for page, seen in enumerate(shown.pages, start=3):
        drawn = Image.open(BytesIO(page_picture(left, page)))
        assert drawn.size[0] > 800
        ink = drawn.convert("L").getextrema()[0]
        assert ink < 120, seen.words
    return left


def test_a_document_leaves_as_its_pages_and_not_as_its_file(cast: Cast) -> None:
    data = papers.with_script()
    left = released(cast, data)
    assert b"app.alert" not in left
    assert b"JavaScript" not in left
    assert len(pypdf.PdfReader(BytesIO(left)).pages) == 4
    said = " ".join(page_words(left, 2).split())
    assert "Its 2 pages follow" in said
    assert sha256(data).hexdigest()[:20] in said.replace(" ", "").replace("\u200b", "")
    assert "It carries a script" not in said, "what the software noted is ours, not the client's"


def test_no_pdf_that_came_in_lies_in_the_packet(cast: Cast) -> None:
    left = released(cast, papers.with_attachment(b"a list of names"))
    with pikepdf.open(BytesIO(left)) as pdf:
        assert len(pdf.attachments) == 0
        assert "/AA" not in pdf.Root
