"""A measure that is given again and again: due when it is, given by nobody but a person, to be found at the client's own door where that was chosen (P2, P3, P8)."""

from datetime import date, timedelta

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from stillroom.chart import again, giving, measures, measuring, queries_given
from stillroom.chart.models_given import Again, Given
from stillroom.chart.rules_again import (
    MOST_WEEKS,
    NEAR,
    NotDue,
    NotSaidHowOften,
    Plan,
    PlannedAlready,
    Sessions,
    due_on,
    require_weeks,
)
from stillroom.phi import NotHere
from stillroom.practice import actions as practice
from stillroom.practice import queries_guests
from stillroom.practice.queries import chart_head
from tests.cast import NOON, Cast
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db
PHQ = measures.load().measures["phq-9"]
TODAY = date(2026, 11, 20)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
SEVERAL = "LA6569-3"


def client(cast: Cast) -> str:
    return chart_head(cast.here("ada"), cast.dov).holders[0].client


def planned(cast: Cast, *, weeks: int = 2, by_door: bool = True) -> str:
    wanted = Plan("phq-9", client(cast), by_door)
    return again.plan(cast.here("ada"), cast.dov, wanted, weeks, PHQ)


def taken(cast: Cast) -> None:
    answers = {str(nth): "LA6568-5" for nth in range(1, 10)}
    measuring.keep(cast.here("ada"), cast.dov, PHQ, answers, "asked", occurred_at=cast.at)


def booked(cast: Cast, **delta: float) -> None:
    begins = NOON + timedelta(**delta)
    ends = begins + timedelta(minutes=50)
    practice.book(cast.here("ada"), cast.dov, cast.ada.id, begins, ends)


def stand(cast: Cast) -> queries_guests.Stands:
    return queries_guests.own_stand(cast.here("dov"), cast.dov)


@over(DAYS, st.integers(1, MOST_WEEKS), DAYS)
def test_by_weeks_it_is_due_from_that_day_on_and_not_a_day_before(
    last: date, weeks: int, today: date
) -> None:
    found = due_on(weeks, last, last, Sessions(), today)
    day = last + timedelta(weeks=weeks)
    assert found == (day if today >= day else None)
    assert due_on(weeks, today, None, Sessions(), today) == today, "at once, if never"


@pytest.mark.parametrize(
    ("last_on", "before", "following", "is_due"),
    [
        (None, None, None, False),
        (None, None, 0, True),
        (None, None, NEAR.days, True),
        (None, None, NEAR.days + 1, False),
        (-7, -7, 0, True),
        (-6, -7, 0, False),
        (0, -7, 0, False),
        (-2, -2, 1, True),
        (-1, None, 1, False),
        (-30, None, 1, True),
    ],
)
def test_before_a_session_it_is_due_unless_taken_since_the_one_before(
    last_on: int | None, before: int | None, following: int | None, is_due: bool
) -> None:
    def day(nth: int | None) -> date | None:
        return None if nth is None else TODAY + timedelta(days=nth)

    found = due_on(0, TODAY, day(last_on), Sessions(day(before), day(following)), TODAY)
    assert found == (day(following) if is_due else None)


def test_how_often_is_said_or_nothing_is_planned(cast: Cast) -> None:
    for weeks in (None, -1, MOST_WEEKS + 1):
        with pytest.raises(NotSaidHowOften):
            require_weeks(weeks)
    with pytest.raises(NotSaidHowOften):
        again.plan(cast.here("ada"), cast.dov, Plan("phq-9", client(cast)), None, PHQ)
    planned(cast)
    with pytest.raises(PlannedAlready):
        planned(cast, weeks=3)


def test_it_is_due_until_it_is_taken_in_any_way_and_again_in_its_time(cast: Cast) -> None:
    planned(cast)
    (one,) = again.due(cast.here("ada"))
    assert (one.plan.instrument, one.due) == ("phq-9", TODAY)
    taken(cast)
    assert again.due(cast.here("ada")) == []
    later = cast.later(days=14)
    assert len(again.due(later.here("ada"))) == 1
    assert again.due(cast.later(days=13).here("ada")) == []
    giving.give(later.here("ada"), cast.dov, _once(cast), PHQ)
    assert again.due(later.here("ada")) == [], "given is not due, whether it is answered or not"


def _once(cast: Cast) -> giving.Ask:
    return giving.Ask("phq-9", client(cast))


def test_before_each_session_it_is_due_when_the_session_is_near(cast: Cast) -> None:
    planned(cast, weeks=0)
    assert again.due(cast.here("ada")) == []
    booked(cast, days=2)
    (one,) = again.due(cast.here("ada"))
    assert one.due == TODAY + timedelta(days=2)


