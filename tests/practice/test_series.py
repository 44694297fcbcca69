"""Appointments that repeat: the same hour whatever clocks do, each a row of its own, asked as one."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.access import Capacity
from stillroom.phi import LogUnwritable, NotHere
from stillroom.practice import actions, actions_series, queries_calendar
from stillroom.practice.models import Appointment
from stillroom.practice.rules_calendar import Doubtful, NoSuchHour, NotInCare, NotPlanned, Slot
from stillroom.practice.rules_series import (
    MOST,
    Every,
    NoLastDay,
    NothingRepeats,
    TooMany,
    days_of,
    shift,
    slots_of,
)
from tests.cast import Cast

EAST = ZoneInfo("America/New_York")
FIRST = date(2026, 12, 1)
TEN = time(10)
HOUR = timedelta(minutes=50)
HOW = {"mode": "in_person", "code": "90834"}


def slots(weeks: int = 4, every: Every = Every.WEEK) -> list[Slot]:
    """Tuesdays at ten, from the first of December on."""
    step = 2 if every is Every.TWO_WEEKS else 1
    last = FIRST + timedelta(weeks=step * (weeks - 1))
    return slots_of(days_of(FIRST, every, last), TEN, 50, EAST)


def book(cast: Cast, by: str = "ada", weeks: int = 4, sure: str = "") -> list[Appointment]:
    """A series of Dov's with Ada; its rows in order."""
    here = cast.here(by)
    series = actions_series.book_series(here, cast.dov, cast.ada.id, slots(weeks), **HOW, sure=sure)
    return list(Appointment.objects.filter(series=series).order_by("starts_at"))


def hours(rows: list[Appointment]) -> list[str]:
    """When they are by the practice's clock."""
    return [f"{row.starts_at.astimezone(EAST):%m-%d %H:%M}" for row in rows]


# Days


def test_every_week_and_every_two_until_a_day_that_may_be_the_last() -> None:
    assert days_of(FIRST, Every.WEEK, date(2026, 12, 15)) == [
        date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15),
    ]  # fmt: skip
    assert days_of(FIRST, Every.TWO_WEEKS, date(2026, 12, 28)) == [FIRST, date(2026, 12, 15)]


def test_every_month_is_the_same_weekday_of_the_month_or_its_last() -> None:
    assert days_of(FIRST, Every.MONTH, date(2027, 3, 31)) == [
        date(2026, 12, 1), date(2027, 1, 5), date(2027, 2, 2), date(2027, 3, 2),
    ]  # fmt: skip
    fifth = days_of(date(2026, 12, 29), Every.MONTH, date(2027, 3, 31))
    assert fifth == [date(2026, 12, 29), date(2027, 1, 26), date(2027, 2, 23), date(2027, 3, 30)]


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.sampled_from(Every), st.integers(70, 400))
def test_a_series_keeps_its_weekday_and_ends_in_time(first: date, every: Every, span: int) -> None:
    last = first + timedelta(days=span)
    found = days_of(first, every, last)
    assert found == sorted(set(found))
    assert found[0] == first
    assert found[-1] <= last
    assert {day.weekday() for day in found} == {first.weekday()}
    gaps = {(after - before).days for before, after in pairwise(found)}
    assert gaps <= {Every.WEEK: {7}, Every.TWO_WEEKS: {14}, Every.MONTH: {28, 35}}[every]


def test_an_end_that_is_missing_too_early_or_too_far_is_said() -> None:
    with pytest.raises(NoLastDay):
        days_of(FIRST, Every.WEEK, None)
    for last in (FIRST - timedelta(days=1), FIRST, FIRST + timedelta(days=6)):
        with pytest.raises(NothingRepeats):
            days_of(FIRST, Every.WEEK, last)
    assert len(days_of(FIRST, Every.WEEK, FIRST + timedelta(weeks=MOST - 1))) == MOST
    with pytest.raises(TooMany):
        days_of(FIRST, Every.WEEK, FIRST + timedelta(weeks=MOST))


def test_the_hour_stays_when_clocks_change_and_one_that_is_left_out_is_said() -> None:
    found = slots_of([date(2027, 3, 9), date(2027, 3, 16)], TEN, 50, EAST)
    assert [one.starts_at for one in found] == [
        datetime(2027, 3, 9, 15, tzinfo=UTC),
        datetime(2027, 3, 16, 14, tzinfo=UTC),
    ]
    assert {one.minutes for one in found} == {50}
    with pytest.raises(NoSuchHour):
        slots_of([date(2027, 3, 7), date(2027, 3, 14)], time(2, 30), 50, EAST)


@given(st.integers(-6, 6), st.times(), st.integers(10, 90))
def test_the_first_is_moved_to_where_it_was_meant_and_the_others_as_far(
    days: int, clock: time, minutes: int
) -> None:
    clock = clock.replace(second=0, microsecond=0, fold=0)
    was = slots_of([date(2027, 3, 2), date(2027, 3, 23)], TEN, 50, EAST)
    (meant,) = slots_of([date(2027, 3, 2) + timedelta(days=days)], clock, minutes, EAST)
    by = shift(was[0].starts_at, meant, EAST)
    first, after = (by.of(one.starts_at, EAST) for one in was)
    assert first == meant
    local = after.starts_at.astimezone(EAST)
    assert (local.date(), local.time().replace(fold=0)) == (
        date(2027, 3, 23) + timedelta(days=days),
        clock,
    )


# Booking


def test_a_series_is_so_many_rows_and_one_entry(cast: Cast) -> None:
    before = cast.house.log.size
    rows = book(cast)
    assert hours(rows) == ["12-01 10:00", "12-08 10:00", "12-15 10:00", "12-22 10:00"]
    assert cast.house.log.size == before + 1
    actions.mark(cast.here("ada"), rows[1].pk, "cancelled")
    assert [row.state for row in Appointment.objects.order_by("starts_at")] == [
        "planned", "cancelled", "planned", "planned",
    ]  # fmt: skip


