"""What a client asked to be kept back after it went behind a link is taken from behind it (T13, T17)."""

from dataclasses import replace
from datetime import date

import pytest

from stillroom.consent import actions_restrictions as keeping
from stillroom.consent.rules_restrictions import Basis, agreed
from stillroom.disclosure import links, sending
from stillroom.disclosure.models import Delivery, Departure, Link, Packet
from stillroom.disclosure.rules_leaving import Wish
from stillroom.kernel import Trilean
from tests.cast import Cast
from tests.disclosure.test_restricting import KEEP, PLAN
from tests.threats.test_t17_restrictions_raced import live
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db


def behind_a_link(cast: Cast) -> tuple[dict[str, str], str, str]:
    ids = live(cast)
    sure = cast.here("ada", stepped_up=Trilean.YES)
    sending.begin(sure, corpus(), ids["packet"], Wish(PLAN.name, way="link", openings=3, sure=True))
    sending.settle(cast.later(minutes=2).here("ada"), corpus(), ids["packet"])
    found = sending.latest(cast.here("ada"), ids["packet"])
    assert found is not None
    assert found.plan is not None
    return ids, found.plan.address, found.plan.code


def agree(cast: Cast, restriction: str) -> None:
    ada = cast.later(minutes=5).here("ada")
    keeping.change(ada, restriction, lambda one: agreed(one, date(2026, 11, 20)), "agreed")


def test_a_restriction_agreed_to_later_shuts_the_link_that_nobody_opened(cast: Cast) -> None:
    ids, address, code = behind_a_link(cast)
    agree(cast, ids["restriction"])
    later = cast.later(minutes=5).here("ada")
    assert sending.shut_what_may_no_longer_leave(later, corpus(), cast.dov) == 1
    assert bytes(Link.objects.get().sealed) == b""
    assert Delivery.objects.get().state == Delivery.State.CALLED_BACK
    assert Departure.objects.get().recalled_at is not None
    with pytest.raises(links.DidNotOpen):
        links.open_by_link(cast.house, address, code, at=cast.later(minutes=6).at)
    assert sending.shut_what_may_no_longer_leave(later, corpus(), cast.dov) == 0


def test_one_that_was_opened_gives_nothing_more_and_stays_in_the_account(cast: Cast) -> None:
    ids, address, code = behind_a_link(cast)
    links.open_by_link(cast.house, address, code, at=cast.later(minutes=3).at)
    agree(cast, ids["restriction"])
    later = cast.later(minutes=5).here("ada")
    assert sending.shut_what_may_no_longer_leave(later, corpus(), cast.dov) == 1
    assert Departure.objects.get().recalled_at is None
    with pytest.raises(links.DidNotOpen):
        links.open_by_link(cast.house, address, code, at=cast.later(minutes=6).at)


def test_what_the_restriction_does_not_touch_stays_where_it_is(cast: Cast) -> None:
    _, address, code = behind_a_link(cast)
    later = cast.later(minutes=5).here("ada")
    assert sending.shut_what_may_no_longer_leave(later, corpus(), cast.dov) == 0
    assert links.open_by_link(cast.house, address, code, at=cast.later(minutes=6).at)


def test_the_page_that_agrees_shuts_it(cast: Cast) -> None:
    ids, address, code = behind_a_link(cast)
    serve(cast.later(minutes=5))
    seen = Visitor(cast.later(minutes=5), "ada")
    answer = seen.post(f"/restrictions/{ids['restriction']}/answer", {"do": "agree", "words": ""})
    assert answer.status_code == 302
    with pytest.raises(links.DidNotOpen):
        links.open_by_link(cast.house, address, code, at=cast.later(minutes=6).at)


def test_one_that_must_be_agreed_to_shuts_it_when_it_is_asked(cast: Cast) -> None:
    """Paid out of pocket, it is in force as soon as it is written down (164.522(a)(1)(vi))."""
    _, address, code = behind_a_link(cast)
    later = cast.later(minutes=5)
    keeping.ask(later.here("ada"), cast.dov, replace(KEEP, basis=Basis.PAID))
    assert sending.shut_what_may_no_longer_leave(later.here("ada"), corpus(), cast.dov) == 1
    with pytest.raises(links.DidNotOpen):
        links.open_by_link(cast.house, address, code, at=cast.later(minutes=6).at)


def test_what_nobody_here_can_judge_is_shut_too(cast: Cast) -> None:
    """P4: another author's private packet cannot be opened to see whether it still may leave."""
    ids, address, code = behind_a_link(cast)
    Packet.objects.filter(pk=ids["packet"]).update(private=True, built_by=cast.bea.id)
    later = cast.later(minutes=5).here("ada")
    assert sending.shut_what_may_no_longer_leave(later, corpus(), cast.dov) == 1
    with pytest.raises(links.DidNotOpen):
        links.open_by_link(cast.house, address, code, at=cast.later(minutes=6).at)
