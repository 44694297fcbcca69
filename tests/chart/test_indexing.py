"""The sealed index on the disk: caught up, made anew, closed to whoever does not hold its ring."""

from typing import Any

import pytest
from django.db import connection

from stillroom.access import Act, Capacity, Purpose
from stillroom.chart import actions, indexing, queries, restricting, rules
from stillroom.chart.importing import ImportedNote, import_notes
from stillroom.chart.models import WordIndex, WordPart
from stillroom.chart.search import Index, IndexUnreadable
from stillroom.chart.search.index import WORDS
from stillroom.chart.search.leaves import LEAVES, leaf_of
from stillroom.chart.search.pairs import PAIRS
from stillroom.chart.searching import PAGE
from stillroom.phi import across
from stillroom.practice import actions as practice
from stillroom.practice import queries as caring
from tests.cast import NOON, Cast
from tests.chart.looking import find, names, note, write

PART_OF_BRIDGE = WORDS + leaf_of("bridge")


def test_nobody_elses_words_stand_in_the_index_that_she_can_open(cast: Cast) -> None:
    write(cast, "ada", cast.dov, "xylophone", "psychotherapy_note")
    write(cast, "ada", cast.dov, "bridge")
    find(cast, "ada", "bridge")
    here, ward = cast.here("sol"), queries.chart_ward(cast.dov)
    cares = caring.cares_of(cast.sol.id, cast.dov)
    wanted = across.Wanted(Act.RECORD_READ, Purpose.SUPERVISION, ward, cares)
    (held,) = across.hold(here, [wanted], {"did": "tried"})
    made = WordIndex.objects.get(chart=cast.dov, author="").made

    def part(number: int, author: str = "", record: str = "chart") -> bytes:
        row = WordPart.objects.get(chart=cast.dov, author=author, number=number)
        name = f"words {number}"
        opened = across.open_copy(here, held, record, name, made, bytes(row.sealed))
        if opened is None:
            raise IndexUnreadable
        return opened

    index = Index.decoded(part)
    assert index.with_word("bridge")
    assert "xylophone" not in set(index.words())
    assert not index.with_word("xylophone")
    for number in WordPart.objects.filter(author=cast.ada.id).values_list("number", flat=True):
        with pytest.raises(IndexUnreadable):
            part(number, cast.ada.id, cast.ada.id)


@pytest.mark.parametrize("number", [0, 1, PART_OF_BRIDGE, None])
@pytest.mark.parametrize("spoiled", [b"", b"x" * 80, None])
def test_an_index_that_was_spoiled_is_made_anew(
    cast: Cast, spoiled: bytes | None, number: int | None
) -> None:
    """Its records, its spellings, the words that are asked, or all; also one that is not there."""
    record = write(cast, "ada", cast.dov, "bridge")
    find(cast, "ada", "bridge")
    rows = WordPart.objects.filter(chart=cast.dov)
    for row in rows if number is None else rows.filter(number=number):
        row.sealed = spoiled if spoiled is not None else bytes(row.sealed)[:-1]
        row.save()
    assert names(find(cast, "ada", "bridge ")) == [record]
    assert names(find(cast, "ada", "brigde ")) == [record]
    rows.filter(number=number or 0).delete()
    assert names(find(cast, "ada", "bridge ")) == [record]
    assert names(find(cast, "ada", "brigde ")) == [record]


def test_an_older_index_put_back_by_a_thief_is_not_believed(cast: Cast) -> None:
    write(cast, "ada", cast.dov, "bridge")
    find(cast, "ada", "bridge")
    old = {row.number: bytes(row.sealed) for row in WordPart.objects.filter(chart=cast.dov)}
    second = write(cast, "ada", cast.dov, "river bridge")
    find(cast, "ada", "river")
    for number, sealed in old.items():
        WordPart.objects.filter(chart=cast.dov, number=number).update(sealed=sealed)
    assert names(find(cast, "ada", "river")) == [second]
    part = WordPart.objects.filter(chart=cast.dov, number=PART_OF_BRIDGE)
    part.update(sealed=old[PART_OF_BRIDGE])
    assert second in names(find(cast, "ada", "bridge")), "nor a single part of it"


def test_an_index_moved_to_another_chart_opens_nowhere(cast: Cast) -> None:
    fay = practice.admit(
        cast.here("ada"), cast.directory, [], [practice.Carer(cast.ada.id, Capacity.TREATING)]
    )
    write(cast, "ada", cast.dov, "bridge")
    other = write(cast, "ada", fay, "river")
    find(cast, "ada", "bridge")
    for row in WordPart.objects.filter(chart=cast.dov):
        WordPart.objects.filter(chart=fay, number=row.number).update(sealed=bytes(row.sealed))
    assert names(find(cast, "ada", "river")) == [other]


@pytest.mark.parametrize("first", [WORDS, PAIRS])
def test_a_part_put_in_another_parts_place_opens_nowhere(cast: Cast, first: int) -> None:
    record = write(cast, "ada", cast.dov, "bridge river second sister")
    find(cast, "ada", "bridge")
    alike = range(first, first + LEAVES)
    rows = list(WordPart.objects.filter(chart=cast.dov, number__in=alike).order_by("number"))
    assert len(rows) == LEAVES
    for row, other in zip(rows, rows[1:] + rows[:1], strict=True):
        WordPart.objects.filter(pk=row.pk).update(sealed=bytes(other.sealed))
    for typed in ("bridge ", "river ", "brigde ", '"second sister"'):
        assert names(find(cast, "ada", typed)) == [record]


