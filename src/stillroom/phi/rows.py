"""Writing rows: one INSERT for each table, put together once.

Django puts an INSERT together anew each time, which takes it longer than SQLite needs to carry it
out; whoever admits a client writes into six tables. For plain rows whose keys are known or are
counted by the database; nothing is read back. Making one of Django's objects costs several times
what a row does that is only to be written, so there is `row` for that.

    rows.insert([Record(...)], [Draft(...)])
    rows.insert([rows.row(Record, id=record, chart=chart)])
"""

from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from types import SimpleNamespace
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

from stillroom.kernel import Misuse
from stillroom.phi import statements

_Value = Callable[[Any], Any]
_AS_THEY_ARE = (CharField, IntegerField, BooleanField, BinaryField, ForeignKey, OneToOneField)
"""Fields whose values every driver takes as they stand in the row."""


class Row(SimpleNamespace):
    """A row that is only to be written: its columns' values, and nothing else of a model."""


def row(table: type[Model], **values: Any) -> Row:
    """A new row of a table by its columns (`chart_id`, not `chart`); what is not said has its
    default. `Misuse` for a column that the table has not."""
    names, constant, made = _defaults(table)
    if not values.keys() <= names:
        raise Misuse(f"{table.__name__} has no {', '.join(sorted(values.keys() - names))}")
    fresh = {name: make() for name, make in made if name not in values}
    return Row(**{"table": table, **constant, **fresh, **values})


def insert(*tables: Iterable[Model | Row]) -> None:
    """New rows, table after table. Call it in a transaction."""
    for rows in tables:
        fresh = list(rows)
        if fresh:
            first = fresh[0]
            statement, values = _statement(first.table if isinstance(first, Row) else type(first))
            statements.carry_out_each(statement, [[take(row) for take in values] for row in fresh])


def _fields(table: type[Model]) -> "list[Field[Any, Any]]":
    return [
        field for field in table._meta.local_concrete_fields if not isinstance(field, AutoField)
    ]


@cache
def _defaults(
    table: type[Model],
) -> tuple[frozenset[str], dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """A table's columns; what stands in those of which nothing is said; what is made anew."""
    fields = _fields(table)
    made = tuple((one.attname, one.get_default) for one in fields if callable(one.default))
    names = frozenset(one.attname for one in fields)
    constant = {one.attname: one.get_default() for one in fields if not callable(one.default)}
    return names, constant, made


@cache
def _statement(table: type[Model]) -> tuple[str, tuple[_Value, ...]]:
    fields = _fields(table)
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
