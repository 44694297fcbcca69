"""Long files on the bridge: sealed in pieces on the way in, opened in pieces after an entry.

Rules (P1, P3): the same as for words. Sealing needs a grant and reveals nothing, so a piece that
arrives writes no entry of its own; opening writes one durable entry before the first piece is
looked at. A `Spot` names one file: its record and what it is of it.

    header = streams.begin(presence, grant, ward, spot)
    sealed = streams.seal(presence, grant, ward, spot, header, 0, words, last=True)
    _, read = streams.reveal(presence, grant, ward, spot, header, pieces, details)
    for words in read(): …
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from stillroom.access import Grant, Ward
from stillroom.kernel import Misuse
from stillroom.phi import bridge
from stillroom.phi._house import Presence
from stillroom.vault import Place, Stream, ending

PIECE = Stream.piece
"""Bytes of words in one piece."""


Read = Callable[[], Iterator[bytes]]
"""Gives a file's words from the beginning, each time it is called."""


class Spot(NamedTuple):
    """One file of a record."""

    record: str
    part: str


def begin(presence: Presence, grant: Grant, ward: Ward, spot: Spot) -> bytes:
    """The header of a new file, to be kept beside its pieces. It is no secret."""
    place = _place(presence, grant, ward, spot)
    return bridge.ring_for(presence, ward).new_stream(place).header


def seal(
    presence: Presence,
    grant: Grant,
    ward: Ward,
    spot: Spot,
    header: bytes,
    pieces: Sequence[tuple[int, bytes, bool]],
) -> list[bytes]:
    """Pieces (number, words, whether it is the last) on their way to the disk."""
    stream = _stream(presence, grant, ward, spot, header)
    return [stream.seal(number, words, last=last) for number, words, last in pieces]


def endings(before: int, rest: bytes) -> list[tuple[int, bytes, bool]]:
    """The last pieces of a file of which `before` bytes are sealed, numbered, with padding."""
    first = before // PIECE
    return [(first + nth, words, last) for nth, (words, last) in enumerate(ending(before, rest))]


def reveal(
    presence: Presence,
    grant: Grant,
    ward: Ward,
    spot: Spot,
    header: bytes,
    pieces: Callable[[], Iterable[bytes]],
    details: bridge.Details,
    *,
    beside: Sequence[bridge.SealedPart] = (),
) -> tuple[list[bytes], Read]:
    """One durable entry; then the parts `beside` it, and a way to read the file from its beginning.

    `pieces` fetches the sealed pieces in order. Reading raises `SealBroken` at a piece that is not
    as it was sealed, and after the last one if the end is missing.
    """
    stream = _stream(presence, grant, ward, spot, header)
    words = bridge.reveal(presence, grant, ward, beside, details)
    return words, lambda: stream.open_all(pieces())


def _stream(presence: Presence, grant: Grant, ward: Ward, spot: Spot, header: bytes) -> Stream:
    place = _place(presence, grant, ward, spot)
    return bridge.ring_for(presence, ward).stream(header, place)


def _place(presence: Presence, grant: Grant, ward: Ward, spot: Spot) -> Place:
    if not grant.covers(ward, presence.at):
        raise Misuse("the grant does not cover this ward now")
    return Place(presence.house.practice, ward.chart, spot.record, spot.part, 1)
