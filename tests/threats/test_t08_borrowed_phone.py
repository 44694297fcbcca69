"""T08: Eve has Dov's telephone in her hand, unlocked, and opens Dov's own door.

Here: what the server gives and keeps. What the browser shows and keeps: `tests/journeys/test_own_door`.
"""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.urls import reverse

from stillroom.identity import familiar
from stillroom.identity.models import FamiliarBrowser, Person, Session, Unfamiliar
from stillroom.phi import NotHere
from stillroom.practice import actions_guests, actions_wishes, queries, unfamiliar
from stillroom.practice.models import Message
from stillroom.practice.rules_wishes import Reach, Way
from stillroom.practice.sending.queries import written_to
from tests.cast import PASSPHRASE, Cast
from tests.portal.pages import of_a_client, weight_of
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db
TELLS = ("stillroom", "linden", "therap", "clinic", "counsel", "patient", "health", "practice")
MOST = 60_000
"""Bytes of a page with its stylesheet and script, before fonts."""


@pytest.fixture
def dov(cast: Cast) -> Visitor:
    """Dov's telephone, signed in."""
    serve(cast)
    cast.holder("dov")
    return Visitor(cast, "dov")


@pytest.fixture
def name(cast: Cast) -> str:
    """What Dov signs in with."""
    serve(cast)
    return cast.holder("dov").sign_name


def sign_in(seen: Visitor, name: str, **more: str) -> HttpResponse:
    typed = {"name": name, "passphrase": PASSPHRASE, **more}
    return seen.post(reverse("portal_signin"), typed)


# What a page tells whoever glances at it


def test_no_page_of_hers_names_a_place_in_title_cookies_or_headers(
    cast: Cast, dov: Visitor
) -> None:
    for path, page in of_a_client(cast, dov):
        text = page.content.decode()
        (title,) = re.findall(r"<title>(.*?)</title>", text)
        assert title in ("My page", "Not available"), path
        told = [*page.headers.items(), *((one.key, "") for one in page.cookies.values())]
        said = " ".join(f"{key} {value}" for key, value in told).casefold()
        assert [word for word in TELLS if word in said] == [], path
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert page.headers["Cache-Control"] == "no-store"
        assert 'rel="icon" href="data:,"' in text
    assert set(dov.client.cookies) <= {"__Host-my", "__Host-form", "__Host-pref"}


def test_no_cookie_outlives_the_browser_unless_she_asked(cast: Cast, name: str) -> None:
    plain, asked = Visitor(cast), Visitor(cast)
    plain.get(reverse("portal_signin"))
    sign_in(plain, name)
    sign_in(asked, name, know="yes")
    for seen, lasting in ((plain, set()), (asked, {"__Host-pref"})):
        kept = {one.key for one in seen.client.cookies.values() if one["max-age"] or one["expires"]}
        assert kept == lasting
        for one in seen.client.cookies.values():
            assert one["secure"]
            assert one["httponly"]
            assert one["samesite"] == "Strict"


def test_every_page_of_hers_can_be_left_without_our_script(cast: Cast, dov: Visitor) -> None:
    for path, page in of_a_client(cast, dov):
        if path != reverse("portal_away"):
            assert b'action="/my/leave"' in page.content, path
    dov.client.handler.enforce_csrf_checks = True
    answer = dov.post(reverse("portal_leave"))
    assert answer.headers["Location"] == reverse("portal_away")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(person__guest=True).exists()
    assert dov.get(reverse("portal_home")).status_code == 302


def test_leaving_leads_where_the_practice_chose_if_that_is_an_address(
    cast: Cast, dov: Visitor, settings: Any
) -> None:
    for chosen, leads in (
        ("https://weather.example/", "https://weather.example/"),
        ("http://weather.example/", reverse("portal_away")),
        ("javascript:alert(1)", reverse("portal_away")),
    ):
        settings.STILLROOM_LEAVE_TO = chosen
        assert dov.post(reverse("portal_leave")).headers["Location"] == leads


