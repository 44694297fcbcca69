"""Hours that somebody keeps free: blocked in her own calendar, and free again.

Rules: one's own hours and nobody else's; the entry comes before the row. No word goes with them:
what she does then is not the practice's. Whoever books sees of them what the front desk sees of a
client of whom it is not to know, a time that is taken (P8).
"""

from django.db import transaction

from stillroom.access import Act, Purpose, Ward
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries_calendar as calendar
from stillroom.practice.actions_calendar import when
from stillroom.practice.models import Block
from stillroom.practice.rules_calendar import Doubtful, Slot, doubts


def require_may_block(presence: Presence) -> None:
    """The gate's permission to keep one's own hours, or `NotHere`."""
    ward = Ward(chart="", author=presence.person)
    bridge.ask(presence, Act.TIME_BLOCK, Purpose.SCHEDULING, ward)


def block(presence: Presence, slot: Slot, *, sure: str = "") -> str:
    """Keep hours free; what stands there already is asked about. Gives the block's id."""
    require_may_block(presence)
    found = doubts(presence.person, presence.at, slot, calendar.others_of(presence.person, slot))
    if found and sure != found.asked:
        raise Doubtful(found)
    with transaction.atomic():
        bridge.note_house(presence, Act.TIME_BLOCK, {"did": "blocked", **when(slot)})
        row = Block.objects.create(
            person=presence.person, starts_at=slot.starts_at, ends_at=slot.ends_at
        )
    return row.pk


def free(presence: Presence, block_id: str) -> None:
    """Those hours are free again; of somebody else's it is not said that they exist."""
    require_may_block(presence)
    with transaction.atomic():
        own = Block.objects.select_for_update().filter(pk=block_id, person=presence.person)
        row = own.first()
        if row is None:
            bridge.refuse(presence, Act.TIME_BLOCK, block_id)
            raise NotHere
        slot = Slot(row.starts_at, row.ends_at)
        bridge.note_house(presence, Act.TIME_BLOCK, {"did": "freed", **when(slot)})
        row.delete()
