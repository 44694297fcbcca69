"""P8: a chart that is kept from somebody is, for her, a chart that does not exist."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from stillroom.access import Act, Capacity, Purpose, Role
from stillroom.chart import handing
from stillroom.consent import actions as consent
from stillroom.phi import NotHere, bridge
from stillroom.phi.apart import How
from stillroom.phi.models import Apart
from stillroom.practice import (
    actions,
    actions_apart,
    queries,
    queries_apart,
    queries_calendar,
    queries_holders,
)
from stillroom.practice.rules_apart import CaresNow, KeptApart, NobodyChosen, NotOneself
from tests.cast import NOON, Cast, make_cast

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Cast]:
    """One practice for all that is tried."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(tmp_path_factory.mktemp("apart"))
        yield cast
        cast.house.log.close()
        transaction.set_rollback(True)


@pytest.fixture
def life(standing: Cast) -> Iterator[Cast]:
    """The same, undone afterwards (but for the log)."""
    with transaction.atomic():
        yield standing
        transaction.set_rollback(True)


def keep(cast: Cast, name: str, how: How = How.KEPT_AWAY) -> None:
    """Ada keeps Dov's chart from a colleague, or closes it."""
    person = cast.people[name].id if name else ""
    actions_apart.keep_apart(cast.here("ada"), cast.dov, person, how)


WAYS = [("cal", How.KEPT_AWAY), ("cal", How.OWN), ("", How.CLOSED)]
"""For the front desk each comes to the same."""

Do = Callable[[Cast], Any]
REFUSED: dict[str, Do] = {
    "the chart": lambda cast: queries.chart_head(cast.here("cal"), cast.dov),
    "booking": lambda cast: actions.book(
        cast.here("cal"), cast.dov, cast.ada.id, NOON + 5 * HOUR, NOON + 6 * HOUR
    ),
    "for whom to book": lambda cast: queries_calendar.require_may_book(cast.here("cal"), cast.dov),
    "what is planned": lambda cast: queries_calendar.next_visits(cast.here("cal"), cast.dov),
    "adding a holder": lambda cast: queries_holders.require_may_add(cast.here("cal"), cast.dov),
    "a known client": lambda cast: queries_holders.known_client(cast.here("cal"), _client(cast)),
    "the front sheet": lambda cast: actions.change_front(
        cast.here("cal"), cast.directory, cast.dov, _client(cast), _sheet(cast)
    ),
    "a withdrawal": lambda cast: consent.revoke(cast.here("cal"), "no such paper"),
}


def _client(cast: Cast) -> str:
    return queries.chart_head(cast.here("ada"), cast.dov).holders[0].client


def _sheet(cast: Cast) -> Any:
    return queries.chart_head(cast.here("ada"), cast.dov).holders[0].sheet


@pytest.mark.parametrize(("name", "how"), WAYS, ids=lambda one: str(getattr(one, "value", one)))
def test_for_whom_it_is_not_it_does_not_exist(life: Cast, name: str, how: How) -> None:
    assert queries.find(life.here("cal"), life.directory, "halpern"), "before, the desk finds him"
    keep(life, name, how)
    for what, asked in REFUSED.items():
        with pytest.raises(NotHere):
            asked(life)
            pytest.fail(what)
    cal = life.here("cal")
    for typed in ("halpern", "dov", "4105550142", "0142", "dov.halpern@example.org", "1985-03-02"):
        assert queries.find(cal, life.directory, typed) == []
        assert queries_holders.clients_found(cal, life.directory, typed) == []
        assert queries_calendar.bookable(cal, life.directory, typed) == []
    assert queries_calendar.names_known(cal, [life.dov]) == {}
    assert queries.find(cal, life.directory, "fay"), "other clients as ever"


