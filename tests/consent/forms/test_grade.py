"""How hard a text is to read."""

import pytest

from stillroom.consent.forms.grade import grade, readable, syllables

SPOKEN = {
    1: "we tell notes asked make hurt rules the",
    2: "someone danger people client lawyer purpose abused needed changes being create table",
    3: "therapy privacy violence agency permission Maryland serious",
    4: "information reliable",
    5: "Pennsylvania",
}


@pytest.mark.parametrize(("count", "words"), SPOKEN.items())
def test_syllables_as_they_are_spoken(count: int, words: str) -> None:
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_the_formula_by_hand() -> None:
    # 6 words, 1 sentence, 6 syllables; then 4 words in 2 sentences, 6 syllables.
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert grade("We agree.", "They agree.") == pytest.approx(0.39 * 2 + 11.8 * 6 / 4 - 15.59)
    assert grade() == grade("...") == 0.0


def test_a_lawyers_sentence_is_not_readable() -> None:
    assert not readable(
        "Notwithstanding any limitation hereinafter contained, confidentiality obligations "
        "terminate upon disclosure necessitated by applicable jurisdictional requirements."
    )
