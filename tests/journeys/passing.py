"""Time that passes for everybody signed in, without waiting: rows of the real database."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from tests.journeys.conftest import Served, forget_codes, wait

COLUMNS = ("seen_at", "proven_at")
_FORMAT = "%Y-%m-%d %H:%M:%S.%f"


def let_pass(served: Served, minutes: int, *columns: str) -> None:
    """Every session was seen, and proven (or only one of these), so many minutes earlier."""
    with closing(sqlite3.connect(served.home / "practice.db", timeout=20)) as database:
        for column in columns or COLUMNS:
            rows = database.execute(f"SELECT id, {column} FROM identity_session").fetchall()
            for name, text in rows:
                moment = datetime.fromisoformat(text) - timedelta(minutes=minutes)
                database.execute(
                    f"UPDATE identity_session SET {column} = ? WHERE id = ?",
                    (moment.strftime(_FORMAT), name),
                )
        database.commit()


def lift_veils(served: Served) -> None:
    """Nobody's privacy screen is down."""
    with closing(sqlite3.connect(served.home / "practice.db", timeout=20)) as database:
        database.execute("UPDATE identity_person SET veil = ''")
        database.commit()


def veil_of(served: Served, sign_name: str, expected: str) -> str:
    """What the server remembers of this person's privacy screen, once it is `expected` or at last."""
    query, found = "SELECT veil FROM identity_person WHERE sign_name = ?", ""
    for _ in range(100):
        with closing(sqlite3.connect(served.home / "practice.db", timeout=20)) as database:
            found = database.execute(query, (sign_name,)).fetchone()[0]
        if found == expected:
            break
        wait(0.05)
    return str(found)


@pytest.fixture
def unused_codes(demonstration: Served) -> None:
    """Nobody waits for a code because an earlier story used up three of them."""
    forget_codes(demonstration)


def sealed_keys(served: Served) -> list[bytes]:
    """What the rows of the sessions hold; empty for a locked one."""
    with closing(sqlite3.connect(served.home / "practice.db", timeout=20)) as database:
        rows = database.execute("SELECT sealed_key FROM identity_session").fetchall()
    return [bytes(row[0]) for row in rows]
