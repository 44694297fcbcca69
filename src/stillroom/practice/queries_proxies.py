"""What a client reads, by her own door, of those who stand for her."""

from dataclasses import dataclass
from datetime import datetime

from stillroom.access import Act, Capacity, Purpose, Ward
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import actions_proxies, queries, queries_guests


@dataclass(frozen=True)
class StandsForMe:
    """One who stands for the client: what she is to her, what she was given, until when.

    The clinician's reasons, the paper and the answers are not here. `relation` is empty where
    nothing was kept.
    """

    relation: str
    reach: frozenset[str]
    ends_at: datetime | None


def who_stands_for_me(presence: Presence, chart_id: str) -> list[StandsForMe]:
    """For the holder alone, and of her own: of a couple's chart not the other's. One entry."""
    stand = queries_guests.own_stand(presence, chart_id)
    if stand.capacity is not Capacity.HOLDER:
        bridge.refuse(presence, Act.LEDGER_READ, chart_id)
        raise NotHere
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    grant = bridge.ask(presence, Act.LEDGER_READ, Purpose.OWN, ward, cares=cares)
    rows = queries_guests.running(presence.at).filter(
        chart=chart_id, client=stand.client, capacity=Capacity.PROXY.value
    )
    every = list(rows.order_by("begins_at", "pk"))
    kept = [row for row in every if row.sealed]
    parts = [(row.pk, "standing", 1, bytes(row.sealed)) for row in kept]
    details: bridge.Details = {"did": "looked who stands for her"}
    opened = bridge.reveal(presence, grant, ward, parts, details) if parts else []
    words = dict(zip((row.pk for row in kept), opened, strict=True))
    found = []
    for row in every:
        basis = actions_proxies.read(chart_id, words.get(row.pk, b""))
        relation = basis.relation if basis else ""
        found.append(StandsForMe(relation, frozenset(row.reach), row.ends_at))
    return found
