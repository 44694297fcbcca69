"""Nothing waits for somebody who cannot come: returns to an author who has left, and what a supervisor is told of (P5, T03)."""

from datetime import timedelta

import pytest

from stillroom.access import Capacity
from stillroom.chart import (
    actions,
    handing,
    queries,
    queries_review,
    queries_risk,
    restricting,
    reviewing,
)
from stillroom.chart import rules_review as review
from stillroom.chart.models import Review
from stillroom.chart.states import State
from stillroom.phi import NotHere
from stillroom.practice import actions as practice
from tests.cast import Cast
from tests.chart.test_review import course, signed, trained
from tests.disclosure.story import risks
from tests.harness.upright import require_upright

__all__ = ["trained"]


def _left(cast: Cast) -> None:
    """Ada hands Dov over to Bea for good."""
    handing.hand_over(cast.here("ada"), cast.dov, cast.bea.id, None, "")


def test_what_nobody_could_change_is_not_returned_and_an_addendum_mends_it(trained: Cast) -> None:
    """Its author handed the chart over while it was with her supervisor."""
    record = signed(trained)
    _left(trained)
    sol = trained.here("sol")
    (one,) = queries_review.for_me(sol)
    assert (one.record, one.author_cares) == (record, False)
    with pytest.raises(review.AuthorGone):
        reviewing.give_back(sol, record, "Name the intervention.", seen=2)
    actions.addend(trained.here("bea"), record, "The intervention was a sleep diary.")
    reviewing.cosign(sol, record, seen=3)
    assert queries.record(sol, record).course.state is State.COSIGNED
    require_upright(trained)


def test_a_return_to_somebody_who_has_left_is_taken_back(trained: Cast) -> None:
    """Returned first, and her care was then ended by a colleague who treats."""
    record = signed(trained)
    sol = trained.here("sol")
    reviewing.give_back(sol, record, "Name the intervention.", seen=2)
    reviewing.begin_changes(trained.here("ada"), record)
    with pytest.raises(review.ChangesBegun):
        reviewing.take_back(sol, record, seen=3)
    practice.begin_care(trained.here("ada"), trained.dov, trained.bea.id, Capacity.TREATING)
    practice.end_care(trained.here("bea"), trained.dov, trained.ada.id)
    (one,) = queries_review.returned(sol)
    assert (one.record, one.author_cares) == (record, False)
    reviewing.take_back(sol, record, seen=3)
    assert queries_review.returned(sol) == []
    (waits,) = queries_review.for_me(sol)
    assert waits.state == Review.State.WAITING
    whole = queries.record(sol, record)
    assert [review.words_of(one.content) for one in whole.revisions[2:3]] == [
        "Name the intervention."
    ], "what was said stays in the chain"
    require_upright(trained)


@pytest.mark.parametrize("name", ["ada", "bea", "cal", "max", "olga", "nan"])
def test_a_return_is_taken_back_by_who_supervises_alone(trained: Cast, name: str) -> None:
    record = signed(trained)
    reviewing.give_back(trained.here("sol"), record, "Name the intervention.", seen=2)
    with pytest.raises(NotHere):
        reviewing.take_back(trained.here(name), record, seen=3)
    assert course(trained, record).state is State.RETURNED


def test_who_supervises_is_told_what_is_to_follow_and_who_sees_to_it(cast: Cast) -> None:
    threat = risks(cast)["threat"]
    until = cast.at.date() + timedelta(days=3)
    (one,) = queries_risk.due_of_supervised(cast.here("sol"), until)
    assert (one.record, one.author) == (threat, cast.ada.id)
    assert queries_risk.due_of_supervised(cast.here("sol"), cast.at.date()) == []
    for name in ("ada", "bea", "max", "nan"):
        assert queries_risk.due_of_supervised(cast.here(name), until) == []
    restricting.restrict(cast.here("ada"), threat, "She asked for it.")
    assert queries_risk.due_of_supervised(cast.here("sol"), until) == []
