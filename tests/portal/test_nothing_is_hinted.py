"""P8, over every room: what a proxy is shown never depends on what is kept from her (NEEDS 10, 11)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from stillroom.access import Capacity
from stillroom.chart import actions as chart_actions
from stillroom.chart import holding
from stillroom.consent import actions as consent
from stillroom.consent import actions_restrictions
from stillroom.consent.rules_restrictions import Basis, Restriction
from stillroom.correspondence import actions
from stillroom.disclosure import own_asking
from stillroom.phi import Presence
from stillroom.portal.navigation import rooms_for
from stillroom.practice import queries, queries_guests
from stillroom.practice.models import Standing
from tests.cast import Cast
from tests.disclosure.story import authorization
from tests.family import make_family
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db
REACH = ("messages", "appointments", "forms", "requests", "treatment_plan")
"""All that Eva was given: neither notes of sessions nor who looked in."""
MARK = re.compile(r'(content|value)="[A-Za-z0-9]{64}"')


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Cast, str]]:
    """One family for all that is tried; something lies in the chart already."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast, chart = make_family(tmp_path_factory.mktemp("hints"))
        Standing.objects.filter(person=cast.people["eva"].id).update(reach=list(REACH))
        _note(cast.here("ada"), chart, "progress_note")
        yield cast, chart
        transaction.set_rollback(True)
        cast.house.log.close()


def _note(ada: Presence, chart: str, kind: str) -> str:
    record = chart_actions.begin(ada, chart, kind, occurred_at=ada.at)
    if kind == "progress_note":
        words = {"Data": "He does not want her to know.", "Assessment": "Well.", "Plan": "Go on."}
    else:
        words = {"Note": "He does not want her to know."}
    chart_actions.save_draft(ada, record, words, 1)
    chart_actions.sign(ada, record, 2)
    return record


def _hold(cast: Cast, chart: str) -> None:
    record = _note(cast.here("ada"), chart, "progress_note")
    ground = "164.502(g)(5)"
    day = cast.here("ada").today.replace(year=2027, month=1)
    known = [one for one in holding_grounds() if ground in one[1]]
    reason = holding.Reason(known[0][0], "She would find out where he sleeps.", day)
    holding.hold_record(cast.here("ada"), record, reason)


def holding_grounds() -> list[tuple[str, str]]:
    from stillroom.chart import rules_holds

    return [(one.id, one.citation) for one in rules_holds.GROUNDS.values()]


def _ask(cast: Cast, chart: str) -> None:
    sam = cast.here("sam")
    client = queries_guests.own_stand(sam, chart).client
    one = Restriction("", Basis.OBJECTION, client, sam.today, "Nothing to my mother, please.")
    actions_restrictions.ask(sam, chart, one)


def _sign(cast: Cast, chart: str) -> None:
    sam = cast.here("sam")
    client = queries_guests.own_stand(sam, chart).client
    paper = authorization(cast)
    (signature, *_) = paper.signatures
    signed = replace(signature, holder=client, by="Sam Okonjo")
    mine = replace(paper, holders=frozenset({client}), signatures=(signed,))
    consent.take_up(cast.here("ada"), chart, mine)


KEPT: dict[str, Callable[[Cast, str], object]] = {
    "a note of a session": lambda cast, chart: _note(cast.here("ada"), chart, "progress_note"),
    "a private note": lambda cast, chart: _note(cast.here("ada"), chart, "psychotherapy_note"),
    "a note that is held from her": _hold,
    "his own message": lambda cast, chart: actions.write(cast.here("sam"), chart, "Not her."),
    "his own request": lambda cast, chart: own_asking.ask(
        cast.here("sam"), chart, "copy", "All of it, please."
    ),
    "what he asked to keep back": _ask,
    "a permission that he signed": _sign,
    "what his father was given": lambda cast, _: Standing.objects.filter(
        person=cast.people["ivo"].id
    ).update(reach=["messages", "account", "progress_notes"]),
}


def shown(cast: Cast, chart: str) -> dict[str, str]:
    """Every room that is offered to Eva, as she sees it."""
    stand = queries_guests.own_stand(cast.here("eva"), chart)
    assert stand.capacity is Capacity.PROXY
    seen, pages = Visitor(cast, "eva"), {}
    for room in rooms_for(stand):
        answer = seen.get(reverse(room.address, kwargs={"chart_id": chart}))
        assert answer.status_code == 200, room.id
        pages[room.id] = MARK.sub("", answer.content.decode())
    return pages


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(KEPT)), min_size=1, max_size=4, unique=True))
def test_no_room_of_a_proxys_tells_of_what_is_kept_from_her(
    standing: tuple[Cast, str], kept: list[str]
) -> None:
    cast, chart = standing
    serve(cast)
    with transaction.atomic():
        before = shown(cast, chart)
        for one in kept:
            KEPT[one](cast, chart)
        after = shown(cast, chart)
        transaction.set_rollback(True)
    assert {room: page for room, page in after.items() if before[room] != page} == {}


@pytest.mark.parametrize("kept", sorted(KEPT))
def test_nothing_that_is_kept_is_hinted_at_by_itself(standing: tuple[Cast, str], kept: str) -> None:
    cast, chart = standing
    serve(cast)
    with transaction.atomic():
        before = shown(cast, chart)
        KEPT[kept](cast, chart)
        after = shown(cast, chart)
        transaction.set_rollback(True)
    assert sorted(room for room, page in after.items() if before[room] != page) == []


def test_the_rooms_were_looked_at(standing: tuple[Cast, str]) -> None:
    """The property is about something: each that Eva was given has a room, and Sam's own show it."""
    cast, chart = standing
    serve(cast)
    assert {"messages", "forms", "papers", "records", "standing"} <= set(shown(cast, chart))
    assert queries.chart_head(cast.here("ada"), chart).holders
