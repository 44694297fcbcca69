"""What is still open, for the bar of every page: counts and moments, nothing opened to tell it.

Rules: only whoever holds a matter is told, and whoever it is offered to, and only while she cares
for the chart (P8); nothing is in words here, so no entry is written.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

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


# Written out, because the bar of every page asks it; building it anew took longer than the answer.
_MINE = """
    SELECT watch.*, matter.chart AS chart
    FROM disclosure_watch watch JOIN disclosure_matter matter ON matter.id = watch.matter_id
    WHERE (watch.person = %s AND watch.count > 0) OR watch.offered = %s
    ORDER BY watch.since
"""


def open_for(presence: Presence) -> list[Open]:
    """What this person has open, the oldest first."""
    rows: list[Any] = list(Watch.objects.raw(_MINE, (presence.person, presence.person)))
    if not rows:
        return []
    mine = practice.charts_in_care(presence)
    return [
        Open(
            row.matter_id,
            row.chart,
            row.since,
            row.due,
            row.count,
            row.offered == presence.person,
        )
        for row in rows
        if row.chart in mine
    ]


def of_chart(presence: Presence, chart_id: str) -> list[str]:
    """The matters of a chart that happened and have something open, for whoever cares for it."""
    if chart_id not in practice.charts_in_care(presence):
        return []
    found = Watch.objects.filter(matter__chart=chart_id, count__gt=0).order_by("since")
    return [str(one) for one in found.values_list("matter_id", flat=True)]
