"""Structured records in a packet: each answer under its label, tables line by line, nothing empty."""

import pytest

from stillroom.chart import rules, sheets
from stillroom.chart.kinds import KINDS
from stillroom.chart.releasing import Sheet
from stillroom.chart.timing import Age
from stillroom.disclosure.packet import Cut, Section, Told, paragraphs
from stillroom.disclosure.paging import sections_of
from tests.cast import NOON


def sections(kind: str, fields: dict[str, str | list[str]]) -> tuple[Section, ...]:
    exact = KINDS[kind]
    content = rules.written(exact, exact.first_form, fields)
    addendum = rules.written(KINDS["progress_note"], "Free", {"Note": "And he called again."})
    return sections_of(
        Sheet(exact.title, exact, "Ada", NOON, "Ada", NOON, (content, addendum), Age(0, False))
    )


def test_answers_stand_under_their_labels_and_what_was_left_open_is_not_there() -> None:
    found = sections(
        "contact_note", {"what": "missed_session", "said": "He did not come.", "charged": "no"}
    )
    assert [one.heading for one in found] == ["What happened", "And then", "Addendum"]
    assert found[0].passages == (
        Told("What it was", "Missed session"),
        Told("What was said or done", "He did not come."),
    )
    assert found[2].passages == ("And he called again.",)


def test_a_table_goes_line_by_line_and_says_what_each_cell_is() -> None:
    fields = {
        "medication.0.what": "Sertraline",
        "medication.0.dose": "50 mg",
        "medication.1.what": "Melatonin",
        "medication.1.ended": "2026-10-02",
    }
    (told,) = sections("medication_list", fields)[0].passages
    assert told == Told(
        "Medication", "Sertraline; dose and how often: 50 mg\nMelatonin; ended: 2026-10-02"
    )


def test_prose_of_a_note_has_no_label_of_its_own() -> None:
    (one, _) = sections("progress_note", {"Data": "", "Assessment": "", "Plan": "Tuesday."})
    assert one == Section("Plan", ("Tuesday.",))


def test_an_answer_of_several_paragraphs_keeps_them_and_a_cut_keeps_its_place() -> None:
    made = paragraphs([Told("Said", "One.\n\nTwo."), "Three.", Cut("another person"), "four"])
    runs = [[next(iter(run.items())) for run in one["runs"]] for one in made]
    assert runs == [
        [("label", "Said"), ("words", "One.")],
        [("words", "Two.")],
        [("words", "Three."), ("cut", "[removed: another person]"), ("words", "four")],
    ]


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.values() if kind.sheet], ids=lambda kind: kind.id
)
def test_every_word_of_a_record_reaches_its_page(kind) -> None:
    fields = {
        one.name: f"w{n}"
        for n, one in enumerate(kind.fields.values())
        if one.type in ("text", "line")
    }
    content = rules.written(
        kind, kind.first_form, fields | dict.fromkeys(kind.forms[kind.first_form], "")
    )
    sheet = Sheet(kind.title, kind, "Ada", NOON, "Ada", NOON, (content,), Age(0, False))
    printed = {
        passage.words if isinstance(passage, Told) else passage
        for section in sections_of(sheet)
        for passage in section.passages
    }
    assert printed == set(fields.values())
    assert len(sheets.passages(kind, content)) == len(sections_of(sheet))
