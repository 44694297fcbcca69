"""The door for somebody outside (P8, T08): one page for every address, one answer for all that is
wrong, no name of anybody, and so many tries a minute."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from pytest_django import DjangoDbBlocker

from stillroom.desk.views.received import PER_MINUTE, Pace
from stillroom.disclosure import sending
from stillroom.disclosure.rules_leaving import Wish
from tests.cast import NOON, Cast, make_cast
from tests.disclosure.leaving import TO, packet_for_rex, proven
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
NAMES = ("Linden", "Stillroom", "Ada", "Merrow", "Halpern", "Dunleavy", "therap", "psych")
NOWHERE = "A" * 43


@pytest.fixture(scope="module")
def sent(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[tuple[Cast, str, str, str]]:
    """A packet behind a link: the cast three minutes later, the packet, the address, the code."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(tmp_path_factory.mktemp("received"))
        packet = packet_for_rex(cast)["packet"]
        sending.begin(proven(cast), corpus(), packet, Wish(TO, way="link"))
        later = cast.later(minutes=2)
        sending.settle(later.here("ada"), corpus(), packet)
        found = sending.latest(later.here("ada"), packet)
        assert found
        assert found.plan
        yield later, packet, found.plan.address, found.plan.code
        cast.house.log.close()
        transaction.set_rollback(True)


def bare(answer: HttpResponse, address: str) -> str:
    """A page without the mark against forgery and without its own address."""
    text = answer.content.decode().replace(address, "…")
    return re.sub(r'(content|value)="[A-Za-z0-9]{64}"', "", text)


def test_every_address_has_the_same_page_and_it_names_nobody(
    sent: tuple[Cast, str, str, str],
) -> None:
    cast, _, address, _ = sent
    serve(cast)
    here, nowhere = (Visitor(cast).get(f"/r/{one}") for one in (address, NOWHERE))
    assert here.status_code == nowhere.status_code == 200
    assert bare(here, address) == bare(nowhere, NOWHERE)
    assert not [name for name in NAMES if name in here.content.decode()]
    assert "no-store" in here.headers["Cache-Control"]
    assert bare(Visitor(cast, "ada").get(f"/r/{address}"), address) == bare(here, address)


def test_whatever_is_wrong_is_one_answer(sent: tuple[Cast, str, str, str]) -> None:
    cast, packet, address, code = sent
    with transaction.atomic():
        serve(cast)
        wrong = Visitor(cast).post(f"/r/{address}", {"code": "four words by guess"})
        never = Visitor(cast).post(f"/r/{NOWHERE}", {"code": code})
        empty = Visitor(cast).post(f"/r/{address}", {})
        sending.call_back(cast.here("ada"), packet)
        back = Visitor(cast).post(f"/r/{address}", {"code": code})
        assert {one.status_code for one in (wrong, never, empty, back)} == {403}
        told = {bare(one, address) for one in (wrong, empty, back)} | {bare(never, NOWHERE)}
        (page,) = told
        assert not [name for name in NAMES if name in page]
        transaction.set_rollback(True)


def test_the_right_words_give_the_file_under_a_name_that_tells_nothing(
    sent: tuple[Cast, str, str, str],
) -> None:
    cast, _, address, code = sent
    with transaction.atomic():
        serve(cast)
        given = Visitor(cast).post(f"/r/{address}", {"code": code})
        assert given.content.startswith(b"%PDF")
        assert given.headers["Content-Disposition"] == 'attachment; filename="records.pdf"'
        assert "no-store" in given.headers["Cache-Control"]
        transaction.set_rollback(True)


def test_nobody_tries_faster_than_a_person(sent: tuple[Cast, str, str, str]) -> None:
    cast, _, address, code = sent
    with transaction.atomic():
        serve(cast.later(hours=1))
        guess = Visitor(cast)
        told = [guess.post(f"/r/{NOWHERE}", {"code": "x"}).status_code for _ in range(PER_MINUTE)]
        assert set(told) == {403}
        assert guess.post(f"/r/{address}", {"code": code}).status_code == 429
        serve(cast.later(hours=1, minutes=1))
        assert guess.post(f"/r/{address}", {"code": code}).content.startswith(b"%PDF")
        transaction.set_rollback(True)


def test_a_pace_lets_so_many_pass_in_any_minute() -> None:
    pace = Pace(3)
    passed = [pace.take(NOON + timedelta(seconds=20 * nth)) for nth in range(9)]
    assert all(passed), "three in each minute"
    crowd = Pace(3)
    assert [crowd.take(NOON) for _ in range(5)] == [True, True, True, False, False]
    assert crowd.take(NOON + timedelta(minutes=1))
