"""Codes are found by code, by words, with typing errors; and never what is out of force."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart.icd10cm import Standing, catalogue, closeness, forgiven
from stillroom.chart.icd10cm._words import ALSO, SHORT, words_of

CODES = catalogue()
NOW = date(2026, 11, 28)


def found(typed: str, most: int = 12) -> list[str]:
    return [hit.code.code for hit in CODES.find(typed, NOW, most)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("f331", "F33.1"),
        ("F33.1", "F33.1"),
        ("recurrent moderate depr", "F33.1"),
        ("generalized anxeity", "F41.1"),
        ("biploar II", "F31.81"),
        ("agorapobia", "F40.00"),
        ("prolonged greif", "F43.81"),
        ("Bereavement", "F43.81"),
        ("borderline", "F60.3"),
        ("depression", "F32.A"),
        ("sheltered homeless", "Z59.01"),
        ("spouse relationship", "Z63.0"),
        ("PTSD chronic", "F43.12"),
    ],
)
def test_the_first_hit_is_the_one_that_was_meant(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_depression_finds_the_depressive_disorders_too() -> None:
    assert "F33.1" in found("depression recurrent")


def test_a_hit_by_an_inclusion_term_says_the_term() -> None:
    (hit,) = [one for one in CODES.find("bereavement", NOW) if one.code.code == "Z63.4"]
    assert hit.by == "Bereavement"


def test_headings_are_said_to_be_headings() -> None:
    hits = {hit.code.code: hit.standing for hit in CODES.find("F33", NOW)}
    assert hits["F33"] is Standing.HEADING
    assert hits["F33.1"] is Standing.BILLABLE


def test_what_is_out_of_force_is_not_offered() -> None:
    every = [one for one in CODES.codes.values() if one.marks[-1] == "-"]
    assert all(one.code not in found(one.code, 50) for one in every)


@pytest.mark.parametrize("short", [*SHORT, *ALSO])
def test_every_short_form_leads_somewhere(short: str) -> None:
    assert found(short)


@pytest.mark.parametrize("typed", ["", "  ", "?!", "qqqqqqqq", "🙂", "א"])
def test_what_leads_nowhere_finds_nothing(typed: str) -> None:
    assert found(typed) == []


def spoiled(word: str, dice: Random) -> str:
    """One error: a letter lost, doubled, changed, or two swapped."""
    at = dice.randrange(1, len(word) - 1)
    return dice.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + dice.choice("aeiorst") + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


@given(st.sampled_from(sorted(CODES.codes)), st.randoms(use_true_random=False))
def test_one_error_in_a_long_word_still_finds_the_code(code: str, dice: Random) -> None:
    one = CODES.codes[code]
    long = [word for word in words_of(one.title) if len(word) >= 8 and word.isalpha()]
    if not long or one.marks[-1] == "-":
        return
    typed = spoiled(dice.choice(long), dice)
    if any(other.startswith(typed) for other in CODES._index._weights):
        return  # it became another word, or the beginning of one
    assert code in found(typed, 4000)


def naive(typed: str, word: str) -> int:
    """Optimal string alignment to the best beginning of `word`, from its definition."""

    def apart(a: str, b: str) -> int:
        if not a or not b:
            return len(a) + len(b)
        cost = min(
            apart(a[:-1], b) + 1, apart(a, b[:-1]) + 1, apart(a[:-1], b[:-1]) + (a[-1] != b[-1])
        )
        if len(a) > 1 and len(b) > 1 and a[-1] == b[-2] and a[-2] == b[-1]:
            cost = min(cost, apart(a[:-2], b[:-2]) + 1)
        return cost

    return min(apart(typed, word[:end]) for end in range(len(word) + 1))


@given(st.text("abc", max_size=5), st.text("abc", max_size=5), st.integers(0, 4))
def test_closeness_is_what_its_definition_says(typed: str, word: str, most: int) -> None:
    assert closeness(typed, word, most) == min(naive(typed, word), most + 1)


def test_short_words_must_be_right_and_long_ones_may_hold_two_errors() -> None:
    assert [forgiven(length) for length in (3, 4, 7, 8, 20)] == [0, 1, 1, 2, 2]
