"""Hostile text: nothing in a note is ever read as the typesetter's own language."""

import json
import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from stillroom.disclosure.packet import (
    Composition,
    Cut,
    Notice,
    PressFailed,
    Section,
    compose,
    paragraphs,
    print_packet,
    printable,
    render,
    shows_all,
)
from stillroom.disclosure.packet.words import right_to_left
from tests.disclosure.conftest import NOW, note, packet_of
from tests.disclosure.test_packet_file import text_of

MARKUP = [
    '#import "packet.typ": *',
    '#read("/etc/passwd")',
    "#{panic(1)} #sys.inputs.data",
    "= no heading\n- no list\n+ none\n/ none: none",
    "$ x^2 $ *not bold* _not slanted_ `raw` <label> @nowhere \\ \\u{41} // no /* comment */",
    '"]}], "sections": [{"label": "forged"',
    "%s {0} ${x} {{y}} \\n \\\\",
    "-- --- ... ' \" ~",
    "https://example.org/#frag?x=1&y=2",
]


def words_of(texts: list[str]) -> str:
    pages = text_of(print_packet(packet_of(note([f"«{t}»" for t in texts]))).pdf)
    return " ".join(pages[1:])


def test_markup_in_a_note_is_printed_letter_by_letter():
    printed = words_of(MARKUP)
    for text in MARKUP:
        assert f"«{' '.join(text.split())}»" in printed


def test_a_hostile_title_matter_or_name_is_only_text():
    evil = '#read("/etc/passwd")'
    packet = packet_of(note(), matter=evil, client=evil, signer=evil, request=evil)
    pages = text_of(print_packet(packet).pdf)
    assert pages[0].count(evil) >= 4
    assert "root:" not in " ".join(pages)


def test_every_other_place_for_words_is_as_safe_as_the_note():
    evil = '#read("/etc/passwd") *x*'
    record = replace(
        note([Cut(evil)]),
        title=evil,
        particulars=(evil,),
        sections=(Section(evil, (Cut(evil),)),),
        signed=evil,
    )
    notice = Notice(f"{evil}. {evil}", evil)
    pages = text_of(print_packet(packet_of(record, notices=(notice,))).pdf)
    assert pages[1].count("#read(") == 8
    assert pages[1].count("*x*") == 8


def test_no_word_of_a_note_becomes_source():
    """The sheet is one fixed file; the words are one JSON value beside it."""
    composition, _ = compose(packet_of(note(MARKUP)))
    assert composition.sheet == "packet"
    assert json.loads(composition.data)["records"][0]["sections"][0]["label"] == "Data"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("smile \U0001f600", "smile [grinning face]"),
        ("\u6f22", "[U+6F22]"),
        ("\x00\x07\x1b[31m", "[U+0000][U+0007][U+001B][31m"),
        ("\u202eevil\u202c", "[right-to-left override]evil[pop directional formatting]"),
        ("\u2066x", "[left-to-right isolate]x"),
        ("a\U000e0041b", "a[tag latin capital letter a]b"),
        ("\ud800", "[U+D800]"),
        ("\ue000", "[U+E000]"),
        ("a\r\nb\u2028c", "a\nb\nc"),
        ("e" + "\u0300" * 6, "\u00e8" + "\u0300" * 4 + "[combining grave accent]"),
        ("שלום", "שלום"),
        ("naïve café — “so”", "naïve café — “so”"),
    ],
)
def test_what_cannot_be_shown_or_would_mislead_is_named(text, shown):
    assert printable(text) == shown
    assert shows_all(text) == ("[" not in shown)


def test_two_people_can_read_hebrew_and_arabic_from_the_right():
    assert right_to_left("«שלום» she said")
    assert right_to_left("123 سلام")
    assert not right_to_left("She said שלום")
    printed = words_of(["שלום", "سلام", "Здравствуй", "Γειά σου"])
    assert "Здравствуй" in printed
    assert "Γειά σου" in printed
    assert "[" not in printed


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_what_is_printable_stays_so(text):
    once = printable(text)
    assert printable(once) == once
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") for c in once if c != "\n")
    once.encode()


@given(st.lists(st.text(min_size=1, max_size=80), min_size=30, max_size=60))
@settings(max_examples=12, deadline=None)
def test_any_text_at_all_can_be_printed(texts):
    """Many texts in one packet, because starting the press is what costs."""
    assert print_packet(packet_of(note(texts))).manifest.total_pages >= 2


def test_every_character_we_claim_to_show_is_shown():
    from stillroom.disclosure.packet.words import _repertoire

    starts, ends = _repertoire()
    every = [chr(cp) for a, b in zip(starts, ends, strict=True) for cp in range(a, b + 1)]
    text = "".join("x" + c if unicodedata.combining(c) else c + " " for c in every)
    assert print_packet(packet_of(note([text]))).manifest.total_pages > 2


def test_odd_marks_on_odd_letters_are_printed():
    odd = "\u0628\u0591 \u05d0\u064b\u0300 \u10d0\u0487"
    assert print_packet(packet_of(note([odd]))).pdf


def test_what_slips_through_to_the_press_is_spelled_out_and_not_fatal():
    composition, _ = compose(packet_of(note(["HERE, naïve — so"])))
    slipped = replace(composition, data=composition.data.replace("HERE", "\ue000 \u0416"))
    page = text_of(render(slipped).pdf)[1]
    assert "[U+E000] [cyrillic capital letter zhe], naïve — so" in page


def test_two_megabytes_in_one_note_are_printed_and_long_words_stay_on_the_page():
    text = "She drove on after the second bridge. " * 52_000 + "A" * 40_000
    packet = print_packet(packet_of(note([text])))
    assert packet.manifest.total_pages > 500
    last = PdfReader(BytesIO(packet.pdf)).pages[-1].extract_text()
    assert "A" * 30 in last
    assert "A" * 61 not in last


def test_a_word_gets_a_place_to_break_but_never_between_letter_and_mark():
    broken = printable("x" + "q\u0301" * 200)
    assert "\u200b" in broken
    assert all(not unicodedata.combining(part[0]) for part in broken.split("\u200b"))


def test_paragraphs_part_at_empty_lines_and_around_cuts():
    def told(*passages):
        return [
            "".join(run["words"] if "words" in run else f"<{run['cut']}>" for run in p["runs"])
            for p in paragraphs(passages)
        ]

    assert told("one\n\ntwo\n \nthree") == ["one", "two", "three"]
    assert told("calls with ", Cut("a name"), "; so") == ["calls with <[removed: a name]>; so"]
    assert told("one\n\n", Cut("three names"), "\n\ntwo") == [
        "one",
        "<[removed: three names]>",
        "two",
    ]
    assert told("one", "two") == ["one", "two"]
    assert told("", "\n\n") == []


def test_a_broken_job_fails_without_a_word_of_the_client():
    with pytest.raises(PressFailed) as caught:
        render(Composition("packet", json.dumps({"title": "Dov Halpern"}), NOW))
    assert "Dov" not in str(caught.value) + caught.value.advice
