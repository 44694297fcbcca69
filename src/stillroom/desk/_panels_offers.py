"""On a chart's page: permissions that wait for a signature at the client's own door."""

from collections.abc import Mapping
from typing import Any

from stillroom.access import Act, Ward
from stillroom.consent.offers import State, unsigned
from stillroom.consent.queries_offers import offers
from stillroom.desk._panel import ChartPanel
from stillroom.desk.shell import DeskRequest
from stillroom.phi import bridge
from stillroom.practice import queries
from stillroom.practice.queries import ChartHead


def _waiting(request: DeskRequest, head: ChartHead) -> Mapping[str, Any] | None:
    presence = request.presence
    cares = queries.cares_of(presence.person, head.id)
    purpose = queries.purpose_for(presence, cares)
    if not bridge.may(presence, Act.CONSENT_READ, purpose, Ward(chart=head.id), cares=cares):
        return None
    shown = []
    for one in offers(presence, head.id):
        state = one.state(request.today)
        if state is State.WAITS or (not one.noted and state is not State.WITHDRAWN):
            to = ", ".join(party.name for party in unsigned(one.words).recipients)
            shown.append((one, to, state.value))
    return {"offers": shown} if shown else None


CHART_PANELS_HERE = (ChartPanel("offers", "margin", "desk/parts/chart_offers.html", _waiting),)
