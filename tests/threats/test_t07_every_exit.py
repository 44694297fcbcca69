"""T07, P9: every door that gives something for outside is known, and none gives without its ground.

The list (exits.yaml) is held against the URL configuration, door by door. To each door one question
is put on its ground, which gives what the list says, and one or more without, which give nothing.
"""

import ast
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.cast import make_cast
from tests.harness import (
    exits,
    exits_of_letters,
    exits_of_others,
    exits_of_packets,
    exits_of_use,
    matrix,
)
from tests.harness.exits_lived import Lived, gone, live

pytestmark = pytest.mark.django_db
CASES = {
    **exits_of_packets.CASES,
    **exits_of_letters.CASES,
    **exits_of_others.CASES,
    **exits_of_use.CASES,
}


def test_every_door_outward_is_on_the_list_with_what_it_gives() -> None:
    listed = {name: kinds for name, (_, kinds) in exits.listed().items()}
    assert listed == exits.found()
    assert all(held["says"] for held in exits.table()["grounds"].values())


def test_every_door_is_asked_on_its_ground_and_without() -> None:
    assert set(CASES) == set(exits.listed())
    assert all(case.without for case in CASES.values())


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("file", "def view(request):\n    return HttpResponse(words, content_type='text/plain')"),
        ("file", "def view(request):\n    return HttpResponse(words, 'text/plain')"),
        ("file", "def view(request):\n    return StreamingHttpResponse(words)"),
        ("file", "def view(request):\n    answer.headers['Content-Disposition'] = 'inline'"),
        ("link", "def view(request):\n    return request.build_absolute_uri('/r/x')"),
        ("link", "def view(request):\n    return reverse('received', kwargs=given)"),
        ("message", "def view(request):\n    send(request.shell.carrier)"),
        ("prints", "def view(request):\n    return render(request, 'printed.html', {})"),
    ],
)
def test_the_finder_sees_each_way_of_giving(kind: str, source: str) -> None:
    assert exits.kinds_of("stillroom.desk.pages", ast.parse(source)) == {kind}


def test_the_finder_sees_what_goes_around_every_page() -> None:
    """A part of the middleware that is not on the list would be red, whatever it is called."""
    assert exits.found()[f"{exits.AROUND}Door"] == {"message"}
    source = "def other(get_response):\n    return send(get_response.shell.carrier)"
    assert exits.kinds_of("stillroom.config.middleware", ast.parse(source)) == {"message"}


def test_the_finder_sees_no_door_in_a_page() -> None:
    page = "def view(request):\n    return render(request, 'today.html', {})"
    assert not exits.kinds_of("stillroom.desk.pages", ast.parse(page))


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Lived]:
    """A practice in which every ground exists; each question is undone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(tmp_path_factory.mktemp("exits"))
        yield live(cast)
        cast.house.log.close()
        transaction.set_rollback(True)


@pytest.fixture
def lived(standing: Lived) -> Iterator[Lived]:
    with transaction.atomic():
        yield standing
        transaction.set_rollback(True)


@pytest.mark.parametrize("door", sorted(CASES))
def test_on_its_ground_the_door_gives_what_the_list_says(lived: Lived, door: str) -> None:
    given = set()
    for ask in CASES[door].on:
        with matrix.undone():
            given |= gone(lived, ask)
    assert given == exits.listed()[door][1]


def _withouts() -> list[Any]:
    return [
        pytest.param(ask, id=f"{door}, {ask.__name__.strip('_')}")
        for door, case in sorted(CASES.items())
        for ask in case.without
    ]


@pytest.mark.parametrize("ask", _withouts())
def test_without_its_ground_nothing_leaves_by_it(lived: Lived, ask: Any) -> None:
    assert gone(lived, ask) == frozenset()


@pytest.mark.parametrize("door", sorted(exits.table()["grounds"]["nobody"]["doors"]))
def test_where_nobody_is_named_no_chart_is_opened(lived: Lived, door: str) -> None:
    for ask in CASES[door].on:
        size = lived.cast.house.log.size
        ask(lived)
        assert {one.entry.subject for one in lived.cast.house.log.entries(size)} <= {""}


@pytest.mark.parametrize("door", sorted(exits.table()["grounds"]["inside"]["doors"]))
def test_what_is_printed_for_use_inside_was_opened_under_an_entry(lived: Lived, door: str) -> None:
    for ask in CASES[door].on:
        size = lived.cast.house.log.size
        ask(lived)
        assert [
            one.entry.subject for one in lived.cast.house.log.entries(size) if one.entry.subject
        ]
