"""Rows that are only written: they stand in the table as Django's own objects would."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import AutoField, Model

from stillroom.kernel import Misuse, new_id
from stillroom.phi import rows
from stillroom.practice.models import CareRelationship, Chart, Client

_AT = datetime(2026, 11, 20, 17, 0, 3, 250, tzinfo=UTC)


def _ours() -> list[type[Model]]:
    return [one for one in apps.get_models() if one.__module__.startswith("stillroom.")]


def _columns(table: type[Model]) -> list[Any]:
    return [one for one in table._meta.local_concrete_fields if not isinstance(one, AutoField)]


@pytest.mark.parametrize("table", _ours(), ids=lambda table: table._meta.label)
def test_what_is_not_said_is_what_the_model_says(table: type[Model]) -> None:
    row, model = rows.row(table), table()
    for one in _columns(table):
        made, given = getattr(row, one.attname), getattr(model, one.attname)
        if callable(one.default) and one.default is new_id:
            assert len(made) == len(given), "made anew for each"
            assert made != getattr(rows.row(table), one.attname)
        else:
            assert made == given, one.attname


def test_a_row_reads_back_as_an_object_does(db: None) -> None:
    said: dict[str, Any] = {"number": 7, "kind": Chart.Kind.COUPLE, "opened_at": _AT}
    Chart.objects.create(id=new_id(), **said)
    (by_django,) = Chart.objects.all()
    Chart.objects.all().delete()
    with transaction.atomic():
        rows.insert([rows.row(Chart, id=by_django.pk, **said)])
    (by_us,) = Chart.objects.all()
    for one in _columns(Chart):
        assert getattr(by_us, one.attname) == getattr(by_django, one.attname)


def test_objects_and_rows_go_together_and_a_default_that_is_made_is_not_shared(db: None) -> None:
    with transaction.atomic():
        rows.insert([rows.row(Client), rows.row(Client), Client()])
    assert Client.objects.count() == 3


def test_a_column_that_the_table_has_not_is_a_mistake_of_ours() -> None:
    with pytest.raises(Misuse, match="chart_"):
        rows.row(CareRelationship, chart_=new_id())
    with pytest.raises(Misuse, match="CareRelationship has no chart"):
        rows.row(CareRelationship, chart=Chart())


def test_what_must_be_said_and_is_not_is_refused_by_the_table(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert([rows.row(CareRelationship, person=new_id(), capacity="treating")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM practice_carerelationship")
        assert cursor.fetchone() == (0,)
