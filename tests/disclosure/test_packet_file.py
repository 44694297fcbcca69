"""P9: what leaves is one file that is exactly what was shown, and tells nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pypdf
import pytest

from stillroom.disclosure.packet import (
    Cut,
    Notice,
    Packet,
    PacketInput,
    ProofChanged,
    check_words,
    compose,
    grouped,
    notices_owed,
    print_packet,
    render,
    same_as_proof,
)
from stillroom.kernel import Misuse, Trilean
from tests.disclosure.conftest import NOW, note, packet_of


@pytest.fixture(scope="module")
def given() -> PacketInput:
    cut = ("Setbacks follow calls with ", Cut("a name"), "; she sees it.")
    return packet_of(note(), note(cut, of="n2", day=13), note(of="n3", day=20))


@pytest.fixture(scope="module")
def packet(given: PacketInput) -> Packet:
    return print_packet(given)


@pytest.fixture
def pdf(packet: Packet) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(packet.pdf)) as opened:
        yield opened


def text_of(pdf: bytes) -> list[str]:
    """The words of each page, with white space folded."""
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_the_same_input_gives_the_same_bytes(given, packet):
    again = print_packet(given)
    assert again.pdf == packet.pdf
    assert again.digest == packet.digest


def test_what_leaves_is_what_was_shown(given, packet):
    composition, _ = compose(given)
    same_as_proof(render(composition), packet.digest)
    later = replace(given, created=NOW + timedelta(seconds=1))
    with pytest.raises(ProofChanged):
        same_as_proof(render(compose(later)[0]), packet.digest)


def test_it_says_that_it_is_pdf_a_and_pdf_ua(pdf):
    with pdf.open_metadata() as meta:
        assert meta["pdfaid:part"] == "2"
        assert meta["pdfaid:conformance"] == "A"
        assert meta["pdfuaid:part"] == "1"
        assert meta.pdfa_status == "2A"


def test_it_is_tagged_and_names_its_language(pdf):
    assert bool(pdf.Root.MarkInfo.Marked)
    assert "/StructTreeRoot" in pdf.Root
    assert str(pdf.Root.Lang) == "en-US"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def structure(node: Any) -> Iterator[str]:
    """Every structure type of the tree, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from structure(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        yield from structure(node.get("/K", pikepdf.Array()))


def test_headings_and_table_can_be_walked_by_a_screen_reader(pdf):
    tags = list(structure(pdf.Root.StructTreeRoot.K))
    assert next(t for t in tags if t.startswith("/H")) == "/H1"
    assert tags.count("/H1") == 4
    assert {"/Table", "/TH", "/TD", "/P"} <= set(tags)


def test_it_runs_nothing_and_carries_nothing(pdf):
    keys = {str(key) for key in pdf.Root}
    assert not keys & {"/OpenAction", "/AA", "/AcroForm", "/AF"}
    assert len(pdf.attachments) == 0
    names = pdf.Root.get("/Names", pikepdf.Dictionary())
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(names.keys())
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary):
            assert thing.get("/S") not in ("/JavaScript", "/Launch", "/URI", "/SubmitForm")
            assert "/JS" not in thing


def test_the_metadata_names_the_matter_and_no_person(pdf, packet):
    told = " ".join(str(value) for value in pdf.docinfo.values())
    told += bytes(pdf.Root.Metadata.read_bytes()).decode()
    assert "Release packet, matter 2026-014" in told
    for name in ("Dov", "Halpern", "Rex", "Dunleavy", "Ada", "Merrow", "Linden"):
        assert name not in told


def test_the_words_of_the_record_and_the_cover_are_there(packet):
    pages = text_of(packet.pdf)
    cover = " ".join(pages[0].split())
    assert "Enclosed is what may be released from the record of Dov Halpern" in cover
    assert "45 CFR 164.512(e)(1)(i)" in cover
    assert "may or may not exist" in cover
    assert "Progress note, October 6, 2026" in cover
    assert grouped(packet.manifest.digest).split()[3] in cover
    assert " ".join(packet.manifest.check_words) in cover
    assert "Slept better." in pages[1]
    assert "Signed by Ada Merrow, LCPC, October 6, 2026, 11:04." in pages[1]


