"""The practice's own registers: words that belong to no one chart, sealed in the log ring.

Rules: the gate is asked first, the entry is durable before anything opens (P1). The log ring is the
unsealed server's and recovery's, so these words are kept from a thief of the disk and not from
whoever holds the server's key: no client's words belong in a register, and its pages say so (P3).
"""

from collections.abc import Sequence

from stillroom.access import Grant
from stillroom.kernel import Misuse
from stillroom.phi import rings
from stillroom.phi._house import Presence
from stillroom.phi.bridge import Details, SealedPart, note_house
from stillroom.vault import Place

_WARD = "register"


def seal(
    presence: Presence, grant: Grant, record: str, part: str, revision: int, words: bytes
) -> bytes:
    """Words on their way into a register, bound to their place."""
    _require(presence, grant)
    place = Place(presence.house.practice, _WARD, record, part, revision)
    return rings.open_log_ring(presence.house).seal(words, place)


def note(presence: Presence, grant: Grant, details: Details) -> int:
    """Write one entry under `grant`; gives the entry's number in the log."""
    _require(presence, grant)
    return note_house(presence, grant.act, details)


def reveal(
    presence: Presence, grant: Grant, parts: Sequence[SealedPart], details: Details
) -> list[bytes]:
    """Open parts of a register: one durable entry for all of them, then the words, in order."""
    note(presence, grant, details)
    ring, practice = rings.open_log_ring(presence.house), presence.house.practice
    return ring.open_all(
        [
            (sealed, Place(practice, _WARD, record, part, revision))
            for record, part, revision, sealed in parts
        ]
    )


def _require(presence: Presence, grant: Grant) -> None:
    if grant.chart or grant.person != presence.person or presence.at >= grant.until:
        raise Misuse("the grant does not cover the practice's registers now")
