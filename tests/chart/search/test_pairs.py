"""What lies beside an index for phrases may find too much, and never too little (decision 0055, T02)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart.search import IndexUnreadable, Pairs, neighbours, words
from stillroom.chart.search.pairs import PAIRS, parts_of

WORD = st.sampled_from(["the", "second", "sister", "bridge", "a", "é", "希望", "x" * 70])
TEXT = st.lists(WORD, max_size=12).map(" ".join)
RECORDS = st.lists(st.lists(TEXT, max_size=3), max_size=20)


def holding(records: list[list[str]], phrase: list[str]) -> int:
    """The records in which two neighbours of the phrase stand side by side, each pair: by hand."""
    found = 0
    for nth, texts in enumerate(records):
        there = {pair for text in texts for pair in pairwise(words(text))}
        if set(pairwise(phrase)) <= there:
            found |= 1 << nth
    return found


@given(RECORDS, TEXT)
def test_no_record_that_holds_a_phrase_is_left_out(records: list[list[str]], typed: str) -> None:
    phrase = words(typed)
    may = Pairs.of([neighbours(texts) for texts in records]).may_hold(phrase)
    assert holding(records, phrase) & ~may == 0


@given(RECORDS, RECORDS, TEXT)
def test_pairs_that_grew_are_those_that_were_made_at_once(
    before: list[list[str]], more: list[list[str]], typed: str
) -> None:
    """Records that are new, and words that were added to the first of those that were there."""
    grown = Pairs.of([neighbours(texts) for texts in before])
    added = {len(before) + nth: neighbours(texts) for nth, texts in enumerate(more)}
    if before:
        added[0] = neighbours([typed])
        before = [[*before[0], typed], *before[1:]]
    grown = grown.with_more(len(before) + len(more), added)
    whole = Pairs.of([neighbours(texts) for texts in [*before, *more]])
    assert grown.encoded() == whole.encoded()
    read = Pairs.decoded(len(before) + len(more), grown.encoded().__getitem__)
    assert read.encoded() == whole.encoded()
    assert read.may_hold(words(typed)) == whole.may_hold(words(typed))


@given(RECORDS, TEXT)
def test_a_phrase_asks_only_the_parts_that_it_says(records: list[list[str]], typed: str) -> None:
    pairs = Pairs.of([neighbours(texts) for texts in records])
    phrase = words(typed)
    some = {nth: part for nth, part in pairs.encoded().items() if nth in parts_of(phrase)}
    read = Pairs.decoded(len(records), some.__getitem__)
    assert read.may_hold(phrase) == pairs.may_hold(phrase)


def test_bytes_that_are_none_of_this_index_are_nothing() -> None:
    pairs = Pairs.of([neighbours(["the second sister"])])
    for size, part in ((1, b"rubbish"), (9, pairs.encoded()[PAIRS])):
        read = Pairs.decoded(size, lambda _, part=part: part)
        with pytest.raises(IndexUnreadable):
            read.may_hold(("second", "sister"))
        with pytest.raises(IndexUnreadable):
            read.with_more(size, {})


def test_two_neighbours_stay_in_their_rows() -> None:
    """Whoever hashes otherwise says so by another format, or no phrase is found any more."""
    assert neighbours(["the second sister"]) == {2121, 2209, 2821, 2976}
    assert list(parts_of(("second", "sister"))) == [43]


def test_few_records_are_found_for_nothing() -> None:
    """Six hundred neighbours a note: about one in twenty is found that does not hold the phrase."""
    texts = [[f"w{nth}x{at}" for at in range(600)] for nth in range(400)]
    pairs = Pairs.of([neighbours([" ".join(one)]) for one in texts])
    assert pairs.may_hold(("second", "sister")).bit_count() < 60
