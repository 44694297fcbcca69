"""What changed between two versions is shown word by word, and nothing vanishes from the page."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart.comparison import ADDED, GONE, SAME, Run, compare, compare_passages

words = st.text(alphabet="ab cd\n\n.,’é🙂 שלום", max_size=60)


def joined(runs: tuple[Run, ...], *kinds: str) -> str:
    return "".join(run.words for run in runs if run.kind in kinds)


@given(words, words)
def test_same_and_gone_is_the_old_text_same_and_added_the_new(old: str, new: str) -> None:
    runs = compare(old, new)
    assert joined(runs, SAME, GONE) == old
    assert joined(runs, SAME, ADDED) == new


@given(words)
def test_nothing_changed_is_one_run_that_stayed(text: str) -> None:
    assert compare(text, text) == ((Run(SAME, text),) if text else ())


@given(words, words)
def test_what_went_stands_before_what_came_and_no_two_alike_stand_together(
    old: str, new: str
) -> None:
    kinds = [run.kind for run in compare(old, new)]
    assert all(a != b for a, b in pairwise(kinds))
    assert (ADDED, GONE) not in set(pairwise(kinds))


def test_a_word_changed_is_that_word_and_not_the_sentence() -> None:
    runs = compare("He denies plan or intent.", "He denied plan or intent.")
    assert runs == (
        Run(SAME, "He "),
        Run(GONE, "denies"),
        Run(ADDED, "denied"),
        Run(SAME, " plan or intent."),
    )


def test_two_changed_words_beside_one_another_are_read_as_one_change() -> None:
    runs = compare("She slept very badly again.", "She slept rather well again.")
    assert runs[1:3] == (Run(GONE, "very badly"), Run(ADDED, "rather well"))


def test_a_word_with_an_apostrophe_or_a_hyphen_is_one_word() -> None:
    assert Run(GONE, "co-sign’s") in compare("the co-sign’s end", "the note’s end")


def test_one_changed_paragraph_leaves_the_others_whole() -> None:
    old = "First.\n\nSecond one.\n\nThird."
    runs = compare(old, "First.\n\nSecond two.\n\nThird.")
    assert [run.words for run in runs if run.kind != SAME] == ["one", "two"]


def test_a_huge_paragraph_is_shown_as_changed_whole_and_loses_nothing() -> None:
    old, new = "a b " * 5000, "b a " * 5000
    assert compare(old, new) == (Run(GONE, old), Run(ADDED, new))


def test_a_section_that_is_gone_is_still_shown() -> None:
    old = [("Data", "He came."), ("Guess", "His sister Mara drinks.")]
    found = compare_passages(old, [("Data", "He came."), ("Plan", "Tuesday.")])
    assert [(one.heading, one.fate) for one in found] == [
        ("Data", SAME),
        ("Plan", ADDED),
        ("Guess", GONE),
    ]
    assert found[2].went == 4


def test_the_same_heading_twice_loses_neither_text() -> None:
    (found,) = compare_passages([("Note", "one"), ("Note", "two")], [])
    assert joined(found.runs, GONE) == "one\n\ntwo"
