"""The register of incidents: anybody reports, whoever runs the practice weighs, nobody else reads."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from stillroom.disclosure import incidents
from stillroom.disclosure.breach import FACTORS, Decided, Factor, Report, Told
from stillroom.disclosure.breach.standing import NotWeighed, NoWords
from stillroom.disclosure.models import Incident, IncidentEntry
from stillroom.phi import NotHere
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
FOUND = date(2026, 11, 20)
WORDS = "A printout of two charts was left on a train."
REPORT = Report(WORDS, "names", FOUND, FOUND, (12,), 1, 1, "no", "no")


@pytest.fixture(scope="module")
def kept(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[Cast]:
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(tmp_path_factory.mktemp("incidents"))
        yield cast
        cast.house.log.close()
        transaction.set_rollback(True)


@pytest.fixture
def cast(kept: Cast) -> Iterator[Cast]:
    with transaction.atomic():
        yield kept
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", ["ada", "bea", "sol", "cal", "max", "olga", "nan"])
def test_everybody_reports_and_reads_what_became_of_it(cast: Cast, name: str) -> None:
    incident = incidents.report(cast.here(name), REPORT)
    assert incidents.whole(cast.here(name), incident).standing.report.what == WORDS
    assert [one.id for one in incidents.register_of(cast.here(name))] == [incident]


def test_only_whoever_runs_the_practice_reads_and_writes_the_others(cast: Cast) -> None:
    incident = incidents.report(cast.here("cal"), REPORT)
    incidents.report(cast.here("ada"), replace_report(what="Another."))
    for name in ("ada", "bea", "sol", "nan"):
        with pytest.raises(NotHere):
            incidents.whole(cast.here(name), incident)
        with pytest.raises(NotHere):
            incidents.write(cast.here(name), incident, Factor("who", True, "A nurse."))
    with pytest.raises(NotHere):
        incidents.write(cast.here("cal"), incident, Factor("who", True, "A nurse."))
    assert len(incidents.register_of(cast.here("max"))) == 2
    assert len(incidents.register_of(cast.here("bea"))) == 0
    with pytest.raises(NotHere):
        incidents.whole(cast.here("bea"), "a" * 26)


def replace_report(**changes: Any) -> Report:
    return Report(**{name: getattr(REPORT, name) for name in REPORT.__struct_fields__} | changes)


def test_from_report_to_close(cast: Cast) -> None:
    olga = cast.here("olga")
    incident = incidents.report(cast.here("cal"), REPORT)
    ((_, first), *_) = incidents.open_clocks(olga)
    assert first.by == date(2027, 1, 19)
    assert incidents.open_clocks(cast.here("ada")) == []
    with pytest.raises(NotWeighed):
        incidents.write(olga, incident, Decided(False, "Nobody read it."))
    for which in FACTORS:
        incidents.write(olga, incident, Factor(which, False, "As it is."))
    with pytest.raises(incidents.StillOwed):
        incidents.close(olga, incident)
    incidents.write(olga, incident, Decided(True, "It was read."))
    incidents.write(olga, incident, Told("client", FOUND, "by first-class mail", 12))
    with pytest.raises(incidents.StillOwed):
        incidents.close(olga, incident)
    incidents.write(olga, incident, Told("hhs", FOUND, "on its site"))
    incidents.close(olga, incident)
    assert incidents.open_clocks(olga) == []
    assert len(incidents.whole(olga, incident).story) == 8


def test_no_word_of_it_lies_on_the_disk(cast: Cast) -> None:
    incidents.report(cast.here("cal"), REPORT)
    assert b"train" not in bytes(IncidentEntry.objects.get().sealed)
    clear = {field.name for field in Incident._meta.concrete_fields}
    assert clear == {"id", "year", "number", "opened_by", "opened_at", "state"}


def test_an_entry_that_was_altered_or_moved_is_refused(cast: Cast) -> None:
    olga = cast.here("olga")
    one, other = (incidents.report(cast.here("cal"), REPORT) for _ in range(2))
    row = IncidentEntry.objects.get(incident=other)
    row.signature = bytes(IncidentEntry.objects.get(incident=one).signature)
    row.save()
    with pytest.raises(incidents.IncidentAltered):
        incidents.whole(olga, other)
    assert incidents.whole(olga, one).number.startswith("2026-")


def test_each_reading_is_in_the_log_before_it(cast: Cast) -> None:
    incident = incidents.report(cast.here("cal"), REPORT)
    size = cast.house.log.size
    incidents.whole(cast.here("olga"), incident)
    assert cast.house.log.size == size + 1
    with pytest.raises(NoWords):
        incidents.report(cast.here("cal"), replace_report(what=" "))


def test_a_presence_of_yesterday_writes_today(cast: Cast) -> None:
    incident = incidents.report(cast.here("cal"), REPORT)
    later = replace(cast.here("max"), at=cast.later(days=3).at)
    assert incidents.write(later, incident, Factor("who", True, "A colleague.")) > 0
