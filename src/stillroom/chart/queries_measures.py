"""Reading the measures of a chart: all that were signed, with one gate decision and one entry (P1).

The trend lays other things beside them: the days of sessions and of changes of medication, which
are taken from the rows alone; of them nothing is opened.
"""

from dataclasses import dataclass
from datetime import datetime

from stillroom.chart import rules
from stillroom.chart._kinds_measures import MEASURE
from stillroom.chart.measured import Taken, taken_of
from stillroom.chart.models import Record
from stillroom.chart.wards import reach_into, sees_restricted
from stillroom.phi import Presence, bridge

MOST = 400
"""So many of the newest assessments of a chart are looked at."""


@dataclass(frozen=True)
class Beside:
    """What lies beside a trend: days of sessions, and days on which medication was written down."""

    sessions: tuple[datetime, ...] = ()
    medication: tuple[datetime, ...] = ()


def taken(presence: Presence, chart_id: str) -> list[Taken]:
    """The measures of a chart, oldest first; those entered in error are marked as struck."""
    reach = reach_into(presence, chart_id)
    signed = Record.objects.filter(
        chart=chart_id, kind=MEASURE.shelf, private=False, **reach.fields
    )
    newest = signed.exclude(state=Record.State.DRAFT).order_by("-occurred_at", "-pk")
    first = newest.filter(revisions__number=1)
    sealed = first.values_list(
        "pk", "revisions__number", "revisions__sealed", "occurred_at", "state"
    )[:MOST]
    details: bridge.Details = {"did": "measures", "why": reach.purpose.value}
    found: list[Taken] = []
    for row, content in bridge.reveal_rows(
        presence, reach.grant, reach.ward, "revision", sealed, details, rules.decode
    ):
        if content.kind == MEASURE.id:
            struck = row[4] == Record.State.IN_ERROR
            found.append(taken_of(row[0], row[3], content, struck=struck))
    return found[::-1]


def beside(presence: Presence, chart_id: str) -> Beside:
    """For a chart whose measures were just read: the days of other things in it."""
    days: dict[str, list[datetime]] = {"progress_note": [], "medication_list": []}
    rows = Record.objects.filter(chart=chart_id, kind__in=days, state=Record.State.SIGNED)
    if not sees_restricted(presence, chart_id):
        rows = rows.filter(restricted=False)
    for at, kind in rows.order_by("occurred_at").values_list("occurred_at", "kind"):
        days[kind].append(at)
    return Beside(tuple(days["progress_note"]), tuple(days["medication_list"]))
