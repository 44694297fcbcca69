"""Writing down how a client wishes to be reached (45 CFR 164.522(b)).

Rules: the gate is asked as for the front sheet, in which the wishes lie; what held before stays
there, dated; the client's row is locked, as by a message on its way, so one is first.
"""

import msgspec
from django.db import transaction

from stillroom.access import Act, Purpose
from stillroom.phi import NotHere, Presence, bridge, fronts
from stillroom.practice import queries
from stillroom.practice.actions import SheetMoved
from stillroom.practice.directory import Directory, decode, encode
from stillroom.practice.models import Client, Holder
from stillroom.practice.rules_wishes import Reach, require_sound


def wish(
    presence: Presence,
    directory: Directory,
    chart_id: str,
    client_id: str,
    reach: Reach,
    revision: int = 0,
) -> None:
    """These wishes hold from now on. `revision`: the front sheet's that was looked at."""
    require_sound(reach)
    cares = queries.cares_of(presence.person, chart_id)
    purpose = Purpose.TREATMENT if cares else Purpose.SCHEDULING
    ward = queries.front_ward(chart_id)
    bridge.ask(presence, Act.FRONT_WRITE, purpose, ward, cares=cares)
    with transaction.atomic():
        row = Client.objects.select_for_update().filter(pk=client_id, charts=chart_id).first()
        if row is None:
            raise NotHere
        if revision and revision != row.front_revision:
            raise SheetMoved
        details: bridge.Details = {"did": "wishes", "chart": chart_id, "client": client_id}
        words = fronts.reveal(
            presence,
            Act.FRONT_WRITE,
            [(client_id, row.front_revision, bytes(row.front))],
            details,
        )[client_id]
        before = decode(words)
        sheet = msgspec.structs.replace(before, wishes=(*before.wishes, reach))
        following = row.front_revision + 1
        Client.objects.filter(pk=client_id).update(
            front=fronts.seal(presence.house, client_id, following, encode(sheet)),
            front_revision=following,
        )
    charts = Holder.objects.filter(client_id=client_id).values_list("chart_id", flat=True)
    directory.put(client_id, charts, sheet)
