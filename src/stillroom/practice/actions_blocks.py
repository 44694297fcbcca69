"""Hours that somebody keeps free: blocked in her own calendar, once or weekly, and free again.

Rules: one's own hours and nobody else's; the entry comes before the rows. No word goes with them:
what she does then is not the practice's. Whoever books sees of them what the front desk sees of a
client of whom it is not to know, a time that is taken (P8). What stands at any of the times already
is asked about before one is kept: nothing is left out in silence.
"""

from django.db import transaction

from stillroom.access import Act, Purpose, Ward
from stillroom.kernel import new_id
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice.actions_calendar import require_sure, when
from stillroom.practice.models import Block
from stillroom.practice.rules_calendar import Slot


def require_may_block(presence: Presence) -> None:
    """The gate's permission to keep one's own hours, or `NotHere`."""
    ward = Ward(chart="", author=presence.person)
    bridge.ask(presence, Act.TIME_BLOCK, Purpose.SCHEDULING, ward)


def block(presence: Presence, *slots: Slot, sure: str = "") -> str:
    """Keep hours free, the earliest first: all of them or none. Gives the first block's id."""
    require_may_block(presence)
    require_sure(presence, presence.person, slots, sure)
    series = new_id() if len(slots) > 1 else ""
    rows = [
        Block(person=presence.person, starts_at=one.starts_at, ends_at=one.ends_at, series=series)
        for one in slots
    ]
    details: bridge.Details = {"did": "blocked", "times": len(slots), **when(slots[0])}
    with transaction.atomic():
        bridge.note_house(presence, Act.TIME_BLOCK, details)
        Block.objects.bulk_create(rows)
    return rows[0].pk


def free(presence: Presence, block_id: str, *, following: bool = False) -> int:
    """Those hours are free again, or they and all of their series that follow; says how many. Of
    somebody else's it is not said that they exist."""
    require_may_block(presence)
    with transaction.atomic():
        own = Block.objects.select_for_update().filter(person=presence.person)
        row = own.filter(pk=block_id).first()
        if row is None:
            bridge.refuse(presence, Act.TIME_BLOCK, block_id)
            raise NotHere
        meant = own.filter(pk=row.pk)
        if following and row.series:
            meant = own.filter(series=row.series, starts_at__gte=row.starts_at)
        ids = list(meant.values_list("pk", flat=True))
        slot = Slot(row.starts_at, row.ends_at)
        details: bridge.Details = {"did": "freed", "times": len(ids), **when(slot)}
        bridge.note_house(presence, Act.TIME_BLOCK, details)
        Block.objects.filter(pk__in=ids).delete()
    return len(ids)
