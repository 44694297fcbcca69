"""What the recovery key gives back: to a practice whose own key is lost, or to one person (T11).

Rules: the recovery key opens what the server's key opened, and is used for nothing else here; every
ring that the old key could open is wrapped to the new one, in one transaction of the caller's; what
only the old key could open is taken away, because a row that opens for nobody is a trap.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from stillroom.phi import rings
from stillroom.phi._errors import NotHere
from stillroom.phi._house import RECOVERY, SERVER, House
from stillroom.phi.models import Spare, Wrap
from stillroom.vault import PersonKey, Recipient, SharedKey

_PORTION = 500


def give_server_its_rings(house: House, recovery: PersonKey, server: SharedKey) -> int:
    """Wrap to `server` every ring that the server held before; says how many there are.

    `WrongIdentity` if a wrap is not the recovery key's: then nothing of it may be kept.
    """
    given = 0
    for portion in _portions():
        kept = Wrap.objects.filter(ring__in=[one.ring_id for one in portion], recipient=RECOVERY)
        by_ring = {one.ring_id: one for one in kept.select_related("ring")}
        for one in portion:
            one.sealed = rings.rewrapped(house, by_ring[one.ring_id], recovery, server)
        Wrap.objects.bulk_update(portion, ["sealed"])
        given += len(portion)
    return given


def _portions() -> Iterator[list[Wrap]]:
    """The server's wraps, some at a time, by number."""
    last = 0
    held = Wrap.objects.filter(recipient=SERVER).order_by("pk")
    while portion := list(held.filter(pk__gt=last)[:_PORTION]):
        yield portion
        last = portion[-1].pk


def take_spares_away() -> int:
    """Keys laid by for emergencies lay under the old key too; says how many there were."""
    return Spare.objects.all().delete()[0]


@dataclass(frozen=True)
class ByRecovery:
    """The recovery key at work in a house: it wraps charts' rings once more, and opens none."""

    house: House
    key: PersonKey

    def give(self, chart: str, person: str, recipient: Recipient) -> None:
        """Wrap one chart's ring to a person; `NotHere` where recovery holds none."""
        held = Wrap.objects.select_related("ring").filter(recipient=RECOVERY)
        kept = held.filter(ring__ward=chart, ring__kind=rings.Kind.CHART).first()
        if kept is None:
            raise NotHere
        sealed = rings.rewrapped(self.house, kept, self.key, recipient)
        Wrap.objects.update_or_create(ring=kept.ring, recipient=person, defaults={"sealed": sealed})


def forget_spares_of(person: str) -> int:
    """Keys laid by for the emergencies of somebody who cannot come any more."""
    return Spare.objects.filter(recipient=person).delete()[0]
