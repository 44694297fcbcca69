"""The tables of the log and every question asked of them, once for both databases.

`entry` holds each entry's number and canonical bytes, `head` the size and root, `tile` the tree in
tiles of 256 hashes, `mention` which entries of a tile name whom, `checkpoint` what this log signed.
Entries and head are written with each append; tiles and mentions, which follow from the entries,
once every 256 entries, in the transaction of the entry that completes them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from stillroom.ledger import Tile
from stillroom.phi._log_errors import LogUnopenable

FORMAT = 1
"""The version of the tables. A newer one is refused; older ones are read as they are."""

ACTOR = "actor "
SUBJECT = "subject "


@dataclass(frozen=True, slots=True)
class Head:
    """What the database says the log is."""

    size: int
    root: bytes


class Mention(NamedTuple):
    """The entries of tile `tile` that name `name`: their places in the tile, one byte each.

    The name begins with the part it plays, `ACTOR` or `SUBJECT`.
    """

    name: str
    tile: int
    places: bytes


class Database(Protocol):
    """What both drivers can do. Values stand in a query as `?`."""

    def ask(self, query: str, *values: object) -> list[Any]:
        """All rows of the answer."""
        ...

    def tell(self, query: str, *values: object) -> None:
        """One statement."""
        ...

    def tell_each(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        """One statement for each of the rows."""
        ...


class Tables:
    """The questions, and inside a transaction the changes."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def head(self) -> Head:
        """Size and root as committed."""
        rows = self.database.ask("SELECT size, root FROM head")
        if len(rows) != 1:
            raise LogUnopenable("the ledger has lost the record of its own size")
        return Head(*rows[0])

    def last_row(self) -> int:
        """The highest number of an entry; -1 when there is none."""
        return int(self.database.ask("SELECT coalesce(max(idx), -1) FROM entry")[0][0])

    def rows(self, start: int, stop: int) -> list[bytes]:
        """The canonical bytes of the entries from `start` up to but not including `stop`."""
        query = "SELECT raw FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx"
        return [raw for (raw,) in self.database.ask(query, start, stop)]

    def pick(self, numbers: Iterable[int]) -> list[bytes]:
        """The canonical bytes of these entries, in the order asked; missing ones are left out."""
        query = "SELECT raw FROM entry WHERE idx = ?"
        return [raw for number in numbers for (raw,) in self.database.ask(query, number)]

    def tile(self, level: int, index: int) -> bytes:
        """The stored hashes of a tile; empty when there are none."""
        query = "SELECT hashes FROM tile WHERE level = ? AND idx = ?"
        return b"".join(hashes for (hashes,) in self.database.ask(query, level, index))

    def mentions(self, name: str, below: int, limit: int) -> list[tuple[int, bytes]]:
        """(tile, places) where `name` is mentioned, in tiles before `below`, newest first."""
        query = """SELECT tile, places FROM mention WHERE name = ? AND tile < ?
                   ORDER BY tile DESC LIMIT ?"""
        return self.database.ask(query, name, below, limit)

    def all_mentions(self, after: Mention | None, limit: int) -> list[Mention]:
        """Mentions in the order of name and tile, after the one given."""
        query = """SELECT name, tile, places FROM mention WHERE (name, tile) > (?, ?)
                   ORDER BY name, tile LIMIT ?"""
        name, tile = (after.name, after.tile) if after else ("", -1)
        return [Mention(*row) for row in self.database.ask(query, name, tile, limit)]

    def notes(self, limit: int) -> list[str]:
        """Checkpoints that this log signed, newest first."""
        query = "SELECT note FROM checkpoint ORDER BY size DESC LIMIT ?"
        return [note for (note,) in self.database.ask(query, limit)]

    def add_rows(self, first: int, rows: Sequence[bytes]) -> None:
        """New entries, numbered from `first`."""
        self.database.tell_each(
            "INSERT INTO entry (idx, raw) VALUES (?, ?)", list(enumerate(rows, first))
        )

    def put_tiles(self, tiles: Iterable[Tile]) -> None:
        """Tiles that are new or have grown."""
        query = """INSERT INTO tile (level, idx, hashes) VALUES (?, ?, ?)
                   ON CONFLICT (level, idx) DO UPDATE SET hashes = excluded.hashes"""
        values = [(tile.level, tile.index, tile.hashes) for tile in tiles]
        self.database.tell_each(query, values)

    def add_mentions(self, mentions: Sequence[Mention]) -> None:
        """Who is named in a tile that was completed."""
        query = "INSERT INTO mention (name, tile, places) VALUES (?, ?, ?)"
        self.database.tell_each(query, mentions)

    def put_head(self, head: Head) -> None:
        """The new size and root."""
        self.database.tell("UPDATE head SET size = ?, root = ?", head.size, head.root)

    def put_note(self, size: int, note: str) -> None:
        """A checkpoint that was signed."""
        query = """INSERT INTO checkpoint (size, note) VALUES (?, ?)
                   ON CONFLICT (size) DO UPDATE SET note = excluded.note"""
        self.database.tell(query, size, note)