def test_the_page_to_which_one_leaves_has_nothing_of_ours(dov: Visitor) -> None:
    text = dov.get(reverse("portal_away")).content.decode().casefold()
    assert [
        word for word in (*TELLS, "<script", "stylesheet", "/my/", "d.h.") if word in text
    ] == []


def test_what_is_refused_at_the_door_names_nothing_either(cast: Cast, name: str) -> None:
    seen = Visitor(cast)
    for page in (
        sign_in(seen, name, passphrase="a b c d e f"),
        seen.get("/my/nothing"),
        seen.get(reverse("portal_place", kwargs={"address": "x"})),
    ):
        assert [word for word in TELLS if word in _seen(page)] == []
    cast.house.seal()
    assert [word for word in TELLS if word in _seen(seen.get(reverse("portal_home")))] == []


def _seen(page: HttpResponse) -> str:
    """What stands on a page; not what it is made of."""
    return re.sub(r"<[^>]*>", " ", page.content.decode()).casefold()


def test_a_form_whose_mark_is_gone_is_told_in_her_own_door(cast: Cast, dov: Visitor) -> None:
    dov.client.handler.enforce_csrf_checks = True
    page = dov.post(reverse("portal_always"), {"always": "yes"})
    assert page.status_code == 403
    assert "<title>My page</title>" in page.content.decode()


def test_a_page_of_hers_is_light(cast: Cast, dov: Visitor) -> None:
    """For a slow line: page, stylesheet and script together. The call itself, the heaviest of them:
    `tests/portal/test_visit_by_video`."""
    heavy = {path: weight_of(page) for path, page in of_a_client(cast, dov)}
    assert {path: size for path, size in heavy.items() if size > MOST} == {}


# From where somebody came in


def test_who_comes_in_from_an_unknown_browser_is_told_to_whoever_treats(
    cast: Cast, name: str
) -> None:
    sign_in(Visitor(cast), name)
    sign_in(Visitor(cast), name)
    ((chart, found),) = unfamiliar.waiting(cast.here("ada"))
    assert (chart, found.times) == (cast.dov, 2)
    today = Visitor(cast, "ada").get(reverse("today")).content
    assert reverse("own_door", kwargs={"chart_id": cast.dov}).encode() in today
    for other in ("bea", "sol", "cal"):
        assert unfamiliar.waiting(cast.here(other)) == []
    with pytest.raises(NotHere):
        unfamiliar.looked_at(cast.here("cal"), cast.dov, found.person)
    unfamiliar.looked_at(cast.here("ada"), cast.dov, found.person)
    assert unfamiliar.waiting(cast.here("ada")) == []


def test_a_browser_that_she_asked_us_to_know_surprises_nobody_again(cast: Cast, name: str) -> None:
    phone = Visitor(cast)
    sign_in(phone, name, know="yes")
    sign_in(phone, name)
    assert Unfamiliar.objects.get().times == 1, "the first time nobody knew it"
    carried = phone.client.cookies["__Host-pref"].value
    assert carried not in FamiliarBrowser.objects.get().mark
    person = Person.anyone.get(guest=True).pk
    assert familiar.is_familiar(person, carried, at=cast.at)
    assert not familiar.is_familiar(cast.people["ada"].id, carried, at=cast.at)
    assert not familiar.is_familiar(person, carried, at=cast.at + familiar.LIVES)
    phone.post(reverse("portal_forget"))
    assert not FamiliarBrowser.objects.exists()


