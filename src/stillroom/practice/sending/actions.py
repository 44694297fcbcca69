"""Writing to a client: ask the gate, ask the wishes at that moment, write the log, then let go.

Rules: the wishes are read again under the lock of the client's row, so that a *never* that was
written down first is obeyed (T17's order); what is refused is written down with its reason; what
leaves stands in the log before it leaves, and if it cannot be written, nothing does.
"""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import transaction
from django.utils import timezone

from stillroom.access import Act, Purpose
from stillroom.kernel import StillroomError, new_id
from stillroom.phi import NotHere, Presence, bridge, fronts
from stillroom.practice import queries
from stillroom.practice.models import Client, Message
from stillroom.practice.rules_wishes import Reach, Way, local_to, why_not
from stillroom.practice.sending.carriers import Carrier, Carriers, NotCarried, taken_by
from stillroom.practice.sending.rules import Kind, Written, compose


class NotWished(StillroomError):
    """The client's wishes do not let this leave."""

    what = "nothing was sent: the client's wishes do not allow it"
    usual_advice = "Look at how the client wishes to be reached; it may be possible another way."


@dataclass(frozen=True)
class Sent:
    """What became of it: whether it left by itself, and the words for whoever sends it by hand."""

    id: str
    entry: int
    by_itself: bool


def send(
    presence: Presence,
    carriers: Carriers,
    chart_id: str,
    client_id: str,
    way: Way,
    kind: Kind,
    when: datetime | None = None,
) -> Sent:
    """One message to one holder of a chart by one of her ways. `NotWished`, `NotCarried`."""
    cares = queries.cares_of(presence.person, chart_id)
    purpose = Purpose.TREATMENT if cares else Purpose.SCHEDULING
    ward = queries.front_ward(chart_id)
    carrier = taken_by(carriers, way.channel)
    bridge.ask(presence, Act.MESSAGE_SEND, purpose, ward, cares=cares)
    head = queries.chart_head(presence, chart_id)
    if client_id not in {one.client for one in head.holders}:
        raise NotHere
    details: bridge.Details = {"chart": chart_id, "client": client_id, "kind": kind.value}
    with transaction.atomic():
        reach = _wishes_now(presence, chart_id, client_id)
        why = _refusal(reach, way, presence.at, carrier)
        if not why and reach is not None:
            local = local_to(reach, when, timezone.get_default_timezone()) if when else None
            message = compose(reach, way, kind, presence.house.name, local)
            entry = bridge.note_house(
                presence, Act.MESSAGE_SEND, {**details, "did": "written", "by": carrier.name}
            )
            written = Written(kind.value, message.channel, message.to, message.body)
            row = _keep(presence, client_id, written, entry)
    if why:
        bridge.note_house(presence, Act.MESSAGE_SEND, {**details, "did": "not sent", "why": why})
        raise NotWished(f"nothing was sent. {why}")
    if not carrier.hands_on:
        return Sent(row, entry, by_itself=False)
    try:
        carrier.carry(message, presence.at)
    except NotCarried:
        Message.objects.filter(pk=row).update(state=Message.State.FAILED)
        bridge.note_house(presence, Act.MESSAGE_SEND, {**details, "did": "did not leave"})
        raise
    Message.objects.filter(pk=row).update(state=Message.State.GONE)
    return Sent(row, entry, by_itself=True)


def _wishes_now(presence: Presence, chart_id: str, client_id: str) -> Reach | None:
    """The wishes under the lock that a change of them takes too."""
    Client.objects.select_for_update().get(pk=client_id)
    head = queries.chart_head(presence, chart_id)
    (holder,) = (one for one in head.holders if one.client == client_id)
    return holder.sheet.reach


def _refusal(reach: Reach | None, way: Way, at: datetime, carrier: Carrier) -> str:
    why = why_not(reach, way, at, timezone.get_default_timezone())
    if not why and way.channel not in carrier.channels:
        return "Nothing here can send by this way; reach the client by it yourself."
    return why


def _keep(presence: Presence, client_id: str, written: Written, entry: int) -> str:
    record = new_id()
    words = msgspec.json.encode(written)
    Message.objects.create(
        id=record,
        client_id=client_id,
        sealed=fronts.seal_beside(presence.house, client_id, record, words),
        written_by=presence.person,
        written_at=presence.at,
        entry=entry,
    )
    return record
