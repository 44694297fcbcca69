"""The words around what was found: true to the text, with the right words marked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.chart.search import (
    Entry,
    Finder,
    Index,
    Spellings,
    asked_of,
    finder,
    read_question,
    snippet,
    words,
)
from tests.chart.search import plain

LONG = (
    "She came on time. " * 20 + "We walked the second bridge with her sister. " + "Then home. " * 30
)


def _finder(typed: str, text: str, *, nearly: bool) -> Finder:
    """As a search makes it, when this text was all that it asked."""
    question, spellings = read_question(typed), Spellings()
    index = Index.of_words([(Entry("r" * 26, 0, "note", "ada"), set(words(text)))])
    asked_of(index, question, index.all, spellings)
    return finder(question, *([spellings] if nearly else []))


def shown(typed: str, text: str, *, nearly: bool = False) -> str:
    """A snippet, its marks in brackets."""
    found = snippet(_finder(typed, text, nearly=nearly), [("Data", text)])
    middle = "".join(f"[{one.text}]" if one.marked else one.text for one in found.pieces)
    return f"{'…' if found.cut_before else ''}{middle}{'…' if found.cut_after else ''}"


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("sleep ", "Sleep is shorter.", "[Sleep] is shorter."),
        ("sle", "Sleep, asleep, slept.", "[Sleep], asleep, [slept]."),
        ('"second bridge"', "bridge. The second  bridge", "bridge. The [second bridge]"),
        ("naive ", "So naïve!", "So [naïve]!"),
        ("zoe ", "Zoe\u0308 came", "[Zoe\u0308] came"),
        ("o'brien ", "Mr O’Brien", "Mr [O’Brien]"),
        ("希望", "他希望回家", "他[希望]回家"),
        ("שלום ", "אמר שָׁלוֹם לה", "אמר [שָׁלוֹם] לה"),
        ("🙂", "fine 🙂🙂", "fine [🙂][🙂]"),
        ("harm ", "none", ""),
    ],
)
def test_what_was_found_is_marked_as_it_was_written(typed: str, text: str, expected: str) -> None:
    assert shown(typed, text) == expected


def test_a_near_word_is_marked_where_near_words_were_asked_for() -> None:
    assert shown("brigde ", "The bridge again", nearly=True) == "The [bridge] again"
    assert shown("brigde ", "The bridge again") == ""


def test_a_long_text_is_cut_between_words() -> None:
    line = shown("bridge sister ", LONG)
    assert (line[0], line[-1]) == ("…", "…")
    assert "[bridge] with her [sister]" in line
    inside = line.strip("…").replace("[", "").replace("]", "")
    assert inside in LONG
    assert len(inside) <= 201
    assert LONG[LONG.index(inside) - 1] == " "


def test_the_passage_that_shows_most_is_chosen() -> None:
    asked = read_question("sleep bridge ")
    passages = [("Data", "sleep"), ("Plan", "sleep, then the bridge"), ("Later", "bridge")]
    assert snippet(finder(asked), passages).heading == "Plan"


def test_the_stretch_that_shows_most_is_chosen() -> None:
    text = "sleep " + "word " * 200 + "sleep over the bridge"
    assert "[sleep] over the [bridge]" in shown("sleep bridge ", text)


@given(st.text(max_size=400), st.text(max_size=20), st.booleans())
def test_a_snippet_is_a_stretch_of_its_text(text: str, typed: str, nearly: bool) -> None:
    found = snippet(_finder(typed, text, nearly=nearly), [("", text)])
    whole = "".join(piece.text for piece in found.pieces)
    assert "".join(whole.split()) in "".join(text.split())


@given(
    st.lists(st.text(alphabet="ab é\u0301希🙂-", max_size=8), min_size=1, max_size=30), st.data()
)
def test_each_mark_is_a_word_that_was_asked_for(some: list[str], data: st.DataObject) -> None:
    text = " ".join(some)
    wanted = data.draw(st.sampled_from(words(text) or ["a"]))
    for piece in snippet(finder(read_question(f"{wanted} ")), [("", text)]).pieces:
        if piece.marked:
            assert words(piece.text) == [wanted]


WORDS = [
    "sleep",
    "Sleep",
    "SLEEPS",
    "asleep",
    "second",
    "bridge",
    "s",
    "a",
    "Bridgehead",
    "sleep2",
    "é",
    "ﬁ",
    "œ",
    "希",
    "🙂",
    "ë",
]
BETWEEN = [" ", "  ", ", ", ".", "\n", "_", "'", "\u00ad"]
PARTS = st.sampled_from([*WORDS, *BETWEEN, "x" * 70, "word " * 40])
TYPED = [
    "sleep ",
    "sle",
    "second bridge ",
    '"second bridge"',
    "a ",
    "brid",
    "sleep a bridge ",
    "s ",
]
ASKED = st.sampled_from([*TYPED, "希", "x" * 64, "sleep2 ", '"second brid', "2", "fi "])


@given(
    st.lists(PARTS, max_size=60), st.lists(PARTS, max_size=9), ASKED, st.sampled_from([5, 40, 200])
)
@settings(max_examples=600)
def test_a_snippet_is_what_reading_everything_gives(
    some: list[str], more: list[str], typed: str, width: int
) -> None:
    passages = [("Data", "".join(some)), ("Plan", "".join(more))]
    for one in (passages, passages[::-1]):
        asked = finder(read_question(typed))
        assert snippet(asked, one, width) == plain.snippet(asked, one, width)


def test_a_long_plain_text_is_read_no_further_than_its_first_stretch() -> None:
    asked = finder(read_question("sleep "))
    text = "Word after word. " * 30 + "Sleep, and sleep. " + "Asleep by one. " * 30 + "sleep " * 30
    assert snippet(asked, [("Data", text)], 200) == plain.snippet(asked, [("Data", text)], 200)
