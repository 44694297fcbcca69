"""Who is named where: finding the entries about a subject, or of an actor.

The index is written by the tile: for each name in 256 entries one row with their places. So a name
costs one row for many entries, and appending an entry touches no index at all. The entries of the
last tile, which is not complete, are looked through.
"""

from collections.abc import Iterator, Sequence

from stillroom.ledger import TILE_WIDTH, actor_and_subject
from stillroom.phi._log_store import Mention, Role, Store

_PAGE = 64


def mentions_in(tile: int, rows: Sequence[bytes]) -> list[Mention]:
    """The index rows of one complete tile of entries, sorted by role and name."""
    places: dict[tuple[Role, str], bytearray] = {}
    for place, row in enumerate(rows):
        actor, subject = actor_and_subject(row)
        places.setdefault((Role.ACTOR, actor), bytearray()).append(place)
        if subject:
            places.setdefault((Role.SUBJECT, subject), bytearray()).append(place)
    return [Mention(role, name, tile, bytes(at)) for (role, name), at in sorted(places.items())]


def find(store: Store, role: Role, name: str, size: int, end: int, limit: int) -> list[int]:
    """The numbers below `end` of entries that name `name`, newest first, at most `limit`."""
    found: list[int] = []
    for number in _numbers(store, role, name, size, end):
        if len(found) >= limit:
            break
        found.append(number)
    return found


def _numbers(store: Store, role: Role, name: str, size: int, end: int) -> Iterator[int]:
    indexed = size - size % TILE_WIDTH
    if end > indexed:
        rows = store.rows(indexed, end)
        named = [actor_and_subject(row)[role] == name for row in rows]
        yield from (indexed + i for i in reversed(range(len(rows))) if named[i])
    below = -(-min(end, indexed) // TILE_WIDTH)
    while page := store.mentions(role, name, below, _PAGE):
        for tile, places in page:
            numbers = (tile * TILE_WIDTH + place for place in reversed(places))
            yield from (number for number in numbers if number < end)
        below = page[-1][0]
