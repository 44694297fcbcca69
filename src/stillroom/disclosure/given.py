"""To whom each record of a chart was given, as far as the packets that left say it."""

from collections import defaultdict

from stillroom.access import Act, Purpose
from stillroom.disclosure.models import Packet
from stillroom.disclosure.packeting import read_head
from stillroom.disclosure.releasing import packet_ward
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice


def given_out(presence: Presence, chart_id: str) -> dict[str, tuple[str, ...]]:
    """The recipients of each record, by the record's id. Only heads are opened, no file.

    What another author sealed to herself stays shut; such a record cannot be listed by who asks.
    """
    rows = Packet.objects.filter(matter__chart=chart_id, state=Packet.State.RELEASED)
    mine = [one for one in rows if not one.private or one.built_by == presence.person]
    found: dict[str, list[str]] = defaultdict(list)
    cares = practice.cares_of(presence.person, chart_id)
    for row in mine:
        ward = packet_ward(chart_id, row.built_by, private=row.private)
        grant = bridge.ask(presence, Act.RELEASE_PREPARE, Purpose.RELEASE, ward, cares=cares)
        parts = [(row.pk, "head", 1, bytes(row.head))]
        told: bridge.Details = {"did": "looked to whom it went", "packet": row.pk}
        (words,) = bridge.reveal(presence, grant, ward, parts, told)
        head = read_head(words)
        for record, *_ in head.records:
            if head.to not in found[record]:
                found[record].append(head.to)
    return {record: tuple(names) for record, names in found.items()}
