"""Reading the measures of a chart: all that were signed, with one gate decision and one entry (P1).

The trend lays other things beside them: the days of sessions and of changes of medication, which
are taken from the rows alone; of them nothing is opened.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from stillroom.access import Act
from stillroom.chart import queries, rules
from stillroom.chart._kinds_measures import MEASURE
from stillroom.chart.measured import Taken, taken_of
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice
from stillroom.practice.queries import moment

MOST = 400
"""So many of the newest assessments of a chart are looked at."""

_SIGNED = """
    SELECT record.id, revision.number, revision.sealed, record.occurred_at, record.state
    FROM chart_record record
    JOIN chart_revision revision ON revision.record_id = record.id AND revision.number = 1
    WHERE record.chart = %s AND record.kind = %s AND record.state <> 'draft' AND NOT record.private
    ORDER BY record.occurred_at DESC, record.id DESC LIMIT %s
"""
_BESIDE = """
    SELECT occurred_at, kind FROM chart_record
    WHERE chart = %s AND kind IN ('progress_note', 'medication_list') AND state = 'signed'
    ORDER BY occurred_at
"""


@dataclass(frozen=True)
class Beside:
    """What lies beside a trend: days of sessions, and days on which medication was written down."""

    sessions: tuple[datetime, ...] = ()
    medication: tuple[datetime, ...] = ()


def _rows(query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def taken(presence: Presence, chart_id: str) -> list[Taken]:
    """The measures of a chart, oldest first; those entered in error are marked as struck."""
    cares = practice.cares_of(presence.person, chart_id)
    ward = queries.chart_ward(chart_id)
    purpose = practice.purpose_for(presence, cares)
    grant = bridge.ask(presence, Act.RECORD_READ, purpose, ward, cares=cares)
    sealed = _rows(_SIGNED, (chart_id, MEASURE.shelf, MOST))
    details: bridge.Details = {"did": "measures", "why": purpose.value}
    found: list[Taken] = []
    for row, words in bridge.reveal_rows(presence, grant, ward, "revision", sealed, details):
        content = rules.decode(words)
        if content.kind == MEASURE.id:
            struck = row[4] == "in_error"
            found.append(taken_of(row[0], moment(row[3]), content, struck=struck))
    return found[::-1]


def beside(chart_id: str) -> Beside:
    """For a chart whose measures were just read: the days of other things in it."""
    days: dict[str, list[datetime]] = {"progress_note": [], "medication_list": []}
    for at, kind in _rows(_BESIDE, (chart_id,)):
        days[kind].append(moment(at))
    return Beside(tuple(days["progress_note"]), tuple(days["medication_list"]))
