"""Writing rows: one INSERT for each table, put together once.

Django puts an INSERT together anew each time, which takes it longer than SQLite needs to carry it
out; whoever admits a client writes into six tables. For plain rows whose keys are known or are
counted by the database; nothing is read back.

    rows.insert([Record(...)], [Draft(...)])
"""

from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import (
    AutoField,
    BinaryField,
    BooleanField,
    CharField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    OneToOneField,
)

_Value = Callable[[Model], Any]
_AS_THEY_ARE = (CharField, IntegerField, BooleanField, BinaryField, ForeignKey, OneToOneField)
"""Fields whose values every driver takes as they stand in the row."""


def insert(*tables: Iterable[Model]) -> None:
    """New rows, table after table. Call it in a transaction."""
    with connection.cursor() as cursor:
        for rows in tables:
            fresh = list(rows)
            if fresh:
                statement, values = _statement(type(fresh[0]))
                cursor.executemany(statement, [[value(row) for value in values] for row in fresh])


@cache
def _statement(table: type[Model]) -> tuple[str, tuple[_Value, ...]]:
    fields = [
        field for field in table._meta.local_concrete_fields if not isinstance(field, AutoField)
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or field.attname) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    name = quote(table._meta.db_table)
    statement = f"INSERT INTO {name} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names
    return statement, tuple(_value(field) for field in fields)


def _value(field: "Field[Any, Any]") -> _Value:
    """How a field's value is taken from a row for the database's driver."""
    take = attrgetter(field.attname)
    if isinstance(field, DateTimeField):
        return lambda row: connection.ops.adapt_datetimefield_value(take(row))
    if isinstance(field, _AS_THEY_ARE):
        return take
    return lambda row: field.get_db_prep_save(take(row), connection=connection)