@pytest.mark.parametrize(("name", "how"), WAYS, ids=lambda one: str(getattr(one, "value", one)))
def test_who_cares_reads_and_books_as_before(life: Cast, name: str, how: How) -> None:
    keep(life, name, how)
    ada = life.here("ada")
    assert queries.chart_head(ada, life.dov).full == "Dov Halpern"
    assert [one.id for one in queries.my_charts(ada)] == [life.dov]
    assert queries.find(ada, life.directory, "halpern")
    assert actions.book(ada, life.dov, ada.person, NOON + HOUR, NOON + 2 * HOUR)
    assert queries.chart_head(life.here("sol"), life.dov)


def test_the_desk_sees_that_time_is_taken_and_neither_by_whom_nor_how(life: Cast) -> None:
    ada, cal = life.here("ada"), life.here("cal")
    met = actions.book(ada, life.dov, ada.person, NOON + HOUR, NOON + 2 * HOUR)
    day = (NOON, NOON + 24 * HOUR)
    assert [one.id for one in queries.meetings_on(cal, *day)] == [met]
    assert queries_calendar.taken_on(cal, *day) == []
    keep(life, "cal")
    assert queries.meetings_on(cal, *day) == []
    (taken,) = queries_calendar.taken_on(cal, *day)
    assert (taken.person, taken.starts_at) == (ada.person, NOON + HOUR)
    assert not hasattr(taken, "id"), "there is nothing to open"
    with pytest.raises(NotHere):
        queries_calendar.visit(cal, met)
    assert queries_calendar.taken_on(ada, *day) == [], "whoever cares sees whom she meets"


def test_lifted_it_is_as_it_was(life: Cast) -> None:
    keep(life, "cal")
    keep(life, "", How.CLOSED)
    ada, cal = life.here("ada"), life.here("cal")
    actions_apart.let_know(ada, life.dov, life.cal.id, How.KEPT_AWAY)
    assert queries.find(cal, life.directory, "halpern") == [], "still closed"
    actions_apart.let_know(ada, life.dov, "", How.CLOSED)
    assert queries.find(cal, life.directory, "halpern")


# Who decides, and about whom


@pytest.mark.parametrize("by", ["bea", "sol", "cal", "max", "olga", "nan"])
def test_only_who_treats_keeps_a_chart_from_somebody(life: Cast, by: str) -> None:
    for change in (actions_apart.keep_apart, actions_apart.let_know):
        with pytest.raises(NotHere):
            change(life.here(by), life.dov, life.bea.id, How.KEPT_AWAY)
    assert queries_apart.kept_from(life.here(by), life.dov) is None


def test_neither_oneself_nor_who_cares_nor_nobody_is_kept_away(life: Cast) -> None:
    for name, refusal in (("ada", NotOneself), ("sol", CaresNow)):
        with pytest.raises(refusal):
            keep(life, name)
    for nobody in ("", "somebody"):
        with pytest.raises(NobodyChosen):
            actions_apart.keep_apart(life.here("ada"), life.dov, nobody, How.KEPT_AWAY)


def test_who_is_kept_away_is_not_taken_into_the_care(life: Cast) -> None:
    """By no door: taking in, covering, handing over for good, handing over a caseload."""
    keep(life, "bea")
    ada, bea, until = life.here("ada"), life.bea.id, NOON + 24 * HOUR
    for letting_in in (
        lambda: actions.begin_care(ada, life.dov, bea, Capacity.TREATING),
        lambda: actions.cover(ada, life.dov, bea, until),
        lambda: actions.hand_over(ada, life.dov, bea),
        lambda: handing.hand_over(ada, life.dov, bea, until, ""),
    ):
        with pytest.raises(KeptApart):
            letting_in()


def test_who_treats_is_told_whom_it_is_kept_from(life: Cast) -> None:
    keep(life, "bea")
    keep(life, "cal", How.OWN)
    keep(life, "", How.CLOSED)
    found = queries_apart.kept_from(life.here("ada"), life.dov)
    assert found is not None
    assert dict(found.persons) == {life.bea.id: How.KEPT_AWAY, life.cal.id: How.OWN}
    assert found.closed


