"""Writing rows: one INSERT for each table, put together once.

Django puts an INSERT together anew each time, which takes it longer than SQLite needs to carry it
out; whoever admits a client writes into six tables. For plain rows whose keys are known or are
counted by the database; nothing is read back.

    rows.insert([Record(...)], [Draft(...)])
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import AutoField, Field, Model

_Fields = tuple["Field[Any, Any]", ...]


def insert(*tables: Iterable[Model]) -> None:
    """New rows, table after table. Call it in a transaction."""
    with connection.cursor() as cursor:
        for rows in tables:
            fresh = list(rows)
            if fresh:
                statement, fields = _statement(type(fresh[0]))
                cursor.executemany(statement, [_values(row, fields) for row in fresh])


@cache
def _statement(table: type[Model]) -> tuple[str, _Fields]:
    fields = tuple(
        field for field in table._meta.local_concrete_fields if not isinstance(field, AutoField)
    )
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or field.attname) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    name = quote(table._meta.db_table)
    return f"INSERT INTO {name} ({columns}) VALUES ({marks})", fields  # noqa: S608 - our own names


def _values(row: Model, fields: _Fields) -> list[Any]:
    return [
        field.get_db_prep_save(field.pre_save(row, add=True), connection=connection)
        for field in fields
    ]
