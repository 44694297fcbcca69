"""The calendar: what is refused, what is asked, and that nobody learns of a client by it (P8)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.access import Act, Capacity
from stillroom.phi import LogUnwritable, NotHere
from stillroom.practice import actions, queries, queries_calendar
from stillroom.practice.models import Appointment
from stillroom.practice.rules_calendar import (
    Booked,
    Doubtful,
    EndsBeforeItBegins,
    NoSuchCode,
    NoSuchHour,
    NoSuchMode,
    NoSuchState,
    NotBegun,
    NotInCare,
    NotPlanned,
    Slot,
    TooLong,
    doubts,
    require_how,
    slot,
)
from tests.cast import NOON, Cast

EAST = ZoneInfo("America/New_York")
HOUR = timedelta(minutes=50)
TOMORROW = NOON + timedelta(days=1)


def book(
    cast: Cast, at: datetime = TOMORROW, *, by: str = "ada", who: str = "ada", sure: str = ""
) -> str:
    """An appointment of Dov's."""
    person = cast.people[who].id
    return actions.book(cast.here(by), cast.dov, person, at, at + HOUR, sure=sure)


# Times


def test_times_are_the_practices_own() -> None:
    made = slot(date(2026, 11, 20), time(12, 0), 50, EAST)
    assert made == Slot(NOON, NOON + HOUR)
    assert slot(date(2026, 7, 20), time(12, 0), 50, EAST).starts_at.hour == 16


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.times(), st.integers(1, 720))
def test_every_hour_there_is_comes_back_as_it_was_typed(
    day: date, clock: time, minutes: int
) -> None:
    clock = clock.replace(second=0, microsecond=0, fold=0)
    try:
        made = slot(day, clock, minutes, EAST)
    except NoSuchHour:
        assert clock.hour == 2, "only an hour that is left out"
        return
    shown = made.starts_at.astimezone(EAST)
    assert (shown.date(), shown.time().replace(tzinfo=None, fold=0)) == (day, clock)
    assert made.ends_at - made.starts_at == timedelta(minutes=minutes), "also over a change"


def test_an_hour_that_the_clocks_leave_out_is_none() -> None:
    with pytest.raises(NoSuchHour):
        slot(date(2027, 3, 14), time(2, 30), 50, EAST)
    assert slot(date(2027, 3, 14), time(3, 30), 50, EAST).starts_at == datetime(
        2027, 3, 14, 7, 30, tzinfo=UTC
    )


def test_when_clocks_go_back_the_earlier_hour_is_meant() -> None:
    assert slot(date(2026, 11, 1), time(1, 30), 50, EAST).starts_at.hour == 5


