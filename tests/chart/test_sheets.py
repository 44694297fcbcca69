"""Structured records: nothing typed is lost on the way through, and what is wrong is named."""

from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart import contents, rules, sheets
from stillroom.chart.kinds import SHEET_ONLY, Field, Kind, Part

LEVELS = (("low", "Low"), ("high", "High"))
KIND = Kind(
    "test_sheet",
    "Test sheet",
    SHEET_ONLY,
    shelf="assessment",
    sheet=(
        Part(
            "Now",
            (
                Field("level", "Level", "choice", LEVELS, required=True),
                Field("signs", "Signs", "choices", (("a", "Alone"), ("b", "Burdened"))),
                Field("told", "Told somebody", "yesno"),
            ),
        ),
        Part(
            "Since",
            (
                Field("since", "Since when", "date"),
                Field("times", "How often", "number"),
                Field("words", "In their words", "text"),
                Field(
                    "drugs",
                    "Medication",
                    "table",
                    columns=(Field("name", "Name", required=True), Field("from", "From", "date")),
                ),
            ),
        ),
    ),
)

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
ROWS = st.lists(st.fixed_dictionaries({"name": TEXTS, "from": TEXTS}), max_size=4)


@given(
    words=TEXTS,
    since=TEXTS,
    signs=st.lists(st.sampled_from(["a", "b"]), unique=True),
    rows=ROWS,
)
def test_what_is_typed_comes_back_as_it_was_typed(words, since, signs, rows):
    posted: dict[str, sheets.Posted] = {"words": words, "since": since, "signs": signs}
    for number, row in enumerate(rows):
        posted |= {f"drugs.{number}.{column}": text for column, text in row.items()}
    content = rules.decode(rules.encode(rules.written(KIND, "Sheet", posted)))
    again = sheets.fields_of(content)
    for name, value in posted.items():
        blank = not (value.strip() if isinstance(value, str) else value)
        assert again.get(name, [] if isinstance(value, list) else "") == value or blank


@given(TEXTS)
def test_another_save_of_the_same_page_changes_nothing(words):
    once = rules.written(KIND, "Sheet", {"level": "low", "words": words, "drugs.1.name": words})
    twice = rules.written(KIND, "Sheet", sheets.fields_of(once))
    assert twice.answers == once.answers


def test_a_line_left_blank_in_the_middle_keeps_the_numbers_of_those_below():
    posted = {"drugs.0.name": "A", "drugs.2.name": "C", "drugs.3.name": " ", "drugs.x.name": "D"}
    content = rules.written(KIND, "Sheet", posted)
    assert [row.get("name", "") for row in content.answer("drugs").rows] == ["A", "", "C"]
    assert sheets.fields_of(content) == {"drugs.0.name": "A", "drugs.2.name": "C"}


def test_a_row_number_out_of_reach_costs_no_memory():
    content = rules.written(KIND, "Sheet", {"drugs.9999.name": "far"})
    assert len(content.answer("drugs").rows) <= sheets.MOST_ROWS


def test_each_fault_is_named_with_its_field_and_a_sentence():
    posted = {
        "since": "last spring",
        "times": "often",
        "signs": ["a", "x"],
        "drugs.0.from": "2026-02-30",
        "told": "perhaps",
    }
    found = dict(sheets.faults(KIND, rules.written(KIND, "Sheet", posted)))
    assert set(found) == {
        "level",
        "signs",
        "told",
        "since",
        "times",
        "drugs.0.name",
        "drugs.0.from",
    }
    assert found["since"] == "Since when is not a date. Write it as 2026-11-28."
    assert found["drugs.0.name"] == "Name is missing in line 1."


def test_a_right_answer_has_no_fault():
    posted = {"level": "high", "since": "2026-02-28", "times": "3,5", "drugs.0.name": "Sertraline"}
    assert sheets.faults(KIND, rules.written(KIND, "Sheet", posted)) == []


def test_only_what_was_answered_is_read_and_by_its_label():
    posted = {"level": "high", "signs": ["b"], "drugs.0.name": "Sertraline", "words": "since May"}
    content = rules.written(KIND, "Sheet", posted)
    assert sheets.passages(KIND, content) == (
        ("Now", "Level: High\nSigns: Burdened"),
        ("Since", "In their words:\nsince May\nMedication:\nName: Sertraline"),
    )
    assert sheets.opening(KIND, content).startswith("High. Burdened. since May")


def test_a_note_signed_before_there_were_sheets_has_the_same_bytes_and_hash():
    old = b'{"form":"Free","sections":[{"name":"Note","text":"as it was"}],"salt":"AAAA"}'
    content = rules.decode(old)
    assert rules.encode(content) == old
    assert content.answers == ()
    assert content.kind == ""


def test_the_exact_kind_is_among_the_sealed_words_only_where_the_shelf_hides_it():
    assert rules.written(KIND, "Sheet", {}).kind == "test_sheet"
    assert rules.blank(KIND).empty
    prefilled = rules.blank(KIND, answers=(contents.Answer("level", "low"),))
    assert not prefilled.empty
