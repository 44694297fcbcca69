"""The session's times as typed: across midnight, across both clock changes, and what is no time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stillroom.chart import rules
from stillroom.chart.contents import Content, SessionFacts
from stillroom.chart.kinds import PROGRESS_NOTE
from stillroom.chart.session_times import answers_of, faults_of, session_of, time_typed

EASTERN = ZoneInfo("America/New_York")
DAY = date(2026, 11, 24)


def note(start: str, stop: str, **more: str) -> Content:
    """A note whose session was typed so."""
    fields = {"Data": "", "Assessment": "", "Plan": "", "start": start, "stop": stop, **more}
    return rules.written(PROGRESS_NOTE, "DAP", fields)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10:00", time(10)), ("9", time(9)), ("0930", time(9, 30)), ("9.30", time(9, 30)),
        ("2:15 pm", time(14, 15)), ("12 am", time(0)), ("12:05 p.m.", time(12, 5)), ("7PM", time(19)),
        (" 23:59 ", time(23, 59)), ("24:00", None), ("10:75", None), ("13 pm", None), ("noon", None),
        ("", None), ("10:00 to 10:50", None), ("١٠:٠٠", time(10)),
    ],
)  # fmt: skip
def test_times_are_read_as_people_type_them(typed: str, meant: time | None) -> None:
    assert time_typed(typed) == meant


@pytest.mark.parametrize(
    ("day", "start", "stop", "minutes"),
    [
        (DAY, "10:00", "10:50", 50),
        (DAY, "23:30", "0:20", 50),  # across midnight
        (date(2026, 11, 1), "0:30", "2:30", 180),  # clocks go back: three hours pass
        (date(2026, 10, 31), "23:30", "1:30", 120),
        (date(2026, 11, 1), "1:50", "1:10", 20),  # the hour comes twice
        (date(2026, 3, 8), "1:30", "3:30", 60),  # clocks go forward: one hour passes
        (date(2026, 3, 7), "23:30", "3:10", 160),
    ],
)
def test_a_session_lasts_as_long_as_it_lasted(
    day: date, start: str, stop: str, minutes: int
) -> None:
    content = note(start, stop, modality="telehealth", code=" 90834 ")
    session = session_of(content, day, EASTERN)
    assert session is not None
    assert (session.minutes, session.mode, session.code) == (minutes, "telehealth", "90834")
    assert faults_of(content, day, EASTERN) == []


@given(some.dates(date(2020, 1, 1), date(2035, 12, 31)), some.times(), some.times())
def test_a_stop_is_always_after_its_start_and_within_a_day_and_an_hour(
    day: date, start: time, stop: time
) -> None:
    session = session_of(note(f"{start:%H:%M}", f"{stop:%H:%M}"), day, EASTERN)
    assert session is not None
    assert session.starts_at
    assert session.ends_at
    assert timedelta(0) < session.ends_at - session.starts_at <= timedelta(hours=25)
    shown = session.ends_at.astimezone(EASTERN)
    assert (shown.hour, shown.minute) == (stop.hour, stop.minute) or shown.date().month == 3


@pytest.mark.parametrize(
    ("start", "stop", "field", "says"),
    [
        ("ten", "10:50", "start", "Write it as 10:00"),
        ("10:00", "later", "stop", "Write it as 10:00"),
        ("10:00", "9:50", "stop", "more than 12 hours"),
    ],
)
def test_what_cannot_be_has_a_sentence_at_its_field(
    start: str, stop: str, field: str, says: str
) -> None:
    (fault,) = faults_of(note(start, stop), DAY, EASTERN)
    assert fault.field == field
    assert says in fault.sentence


def test_an_hour_that_the_clocks_skipped_has_a_sentence() -> None:
    (fault,) = faults_of(note("2:30", "3:20"), date(2026, 3, 8), EASTERN)
    assert "skipped" in fault.sentence


def test_times_left_open_are_no_fault_and_no_session() -> None:
    assert faults_of(note("", ""), DAY, EASTERN) == []
    assert session_of(note("10:00", ""), DAY, EASTERN) is None


def test_an_appointment_fills_the_fields_and_comes_back_the_same() -> None:
    facts = SessionFacts(
        datetime(2026, 11, 25, 4, 30, tzinfo=UTC),
        datetime(2026, 11, 25, 5, 20, tzinfo=UTC),
        "in_person",
        "90834",
    )
    content = rules.blank(PROGRESS_NOTE, answers=answers_of(facts, EASTERN, "Room 2"))
    assert content.answer("start").text == "23:30"
    assert content.answer("place").text == "Room 2"
    assert session_of(content, DAY, EASTERN) == facts
