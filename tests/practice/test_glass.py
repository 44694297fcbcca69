"""P2, P3: an emergency opens a chart with a key that was laid by, for an hour, and never silently."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from stillroom.access import Act, Capacity
from stillroom.chart import glance
from stillroom.chart import queries as charts
from stillroom.kernel import StillroomError
from stillroom.phi import LogUnwritable, NotHere, glass, rings
from stillroom.phi.apart import How
from stillroom.phi.models import Spare, Wrap
from stillroom.practice import actions, actions_apart, actions_glass, queries_glass
from stillroom.practice.models import Breaking
from stillroom.practice.rules_apart import KeptApart
from stillroom.practice.rules_glass import (
    CaresAnyhow,
    Finding,
    Found,
    NotForEmergencies,
    ReasonTooShort,
    ReviewedAlready,
)
from stillroom.vault import WrongIdentity
from tests.cast import Cast, make_cast
from tests.disclosure.story import notes

WHY = "His brother rang: he is on the bridge."
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Cast, str, str]]:
    """One practice with a signed note, a private one, and a key laid by for Bea."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(tmp_path_factory.mktemp("glass"))
        note, private = notes(cast)
        actions_glass.lay_by(cast.here("ada"), cast.dov, cast.bea.id)
        yield cast, note, private
        cast.house.log.close()
        transaction.set_rollback(True)


@pytest.fixture
def life(standing: tuple[Cast, str, str]) -> Iterator[tuple[Cast, str, str]]:
    """The same, undone afterwards (but for the log)."""
    with transaction.atomic():
        yield standing
        transaction.set_rollback(True)


Life = tuple[Cast, str, str]


def read(cast: Cast, name: str = "bea") -> glance.Glance:
    here = cast.here(name)
    return glance.glance(here, cast.dov, broken=queries_glass.broken(here, cast.dov))


def acts_since(cast: Cast, size: int) -> list[str]:
    return [one.entry.act for one in cast.house.log.entries(size)]


# The key


def test_a_key_that_is_laid_by_opens_nothing_while_the_glass_is_whole(life: Life) -> None:
    cast, note, _ = life
    bea = cast.here("bea")
    for refused in (
        lambda: charts.record(bea, note),
        lambda: charts.timeline(bea, cast.dov),
        lambda: rings.open_ring(bea, cast.dov, rings.Kind.CHART),
        lambda: read(cast),
    ):
        with pytest.raises(NotHere):
            refused()
    assert not Wrap.objects.filter(ring__ward=cast.dov, recipient=cast.bea.id).exists()


def test_the_whole_database_and_her_own_key_do_not_open_a_spare(life: Life) -> None:
    """Bea takes the disk home: what lies there for her is under the practice's key too."""
    cast, *_ = life
    row = Spare.objects.get(recipient=cast.bea.id)
    for context in (
        b"",
        f"stillroom spare v1|{cast.house.practice}|{row.ring_id}|{cast.bea.id}".encode(),
    ):
        with pytest.raises(StillroomError):
            cast.bea.key.unwrap(bytes(row.sealed), context)


def test_the_practice_alone_does_not_open_a_spare(life: Life) -> None:
    """The host has the server's key and takes the outer layer off; inside lies what is Bea's."""
    cast, *_ = life
    row = Spare.objects.get(recipient=cast.bea.id)
    context = f"stillroom spare v1|{cast.house.practice}|{row.ring_id}|{cast.bea.id}".encode()
    inner = cast.house.server.derive(b"stillroom spares v1").unwrap(bytes(row.sealed), context)
    for other in (cast.house.server, cast.max.key, cast.ada.key):
        with pytest.raises(StillroomError):
            other.unwrap(inner.expose(), context)


def test_a_spare_moved_to_another_colleague_opens_for_neither(life: Life) -> None:
    cast, *_ = life
    Spare.objects.filter(recipient=cast.bea.id).update(recipient=cast.sol.id)
    actions.end_care(cast.here("ada"), cast.dov, cast.sol.id)
    with pytest.raises(WrongIdentity):
        actions_glass.break_glass(cast.here("sol"), cast.dov, WHY)
    assert not Breaking.objects.exists()


@pytest.mark.parametrize("by", ["bea", "sol", "cal", "max", "olga", "nan"])
def test_only_who_treats_lays_a_key_by(life: Life, by: str) -> None:
    cast, *_ = life
    with pytest.raises(NotHere):
        actions_glass.lay_by(cast.here(by), cast.dov, cast.bea.id)


def test_no_key_for_who_cares_anyhow_nor_for_who_could_not_use_it(life: Life) -> None:
    cast, *_ = life
    with pytest.raises(CaresAnyhow):
        actions_glass.lay_by(cast.here("ada"), cast.dov, cast.sol.id)
    for name in ("cal", "max", "olga", "nan"):
        with pytest.raises(NotForEmergencies):
            actions_glass.lay_by(cast.here("ada"), cast.dov, cast.people[name].id)


