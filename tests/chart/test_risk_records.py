"""Records of risk among the others: what leaves as what, who is told what is due, what is counted."""

from datetime import date, timedelta

import pytest

from stillroom.access import Capacity
from stillroom.chart import actions as chart
from stillroom.chart import followups, importing, queries, queries_risk, releasing, rules
from stillroom.chart.kinds import KINDS
from stillroom.chart.models import Draft, Followup, Record
from stillroom.phi import NotHere
from stillroom.practice import actions as practice
from tests.cast import NOON, Cast

FIELDS = {
    "ideation": "wish",
    "level": "moderate",
    "reasons": "Reasons.",
    "did_words": "Made the plan.",
    "follow_up_on": "2026-11-23",
}
MONDAY = date(2026, 11, 23)


def signed(cast: Cast, *, part2: bool = False, days: float = 0, **fields: str) -> str:
    ada = cast.here("ada")
    at = NOON - timedelta(days=days)
    record = chart.begin(ada, cast.dov, "suicide_risk", occurred_at=at, part2=part2)
    chart.save_draft(ada, record, {**FIELDS, **fields}, 1, kind="suicide_risk")
    chart.sign(ada, record, 2)
    return record


def entries(cast: Cast) -> int:
    return cast.house.log.size


def test_an_assessment_of_danger_does_not_leave_as_a_progress_note(cast: Cast) -> None:
    risk, protected = signed(cast), signed(cast, part2=True)
    ada = cast.here("ada")
    before = entries(cast)
    kinds = {one.id: one.law_kind for one in releasing.signed_records(ada, cast.dov, joint=False)}
    assert kinds == {risk: "risk_assessment", protected: "sud_records"}
    assert entries(cast) == before + 1, "what was opened to tell it is an entry"
    joint = {one.law_kind for one in releasing.signed_records(ada, cast.dov, joint=True)}
    assert joint == {"joint_session_notes", "sud_records"}


def test_a_chart_without_an_assessment_opens_nothing_and_writes_nothing(cast: Cast) -> None:
    before = entries(cast)
    assert queries_risk.risk_of(cast.here("ada"), cast.dov, drafts=True) == queries_risk.Risk()
    assert entries(cast) == before


def test_however_many_assessments_are_opened_it_is_one_entry(cast: Cast) -> None:
    for days in range(4):
        signed(cast, days=days)
    before = entries(cast)
    held = queries_risk.risk_of(cast.here("ada"), cast.dov)
    assert len(held.signed) == 4
    assert [one.occurred_at for one in held.signed] == sorted(
        (one.occurred_at for one in held.signed), reverse=True
    )
    assert entries(cast) == before + 1


@pytest.mark.parametrize("name", ["bea", "cal", "max", "olga", "nan"])
def test_nobody_without_care_learns_what_a_chart_holds_of_risk(cast: Cast, name: str) -> None:
    signed(cast)
    with pytest.raises(NotHere):
        queries_risk.risk_of(cast.here(name), cast.dov)


def test_another_ones_draft_is_not_among_what_is_begun(cast: Cast) -> None:
    chart.begin(cast.here("ada"), cast.dov, "suicide_risk", occurred_at=NOON)
    assert len(queries_risk.risk_of(cast.here("ada"), cast.dov, drafts=True).drafts) == 1
    assert queries_risk.risk_of(cast.here("sol"), cast.dov, drafts=True).drafts == ()


def test_whoever_covers_is_told_what_is_due_and_no_longer_when_cover_has_ended(cast: Cast) -> None:
    record = signed(cast)
    ada, bea = cast.here("ada"), cast.here("bea")
    assert queries_risk.due(bea, MONDAY) == []
    practice.begin_care(
        ada, cast.dov, cast.bea.id, Capacity.COVERING, until=NOON + timedelta(days=2)
    )
    before = entries(cast)
    (due,) = queries_risk.due(cast.here("bea", at=NOON + timedelta(hours=1)), MONDAY)
    assert (due.record, due.chart, due.due_on) == (record, cast.dov, MONDAY)
    assert entries(cast) == before, "nothing is opened to tell it"
    assert queries_risk.due(cast.here("bea", at=NOON + timedelta(days=4)), MONDAY) == []


def test_a_record_entered_in_error_has_nothing_due(cast: Cast) -> None:
    record = signed(cast)
    ada = cast.here("ada")
    assert len(queries_risk.due(ada, MONDAY)) == 1
    chart.strike(ada, record, "Wrong chart.")
    assert queries_risk.due(ada, MONDAY) == []


def test_done_is_said_once_and_by_whom(cast: Cast) -> None:
    record = signed(cast)
    ada = cast.here("ada")
    before = entries(cast)
    followups.done(ada, record)
    assert entries(cast) == before + 1
    row = Followup.objects.get()
    assert (row.done_at, row.done_by) == (NOON, cast.ada.id)
    with pytest.raises(followups.NothingDue):
        followups.done(ada, record)


def test_a_supervisor_reads_and_does_not_say_done(cast: Cast) -> None:
    record = signed(cast)
    with pytest.raises(NotHere):
        followups.done(cast.here("sol"), record)
    assert Followup.objects.get().done_at is None


def test_a_draft_is_due_to_nobody_until_it_is_signed(cast: Cast) -> None:
    ada = cast.here("ada")
    record = chart.begin(ada, cast.dov, "suicide_risk", occurred_at=NOON)
    chart.save_draft(ada, record, FIELDS, 1, kind="suicide_risk")
    assert not Followup.objects.exists()
    with pytest.raises(followups.NothingDue):
        followups.done(ada, record)


def test_of_what_is_brought_in_only_a_day_ahead_is_due(cast: Cast) -> None:
    kind = KINDS["suicide_risk"]
    notes = [
        importing.ImportedNote(
            "suicide_risk",
            NOON - timedelta(days=60),
            ((rules.written(kind, "Sheet", {**FIELDS, "follow_up_on": day}), NOON),),
        )
        for day in ("2026-09-30", "2026-11-20", "2026-11-23")
    ]
    importing.import_notes(cast.here("ada"), cast.dov, notes)
    days = Followup.objects.order_by("due_on").values_list("due_on", flat=True)
    assert list(days) == [NOON.date(), MONDAY]
    assert {one.kind for one in Record.objects.all()} == {"assessment"}
    assert {one.title for one in queries.timeline(cast.here("ada"), cast.dov).lines} == {
        "Suicide risk assessment"
    }


def test_a_draft_says_in_the_clear_neither_its_kind_nor_its_form_however_often_it_is_saved(
    cast: Cast,
) -> None:
    ada = cast.here("ada")
    record = chart.begin(ada, cast.dov, "suicide_risk", occurred_at=NOON)
    for version in (1, 2):
        assert Draft.objects.get(pk=record).form == ""
        chart.save_draft(ada, record, FIELDS, version, kind="suicide_risk", form="Sheet")
    assert Draft.objects.get(pk=record).form == ""
    assert Record.objects.get(pk=record).kind == "assessment"
    chart.sign(ada, record, 3)
