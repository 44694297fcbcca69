"""The access matrix (THREATS.md, 6.2): every address, every person, every time; read, asked, judged.

`tests/threats/matrix.yaml` says for each address and method what each person is answered. A person
is one of the cast, at a time: `ada-after` is Ada when her care has ended. Persons are put in their
place inside a savepoint that is rolled back, so each question meets the same practice.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.http import HttpResponse
from django.test.client import ClientHandler
from django.urls import reverse

from stillroom.access import Act, Capacity
from stillroom.desk.urls import urlpatterns as of_the_desk
from stillroom.kernel import new_id
from stillroom.phi import apart
from stillroom.phi.apart import How
from stillroom.phi.models import Wrap
from stillroom.portal.urls import urlpatterns as of_the_portal
from stillroom.practice import actions as practice
from stillroom.practice import actions_apart, actions_glass, actions_guests
from stillroom.practice.lapses import Lapses, Owed
from stillroom.practice.models import CareRelationship
from tests.cast import Cast
from tests.web import Visitor, serve

MATRIX = Path(__file__).parents[1] / "threats" / "matrix.yaml"
METHODS = ("GET", "POST")


# The table


@dataclass(frozen=True)
class Row:
    """One address (in one variant) and method: what is sent, and what each person is answered."""

    name: str
    method: str
    address: str
    parts: Mapping[str, str]
    expected: Mapping[str, str]
    query: str = ""
    send: Mapping[str, Any] = field(default_factory=dict)
    script: Any = None
    later: int = 0
    writes: bool = False
    """Whether whoever is answered changes rows by it."""

    @property
    def title(self) -> str:
        """As a test is named."""
        return f"{self.method} {self.name}"


@cache
def table() -> dict[str, Any]:
    """matrix.yaml as it stands."""
    read: dict[str, Any] = yaml.safe_load(MATRIX.read_text("utf-8"))
    return read


def people() -> list[str]:
    """Every person at every time, as the file names them."""
    return list(table()["people"])


def asked(row: Row) -> list[str]:
    """Whom a row is put to: at the door of the others everybody is nobody, and one stands for all."""
    guests = table()["guests"]
    if row.name.startswith("portal_"):
        return [who for who in people() if who in (*guests, "ada", "nobody", "locked")]
    return [who for who in people() if who not in guests or who == guests[0]]


def rows() -> list[Row]:
    """Every row of the table that says what somebody is answered."""
    return [
        _row(name, method, case)
        for name, entry in table()["addresses"].items()
        for method in METHODS
        if isinstance(case := entry.get(method), dict)
    ]


def without_method() -> list[tuple[str, str]]:
    """(name, method) of which the table says that there is no such method."""
    return [
        (name, method)
        for name, entry in table()["addresses"].items()
        for method in METHODS
        if entry.get(method) == "no such method"
    ]


def address_names() -> set[str]:
    """Every name in urls.py."""
    return {pattern.name for pattern in (*of_the_desk, *of_the_portal)}


def names_in_table() -> dict[str, set[str]]:
    """Every address of the table, and the methods of which it says something."""
    said: dict[str, set[str]] = {}
    for name, entry in table()["addresses"].items():
        said.setdefault(name.partition(",")[0], set()).update(set(entry) & set(METHODS))
    return said


def _row(name: str, method: str, case: Mapping[str, Any]) -> Row:
    entry = table()["addresses"][name]
    told = ("send", "script", "query", "later", "writes")
    outcomes = {said: who for said, who in case.items() if said not in told}
    return Row(
        name=name,
        method=method,
        address=name.partition(",")[0],
        parts=entry.get("at", {}),
        expected=_expected(outcomes, name.startswith("portal_")),
        query=case.get("query", ""),
        send=case.get("send", {}),
        script=case.get("script"),
        later=case.get("later", 0),
        writes=case.get("writes", False),
    )


def _expected(outcomes: Mapping[str, str], portal: bool) -> dict[str, str]:
    """Who is answered what; nobody is left out, nobody named twice."""
    expected: dict[str, str] = {}
    rest = ""
    guests = table()["guests"]
    for outcome, named in outcomes.items():
        for who in named.split():
            if who == "rest":
                rest = outcome
            else:
                assert who in people(), f"{who} is nobody"
                assert who not in expected, f"{who} is named twice"
                expected[who] = outcome
    expected.setdefault("nobody", "door")
    expected.setdefault("locked", expected["nobody"] if portal else "unlock")
    # Each door knows its own people alone: whoever comes by the other is nobody there.
    strangers = [who for who in people() if (who in guests) is not portal]
    for who in strangers:
        expected.setdefault(who, expected["nobody"])
    for who in people():
        if who not in expected:
            assert rest, f"nothing is said of {who}"
            expected[who] = rest
    return expected


# Asking


@dataclass
class Lived:
    """A practice in which something happened: the cast, and the ids by name."""

    cast: Cast
    ids: Mapping[str, str]


@contextmanager
def undone() -> Iterator[None]:
    """A savepoint: whatever is done inside is undone afterwards (but not in the log)."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def visitor(lived: Lived, who: str) -> Visitor:
    """That person at that time, with the practice as it then is."""
    cast, name = lived.cast, who.partition("-")[0]
    _PLACES.get(who, _as_it_is)(lived)
    if name == "nobody":
        found = Visitor(cast)
    elif name == "locked":
        found = Visitor(cast, "ada")
        found.post(reverse("lock"))
    else:
        found = Visitor(cast, name)
    found.client.handler = _handler()
    served(lived)
    return found