def test_whoever_is_taken_into_the_care_needs_no_spare_any_more(life: Life) -> None:
    cast, *_ = life
    until = cast.at + timedelta(days=3)
    actions.begin_care(cast.here("ada"), cast.dov, cast.bea.id, Capacity.COVERING, until)
    assert glass.laid_by(cast.dov) == {}


def test_whoever_is_taken_in_while_the_glass_is_broken_reads_by_her_care_alone(life: Life) -> None:
    """Found by the practice as a machine: with her care her way in ends, the broken glass's too."""
    cast, *_ = life
    actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    until = cast.at + timedelta(days=3)
    actions.begin_care(cast.here("ada"), cast.dov, cast.bea.id, Capacity.COVERING, until)
    actions.end_care(cast.here("ada"), cast.dov, cast.bea.id)
    for refused in (
        lambda: queries_glass.head(cast.here("bea"), cast.dov),
        lambda: actions_glass.break_glass(cast.here("bea"), cast.dov, WHY),
    ):
        with pytest.raises(NotHere):
            refused()


# Breaking


def test_breaking_says_why_and_reads_for_an_hour(life: Life) -> None:
    cast, *_ = life
    actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    assert read(cast).sessions
    assert read(cast.later(minutes=59)).sessions
    with pytest.raises(NotHere):
        read(cast.later(minutes=60))


@pytest.mark.parametrize("reason", ["", "   ", "he is ill", "           .     "])
def test_nothing_is_broken_without_a_reason(life: Life, reason: str) -> None:
    cast, *_ = life
    with pytest.raises((NotHere, ReasonTooShort)):
        actions_glass.break_glass(cast.here("bea"), cast.dov, reason)
    assert not Breaking.objects.exists()


@pytest.mark.parametrize("name", ["sol", "cal", "max", "olga", "nan"])
def test_nobody_breaks_a_glass_for_whom_no_key_was_laid_by(life: Life, name: str) -> None:
    """Sol supervises and opens the chart by her care; once that has ended, not by breaking."""
    cast, *_ = life
    actions.end_care(cast.here("ada"), cast.dov, cast.sol.id)
    with pytest.raises(NotHere):
        actions_glass.break_glass(cast.here(name), cast.dov, WHY)
    with pytest.raises(NotHere):
        actions_glass.break_glass(cast.here("bea"), cast.fay, WHY) if name == "sol" else read(
            cast, name
        )


