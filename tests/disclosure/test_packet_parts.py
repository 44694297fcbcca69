"""A large packet is printed part by part and joined; it says and is what it would be in one go."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pypdf
import pytest

from stillroom.disclosure.packet import Packet, PacketInput, batches, print_packet
from stillroom.disclosure.packet.cuts import cut
from tests.disclosure.conftest import note, packet_of
from tests.disclosure.test_packet_file import structure
from tests.disclosure.test_painting import page as leaf
from tests.disclosure.test_redaction_attacked import everywhere
from tests.harness import pdf_read

WORDS = "She drove on after the second bridge. "


def given() -> PacketInput:
    """Seventeen records: one long, one cut, one with pages of a document."""
    plain = [note([WORDS * 4], of=f"n{nth}", day=1 + nth % 28) for nth in range(14)]
    named = note(["Calls with Quellwasser.\n\nSlept."], of="cut", day=29)
    papers = replace(note(of="papers", day=30), leaves=(leaf("PNG", "Attendance"),))
    return packet_of(
        *plain,
        note([WORDS * 160], of="long", day=28),
        cut(named, everywhere(named, "Quellwasser")),
        papers,
    )


@pytest.fixture(scope="module")
def whole() -> Packet:
    return print_packet(given())


@pytest.fixture(scope="module")
def parts(whole: Packet) -> Packet:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "LETTERS", 1200)
        return print_packet(given())


def texts(packet: Packet) -> list[str]:
    pages = pypdf.PdfReader(BytesIO(packet.pdf)).pages
    return [
        re.sub(r"Page (\d+) of \d+ Digest", r"Page \1 Digest", " ".join(p.extract_text().split()))
        for p in pages
    ]


def test_it_has_the_pages_words_numbers_and_manifest_of_one_printed_at_once(
    whole: Packet, parts: Packet
) -> None:
    assert parts.manifest == whole.manifest
    assert texts(parts) == texts(whole)
    assert parts.pdf != whole.pdf


def test_it_is_one_tagged_file_of_one_revision(whole: Packet, parts: Packet) -> None:
    assert pdf_read.revisions(parts.pdf) == 1
    assert pdf_read.layers(parts.pdf) == []
    with pikepdf.open(BytesIO(parts.pdf)) as pdf, pikepdf.open(BytesIO(whole.pdf)) as other:
        assert _told(pdf) == _told(other)
        with pdf.open_metadata() as meta:
            assert (meta.pdfa_status, meta["pdfuaid:part"]) == ("2A", "1")
        tags = list(structure(pdf.Root.StructTreeRoot.K))
        assert tags == list(structure(other.Root.StructTreeRoot.K))
        assert int(pdf.Root.Outlines.Count) == int(other.Root.Outlines.Count)


def test_every_marked_page_leads_to_its_elements_and_they_lead_back(parts: Packet) -> None:
    with pikepdf.open(BytesIO(parts.pdf)) as pdf:
        pages = {page.obj.objgen: page.obj for page in pdf.pages}
        nums = pdf.Root.StructTreeRoot.ParentTree.Nums
        keys = [int(nums[at]) for at in range(0, len(nums), 2)]
        assert keys == sorted(keys)
        assert sorted(int(page.StructParents) for page in pages.values()) == keys
        tree = {int(nums[at]): nums[at + 1] for at in range(0, len(nums), 2)}
        for page in pages.values():
            for element in tree[int(page.StructParents)]:
                assert _page_of(element) in pages
        assert _elements(pdf.Root.StructTreeRoot.K[0], pages) > len(pages)


def _page_of(element: Any) -> Any:
    return element.Pg.objgen if "/Pg" in element else _page_of(element.K[0])


def _elements(element: Any, pages: dict[Any, Any]) -> int:
    found = 1
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            assert kid.P.objgen == element.objgen
            assert "/Pg" not in kid or kid.Pg.objgen in pages
            found += _elements(kid, pages)
    return found


def test_what_was_cut_is_in_no_part(parts: Packet) -> None:
    seen = pdf_read.read(parts.pdf)
    assert seen.holds("Quellwasser") == []
    assert len(seen.holds("[removed: another person]")) >= 3


def test_the_same_packet_gives_the_same_bytes(
    parts: Packet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "LETTERS", 1200)
    assert print_packet(given()).pdf == parts.pdf


def _told(pdf: pikepdf.Pdf) -> dict[str, str]:
    return {key: str(value) for key, value in pdf.docinfo.items()}
