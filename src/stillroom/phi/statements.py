"""Statements that are written out, carried out with as little around them as there can be.

What stands around a statement in Django costs several times what SQLite needs to answer one of
ours; a search asks seven, a note that is begun and saved asks ten. So where the database is SQLite
the driver is asked directly, on the connection and in the transaction that Django holds, with its
errors told as Django tells them. Where somebody looks on (queries are counted or wrapped), and with
any other database, Django's own cursor is asked.

For statements that are constants, whose values any driver takes as they are: texts, numbers, bytes,
moments. Each value has a mark, %s, and no other % may stand in one.

    for chart, begins in statements.fetch_all(_CARES, (person,)):
        ...
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from stillroom.kernel import Misuse

Values = Sequence[Any]
Answer = tuple[Any, ...]

_SEVERAL = 512
"""Statements that are kept as SQLite writes them: constants, and how many marks each has."""


def fetch_all(query: str, values: Values = ()) -> list[Answer]:
    """Every row of the answer."""
    database = connections[DEFAULT_DB_ALIAS]
    if directly := _driver(database):
        with database.wrap_database_errors:
            return directly.execute(_for_sqlite(query), values).fetchall()
    with database.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def fetch_one(query: str, values: Values = ()) -> Answer | None:
    """The one row of the answer, if there is one."""
    found = fetch_all(query, values)
    return found[0] if found else None


def fetch_among(query: str, some: Sequence[Any], *more: Any) -> list[Answer]:
    """The rows of a statement whose `{}` stands for several values, which come before all others;
    among none there is none, and nothing is asked."""
    if not some:
        return []
    return fetch_all(query.format(", ".join(["%s"] * len(some))), (*some, *more))


def fetch_each(query: str, values: Values = ()) -> Iterator[Answer]:
    """Row after row, for an answer that is too long to hold; asked when the first is wanted."""
    database = connections[DEFAULT_DB_ALIAS]
    if directly := _driver(database):
        with database.wrap_database_errors:
            yield from directly.execute(_for_sqlite(query), values)
    else:
        with database.cursor() as cursor:
            cursor.execute(query, values)
            yield from cursor


def carry_out(query: str, values: Values = ()) -> int:
    """Change rows; how many were."""
    database = connections[DEFAULT_DB_ALIAS]
    if directly := _driver(database):
        with database.wrap_database_errors:
            return directly.execute(_for_sqlite(query), values).rowcount
    with database.cursor() as cursor:
        cursor.execute(query, values)
        return int(cursor.rowcount)


def carry_out_each(query: str, many: Iterable[Values]) -> None:
    """The same change with each of these values."""
    database = connections[DEFAULT_DB_ALIAS]
    if directly := _driver(database):
        with database.wrap_database_errors:
            directly.executemany(_for_sqlite(query), many)
        return
    with database.cursor() as cursor:
        cursor.executemany(query, list(many))


@contextmanager
def all_or_none() -> Iterator[None]:
    """What is carried out within, by these functions alone, stands together or not at all."""
    database = connections[DEFAULT_DB_ALIAS]
    directly = None if database.in_atomic_block else _driver(database)
    if directly is None:
        with transaction.atomic(savepoint=False):
            yield
        return
    with database.wrap_database_errors:
        directly.execute("BEGIN IMMEDIATE")
        try:
            yield
            directly.execute("COMMIT")
        except BaseException:
            directly.rollback()
            raise


def _driver(database: BaseDatabaseWrapper) -> sqlite3.Connection | None:
    """SQLite's own connection as Django holds it now; none where Django itself must be asked."""
    if database.vendor != "sqlite" or database.execute_wrappers or database.force_debug_cursor:
        return None
    if database.connection is None:
        database.ensure_connection()
    if database.needs_rollback:
        database.validate_no_broken_transaction()
    held: sqlite3.Connection = database.connection
    return held


@lru_cache(maxsize=_SEVERAL)
def _for_sqlite(query: str) -> str:
    marked = query.replace("%s", "?")
    if "%" in marked:
        raise Misuse("a statement has a % that is no value's mark")
    return marked
