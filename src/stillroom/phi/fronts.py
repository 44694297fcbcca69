"""Front sheets: sealed and opened by the unsealed server, for whoever the gate lets ask.

Rule (P3): only rings of kind *front* are wrapped to the server, so this module opens names and
telephone numbers and can open no clinical word, whatever it is asked.
"""

from collections.abc import Iterable, Mapping

from stillroom.access import Act
from stillroom.phi import bridge, rings
from stillroom.phi._house import SERVER, House, Presence
from stillroom.vault import Keyring, Place


def begin_many(house: House, sheets: Mapping[str, bytes]) -> dict[str, bytes]:
    """Front rings for many new clients, and their first front sheets sealed."""
    made, sealed = prepare_many(house, sheets)
    rings.keep_rings(made)
    return sealed


def prepare_many(
    house: House, sheets: Mapping[str, bytes]
) -> tuple[list[rings.NewRing], dict[str, bytes]]:
    """The same, the rings made and not yet kept."""
    server = {SERVER: house.server}
    made = {
        client: rings.prepare_ring(house, client, rings.Kind.FRONT, server) for client in sheets
    }
    sealed = {
        client: made[client].keyring.seal(words, _place(house, client, 1))
        for client, words in sheets.items()
    }
    return list(made.values()), sealed


def _place(house: House, client: str, revision: int) -> Place:
    return Place(house.practice, client, "front", "sheet", revision)


def seal(house: House, client: str, revision: int, words: bytes) -> bytes:
    """A front sheet's words under the client's front ring."""
    ring = rings.open_front_ring(house, client)
    return ring.seal(words, _place(house, client, revision))


def seal_beside(house: House, client: str, record: str, words: bytes) -> bytes:
    """Words beside a front sheet (a message that was written), under the same ring."""
    ring = rings.open_front_ring(house, client)
    return ring.seal(words, Place(house.practice, client, record, "message", 1))


def reveal_beside(
    presence: Presence,
    act: Act,
    client: str,
    rows: Iterable[tuple[str, bytes]],
    details: bridge.Details,
) -> list[bytes]:
    """The same again, by (record, sealed), in order: one durable entry, then the words."""
    house = presence.house
    bridge.note_house(presence, act, details)
    ring = rings.open_front_ring(house, client)
    return [
        ring.open(sealed, Place(house.practice, client, record, "message", 1))
        for record, sealed in rows
    ]


def reveal(
    presence: Presence, act: Act, rows: Iterable[tuple[str, int, bytes]], details: bridge.Details
) -> dict[str, bytes]:
    """Front sheets by client: one durable entry, then the words. The caller has a grant."""
    bridge.note_house(presence, act, details)
    return open_all(presence.house, rows)


def open_all(house: House, rows: Iterable[tuple[str, int, bytes]]) -> dict[str, bytes]:
    """Front sheets for the server's own index in memory; shown to nobody without `reveal`."""
    wanted = list(rows)
    keys = rings.open_front_rings(house, [client for client, _, _ in wanted])
    return {
        client: _open(house, keys[client], client, revision, sealed)
        for client, revision, sealed in wanted
        if client in keys
    }


def _open(house: House, ring: Keyring, client: str, revision: int, sealed: bytes) -> bytes:
    return ring.open(sealed, _place(house, client, revision))
