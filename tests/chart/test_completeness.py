"""The check before signing: each rule is met and missed by what it says, and names its source."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stillroom.chart import rules
from stillroom.chart.completeness import checked, open_ones
from stillroom.chart.completeness import rules as all_rules
from stillroom.chart.contents import Content
from stillroom.chart.kinds import PROGRESS_NOTE, PSYCHOTHERAPY_NOTE


def note(form: str = "DAP", **fields: str) -> Content:
    """A progress note with only these fields."""
    return rules.written(PROGRESS_NOTE, form, dict.fromkeys(PROGRESS_NOTE.forms[form], "") | fields)


def is_open(rule: str, content: Content) -> bool:
    """Whether a rule is open over a note."""
    return next(one.open for one in checked(PROGRESS_NOTE, content) if one.id == rule)


MET = [
    ("times", note(start="10:00", stop="10:50")), ("times", note(Data="Met for 50 minutes.")),
    ("place", note(place="Room 2")), ("place", note(Data="Attended by video from home.")),
    ("modality", note(modality="telehealth")), ("modality", note(Data="Held by telephone.")),
    ("diagnosis", note(diagnosis="F33.1")), ("diagnosis", note(Assessment="Panic disorder, as before.")),
    ("objective", note(objectives="1.2")), ("objective", note(Plan="On to the second objective.")),
    ("intervention", note("BIRP", Intervention="Sat with it.")),
    ("intervention", note(Data="Rehearsed the crossing in imagination.")),
    ("response", note("BIRP", Response="Slower.")), ("response", note(Assessment="Responded with relief.")),
    ("necessity", note(Assessment="Continued care is needed because sleep is short.")),
    ("necessity", note(Assessment="Still cannot drive alone.")),
    ("risk", note(risk="none")), ("risk", note(Data="Denies thoughts of suicide.")),
    ("plan", note(Plan="Tuesday.")), ("plan", note("Free", Note="Next session on Tuesday.")),
]  # fmt: skip
MISSED = [
    ("times", note(start="10:00")), ("place", note(Data="She came.")), ("modality", note(Data="She came.")),
    ("diagnosis", note(Data="Slept six hours.")), ("objective", note(Data="Slept six hours.")),
    ("intervention", note(Data="Slept six hours.")), ("response", note(Data="Slept six hours.")),
    ("necessity", note(Data="Slept six hours.")), ("risk", note(Data="Slept six hours.")),
    ("plan", note("Free", Note="Slept six hours.")), ("plan", note(Plan="  \n ")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "content"), MET)
def test_a_rule_is_met_by_its_field_or_its_words(rule: str, content: Content) -> None:
    assert not is_open(rule, content)


@pytest.mark.parametrize(("rule", "content"), MISSED)
def test_a_rule_is_open_without_them(rule: str, content: Content) -> None:
    assert is_open(rule, content)


def test_every_rule_is_both_met_and_missed_above_and_names_who_asks() -> None:
    ids = {one.id for one in all_rules()}
    assert {rule for rule, _ in MET} == ids == {rule for rule, _ in MISSED}
    for one in checked(PROGRESS_NOTE, note()):
        assert one.source
        assert one.open


def test_a_rule_that_the_practice_switched_off_is_not_asked() -> None:
    asked = checked(PROGRESS_NOTE, note(), without={"diagnosis", "place"})
    assert {"diagnosis", "place"}.isdisjoint({one.id for one in asked})
    assert len(asked) == len(all_rules()) - 2


def test_nothing_is_asked_of_a_psychotherapy_note() -> None:
    content = rules.written(PSYCHOTHERAPY_NOTE, "Free", {"Note": "My own dread."})
    assert checked(PSYCHOTHERAPY_NOTE, content) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Slept … hours on … nights.", "2 blanks are left in the text"),
        ("In her words: “…”", "One blank is left in the text"),
        ("… minutes late", "One blank is left in the text"),
        ("She said “and then…” and wept… at last.", ""),
    ],
)
def test_a_blank_that_nobody_filled_is_named(text: str, says: str) -> None:
    last = checked(PROGRESS_NOTE, note(Data=text))[-1]
    assert (last.says if last.id == "blanks" else "") == says


@given(some.text(max_size=400), some.text(max_size=80))
def test_more_words_never_open_a_rule(before: str, added: str) -> None:
    first = {one.id for one in open_ones(checked(PROGRESS_NOTE, note(Data=before)))}
    then = {one.id for one in open_ones(checked(PROGRESS_NOTE, note(Data=f"{before}\n{added}")))}
    assert then - {"blanks"} <= first
