"""A young client's pages and her parents': whose page it is, and what a proxy's never tell (P8, NEEDS 11)."""

import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from stillroom.correspondence import actions
from stillroom.practice import actions_proxies, queries
from stillroom.practice import rules_proxies as rules
from stillroom.practice.actions_proxies import Decided
from stillroom.practice.models import Standing
from stillroom.practice.rules_proxies import About, Asked, Ground
from tests.cast import Cast
from tests.family import SAM, lived
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
PAGES = ("portal_home", "portal_messages", "portal_standing")
HOUSEHOLD = (b"Okonjo", b"Harbor Steps", b"410-555", b"sam.okonjo", b"2011", b"Ivo")
MARK = re.compile(rb'(content|value)="[A-Za-z0-9]{64}"')


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Cast, str]]:
    """One family for all that is tried."""
    with lived(django_db_blocker, tmp_path_factory.mktemp("pages")) as family:
        yield family


@pytest.fixture
def family(standing: tuple[Cast, str]) -> Iterator[tuple[Cast, str]]:
    serve(standing[0])
    with transaction.atomic():
        yield standing
        transaction.set_rollback(True)


def page(seen: Visitor, name: str, chart: str) -> HttpResponse:
    given = {} if name == "portal_home" else {"chart_id": chart}
    return seen.get(reverse(name, kwargs=given))


def text(answer: HttpResponse) -> str:
    return MARK.sub(b"", answer.content).decode()


def decide(cast: Cast, chart: str, name: str, given: frozenset[str]) -> None:
    """What Ada gives somebody anew."""
    client = queries.chart_head(cast.here("ada"), chart).holders[0].client
    asked = Asked(name.title(), "mother", Ground.PARENT)
    about = About(SAM.born, "us-md", "psychologist", cast.here("ada").today)
    one = Decided(client, asked, about, given, "As agreed with both of them.")
    actions_proxies.change(cast.here("ada"), corpus(), chart, cast.people[name].id, one)


def test_a_proxy_always_reads_whose_page_it_is_and_nothing_else_of_the_front_sheet(
    family: tuple[Cast, str],
) -> None:
    cast, chart = family
    eva = Visitor(cast, "eva")
    for name in PAGES:
        shown = page(eva, name, chart)
        assert shown.status_code == 200
        assert "For Sam, 15" in text(shown), name
        assert not [one for one in HOUSEHOLD if one in shown.content], name
    assert "For Sam" not in text(page(Visitor(cast, "sam"), "portal_messages", chart))


def test_a_proxys_pages_are_the_same_whether_something_is_kept_from_her_or_not(
    family: tuple[Cast, str],
) -> None:
    """Whatever Sam writes, whatever Ivo is given, and whatever else was written in the chart."""
    cast, chart = family
    eva = Visitor(cast, "eva")
    before = [text(page(eva, name, chart)) for name in PAGES]
    actions.write(cast.here("sam"), chart, "Please do not tell my mother.")
    decide(cast, chart, "ivo", frozenset({"messages", "forms"}))
    actions.write(cast.here("ivo"), chart, "I would like to know more.")
    assert [text(page(eva, name, chart)) for name in PAGES] == before


def test_what_a_proxy_reads_of_herself_names_what_was_given_and_nothing_that_was_not(
    family: tuple[Cast, str],
) -> None:
    """Exhaustive over every one, and every two, of the things that can be given."""
    cast, chart = family
    eva = Visitor(cast, "eva")
    every = (*rules.WAYS, *rules.KINDS)
    said = {}
    row = Standing.objects.filter(person=cast.people["eva"].id)
    for one in every:
        row.update(reach=[one])
        said[one] = set(re.findall(r"<li>(.*?)</li>", text(page(eva, "portal_standing", chart))))
        assert len(said[one]) == 1, one
    assert len(set().union(*said.values())) == len(every)
    for one, other in combinations(every, 2):
        row.update(reach=[one, other])
        shown = set(re.findall(r"<li>(.*?)</li>", text(page(eva, "portal_standing", chart))))
        assert shown == said[one] | said[other]


def test_the_young_client_sees_what_each_of_them_was_given_and_what_not(
    family: tuple[Cast, str],
) -> None:
    cast, chart = family
    decide(cast, chart, "eva", frozenset({"appointments", "forms"}))
    own = text(page(Visitor(cast, "sam"), "portal_standing", chart))
    assert "As agreed with both of them." not in own
    seen, kept = own.split("Mother</h2>")[1].split("Can see or do")[1].split("Cannot see")[:2]
    assert "forms and questionnaires" in seen
    assert "messages of their own" in kept


def test_who_was_not_given_messages_is_told_what_a_stranger_is_told(
    family: tuple[Cast, str],
) -> None:
    cast, chart = family
    ivo, strangers = Visitor(cast, "ivo"), cast.fay
    for name in ("portal_messages",):
        address = reverse(name, kwargs={"chart_id": chart})
        none = reverse(name, kwargs={"chart_id": strangers})
        assert ivo.get(address).status_code == ivo.get(none).status_code == 404
        assert ivo.post(address, {"words": "Hello?"}).status_code == 404
    assert 'href="' + reverse("portal_messages", kwargs={"chart_id": chart}) not in text(
        page(ivo, "portal_home", chart)
    )


def test_a_message_that_is_refused_is_kept_as_it_was_typed_and_one_that_is_sent_is_shown(
    family: tuple[Cast, str],
) -> None:
    cast, chart = family
    seen, address = Visitor(cast, "sam"), reverse("portal_messages", kwargs={"chart_id": chart})
    long = "word " * 1300
    refused = seen.post(address, {"words": long})
    assert refused.status_code == 409
    assert long.strip() in text(refused)
    assert seen.post(address, {"words": "At four, please.\nThank you."}).status_code == 302
    shown = seen.get(address).content.decode()
    assert "At four, please.\nThank you." in shown
    assert shown.index("988") < shown.index("At four")
    assert len(shown) < 60_000


def test_spanish_is_spoken_and_the_practices_own_words_stand_first(
    family: tuple[Cast, str],
) -> None:
    cast, chart = family
    actions.say_manner(cast.here("olga"), "Within two working days.", "En dos días hábiles.")
    address = reverse("portal_messages", kwargs={"chart_id": chart})
    assert "Within two working days." in Visitor(cast, "eva").get(address).content.decode()
    shown = Visitor(cast, "eva").get(f"{address}?language=es").content.decode()
    assert "En dos días hábiles." in shown
    assert "Para Sam, 15" in shown


def test_she_who_stands_to_two_charts_is_told_on_each_which_it_is(
    family: tuple[Cast, str],
) -> None:
    cast, chart = family
    client = queries.chart_head(cast.here("ada"), cast.dov).holders[0].client
    Standing.objects.create(
        chart_id=cast.dov, client_id=client, person=cast.people["eva"].id, capacity="proxy",
        reach=["messages"], begins_at=cast.at, invited_by="", entry=0,
    )  # fmt: skip
    seen = Visitor(cast, "eva")
    home = text(page(seen, "portal_home", chart))
    assert "For Sam, 15" in home
    assert "For Dov, 41" in home
    assert "For Dov, 41" in text(page(seen, "portal_standing", cast.dov))
    assert "Go to another" in text(page(seen, "portal_standing", chart))