def test_what_is_in_the_way_of_any_is_asked_once_and_nothing_is_written_before(cast: Cast) -> None:
    third, fourth = slots()[2:]
    other = actions.book(
        cast.here("ada"), cast.dov, cast.ada.id, third.starts_at, third.ends_at, **HOW
    )
    more = actions.book(
        cast.here("ada"), cast.dov, cast.ada.id, fourth.starts_at, fourth.ends_at, **HOW
    )
    with pytest.raises(Doubtful) as told:
        book(cast)
    assert [one.id for one in told.value.doubts.overlaps] == [other, more]
    assert Appointment.objects.count() == 2
    assert len(book(cast, sure=told.value.doubts.asked)) == 4


def test_a_series_does_not_go_on_after_a_cover_ends(cast: Cast) -> None:
    until = cast.at + timedelta(days=20)
    actions.begin_care(cast.here("ada"), cast.dov, cast.bea.id, Capacity.COVERING, until)
    with pytest.raises(NotInCare):
        actions_series.book_series(cast.here("ada"), cast.dov, cast.bea.id, slots(), **HOW)
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("who", ["bea", "sol", "max", "olga", "nan"])
def test_nobody_else_books_moves_or_cancels_a_series(cast: Cast, who: str) -> None:
    with pytest.raises(NotHere):
        book(cast, who)
    first, *_ = book(cast)
    meant = slots()[1]
    with pytest.raises(NotHere):
        actions_series.move_following(cast.here(who), first.pk, cast.ada.id, meant, EAST, **HOW)
    with pytest.raises(NotHere):
        actions_series.cancel_following(cast.here(who), first.pk)


def test_without_an_entry_no_row(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise LogUnwritable

    rows = book(cast)
    other = slots_of(days_of(FIRST, Every.WEEK, date(2026, 12, 22)), time(15), 50, EAST)
    monkeypatch.setattr(cast.house.log, "append", full)
    with pytest.raises(LogUnwritable):
        actions_series.book_series(cast.here("ada"), cast.dov, cast.ada.id, other, **HOW)
    with pytest.raises(LogUnwritable):
        actions_series.cancel_following(cast.here("ada"), rows[0].pk)
    assert set(Appointment.objects.values_list("state", flat=True)) == {"planned"}
    assert Appointment.objects.count() == 4


# One, or all that follow


def test_this_one_and_what_follows_is_moved_and_what_was_before_stays(cast: Cast) -> None:
    rows = book(cast)
    actions.mark(cast.here("ada"), rows[2].pk, "cancelled")
    meant = slots_of([date(2026, 12, 10)], time(14, 30), 60, EAST)[0]
    moved = actions_series.move_following(
        cast.here("ada"), rows[1].pk, cast.ada.id, meant, EAST, mode="telehealth", code=""
    )
    assert moved == 2, "what was cancelled stays where it was"
    now = list(Appointment.objects.order_by("pk"))
    by_id = {row.pk: row for row in now}
    assert hours([by_id[row.pk] for row in rows]) == [
        "12-01 10:00", "12-10 14:30", "12-15 10:00", "12-24 14:30",
    ]  # fmt: skip
    assert by_id[rows[3].pk].ends_at - by_id[rows[3].pk].starts_at == timedelta(minutes=60)
    assert [by_id[row.pk].mode for row in rows] == [
        "in_person", "telehealth", "in_person", "telehealth",
    ]  # fmt: skip


def test_a_series_is_not_in_its_own_way_and_others_are(cast: Cast) -> None:
    rows = book(cast)
    a_week_on = slots()[1]
    with pytest.raises(Doubtful) as told:
        actions_series.move_following(
            cast.here("ada"), rows[1].pk, cast.ada.id, slots()[0], EAST, **HOW
        )
    assert [one.id for one in told.value.doubts.overlaps] == [rows[0].pk]
    actions_series.move_following(cast.here("ada"), rows[0].pk, cast.ada.id, a_week_on, EAST, **HOW)
    assert hours(list(Appointment.objects.order_by("starts_at")))[0] == "12-08 10:00"


def test_this_one_and_what_follows_is_cancelled_and_another_series_stays(cast: Cast) -> None:
    rows = book(cast)
    other = slots_of(days_of(FIRST, Every.WEEK, date(2026, 12, 22)), time(15), 50, EAST)
    actions_series.book_series(cast.here("ada"), cast.dov, cast.ada.id, other, **HOW)
    assert queries_calendar.visit(cast.here("ada"), rows[1].pk).following == 2
    assert actions_series.cancel_following(cast.here("ada"), rows[1].pk) == 3
    states = Appointment.objects.order_by("starts_at").values_list("state", flat=True)
    assert list(states) == ["planned", "planned"] + ["cancelled", "planned"] * 3
    with pytest.raises(NotPlanned):
        actions_series.cancel_following(cast.here("ada"), rows[1].pk)


# Handing over


def test_whoever_is_handed_a_chart_has_her_times_told_and_not_what_they_are(cast: Cast) -> None:
    book(cast)
    second = slots()[1]
    actions.book(cast.here("bea"), cast.fay, cast.bea.id, second.starts_at, second.ends_at, **HOW)
    assert queries_calendar.in_the_way(cast.here("ada"), cast.dov, cast.bea.id) == [second]
    assert actions.hand_over(cast.here("ada"), cast.dov, cast.bea.id) == 4
    with pytest.raises(NotHere):
        queries_calendar.in_the_way(cast.here("cal"), cast.dov, cast.bea.id)