def test_only_what_is_new_is_opened_for_the_index(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nth in range(5):
        write(cast, "ada", cast.dov, f"bridge w{nth}", days=nth)
    find(cast, "ada", "absent")
    opened: list[bytes] = []
    decode = rules.decode
    monkeypatch.setattr(rules, "decode", lambda words: (opened.append(words), decode(words))[1])
    write(cast, "ada", cast.dov, "river")
    opened.clear()
    find(cast, "ada", "absent")
    assert len(opened) == 1
    find(cast, "ada", "absent")
    assert len(opened) == 1


def test_a_chart_that_was_there_before_the_index_is_found(cast: Cast) -> None:
    record = write(cast, "ada", cast.dov, "bridge")
    private = write(cast, "ada", cast.dov, "bridge", "sud_counseling_note", days=1)
    WordIndex.objects.all().delete()
    assert names(find(cast, "ada", "bridge")) == [record, private]
    assert names(find(cast, "ada", "bridge")) == [record, private]


def test_whoever_signs_while_an_index_is_made_is_found_at_the_next_search(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(cast, "ada", cast.dov, "river")
    kept = indexing._keep
    late: list[str] = []

    def sign_first(*given: object) -> None:
        if not late:
            late.append(write(cast, "ada", cast.dov, "bridge"))
        kept(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(indexing, "_keep", sign_first)
    find(cast, "ada", "bridge")
    assert names(find(cast, "ada", "bridge")) == late


def test_no_word_of_an_index_is_readable_in_the_database(cast: Cast) -> None:
    write(cast, "ada", cast.dov, "xylophone")
    write(cast, "ada", cast.dov, "glockenspiel", "psychotherapy_note")
    find(cast, "ada", "xylophone")
    assert WordIndex.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM chart_wordindex")
        written = repr(cursor.fetchall()).lower()
        cursor.execute("SELECT * FROM chart_wordpart")
        written += repr(cursor.fetchall()).lower()
    assert "xylo" not in written
    assert "glocken" not in written


def _opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The records whose words are opened for a search, in order."""
    seen: list[str] = []
    real = across.open_rows

    def open_rows(presence: Any, held: Any, part: str, rows: Any, read: Any) -> Any:
        for row, words in real(presence, held, part, rows, read):
            if part == "revision":
                seen.append(row[0])
            yield row, words

    monkeypatch.setattr(across, "open_rows", open_rows)
    return seen


def test_what_holds_the_words_of_a_phrase_apart_is_not_opened_for_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = [write(cast, "ada", cast.dov, "My sister came second.", days=n) for n in range(5)]
    whole = write(cast, "ada", cast.dov, "The second sister came.", days=9)
    find(cast, "ada", "river")
    seen = _opened(monkeypatch)
    assert names(find(cast, "ada", '"second sister"')) == [whole]
    assert not set(seen) & set(apart)
    actions.addend(cast.here("ada"), apart[0], "Her second sister, too.")
    assert names(find(cast, "ada", '"second sister"')) == [apart[0], whole]
    assert names(find(cast, "ada", '"second sist')) == [apart[0], whole]


@pytest.mark.parametrize("spoiled", [b"", b"rubbish", None])
def test_what_lies_beside_an_index_and_cannot_be_read_is_made_anew(
    cast: Cast, spoiled: bytes | None
) -> None:
    """Spoiled or taken away, as by a thief. No phrase is lost by it."""

    def spoil() -> None:
        beside = WordPart.objects.filter(number__gte=PAIRS)
        assert beside.exists()
        _ = beside.delete() if spoiled is None else beside.update(sealed=spoiled)

    record = write(cast, "ada", cast.dov, "The second sister came.")
    find(cast, "ada", "river")
    spoil()
    assert names(find(cast, "ada", '"second sister"')) == [record]
    other = write(cast, "ada", cast.dov, "A second sister.")
    spoil()
    assert set(names(find(cast, "ada", '"second sister"'))) == {record, other}


def test_a_question_opens_of_an_index_what_it_asks_and_no_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of thirty-four sealed parts: the records, and where the word stands."""
    many = [
        ImportedNote("progress_note", NOON, ((note("the second sister crossed a bridge"), NOON),))
        for _ in range(PAGE)
    ]
    import_notes(cast.here("ada"), cast.dov, many)
    find(cast, "ada", "bridge ")
    opened: list[str] = []
    real = across.open_copy

    def open_copy(presence: Any, held: Any, record: str, part: str, *more: Any) -> Any:
        opened.append(part)
        return real(presence, held, record, part, *more)

    monkeypatch.setattr(across, "open_copy", open_copy)
    find(cast, "ada", "bridge ")
    assert sorted(opened) == sorted(["words 0", f"words {PART_OF_BRIDGE}"])
    opened.clear()
    assert find(cast, "ada", "brigde ").total == PAGE
    assert "words 1" in opened, "a spelling is looked for among the words, not in who holds them"
    assert len(opened) <= 4


def test_a_record_that_leaves_an_index_leaves_nothing_sealed_under_it(cast: Cast) -> None:
    record = write(cast, "ada", cast.dov, "xylophone")
    find(cast, "ada", "xylophone")
    restricting.restrict(cast.here("ada"), record, "She asked for it.")
    find(cast, "ada", "xylophone")
    left = WordPart.objects.filter(chart=cast.dov, author="").values_list("number", flat=True)
    assert list(left) == [0]
