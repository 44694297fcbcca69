"""Hours kept free: one's own, asked about like a client, and to the desk like one it may not know."""

from datetime import datetime, timedelta

import pytest

from stillroom.phi import LogUnwritable, NotHere
from stillroom.phi.apart import How
from stillroom.practice import actions, actions_apart, actions_blocks, queries_calendar
from stillroom.practice.models import Appointment, Block
from stillroom.practice.rules_calendar import Doubtful, Slot
from tests.cast import NOON, Cast
from tests.web import Visitor, serve

HOUR = timedelta(minutes=50)
TOMORROW = NOON + timedelta(days=1)
SPAN = (NOON, NOON + timedelta(days=7))


def slot(at: datetime = TOMORROW) -> Slot:
    return Slot(at, at + HOUR)


def block(cast: Cast, who: str = "ada", at: datetime = TOMORROW, sure: str = "") -> str:
    return actions_blocks.block(cast.here(who), slot(at), sure=sure)


def hide(cast: Cast) -> None:
    """Dov's chart is closed to the desk."""
    actions_apart.keep_apart(cast.here("ada"), cast.dov, "", How.CLOSED)


def book(cast: Cast, by: str, at: datetime = TOMORROW, sure: str = "") -> str:
    return actions.book(cast.here(by), cast.dov, cast.ada.id, at, at + HOUR, sure=sure)


def test_the_desk_sees_that_it_is_taken_and_not_whether_by_a_client(cast: Cast) -> None:
    """The same hour, once a client of whom the desk is not to know, and once kept free."""
    hide(cast)
    serve(cast)
    cal = Visitor(cast, "cal")
    meeting = book(cast, "ada")
    address = f"/calendar?day={TOMORROW.date()}"
    of_a_client = queries_calendar.taken_on(cast.here("cal"), *SPAN)
    page_of_a_client = cal.get(address).content
    Appointment.objects.filter(pk=meeting).delete()
    block(cast)
    of_a_block = queries_calendar.taken_on(cast.here("cal"), *SPAN)
    page_of_a_block = cal.get(address).content
    assert of_a_client == of_a_block != []
    assert b"Taken" in page_of_a_block
    assert _still(page_of_a_client) == _still(page_of_a_block)


def _still(page: bytes) -> list[bytes]:
    """A page's lines without what differs at each look: marks of forms, the log's length."""
    ours = (b"csrf", b"entries", b"Unsealed")
    return [line for line in page.splitlines() if not any(word in line for word in ours)]


def test_whoever_books_over_either_is_asked_the_same(cast: Cast) -> None:
    hide(cast)
    fay = cast.fay
    actions.begin_care(cast.here("bea"), fay, cast.ada.id, _treats())

    def asked() -> tuple[bool, list[tuple[datetime, datetime]], int, dict[str, object]]:
        with pytest.raises(Doubtful) as told:
            actions.book(cast.here("cal"), fay, cast.ada.id, TOMORROW, TOMORROW + HOUR)
        found = told.value.doubts
        names = queries_calendar.names_known(
            cast.here("cal"), [one.chart for one in found.overlaps]
        )
        times = [(one.starts_at, one.ends_at) for one in found.overlaps]
        return found.past, times, len(found.asked), dict(names)

    meeting = book(cast, "ada")
    by_a_client = asked()
    Appointment.objects.filter(pk=meeting).delete()
    kept = block(cast)
    assert asked() == by_a_client
    for identifier in (meeting, kept):
        with pytest.raises(NotHere):
            queries_calendar.visit(cast.here("cal"), identifier)


def _treats() -> object:
    from stillroom.access import Capacity

    return Capacity.TREATING


def test_who_keeps_hours_free_sees_them_and_nobody_else_does(cast: Cast) -> None:
    kept = block(cast)
    assert [one.block for one in queries_calendar.blocked_on(cast.here("ada"), *SPAN)] == [kept]
    for other in ("bea", "sol", "cal", "max"):
        assert queries_calendar.blocked_on(cast.here(other), *SPAN) == []
    assert queries_calendar.taken_on(cast.here("bea"), *SPAN) == []


def test_hours_in_which_somebody_comes_are_asked_about_before_they_are_kept_free(
    cast: Cast,
) -> None:
    meeting = book(cast, "ada")
    with pytest.raises(Doubtful) as told:
        block(cast)
    assert [one.id for one in told.value.doubts.overlaps] == [meeting]
    block(cast, sure=told.value.doubts.asked)
    assert Block.objects.count() == 1


@pytest.mark.parametrize("who", ["cal", "max", "olga", "nan"])
def test_whoever_sees_no_clients_keeps_none_free(cast: Cast, who: str) -> None:
    with pytest.raises(NotHere):
        block(cast, who)


@pytest.mark.parametrize("who", ["bea", "sol", "cal", "max"])
def test_nobody_frees_anothers_hours_or_learns_that_they_are_kept(cast: Cast, who: str) -> None:
    kept = block(cast)
    with pytest.raises(NotHere):
        actions_blocks.free(cast.here(who), kept)
    assert Block.objects.count() == 1
    actions_blocks.free(cast.here("ada"), kept)
    assert not Block.objects.exists()
    with pytest.raises(NotHere):
        actions_blocks.free(cast.here("ada"), kept)


