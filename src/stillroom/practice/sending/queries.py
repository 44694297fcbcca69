"""Reading what was written to a client, for whoever may write to her."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from stillroom.access import Act, Purpose
from stillroom.phi import Presence, Told, bridge, fronts
from stillroom.practice import queries
from stillroom.practice.models import Message
from stillroom.practice.sending.rules import Written


@dataclass(frozen=True)
class Line:
    """One message in a list; `state` is *kept* (for a person to send), *gone* or *failed*."""

    id: str
    written: Written
    state: str
    by: str
    at: datetime


def may_write(presence: Presence, chart_id: str) -> bool:
    """Whether to show what writes to the client."""
    cares = queries.cares_of(presence.person, chart_id)
    purpose = Purpose.TREATMENT if cares else Purpose.SCHEDULING
    ward = queries.front_ward(chart_id)
    return bridge.may(presence, Act.MESSAGE_SEND, purpose, ward, cares=cares)


def written_to(presence: Presence, chart_id: str, client_id: str, most: int = 8) -> list[Line]:
    """The latest messages to one holder, newest first. An entry in the log, if there are any."""
    cares = queries.cares_of(presence.person, chart_id)
    purpose = queries.purpose_for(presence, cares) if cares else Purpose.SCHEDULING
    ward = queries.front_ward(chart_id)
    bridge.ask(presence, Act.FRONT_READ, purpose, ward, cares=cares)
    rows = list(
        Message.objects.filter(client=client_id, client__charts=chart_id).order_by(
            "-written_at", "-pk"
        )[:most]
    )
    if not rows:
        return []
    details: bridge.Details = {"did": "looked at messages", "chart": chart_id}
    words = fronts.reveal_beside(
        presence, Act.FRONT_READ, client_id, [(row.pk, bytes(row.sealed)) for row in rows], details
    )
    return [
        Line(
            row.pk,
            msgspec.json.decode(text, type=Written),
            row.state,
            row.written_by,
            row.written_at,
        )
        for row, text in zip(rows, words, strict=True)
    ]


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest messages name."""
    sent = frozenset({Act.MESSAGE_SEND})
    rows = Message.objects.order_by("-entry").values_list("entry", "written_by")[:most]
    return [Told(entry, sent, actor) for entry, actor in rows]
