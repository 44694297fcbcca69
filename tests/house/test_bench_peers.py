"""The pages in the clear that `make bench` measures ours beside: they answer, and show the same."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.html import strip_tags
from pytest_django.fixtures import Settings

from tests.bench import notes
from tests.cast import DOV, Cast
from tests.web import Visitor, serve

NOTES = 27
"""More than one page of a chart."""
_OF_THE_LOG = ("opened", "whole")
"""Sections that name entries and digests: in them no two pages are alike."""


@pytest.fixture
def beside(cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The cast's practice with its chart once more in plain tables, both at the same moment."""
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "tests.bench.clear"]
    _make_tables()
    monkeypatch.setattr("django.utils.timezone.now", lambda: cast.at)
    notes.write(cast, cast.dov, NOTES)
    _plain(cast)
    serve(cast)
    return cast


def _make_tables() -> None:
    """The peers' tables, in the test's own transaction, with which they go again."""
    editor: Any = connection.schema_editor()
    editor.deferred_sql = []  # which only an editor has that began a transaction of its own
    with connection.cursor() as cursor:
        for table in apps.get_app_config("clear").get_models():
            statement, values = editor.table_sql(table)
            cursor.execute(statement, values or None)


def _plain(cast: Cast) -> None:
    """What ours keeps sealed, in the peers' tables."""
    from tests.bench.prepare import plain_rows

    plain_rows(cast, cast.dov)


class _Ada:
    """Ada as Django's own sign-in would name her."""

    is_authenticated = True

    def __init__(self, cast: Cast):
        self.member = cast.ada

    def get_username(self) -> str:
        return self.member.id

    def get_full_name(self) -> str:
        return self.member.name


def _asked(cast: Cast, view: Callable[..., HttpResponse], path: str, *more: str) -> str:
    request: Any = RequestFactory().get(path)
    request.user = _Ada(cast)
    return _words(view(request, *more))


def _words(answer: HttpResponse) -> str:
    """The words between the page's header and its footer, but for those sections of the log."""
    assert answer.status_code == 200
    (main,) = re.findall(r"<main.*?</main>", answer.content.decode(), re.DOTALL)
    for one in _OF_THE_LOG:
        main = re.sub(rf'(<h2 id="{one}">.*?</h2>).*?</section>', r"\1", main, flags=re.DOTALL)
    # One would do if tags were set apart by themselves.
    return " ".join(strip_tags(main.replace("<", " <")).split())


def test_a_chart_in_the_clear_shows_what_ours_shows(beside: Cast) -> None:
    from tests.bench.clear import views

    path = f"/clients/{beside.dov}"
    ours = _words(Visitor(beside, "ada").get(path))
    assert "Session 26." in ours, "the record is on it"
    assert "Who opened this record" in ours
    assert _asked(beside, views.chart, path, beside.dov) == ours


def test_a_note_in_the_clear_shows_what_ours_shows(beside: Cast) -> None:
    from tests.bench.clear import views
    from tests.bench.clear.models import Record

    (newest,) = Record.objects.order_by("-occurred_at")[:1]
    path = f"/records/{newest.pk}"
    ours = _words(Visitor(beside, "ada").get(path))
    assert notes.content(NOTES - 1).sections[1].text.split()[-1] in ours, "to its last word"
    assert _asked(beside, views.record, path, newest.pk) == ours


def test_the_first_page_of_a_client_in_the_clear_shows_what_ours_shows(beside: Cast) -> None:
    from tests.bench.clear import portal

    beside.holder("dov")
    ours = _words(Visitor(beside, "dov").get("/my/"))
    assert DOV.given[0] in ours
    assert _asked(beside, portal.home, "/my/") == ours


def test_what_the_plain_tables_do_not_hold_stops_the_measurement(beside: Cast) -> None:
    """Else a page without it would be measured beside one that has it."""
    from stillroom.practice.models import Staff
    from tests.bench.clear import views
    from tests.bench.clear.around import NotInTheClear

    Staff.objects.create(person=beside.ada.id, profession="psychologist")
    with pytest.raises(NotInTheClear):
        _asked(beside, views.chart, f"/clients/{beside.dov}", beside.dov)
