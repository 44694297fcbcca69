"""P9: redaction attacked with the usual tools. What was cut is in no layer of the file."""

import string
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillroom.disclosure.packet import Packet, RecordPage, Section, Told, print_packet
from stillroom.disclosure.packet.cuts import Reason, Removal, cut, laid_out
from tests.disclosure.conftest import note, packet_of
from tests.harness import pdf_read

SECRET = "Ines Quellwasser of Zürich"
PAGE = replace(
    note(),
    sections=(
        Section("Data", (f"She fears what {SECRET} will say.\n\nЖЩЮ \u03a9mega.",)),
        Section("Who was told", (Told("Name", "Quellwasser\nCal"), "No more.")),
    ),
)


def everywhere(page: RecordPage, word: str) -> list[Removal]:
    """A removal for each place where a word stands."""
    return [
        Removal(one.spot, at, at + len(word), Reason.PERSON)
        for one in laid_out(page)
        for at in range(len(one.words))
        if one.words.startswith(word, at)
    ]


@pytest.fixture(scope="module")
def packet() -> Packet:
    removals = [
        *everywhere(PAGE, SECRET),
        *everywhere(PAGE, "Quellwasser"),
        *everywhere(PAGE, "ЖЩЮ \u03a9mega."),
    ]
    return print_packet(packet_of(cut(PAGE, removals)))


@pytest.fixture(scope="module")
def seen(packet: Packet) -> pdf_read.Read:
    return pdf_read.read(packet.pdf)


@pytest.fixture(scope="module")
def uncut() -> pdf_read.Read:
    return pdf_read.read(print_packet(packet_of(PAGE)).pdf)


@pytest.mark.parametrize("word", ["Quellwasser", "Ines", "Zürich", "Quell", "wasser", "mega"])
def test_no_reader_finds_what_was_cut(seen: pdf_read.Read, word: str) -> None:
    assert seen.holds(word) == []


def test_the_readers_do_find_what_was_not_cut(seen: pdf_read.Read, uncut: pdf_read.Read) -> None:
    """Else the test above would prove nothing."""
    assert {"pypdf", "pdfium", "pdfminer"} <= set(uncut.holds("Quellwasser"))
    assert {"pypdf", "pdfium", "pdfminer"} <= set(seen.holds("another person"))
    assert "Ж" in uncut.letters


def test_the_fonts_do_not_know_a_letter_that_only_the_cut_had(seen: pdf_read.Read) -> None:
    assert not set("ЖЩЮΩZü") & seen.letters
    assert set("She fears") - {" "} <= seen.letters


def test_the_file_has_one_revision_and_nothing_that_is_not_seen(packet: Packet) -> None:
    assert pdf_read.revisions(packet.pdf) == 1
    assert pdf_read.layers(packet.pdf) == []


def test_what_was_cut_leaves_no_mark_in_digest_or_file() -> None:
    """Two records that differ in nothing but the words cut make one and the same file."""
    files = []
    for secret in ("Ines", "Konstantin Abernathy, who lives at 14 Elm Street"):
        page = note([f"Setbacks follow calls with {secret}, and she sees it."])
        files.append(print_packet(packet_of(cut(page, everywhere(page, secret)))))
    assert files[0].pdf == files[1].pdf
    assert files[0].manifest == files[1].manifest


WORDS = st.text(string.ascii_lowercase, min_size=4, max_size=9)


@given(st.lists(WORDS, min_size=4, max_size=24), st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_words_cut_from_any_text_are_nowhere_in_the_file(
    words: list[str], data: st.DataObject
) -> None:
    # A letter that no other words of the file have marks each of these.
    words = [f"þ{word}ð" for word in words]
    gaps = [data.draw(st.sampled_from([" ", ", ", "\n", "\n\n", ". "])) for _ in words]
    page = note(["".join(word + gap for word, gap in zip(words, gaps, strict=True))])
    gone = data.draw(st.sets(st.sampled_from(words)))
    made = cut(page, [one for word in gone for one in everywhere(page, word)])
    seen = pdf_read.read(print_packet(packet_of(made)).pdf)
    for word in gone:
        assert seen.holds(word) == [], word
    for word in set(words) - gone:
        assert "pdfium" in seen.holds(word)