def test_it_cannot_be_silent(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the log cannot be written, nothing is broken and nothing opens (P1)."""
    cast, *_ = life

    def full(*_: object) -> None:
        raise LogUnwritable

    with monkeypatch.context() as patched:
        patched.setattr(cast.house.log, "append", full)
        with pytest.raises(LogUnwritable), transaction.atomic():
            actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    assert not Breaking.objects.exists()


def test_the_charts_own_log_tells_that_it_was_broken_why_and_what_was_read(life: Life) -> None:
    from stillroom.disclosure import queries as disclosure

    cast, *_ = life
    actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    read(cast)
    told = disclosure.who_opened(cast.here("ada"), cast.dov, 20)
    hers = [one for one in told if one.actor == cast.bea.id]
    assert [one.act for one in hers[:2]] == [Act.RECORD_READ.value, Act.GLASS_BREAK.value]
    assert hers[1].details["said"] == WHY
    assert hers[0].details["why"] == "emergency"


def test_a_breaking_names_its_entry_so_that_rows_and_log_can_be_compared(life: Life) -> None:
    cast, *_ = life
    actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    (told,) = queries_glass.told_of_log(10)
    entry = next(cast.house.log.entries(told.entry, told.entry + 1)).entry
    assert (Act(entry.act) in told.acts, entry.actor) == (True, told.actor)


def test_it_opens_no_private_note_and_writes_nothing(life: Life) -> None:
    from stillroom.chart import actions as chart

    cast, note, private = life
    bea = cast.here("bea")
    actions_glass.break_glass(bea, cast.dov, WHY)
    with pytest.raises(NotHere):
        charts.record(bea, private)
    with pytest.raises(NotHere):
        charts.record(bea, note), "her way is the emergency's, not that of whoever cares"
    with pytest.raises(NotHere):
        chart.begin(bea, cast.dov, "progress_note", occurred_at=cast.at)
    with pytest.raises(NotHere):
        actions.begin_care(bea, cast.dov, cast.bea.id, Capacity.TREATING)
    with pytest.raises(NotHere):
        rings.open_ring(bea, cast.dov, rings.Kind.PRIVATE, author=cast.ada.id)
    shown = [
        one.kind.id
        for one in glance.everything(bea, cast.dov, queries_glass.head(bea, cast.dov)[1])
    ]
    assert shown
    assert "psychotherapy_note" not in shown


def test_broken_twice_it_is_broken_once(life: Life) -> None:
    cast, *_ = life
    first = actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    soon = cast.later(minutes=30)
    assert actions_glass.break_glass(soon.here("bea"), cast.dov, WHY) == first
    assert Breaking.objects.get().ends_at == cast.at + timedelta(hours=1), "and no longer by that"


# Who is told, and who reviews


def test_who_treats_is_told_at_once_until_she_has_seen_it(life: Life) -> None:
    cast, *_ = life
    breaking = actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    assert [one.id for one in queries_glass.waiting(cast.here("ada")).to_see] == [breaking]
    for name in ("bea", "sol", "cal", "max", "nan"):
        assert queries_glass.waiting(cast.here(name)).to_see == ()
    actions_glass.see(cast.here("ada"), breaking)
    assert queries_glass.waiting(cast.here("ada")).to_see == ()
    with pytest.raises(NotHere):
        actions_glass.see(cast.here("bea"), breaking)


JUSTIFIED = Found(Finding.JUSTIFIED, "The brother's call is in the log of the night.")


def test_somebody_else_reviews_it_by_role_or_because_she_supervises(life: Life) -> None:
    cast, *_ = life
    breaking = actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    read(cast)
    later = cast.later(hours=2)
    for name in ("olga", "nan", "sol"):
        assert [one.id for one in queries_glass.waiting(later.here(name)).to_review] == [breaking]
        told = queries_glass.told(later.here(name), breaking)
        assert told.why == WHY
        assert len(told.opened) == 1
    actions_glass.review(later.here("olga"), breaking, JUSTIFIED)
    assert queries_glass.waiting(later.here("sol")).to_review == ()
    assert queries_glass.told(later.here("ada"), breaking).found == JUSTIFIED
    with pytest.raises(ReviewedAlready):
        actions_glass.review(later.here("sol"), breaking, Found(Finding.NOT_JUSTIFIED, "No."))


@pytest.mark.parametrize("name", ["bea", "cal", "max", "ada"])
def test_neither_she_who_broke_it_nor_anybody_at_all_reviews_it(life: Life, name: str) -> None:
    cast, *_ = life
    breaking = actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    with pytest.raises(NotHere):
        actions_glass.review(cast.here(name), breaking, JUSTIFIED)
    if name != "ada":
        with pytest.raises(NotHere):
            queries_glass.told(cast.here(name), breaking)


def test_a_reviewer_reads_why_and_no_word_of_the_chart(life: Life) -> None:
    cast, note, _ = life
    breaking = actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    olga = cast.here("olga")
    queries_glass.told(olga, breaking)
    for refused in (
        lambda: charts.record(olga, note),
        lambda: rings.open_ring(olga, cast.dov, rings.Kind.CHART),
    ):
        with pytest.raises(NotHere):
            refused()


# Whoever is kept away, and who finds whom


def test_a_colleague_kept_away_has_no_key_and_breaks_nothing(life: Life) -> None:
    cast, *_ = life
    actions_apart.keep_apart(cast.here("ada"), cast.dov, cast.bea.id, How.KEPT_AWAY)
    assert glass.laid_by(cast.dov) == {}
    with pytest.raises(KeptApart):
        actions_glass.lay_by(cast.here("ada"), cast.dov, cast.bea.id)
    with pytest.raises(NotHere):
        actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    assert queries_glass.found(cast.here("bea"), cast.directory, "halpern", WHY) == []


def test_kept_away_while_the_glass_is_broken_she_reads_no_further(life: Life) -> None:
    cast, *_ = life
    actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    actions_apart.keep_apart(cast.here("ada"), cast.dov, cast.bea.id, How.KEPT_AWAY)
    with pytest.raises(NotHere):
        read(cast)


def test_a_chart_closed_to_the_desk_is_open_to_an_emergency(life: Life) -> None:
    cast, *_ = life
    actions_apart.keep_apart(cast.here("ada"), cast.dov, "", How.CLOSED)
    (head,) = queries_glass.found(cast.here("bea"), cast.directory, "halpern", WHY)
    actions_glass.break_glass(cast.here("bea"), head.id, WHY)
    assert queries_glass.head(cast.here("bea"), cast.dov)[0].full == "Dov Halpern"


def test_only_charts_with_a_key_are_found_and_the_search_is_in_the_log(life: Life) -> None:
    cast, *_ = life
    bea, size = cast.here("bea"), cast.house.log.size
    (found,) = queries_glass.found(bea, cast.directory, "halp", WHY)
    assert found.id == cast.dov
    assert Act.GLASS_BREAK.value in acts_since(cast, size)
    assert queries_glass.found(cast.here("sol"), cast.directory, "halpern", WHY) == []
    assert queries_glass.found(bea, cast.directory, "ha", WHY) == []
    assert queries_glass.found(bea, cast.directory, "halpern", "") == []


def test_a_breaking_says_of_the_front_no_more_than_the_chart_that_it_is_about(life: Life) -> None:
    """Another chart's glass is whole, though one is broken."""
    cast, *_ = life
    actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    for who, chart in (("bea", cast.fay), ("sol", cast.dov)):
        with pytest.raises(NotHere):
            queries_glass.head(cast.here(who), chart)
