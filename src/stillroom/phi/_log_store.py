"""What the log asks of a database. Two answer: `_log_sqlite` and `_log_postgres`.

Both keep the same five tables: `entry` (number, canonical bytes), `head` (size and root, one row),
`tile` (the tree, 256 hashes a row), `mention` (which entries of a tile name whom) and `checkpoint`
(what this log signed). Entries are written at once; tiles and mentions, which follow from the
entries, once every 256 entries and in the same transaction as the entry that completes them.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from stillroom.ledger import Tile

ACTOR = "actor "
SUBJECT = "subject "

FORMAT = 1
"""The version of the tables. A newer one is refused; older ones are read as they are."""


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


class Reading(Protocol):
    """What can be asked, inside a transaction and out of it."""

    def head(self) -> Head:
        """Size and root as committed."""
        ...

    def last_row(self) -> int:
        """The highest number of an entry; -1 when there is none."""
        ...

    def rows(self, start: int, stop: int) -> list[bytes]:
        """The canonical bytes of the entries from `start` up to but not including `stop`."""
        ...

    def pick(self, numbers: Sequence[int]) -> list[bytes]:
        """The canonical bytes of these entries, in the order asked; missing ones are left out."""
        ...

    def tile(self, level: int, index: int) -> bytes:
        """The stored hashes of a tile; empty when there are none."""
        ...


class Writing(Reading, Protocol):
    """One transaction that no other writer can come between."""

    def add_rows(self, first: int, rows: Sequence[bytes]) -> None:
        """New entries, numbered from `first`."""
        ...

    def put_tiles(self, tiles: Sequence[Tile]) -> None:
        """Tiles that are new or have grown."""
        ...

    def add_mentions(self, mentions: Sequence[Mention]) -> None:
        """Who is named in tiles that were completed."""
        ...

    def put_head(self, head: Head) -> None:
        """The new size and root."""
        ...

    def put_note(self, size: int, note: str) -> None:
        """A checkpoint that was signed."""
        ...


class Store(Reading, Protocol):
    """A database that holds one log. Safe to use from several threads, `write` from one at a time.

    Every method may raise `LogUnopenable` when the database cannot be read.
    """

    def write(self) -> AbstractContextManager[Writing]:
        """A transaction: durable when left, gone without trace when left by an exception.

        Raises `LogUnwritable` when the database refuses, for whatever reason.
        """
        ...

    def snapshot(self) -> AbstractContextManager[Reading]:
        """One state of the database to ask several things of, whoever writes meanwhile."""
        ...

    def mentions(self, name: str, below: int, limit: int) -> list[tuple[int, bytes]]:
        """(tile, places) where `name` is mentioned, in tiles before `below`, newest first."""
        ...

    def all_mentions(self, after: Mention | None, limit: int) -> list[Mention]:
        """Mentions in the order of name and tile, after the one given."""
        ...

    def notes(self, limit: int) -> list[str]:
        """Checkpoints that this log signed, newest first."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
