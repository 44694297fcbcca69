"""Spelling mistakes: what is near, judged beside the whole table of changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart.search import allowance, is_near
from tests.chart.search import naive

LETTERS = st.text(alphabet="abcé3", min_size=0, max_size=11)


@pytest.mark.parametrize(
    ("typed", "word", "near"),
    [
        ("slep", "sleep", True),
        ("anxeity", "anxiety", True),
        ("brigde", "bridge", True),
        ("depresion", "depression", True),
        ("deppresion", "depression", True),
        ("dpresion", "depression", True),
        ("depessino", "depression", False),
        ("mom", "mum", False),
        ("60mg", "50mg", False),
        ("2026", "2025", False),
        ("mother", "father", False),
        ("sister", "sisters", True),
        ("well", "will", True),
    ],
)
def test_mistakes_that_people_make(typed: str, word: str, near: bool) -> None:
    assert is_near(typed, word) is near


@given(LETTERS, LETTERS)
def test_near_is_what_the_whole_table_says(typed: str, word: str) -> None:
    assert is_near(typed, word) is naive.near(typed, word)


@given(st.text(alphabet="abcdefgh", min_size=4, max_size=12), st.data())
def test_whatever_is_changed_within_the_allowance_is_near(word: str, data: st.DataObject) -> None:
    changed = word
    for _ in range(allowance(word)):
        at = data.draw(st.integers(0, len(changed) - 1))
        new = data.draw(st.sampled_from(["", "x", "x" + changed[at]]))
        changed = changed[:at] + new + changed[at + 1 :]
    assert is_near(word, changed)


@given(LETTERS)
def test_a_word_is_near_to_itself(word: str) -> None:
    assert is_near(word, word)
