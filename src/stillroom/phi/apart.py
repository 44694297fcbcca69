"""Who is not to know of a chart: colleagues kept away, staff who are its client, the desk.

Rules (P3, P8): the gate is told of it at every question, by `bridge`, so that no door can forget
to; lists leave such charts out. Nobody learns from the disk who is kept away from whom: a row is
sealed whole for the unsealed server, and shows nothing but that it is there. A row that does not
open stops the question: what is not known does not open a chart.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

import msgspec

from stillroom.access import Ward
from stillroom.phi import once, rings, statements
from stillroom.phi._house import House, Presence
from stillroom.phi.models import Apart
from stillroom.vault import Place


class How(Enum):
    """Why a chart is not for somebody."""

    KEPT_AWAY = "kept away"
    """A colleague whom the client, or whoever treats, wants to know nothing of it."""
    OWN = "own"
    """The colleague is the client."""
    CLOSED = "closed"
    """Nobody in particular: only those who care may know of it, the desk does not."""


class Told(msgspec.Struct, frozen=True):
    """One row, opened. `person` is empty where nobody in particular is meant."""

    chart: str
    person: str
    how: How


_IDS = "SELECT id FROM phi_apart"
_ROWS = "SELECT id, sealed FROM phi_apart WHERE id IN ({})"
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Told).decode


def every(house: House) -> dict[str, Told]:
    """All that is kept apart here, by row. A row never changes, so each is opened once an
    unsealing; which of them are there is asked of the disk each time, or once a page."""
    there = once.seen(("apart", house.practice), _there)
    if not there:
        return {}
    fresh = [row for row in there if row not in house.apart]
    if fresh:
        house.apart |= _opened(house, fresh)
    return {row: house.apart[row] for row in there}


def _there() -> list[str]:
    return [row[0] for row in statements.fetch_all(_IDS)]


def _opened(house: House, ids: list[str]) -> dict[str, Told]:
    ring = rings.open_log_ring(house)
    rows = statements.fetch_among(_ROWS, ids)
    return {row: _decode(ring.open(bytes(sealed), _place(house, row))) for row, sealed in rows}


def _place(house: House, row: str) -> Place:
    return Place(house.practice, house.practice, row, "apart", 1)


def told(ward: Ward, house: House) -> Ward:
    """A ward as the gate must see it: with whoever is to be kept away from it."""
    if not ward.chart:
        return ward
    about = [one for one in every(house).values() if one.chart == ward.chart]
    if not about:
        return ward
    return replace(
        ward,
        holders=ward.holders | _persons(about, How.OWN),
        restricted_from=ward.restricted_from | _persons(about, How.KEPT_AWAY),
        closed=ward.closed or any(one.how is How.CLOSED for one in about),
    )


def _persons(about: Iterable[Told], how: How) -> frozenset[str]:
    return frozenset(one.person for one in about if one.how is how)


@dataclass(frozen=True)
class Unknown:
    """The charts of which somebody is not to know: whatever she does, or unless she cares."""

    always: frozenset[str]
    unless_caring: frozenset[str]


def unknown_to(presence: Presence) -> Unknown:
    """For lists, which must leave out in silence what the gate would refuse."""
    found = every(presence.house).values()
    return Unknown(
        frozenset(one.chart for one in found if one.person == presence.person),
        frozenset(one.chart for one in found if one.how is How.CLOSED),
    )


def keep(house: House, one: Told) -> None:
    """Keep somebody apart from now on. The caller has asked the gate and written the entry."""
    row = Apart(sealed=b"")
    ring = rings.open_log_ring(house)
    row.sealed = ring.seal(_encode(one), _place(house, row.pk))
    row.save(force_insert=True)


def let_go(house: House, one: Told) -> None:
    """Keep somebody apart no longer. The caller has asked the gate and written the entry."""
    rows = [row for row, found in every(house).items() if found == one]
    Apart.objects.filter(pk__in=rows).delete()
