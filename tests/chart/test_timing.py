"""Late entries, and how long a session was: by the time that was lived, across midnight and clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart.contents import SessionFacts
from stillroom.chart.timing import LATE_AFTER, age, late_words, span_words

NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
EAST = ZoneInfo("America/New_York")


def test_a_note_is_late_once_two_days_have_gone_and_not_a_moment_before() -> None:
    assert not age("progress_note", NOW, NOW + LATE_AFTER).late
    late = age("progress_note", NOW, NOW + LATE_AFTER + timedelta(seconds=1))
    assert late.late
    assert late_words(late.days) == "late entry, written 2 days after"


@pytest.mark.parametrize(
    "shelf", ["letter", "medication_list", "outside_record", "psychotherapy_note"]
)
def test_what_is_about_no_event_is_never_late(shelf: str) -> None:
    assert not age(shelf, NOW, NOW + timedelta(days=400)).late


@given(
    st.timedeltas(timedelta(days=-400), timedelta(days=400)),
    st.sampled_from(["UTC", "America/New_York", "Asia/Kolkata"]),
)
def test_age_never_runs_backwards_and_no_zone_changes_it(gone: timedelta, zone: str) -> None:
    told = age("intake", NOW, NOW + gone)
    assert told == age(
        "intake", NOW.astimezone(ZoneInfo(zone)), (NOW + gone).astimezone(ZoneInfo(zone))
    )
    assert told.days >= 0
    assert told.late == (gone > LATE_AFTER)


def test_age_is_not_taken_by_the_clock_on_the_wall() -> None:
    """Two days and half an hour by the wall, an hour more as lived: the clocks went back between."""
    before = datetime(2026, 10, 31, 9, 0, tzinfo=EAST)
    after = datetime(2026, 11, 2, 8, 30, tzinfo=EAST)
    assert age("progress_note", before, after).late


def test_a_session_across_midnight_has_its_length() -> None:
    start = datetime(2026, 11, 20, 23, 40, tzinfo=EAST)
    facts = SessionFacts(start, datetime(2026, 11, 21, 0, 30, tzinfo=EAST))
    assert facts.minutes == 50


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        # Clocks go forward at two: half past one to three is half an hour.
        ((2026, 3, 8, 1, 30), (2026, 3, 8, 3, 0), 30),
        # Clocks go back at two: a quarter to one to half past one may be the second half past one.
        ((2026, 11, 1, 0, 45), (2026, 11, 1, 2, 15), 150),
    ],
)
def test_a_session_over_a_change_of_the_clocks_has_the_length_that_was_lived(
    start: tuple[int, ...], end: tuple[int, ...], minutes: int
) -> None:
    facts = SessionFacts(datetime(*start, tzinfo=EAST), datetime(*end, tzinfo=EAST))
    assert facts.minutes == minutes


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ((2026, 11, 20, 11, 0), (2026, 11, 20, 11, 50), "11:00 to 11:50, 50 minutes"),
        ((2026, 11, 20, 23, 40), (2026, 11, 21, 0, 30), "23:40 to 0:30 the next day, 50 minutes"),
        (
            (2026, 3, 8, 1, 30),
            (2026, 3, 8, 3, 0),
            "1:30 to 3:00, 30 minutes, over a change of the clocks",
        ),
        (
            (2026, 11, 1, 0, 45),
            (2026, 11, 1, 2, 15),
            "0:45 to 2:15, 150 minutes, over a change of the clocks",
        ),
        (
            (2026, 10, 31, 23, 30),
            (2026, 11, 1, 2, 30),
            "23:30 to 2:30 the next day, 240 minutes, over a change of the clocks",
        ),
    ],
)
def test_a_session_is_told_by_the_clock_on_the_wall_and_by_what_was_lived(
    start: tuple[int, ...], end: tuple[int, ...], words: str
) -> None:
    assert span_words(datetime(*start, tzinfo=EAST), datetime(*end, tzinfo=EAST), EAST) == words
    in_utc = (
        datetime(*start, tzinfo=EAST).astimezone(UTC),
        datetime(*end, tzinfo=EAST).astimezone(UTC),
    )
    assert span_words(*in_utc, EAST) == words
