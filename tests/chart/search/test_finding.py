"""Finding by an index gives what reading every record gives."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.chart.search import (
    Entry,
    Forms,
    Index,
    IndexUnreadable,
    Question,
    Spellings,
    Term,
    asked_of,
    bits,
    holds_phrases,
    parts_of,
    read_question,
)
from stillroom.chart.search.leaves import leaf_of
from tests.chart.search import naive

WORDS = st.one_of(
    st.sampled_from(
        [
            "sleep",
            "slept",
            "sleeps",
            "slep",
            "sleeping",
            "bridge",
            "brigde",
            "second",
            "sister",
            "she",
            "d",
            "50mg",
            "60mg",
            "depression",
            "depresion",
            "depressed",
            "deppression",
            "a",
            "an",
            "anx",
            "anxiety",
            "anxeity",
            "希望",
            "望",
            "🙂",
            "Zoë",
            "naïve",
            "שָׁלוֹם",
            "O'Brien",
        ]
    ),
    st.text(alphabet="abé'- \"", max_size=9),
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
RECORDS = st.lists(st.lists(TEXTS, min_size=1, max_size=3), max_size=12)
TYPED = st.lists(WORDS, max_size=4).map(" ".join) | st.lists(WORDS, max_size=3).map(
    lambda some: f'"{" ".join(some)}"'
)


def name(nth: int) -> str:
    """An identifier of 26 letters, like every record's."""
    return f"{nth:026}"


def index_of(records: list[list[str]]) -> Index:
    """An index of records, the last one the newest."""
    return Index.build(
        (
            Entry(name(nth), nth, f"kind{nth % 3}", f"author{nth % 2}"),
            [("", text) for text in texts],
        )
        for nth, texts in enumerate(records)
    )


def found(
    records: list[list[str]], question: Question, *, nearly: bool, forms: bool = False
) -> dict[str, set[str]]:
    """Records by how they fit: by the index, then the phrases looked up in the text."""
    index = Index.decoded(index_of(records).encoded().__getitem__)
    fits = asked_of(index, question, index.all, *_helps(nearly, forms))
    by_name = {name(nth): texts for nth, texts in enumerate(records)}
    named = {
        how: {index.entry(nth).record for nth in bits(getattr(fits, how))}
        for how in ("exactly", "by_beginning", "nearly")
    }
    return {
        how: {one for one in some if holds_phrases(question, by_name[one])}
        for how, some in named.items()
    }


def _helps(nearly: bool, forms: bool) -> tuple[Spellings | None, Forms | None]:
    return Spellings() if nearly else None, Forms() if forms else None


@given(RECORDS, TYPED, st.booleans(), st.booleans())
@settings(max_examples=300)
def test_the_index_finds_what_reading_finds(
    records: list[list[str]], typed: str, nearly: bool, forms: bool
) -> None:
    question = read_question(typed)
    expected: dict[str, set[str]] = {"exactly": set(), "by_beginning": set(), "nearly": set()}
    for nth, texts in enumerate(records):
        how = naive.fits(question, texts, nearly=nearly, forms=forms)
        if how:
            expected[how].add(name(nth))
    assert found(records, question, nearly=nearly, forms=forms) == expected


LONG = st.text(alphabet="abcde", min_size=4, max_size=11)


@given(LONG, st.lists(LONG, max_size=40))
@settings(max_examples=300)
def test_no_near_word_is_overlooked(typed: str, held: list[str]) -> None:
    index = index_of([[word] for word in held])
    fits = asked_of(index, Question((Term((typed,)),)), index.all, Spellings())
    expected = {nth for nth, word in enumerate(held) if naive.near(typed, word)}
    assert {int(index.entry(nth).record) for nth in bits(fits.any)} == expected


def test_each_single_mistake_in_a_word_is_found() -> None:
    word = "anxiety"
    wrong = {
        word[:at] + letter + word[at + cut :]
        for at in range(8)
        for cut in (0, 1)
        for letter in ("x", "")
    }
    wrong |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(6)}
    index = index_of([[word]])
    for typed in wrong:
        if 4 <= len(typed) < 8:
            assert asked_of(index, Question((Term((typed,)),)), 1, Spellings()).any, typed


@given(RECORDS, st.integers(-1, 13), st.integers(-1, 13))
def test_filters_take_what_they_say(records: list[list[str]], first: int, last: int) -> None:
    index = index_of(records)
    entries = list(index.entries())
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert [index.entry(nth) for nth in range(len(index))] == entries

    def at(some: int) -> list[int]:
        return sorted(entries[nth].at for nth in bits(some))

    assert at(index.within(first, last)) == [one.at for one in entries if first <= one.at < last]
    assert at(index.within(None, None)) == [one.at for one in entries]
    assert at(index.of_kinds(frozenset({"kind1"}))) == [e.at for e in entries if e.kind == "kind1"]
    assert at(index.by_authors(frozenset({"author0"}))) == [
        entry.at for entry in entries if entry.author == "author0"
    ]