def test_every_page_is_numbered_and_says_that_it_may_not_be_passed_on(packet):
    for number, page in enumerate(text_of(packet.pdf), start=1):
        assert f"Page {number} of 4" in page
        assert f"LRP-{410 + number:06d}" in page
        assert "You may not pass this on. Only as the law allows. 42 CFR 2.32" in page
        assert "Digest" in page


def test_a_statement_too_long_for_the_foot_stands_whole_in_the_letter(given):
    long = Notice(
        "Do not pass this on. " + "Only as the law allows. " * 120 + "The end.", "42 CFR 2.32"
    )
    pages = text_of(print_packet(replace(given, notices=(long,))).pdf)
    assert "The end. 42 CFR 2.32" in " ".join(pages)
    for page in pages:
        assert "stands in the letter at the front" in page


def test_without_a_notice_no_page_speaks_of_one(given):
    for page in text_of(print_packet(replace(given, notices=())).pdf):
        assert "pass this on" not in page


def test_the_manifest_tells_the_pages_of_each_record(packet):
    manifest = packet.manifest
    assert manifest.cover == ("LRP-000411", "LRP-000411")
    assert [line.pages for line in manifest.lines] == [
        ("LRP-000412", "LRP-000412"),
        ("LRP-000413", "LRP-000413"),
        ("LRP-000414", "LRP-000414"),
    ]
    assert [line.cuts for line in manifest.lines] == [0, 1, 0]
    assert manifest.total_pages == 4


def test_a_long_record_takes_the_pages_that_the_manifest_says():
    long = print_packet(packet_of(note(["She drove on. " * 900]), note(of="n2", day=13)))
    first, last = long.manifest.lines[0].pages
    assert first == "LRP-000412"
    assert int(last[-6:]) > int(first[-6:])
    pages = text_of(long.pdf)
    assert "October 13" in pages[int(last[-6:]) - 410]


def test_cut_words_cannot_be_guessed_against_the_digest(packet):
    """A cut has no words at all, so two packets that differ in what was cut have one digest."""
    assert "[removed: a name]" in text_of(packet.pdf)[2]
    other = note(["Slept better, she said."], of="n1")
    changed = print_packet(packet_of(other)).manifest.digest
    assert changed != print_packet(packet_of(note())).manifest.digest


def test_one_changed_word_changes_digest_and_check_words(given):
    _, before = compose(given)
    records = (note(["Slept better!"]), *given.records[1:])
    _, after = compose(replace(given, records=records))
    assert before.digest != after.digest
    assert before.check_words != after.check_words
    assert len(check_words(before.digest)) == 8


def test_pages_that_are_not_the_selection_are_refused(given):
    for records in (
        given.records[:2],
        given.records[::-1],
        (*given.records, note(of="smuggled")),
        (replace(given.records[0], kind="psychotherapy_notes"), *given.records[1:]),
        (replace(given.records[0], on=None), *given.records[1:]),
    ):
        with pytest.raises(Misuse):
            compose(replace(given, records=records))


def test_a_packet_for_somebody_else_or_without_a_ground_is_refused(given):
    with pytest.raises(Misuse):
        compose(replace(given, to=replace(given.to, name="Eve Halpern")))
    with pytest.raises(Misuse):
        compose(replace(given, grounds=()))
    with pytest.raises(Misuse):
        compose(replace(given, created=NOW.replace(tzinfo=None)))


class Told(Notice):
    applies = Trilean.UNKNOWN


def test_a_part_2_notice_on_an_ordinary_page_would_tell_of_a_substance_use_record(given):
    part2, state = Told("Part 2 forbids.", "42 CFR 2.32"), Told("You may not.", "Md. § 4-302")
    assert notices_owed([part2, state, state], given.selection) == (
        Notice("You may not.", "Md. § 4-302"),
    )
    sud = packet_of(replace(note(), kind="sud_records"))
    assert len(notices_owed([part2, state], sud.selection)) == 2
