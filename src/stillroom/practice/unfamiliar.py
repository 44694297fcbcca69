"""A client's door was opened from somewhere it is not known: who is told, and where (T08).

Rules: whoever treats is told on Today, until she has looked; the client is told by the ways that
she wished for, with the sentence that says nothing. A sign-in never waits for that and never fails
by it, and looks the same whether anything was told or not.
"""

from datetime import datetime

from stillroom.access import Act, Purpose, Ward
from stillroom.identity import familiar
from stillroom.phi import House, NotHere, Presence, bridge
from stillroom.practice import queries
from stillroom.practice.known import charts_in_care
from stillroom.practice.queries_guests import running
from stillroom.practice.sending.carriers import Carriers
from stillroom.practice.sending.notices import settle, tell


def waiting(presence: Presence) -> list[tuple[str, familiar.Opened]]:
    """Chart and what waits there, of the charts that whoever asks treats."""
    charts = charts_in_care(presence)
    rows = running(presence.at).filter(chart__in=charts).values_list("chart_id", "person")
    found = familiar.waiting({person for _, person in rows})
    return [
        (chart, found[person])
        for chart, person in rows
        if person in found and _may_look(presence, chart)
    ]


def _may_look(presence: Presence, chart_id: str) -> bool:
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    return bridge.may(presence, Act.GUEST_INVITE, Purpose.TREATMENT, ward, cares=cares)


def looked_at(presence: Presence, chart_id: str, person: str) -> None:
    """Whoever treats has looked, and asked the client or knows."""
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    grant = bridge.ask(presence, Act.GUEST_INVITE, Purpose.TREATMENT, ward, cares=cares)
    if not running(presence.at).filter(chart=chart_id, person=person).exists():
        raise NotHere
    bridge.note(presence, grant, ward, {"did": "looked at an unfamiliar way in", "person": person})
    familiar.looked_at(person)
    settle(chart_id)


def came_in(house: House, carrier: Carriers, person: str, *, at: datetime) -> None:
    """Somebody opened this account from somewhere unknown: keep it, and tell the client."""
    if not familiar.note(person, at=at):
        return
    # A client with two charts is told once; a proxy is told by the client's ways, not her own.
    rows = running(at).filter(person=person).order_by("-begins_at", "pk")
    for client, chart in dict(rows.values_list("client_id", "chart_id")).items():
        tell(house, carrier, chart, client, at=at)
