"""A caseload is handed over: what the colleague is to know is in the chart, nothing stays half done,
and what she is shown while she covers is what signed records say."""

from datetime import timedelta

import pytest

from stillroom.access import Capacity
from stillroom.chart import actions, glance, handing, queries, reviewing
from stillroom.phi import NotHere
from stillroom.practice import actions as practice
from tests.cast import NOON, Cast
from tests.harness.upright import require_upright

TEXT = {"Data": "Slept six hours.", "Assessment": "Steadier.", "Plan": "Tuesday."}
WEEK = NOON + timedelta(days=7)


def note(cast: Cast, **text: str) -> str:
    record = actions.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)
    actions.save_draft(cast.here("ada"), record, {**TEXT, **text}, 1)
    actions.sign(cast.here("ada"), record, 2)
    return record


def test_the_caseload_is_whom_i_treat_with_what_is_half_done(cast: Cast) -> None:
    note(cast)
    actions.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)
    (case,) = handing.caseload(cast.here("ada"))
    assert (case.head.id, case.open, case.waiting) == (cast.dov, 1, 0)
    assert handing.caseload(cast.here("sol")) == []
    assert [one.head.id for one in handing.caseload(cast.here("bea"))] == [cast.fay]


def test_for_a_while_with_what_to_know_and_it_ends_by_itself(cast: Cast) -> None:
    note(cast, Data="He walks daily.")
    handing.hand_over(cast.here("ada"), cast.dov, cast.bea.id, WEEK, "Ring him on Monday.")
    later = cast.later(minutes=1)
    seen = glance.glance(later.here("bea"), cast.dov)
    assert [one.opening for one in seen.handovers] == ["Ring him on Monday."]
    assert [one.opening for one in seen.sessions] == ["He walks daily. Steadier. Tuesday."]
    assert seen.assessments == seen.plans == seen.lists == ()
    with pytest.raises(NotHere):
        glance.glance(cast.here("bea", at=WEEK), cast.dov)
    require_upright(later)


def test_for_good_nothing_stays_half_done(cast: Cast) -> None:
    record = actions.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)
    with pytest.raises(handing.DraftsLeft):
        handing.hand_over(cast.here("ada"), cast.dov, cast.bea.id, None, "Ring him.")
    assert queries.timeline(cast.here("sol"), cast.dov).lines == (), "not even the note for her"
    actions.discard(cast.here("ada"), record)
    handing.hand_over(cast.here("ada"), cast.dov, cast.bea.id, None, "Ring him.")
    later = cast.later(minutes=1)
    assert glance.glance(later.here("bea"), cast.dov).handovers
    with pytest.raises(NotHere):
        queries.timeline(later.here("ada"), cast.dov)
    require_upright(later)


def test_a_note_that_came_back_is_answered_before_its_author_leaves(cast: Cast) -> None:
    record = note(cast)
    reviewing.send(cast.here("ada"), record, [cast.sol.id])
    (case,) = handing.caseload(cast.here("ada"))
    assert (case.open, case.waiting) == (0, 1)
    reviewing.give_back(cast.here("sol"), record, "Shorter.", seen=2)
    with pytest.raises(handing.DraftsLeft):
        handing.hand_over(cast.here("ada"), cast.dov, cast.bea.id, None, "")


def test_her_private_notes_stay_hers_and_open_for_nobody(cast: Cast) -> None:
    record = actions.begin(cast.here("ada"), cast.dov, "psychotherapy_note", occurred_at=NOON)
    actions.save_draft(cast.here("ada"), record, {"Note": "My own dread."}, 1)
    actions.sign(cast.here("ada"), record, 2)
    handing.hand_over(cast.here("ada"), cast.dov, cast.bea.id, None, "")
    later = cast.later(minutes=1)
    for name in ("ada", "bea", "sol"):
        with pytest.raises(NotHere):
            queries.record(later.here(name), record)


def test_where_the_colleague_cannot_take_it_nothing_is_written(cast: Cast) -> None:
    with pytest.raises(Exception, match="supervises"):
        handing.hand_over(cast.here("ada"), cast.dov, cast.sol.id, WEEK, "Ring him.")
    assert queries.timeline(cast.here("ada"), cast.dov).lines == ()


@pytest.mark.parametrize("name", ["bea", "sol", "cal", "max"])
def test_nobody_hands_over_what_she_does_not_treat(cast: Cast, name: str) -> None:
    with pytest.raises(NotHere):
        handing.hand_over(cast.here(name), cast.dov, cast.bea.id, WEEK, "")


def test_at_a_glance_the_newest_of_each_kind_and_nothing_struck(cast: Cast) -> None:
    for said in ("First.", "Second.", "Third.", "Fourth."):
        note(cast, Data=said)
    struck = note(cast, Data="About another.")
    actions.strike(cast.here("ada"), struck, "Wrong client.")
    practice.begin_care(cast.here("ada"), cast.dov, cast.bea.id, Capacity.COVERING, WEEK)
    seen = glance.glance(cast.later(minutes=1).here("bea"), cast.dov)
    assert len(seen.sessions) == 3
    assert not [one for one in seen.sessions if "another" in one.opening]
