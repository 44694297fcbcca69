"""Her door was opened from somewhere unknown at an hour at which nothing may be written to her: the
notice goes at the first hour that is hers (T08). On her own pages she is told where she is known,
and whoever came in from elsewhere reads nothing of it."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from stillroom.identity.models import Unfamiliar
from stillroom.practice import actions_wishes, unfamiliar
from stillroom.practice.models import Message, OwedNotice
from stillroom.practice.queries import chart_head
from stillroom.practice.rules_wishes import Reach, Way
from stillroom.practice.sending.queries import written_to
from tests.cast import PASSPHRASE, Cast
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
"""Eleven in the evening where the practice is."""
TOLD = "somewhere that is not known"


@pytest.fixture
def name(cast: Cast) -> str:
    """Her sign-in name; written to only from nine to five."""
    serve(cast)
    made = cast.holder("dov")
    wish(cast, Reach(ways=(Way("email", "d.h@example.org", since="09:00", until="17:00"),)))
    return made.sign_name


def wish(cast: Cast, reach: Reach) -> None:
    client = chart_head(cast.here("ada"), cast.dov).holders[0].client
    actions_wishes.wish(cast.here("ada"), cast.directory, cast.dov, client, reach)


def sign_in(seen: Visitor, name: str, **more: str) -> Visitor:
    sent = {"name": name, "passphrase": PASSPHRASE, **more}
    assert seen.post(reverse("portal_signin"), sent).status_code == 302
    return seen


def at_night(cast: Cast, name: str) -> Cast:
    """Somebody comes in from an unknown browser, in the evening."""
    night = cast.later(seconds=(NIGHT - cast.at).total_seconds())
    serve(night)
    sign_in(Visitor(night), name)
    return night


def asked(cast: Cast, **later: float) -> Cast:
    """Somebody asks the practice for a page, so much later."""
    then = cast.later(**later)
    serve(then)
    Visitor(then).get(reverse("portal_signin"))
    return then


def test_what_her_wishes_do_not_let_go_at_night_goes_in_the_morning_and_once(
    cast: Cast, name: str
) -> None:
    night = at_night(cast, name)
    assert not Message.objects.exists()
    assert OwedNotice.objects.count() == 1
    asked(night, hours=9)
    assert not Message.objects.exists(), "eight in the morning is not her hour"
    morning = asked(night, hours=10)
    client = chart_head(cast.here("ada"), cast.dov).holders[0].client
    (line,) = written_to(morning.here("ada"), cast.dov, client)
    assert (line.written.to, line.written.kind) == ("d.h@example.org", "something is waiting")
    assert not OwedNotice.objects.exists()
    asked(night, hours=11)
    assert Message.objects.count() == 1


@pytest.mark.parametrize("what", ["looked", "never", "too late"])
def test_it_does_not_go_once_somebody_asked_her_or_she_said_never_or_a_week_is_over(
    cast: Cast, name: str, what: str
) -> None:
    night = at_night(cast, name)
    if what == "looked":
        unfamiliar.looked_at(night.here("ada"), cast.dov, cast.people["dov"].id)
    elif what == "never":
        wish(night, Reach(nothing=True))
    asked(night, hours=10 + (24 * 7 if what == "too late" else 0))
    assert not Message.objects.exists()
    assert not OwedNotice.objects.exists()


def test_looking_again_writes_nothing_into_the_log_until_something_goes(
    cast: Cast, name: str
) -> None:
    night = at_night(cast, name)
    size = cast.house.log.size
    asked(night, hours=1)
    asked(night, hours=2)
    assert cast.house.log.size == size


def test_she_is_told_where_she_is_known_and_nobody_else_is(cast: Cast, name: str) -> None:
    phone = Visitor(cast)
    sign_in(phone, name, know="yes")
    stranger = sign_in(Visitor(cast), name)
    for page in ("portal_home", "portal_ways"):
        assert TOLD not in stranger.get(reverse(page)).content.decode()
        assert TOLD not in phone.get(reverse(page)).content.decode(), "it was unknown as she came"
    stranger.post(reverse("portal_elsewhere"))
    assert Unfamiliar.objects.get().unread == 2, "whoever came from elsewhere hides nothing"
    phone.post(reverse("portal_signout"))
    sign_in(phone, name)
    for page in ("portal_home", "portal_ways"):
        assert TOLD in phone.get(reverse(page)).content.decode()
    assert "2 times" in phone.get(reverse("portal_ways")).content.decode()
    phone.post(reverse("portal_elsewhere"))
    assert TOLD not in phone.get(reverse("portal_home")).content.decode()
    assert unfamiliar.waiting(cast.here("ada")), (
        "what she read waits for whoever treats all the same"
    )
