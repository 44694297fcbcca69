"""What counts as a word, in whatever script it was written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart.search import fold, words
from stillroom.chart.search.words import LONGEST, came_from


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She came ON TIME.", ["she", "came", "on", "time"]),
        ("Zoë's naïve façade", ["zoe", "s", "naive", "facade"]),
        ("Zoe\u0308", ["zoe"]),
        ("O’Brien o'brien", ["o", "brien", "o", "brien"]),
        ("self-harm, self\u2011harm", ["self", "harm", "self", "harm"]),
        ("ther\u00adapy", ["therapy"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("Søren Łukasz Đức Ægir cœur", ["soren", "lukasz", "duc", "aegir", "coeur"]),
        ("ﬁne ½ x²", ["fine", "1", "2", "x2"]),
        ("50mg 12/03/2026", ["50mg", "12", "03", "2026"]),
        ("שָׁלוֹם", ["שלום"]),
        ("مُحَمَّد كتـــاب", ["محمد", "كتاب"]),
        ("می‌خواهم", ["میخواهم"]),
        ("希望 hope", ["希", "望", "hope"]),
        ("ｶﾞﾝ", ["カ", "ン"]),
        ("กลัว", ["ก", "ล", "ว"]),
        ("한국어", words("한국어")),
        ("fine🙂🙂 👩🏽‍🚀", ["fine", "🙂", "🙂", "👩", "🚀"]),
        ("a^b `c` d_e", ["a", "b", "c", "d", "e"]),
        ("", []),
        (" \n\t\x00\u200b", []),
    ],
)
def test_words_are_found_whatever_they_are_written_in(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_korean_is_one_word_however_it_is_composed() -> None:
    assert len(words("한국어")) == 1
    assert words("한국어") == words(unicodedata.normalize("NFD", "한국어"))


def test_a_word_without_end_counts_by_its_beginning_only() -> None:
    assert words("k" * 5000) == words("k" * LONGEST) == ["k" * LONGEST]


@given(st.text())
def test_folding_folded_words_changes_nothing(text: str) -> None:
    for word in words(text):
        assert words(word) == [word]


@given(st.text(), st.text())
def test_a_space_parts_words_and_nothing_reaches_over_it(one: str, other: str) -> None:
    assert words(f"{one} {other}") == words(one) + words(other)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",))))
def test_composed_and_decomposed_are_one(text: str) -> None:
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert words(composed) == words(apart)


@given(st.text())
def test_every_character_of_the_folded_text_came_from_somewhere(text: str) -> None:
    origin = came_from(text)
    assert len(origin) == len(fold(text))
    assert origin == sorted(origin)
    assert all(0 <= at < len(text) for at in origin)
