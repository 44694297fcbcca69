"""Who is named where: finding the entries about a subject, or of an actor.

The index is written by the tile: for each name in 256 entries one row with their places. So a name
costs one row for many entries, and appending an entry touches no index at all. The entries of the
last tile, which is not complete, are looked through.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from stillroom.ledger import TILE_WIDTH, actor_and_subject
from stillroom.phi._log_tables import ACTOR, SUBJECT, Mention, Tables

_PAGE = 64


def mentions_in(tile: int, rows: Sequence[bytes]) -> list[Mention]:
    """The index rows of one complete tile of entries."""
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        for name in _names(row):
            if name in places:
                places[name].append(place)
            else:
                places[name] = [place]
    return [Mention(name, tile, bytes(at)) for name, at in places.items()]


def _names(row: bytes) -> tuple[str, ...]:
    """The actor and, if there is one, the subject, each with the part it plays."""
    actor, subject = actor_and_subject(row)
    return (ACTOR + actor, SUBJECT + subject) if subject else (ACTOR + actor,)


def find(tables: Tables, name: str, limit: int, before: int | None) -> list[int]:
    """The numbers below `before` (the end) of entries that mention `name`, newest first, at most
    `limit`."""
    size = tables.head().size
    end = size if before is None else max(0, min(before, size))
    return list(islice(_numbers(tables, name, size, end), limit))


def _numbers(tables: Tables, name: str, size: int, end: int) -> Iterator[int]:
    indexed = size - size % TILE_WIDTH
    if end > indexed:
        rows = tables.rows(indexed, end)
        yield from (indexed + i for i in reversed(range(len(rows))) if name in _names(rows[i]))
    below = -(-min(end, indexed) // TILE_WIDTH)
    while page := tables.mentions(name, below, _PAGE):
        for tile, places in page:
            numbers = (tile * TILE_WIDTH + place for place in reversed(places))
            yield from (number for number in numbers if number < end)
        below = page[-1][0]