@pytest.mark.parametrize(("minutes", "error"), [(0, EndsBeforeItBegins), (-50, EndsBeforeItBegins)])
def test_an_end_before_the_beginning_is_refused(minutes: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        slot(date(2026, 11, 20), time(12, 0), minutes, EAST)
    with pytest.raises(TooLong):
        slot(date(2026, 11, 20), time(12, 0), 721, EAST)
    with pytest.raises(EndsBeforeItBegins):
        Slot(NOON, NOON)


@given(st.integers(-120, 120), st.integers(1, 90))
def test_what_touches_does_not_overlap_and_what_overlaps_is_found(start: int, length: int) -> None:
    other = Booked("x", "fay", NOON, NOON + HOUR)
    begins = NOON + timedelta(minutes=start)
    meant = Slot(begins, begins + timedelta(minutes=length))
    shares_a_minute = start < 50 and start + length > 0
    assert bool(doubts("ada", begins, meant, [other]).overlaps) is shares_a_minute


# Codes: they lie in the clear


@pytest.mark.parametrize("code", ["", "90834", "H0004", "0362T", "90837-95"])
def test_a_billing_code_is_kept(code: str) -> None:
    require_how("telehealth", code)


@pytest.mark.parametrize("code", ["Halpern", "9083", "908344", "panic", "90834\n", "90834 95"])
def test_no_word_gets_into_a_column_that_lies_in_the_clear(code: str) -> None:
    with pytest.raises(NoSuchCode):
        require_how("in_person", code)
    with pytest.raises(NoSuchMode):
        require_how("by carrier pigeon", "")


# Booking


@pytest.mark.parametrize("who", ["bea", "sol", "max", "olga", "nan"])
def test_booking_for_a_client_one_may_not_know_is_not_here(cast: Cast, who: str) -> None:
    with pytest.raises(NotHere):
        book(cast, by=who)
    assert not Appointment.objects.exists()


def test_the_front_desk_books_and_for_nobody_that_does_not_exist(cast: Cast) -> None:
    book(cast, by="cal")
    with pytest.raises(NotHere):
        actions.book(cast.here("cal"), "z" * 26, cast.ada.id, TOMORROW, TOMORROW + HOUR)
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("who", ["bea", "sol", "max"])
def test_nobody_is_booked_with_who_does_not_meet_the_client(cast: Cast, who: str) -> None:
    """It would stand in nobody's calendar: she could not see whose it is."""
    with pytest.raises(NotInCare):
        book(cast, who=who)


def test_a_cover_is_booked_with_until_it_ends(cast: Cast) -> None:
    until = cast.at + timedelta(days=3)
    actions.begin_care(cast.here("ada"), cast.dov, cast.bea.id, Capacity.COVERING, until)
    book(cast, who="bea")
    with pytest.raises(NotInCare):
        book(cast, until + timedelta(hours=1), who="bea")


def test_booking_is_in_the_log_before_the_row(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise LogUnwritable

    monkeypatch.setattr(cast.house.log, "append", full)
    with pytest.raises(LogUnwritable):
        book(cast)
    assert not Appointment.objects.exists()


def test_a_time_that_is_past_is_asked_and_then_kept(cast: Cast) -> None:
    with pytest.raises(Doubtful) as told:
        book(cast, NOON - HOUR)
    assert told.value.doubts.past
    assert not Appointment.objects.exists()
    book(cast, NOON - HOUR, sure=told.value.doubts.asked)
    assert Appointment.objects.count() == 1


def test_an_overlap_is_asked_and_a_yes_counts_for_that_one_alone(cast: Cast) -> None:
    first = book(cast)
    with pytest.raises(Doubtful) as told:
        book(cast, TOMORROW + timedelta(minutes=20))
    assert [one.id for one in told.value.doubts.overlaps] == [first]
    yes = told.value.doubts.asked
    with pytest.raises(Doubtful):
        book(cast, TOMORROW + timedelta(minutes=30), sure=yes)
    assert Appointment.objects.count() == 1, "another time is another question"
    book(cast, TOMORROW + timedelta(minutes=20), sure=yes)
    assert Appointment.objects.count() == 2


def test_what_was_cancelled_is_in_nobodys_way(cast: Cast) -> None:
    actions.mark(cast.here("ada"), book(cast), "cancelled")
    book(cast)


def test_an_overlap_with_a_strangers_client_is_told_without_her(cast: Cast) -> None:
    """Bea sees Fay at that hour. Ada, who books Dov with Bea, learns that Bea is taken, no more."""
    actions.begin_care(cast.here("ada"), cast.dov, cast.bea.id, Capacity.TREATING)
    bea = cast.people["bea"].id
    actions.book(cast.here("bea"), cast.fay, bea, TOMORROW, TOMORROW + HOUR)
    with pytest.raises(Doubtful) as told:
        book(cast, who="bea")
    charts = [one.chart for one in told.value.doubts.overlaps]
    assert charts == [cast.fay]
    assert queries_calendar.names_known(cast.here("ada"), charts) == {}
    assert set(queries_calendar.names_known(cast.here("cal"), charts)) == {cast.fay}
    assert cast.fay not in told.value.doubts.asked


# Afterwards


def test_an_appointment_is_moved_and_the_log_says_so(cast: Cast) -> None:
    made = book(cast)
    later = TOMORROW + timedelta(hours=3)
    ada = cast.here("ada")
    actions.move(ada, made, cast.ada.id, later, later + HOUR, mode="telephone", code="90834")
    row = Appointment.objects.get(pk=made)
    assert (row.starts_at, row.mode, row.code) == (later, "telephone", "90834")
    acts = [logged.entry.act for logged in cast.house.log.entries()]
    assert acts.count(Act.APPOINTMENT_WRITE.value) == 2


def test_moving_a_little_does_not_overlap_with_itself(cast: Cast) -> None:
    made, soon = book(cast), TOMORROW + timedelta(minutes=10)
    ada = cast.here("ada")
    actions.move(ada, made, cast.ada.id, soon, soon + HOUR, mode="in_person", code="")


@pytest.mark.parametrize("who", ["bea", "sol", "max", "olga"])
def test_nobody_else_moves_it_or_says_what_became_of_it(cast: Cast, who: str) -> None:
    made, here = book(cast), cast.here(who)
    with pytest.raises(NotHere):
        actions.move(here, made, cast.ada.id, NOON, NOON + HOUR, mode="in_person", code="")
    with pytest.raises(NotHere):
        actions.mark(here, made, "cancelled")
    assert Appointment.objects.get(pk=made).state == "planned"


def test_what_became_of_it_has_an_order(cast: Cast) -> None:
    made, ada = book(cast), cast.here("ada")
    with pytest.raises(NotBegun):
        actions.mark(ada, made, "held")
    with pytest.raises(NoSuchState):
        actions.mark(ada, made, "forgotten")
    then = cast.later(days=1, minutes=5).here("ada")
    actions.mark(then, made, "missed")
    with pytest.raises(NotPlanned):
        actions.mark(then, made, "held")
    with pytest.raises(NotPlanned):
        actions.move(then, made, ada.person, NOON, NOON + HOUR, mode="in_person", code="")
    actions.mark(then, made, "planned")
    actions.mark(then, made, "held")
    assert Appointment.objects.get(pk=made).state == "held"


def test_a_note_takes_no_time_from_an_appointment_that_was_cancelled(cast: Cast) -> None:
    made = book(cast)
    near = queries.session_near(cast.here("ada"), cast.dov, TOMORROW)
    assert near is not None
    assert near.starts_at == TOMORROW
    actions.mark(cast.here("ada"), made, "cancelled")
    assert queries.session_near(cast.here("ada"), cast.dov, TOMORROW) is None


# Reading


def test_each_sees_her_own_week_and_the_front_desk_anybodys(cast: Cast) -> None:
    book(cast)
    bea = cast.people["bea"].id
    actions.book(cast.here("bea"), cast.fay, bea, TOMORROW, TOMORROW + HOUR)
    span = (NOON, NOON + timedelta(days=7))

    def seen(who: str, person: str = "") -> list[str]:
        return [one.full for one in queries.meetings_on(cast.here(who), *span, person=person)]

    assert seen("ada") == ["Dov Halpern"]
    assert seen("ada", bea) == ["Dov Halpern"], "asking for another's gives one's own"
    assert seen("bea") == ["Fay Castellane"]
    assert sorted(seen("cal")) == ["Dov Halpern", "Fay Castellane"]
    assert seen("cal", bea) == ["Fay Castellane"]


def test_only_who_may_be_booked_for_is_offered(cast: Cast) -> None:
    def offered(who: str, typed: str = "") -> list[str]:
        found = queries_calendar.bookable(cast.here(who), cast.directory, typed)
        return [one.full for one in found]

    assert offered("ada") == ["Dov Halpern"]
    assert offered("bea", "halpern") == []
    assert offered("sol") == [], "a supervisor books nothing"
    assert offered("cal") == []
    assert offered("cal", "halp") == ["Dov Halpern"]
    with pytest.raises(NotHere):
        offered("max", "halp")
