"""Making, opening, sharing and withdrawing rings.

Rule (P3): a ring opens for whoever one of its wraps was made for, and nobody else. Chart and
private rings have no wrap for the server, so a server on which nobody is signed in opens none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from stillroom.phi import rows, statements
from stillroom.phi._errors import NotHere
from stillroom.phi._house import RECOVERY, SERVER, House, Presence
from stillroom.phi.models import Ring, Wrap
from stillroom.vault import Identity, Keyring, Recipient, made_by_oneself, unwrap

Kind = Ring.Kind
_UNRECOVERED = frozenset({Kind.PRIVATE, Kind.SUPERVISION})


def _context(house: House, ring: str, kind: str) -> bytes:
    """What a wrap is bound to, so that it cannot stand in for another ring's."""
    return f"stillroom ring v1|{house.practice}|{ring}|{kind}".encode()


@dataclass(frozen=True)
class NewRing:
    """A ring made but not yet kept: its keys, and the rows that will hold its wraps."""

    keyring: Keyring
    row: rows.Row
    wraps: tuple[rows.Row, ...]


def prepare_ring(
    house: House, ward: str, kind: str, recipients: Mapping[str, Recipient], *, author: str = ""
) -> NewRing:
    """A new ring for `ward`, wrapped to `recipients` (by their ids) and to recovery.

    A private ring is not wrapped to recovery: it is its author's (P4). Nor is that of a note about
    a colleague's work: recovery is there for the clients' records.
    """
    keyring = Keyring.create()
    row = rows.row(Ring, ward=ward, kind=kind, author=author)
    everyone = dict(recipients)
    if house.recovery is not None and kind not in _UNRECOVERED:
        everyone[RECOVERY] = house.recovery
    context = _context(house, row.id, kind)
    wraps = tuple(
        rows.row(Wrap, ring_id=row.id, recipient=who, sealed=keyring.wrap(recipient, context))
        for who, recipient in everyone.items()
    )
    return NewRing(keyring, row, wraps)


def own_among(presence: Presence, recipients: Mapping[str, Recipient]) -> dict[str, Recipient]:
    """The same recipients; whoever is here among them by her own key, which opens sooner."""
    own = {presence.person: presence.key} if presence.person in recipients else {}
    return {**recipients, **own}


def rows_of(made: Sequence[NewRing]) -> tuple[list[rows.Row], list[rows.Row]]:
    """The rows of prepared rings, to be inserted with those that they belong to."""
    return [one.row for one in made], [wrap for one in made for wrap in one.wraps]


def keep_rings(made: Sequence[NewRing]) -> None:
    """Keep prepared rings, many at once."""
    with transaction.atomic(savepoint=False):
        rows.insert(*rows_of(made))


def make_ring(
    house: House, ward: str, kind: str, recipients: Mapping[str, Recipient], *, author: str = ""
) -> Keyring:
    """Prepare a ring and keep it."""
    made = prepare_ring(house, ward, kind, recipients, author=author)
    keep_rings([made])
    return made.keyring


_MOST_HELD = 4
"""Rings that one presence holds open; an import that walks through a practice keeps no more."""


def open_ring(presence: Presence, ward: str, kind: str, *, author: str = "") -> Keyring:
    """The ring as this person holds it, or `NotHere`. Opened once a request."""
    held, name = presence.rings, (ward, str(kind), author)
    if name not in held:
        opened = _open(presence.house, presence.person, presence.key, ward, kind, author)
        if len(held) >= _MOST_HELD:
            held.clear()
        held[name] = opened
    return held[name]


def open_front_ring(house: House, ward: str) -> Keyring:
    """A front ring by the unsealed server's key. Front rings only: no other is wrapped to it."""
    return _open(house, SERVER, house.server, ward, Kind.FRONT, "")


def open_log_ring(house: House) -> Keyring:
    """The ring that seals the details of entries about no chart; made on first use.

    Kept while the house is unsealed: it tells less than the server's key, which stays as long.
    """
    server = house.server
    if house.log_ring is None:
        try:
            house.log_ring = _open(house, SERVER, server, house.practice, Kind.LOG, "")
        except NotHere:
            house.log_ring = make_ring(house, house.practice, Kind.LOG, {SERVER: server})
    return house.log_ring


# CROSS JOIN tells SQLite to begin with the rings: by itself it begins with the recipient, who has
# one wrap for every client there is, and walks through all of them.
_FRONTS = """
    SELECT ring.ward, ring.id, wrap.sealed
    FROM phi_ring ring CROSS JOIN phi_wrap wrap
    WHERE ring.ward IN ({}) AND ring.kind = %s AND ring.author = ''
      AND wrap.ring_id = ring.id AND wrap.recipient = %s
"""


