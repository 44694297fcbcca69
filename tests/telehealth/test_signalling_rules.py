"""The rooms: whatever happens in whatever order, nobody hears another room, and no seat has two."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.telehealth import MOST_SEATS, Ticket
from stillroom.telehealth import rules_signalling as rules
from stillroom.telehealth.rules_signalling import Close, Hall, Pace, Send, enter, hear, leave


def ticket(room: str = "a", seat: int = 0, seats: int = 2) -> Ticket:
    """A seat of a room."""
    return Ticket(room, seat, seats, 0)


def seated(*who: tuple[str, Ticket]) -> Hall:
    """A hall in which these sit."""
    hall = Hall()
    for name, seat in who:
        hall, _ = enter(hall, name, seat)
    return hall


TWO = seated(("ada", ticket(seat=0)), ("dov", ticket(seat=1)))


def test_whoever_comes_is_told_who_is_there_and_they_of_her():
    hall, done = enter(seated(("ada", ticket(seat=0))), "dov", ticket(seat=1))
    assert [(one.to, json.loads(one.text)) for one in done if isinstance(one, Send)] == [
        ("dov", {"seat": 1, "seats": 2, "here": [0]}),
        ("ada", {"came": 1}),
    ]
    assert hall.rooms["a"].taken == {0: "ada", 1: "dov"}


def test_what_is_said_is_passed_on_word_by_word_with_the_seat_of_whoever_said_it():
    said = {"deep": ["ünicode", 1.5, None], "from": 7}
    (sent,) = hear(TWO, "ada", json.dumps({"to": 1, "say": said, "from": 9}))
    assert isinstance(sent, Send)
    assert (sent.to, json.loads(sent.text)) == ("dov", {"from": 0, "say": said})


def test_a_seat_taken_again_replaces_the_first_and_tells_it():
    hall, done = enter(TWO, "ada again", ticket(seat=0))
    assert Close("ada", *rules.REPLACED) in done
    assert hear(hall, "ada", '{"to": 1, "say": 1}') == (Close("ada", *rules.REFUSED),)
    after, told = leave(hall, "ada")
    assert (after, told) == (hall, ()), "its end takes nothing from whoever replaced it"


def test_leaving_is_told_and_an_empty_room_is_forgotten():
    hall, done = leave(TWO, "dov")
    assert done == (Send("ada", '{"went": 1}'),)
    hall, done = leave(hall, "ada")
    assert (hall.rooms, hall.places, done) == ({}, {}, ())


def test_bad_input_closes_with_a_reason():
    for text in ("", "no", "[]", "1", '{"to": 1}', '{"say": 1}', '{"to": "1", "say": 1}', "[" * 9999,
                 '{"to": true, "say": 1}'):  # fmt: skip
        assert hear(TWO, "ada", text) == (Close("ada", *rules.NOT_UNDERSTOOD),), text
    long = json.dumps({"to": 1, "say": "x" * rules.MOST_LETTERS})
    assert hear(TWO, "ada", long) == (Close("ada", *rules.TOO_LONG),)


def test_what_is_said_to_an_empty_seat_or_oneself_is_lost_quietly():
    hall, _ = leave(TWO, "dov")
    for to in (0, 1, 5, -1):
        assert hear(hall, "ada", json.dumps({"to": to, "say": 1})) == ()


def test_rooms_are_as_many_as_are_allowed_and_of_one_size():
    hall = seated(*((f"c{n}", ticket(f"room {n}")) for n in range(rules.MOST_ROOMS)))
    assert enter(hall, "one more", ticket("another")) == (hall, (Close("one more", *rules.FULL),))
    assert enter(hall, "x", ticket("room 1", 0, 3))[1] == (Close("x", *rules.OTHER_SIZE),)
    assert enter(hall, "y", ticket("room 1", 1))[0].rooms["room 1"].taken == {0: "c1", 1: "y"}


ROOMS, PEOPLE = ("a", "b", "c"), tuple("uvwxyz")
STEPS = st.one_of(
    st.tuples(st.just("enter"), st.sampled_from(PEOPLE), st.sampled_from(ROOMS), st.integers(0, 2)),
    st.tuples(st.just("hear"), st.sampled_from(PEOPLE), st.integers(-1, MOST_SEATS), st.text(max_size=9)),
    st.tuples(st.just("leave"), st.sampled_from(PEOPLE)),
)  # fmt: skip


@settings(max_examples=120)
@given(st.lists(STEPS, max_size=40))
def test_nobody_hears_another_room_and_no_seat_has_two(steps: list[tuple[Any, ...]]):
    hall, live = Hall(), dict[str, str]()
    for nth, (what, who, *more) in enumerate(steps):
        if what == "enter":
            live[who] = f"{who}{nth}"
            hall, done = enter(hall, live[who], ticket(more[0], more[1], 3))
        elif what == "hear":
            before = hall.places.get(live.get(who, ""))
            done = hear(hall, live.get(who, ""), json.dumps({"to": more[0], "say": more[1]}))
            for one in done:
                if isinstance(one, Send):
                    assert before is not None
                    assert hall.places[one.to] == (before[0], more[0])
                    assert json.loads(one.text) == {"from": before[1], "say": more[1]}
        else:
            hall, done = leave(hall, live.get(who, ""))
        listed = {
            (name, seat): who
            for name, room in hall.rooms.items()
            for seat, who in room.taken.items()
        }
        assert {place: who for who, place in hall.places.items()} == listed
        assert all(room.taken for room in hall.rooms.values()), "an empty room is forgotten"


@given(st.lists(st.floats(0, 3), max_size=200))
def test_nobody_says_more_than_the_bucket_holds_and_time_gives(waits: list[float]):
    pace, now, said = Pace(), 0.0, 0
    for wait in waits:
        now += wait
        after = pace.take(now)
        if after is not None:
            pace, said = after, said + 1
        assert said <= rules.BURST + now * rules.PER_SECOND + 1e-6


def test_a_flood_is_stopped_and_a_clock_that_goes_back_gives_nothing():
    pace: Pace | None = Pace()
    for _ in range(int(rules.BURST)):
        assert pace is not None
        pace = pace.take(0.0)
    assert pace is not None
    assert pace.take(0.0) is None
    assert pace.take(-100.0) is None
