"""What a person sends a client: a letter by post, or the address of one behind a link; the same
wishes, the same lock, the same log.

Nothing of ours carries it. Whoever sends it says so here first; what the wishes do not allow is
refused and written down with its reason, and what is kept says that a letter went and where to,
and none of its words. By e-mail goes the address of a letter, never a letter.
"""

from collections.abc import Callable, Mapping

import msgspec
from django.db import transaction
from django.utils import timezone

from stillroom.access import Act, Purpose
from stillroom.kernel import new_id
from stillroom.phi import NotHere, Presence, bridge, fronts
from stillroom.practice import queries
from stillroom.practice.models import Client, Message
from stillroom.practice.rules_wishes import EMAIL, POST, Reach, why_no_link, why_not_posted
from stillroom.practice.sending.actions import NotWished
from stillroom.practice.sending.rules import Written

KIND = "letter"
SAYS: Mapping[str, str] = {
    POST: "A letter, posted by hand.",
    EMAIL: "The address of a letter behind a link, sent by hand.",
}

_REFUSED: Mapping[str, tuple[str, str]] = {
    POST: (
        "nothing was written down as sent",
        "Send it as the client wishes. If it has gone already, report an incident.",
    ),
    EMAIL: (
        "nothing lies behind a link",
        "Wait for an hour of theirs, or send it by another way that the client named.",
    ),
}


def post(
    presence: Presence,
    chart_id: str,
    client_id: str,
    to: str,
    then: Callable[[], None],
    *,
    by: str = POST,
) -> None:
    """Let a letter go to one holder of a chart, there; `then` is done in the same transaction.
    `NotWished`."""
    cares = queries.cares_of(presence.person, chart_id)
    purpose = Purpose.TREATMENT if cares else Purpose.SCHEDULING
    bridge.ask(presence, Act.MESSAGE_SEND, purpose, queries.front_ward(chart_id), cares=cares)
    details: bridge.Details = {"chart": chart_id, "client": client_id, "kind": KIND}
    with transaction.atomic():
        why = _why_not(_wishes_now(presence, chart_id, client_id), presence, to, by)
        if not why:
            written = {**details, "did": "written", "by": "a person"}
            entry = bridge.note_house(presence, Act.MESSAGE_SEND, written)
            _keep(presence, client_id, Written(KIND, by, to, SAYS[by]), entry)
            then()
    if why:
        bridge.note_house(presence, Act.MESSAGE_SEND, {**details, "did": "not sent", "why": why})
        said, advice = _REFUSED[by]
        raise NotWished(f"{said}. {why}".removesuffix("."), advice=advice)


def _why_not(reach: Reach | None, presence: Presence, to: str, by: str) -> str:
    if by == EMAIL:
        return why_no_link(reach, to, presence.at, timezone.get_default_timezone())
    return why_not_posted(reach, to)


def _wishes_now(presence: Presence, chart_id: str, client_id: str) -> Reach | None:
    """The wishes under the lock that a change of them takes too."""
    Client.objects.select_for_update().get(pk=client_id)
    for one in queries.chart_head(presence, chart_id).holders:
        if one.client == client_id:
            return one.sheet.reach
    raise NotHere


def _keep(presence: Presence, client_id: str, written: Written, entry: int) -> None:
    record = new_id()
    words = msgspec.json.encode(written)
    Message.objects.create(
        id=record,
        client_id=client_id,
        state=Message.State.GONE,
        sealed=fronts.seal_beside(presence.house, client_id, record, words),
        written_by=presence.person,
        written_at=presence.at,
        entry=entry,
    )