def test_a_member_of_staff_does_not_reach_her_own_chart_by_any_role(life: Cast) -> None:
    """Cal is a client of Ada's. Neither the desk nor the privacy official's papers lead to it."""
    keep(life, "olga", How.OWN)
    here = life.here("olga")
    for act in (Act.MATTER_OPEN, Act.MATTER_READ, Act.RESTRICTION_WRITE):
        for purpose in Purpose:
            assert not bridge.may(here, act, purpose, queries.front_ward(life.dov)), act
            ward = queries.front_ward(life.dov).__class__(chart=life.dov)
            assert not bridge.may(here, act, purpose, ward), act
    assert Role.OWNER in here.roles


# The log and the disk


def test_it_is_in_the_charts_own_log_and_names_nobody_in_the_clear(life: Cast) -> None:
    from stillroom.disclosure import queries as disclosure

    size = life.house.log.size
    keep(life, "bea")
    actions_apart.let_know(life.here("ada"), life.dov, life.bea.id, How.KEPT_AWAY)
    told = disclosure.who_opened(life.here("ada"), life.dov, 20)
    did = [one.details["did"] for one in told if one.act == Act.RESTRICTION_WRITE.value]
    assert did[:2] == ["kept apart no longer", "kept apart"]
    for one in life.house.log.entries(size):
        assert life.bea.id.encode() not in one.entry.canonical()


def test_the_disk_shows_neither_whom_nor_from_what(life: Cast) -> None:
    """Three rows alike: two of one person, one of nobody; as long as one another."""
    keep(life, "bea")
    keep(life, "cal", How.OWN)
    keep(life, "", How.CLOSED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM phi_apart")
        rows = cursor.fetchall()
    assert len(rows) == 3
    assert len({len(bytes(row[1])) for row in rows}) == 1
    for row in rows:
        for word in (life.bea.id, life.cal.id, life.dov, "own", "closed", "kept"):
            assert word.encode() not in bytes(row[1])
            assert word != row[0]


def test_a_row_that_was_altered_opens_nothing_to_anybody(life: Cast) -> None:
    """Not even to guess: whom it kept away is not known."""
    from stillroom.kernel import StillroomError

    keep(life, "bea")
    row = Apart.objects.get()
    Apart.objects.filter(pk=row.pk).update(sealed=bytes(row.sealed)[:-1] + b"\x00", id="altered")
    for name in ("ada", "cal"):
        with pytest.raises(StillroomError):
            queries.chart_head(life.here(name), life.dov)


# The list form and the single form


@pytest.mark.parametrize("name", ["ada", "bea", "sol", "cal"])
def test_what_is_listed_is_what_opens(life: Cast, name: str) -> None:
    """Every chart of a practice in which some are kept from some: the list and the door agree."""
    ada = life.here("ada")
    charts = {life.dov: "halpern", life.fay: "castellane"}
    for nth, how in enumerate([("bea", How.KEPT_AWAY), ("cal", How.OWN), ("", How.CLOSED)]):
        from stillroom.practice.rules import FrontSheet

        family = f"Tallis{nth}"
        carers = [actions.Carer(life.ada.id, Capacity.TREATING)]
        sheet = FrontSheet(given="Ilse", family=family)
        chart = actions.admit(ada, life.directory, [sheet], carers)
        who, why = how
        actions_apart.keep_apart(ada, chart, life.people[who].id if who else "", why)
        charts[chart] = family.casefold()
    here = life.here(name)
    for chart, family in charts.items():
        listed = [head.id for head in queries.find(here, life.directory, family)]
        try:
            opens = [queries.chart_head(here, chart).id]
        except NotHere:
            opens = []
        assert listed == opens, (name, family)
        assert (chart in queries.may_know(here)) == bool(opens)
