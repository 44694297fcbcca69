"""P3 and care: who lets whom in, how cover ends, and that a chart is never left to nobody (T04)."""

from datetime import datetime, timedelta

import pytest

from stillroom.access import Act, Capacity, Role
from stillroom.chart import queries as charts
from stillroom.identity.models import Person
from stillroom.phi import LogUnwritable, NotHere, rings
from stillroom.practice import actions, queries, queries_care
from stillroom.practice.actions_care import withdraw_lapsed
from stillroom.practice.lapses import Lapses
from stillroom.practice.models import CareRelationship
from stillroom.practice.rules_care import (
    CaresAlready,
    CoverNeedsAnEnd,
    DoesNotFit,
    EndsTooEarly,
    LastToCare,
    NobodyToCare,
    OwnCapacity,
)
from tests.cast import ROLES, Cast

CHART = rings.Kind.CHART


def take_in(
    cast: Cast,
    name: str,
    capacity: Capacity = Capacity.TREATING,
    until: datetime | None = None,
    *,
    by: str = "ada",
) -> None:
    """Somebody takes a colleague into the care of Dov."""
    actions.begin_care(cast.here(by), cast.dov, cast.people[name].id, capacity, until)


def cover(cast: Cast, **delta: float) -> datetime:
    """Bea covers for Ada; says until when."""
    until = cast.at + timedelta(**delta)
    take_in(cast, "bea", Capacity.COVERING, until)
    return until


def acts(cast: Cast) -> list[str]:
    return [logged.entry.act for logged in cast.house.log.entries()]


def _full(*_: object) -> None:
    """The log's disk is full."""
    raise LogUnwritable


# Taking in


@pytest.mark.parametrize("by", ["bea", "sol", "cal", "max", "olga", "nan"])
def test_a_colleague_who_does_not_hold_the_ring_takes_nobody_in(cast: Cast, by: str) -> None:
    with pytest.raises(NotHere):
        take_in(cast, "bea", by=by)
    assert not rings.holds(cast.bea.id, cast.dov, CHART)


def test_who_writes_herself_into_the_care_still_lets_nobody_in(cast: Cast) -> None:
    """With the database in her hands: the gate is deceived, the ring is not."""
    CareRelationship.objects.create(
        chart_id=cast.dov, person=cast.bea.id, capacity="treating", begins_at=cast.at
    )
    with pytest.raises(NotHere):
        take_in(cast, "sol", by="bea")


def test_who_covers_does_not_take_others_in(cast: Cast) -> None:
    cover(cast, days=3)
    with pytest.raises(NotHere):
        take_in(cast, "sol", by="bea")


def test_a_role_that_the_gate_would_not_let_care_gets_no_key(cast: Cast) -> None:
    for name, capacity in (("cal", Capacity.TREATING), ("bea", Capacity.SUPERVISING)):
        with pytest.raises(DoesNotFit):
            take_in(cast, name, capacity)
        assert not rings.holds(cast.people[name].id, cast.dov, CHART)


def test_nobody_is_taken_in_who_has_no_key_or_has_left(cast: Cast) -> None:
    ada = cast.here("ada")
    Person.objects.filter(pk=cast.bea.id).update(active=False)
    for who in (cast.bea.id, "z" * 26):
        with pytest.raises(NobodyToCare):
            actions.begin_care(ada, cast.dov, who, Capacity.TREATING)


def test_nobody_changes_the_way_in_which_she_herself_cares(cast: Cast) -> None:
    """Ada, who treats alone, would be left supervising a chart that nobody treats."""
    with pytest.raises(OwnCapacity):
        take_in(cast, "ada", Capacity.SUPERVISING)


def test_a_colleague_goes_over_from_one_way_to_another(cast: Cast) -> None:
    take_in(cast, "sol", Capacity.TREATING)
    later = cast.later(minutes=1)
    running = [one for one in queries_care.members(cast.dov) if one.runs(later.at)]
    assert [(one.person, one.capacity) for one in running] == [
        (cast.ada.id, Capacity.TREATING),
        (cast.sol.id, Capacity.TREATING),
    ]
    with pytest.raises(CaresAlready):
        take_in(later, "sol", Capacity.TREATING)


def test_taking_in_is_in_the_log_before_the_key_is_made(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cast.house.log, "append", _full)
    with pytest.raises(LogUnwritable):
        cover(cast, days=3)
    assert not rings.holds(cast.bea.id, cast.dov, CHART)
    assert not CareRelationship.objects.filter(person=cast.bea.id, chart_id=cast.dov).exists()


# Cover ends by itself


def test_cover_has_an_end_and_it_is_not_over(cast: Cast) -> None:
    with pytest.raises(CoverNeedsAnEnd):
        take_in(cast, "bea", Capacity.COVERING)
    with pytest.raises(EndsTooEarly):
        take_in(cast, "bea", Capacity.COVERING, cast.at)


def test_cover_ends_by_itself_at_its_hour(cast: Cast) -> None:
    cover(cast, hours=2)
    before = cast.later(hours=2, seconds=-1)
    assert charts.timeline(before.here("bea"), cast.dov) is not None
    for moment in (cast.later(hours=2), cast.later(days=90)):
        with pytest.raises(NotHere):
            charts.timeline(moment.here("bea"), cast.dov)
        with pytest.raises(NotHere):
            queries.chart_head(moment.here("bea"), cast.dov)


