"""P9: what is cut is gone from the page, and the page does not tell how much it was."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.disclosure.packet import Cropped, Cut, Section, Told
from stillroom.disclosure.packet.cuts import (
    CutMisplaced,
    Reason,
    Removal,
    cut,
    laid_out,
    merge,
    widened,
)
from tests.disclosure.conftest import note

PERSON, MEMBER = Reason.PERSON, Reason.MEMBER
A, B = Cut("another person"), Cut("another member")


def removed(words: str, spot: str, part: str, why: Reason = PERSON) -> Removal:
    start = words.index(part)
    return Removal(spot, start, start + len(part), why)


def test_every_paragraph_and_every_line_of_an_answer_has_its_place() -> None:
    page = note(["One.\r\n \r\nTwo,\nstill two.", Told("Medication", "Sertraline\nMelatonin")])
    page = replace(page, sections=(*page.sections, Section("Plan", ("Tuesday.",))))
    assert [(p.spot, p.heading, p.label, p.words) for p in laid_out(page)] == [
        ("0.0.0", "Data", "", "One."),
        ("0.0.1", "Data", "", "Two,\nstill two."),
        ("0.1.0", "Data", "Medication", "Sertraline"),
        ("0.1.1", "Data", "Medication", "Melatonin"),
        ("1.0.0", "Plan", "", "Tuesday."),
    ]


def test_a_name_is_cut_where_it_stands_and_the_rest_stays() -> None:
    words = "Setbacks follow calls with Ines; she sees it."
    made = cut(note([words]), [removed(words, "0.0.0", "Ines")])
    assert made.sections[0].passages == (
        Cropped(("Setbacks follow calls with ", A, "; she sees it.")),
    )
    assert made.cuts == 1


@pytest.mark.parametrize(
    ("words", "part", "left"),
    [
        ("with Ines, he said", "Ine", ("with ", A, ", he said")),
        ("Ines’s house", "Ines", (A, " house")),
        ("Anne-Marie came", "Marie", (A, " came")),
        ("Rene\u0301e came", "Rene", (A, " came")),
        (
            "in the house \U0001f469\u200d\U0001f9b0 there",
            "\U0001f469",
            ("in the house ", A, " there"),
        ),
        ("with  Ines  there", " Ines ", ("with  ", A, "  there")),
    ],
)
def test_no_end_of_a_word_is_left_standing(words: str, part: str, left: tuple[object, ...]) -> None:
    made = cut(note([words]), [removed(words, "0.0.0", part)])
    assert made.sections[0].passages == (Cropped(left),)  # type: ignore[arg-type]


def test_a_bar_tells_no_length() -> None:
    """One word, a sentence, three paragraphs of one reason: one bar, the same one."""
    short, long = "Ines.", "Ines Ferro told him so.\n\nShe was ill.\n\nShe died."
    made = []
    for words in (short, long):
        page = note([f"Before.\n\n{words}\n\nAfter."])
        middle = [p for p in laid_out(page) if p.words not in ("Before.", "After.")]
        made.append(cut(page, [Removal(p.spot, 0, len(p.words), PERSON) for p in middle]))
    assert made[0] == made[1]
    assert made[0].sections[0].passages == (
        Cropped(("Before.",)),
        Cropped((A,)),
        Cropped(("After.",)),
    )


def test_passages_of_two_reasons_are_two_bars() -> None:
    words = "Ines Ferro and Cal"
    made = cut(
        note([words]),
        [
            removed(words, "0.0.0", "Ines"),
            removed(words, "0.0.0", "Ferro"),
            removed(words, "0.0.0", "Cal", MEMBER),
        ],
    )
    assert made.sections[0].passages == (Cropped((A, " and ", B)),)


def test_a_line_of_an_answer_leaves_its_label_to_the_others_and_takes_it_when_it_was_the_last() -> (
    None
):
    told = Told("With whom", "Ines Ferro\nCal Ferro")
    one = cut(note([told]), [Removal("0.0.0", 0, 10, PERSON)])
    assert one.sections[0].passages == (Cropped((A,)), Cropped(("Cal Ferro",), "With whom"))
    both = cut(
        note([told]),
        [
            Removal("0.0.0", 0, 4, PERSON),
            Removal("0.0.0", 5, 10, PERSON),
            Removal("0.0.1", 0, 9, PERSON),
        ],
    )
    assert both.sections[0].passages == (Cropped((A,)),)


@pytest.mark.parametrize("spot", ["9.0.0", "0.0.1", "", "0.0"])
def test_a_cut_that_fits_no_paragraph_is_refused(spot: str) -> None:
    with pytest.raises(CutMisplaced):
        cut(note(["Slept better."]), [Removal(spot, 0, 4, PERSON)])


@pytest.mark.parametrize(("start", "end"), [(0, 99), (-1, 3), (4, 4), (5, 2)])
def test_a_cut_past_the_words_is_refused(start: int, end: int) -> None:
    with pytest.raises(CutMisplaced):
        cut(note(["Slept better."]), [Removal("0.0.0", start, end, PERSON)])


def test_what_is_not_cut_is_what_it_was() -> None:
    page = note(["One.\n\nTwo.", Told("Level", "Low")])
    assert cut(page, []) == page


words_of = st.lists(
    st.sampled_from(["Ines", "Cal", "slept", "no", "—", "O’Neil", "é", "."]), max_size=12
).map(" ".join)
spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(list(Reason))), max_size=5
)


@given(words_of, spans)
@settings(max_examples=150)
def test_spans_come_in_order_and_touch_nothing_twice(
    words: str, found: list[tuple[int, int, Reason]]
) -> None:
    wide = [(*widened(words, start, end), why) for start, end, why in found]
    kept = [one for one in wide if one[0] < one[1]]
    made = merge(words, kept)
    assert all(one[1] <= two[0] for one, two in pairwise(made))
    covered = {place for start, end, _ in made for place in range(start, end)}
    assert {place for start, end, _ in kept for place in range(start, end)} <= covered
