"""The SQL that is asked meanwhile: what takes time, and whether rows were changed.

Statements tell work in a way that is no stopwatch. Where none of them changed a row, and SQLite by
its own count says so too, the rows need not be compared.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

WAITING = ("seen_at", "used_at")
"""The moments at which somebody was last seen: they move with every question, and tell nothing."""
_ASKS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
_SEEN = re.compile(rf'UPDATE "\w+" SET "({"|".join(WAITING)})" = %s WHERE ')


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that is asked of the rows."""
    asked: list[str] = []

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield asked


def changes() -> int:
    """How many rows were changed since SQLite opened the database, by its own count."""
    return int(connection.connection.total_changes)


def left_alone(asked: list[str], changed: int) -> bool:
    """Whether these statements, by which SQLite counts so many rows changed, changed at most the
    moment at which somebody was last seen."""
    writes = [sql for sql in asked if not sql.lstrip().startswith(_ASKS)]
    return all(map(_SEEN.match, writes)) and changed <= len(writes)


def state() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for the moments at which somebody was last seen."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        for table_name, columns in _tables():
            cursor.execute(f"SELECT {columns} FROM {table_name}")
            found[table_name] = cursor.fetchall()
    return found


@cache
def _tables() -> list[tuple[str, str]]:
    quote = connection.ops.quote_name
    ours = [model for model in apps.get_models() if model.__module__.startswith("stillroom.")]
    return [
        (
            quote(model._meta.db_table),
            ", ".join(
                quote(each.column)
                for each in model._meta.concrete_fields
                if each.name not in WAITING
            ),
        )
        for model in ours
    ]
