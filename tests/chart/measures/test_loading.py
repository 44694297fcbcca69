"""A broken questionnaire file is refused with its line, and with what to do."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart.measures import (
    OURS,
    QuestionnaireBroken,
    load,
    measure_from,
    questionnaire_in,
    rules_in,
)
from stillroom.chart.measures._lines import Node, read

GOOD = """{
  "resourceType": "Questionnaire",
  "id": "sleep",
  "title": "Sleep, in our own words",
  "status": "active",
  "item": [
    {"linkId": "1", "text": "How was it?", "type": "choice", "answerOption": [
      {"valueCoding": {"code": "good", "display": "Good"},
       "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 0}]},
      {"valueCoding": {"code": "bad", "display": "Bad"},
       "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 2}]}
    ]},
    {"linkId": "2", "text": "What woke you?", "type": "string",
     "enableWhen": [{"question": "1", "operator": "=", "answerCoding": {"code": "bad"}}]}
  ]
}
"""
TWO = '"valueDecimal": 2'
CIRCLE = '"type": "choice", "enableWhen": [{"question": "2", "operator": "exists", "answerBoolean": true}]'

BROKEN = [
    ("no json", GOOD.replace('"active",', '"active"'), 6, "should"),
    ("a comma too many", GOOD.replace('{"code": "bad"}}]}', '{"code": "bad"}}]},'), 15, "where a value should"),
    ("a name twice", GOOD.replace('"status"', '"title"'), 5, "stands twice"),
    ("another resource", GOOD.replace('"Questionnaire"', '"Patient"'), 2, "no FHIR Questionnaire"),
    ("no id", GOOD.replace('"id"', '"ident"'), 1, "“id” is missing"),
    ("no title", GOOD.replace('"title"', '"name"'), 1, "“title” is missing"),
    ("no linkId", GOOD.replace('"linkId": "2", ', ""), 13, "“linkId” is missing"),
    ("a linkId twice", GOOD.replace('"linkId": "2"', '"linkId": "1"'), 13, "first on line 7"),
    ("an unknown type", GOOD.replace('"string"', '"attachment"'), 13, "items of type “attachment”"),
    ("no words", GOOD.replace('"text": "What woke you?", ', ""), 13, "“text” is missing"),
    ("enableWhen to nowhere", GOOD.replace('"question": "1"', '"question": "9"'), 13, "depends on “9”"),
    ("an answer it has not", GOOD.replace('{"code": "bad"}}]', '{"code": "fair"}}]'), 13, "“fair”"),
    ("a circle", GOOD.replace('"type": "choice"', CIRCLE), 7, "depends on itself"),
    ("an answer without score", GOOD.replace((
        ',\n       "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", '
        + TWO + "}]"), ""), 10, "has no score"),
    ("a score of a half", GOOD.replace(TWO, '"valueDecimal": 2.5'), 11, "no whole number"),
    ("a list that is not there", GOOD.replace('"type": "string"', '"type": "choice", "answerValueSet": "#x"'), 13, "no list of answers"),
    ("an answer twice", GOOD.replace('"code": "bad", "display"', '"code": "good", "display"'), 10, "stands twice"),
    ("nothing asked", GOOD[: GOOD.index('  "item"')] + '  "item": []\n}', 1, "asks nothing"),
    ("an unknown condition", GOOD.replace('"operator": "="', '"operator": ">"'), 14, "condition “>”"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "says"), [one[1:] for one in BROKEN], ids=[b[0] for b in BROKEN]
)
def test_a_broken_file_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(QuestionnaireBroken) as caught:
        questionnaire_in(text, "sleep.json")
    assert says in str(caught.value)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"sleep.json, line {line}: ")
    assert caught.value.advice.endswith(".")


def test_the_file_that_these_break_is_good() -> None:
    made = questionnaire_in(GOOD, "sleep.json")
    assert [one.id for one in made.asked({})] == ["1"]
    assert [one.id for one in made.asked({"1": "bad"})] == ["1", "2"]


RULES = """{
  "measure": "sleep",
  "main": "total",
  "scores": [
    {"id": "total", "label": "Sleep", "items": ["1"],
     "bands": [
       {"from": 0, "to": 1, "label": "well"},
       {"from": 2, "to": 2, "label": "badly"}
     ],
     "source": "Nobody, 2026", "basis": "recalled"}
  ]
}
"""
BROKEN_RULES = [
    ("for another", RULES.replace('"sleep"', '"phq-9"'), 2, "for “phq-9”"),
    ("an item that is not there", RULES.replace('["1"]', '["7"]'), 5, "no item “7”"),
    ("an item without scores", RULES.replace('["1"]', '["2"]'), 5, "no scores"),
    ("a gap between bands", RULES.replace('"from": 2', '"from": 3'), 8, "2 should come next"),
    ("bands that end early", RULES.replace('"to": 2', '"to": 5'), 8, "the highest score is 2"),
    ("no source", RULES.replace('"source": "Nobody, 2026", "basis": "recalled"', '"times": 1'), 5, "no source"),
    ("an unknown basis", RULES.replace('"recalled"', '"hearsay"'), 10, "no way to check"),
    ("a main score that is none", RULES.replace('"main": "total"', '"main": "sum"'), 3, "no score “sum”"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [one[1:] for one in BROKEN_RULES],
    ids=[one[0] for one in BROKEN_RULES],
)
def test_a_broken_scoring_file_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    asks = questionnaire_in(GOOD, "sleep.json")
    assert rules_in(RULES, "sleep.scoring.json", asks).main == "total"
    with pytest.raises(QuestionnaireBroken) as caught:
        rules_in(text, "sleep.scoring.json", asks)
    assert says in str(caught.value)
    assert caught.value.line == line


def plain(node: Node) -> object:
    """A node as Python's own reader would give it."""
    if isinstance(node.value, dict):
        return {name: plain(one) for name, one in node.value.items()}
    if isinstance(node.value, tuple):
        return [plain(one) for one in node.value]
    return node.value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(JSON, st.sampled_from([None, 1, 2]), st.booleans())
def test_what_is_read_is_what_pythons_own_reader_reads(
    value: object, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert plain(read(text, "x.json")) == json.loads(text)


@given(st.text(max_size=60))
def test_no_text_at_all_brings_the_reader_down(text: str) -> None:
    try:
        read(text, "x.json")
    except QuestionnaireBroken as error:
        assert 1 <= error.line <= text.count("\n") + 1


def test_a_file_nested_to_the_bottom_of_the_stack_is_refused() -> None:
    with pytest.raises(QuestionnaireBroken, match="nested"):
        read("[" * 100_000, "x.json")


def test_a_broken_file_of_the_practice_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "sleep.json").write_text(GOOD)
    (tmp_path / "broken.json").write_text(GOOD.replace('"active",', '"active"'))
    (tmp_path / "latin.json").write_bytes(GOOD.encode().replace(b"Sleep", b"Schlaf \xfcberhaupt"))
    library = load(tmp_path)
    assert library.measures["sleep"].asks.own
    assert {one.file for one in library.broken} == {"broken.json", "latin.json"}
    assert "phq-9" in library.measures


def test_the_practices_wording_takes_the_place_of_a_sheet_for_paper(tmp_path: Path) -> None:
    ours = json.loads((OURS / "epds.json").read_text())
    ours["extension"] = [one for one in ours["extension"] if "short" in one["url"]]
    (tmp_path / "epds.json").write_text(json.dumps(ours))
    (tmp_path / "epds.scoring.json").write_bytes((OURS / "epds.scoring.json").read_bytes())
    assert load().measures["epds"].asks.paper
    assert not load(tmp_path).measures["epds"].asks.paper


@pytest.mark.parametrize("path", sorted(OURS.glob("*.json")), ids=lambda one: one.name)
def test_what_comes_with_stillroom_is_json_with_its_terms(path: Path) -> None:
    whole = json.loads(path.read_text())
    if path.name.endswith(".scoring.json"):
        return
    measure = measure_from(path)
    assert whole["resourceType"] == "Questionnaire"
    assert whole["status"] == "active"
    assert len(measure.asks.copyright) > 40, "the terms of use are said"
    assert measure.asks.id == path.stem
    for score in measure.rules.scores:
        assert score.bands == () or score.source is not None