@pytest.mark.parametrize("name", ["bea", "sol", "cal", "max", "olga", "nan"])
def test_nobody_who_does_not_write_here_plans_ends_or_is_told(cast: Cast, name: str) -> None:
    made = planned(cast)
    with pytest.raises(NotHere):
        again.plan(cast.here(name), cast.dov, Plan("gad-7", client(cast)), 1, PHQ)
    with pytest.raises(NotHere):
        again.end(cast.here(name), made)
    assert again.due(cast.here(name)) == []
    assert Again.objects.filter(ended_at=None).count() == 1


def test_at_her_door_it_stands_when_it_is_due_and_she_begins_it_once(cast: Cast) -> None:
    cast.holder("dov")
    made = planned(cast)
    dov = cast.here("dov")
    (one,) = again.own_due(dov, stand(cast))
    assert one.id == made
    assert not Given.objects.exists(), "nothing is made before she begins"
    begun = again.begin_own(dov, made)
    with pytest.raises(NotDue):
        again.begin_own(dov, made)
    assert Given.objects.count() == 1
    assert again.own_due(dov, stand(cast)) == []
    giving.save(dov, begun, {"9": SEVERAL}, PHQ)
    assert [one.id for one in queries_given.pressing(cast.here("ada"))] == [begun], "as ever"


def test_what_was_not_chosen_for_her_door_or_is_over_is_not_there(cast: Cast) -> None:
    cast.holder("dov")
    made = planned(cast, by_door=False)
    dov = cast.here("dov")
    assert again.own_due(dov, stand(cast)) == []
    with pytest.raises(NotHere):
        again.begin_own(dov, made)
    again.end(cast.here("ada"), made)
    other = planned(cast)
    again.end(cast.here("ada"), other)
    with pytest.raises(NotHere):
        again.begin_own(dov, other)
    assert again.due(cast.here("ada")) == []


def test_another_client_begins_nothing_of_hers(cast: Cast) -> None:
    cast.holder("dov")
    cast.holder("fay", by="bea")
    made = planned(cast)
    with pytest.raises(NotHere):
        again.begin_own(cast.here("fay"), made)


def test_which_it_is_and_for_whom_lies_in_no_row_in_the_clear(cast: Cast) -> None:
    planned(cast)
    (row,) = Again.objects.values_list()
    assert b"phq" not in repr(row).encode()
    assert client(cast).encode() not in repr(row).encode()


def test_the_pages_plan_show_begin_and_end(cast: Cast) -> None:
    serve(cast)
    cast.holder("dov")
    ada, dov = Visitor(cast, "ada"), Visitor(cast, "dov")
    at = f"/clients/{cast.dov}/measures/phq-9/again"
    told = ada.post(at, {"often": "weeks", "weeks": "soon"})
    assert told.status_code == 409
    assert b"it is not said how often" in told.content.lower()
    sent = {"often": "weeks", "weeks": "2", "by_door": "yes"}
    assert ada.post(at, sent).status_code == 302
    assert b"PHQ-9 again" in ada.get("/today").content
    page = ada.get(f"/clients/{cast.dov}/measures").content
    assert b"every 2 weeks, at the client" in page
    listed = dov.get(f"/my/{cast.dov}/questions").content.decode()
    assert "It is time for these again." in listed
    made = Again.objects.get().pk
    begun = dov.post(f"/my/question/again/{made}", {})
    assert begun.headers["Location"].endswith("?q=1")
    twice = dov.post(f"/my/question/again/{made}", {})
    assert twice.headers["Location"].endswith("/questions")
    assert ada.post(f"/again/{made}/end", {}).status_code == 302
    assert b"every 2 weeks" not in ada.get(f"/clients/{cast.dov}/measures").content


def test_the_same_questions_are_not_asked_twice_at_once(cast: Cast) -> None:
    """Given once and waiting when the plan begins, or given beside it later."""
    cast.holder("dov")
    first = giving.give(cast.here("ada"), cast.dov, _once(cast), PHQ)
    made = planned(cast, weeks=1)
    assert again.due(cast.here("ada")) == [], "what waits at her door was given"
    later = cast.later(days=8)
    dov = later.here("dov")
    waiting = queries_given.own_given(dov, stand(cast))
    assert [one.id for one in waiting] == [first]
    assert again.own_due(dov, stand(cast), waiting) == []
    with pytest.raises(NotDue):
        again.begin_own(dov, made)
