"""Words about nobody known: sealed for those who might know, by somebody who may not read them.

A letter reaches the front desk and names a person. Whoever wrote it down holds no key to it
afterwards; all who could be concerned hold one, and the same ones whoever is named, so that neither
the wraps on the disk nor the answer tell whether the person is a client (P8, THREATS.md T07). Who
of them is shown it, the caller decides after the gate. Nothing is wrapped to recovery or the
server.
"""

from collections.abc import Mapping

from stillroom.phi import rings
from stillroom.phi._house import House, Presence
from stillroom.phi.models import Ring
from stillroom.vault import Place, Recipient

_KIND = rings.Kind.PRIVATE


def _place(house: House, arrival: str) -> Place:
    return Place(house.practice, arrival, arrival, "arrived", 1)


def leave(house: House, arrival: str, for_: Mapping[str, Recipient], words: bytes) -> bytes:
    """Seal words so that each of these people opens them, and nobody else."""
    made = rings.prepare_ring(house, arrival, _KIND, for_)
    rings.keep_rings([made])
    return made.keyring.seal(words, _place(house, arrival))


def peek(presence: Presence, arrival: str, sealed: bytes) -> bytes:
    """The words, to be compared with names and shown to nobody; the caller shows none of it
    without a grant and an entry. `NotHere` for whom they were not sealed."""
    ring = rings.open_ring(presence, arrival, _KIND)
    return ring.open(sealed, _place(presence.house, arrival))


def forget(arrival: str) -> None:
    """Let the ring go, and with it what was sealed by it."""
    Ring.objects.filter(ward=arrival, kind=_KIND).delete()
