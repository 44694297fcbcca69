"""Searching what I may read: found at once, and nothing of what I may not (P1, P3, P4, P8)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stillroom.access import Capacity
from stillroom.chart import actions, kinds, rules
from stillroom.chart.importing import ImportedNote, import_notes
from stillroom.chart.models import Record
from stillroom.chart.search import Index
from stillroom.chart.searching import PAGE, Found, Narrowing
from stillroom.disclosure import queries as disclosure
from stillroom.phi import LogUnwritable, NotHere
from stillroom.practice import actions as practice
from stillroom.practice import actions_care as practice_care
from tests.cast import DOV, NOON, Cast
from tests.chart.looking import find, names, note, write


def dids(cast: Cast, who: str, chart: str) -> list[str]:
    """What the newest entries of a chart say was done, as their holder reads them."""
    looked, *before = disclosure.who_opened(cast.here(who), chart, 8)
    assert looked.details["did"] == "looked who opened"
    return [str(one.details.get("did", "")) for one in before]


def test_a_note_is_found_as_soon_as_it_is_signed_with_the_words_around(cast: Cast) -> None:
    assert names(find(cast, "ada", "bridge")) == []
    record = write(cast, "ada", cast.dov, "We walked the second bridge.")
    found = find(cast, "ada", "bridge")
    assert (names(found), found.total) == ([record], 1)
    (hit,) = found.hits
    assert [(one.text, one.marked) for one in hit.snippet.pieces if one.marked] == [
        ("bridge", True)
    ]
    assert (hit.title, hit.chart, hit.private, hit.nearly) == (
        "Progress note",
        cast.dov,
        False,
        False,
    )


def test_words_as_typed_come_before_beginnings_before_near_spellings(cast: Cast) -> None:
    near = write(cast, "ada", cast.dov, "the brigde", days=0)
    begun = write(cast, "ada", cast.dov, "two bridges", days=1)
    old = write(cast, "ada", cast.dov, "a bridge", days=9)
    new = write(cast, "ada", cast.dov, "that bridge", days=2)
    found = find(cast, "ada", "bridge")
    assert names(found) == [new, old, begun, near]
    assert [hit.nearly for hit in found.hits] == [False, False, False, True]
    assert found.total == 4


def test_another_form_of_a_word_is_found_after_the_word_itself_and_marked(cast: Cast) -> None:
    other = write(cast, "ada", cast.dov, "walking helps", days=0)
    typed = write(cast, "ada", cast.dov, "we walked", days=9)
    write(cast, "bea", cast.fay, "she walks")
    found = find(cast, "ada", "walked ")
    assert names(found) == [typed, other]
    assert found.total == 2, "not even a count of what stands in another's chart"
    marked = [one.text for one in found.hits[1].snippet.pieces if one.marked]
    assert (marked, found.hits[1].nearly) == (["walking"], False)
    assert names(find(cast, "ada", '"walked"')) == [typed]


def test_near_spellings_are_left_out_where_a_page_fits_without_them(cast: Cast) -> None:
    many = [
        ImportedNote("progress_note", at, ((note(text), at),))
        for nth in range(PAGE + 3)
        for at, text in [(NOON - timedelta(days=nth), "brigde" if nth == 1 else "bridge")]
    ]
    ids = import_notes(cast.here("ada"), cast.dov, many)
    first = find(cast, "ada", "bridge ")
    rest = find(cast, "ada", "bridge ", offset=first.next_offset)
    assert names(first) + names(rest) == [one for one in ids if one != ids[1]]
    assert (first.total, first.next_offset, rest.next_offset) == (PAGE + 2, PAGE, 0)


def test_a_phrase_is_words_side_by_side_in_one_part(cast: Cast) -> None:
    here = write(cast, "ada", cast.dov, "the second bridge", days=3)
    write(cast, "ada", cast.dov, "the bridge, a second time", days=2)
    write(cast, "ada", cast.dov, "bridge", days=1)
    assert names(find(cast, "ada", '"second bridge"')) == [here]
    assert find(cast, "ada", '"second bridge"').total == 1
    assert len(names(find(cast, "ada", "second bridge"))) == 2


def test_a_phrase_is_looked_up_no_further_than_a_page(cast: Cast) -> None:
    many = [
        ImportedNote("progress_note", at, ((note("second bridge"), at),))
        for nth in range(2 * PAGE + 5)
        for at in [NOON - timedelta(days=nth)]
    ]
    ids = import_notes(cast.here("ada"), cast.dov, many)
    first = find(cast, "ada", '"second bridge"')
    assert (names(first), first.total, first.next_offset) == (ids[:PAGE], None, PAGE)
    last = find(cast, "ada", '"second bridge"', offset=2 * PAGE)
    assert (names(last), last.total, last.next_offset) == (ids[2 * PAGE :], 2 * PAGE + 5, 0)


def test_an_addendum_is_found_at_the_next_search(cast: Cast) -> None:
    record = write(cast, "ada", cast.dov, "we walked")
    assert names(find(cast, "ada", "sister")) == []
    actions.addend(cast.here("ada"), record, "Her sister came along.")
    (hit,) = find(cast, "ada", "sister").hits
    assert (hit.record, hit.snippet.heading) == (record, "Note")
    assert names(find(cast, "ada", "walked sister")) == [record]


def test_a_record_struck_as_an_error_is_found_and_says_so(cast: Cast) -> None:
    record = write(cast, "ada", cast.dov, "the wrong bridge")
    find(cast, "ada", "bridge")
    actions.strike(cast.here("ada"), record, "Another client's session.")
    (hit,) = find(cast, "ada", "bridge").hits
    assert hit.state == Record.State.IN_ERROR


def test_filters_narrow_by_kind_author_day_and_client(cast: Cast) -> None:
    fay = practice.admit(
        cast.here("ada"), cast.directory, [], [practice.Carer(cast.ada.id, Capacity.TREATING)]
    )
    old = write(cast, "ada", cast.dov, "bridge", days=40)
    new = write(cast, "ada", cast.dov, "bridge", days=1)
    mine = write(cast, "ada", cast.dov, "bridge", "psychotherapy_note", days=2)
    other = write(cast, "ada", fay, "bridge", days=3)

    def by(**how: object) -> list[str]:
        return names(find(cast, "ada", "bridge", Narrowing(**how)))  # type: ignore[arg-type]

    assert by() == [new, mine, other, old]
    assert by(kinds=frozenset({"psychotherapy_note"})) == [mine]
    assert by(chart=cast.dov) == [new, mine, old]
    assert by(since=NOON - timedelta(days=3)) == [new, mine, other]
    assert by(before=NOON - timedelta(days=3)) == [old]
    assert by(authors=frozenset({cast.ada.id})) == [new, mine, other, old]
    assert by(authors=frozenset({cast.sol.id})) == []


# What is nobody else's


def test_whoever_does_not_care_finds_nothing_and_opens_nothing(cast: Cast) -> None:
    write(cast, "ada", cast.dov, "bridge")
    before = cast.house.log.size
    assert find(cast, "bea", "bridge") == Found()
    assert find(cast, "bea", "bridge").total == find(cast, "bea", "nowhere").total == 0
    assert dids(cast, "ada", cast.dov)[0] == "signed"
    for nobody in ("cal", "max", "olga", "nan"):
        assert find(cast, nobody, "bridge") == Found()
    assert not {"searched", "found"} & set(dids(cast, "ada", cast.dov))
    assert cast.house.log.size >= before


def test_one_chart_that_is_not_hers_is_not_here(cast: Cast) -> None:
    write(cast, "ada", cast.dov, "bridge")
    for chart in (cast.dov, "nosuchchartnosuchchartnosu"):
        with pytest.raises(NotHere):
            find(cast, "bea", "bridge", Narrowing(chart=chart))


def test_a_private_note_is_found_by_its_author_alone(cast: Cast) -> None:
    record = write(cast, "ada", cast.dov, "bridge of my own", "psychotherapy_note")
    open_one = write(cast, "ada", cast.dov, "bridge for all", days=1)
    assert names(find(cast, "ada", "bridge")) == [record, open_one]
    seen = find(cast, "sol", "bridge")
    assert (names(seen), seen.total) == ([open_one], 1)
    seen = find(cast, "sol", "own")
    assert (names(seen), seen.total) == ([], 0)


@pytest.mark.parametrize("kind", ["progress_note", "psychotherapy_note"])
@pytest.mark.parametrize("typed", ["bridge", '"second bridge"', "brigde"])
def test_ones_own_draft_is_found_and_says_so(cast: Cast, kind: str, typed: str) -> None:
    here = cast.here("ada")
    record = actions.begin(here, cast.dov, kind, occurred_at=NOON, form="Free")
    saved = actions.save_draft(here, record, {"Note": "the second bridge"}, 1)
    (hit,) = find(cast, "ada", typed).hits
    assert (hit.record, hit.state) == (record, Record.State.DRAFT)
    assert [one.text for one in hit.snippet.pieces if one.marked]
    saved = actions.save_draft(here, record, {"Note": "the river"}, saved.version)
    assert find(cast, "ada", typed).total == 0
    actions.sign(here, record, saved.version)
    (hit,) = find(cast, "ada", "river").hits
    assert hit.state == Record.State.SIGNED


def test_a_draft_in_a_chart_that_is_no_longer_hers_is_not_found(cast: Cast) -> None:
    sol = cast.here("sol")
    practice_care.begin_care(cast.here("ada"), cast.dov, sol.person, Capacity.TREATING)
    record = actions.begin(sol, cast.dov, "progress_note", occurred_at=NOON, form="Free")
    actions.save_draft(sol, record, {"Note": "bridge"}, 1)
    assert names(find(cast, "sol", "bridge")) == [record]
    practice_care.end_care(cast.here("ada"), cast.dov, sol.person)
    assert find(cast.later(seconds=1), "sol", "bridge") == Found()


def test_another_authors_draft_is_not_found(cast: Cast) -> None:
    here = cast.here("ada")
    record = actions.begin(here, cast.dov, "progress_note", occurred_at=NOON, form="Free")
    actions.save_draft(here, record, {"Note": "bridge"}, 1)
    assert find(cast, "sol", "bridge").total == 0


def test_who_stops_caring_finds_nothing_at_the_next_search(cast: Cast) -> None:
    record = write(cast, "ada", cast.dov, "bridge")
    assert names(find(cast, "sol", "bridge")) == [record]
    practice_care.end_care(cast.here("ada"), cast.dov, cast.sol.id)
    later = cast.later(seconds=1)
    assert find(later, "sol", "bridge") == Found()
    with pytest.raises(NotHere):
        find(later, "sol", "bridge", Narrowing(chart=cast.dov))


# The log


def test_looking_through_all_charts_is_one_entry_and_one_more_where_words_are_shown(
    cast: Cast,
) -> None:
    other = practice.admit(
        cast.here("ada"), cast.directory, [], [practice.Carer(cast.ada.id, Capacity.TREATING)]
    )
    write(cast, "ada", cast.dov, "bridge")
    write(cast, "ada", other, "nothing of it")
    find(cast, "ada", "bridge")
    before = cast.house.log.size
    find(cast, "ada", "bridge")
    assert cast.house.log.size == before + 2
    assert dids(cast, "ada", cast.dov)[0] == "found"
    assert "found" not in dids(cast, "ada", other)
    before = cast.house.log.size
    find(cast, "ada", "absent")
    assert cast.house.log.size == before + 1


def test_looking_through_one_chart_is_an_entry_in_it(cast: Cast) -> None:
    write(cast, "ada", cast.dov, "bridge")
    before = cast.house.log.size
    find(cast, "ada", "absent", Narrowing(chart=cast.dov))
    assert cast.house.log.size == before + 1
    assert dids(cast, "ada", cast.dov)[0] == "searched"


def test_an_empty_question_opens_nothing(cast: Cast) -> None:
    write(cast, "ada", cast.dov, "bridge")
    before = cast.house.log.size
    assert find(cast, "ada", ' "" ') == Found()
    assert cast.house.log.size == before


@pytest.mark.parametrize("chart", ["", "dov"])
def test_nothing_opens_when_the_entry_cannot_be_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, chart: str
) -> None:
    write(cast, "ada", cast.dov, "bridge")
    find(cast, "ada", "bridge")
    opened: list[object] = []

    def refuse(*_: object) -> None:
        raise LogUnwritable

    monkeypatch.setattr(cast.house.log, "append", refuse)
    monkeypatch.setattr(cast.house.log, "append_all", refuse)
    monkeypatch.setattr(Index, "decoded", opened.append)
    monkeypatch.setattr(rules, "decode", opened.append)
    with pytest.raises(LogUnwritable):
        find(cast, "ada", "bridge", Narrowing(chart=cast.dov if chart else ""))
    assert not opened


def test_nothing_is_shown_when_the_charts_own_entry_cannot_be_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    fay = practice.admit(
        cast.here("ada"), cast.directory, [], [practice.Carer(cast.ada.id, Capacity.TREATING)]
    )
    write(cast, "ada", cast.dov, "bridge")
    write(cast, "ada", fay, "bridge")
    find(cast, "ada", "bridge")
    opened: list[object] = []

    def refuse(*_: object) -> None:
        raise LogUnwritable

    monkeypatch.setattr(cast.house.log, "append_all", refuse)
    monkeypatch.setattr(rules, "decode", opened.append)
    with pytest.raises(LogUnwritable):
        find(cast, "ada", "bridge")
    assert not opened


def test_what_was_asked_is_in_no_cache_afterwards(cast: Cast) -> None:
    write(cast, "ada", cast.dov, "zyxwoman crossed the bridge")
    for typed in ("zyxwoman", '"zyxwoman crossed"', "zyxwomam"):
        assert find(cast, "ada", typed).total == 1
    assert "zyxwoma" not in repr(re._cache)  # type: ignore[attr-defined]


@pytest.mark.parametrize("typed", ["bridge ", '"bridge"', "brid", '"the bridge"'])
def test_pages_of_many_charts_run_on_in_one_order(cast: Cast, typed: str) -> None:
    """Of nine charts, the newest first, whatever is let go on the way."""
    carers = [practice.Carer(cast.ada.id, Capacity.TREATING)]
    charts = [practice.admit(cast.here("ada"), cast.directory, [], carers) for _ in range(9)]
    expected: list[tuple[int, str]] = []
    for nth, chart in enumerate(charts):
        ages = [(7 * turn + 3 * nth) % 97 for turn in range(14)]
        at = {age: NOON - timedelta(days=age, seconds=nth) for age in ages}
        words = {age: "the bridge" if age % 2 else "the bridges" for age in ages}
        notes = [
            ImportedNote("progress_note", at[age], ((note(words[age]), at[age]),)) for age in ages
        ]
        ids = import_notes(cast.here("ada"), chart, notes)
        expected += [
            ((age % 2 == 0) * 10**9 + age * 86400 + nth, id_)
            for age, id_ in zip(ages, ids, strict=True)
        ]
    begun = 10**9
    whole = [record for key, record in sorted(expected) if key < begun]
    wanted = {
        "bridge ": [record for _, record in sorted(expected)],
        '"bridge"': whole,
        '"the bridge"': whole,
        "brid": [record for _, record in sorted((key % begun, one) for key, one in expected)],
    }[typed]
    seen: list[str] = []
    offset, left = 0, True
    while left:
        page = find(cast, "ada", typed, offset=offset)
        seen += names(page)
        offset, left = page.next_offset, bool(page.next_offset)
    assert seen == wanted


def test_a_structured_record_is_found_by_what_it_says_and_by_its_exact_kind(cast: Cast) -> None:
    """Its answers are searched as they are read: a choice by its label, a table by its cells."""
    asked = {kind.id: kind for kind in kinds.KINDS.values() if kind.sheet and not kind.private}
    at = NOON - timedelta(days=1)
    for kind in asked.values():
        field = next(
            (one for part in kind.sheet for one in part.fields if one.type in ("text", "line")),
            None,
        )
        if field is None:
            continue
        form = next(iter(kind.forms))
        sections = dict.fromkeys(kind.forms[form], "")
        content = rules.written(kind, form, {**sections, field.name: f"marimba {kind.id}"})
        (record,) = import_notes(
            cast.here("ada"), cast.dov, [ImportedNote(kind.id, at, ((content, at),))]
        )
        by_kind = find(cast, "ada", "marimba", Narrowing(kinds=frozenset({kind.id})))
        assert names(by_kind) == [record], kind.id
        assert by_kind.hits[0].title == kind.titled(form)
        assert "marimba" in [one.text for one in by_kind.hits[0].snippet.pieces if one.marked]


def test_a_choice_is_found_by_the_words_that_are_read(cast: Cast) -> None:
    at = NOON - timedelta(days=1)
    chosen = [
        (kind, field, value, label)
        for kind in kinds.KINDS.values()
        if kind.sheet and not kind.private
        for part in kind.sheet
        for field in part.fields
        if field.type == "choice"
        for value, label in field.options[:1]
        if value.casefold() != label.casefold() and label.split()[0].isalpha()
    ]
    assert chosen
    kind, field, value, label = chosen[0]
    form = next(iter(kind.forms))
    sections = dict.fromkeys(kind.forms[form], "")
    content = rules.written(kind, form, {**sections, field.name: value})
    (record,) = import_notes(
        cast.here("ada"), cast.dov, [ImportedNote(kind.id, at, ((content, at),))]
    )
    assert names(find(cast, "ada", f'"{label}"')) == [record]


def test_a_question_over_many_charts_asks_the_disk_no_more_than_over_a_few(cast: Cast) -> None:
    """What is read for each chart is its sealed words and its ring, all charts' together."""

    def statements() -> int:
        find(cast, "ada", "bridge")
        with CaptureQueriesContext(connection) as asked:
            find(cast, "ada", "bridge")
        return len(asked)

    write(cast, "ada", cast.dov, "a bridge")
    few = statements()
    ada = cast.here("ada")
    for _ in range(4):
        carers = [practice.Carer(cast.ada.id, Capacity.TREATING)]
        practice.admit(ada, cast.directory, [DOV], carers)
    assert statements() == few
