"""On a chart's page: whether its client comes in by a door of her own."""

from collections.abc import Mapping
from typing import Any

from stillroom.access import Act, Ward
from stillroom.desk._panel import ChartPanel
from stillroom.desk.shell import DeskRequest
from stillroom.phi import bridge
from stillroom.practice import queries, queries_guests
from stillroom.practice.queries import ChartHead


def _doors(request: DeskRequest, head: ChartHead) -> Mapping[str, Any] | None:
    presence = request.presence
    cares = queries.cares_of(presence.person, head.id)
    purpose = queries.purpose_for(presence, cares)
    if head.kind == "group" or not bridge.may(
        presence, Act.GUEST_READ, purpose, Ward(chart=head.id), cares=cares
    ):
        return None
    found = queries_guests.doors_of(presence, head.id, words=False)
    return {
        "open": sum(one.account.active and not one.account.frozen for one in found),
        "frozen": sum(one.account.frozen for one in found),
        "offered": sum(one.account.offered_until is not None for one in found),
    }


CHART_PANELS_HERE = (ChartPanel("own-door", "strip", "desk/parts/chart_door.html", _doors),)
