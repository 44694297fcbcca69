"""A practice made once a process and put back before each test as it was made.

    kept = keep(make_cast, folder)         # in an empty database, which is empty again afterwards
    cast = kept.put_back(another_folder)   # the same rows, the same log; nothing else is shared

To make the cast takes a tenth of a second of keys and statements, and a thousand tests begin with
it. Put back are the rows to the byte, the file of the log, and of every object a new one: a house
that was unsealed, a directory filled from the front sheets, people with keys read from their
secrets. So whatever a test does to its cast, the next one finds the cast that was made.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import connection, transaction

from stillroom.phi import House, Log, rings
from stillroom.practice.directory import Directory
from stillroom.vault import PersonKey, SharedKey
from tests.cast import Cast, Member

Table = tuple[str, tuple[str, ...]]
"""A table and its rows, each as SQLite writes its values in a statement."""


@dataclass(frozen=True)
class Kept:
    """A practice as its maker left it."""

    cast: Cast
    log: bytes
    tables: tuple[Table, ...]

    def put_back(self, folder: Path) -> Cast:
        """The practice in this empty database, its log in that folder."""
        # At once: whom a row names may come in a later table.
        with transaction.atomic(), connection.cursor() as cursor:
            for table, rows in self.tables:
                cursor.execute(f'INSERT INTO "{table}" VALUES {",".join(rows)}')
        place = folder / "ledger.db"
        place.touch(0o600)
        place.write_bytes(self.log)
        house = self._house(Log.open(place))
        directory = Directory()
        directory.fill(house)
        people = {name: _again(member) for name, member in self.cast.people.items()}
        return replace(self.cast, house=house, directory=directory, people=people)

    def _house(self, log: Log) -> House:
        made = self.cast.house
        house = House(made.practice, made.name, made.gate, log, made.recovery, made.cost)
        assert made.unsealed_at
        house.unseal(SharedKey.from_secret(made.server.to_secret()), at=made.unsealed_at)
        if made.log_ring is not None:
            rings.open_log_ring(house)
        return house


def keep(make: Callable[[Path], Cast], folder: Path) -> Kept:
    """Make a practice in the empty database, and keep it; the database is empty again afterwards."""
    with transaction.atomic():
        before = dict(filled())
        cast = make(folder)
        cast.house.log.close()
        made = [(table, rows) for table, rows in filled() if rows != before.get(table)]
        assert not before.keys() & {table for table, _ in made}, "it was made among other rows"
        transaction.set_rollback(True)
    return Kept(cast, (folder / "ledger.db").read_bytes(), tuple(made))


def filled() -> list[Table]:
    """Every table of the database that has rows, with them."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            quoted = "||','||".join(f'quote("{column.name}")' for column in columns)
            cursor.execute(f"SELECT '('||{quoted}||')' FROM \"{table}\"")
            if rows := tuple(row for (row,) in cursor.fetchall()):
                found.append((table, rows))
        return found


def _again(member: Member) -> Member:
    return replace(member, key=PersonKey.from_secret(member.key.to_secret()))