def test_when_cover_has_ended_its_key_is_taken_away_and_the_log_says_so(cast: Cast) -> None:
    until = cover(cast, hours=2)
    lapses = Lapses()
    lapses.take_away(cast.house, until - timedelta(seconds=1))
    assert rings.holds(cast.bea.id, cast.dov, CHART)
    lapses.take_away(cast.house, until + timedelta(minutes=1))
    assert not rings.holds(cast.bea.id, cast.dov, CHART)
    assert acts(cast)[-1] == Act.CARE_END.value
    size = cast.house.log.size
    lapses.take_away(cast.house, until + timedelta(minutes=5))
    assert cast.house.log.size == size, "once"


def test_a_practice_that_was_down_when_cover_ended_takes_the_key_away_at_its_start(
    cast: Cast,
) -> None:
    until = cover(cast, hours=2)
    Lapses().take_away(cast.house, until + timedelta(days=40))
    assert not rings.holds(cast.bea.id, cast.dov, CHART)


def test_a_key_is_not_taken_away_from_who_came_to_treat_meanwhile(cast: Cast) -> None:
    until = cover(cast, hours=2)
    take_in(cast.later(hours=1), "bea", Capacity.TREATING)
    assert withdraw_lapsed(cast.house, None, until + timedelta(minutes=1)) == 0
    assert rings.holds(cast.bea.id, cast.dov, CHART)


def test_where_the_log_cannot_be_written_the_key_stays_and_the_gate_is_shut(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = cover(cast, hours=2)
    later = cast.later(hours=3)
    monkeypatch.setattr(cast.house.log, "append", _full)
    Lapses().take_away(cast.house, until + timedelta(minutes=1))
    assert rings.holds(cast.bea.id, cast.dov, CHART)
    with pytest.raises(LogUnwritable):
        charts.timeline(later.here("bea"), cast.dov)


# Ending


def test_the_last_who_treats_does_not_leave(cast: Cast) -> None:
    """Sol supervises and holds the ring; she could let nobody in, so that does not count."""
    with pytest.raises(LastToCare) as told:
        actions.end_care(cast.here("ada"), cast.dov, cast.ada.id)
    assert "Hand it over first" in told.value.advice
    assert rings.holds(cast.ada.id, cast.dov, CHART)
    assert Act.CARE_END.value not in acts(cast)


def test_cover_for_a_while_is_nobody_to_leave_a_chart_to(cast: Cast) -> None:
    cover(cast, days=3)
    with pytest.raises(LastToCare):
        actions.end_care(cast.here("ada"), cast.dov, cast.ada.id)


def test_who_treats_until_a_day_is_nobody_to_leave_a_chart_to(cast: Cast) -> None:
    take_in(cast, "bea", until=cast.at + timedelta(days=30))
    with pytest.raises(LastToCare):
        actions.end_care(cast.here("ada"), cast.dov, cast.ada.id)


def test_a_colleague_who_has_left_the_practice_is_nobody_to_leave_a_chart_to(cast: Cast) -> None:
    take_in(cast, "bea")
    Person.objects.filter(pk=cast.bea.id).update(active=False)
    with pytest.raises(LastToCare):
        actions.end_care(cast.here("ada"), cast.dov, cast.ada.id)


def test_handed_over_a_chart_may_be_left_and_the_key_is_gone_at_once(cast: Cast) -> None:
    take_in(cast, "bea")
    actions.end_care(cast.here("ada"), cast.dov, cast.ada.id)
    assert not rings.holds(cast.ada.id, cast.dov, CHART)
    with pytest.raises(NotHere):
        charts.timeline(cast.here("ada"), cast.dov)
    with pytest.raises(LastToCare):
        actions.end_care(cast.later(minutes=1).here("bea"), cast.dov, cast.bea.id)


def test_ending_cover_before_its_day_takes_the_key_away_at_once(cast: Cast) -> None:
    cover(cast, days=3)
    actions.end_care(cast.later(hours=1).here("ada"), cast.dov, cast.bea.id)
    assert not rings.holds(cast.bea.id, cast.dov, CHART)
    with pytest.raises(NotHere):
        charts.timeline(cast.later(hours=1).here("bea"), cast.dov)


# What is told


def test_who_cared_before_is_told_to_those_who_care_and_not_at_the_desk(cast: Cast) -> None:
    actions.end_care(cast.here("ada"), cast.dov, cast.sol.id)
    later = cast.later(minutes=1)
    team = queries_care.team(later.here("ada"), cast.dov)
    assert [one.person for one in team.now] == [cast.ada.id]
    assert [one.person for one in team.before] == [cast.sol.id]
    assert queries_care.team(later.here("cal"), cast.dov).before == ()
    for stranger in ("bea", "olga", "max", "nan"):
        with pytest.raises(NotHere):
            queries_care.team(later.here(stranger), cast.dov)


def test_only_who_could_care_is_offered(cast: Cast) -> None:
    names = {one.name for one in queries_care.could_care(cast.here("ada"))}
    assert names == {ROLES["bea"][0], ROLES["sol"][0]}
    assert Role.CLINICIAN in cast.bea.roles


# The place of law


def test_the_place_of_law_is_changed_by_who_treats_and_is_in_the_log(cast: Cast) -> None:
    actions.change_place(cast.here("ada"), cast.dov, "us-nv")
    assert queries.chart_head(cast.here("ada"), cast.dov).place == "us-nv"
    assert Act.PLACE_WRITE.value in acts(cast)
    for name in ("sol", "bea", "cal", "olga"):
        with pytest.raises(NotHere):
            actions.change_place(cast.here(name), cast.dov, "us-ca")
    cover(cast, days=3)
    with pytest.raises(NotHere):
        actions.change_place(cast.here("bea"), cast.dov, "us-ca")