def served(lived: Lived, *, later: int = 1) -> None:
    """The practice answers, so many minutes after noon."""
    soon = lived.cast.later(minutes=max(later, 1))
    # As if somebody had asked a moment before: a key that was put back lies there still.
    serve(soon, lapses=Lapses(soon.at), owed=Owed(soon.at))


@contextmanager
def once_more(lived: Lived, seen: Visitor, *, later: int) -> Iterator[None]:
    """One question of somebody who is in her place. Her browser and the practice are afterwards as
    they were before."""
    kept = {name: morsel.value for name, morsel in seen.client.cookies.items()}
    with undone():
        served(lived, later=later)
        yield
    seen.client.cookies = SimpleCookie(kept)


@cache
def _handler() -> ClientHandler:
    """One chain of middleware for all visitors: making it reads every file of the pages."""
    return ClientHandler(enforce_csrf_checks=False)


def ask(lived: Lived, row: Row, seen: Visitor, *, parts: Mapping[str, str] | None = None) -> Any:
    """The row's question, put by that visitor."""
    ids = dict(lived.ids)
    found = row.parts if parts is None else parts
    given = {key: ids.get(str(value), value) for key, value in found.items()}
    path = reverse(row.address, kwargs=given) + row.query
    if row.method == "GET":
        return seen.get(path)
    if row.script is not None:
        body = json.dumps(row.script)
        return seen.post(path, body, content_type="application/json")
    sent = {key: _filled(value, ids) for key, value in row.send.items()}
    return seen.post(path, sent)


def _filled(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_filled(one, ids) for one in value]
    return ids.get(value[1:], value) if isinstance(value, str) and value[:1] == "$" else value


def elsewhere(row: Row) -> dict[str, str]:
    """The same address with identifiers that belong to nothing."""
    kept = ("kind", "index", "number", "edition", "instrument", "what", "first")
    return {key: value if key in kept else new_id() for key, value in row.parts.items()}


_STATUS = {
    200: "page",
    204: "done",
    401: "script at the door",
    403: "refused",
    404: "not here",
    405: "no such method",
    409: "refused",
    423: "script at the lock",
    503: "sealed",
}


