"""A caseload goes over for a while or for good; whoever covers or supervises leaves by herself."""

from datetime import timedelta

import pytest

from stillroom.access import Act, Capacity
from stillroom.phi import NotHere, rings
from stillroom.practice import actions, queries
from stillroom.practice.models import Appointment, CareRelationship
from stillroom.practice.queries_care import members
from stillroom.practice.rules_care import EndsTooEarly, LeavesByEnding, Supervises
from tests.cast import NOON, Cast
from tests.harness.upright import require_upright

WEEK = NOON + timedelta(days=7)


def acts(cast: Cast) -> list[str]:
    return [logged.entry.act for logged in cast.house.log.entries()]


def test_a_supervisor_leaves_by_herself_and_her_key_is_gone_at_once(cast: Cast) -> None:
    actions.leave(cast.here("sol"), cast.dov)
    assert acts(cast)[-1] == Act.CARE_LEAVE.value
    assert not rings.holds(cast.sol.id, cast.dov, rings.Kind.CHART)
    with pytest.raises(NotHere):
        queries.chart_head(cast.later(minutes=1).here("sol"), cast.dov)
    require_upright(cast.later(minutes=1))


def test_whoever_covers_leaves_before_the_last_day(cast: Cast) -> None:
    actions.begin_care(cast.here("ada"), cast.dov, cast.bea.id, Capacity.COVERING, WEEK)
    actions.leave(cast.later(minutes=1).here("bea"), cast.dov)
    assert not rings.holds(cast.bea.id, cast.dov, rings.Kind.CHART)


def test_whoever_treats_does_not_slip_away_by_that_door(cast: Cast) -> None:
    with pytest.raises(NotHere):
        actions.leave(cast.here("ada"), cast.dov)
    assert rings.holds(cast.ada.id, cast.dov, rings.Kind.CHART)


def test_whoever_treats_and_once_covered_is_told_how_to_leave(cast: Cast) -> None:
    CareRelationship.objects.create(
        chart_id=cast.dov, person=cast.ada.id, capacity="covering", begins_at=NOON, ends_at=WEEK
    )
    with pytest.raises(LeavesByEnding):
        actions.leave(cast.here("ada"), cast.dov)


@pytest.mark.parametrize("name", ["bea", "cal", "max", "olga", "nan"])
def test_nobody_leaves_a_chart_that_she_does_not_care_for(cast: Cast, name: str) -> None:
    with pytest.raises(NotHere):
        actions.leave(cast.here(name), cast.dov)


def test_a_cover_ends_by_itself_and_the_calendar_stays_as_it_is(cast: Cast) -> None:
    hour = timedelta(hours=1)
    actions.book(cast.here("ada"), cast.dov, cast.ada.id, NOON + hour, NOON + 2 * hour)
    actions.cover(cast.here("ada"), cast.dov, cast.bea.id, WEEK)
    assert queries.chart_head(cast.here("bea"), cast.dov).id == cast.dov
    assert Appointment.objects.get().person == cast.ada.id
    with pytest.raises(NotHere):
        queries.chart_head(cast.here("bea", at=WEEK), cast.dov)


def test_a_cover_that_is_over_already_is_refused(cast: Cast) -> None:
    with pytest.raises(EndsTooEarly):
        actions.cover(cast.here("ada"), cast.dov, cast.bea.id, NOON)


def test_for_good_the_colleague_treats_with_what_is_planned_and_the_leaver_is_out(
    cast: Cast,
) -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    actions.book(cast.here("ada"), cast.dov, cast.ada.id, NOON + day, NOON + day + hour)
    cancelled = actions.book(
        cast.here("ada"), cast.dov, cast.ada.id, NOON + 2 * day, NOON + 2 * day + hour
    )
    actions.mark(cast.here("ada"), cancelled, "cancelled")
    assert actions.hand_over(cast.here("ada"), cast.dov, cast.bea.id) == 1
    later = cast.later(minutes=1)
    running = {one.person: one.capacity for one in members(cast.dov) if one.runs(later.at)}
    assert running == {cast.bea.id: Capacity.TREATING, cast.sol.id: Capacity.SUPERVISING}
    assert rings.holds(cast.bea.id, cast.dov, rings.Kind.CHART)
    assert not rings.holds(cast.ada.id, cast.dov, rings.Kind.CHART)
    assert dict(Appointment.objects.values_list("state", "person")) == {
        "planned": cast.bea.id,
        "cancelled": cast.ada.id,
    }
    require_upright(later)


def test_whoever_covers_already_takes_over_for_good(cast: Cast) -> None:
    actions.cover(cast.here("ada"), cast.dov, cast.bea.id, WEEK)
    actions.hand_over(cast.later(minutes=1).here("ada"), cast.dov, cast.bea.id)
    running = [one for one in members(cast.dov) if one.person == cast.bea.id and one.ends is None]
    assert [one.capacity for one in running] == [Capacity.TREATING]


def test_a_supervisor_does_not_cease_to_supervise_by_being_handed_a_chart(cast: Cast) -> None:
    with pytest.raises(Supervises):
        actions.cover(cast.here("ada"), cast.dov, cast.sol.id, WEEK)
    with pytest.raises(Supervises):
        actions.hand_over(cast.here("ada"), cast.dov, cast.sol.id)
    assert rings.holds(cast.ada.id, cast.dov, rings.Kind.CHART)


@pytest.mark.parametrize("name", ["bea", "sol", "cal", "max", "olga"])
def test_nobody_hands_over_what_is_not_hers(cast: Cast, name: str) -> None:
    with pytest.raises(NotHere):
        actions.hand_over(cast.here(name), cast.dov, cast.bea.id)
    with pytest.raises(NotHere):
        actions.cover(cast.here(name), cast.dov, cast.bea.id, WEEK)


def test_if_the_colleague_cannot_treat_nothing_has_moved(cast: Cast) -> None:
    day, hour = timedelta(days=1), timedelta(hours=1)
    actions.book(cast.here("ada"), cast.dov, cast.ada.id, NOON + day, NOON + day + hour)
    with pytest.raises(Exception, match="roles"):
        actions.hand_over(cast.here("ada"), cast.dov, cast.cal.id)
    assert Appointment.objects.get().person == cast.ada.id