@given(RECORDS, RECORDS, st.integers(-3, 9), st.data())
def test_adding_to_an_index_is_making_it_anew(
    before: list[list[str]], after: list[list[str]], late: int, data: st.DataObject
) -> None:
    """New records, some of them about an earlier day, and words added to old ones."""
    held = {entry.record: (entry, own) for entry, own in index_of(before).words_by_record()}
    more = {
        f"x{nth:025}": (Entry(f"x{nth:025}", late + nth, "kind9", "author9"), set(" ".join(texts)))
        for nth, texts in enumerate(after)
    }
    for record in data.draw(st.sets(st.sampled_from(sorted(held)))) if held else ():
        more[record] = (held[record][0]._replace(revisions=2), {"added", "later"})
    added = index_of(before).with_more(more.values())
    expected = held | more
    for record in set(held) & set(more):
        expected[record] = (more[record][0], held[record][1] | more[record][1])
    whole = Index.of_words(expected.values())

    def by_record(index: Index) -> dict[str, tuple[Entry, set[str]]]:
        return {entry.record: (entry, own) for entry, own in index.words_by_record()}

    assert by_record(added) == by_record(whole) == expected

    def newest(index: Index) -> list[int]:
        return [at for at, _ in index.newest(index.all)]

    assert newest(added) == newest(whole) == sorted(newest(whole), reverse=True)
    assert added.within(2, 5).bit_count() == whole.within(2, 5).bit_count()
    assert len(added.newest(added.all, 3)) == min(3, len(added))


@pytest.mark.parametrize("count", [255, 256, 257])
def test_the_numbers_grow_wider_where_a_chart_outgrows_them(count: int) -> None:
    index = index_of([[f"w{nth} common"] for nth in range(count)])
    grown = index.with_more([(Entry("x" * 26, count, "kind0", "author0"), {"common", "new"})])
    assert grown.with_word("common") == grown.all
    assert grown.with_word("new") == 1 << count
    assert all(grown.with_word(f"w{nth}") == 1 << nth for nth in range(count))


def test_an_index_is_the_same_whatever_order_its_words_came_in() -> None:
    one = Index.of_words([(Entry(name(0), 0, "k", "a"), {"b", "a", "c"})])
    other = Index.of_words([(Entry(name(0), 0, "k", "a"), {"c", "b", "a"})])
    assert one.encoded() == other.encoded()


def test_a_word_stays_on_its_leaf() -> None:
    """Whoever deals words otherwise says so by another format, or no word is found any more."""
    held = ["bridge", "sleep", "a", "希望", "été", "walking"]
    assert [leaf_of(word) for word in held] == [4, 7, 3, 12, 4, 2]


@given(RECORDS, TYPED)
def test_a_question_asks_only_the_parts_that_it_says(records: list[list[str]], typed: str) -> None:
    """But for near spellings, which are asked for where too few records fit without."""
    question, forms = read_question(typed), Forms()
    whole = index_of(records)
    some = {nth: part for nth, part in whole.encoded().items() if nth in parts_of(question, forms)}
    index = Index.decoded(some.__getitem__)
    assert asked_of(index, question, index.all, None, forms) == asked_of(
        whole, question, whole.all, None, forms
    )


@pytest.mark.parametrize("count", [1, 8, 9, 255, 256, 257, 700])
def test_charts_of_every_size_keep_rare_and_common_words(count: int) -> None:
    records = [[f"common w{nth} {'even' if nth % 2 else 'odd'}"] for nth in range(count)]
    index = Index.decoded(index_of(records).encoded().__getitem__)
    assert index.with_word("common") == index.all
    assert index.with_word("even").bit_count() == count // 2
    assert all(index.with_word(f"w{nth}").bit_count() == 1 for nth in range(count))
    assert index.with_word("absent") == 0
    assert index.with_beginning("w") == index.all
    assert index.with_beginning("comm") == index.all
    assert Index.of_words(index.words_by_record()).encoded() == index.encoded()


@pytest.mark.parametrize("written", [b"", b"\x90", b"{}", b"\x99" + b"\x00" * 9, b"\xff" * 40])
def test_what_is_no_index_is_refused(written: bytes) -> None:
    with pytest.raises(IndexUnreadable):
        Index.decoded(lambda _: written)
    whole = index_of([["bridge"]]).encoded()
    index = Index.decoded(lambda nth: whole[0] if nth == 0 else written)
    with pytest.raises(IndexUnreadable):
        index.with_word("bridge")
    with pytest.raises(IndexUnreadable):
        Spellings().holders(index, "brigde")


def test_an_index_of_another_format_is_refused() -> None:
    written = index_of([["a"]]).encoded()[0]
    assert written[1] == 2, written[:2]
    with pytest.raises(IndexUnreadable):
        Index.decoded(lambda _: written[:1] + b"\x01" + written[2:])


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", []),
        (' " ', []),
        ("sleep", [(("sleep",), True)]),
        ("sleep ", [(("sleep",), False)]),
        ("sleep bri", [(("sleep",), False), (("bri",), True)]),
        ("sleep br", [(("sleep",), False), (("br",), False)]),
        ('"second bridge"', [(("second", "bridge"), False)]),
        ("“second bridge”", [(("second", "bridge"), False)]),
        ('"second bri', [(("second", "bri"), True)]),
        ("O’Brien ", [(("o", "brien"), False)]),
        ("希望", [(("希", "望"), False)]),
        ("a", [(("a",), False)]),
        ("sleep sleep ", [(("sleep",), False)]),
        ("<script>", [(("script",), True)]),
    ],
)
def test_what_was_typed_is_read_as_words_and_phrases(
    typed: str, terms: list[tuple[tuple[str, ...], bool]]
) -> None:
    asked = read_question(typed)
    assert [(term.words, term.unfinished) for term in asked.terms] == terms
    assert bool(asked) is bool(terms)


def test_a_question_without_end_is_cut_and_refuses_nothing() -> None:
    asked = read_question("word" * 10**6)
    assert len(asked.terms) == 1
    many = read_question(" ".join(map("".join, itertools.permutations("abcd"))))
    assert len(many.terms) == 12