def outcome(answer: HttpResponse) -> str:
    """What somebody was answered, in the table's words."""
    if answer.status_code == 302:
        goes_to = answer.headers["Location"].partition("?")[0]
        known = {"/signin": "door", "/my/in": "door", "/unlock": "unlock", "/sealed": "sealed"}
        return known.get(goes_to, "done")
    asks = (b"once more, who are you", b'name="prove_passphrase"')
    if answer.status_code == 403 and any(one in answer.content.lower() for one in asks):
        return "step up"
    return _STATUS.get(answer.status_code, str(answer.status_code))


_MARK = re.compile(rb'(content|value)="[A-Za-z0-9]{64}"')


def bare(answer: HttpResponse) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    """An answer without the form's mark, which is new each time: all that a person can see."""
    told = sorted((name, value) for name, value in answer.headers.items())
    return answer.status_code, tuple(told), _MARK.sub(b"", answer.content)


# Looking at what it did


def entries_since(lived: Lived, size: int) -> list[str]:
    """The acts of the entries that were written since."""
    return [logged.entry.act for logged in lived.cast.house.log.entries(size)]


REFUSAL = Act.GATE_REFUSE.value


# Persons in their places


def _as_it_is(lived: Lived) -> None:
    """Nothing to do: the cast as it stands."""


def _ada_before(lived: Lived) -> None:
    """Her care begins tomorrow, though the ring lies ready for her."""
    begins = lived.cast.at + timedelta(days=1)
    _cares(lived, "ada").update(begins_at=begins)


def _after(name: str) -> Callable[[Lived], None]:
    def place(lived: Lived) -> None:
        ada, cast = lived.cast.here("ada"), lived.cast
        if name == "ada":  # the last who treats does not leave: she hands over first
            practice.begin_care(ada, cast.dov, cast.people["sol"].id, Capacity.TREATING)
        practice.end_care(ada, cast.dov, cast.people[name].id)

    return place


def _ada_ring_kept(lived: Lived) -> None:
    """Her care has ended, and somebody put her wrap back into the database."""
    own = lived.cast.people["ada"].id
    rings = {"ring__ward": lived.cast.dov, "ring__kind": "chart", "recipient": own}
    kept = Wrap.objects.get(**rings)
    _after("ada")(lived)
    Wrap.objects.create(ring=kept.ring, recipient=kept.recipient, sealed=kept.sealed)


def _bea_covering(lived: Lived) -> None:
    bea, until = lived.cast.people["bea"].id, lived.cast.at + timedelta(days=7)
    practice.begin_care(lived.cast.here("ada"), lived.cast.dov, bea, Capacity.COVERING, until)


def _bea_after(lived: Lived) -> None:
    _bea_covering(lived)
    _after("bea")(lived)


def _bea_broken(lived: Lived) -> None:
    why = "His brother rang: he is on the bridge."
    actions_glass.break_glass(lived.cast.here("bea"), lived.cast.dov, why)


def _cal_kept(lived: Lived) -> None:
    cast = lived.cast
    actions_apart.keep_apart(cast.here("ada"), cast.dov, cast.people["cal"].id, How.KEPT_AWAY)
    apart.every(cast.house)  # somebody has asked for something since, as in any running practice


def _dov_frozen(lived: Lived) -> None:
    cast = lived.cast
    actions_guests.freeze(cast.here("ada"), cast.dov, cast.people["dov"].id)


def _cares(lived: Lived, name: str) -> Any:
    own = lived.cast.people[name].id
    return CareRelationship.objects.filter(chart_id=lived.cast.dov, person=own)


_PLACES: Mapping[str, Callable[[Lived], None]] = {
    "ada-before": _ada_before,
    "ada-after": _after("ada"),
    "ada-ring-kept": _ada_ring_kept,
    "sol-after": _after("sol"),
    "bea-covering": _bea_covering,
    "bea-after": _bea_after,
    "bea-broken": _bea_broken,
    "cal-kept": _cal_kept,
    "dov-frozen": _dov_frozen,
}
