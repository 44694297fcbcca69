"""The provisions that come with Stillroom are fit to be used, and every case of theirs holds."""

from datetime import date

import pytest

from stillroom.law import ACTS, Corpus, Matter
from tests.law_on_file import ROOT, corpus, problems

pytestmark = pytest.mark.long


def test_the_corpus_on_file_is_clean_and_its_cases_hold() -> None:
    assert [str(problem) for problem in problems()] == []


def test_the_corpus_is_the_same_whatever_the_order_of_reading() -> None:
    assert Corpus.load(ROOT).digest == corpus().digest
    assert len(corpus().digest) == 64


def test_every_matter_can_be_asked_with_nothing_known() -> None:
    asked = {(place, "disclose") for place in corpus().places} | {("us-md", act) for act in ACTS}
    for place, act in sorted(asked):
        opinion = corpus().opine(Matter(act, (place,), "psychologist", date(2026, 11, 23)), {})
        assert opinion.exact, (place, act)


def test_what_a_provision_says_names_no_file_of_ours() -> None:
    """A therapist reads it: where else to look is named by what it is about."""
    said = {
        one.id: f"{one.title} {one.says} {one.notes} {one.notice} {one.opens}"
        for one in corpus().provisions.values()
    }
    assert [name for name, words in said.items() if ".yaml" in words] == []
