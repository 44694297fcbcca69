"""Kinds of record: nothing presumed, nothing lost, and each rightly named to the law."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.chart import rules, sheets
from stillroom.chart._kinds_session import FROM_CHART
from stillroom.chart._kinds_team import WITH_SEVERAL
from stillroom.chart.kinds import KINDS, SHELVES, Field, Kind
from stillroom.chart.law_kinds import kind_of_shelf, law_kind, shelf_tells
from stillroom.law import RECORD_KINDS

EVERY = list(KINDS.values())
SHEETS = [kind for kind in EVERY if kind.sheet]
RESERVED = {"version", "form", "discard", "csrfmiddlewaretoken", "record-kind", "record-form"}


def every_field(kind: Kind) -> list[Field]:
    return [one for part in kind.sheet for one in part.fields]


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.id)
def test_a_kind_can_be_posted_kept_and_found_again(kind: Kind) -> None:
    assert kind.shelf in SHELVES
    names = [one.name for one in every_field(kind)]
    assert len(names) == len(set(names)), "two fields of one name would overwrite one another"
    sections = {name for form in kind.forms.values() for name in form}
    assert not RESERVED & set(names)
    assert not sections & set(names)
    for one in (*every_field(kind), *(c for f in every_field(kind) for c in f.columns)):
        assert re.fullmatch(r"[a-z][a-z0-9_]*", one.name), one.name
        values = [value for value, _ in one.options]
        assert len(values) == len(set(values))
        chosen = one.type in ("choice", "choices") and one.name not in FROM_CHART
        assert bool(one.options) == chosen
        assert bool(one.columns) == (one.type == "table")


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.id)
def test_nothing_is_preselected(kind: Kind) -> None:
    """A finding that nobody made is a false entry: least of all may *normal* be the starting point."""
    for form in kind.forms:
        blank = rules.blank(kind, form=form)
        assert blank.empty
        assert sheets.passages(kind, blank) == ()


def _posted(one: Field, draw: st.DrawFn) -> dict[str, str | list[str]]:
    words = st.text(min_size=1, max_size=30).filter(lambda text: text.strip())
    if one.type == "table":
        return {
            f"{one.name}.0.{column.name}": _posted(column, draw)[column.name]
            for column in one.columns
        }
    if one.type == "choices":
        values = [value for value, _ in one.options] or ["A1", "A2"]
        return {one.name: draw(st.lists(st.sampled_from(values), unique=True, min_size=1))}
    if one.choosable:
        return {one.name: draw(st.sampled_from([value for value, _ in one.choosable]))}
    if one.type == "date":
        return {one.name: draw(st.dates()).isoformat()}
    if one.type == "number":
        return {one.name: str(draw(st.integers(0, 999)))}
    return {one.name: draw(words)}


@st.composite
def filled(draw: st.DrawFn) -> tuple[Kind, dict[str, str | list[str]]]:
    kind = draw(st.sampled_from(SHEETS))
    fields: dict[str, str | list[str]] = {}
    for form in (kind.first_form,):
        fields |= {name: draw(st.text(max_size=20)) for name in kind.forms[form]}
    for one in every_field(kind):
        if draw(st.booleans()):
            fields |= _posted(one, draw)
    return kind, fields


def as_read(one: Field, value: str) -> str:
    """A choice by its label, a day at least by its year, words as they are."""
    return value[:4].lstrip("0") if one.type == "date" else dict(one.choosable).get(value, value)


@given(filled())
@settings(max_examples=150, deadline=None)
def test_whatever_is_filled_in_is_kept_read_and_printed(case) -> None:
    kind, fields = case
    content = rules.written(kind, kind.first_form, fields)
    again = rules.decode(rules.encode(content))
    assert again.answers == content.answers
    back = rules.written(kind, kind.first_form, sheets.fields_of(again))
    assert back.answers == content.answers
    printed = " ".join(text for _, text in sheets.passages(kind, content))
    for one in content.answers:
        asked = kind.fields[one.name]
        for value in one.chosen or ((one.text,) if one.text else ()):
            assert as_read(asked, value) in printed
        for row in one.rows:
            for name, cell in row.items():
                assert as_read(asked.by_name[name], cell) in printed
    assert not [
        fault for fault in sheets.faults(kind, content) if "not answered" not in fault.sentence
    ]


def test_what_is_required_is_asked_for_by_name_and_what_is_open_is_left_out() -> None:
    kind = KINDS["collateral_note"]
    content = rules.written(kind, "Sheet", {"heard": "He sleeps in the car."})
    wanting = {fault.field for fault in sheets.faults(kind, content)}
    assert wanting == {"with_whom", "ground"}, "on what permission one spoke is asked first later"
    assert [heading for heading, _ in sheets.passages(kind, content)] == ["Who said what"]


@pytest.mark.parametrize(
    "kind", [kind for kind in EVERY if len(kind.forms) > 1], ids=lambda kind: kind.id
)
def test_no_change_of_form_loses_a_word_whichever_way_one_goes(kind: Kind) -> None:
    for one in kind.forms:
        for other in kind.forms:
            fields = {name: f"words of {name}" for name in kind.forms[one]}
            there = rules.reformed(kind, rules.written(kind, one, fields), other)
            assert [part.name for part in there.sections] == list(kind.forms[other])
            everything = " ".join(part.text for part in there.sections)
            assert all(words in everything for words in fields.values()), (one, other)


# To the law


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.id)
def test_protection_comes_first_whatever_a_record_is_about(kind: Kind) -> None:
    for part2 in (False, True):
        for joint in (False, True):
            told = law_kind(kind.id, part2=part2, joint=joint)
            assert told in RECORD_KINDS
            if kind.private:
                assert told in ("psychotherapy_notes", "sud_counseling_notes")
                assert (told == "sud_counseling_notes") == (kind.id == "sud_counseling_note")
            elif part2:
                assert told == "sud_records"
            elif joint or kind.id in WITH_SEVERAL:
                assert told == "joint_session_notes"
            else:
                assert told not in ("sud_records", "joint_session_notes", "psychotherapy_notes")


def test_medication_is_medication_to_the_law_and_a_letter_is_part_of_the_treatment_record() -> None:
    said = {kind.id: law_kind(kind.id, part2=False, joint=False) for kind in EVERY}
    assert said["medication_list"] == "medication"
    for kind in ("letter", "contact_note", "intake", "mental_status", "allergies_alerts"):
        assert said[kind] == "progress_notes"


def test_a_shelf_speaks_for_its_records_only_if_the_law_knows_no_difference_on_it() -> None:
    for kind in EVERY:
        if shelf_tells(kind.shelf):
            stands_for = kind_of_shelf(kind.shelf)
            for joint in (False, True):
                told = law_kind(stands_for, part2=False, joint=joint)
                assert told == law_kind(kind.id, part2=False, joint=joint)
