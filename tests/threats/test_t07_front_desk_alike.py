"""T07, P8: at every address the front desk is answered about a client as about a stranger, byte for byte.

Dov is kept from Cal. The addresses are walked: one that takes an identifier of a client, or of anything
in a chart, is asked with Dov's and with one that never was; one that takes none is asked with Dov's
name in every field that takes a name, and with a name that nobody bears. An address that is not asked
says why.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from stillroom.desk.urls import urlpatterns as of_the_desk
from stillroom.kernel import new_id
from tests.harness import matrix
from tests.harness.matrix import Lived, Row
from tests.threats.test_t03_access_matrix import living

pytestmark = [pytest.mark.django_db, pytest.mark.long]

NOT_A_CLIENTS = {
    "address": "what a recipient outside was sent; the front desk has nothing to do with it",
    "arrival_id": "a letter that he may have written down himself (test_t07_front_desk)",
    "change_id": "a change of somebody's roles",
    "edition": "an edition of the law",
    "edition_id": "a form of the practice",
    "incident_id": "an incident, without a name in it",
    "index": "a number of the log",
    "note_id": "a note about a colleague's work",
    "number": "a version of the policy",
    "person_id": "somebody of the staff",
    "place": "a state",
    "proposal_id": "a change of the policy",
    "provision_id": "a provision of the law",
}
"""Identifiers that are no client's, where an address takes no other."""

NOT_ASKED = {
    "signout": "ends the session",
    "sessions_end": "ends the session",
    "lock": "locks the session",
    "passphrase_change": "changes his own way in",
    "recovery_words": "changes his own way in",
    "admit": "makes a client; whom it makes is whom he typed",
    "letter_neither": "prints what was typed, and asks of no chart (test_t07_every_exit)",
    "log_checkpoint": "the state of the log, signed anew each time; no name is asked",
    "styleguide": "a page of examples, made up; it asks nothing",
    "passkey_ask": "a challenge that is new each time",
    "passkey_offer": "a challenge that is new each time",
}

NAMES = ("q", "name", "about", "asker", "given", "family", "people", "words", "to", "phone", "who")
"""Every field that takes a name or something else by which somebody is found."""

TYPED = (("Dov Halpern", "Zev Quillern"), ("Halpern", "Quillern"), ("410-555-0142", "410-555-0199"))


def _parts() -> dict[str, frozenset[str]]:
    return {
        str(one.name): frozenset(re.findall(r"<\w+:(\w+)>", str(one.pattern)))
        for one in of_the_desk
    }


WITH = sorted(name for name, parts in _parts().items() if parts - set(NOT_A_CLIENTS))
WITHOUT = sorted(name for name, parts in _parts().items() if not parts and name not in NOT_ASKED)


@pytest.fixture(scope="module")
def lived(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Lived]:
    """All that can be in a chart is in Dov's."""
    with living(django_db_blocker, tmp_path_factory.mktemp("alike")) as story:
        yield story


@pytest.fixture
def cal(lived: Lived) -> Iterator[Any]:
    with matrix.undone():
        yield matrix.visitor(lived, "cal-kept")


_LOG_SIZE = re.compile(rb"Log of [\d,]+ entries")


def told(lived: Lived, cal: Any, ask: Any, *asked: str) -> tuple[Any, ...]:
    """All that a question lets him see but what he asked with, and what it wrote into the log."""
    size = lived.cast.house.log.size
    with matrix.once_more(lived, cal, later=0):
        status, headers, body = matrix.bare(ask(cal))
        entries = matrix.entries_since(lived, size)
    body = _LOG_SIZE.sub(b"", body)
    words = {part for one in asked for part in (one, *one.split())}
    for one in sorted(words, key=len, reverse=True):
        body = body.replace(one.encode(), b"ASKED")
    shown = tuple((name, value) for name, value in headers if name != "Content-Length")
    return status, shown, body, entries


def rows_of(name: str) -> list[Row]:
    """The rows of an address, about Dov; and one that sends nothing."""
    found = [row for row in matrix.rows() if row.address == name]
    parts = next(row.parts for row in found)
    found += [Row(name, method, name, parts, {}) for method in matrix.METHODS]
    return [
        Row(row.name, row.method, name, _about_dov(row), {}, row.query, row.send, row.script)
        for row in found
    ]


def _about_dov(row: Row) -> dict[str, str]:
    return {key: "chart" if key == "chart_id" else value for key, value in row.parts.items()}


def _of(lived: Lived, cal: Any, row: Row, parts: Mapping[str, str]) -> tuple[Any, ...]:
    asked = [lived.ids.get(one, one) for one in map(str, parts.values())]
    whole = [one for one in asked if len(one) == len(new_id())]
    return told(lived, cal, lambda seen: matrix.ask(lived, row, seen, parts=parts), *whole)


@pytest.mark.parametrize("name", WITH)
def test_by_its_number_all_that_is_a_clients_is_as_what_never_was(
    lived: Lived, cal: Any, name: str
) -> None:
    for row in rows_of(name):
        nowhere = matrix.elsewhere(row)
        known = _of(lived, cal, row, row.parts)
        never = _of(lived, cal, row, nowhere)
        assert known == never, row.title


@pytest.mark.parametrize("name", WITHOUT)
def test_by_whatever_is_typed_a_client_is_as_a_stranger(lived: Lived, cal: Any, name: str) -> None:
    for mine, nobodys in TYPED:
        answers = []
        for word in (mine, nobodys):
            fields = dict.fromkeys(NAMES, word)
            asked = [
                lambda seen, fields=fields: seen.get(reverse(name), data=fields),
                lambda seen, fields=fields: seen.post(reverse(name), fields),
                lambda seen, fields=fields: seen.post(
                    reverse(name), json.dumps(fields), content_type="application/json"
                ),
            ]
            answers.append([told(lived, cal, ask, word) for ask in asked])
        assert answers[0] == answers[1], mine


def test_every_address_is_asked_or_says_why_not() -> None:
    for name, parts in _parts().items():
        assert (name in WITH) + (name in WITHOUT) + (name in NOT_ASKED) + bool(
            parts and parts <= set(NOT_A_CLIENTS)
        ) == 1, name
    assert set(NOT_ASKED) <= set(_parts())
    assert set(NOT_A_CLIENTS) <= set().union(*_parts().values())


def test_the_comparison_tells_them_apart_while_he_may_know_of_dov(lived: Lived) -> None:
    with matrix.undone():
        seen = matrix.visitor(lived, "cal")
        (row,) = [one for one in matrix.rows() if one.title == "GET care"]
        known = told(lived, seen, lambda one: matrix.ask(lived, row, one))
        never = told(
            lived, seen, lambda one: matrix.ask(lived, row, one, parts=matrix.elsewhere(row))
        )
        assert known != never
        found = [
            told(
                lived, seen, lambda one, word=word: one.post(reverse("clients"), {"q": word}), word
            )
            for word in ("Halpern", "Quillern")
        ]
        assert found[0] != found[1]
