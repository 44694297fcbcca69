"""Words that somebody leaves for a signed-in person while her session is locked.

Rules: whoever leaves them needs no key, because they are sealed to her public key by a ring made
for this one occasion; nobody opens them but she, once she is signed in, under a grant for the chart
they are about and after an entry (P1, P3); what was taken is forgotten, ring and all. The place is
the occasion's own identifier: so no wrap of a chart's ring is ever needed to leave words for it.
"""

from stillroom.access import Grant, Ward
from stillroom.phi import bridge, rings
from stillroom.phi._house import House, Presence
from stillroom.phi.models import Ring
from stillroom.vault import Place, Recipient

_KIND = rings.Kind.PRIVATE


def _place(house: House, occasion: str) -> Place:
    return Place(house.practice, occasion, occasion, "left", 1)


def leave(house: House, occasion: str, person: str, recipient: Recipient, words: bytes) -> bytes:
    """Seal `words` so that only `person` opens them."""
    made = rings.prepare_ring(house, occasion, _KIND, {person: recipient}, author=person)
    rings.keep_rings([made])
    return made.keyring.seal(words, _place(house, occasion))


def take(
    presence: Presence,
    grant: Grant,
    ward: Ward,
    occasion: str,
    sealed: bytes,
    details: bridge.Details,
) -> bytes:
    """Open what was left for this person: the entry first, then the words."""
    ring = rings.open_ring(presence, occasion, _KIND, author=presence.person)
    bridge.note(presence, grant, ward, details)
    return ring.open(sealed, _place(presence.house, occasion))


def forget(occasion: str) -> None:
    """Let the occasion's ring go, and with it what was sealed by it."""
    Ring.objects.filter(ward=occasion, kind=_KIND).delete()
