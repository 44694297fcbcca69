"""What is still open, for the bar of every page: counts and moments, nothing opened to tell it.

Rules: only whoever holds a matter is told, and whoever it is offered to, and only while she cares
for the chart (P8); nothing is in words here, so no entry is written.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from stillroom.disclosure.models import Watch
from stillroom.phi import Presence
from stillroom.practice import queries as practice


@dataclass(frozen=True)
class Open:
    """A matter with something open. `offered` says that it waits to be taken over."""

    matter: str
    chart: str
    since: datetime
    due: datetime | None
    count: int
    offered: bool


def open_for(presence: Presence) -> list[Open]:
    """What this person has open, the oldest first."""
    mine_or_offered = Q(person=presence.person, count__gt=0) | Q(offered=presence.person)
    rows = list(Watch.objects.filter(mine_or_offered).select_related("matter").order_by("since"))
    if not rows:
        return []
    mine = practice.charts_in_care(presence)
    return [
        Open(
            row.matter_id,
            row.matter.chart,
            row.since,
            row.due,
            row.count,
            row.offered == presence.person,
        )
        for row in rows
        if row.matter.chart in mine
    ]


def of_chart(presence: Presence, chart_id: str) -> list[str]:
    """The matters of a chart that happened and have something open, for whoever cares for it."""
    if chart_id not in practice.charts_in_care(presence):
        return []
    found = Watch.objects.filter(matter__chart=chart_id, count__gt=0).order_by("since")
    return [str(one) for one in found.values_list("matter_id", flat=True)]