def test_without_an_entry_nothing_is_kept_or_freed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise LogUnwritable

    kept = block(cast)
    monkeypatch.setattr(cast.house.log, "append", full)
    with pytest.raises(LogUnwritable):
        block(cast, at=TOMORROW + 3 * HOUR)
    with pytest.raises(LogUnwritable):
        actions_blocks.free(cast.here("ada"), kept)
    assert [row.pk for row in Block.objects.all()] == [kept]


def test_a_page_blocks_and_frees_and_says_what_is_wrong(cast: Cast) -> None:
    serve(cast)
    ada = Visitor(cast, "ada")
    day = TOMORROW.date().isoformat()
    answer = ada.post("/calendar/block", {"day": day, "start": "soon", "minutes": "60"})
    assert answer.status_code == 409
    assert "the time as 14:30" in answer.content.decode()
    sent = {"day": day, "start": "12:30", "minutes": "45"}
    assert ada.post("/calendar/block", sent).status_code == 302
    page = ada.get(f"/calendar?day={day}").content.decode()
    assert "Unblock" in page
    kept = Block.objects.get()
    assert (kept.ends_at - kept.starts_at) == timedelta(minutes=45)
    assert ada.post("/calendar/block", sent).status_code == 409, "it is kept already"
    assert ada.post(f"/calendar/block/{kept.pk}/free", {"day": day}).status_code == 302
    assert not Block.objects.exists()


WEEKS = [slot(TOMORROW + timedelta(days=7 * nth)) for nth in range(4)]


def weekly(cast: Cast, sure: str = "") -> str:
    return actions_blocks.block(cast.here("ada"), *WEEKS, sure=sure)


def test_a_week_is_lifted_by_itself_or_with_all_that_follow(cast: Cast) -> None:
    weekly(cast)
    single = block(cast, at=TOMORROW + timedelta(days=8))
    span = (NOON, NOON + timedelta(days=60))
    first, second, alone, third, _ = queries_calendar.blocked_on(cast.here("ada"), *span)
    assert [first.following, second.following, alone.following] == [3, 2, 0]
    assert actions_blocks.free(cast.here("ada"), second.block) == 1
    assert actions_blocks.free(cast.here("ada"), third.block, following=True) == 2
    left = queries_calendar.blocked_on(cast.here("ada"), *span)
    assert [one.block for one in left] == [first.block, single]
    assert actions_blocks.free(cast.here("ada"), single, following=True) == 1


def test_what_stands_at_one_of_the_times_is_asked_about_before_any_is_kept(cast: Cast) -> None:
    meeting = book(cast, "ada", at=WEEKS[2].starts_at)
    with pytest.raises(Doubtful) as told:
        weekly(cast)
    assert [one.id for one in told.value.doubts.overlaps] == [meeting]
    assert not Block.objects.exists()
    weekly(cast, sure=told.value.doubts.asked)
    assert Block.objects.count() == 4


@pytest.mark.parametrize("who", ["bea", "sol"])
def test_nobody_lifts_anothers_series(cast: Cast, who: str) -> None:
    first = weekly(cast)
    with pytest.raises(NotHere):
        actions_blocks.free(cast.here(who), first, following=True)
    assert Block.objects.count() == 4


def test_a_page_keeps_hours_free_weekly_and_says_what_is_missing(cast: Cast) -> None:
    serve(cast)
    ada = Visitor(cast, "ada")
    typed = {"day": "2026-11-23", "start": "12:00", "minutes": "60", "repeat": "week"}
    told = ada.post("/calendar/block", typed)
    assert told.status_code == 409
    assert b"until when it repeats" in told.content
    assert b'value="12:00"' in told.content, "what was typed is kept"
    assert ada.post("/calendar/block", {**typed, "until": "2026-12-14"}).status_code == 302
    page = ada.get("/calendar?day=2026-11-23").content
    assert b"and the 3 that follow" in page
    row = Block.objects.order_by("starts_at").first()
    assert row is not None
    sent = {"following": "yes", "day": "2026-11-23"}
    assert ada.post(f"/calendar/block/{row.pk}/free", sent).status_code == 302
    assert not Block.objects.exists()


def test_today_shows_hours_kept_free_as_kept_and_not_as_a_gap(cast: Cast) -> None:
    from stillroom.desk.views.today import hours
    from stillroom.practice import queries

    early, late = NOON + timedelta(hours=1), NOON + timedelta(hours=4)
    book(cast, "ada", at=early)
    book(cast, "ada", at=late)
    block(cast, at=NOON + timedelta(hours=2))
    ada, day = cast.here("ada"), (NOON, NOON + timedelta(hours=8))
    found = hours(queries.meetings_on(ada, *day), {}, NOON, queries_calendar.blocked_on(ada, *day))
    assert [(one.meeting is not None, one.kept, one.when) for one in found] == [
        (True, False, ""),
        (False, True, ""),
        (False, False, "free"),
        (True, False, ""),
    ]
    serve(cast)
    assert b"kept free" in Visitor(cast, "ada").get("/today").content