def test_the_notice_goes_by_her_ways_says_nothing_and_once_a_day(cast: Cast, name: str) -> None:
    client = queries.chart_head(cast.here("ada"), cast.dov).holders[0].client
    sign_in(Visitor(cast), name)
    assert not Message.objects.exists(), "nobody had asked how she is reached"
    email = Way("email", "d.h@example.org")
    actions_wishes.wish(
        cast.here("ada"), cast.directory, cast.dov, client, Reach(ways=(email,), name="D.")
    )
    tomorrow = cast.later(days=1)
    serve(tomorrow)
    sign_in(Visitor(tomorrow), name)
    sign_in(Visitor(tomorrow), name)
    (line,) = written_to(tomorrow.here("ada"), cast.dov, client)
    assert line.written.to == "d.h@example.org"
    assert line.written.kind == "something is waiting"
    assert [w for w in (*TELLS, "browser", "sign", "http", "new") if w in line.written.body] == []


def test_a_notice_does_not_go_outside_her_wishes_and_the_page_tells_nothing_of_it(
    cast: Cast, name: str
) -> None:
    client = queries.chart_head(cast.here("ada"), cast.dov).holders[0].client
    never = Reach(nothing=True)
    actions_wishes.wish(cast.here("ada"), cast.directory, cast.dov, client, never)
    silent = sign_in(Visitor(cast), name)
    assert not Message.objects.exists()
    assert silent.status_code == 302
    assert silent.headers["Location"] == reverse("portal_home")


# Who is there, once more


def send(seen: Visitor, path: str, **typed: str) -> HttpResponse:
    """As the page that asks sends its form."""
    return seen.post(path, urlencode(typed), content_type="application/x-www-form-urlencoded")


def test_a_fresh_proof_is_asked_within_the_page_and_what_was_sent_is_not_lost(
    cast: Cast, dov: Visitor
) -> None:
    dov.post(reverse("portal_always"), {"always": "yes"})
    later = cast.later(minutes=6)
    serve(later)
    off = reverse("portal_always")
    asked = dov.post(off, {"always": "no", "words": "typed <before>"})
    assert asked.status_code == 403
    assert b'name="words" value="typed &lt;before&gt;"' in asked.content
    wrong = send(dov, off, always="no", prove_passphrase="a b c d e f")
    assert wrong.status_code == 403
    assert Person.anyone.get(guest=True).asks_words
    done = send(dov, off, always="no", prove_passphrase=PASSPHRASE)
    assert done.status_code == 302
    assert not Person.anyone.get(guest=True).asks_words


def test_a_proof_leads_to_no_page_of_anybody_else(cast: Cast, dov: Visitor) -> None:
    for wanted in ("https://example.org/", "//example.org", "/today", "/my\\@example.org", ""):
        answer = send(dov, reverse("portal_prove"), prove_passphrase=PASSPHRASE, next=wanted)
        assert answer.headers["Location"] == reverse("portal_home"), wanted
    ways = reverse("portal_ways")
    answer = send(dov, reverse("portal_prove"), prove_passphrase=PASSPHRASE, next=ways)
    assert answer.headers["Location"] == ways


# Shut at once


def test_freezing_ends_every_session_and_forgets_nothing_that_thawing_needs(
    cast: Cast, name: str
) -> None:
    phones = [Visitor(cast, "dov") for _ in range(3)]
    actions_guests.freeze(cast.here("cal"), cast.dov, cast.people["dov"].id)
    assert [one.get(reverse("portal_home")).status_code for one in phones] == [302] * 3
    assert [
        one.post(reverse("portal_here"), headers={"accept": "application/json"}).status_code
        for one in phones
    ] == [401] * 3
    assert sign_in(Visitor(cast), name).status_code == 403
    actions_guests.freeze(cast.here("ada"), cast.dov, cast.people["dov"].id, frozen=False)
    assert sign_in(Visitor(cast), name).status_code == 302


def test_a_session_is_over_after_two_hours_whatever_is_touched(cast: Cast, dov: Visitor) -> None:
    at = cast.at
    for _ in range(14):
        at += timedelta(minutes=9)
        serve(cast, clock=lambda at=at: at)  # type: ignore[misc]
        answer = dov.post(reverse("portal_here"), headers={"accept": "application/json"})
    assert answer.status_code == 401
