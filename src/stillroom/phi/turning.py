"""Turning a chart's ring: a fresh key for what is written from now on.

Rules (P3). The ring gets one key more and loses none, so all that was sealed still opens. Each
wrap, and each spare for an emergency, is made anew around it, for those whom the caller names; a
wrap for anybody else is gone. Who held the ring once, and may have kept a copy of it, opens what
was sealed until then and nothing that is sealed after. It happens whole or not at all, in one
transaction, under the lock of the ring's row, which whoever gives the ring to somebody takes too.
"""

from collections.abc import Mapping

from django.db import transaction

from stillroom.phi import glass, rings
from stillroom.phi._house import RECOVERY, Presence
from stillroom.phi.models import Wrap
from stillroom.vault import Recipient

Holders = Mapping[str, Recipient]
"""Persons, each with the key to wrap a ring to."""


def turn(presence: Presence, chart: str, holders: Holders, for_emergencies: Holders) -> int:
    """Turn the ring of a chart that `presence` holds; gives the number of its newest key.

    `holders` are those of whom a wrap may stay, `for_emergencies` those of whom a spare may.
    """
    house = presence.house
    with transaction.atomic():
        row = rings.locked(chart, rings.Kind.CHART)
        turned = rings.open_anew(presence, chart, rings.Kind.CHART).turn()
        staying = rings.own_among(presence, holders)
        if house.recovery is not None:
            staying[RECOVERY] = house.recovery
        wraps = list(Wrap.objects.filter(ring=row, recipient__in=staying))
        for one in wraps:
            one.sealed = rings.wrapped(house, row, turned, staying[one.recipient])
        Wrap.objects.filter(ring=row).exclude(recipient__in=staying).delete()
        Wrap.objects.bulk_update(wraps, ["sealed"])
        glass.lay_anew(presence, row, turned, for_emergencies)
    presence.rings.pop((chart, str(rings.Kind.CHART), ""), None)
    return turned.newest
