"""The sealed index on the disk: caught up, made anew, closed to whoever does not hold its ring."""

from typing import Any

import pytest
from django.db import connection

from stillroom.access import Act, Capacity, Purpose
from stillroom.chart import actions, indexing, queries, rules
from stillroom.chart.models import WordIndex
from stillroom.chart.search import Index
from stillroom.phi import across
from stillroom.practice import actions as practice
from stillroom.practice import queries as caring
from tests.cast import Cast
from tests.chart.looking import find, names, write


def test_nobody_elses_words_stand_in_the_index_that_she_can_open(cast: Cast) -> None:
    write(cast, "ada", cast.dov, "xylophone", "psychotherapy_note")
    write(cast, "ada", cast.dov, "bridge")
    find(cast, "ada", "bridge")
    here, ward = cast.here("sol"), queries.chart_ward(cast.dov)
    cares = caring.cares_of(cast.sol.id, cast.dov)
    wanted = across.Wanted(Act.RECORD_READ, Purpose.SUPERVISION, ward, cares)
    (held,) = across.hold(here, [wanted], {"did": "tried"})
    row = WordIndex.objects.get(chart=cast.dov, author="")
    opened = across.open_copy(here, held, "chart", "words", row.made, bytes(row.sealed))
    assert opened is not None
    index = Index.decoded(opened)
    assert index.with_word("bridge")
    assert not index.with_word("xylophone")
    private = WordIndex.objects.get(chart=cast.dov, author=cast.ada.id)
    assert (
        across.open_copy(here, held, cast.ada.id, "words", private.made, bytes(private.sealed))
        is None
    )


@pytest.mark.parametrize("spoiled", [b"", b"x" * 80, None])
def test_an_index_that_was_spoiled_is_made_anew(cast: Cast, spoiled: bytes | None) -> None:
    record = write(cast, "ada", cast.dov, "bridge")
    find(cast, "ada", "bridge")
    row = WordIndex.objects.get(chart=cast.dov)
    row.sealed = spoiled if spoiled is not None else bytes(row.sealed)[:-1]
    row.save()
    assert names(find(cast, "ada", "bridge")) == [record]


def test_an_older_index_put_back_by_a_thief_is_not_believed(cast: Cast) -> None:
    write(cast, "ada", cast.dov, "bridge")
    find(cast, "ada", "bridge")
    old = bytes(WordIndex.objects.get(chart=cast.dov).sealed)
    second = write(cast, "ada", cast.dov, "river")
    find(cast, "ada", "river")
    WordIndex.objects.filter(chart=cast.dov).update(sealed=old)
    assert names(find(cast, "ada", "river")) == [second]


def test_an_index_moved_to_another_chart_opens_nowhere(cast: Cast) -> None:
    fay = practice.admit(
        cast.here("ada"), cast.directory, [], [practice.Carer(cast.ada.id, Capacity.TREATING)]
    )
    write(cast, "ada", cast.dov, "bridge")
    other = write(cast, "ada", fay, "river")
    find(cast, "ada", "bridge")
    taken = bytes(WordIndex.objects.get(chart=cast.dov).sealed)
    WordIndex.objects.filter(chart=fay).update(sealed=taken)
    assert names(find(cast, "ada", "river")) == [other]


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
    assert "xylo" not in written
    assert "glocken" not in written


def _opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The records whose words are opened for a search, in order."""
    seen: list[str] = []
    real = across.open_rows

    def open_rows(presence: Any, held: Any, part: str, rows: Any) -> Any:
        for row, words in real(presence, held, part, rows):
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


@pytest.mark.parametrize("spoiled", [b"", b"rubbish"])
def test_what_lies_beside_an_index_and_cannot_be_read_is_made_anew(
    cast: Cast, spoiled: bytes
) -> None:
    """Empty, as in a practice of before; spoiled, as by a thief. No phrase is lost by it."""
    record = write(cast, "ada", cast.dov, "The second sister came.")
    find(cast, "ada", "river")
    WordIndex.objects.update(pairs=spoiled)
    assert names(find(cast, "ada", '"second sister"')) == [record]
    other = write(cast, "ada", cast.dov, "A second sister.")
    WordIndex.objects.update(pairs=spoiled)
    assert set(names(find(cast, "ada", '"second sister"'))) == {record, other}
