"""Lists of a chart: the newest signed one is current, and a change begins with all it says."""

import pytest

from stillroom.chart import actions, lists, queries
from stillroom.chart.kinds import KINDS
from stillroom.chart.sheets import fields_of
from stillroom.phi import NotHere
from tests.cast import NOON, Cast

MEDICATION = KINDS["medication_list"]
ALLERGIES = KINDS["allergies_alerts"]
FIRST = {
    "medication.0.what": "Sertraline",
    "medication.0.dose": "50 mg, mornings",
    "medication.1.what": "Melatonin",
    "medication.1.ended": "2026-10-02",
    "source": "The bottles.",
    "changed": "Began sertraline.",
}


def keep(
    cast: Cast, fields: dict[str, str], kind: str = "medication_list", who: str = "ada"
) -> str:
    """A signed list of that person's about Dov, beginning with the last one."""
    here = cast.here(who)
    answers = lists.carried_forward(here, cast.dov, KINDS[kind])
    record = actions.begin(here, cast.dov, kind, occurred_at=cast.at, answers=answers)
    draft = queries.record(here, record).draft
    assert draft is not None
    actions.save_draft(here, record, fields_of(draft) | fields, 1, kind=kind, form="Sheet")
    actions.sign(here, record, 2)
    return record


def test_the_newest_signed_list_is_current_and_what_ended_is_not_taken(cast: Cast) -> None:
    keep(cast, FIRST)
    beside = lists.beside(cast.here("ada"), cast.dov)
    assert beside.taken == (("Sertraline", "50 mg, mornings"),)
    keep(cast.later(days=3), {"medication.0.dose": "100 mg, mornings"})
    beside = lists.beside(cast.later(days=3).here("ada"), cast.dov)
    assert beside.taken == (("Sertraline", "100 mg, mornings"),)


def test_a_change_begins_with_everything_but_what_was_said_of_the_last_state(cast: Cast) -> None:
    keep(cast, FIRST)
    answers = lists.carried_forward(cast.here("ada"), cast.dov, MEDICATION)
    carried = {one.name for one in answers}
    assert carried == {"medication", "source"}, "why the last one changed is untrue of the next"
    assert lists.carried_forward(cast.here("ada"), cast.dov, ALLERGIES) == ()


def test_a_list_entered_in_error_gives_way_to_the_one_before(cast: Cast) -> None:
    keep(cast, FIRST)
    wrong = keep(cast.later(days=1), {"medication.0.what": "Somebody else’s lithium"})
    actions.strike(cast.later(days=1).here("ada"), wrong, "Another client's.")
    beside = lists.beside(cast.later(days=1).here("ada"), cast.dov)
    assert beside.taken == (("Sertraline", "50 mg, mornings"),)


def test_a_draft_is_no_list_and_whoever_began_one_goes_on_with_it(cast: Cast) -> None:
    keep(cast, FIRST)
    ada = cast.here("ada")
    draft = actions.begin(ada, cast.dov, "medication_list", occurred_at=NOON)
    assert lists.draft_waiting(ada, cast.dov, MEDICATION) == draft
    assert lists.draft_waiting(ada, cast.dov, ALLERGIES) == ""
    assert lists.beside(ada, cast.dov).taken == (("Sertraline", "50 mg, mornings"),)


def test_alerts_and_allergies_stand_on_one_list_and_the_supervisor_sees_them(cast: Cast) -> None:
    keep(
        cast,
        {
            "allergies.0.to": "Penicillin",
            "allergies.0.reaction": "Hives",
            "alerts.0.alert": "Seizures",
            "alerts.0.act": "Door unlocked, call 911 after five minutes.",
        },
        "allergies_alerts",
    )
    beside = lists.beside(cast.here("sol"), cast.dov)
    assert beside.not_to_be_given == (("Penicillin", "Hives"),)
    assert beside.alerts[0][0] == "Seizures"


def test_a_chart_without_lists_opens_nothing_for_its_margin(cast: Cast) -> None:
    before = cast.house.log.size
    assert lists.beside(cast.here("ada"), cast.dov) == lists.Beside(None, None)
    assert cast.house.log.size == before


def test_a_colleague_without_care_is_told_the_same_with_a_list_and_without(cast: Cast) -> None:
    for _ in range(2):
        before = cast.house.log.size
        with pytest.raises(NotHere):
            lists.carried_forward(cast.here("bea"), cast.dov, MEDICATION)
        with pytest.raises(NotHere):
            lists.draft_waiting(cast.here("bea"), cast.dov, MEDICATION)
        assert cast.house.log.size == before + 2
        keep(cast.later(minutes=1), FIRST)


def test_what_is_needed_in_a_line_is_asked_for_by_its_line(cast: Cast) -> None:
    from stillroom.chart import rules, sheets

    content = rules.written(MEDICATION, "Sheet", {"medication.1.dose": "5 mg"})
    assert [(one.field, one.sentence) for one in sheets.faults(MEDICATION, content)] == [
        ("medication.1.what", "What is missing in line 2.")
    ]


def test_a_draft_says_when_somebody_signed_another_state_since_it_was_begun(cast: Cast) -> None:
    keep(cast, FIRST)
    ada = cast.later(minutes=1).here("ada")
    draft = actions.begin(ada, cast.dov, "medication_list", occurred_at=NOON)
    assert lists.overtaken(ada, queries.record(ada, draft)) is None
    keep(cast.later(minutes=2), {"allergies.0.to": "Dust"}, "allergies_alerts")
    assert lists.overtaken(ada, queries.record(ada, draft)) is None, "another list"
    newer = keep(cast.later(minutes=3), {"medication.2.what": "Lithium"})
    told = lists.overtaken(ada, queries.record(ada, draft))
    assert told is not None
    assert told.record == newer
    page_of_another_kind = actions.begin(ada, cast.dov, "letter", occurred_at=NOON)
    assert lists.overtaken(ada, queries.record(ada, page_of_another_kind)) is None


def test_it_is_by_signing_that_a_list_takes_anothers_place(cast: Cast) -> None:
    """Begun on Monday and signed on Wednesday, it stands over what was begun and signed between."""
    ada = cast.here("ada")
    first = actions.begin(ada, cast.dov, "medication_list", occurred_at=cast.at)
    keep(cast.later(days=1), {"medication.0.what": "Lithium"})
    fields = {"medication.0.what": "Lithium", "medication.1.what": "Vitamin D"}
    actions.save_draft(ada, first, fields, 1, kind="medication_list", form="Sheet")
    actions.sign(cast.later(days=2).here("ada"), first, 2)
    taken = lists.beside(cast.later(days=2).here("ada"), cast.dov).taken
    assert [what for what, _ in taken] == ["Lithium", "Vitamin D"]
