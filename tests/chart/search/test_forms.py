"""Other forms of a word: found, marked, ranked after what was typed; and never in an index."""

from pathlib import Path

import pytest

from stillroom.chart.search import (
    Forms,
    asked_of,
    bits,
    finder,
    forms,
    read_question,
    snippet,
    words,
)
from stillroom.chart.search.forms import has_forms
from tests.chart.search.naive import STEM
from tests.chart.search.test_finding import index_of


def found_with(typed: str, *held: str) -> list[str]:
    """Those of the words that a question finds, each alone in its record."""
    index = index_of([[word] for word in held])
    fits = asked_of(index, read_question(typed), index.all, None, Forms())
    return [held[int(index.entry(nth).record)] for nth in bits(fits.any)][::-1]


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("walked ", ["walk", "walking", "walks"]),
        ("anxiety ", ["anxieties"]),
        ("anxieties ", ["anxiety"]),
        ("hoping ", ["hope", "hoped"]),
        ("depressed ", ["depression", "depressing"]),
        ("stopped ", ["stop", "stopping"]),
        ("worries ", ["worry", "worried", "worrying"]),
    ],
)
def test_a_word_finds_its_other_forms_whichever_of_them_was_typed(
    typed: str, forms: list[str]
) -> None:
    others = ["wall", "anxious", "hopped", "depot", "stoic", "world", "walked1", "slept"]
    assert found_with(typed, *forms, *others) == forms


def test_what_is_quoted_is_meant_as_it_is_typed() -> None:
    assert found_with('"walked"', "walk", "walked", "walking") == ["walked"]
    assert found_with('"walked home"', "walk home", "walked home") == ["walked home"]


@pytest.mark.parametrize("typed", ["was ", "50mgs ", "\u05d4\u05dc\u05db\u05d5 ", "caf\u00e9s "])
def test_short_words_figures_and_other_languages_have_no_forms(typed: str) -> None:
    assert found_with(typed, "wa", "50mg", "\u05d4\u05dc\u05db") == []
    assert not has_forms("naïve")


def test_what_was_typed_comes_first_and_each_other_form_is_marked() -> None:
    index = index_of([["She walks alone."], ["We walked."], ["Walking helps."]])
    asked, forms = read_question("walked "), Forms()
    fits = asked_of(index, asked, index.all, None, forms)
    assert list(bits(fits.exactly)) == [1]
    assert set(bits(fits.by_beginning)) == {0, 2}
    shown = snippet(finder(asked, forms), [("Note", "She walks alone; walking helps; a wall.")])
    assert [one.text for one in shown.pieces if one.marked] == ["walks", "walking"]


def test_an_index_holds_words_as_they_were_written_and_no_stem() -> None:
    """What lies sealed on the disk does not change by this: no index is made anew for it."""
    index = index_of([["anxieties worrying"]])
    (held,) = [own for _, own in index.words_by_record()]
    assert held == {"anxieties", "worrying"}


def test_the_stemmer_agrees_with_the_same_rules_in_python_on_all_that_this_house_has_written() -> (
    None
):
    root = Path(__file__).parents[3]
    written = " ".join(page.read_text("utf-8") for page in (root / "docs").rglob("*.md"))
    read = {word for word in words(written) if has_forms(word)}
    assert len(read) > 3000
    stem = forms._english().stemWord
    assert [word for word in sorted(read) if stem(word) != STEM(word)] == []


def test_the_stemmer_keeps_no_word() -> None:
    """By itself the library remembers ten thousand, for as long as the process lives."""
    assert forms._english().maxCacheSize == 0  # type: ignore[attr-defined]
