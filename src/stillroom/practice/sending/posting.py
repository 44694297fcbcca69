"""A letter to a client that a person posts: the same wishes, the same lock, the same log.

Nothing of ours carries it. Whoever posts it says so here first; what the wishes do not allow is
refused and written down with its reason, and what is kept says that a letter went and where to,
and none of its words.
"""

from collections.abc import Callable

import msgspec
from django.db import transaction

from stillroom.access import Act, Purpose
from stillroom.kernel import new_id
from stillroom.phi import NotHere, Presence, bridge, fronts
from stillroom.practice import queries
from stillroom.practice.models import Client, Message
from stillroom.practice.rules_wishes import POST, Reach, why_not_posted
from stillroom.practice.sending.actions import NotWished
from stillroom.practice.sending.rules import Written

KIND = "letter"
SAYS = "A letter, posted by hand."


def post(
    presence: Presence, chart_id: str, client_id: str, to: str, then: Callable[[], None]
) -> None:
    """Let a letter go to one holder of a chart, there; `then` is done in the same transaction.
    `NotWished`."""
    cares = queries.cares_of(presence.person, chart_id)
    purpose = Purpose.TREATMENT if cares else Purpose.SCHEDULING
    bridge.ask(presence, Act.MESSAGE_SEND, purpose, queries.front_ward(chart_id), cares=cares)
    details: bridge.Details = {"chart": chart_id, "client": client_id, "kind": KIND}
    with transaction.atomic():
        why = why_not_posted(_wishes_now(presence, chart_id, client_id), to)
        if not why:
            written = {**details, "did": "written", "by": "a person"}
            entry = bridge.note_house(presence, Act.MESSAGE_SEND, written)
            _keep(presence, client_id, to, entry)
            then()
    if why:
        bridge.note_house(presence, Act.MESSAGE_SEND, {**details, "did": "not sent", "why": why})
        raise NotWished(
            f"nothing was written down as sent. {why}".removesuffix("."),
            advice="Send it as the client wishes. If it has gone already, report an incident.",
        )


def _wishes_now(presence: Presence, chart_id: str, client_id: str) -> Reach | None:
    """The wishes under the lock that a change of them takes too."""
    Client.objects.select_for_update().get(pk=client_id)
    for one in queries.chart_head(presence, chart_id).holders:
        if one.client == client_id:
            return one.sheet.reach
    raise NotHere


def _keep(presence: Presence, client_id: str, to: str, entry: int) -> None:
    record = new_id()
    words = msgspec.json.encode(Written(KIND, POST, to, SAYS))
    Message.objects.create(
        id=record,
        client_id=client_id,
        state=Message.State.GONE,
        sealed=fronts.seal_beside(presence.house, client_id, record, words),
        written_by=presence.person,
        written_at=presence.at,
        entry=entry,
    )
