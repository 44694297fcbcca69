"""Many charts at once, for one person: gate for each, one entry, then open.

Rules (P1, P2): the gate is asked about each ward by itself; a ward that it does not permit, or
whose ring this person does not hold, is left out in silence, because nobody asked for it by name
(P8). Before the first word opens, an entry is durable: about one chart, it is written in that
chart; about several, one entry of the practice names them all, so that looking for a word in fifty
charts is one look and does not bury fifty logs. What is then shown to a person is written in its
own chart by `note_each`. A `Held` lives as long as the request that made it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from stillroom.access import Act, Care, Grant, Label, Permit, Purpose, Ward
from stillroom.kernel import Misuse
from stillroom.phi import bridge, once, rings, statements
from stillroom.phi._house import Presence
from stillroom.vault import Keyring, Place, SealBroken

_Name = tuple[str, str, str]
"""Of a ring: the chart, its kind, whose private notes it seals."""
T = TypeVar("T")


class Wanted(NamedTuple):
    """One ward to be opened, with why, and what stands for it."""

    act: Act
    purpose: Purpose
    ward: Ward
    cares: tuple[Care, ...] = ()


@dataclass(frozen=True, repr=False)
class Held:
    """A ward that may be opened now, and its ring."""

    ward: Ward
    grant: Grant
    ring: Keyring

    @property
    def author(self) -> str:
        """Whose private notes these are; empty for the chart's own ring."""
        return self.ward.author if Label.PRIVATE in self.ward.labels else ""


def hold(presence: Presence, wanted: Iterable[Wanted], details: bridge.Details) -> list[Held]:
    """The wards of `wanted` that this person may open, after the entry that says so."""
    asked = list(wanted)
    wraps = _wraps(presence, {one.ward.chart for one in asked})
    opened: dict[_Name, Keyring] = {}
    with once.look():
        held = list(_permitted(presence, asked, wraps, opened))
    charts = sorted({one.ward.chart for one in held})
    if len({one.ward.chart for one in asked}) == 1:
        note_each(presence, [(one, details) for one in held])
    elif held:
        bridge.note_house(presence, held[0].grant.act, {**details, "charts": charts})
    rings.keep_own(presence, [(*wraps[name], name[1], ring) for name, ring in opened.items()])
    return held


def _permitted(
    presence: Presence,
    asked: Sequence[Wanted],
    wraps: Mapping[_Name, tuple[str, bytes]],
    opened: dict[_Name, Keyring],
) -> Iterator[Held]:
    """Those that the gate permits, each asked by itself, and whose ring this person holds."""
    for one in asked:
        name = _name(one.ward)
        if name not in wraps:
            continue
        request = bridge.request_of(presence, one.act, one.purpose, one.ward, one.cares)
        decision = presence.house.gate.decide(request)
        if isinstance(decision, Permit):
            if name not in opened:
                opened[name] = rings.unwrapped(presence, *wraps[name], name[1])
            yield Held(one.ward, decision.grant, opened[name])


_CHART, _PRIVATE = str(rings.Kind.CHART), str(rings.Kind.PRIVATE)


def _name(ward: Ward) -> _Name:
    if Label.PRIVATE in ward.labels:
        return ward.chart, _PRIVATE, ward.author
    return ward.chart, _CHART, ""


# Written out as in `rings`, and beginning with the wards: a person has wraps of all she ever cared
# for.
_WRAPS = """
    SELECT ring.ward, ring.kind, ring.author, ring.id, wrap.sealed
    FROM phi_ring ring CROSS JOIN phi_wrap wrap
    WHERE ring.ward IN ({}) AND ring.kind IN ('chart', 'private') AND ring.author IN ('', %s)
      AND wrap.ring_id = ring.id AND wrap.recipient = %s
"""


def _wraps(presence: Presence, wards: Iterable[str]) -> Mapping[_Name, tuple[str, bytes]]:
    found = statements.fetch_among(_WRAPS, sorted(wards), presence.person, presence.person)
    return {
        (ward, kind, author): (ring, bytes(sealed)) for ward, kind, author, ring, sealed in found
    }


def note_each(presence: Presence, many: Sequence[tuple[Held, bridge.Details]]) -> None:
    """Entries in several charts, durable together: all or none."""
    bridge.note_wards(presence, [(one.grant, one.ward, one.ring, details) for one, details in many])


def open_rows(
    presence: Presence,
    held: Held,
    part: str,
    rows: Iterable[tuple[Any, ...]],
    read: Callable[[memoryview], T],
) -> Iterator[tuple[tuple[Any, ...], T]]:
    """Rows (record, revision, sealed, …) of one ward with what `read` makes of their words, which
    it keeps a copy of, if anything (`bytes`). `hold` wrote the entry."""
    _require(presence, held)
    return held.ring.open_rows(presence.house.practice, held.ward.chart, part, rows, read)


def open_copy(
    presence: Presence, held: Held, record: str, part: str, number: int, sealed: bytes
) -> bytes | None:
    """A sealed copy of what can be made anew, or `None` if it is not what was sealed there."""
    _require(presence, held)
    try:
        return held.ring.open(sealed, _place(presence, held, record, part, number))
    except SealBroken:
        return None


def seal(
    presence: Presence, held: Held, record: str, part: str, number: int, words: bytes
) -> bytes:
    """Words on their way to the disk, bound to their place."""
    _require(presence, held)
    return held.ring.seal(words, _place(presence, held, record, part, number))


def _place(presence: Presence, held: Held, record: str, part: str, number: int) -> Place:
    return Place(presence.house.practice, held.ward.chart, record, part, number)


def _require(presence: Presence, held: Held) -> None:
    if held.grant.person != presence.person or not held.grant.covers(held.ward, presence.at):
        raise Misuse("what was held is not this person's, or not any more")