def open_front_rings(house: House, wards: Iterable[str]) -> dict[str, Keyring]:
    """Many front rings in one query; wards without one are left out."""
    server = house.server
    found = statements.fetch_among(_FRONTS, list(wards), str(Kind.FRONT), SERVER)
    return {
        ward: unwrap(bytes(sealed), server, _context(house, ring, Kind.FRONT))
        for ward, ring, sealed in found
    }


# Written out, because every page asks it several times and building it anew takes longer than the
# answer and the unwrapping together (docs/bench.md, "a page").
_FIND = """
    SELECT ring.id, wrap.sealed FROM phi_ring ring JOIN phi_wrap wrap ON wrap.ring_id = ring.id
    WHERE ring.ward = %s AND ring.kind = %s AND ring.author = %s AND wrap.recipient = %s
"""


def _open(house: House, who: str, identity: Identity, ward: str, kind: str, author: str) -> Keyring:
    row = statements.fetch_one(_FIND, (ward, str(kind), author, who))
    if row is None:
        raise NotHere
    return unwrap(bytes(row[1]), identity, _context(house, row[0], kind))


def rewrapped(house: House, kept: Wrap, identity: Identity, recipient: Recipient) -> bytes:
    """A ring once more, for another recipient, opened from a wrap by whom that was made for."""
    context = _context(house, kept.ring_id, kept.ring.kind)
    return unwrap(bytes(kept.sealed), identity, context).wrap(recipient, context)


def unwrapped(presence: Presence, ring: str, sealed: bytes, kind: str) -> Keyring:
    """A ring from its wrap, as this person opens it."""
    return unwrap(sealed, presence.key, _context(presence.house, ring, kind))


# Only where the wrap is still the one that was opened: who shares, turns or withdraws a ring in the
# same moment has the last word.
_KEEP_OWN = """
    UPDATE phi_wrap SET sealed = %s WHERE ring_id = %s AND recipient = %s AND sealed = %s
"""


def keep_own(presence: Presence, opened: Iterable[tuple[str, bytes, str, Keyring]]) -> None:
    """Wraps (ring, wrap, kind, what it gave) that others made for this person, made anew by her own
    key, because whoever opens many rings at once waits for each. It gives nobody anything: the same
    ring, the same person, the same row."""
    own = [
        (keyring.wrap(presence.key, _context(presence.house, ring, kind)), ring, sealed)
        for ring, sealed, kind, keyring in opened
        if not made_by_oneself(sealed)
    ]
    if own:
        rows = [(anew, ring, presence.person, sealed) for anew, ring, sealed in own]
        with transaction.atomic():
            statements.carry_out_each(_KEEP_OWN, rows)


def share_ring(presence: Presence, ward: str, kind: str, who: str, recipient: Recipient) -> None:
    """Wrap a ring that `presence` holds for one more person. Nobody else can do it."""
    with transaction.atomic():
        row = locked(ward, kind)
        keyring = open_anew(presence, ward, kind)
        sealed = wrapped(presence.house, row, keyring, recipient)
        Wrap.objects.update_or_create(ring=row, recipient=who, defaults={"sealed": sealed})


def locked(ward: str, kind: str) -> Ring:
    """A ring's row, until the transaction ends: who turns a ring and who gives it to somebody come
    one after the other, so that nobody is given a ring that lacks its newest key."""
    return Ring.objects.select_for_update().get(ward=ward, kind=kind, author="")


def open_anew(presence: Presence, ward: str, kind: str) -> Keyring:
    """The ring as it is wrapped now, whatever this request opened before; or `NotHere`."""
    presence.rings.pop((ward, str(kind), ""), None)
    return open_ring(presence, ward, kind)


def wrapped(house: House, row: Ring, keyring: Keyring, recipient: Recipient) -> bytes:
    """A keyring as the wrap of one ring's row for somebody."""
    return keyring.wrap(recipient, _context(house, row.pk, row.kind))


def withdraw_ring(ward: str, kind: str, who: str) -> None:
    """Take a person's wrap away. What she opened while she held it, she has seen."""
    Wrap.objects.filter(ring__ward=ward, ring__kind=kind, ring__author="", recipient=who).delete()


def holds(person: str, ward: str, kind: str, *, author: str = "") -> bool:
    """Whether a wrap for this person exists (it says nothing about what the gate allows)."""
    return Wrap.objects.filter(
        ring__ward=ward, ring__kind=kind, ring__author=author, recipient=person
    ).exists()


def rewrap(house: House, who: str, old: Identity, new: Recipient) -> None:
    """All that was wrapped to one key of a person's, wrapped to another of hers instead."""
    for row in Wrap.objects.select_related("ring").filter(recipient=who):
        context = _context(house, row.ring.pk, row.ring.kind)
        row.sealed = unwrap(bytes(row.sealed), old, context).wrap(new, context)
        row.save(update_fields=["sealed"])
