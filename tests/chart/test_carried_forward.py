"""A last note carried forward stays marked, sentence by sentence, until it is changed or confirmed."""

import msgspec
from hypothesis import given
from hypothesis import strategies as some

from stillroom.chart import rules
from stillroom.chart.carrying import (
    FIELD,
    carried,
    unchanged,
    unchanged_by_section,
    without_marks,
)
from stillroom.chart.contents import Answer, Content
from stillroom.chart.kinds import PROGRESS_NOTE

LAST = {
    "Data": "Slept six hours. Used the nine o’clock rule on each night.",
    "Assessment": "Steadier than in spring.",
    "Plan": "Keep the rule. Tuesday at ten.",
    "diagnosis": "F33.1",
    "objectives": ["1"],
    "start": "10:00",
    "risk": "none",
}


def begun() -> Content:
    """A note begun from the last one."""
    words, answers = carried(PROGRESS_NOTE, rules.written(PROGRESS_NOTE, "DAP", LAST))
    content = rules.written(PROGRESS_NOTE, "DAP", words)
    return msgspec.structs.replace(content, answers=answers)


def with_data(content: Content, text: str) -> Content:
    """The same with other words in Data."""
    sections = (msgspec.structs.replace(content.sections[0], text=text), *content.sections[1:])
    return msgspec.structs.replace(content, sections=sections)


def test_every_sentence_is_marked_at_first() -> None:
    assert unchanged(begun()) == (
        "Slept six hours.", "Used the nine o’clock rule on each night.", "Steadier than in spring.",
        "Keep the rule.", "Tuesday at ten.",
    )  # fmt: skip
    assert unchanged_by_section(begun())["Plan"] == ("Keep the rule.", "Tuesday at ten.")


def test_a_sentence_that_is_changed_loses_its_mark_and_the_others_keep_theirs() -> None:
    changed = with_data(begun(), "Slept five hours. Used the nine o’clock rule on each night.")
    assert "Slept six hours." not in unchanged(changed)
    assert "Used the nine o’clock rule on each night." in unchanged(changed)


def test_a_sentence_that_was_gone_over_loses_its_mark_although_it_stands() -> None:
    content = begun()
    left = tuple(one for one in content.answer(FIELD).chosen if one != "Keep the rule.")
    gone_over = msgspec.structs.replace(content, answers=(Answer(FIELD, chosen=left),))
    assert "Keep the rule." not in unchanged(gone_over)
    assert "Tuesday at ten." in unchanged(gone_over)


def test_times_danger_and_objectives_of_the_last_session_are_not_carried() -> None:
    assert {one.name for one in begun().answers} == {"diagnosis", FIELD}


def test_marks_never_outlive_the_draft() -> None:
    assert [one.name for one in without_marks(begun().answers)] == ["diagnosis"]


@given(some.text("Ab. \n“”", max_size=80), some.text("Ab. \n", max_size=40))
def test_what_is_written_new_is_never_marked_and_what_stands_is(old: str, new: str) -> None:
    source = rules.written(PROGRESS_NOTE, "DAP", {"Data": old, "Assessment": "", "Plan": ""})
    words, answers = carried(PROGRESS_NOTE, source)
    marks = set(answers[-1].chosen)
    content = rules.written(PROGRESS_NOTE, "DAP", {**words, "Plan": new})
    content = msgspec.structs.replace(content, answers=answers)
    assert set(unchanged(content)) <= marks
    assert not unchanged(content) or content.sections[0].text.strip() or new.strip()
    assert set(unchanged_by_section(content).get("Data", ())) == marks
