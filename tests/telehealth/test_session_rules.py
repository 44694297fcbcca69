"""Who comes into a room when; what is asked before it; where a licence holds. Every case (T09, P8)."""

from datetime import UTC, datetime, timedelta
from itertools import product

import msgspec
import pytest

from stillroom.telehealth import rules_checks as checks
from stillroom.telehealth import rules_session as rules
from stillroom.telehealth.rules_checks import ABROAD, Check, Unanswered
from stillroom.telehealth.rules_licence import (
    NoReasonGiven,
    Standing,
    licence,
    require_reason,
)
from stillroom.telehealth.rules_session import EARLY, STAYS, Phase, Planned, phase
from stillroom.telehealth.seats import CLIENT, GONE, Seats

AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
END = AT + timedelta(minutes=50)
SECOND = timedelta(seconds=1)
PLACES = frozenset({"us-md", "us-de"})
WHOLE = Check(
    place="us-md", address="12 Quarry Lane", near="alone", call_back="410-555-0142", known="account"
)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (AT - EARLY - SECOND, Phase.EARLY),
        (AT - EARLY, Phase.WAITING),
        (AT, Phase.WAITING),
        (END + STAYS - SECOND, Phase.WAITING),
        (END + STAYS, Phase.PAST),
    ],
)
def test_the_waiting_room_opens_and_shuts_by_the_clock(at: datetime, expected: Phase) -> None:
    assert phase(Planned(AT, END), at) is expected


def test_every_state_of_a_meeting_has_one_phase() -> None:
    """All appointments, doors and times: what is shut is over, what is open is open, and a client
    never comes in but by an open door after she has answered."""
    states = ("planned", "held", "missed", "cancelled")
    times = (AT - EARLY - SECOND, AT, END + STAYS)
    for state, opened, closed, at in product(states, (None, AT), (None, END), times):
        where = phase(Planned(AT, END, state, opened, closed), at)
        if closed is not None:
            assert where is Phase.OVER
        elif opened is not None:
            assert where is Phase.OPEN
        elif state != "planned":
            assert where.ends
        assert rules.may_enter(where, answered=False) is False
        assert rules.may_enter(where, answered=True) is (where is Phase.OPEN)
        assert rules.may_wait(where) is (where in (Phase.WAITING, Phase.OPEN))
        assert rules.may_open(where) is (where not in (Phase.OVER, Phase.MISSED, Phase.CANCELLED))


def test_a_room_without_an_appointment_waits_until_it_is_opened() -> None:
    assert phase(Planned(), AT) is Phase.WAITING
    assert not rules.may_be_absent(Planned(), AT)


@pytest.mark.parametrize(("after", "may"), [(9, False), (10, True), (200, True)])
def test_nobody_is_absent_before_ten_minutes(after: int, may: bool) -> None:
    assert rules.may_be_absent(Planned(AT, END), AT + timedelta(minutes=after)) is may


def test_somebody_who_is_inside_is_never_absent() -> None:
    assert not rules.may_be_absent(Planned(AT, END, opened_at=AT), END)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-240, "4 minutes early"),
        (-60, "on time"),
        (45, "on time"),
        (61, "1 minute late"),
        (725, "12 minutes late"),
    ],
)
def test_early_and_late_in_words(seconds: int, words: str) -> None:
    assert rules.came_words(rules.minutes_late(AT, AT + timedelta(seconds=seconds))) == words


STATES = ("us-md", "us-de", ABROAD, "")


def test_every_licence_against_every_place() -> None:
    """Only the very state of the licence needs no word; nowhere is *unknown* taken for *fine*."""
    for licensed, place, filed in product(("us-md", "us-de", ""), STATES, (True, False)):
        one = licence(licensed, place, {place} if filed else ())
        same = bool(licensed) and licensed == place
        assert (one.standing is Standing.HERE) is same
        assert one.standing.wants_reason is not same
        assert one.on_file is filed
        for consented, reason in product((True, False), ("", "  ", "She is here for a week.")):
            free = (same and consented) or bool(reason.strip())
            try:
                require_reason(one, consented=consented, reason=reason)
            except NoReasonGiven:
                assert not free
            else:
                assert free


def test_a_whole_answer_passes_and_each_gap_is_named() -> None:
    assert checks.checked(WHOLE, PLACES) is WHOLE
    gaps = {
        "place": "us-zz",
        "address": "",
        "near": "",
        "call_back": "0142",
        "known": "perhaps",
        "shown": "face",
        "contact": "x" * 201,
    }
    for name, value in gaps.items():
        with pytest.raises(Unanswered) as told:
            checks.checked(msgspec.structs.replace(WHOLE, **{name: value}), PLACES)
        assert set(told.value.wrong) == {name}


def test_abroad_is_a_place_and_asks_for_the_country() -> None:
    with pytest.raises(Unanswered) as told:
        checks.checked(msgspec.structs.replace(WHOLE, place=ABROAD), PLACES)
    assert set(told.value.wrong) == {"abroad"}


def test_what_is_of_one_day_alone_is_asked_afresh() -> None:
    """Whoever was alone last week need not be today, and the silent word is never filled in."""
    before = msgspec.structs.replace(WHOLE, near="heard", slowly=True)
    offered = checks.again(before)
    assert (offered.near, offered.slowly, offered.known) == ("", False, "")
    assert offered.address == before.address
    assert checks.changed(before, msgspec.structs.replace(before, place="us-de")) == ("place",)
    assert checks.changed(None, WHOLE) == ()


def test_the_silent_word_comes_from_the_form_and_is_no_required_field() -> None:
    assert checks.typed({"slowly": "yes"}).slowly
    assert not checks.typed({}).slowly


@pytest.mark.parametrize(
    ("shown", "expected"), [("called", "Dov"), ("initials", "D.H."), ("none", "")]
)
def test_a_name_is_shown_as_she_wishes(shown: str, expected: str) -> None:
    one = msgspec.structs.replace(WHOLE, shown=shown)
    assert checks.shown_name(one, "Dov", "D.H.") == expected


def test_one_seat_one_device_until_she_says_which() -> None:
    seats = Seats()
    assert seats.show("r", CLIENT, "dov", "laptop", AT, inside=True)
    assert not seats.show("r", CLIENT, "dov", "telephone", AT + SECOND, inside=True)
    assert seats.take("r", CLIENT, "dov", "telephone", AT + SECOND)
    assert not seats.show("r", CLIENT, "dov", "laptop", AT + 2 * SECOND, inside=True)
    found = seats.whose("r", CLIENT, AT + 2 * SECOND)
    assert found is not None
    assert found.device == "telephone"


def test_a_forwarded_link_takes_no_seat_from_anybody() -> None:
    seats = Seats()
    assert seats.show("r", CLIENT, "dov", "laptop", AT, inside=True)
    assert not seats.take("r", CLIENT, "eve", "telephone", AT + SECOND)


def test_a_silent_device_has_left() -> None:
    seats = Seats()
    seats.show("r", CLIENT, "dov", "laptop", AT, inside=False)
    assert seats.whose("r", CLIENT, AT + GONE) is None
    assert seats.show("r", CLIENT, "dov", "telephone", AT + GONE, inside=False)
    seats.clear("r")
    assert seats.whose("r", CLIENT, AT + GONE) is None
