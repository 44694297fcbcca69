"""The clinician's side: messages that wait, an answer, a note of them; letting a parent in, and out."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from stillroom.chart import queries as charts
from stillroom.correspondence import actions, queries
from stillroom.identity.models import Person
from stillroom.practice import actions_proxies, queries_guests
from stillroom.practice.models import Standing
from tests.cast import Cast
from tests.family import lived
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db
ALONE = "Please do not tell my father that I asked."
MOTHER = {
    "name": "Noa Adeleke",
    "relation": "stepmother",
    "ground": "parent",
    "custody": "this",
    "paper": "Custody order of March 2, 2025",
    "seen_on": "2026-11-18",
    "fact_minor_consented_to_care": "no",
    "fact_parent_agreed_to_confidentiality": "no",
    "fact_client_emancipated": "no",
    "fact_representative_endangers": "no",
    "looked": "yes",
}


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Cast, str]]:
    """One family for all that is tried."""
    with lived(django_db_blocker, tmp_path_factory.mktemp("desk")) as family:
        family[0].licensed("ada")
        yield family


@pytest.fixture
def family(standing: tuple[Cast, str]) -> Iterator[tuple[Cast, str]]:
    serve(standing[0])
    with transaction.atomic():
        yield standing
        transaction.set_rollback(True)


def at(name: str, **given: Any) -> str:
    return reverse(name, kwargs=given)


def test_a_message_stands_on_today_is_answered_and_taken_into_a_note(
    family: tuple[Cast, str],
) -> None:
    cast, chart = family
    thread = actions.write(cast.here("sam"), chart, ALONE)
    ada = Visitor(cast, "ada")
    assert b"A message from the client waits" in ada.get(at("today")).content
    assert b"1 waits for an answer" in ada.get(at("chart", chart_id=chart)).content
    page = ada.get(at("thread", thread_id=thread)).content.decode()
    assert ALONE in page
    refused = ada.post(at("thread", thread_id=thread), {"words": " ", "seen": "1", "do": "answer"})
    assert refused.status_code == 409
    sent = {"words": "I will not.", "seen": "1", "do": "answer"}
    assert ada.post(at("thread", thread_id=thread), sent).status_code == 302
    assert b"A message from the client waits" not in ada.get(at("today")).content
    assert [one.words for one in queries.own_thread(cast.here("sam"), chart).messages] == [
        ALONE, "I will not.",
    ]  # fmt: skip


def test_a_note_of_a_young_clients_messages_asks_first_when_a_parent_would_read_it(
    family: tuple[Cast, str],
) -> None:
    cast, chart = family
    thread = actions.write(cast.here("sam"), chart, ALONE)
    ada, take = Visitor(cast, "ada"), at("thread_note", thread_id=thread)
    assert ada.post(take, {"first": "1"}).status_code == 409
    begun = ada.post(take, {"first": "1", "meant": "yes"})
    assert begun.status_code == 302
    record = begun.headers["Location"].rpartition("/")[2]
    drafted = ada.get(at("record", record_id=record)).content.decode()
    assert ALONE in drafted
    assert "Sam Okonjo" in drafted
    Standing.objects.filter(person=cast.people["eva"].id).update(reach=["messages"])
    assert ada.post(take, {"first": "1"}).status_code == 302
    assert charts.unsigned(cast.here("ada"))


def test_the_team_writes_first_and_says_how_it_answers(family: tuple[Cast, str]) -> None:
    cast, chart = family
    ada, olga = Visitor(cast, "ada"), Visitor(cast, "olga")
    address = at("threads", chart_id=chart)
    refused = ada.post(address, {"person": "", "words": "The form is ready."})
    assert refused.status_code == 409
    assert b"The form is ready." in refused.content
    sent = ada.post(address, {"person": cast.people["eva"].id, "words": "The form is ready."})
    assert sent.status_code == 302
    assert ada.get(address).status_code == 200
    manner = at("thread_manner")
    assert olga.post(manner, {"words": "", "spanish": ""}).status_code == 409
    assert olga.post(manner, {"words": "Within two days.", "spanish": ""}).status_code == 302
    assert b"Within two days." in ada.get(manner).content
    assert ada.post(manner, {"words": "Never."}).status_code == 404


def test_a_parent_is_let_in_by_what_the_law_says_and_by_words(family: tuple[Cast, str]) -> None:
    cast, chart = family
    ada, new = Visitor(cast, "ada"), at("proxy_new", chart_id=chart)
    assert ada.get(new).status_code == 200
    looked = ada.post(new, {**MOTHER, "do": "look"}).content.decode()
    assert "45 CFR 164.502(g)(3)" in looked
    first = ada.post(new, {**MOTHER, "looked": "", "do": "look"}).content.decode()
    ticked = set(re.findall(r'name="(?:reach|kinds)" value="(\w+)"[^>]*checked', first))
    assert {"progress_notes", "messages"} <= ticked
    assert not ticked & {"sud_records", "joint_session_notes", "account"}
    chosen = {**MOTHER, "do": "decide", "reach": ["forms"], "ends": "2028-01-01"}
    refused = ada.post(new, {**chosen, "words": ""})
    assert refused.status_code == 409
    assert b"Custody order of March 2, 2025" in refused.content
    done = ada.post(new, {**chosen, "words": "She signs for him; he wants his notes to himself."})
    assert done.status_code == 200
    shown = done.content.decode()
    assert "/my/place/" in shown
    assert "stepmother" in shown
    row = Standing.objects.order_by("-begins_at", "-entry").first()
    assert row is not None
    assert row.reach == ["forms"]
    assert "2028" in str(row.ends_at)
    again = ada.get(at("proxies", chart_id=chart)).content.decode()
    assert "/my/place/" not in again


def test_what_stands_against_it_is_told_and_loses_nothing(family: tuple[Cast, str]) -> None:
    cast, chart = family
    ada, new = Visitor(cast, "ada"), at("proxy_new", chart_id=chart)
    chosen = {**MOTHER, "do": "decide", "reach": ["forms"], "words": "Because."}
    for change, says in (
        ({"custody": "excluded"}, "an order shuts this parent out"),
        ({"fact_representative_endangers": "yes"}, "164.502(g)(5)"),
        ({"seen_on": "2026-02-30"}, "dates is none"),
        ({"ground": ""}, "as what this person stands"),
        ({"ends": "2026-11-20"}, "over before it begins"),
    ):
        told = ada.post(new, {**chosen, **change})
        assert told.status_code == 409, change
        assert says.lower() in told.content.decode().lower(), change
        assert "Noa Adeleke" in told.content.decode()
        assert "Because." in told.content.decode()
        assert 'value="forms"' in told.content.decode()
    assert Standing.objects.filter(chart=chart).count() == 3


def test_a_decision_is_made_anew_a_door_is_shut_and_opened_and_ended(
    family: tuple[Cast, str],
) -> None:
    cast, chart = family
    ada, eva = Visitor(cast, "ada"), cast.people["eva"].id
    one = at("proxy", chart_id=chart, person_id=eva)
    assert ada.get(one).status_code == 200
    changed = {**MOTHER, "do": "decide", "reach": ["appointments"], "words": "Sam asked for less."}
    assert ada.post(one, changed).status_code == 302
    basis = actions_proxies.read(chart, actions_proxies.door_of(cast.here("ada"), chart, eva).words)
    assert basis is not None
    assert basis.given == ("appointments",)
    shut = at("proxy_shut", chart_id=chart, person_id=eva)
    assert Visitor(cast, "cal").post(shut, {"do": "freeze"}).status_code == 302
    assert Person.anyone.get(pk=eva).frozen
    assert Visitor(cast, "cal").post(shut, {"do": "thaw"}).status_code == 404
    assert ada.post(shut, {"do": "thaw"}).status_code == 302
    assert not Person.anyone.get(pk=eva).frozen
    assert Visitor(cast, "cal").post(shut, {"do": "end"}).status_code == 404
    assert ada.post(shut, {"do": "end"}).status_code == 302
    assert eva not in {door.person for door in queries_guests.doors_of(cast.here("ada"), chart)}
    assert b"Somebody who stands" not in ada.get(at("thread_manner")).content


def test_who_does_not_treat_decides_nothing_and_who_cares_not_finds_nothing(
    family: tuple[Cast, str],
) -> None:
    cast, chart = family
    eva = cast.people["eva"].id
    for name in ("bea", "max", "olga", "nan"):
        seen = Visitor(cast, name)
        for address in (
            at("proxies", chart_id=chart),
            at("proxy_new", chart_id=chart),
            at("proxy", chart_id=chart, person_id=eva),
            at("threads", chart_id=chart),
        ):
            assert seen.get(address).status_code == 404, (name, address)
    sol = Visitor(cast, "sol")
    assert sol.get(at("proxies", chart_id=chart)).status_code == 200
    assert sol.get(at("proxy_new", chart_id=chart)).status_code == 404
    assert sol.post(at("threads", chart_id=chart), {"words": "x"}).status_code == 404
