"""Reading risk: what was assessed in a chart, what is being written, what is due.

Rules: one gate decision and one durable entry for all that is opened of a chart (P1); only charts
that this person treats or covers tell her what is due, and nothing is opened to tell it; nobody
else learns that there is anything (P8). Of a chart with many assessments the newest are read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from stillroom.chart import rules
from stillroom.chart.models import Followup
from stillroom.chart.risk import RISK_KINDS, RiskRecord
from stillroom.chart.wards import reach_into, sees_restricted
from stillroom.phi import Presence, bridge, statements
from stillroom.practice.queries import moment

SHELF = "assessment"
MOST = 60
"""So many of the newest assessments of a chart are looked at, measures among them."""

_SIGNED = """
    SELECT record.id, revision.number, revision.sealed, record.occurred_at, record.author,
           record.state
    FROM chart_record record
    JOIN chart_revision revision ON revision.record_id = record.id AND NOT revision.addendum
         AND NOT EXISTS (SELECT 1 FROM chart_revision later WHERE later.record_id = record.id
                         AND NOT later.addendum AND later.number > revision.number)
    WHERE record.chart = %s AND record.kind = %s AND record.state <> 'draft'
      AND NOT record.private{}
    ORDER BY record.occurred_at DESC, record.id DESC LIMIT %s
"""
_DRAFTS = """
    SELECT draft.record_id, draft.version, draft.sealed, record.occurred_at, record.author,
           record.state
    FROM chart_record record JOIN chart_draft draft ON draft.record_id = record.id
    WHERE record.chart = %s AND record.kind = %s AND record.author = %s{}
"""


@dataclass(frozen=True)
class Risk:
    """What a chart holds of risk: signed, newest first, and one's own drafts."""

    signed: tuple[RiskRecord, ...] = ()
    drafts: tuple[RiskRecord, ...] = ()


@dataclass(frozen=True)
class Due:
    """Something that is to follow in a chart. `done` once somebody has said so."""

    record: str
    chart: str
    due_on: date
    done: bool = False


def risk_of(presence: Presence, chart_id: str, *, drafts: bool = False) -> Risk:
    """What a chart holds of risk. A chart without an assessment opens nothing and says nothing."""
    also = "" if sees_restricted(presence, chart_id) else " AND NOT record.restricted"
    signed = statements.fetch_all(_SIGNED.format(also), (chart_id, SHELF, MOST))
    begun = (
        statements.fetch_all(_DRAFTS.format(also), (chart_id, SHELF, presence.person))
        if drafts
        else []
    )
    if not signed and not begun:
        return Risk()
    reach = reach_into(presence, chart_id)
    parts: list[bridge.SealedPart] = [
        (row[0], part, row[1], bytes(row[2]))
        for part, rows in (("revision", signed), ("draft", begun))
        for row in rows
    ]
    details: bridge.Details = {"did": "risk", "records": [part[0] for part in parts]}
    words = bridge.reveal(presence, reach.grant, reach.ward, parts, details)
    return Risk(
        tuple(_risks(signed, words[: len(signed)])), tuple(_risks(begun, words[len(signed) :]))
    )


def _risks(rows: Iterable[tuple[Any, ...]], words: Iterable[bytes]) -> Iterable[RiskRecord]:
    for (record, _, _, occurred, author, state), text in zip(rows, words, strict=True):
        content = rules.decode(text)
        if content.kind in RISK_KINDS:
            yield RiskRecord(record, content.kind, moment(occurred), author, content.answers, state)


_DUE = """
    SELECT due.record_id, record.chart, due.due_on
    FROM chart_followup due JOIN chart_record record ON record.id = due.record_id
    JOIN practice_carerelationship care ON care.chart_id = record.chart
    WHERE due.done_at IS NULL AND due.due_on <= %s AND record.state = 'signed'
      AND care.person = %s
      AND (care.capacity = 'treating' OR care.capacity = 'covering' AND NOT record.restricted)
      AND care.begins_at <= %s AND (care.ends_at IS NULL OR care.ends_at > %s)
    ORDER BY due.due_on, due.record_id
"""


def due(presence: Presence, until: date) -> list[Due]:
    """What is to follow by a day in the charts that I treat or cover, the oldest first."""
    at = connection.ops.adapt_datetimefield_value(presence.at)
    day = connection.ops.adapt_datefield_value(until)
    rows = statements.fetch_all(_DUE, (day, presence.person, at, at))
    found = [Due(record, chart, _day(on)) for record, chart, on in rows]
    return list(dict.fromkeys(found))


_SUPERVISED = """
    SELECT due.record_id, record.chart, due.due_on, record.author
    FROM chart_followup due JOIN chart_record record ON record.id = due.record_id
    JOIN practice_carerelationship care ON care.chart_id = record.chart
    WHERE due.done_at IS NULL AND due.due_on <= %s AND record.state = 'signed'
      AND NOT record.restricted AND care.person = %s AND care.capacity = 'supervising'
      AND care.begins_at <= %s AND (care.ends_at IS NULL OR care.ends_at > %s)
    ORDER BY due.due_on, due.record_id
"""


@dataclass(frozen=True)
class Supervised(Due):
    """The same, in a chart that one supervises: who assessed it. She sees to it; one asks her."""

    author: str = ""


def due_of_supervised(presence: Presence, until: date) -> list[Supervised]:
    """What is to follow by a day in the charts whose care I supervise, the oldest first; what I
    treat or cover myself stands among my own."""
    at = connection.ops.adapt_datetimefield_value(presence.at)
    day = connection.ops.adapt_datefield_value(until)
    rows = statements.fetch_all(_SUPERVISED, (day, presence.person, at, at))
    mine = {one.record for one in due(presence, until)}
    found = [
        Supervised(record, chart, _day(on), author=author)
        for record, chart, on, author in rows
        if record not in mine
    ]
    return list(dict.fromkeys(found))


def due_in(records: Iterable[RiskRecord]) -> list[Due]:
    """What is to follow, of records already read; done ones too, the newest first."""
    ids = [one.id for one in records if one.state == "signed"]
    rows = Followup.objects.filter(pk__in=ids).select_related("record").order_by("-due_on", "pk")
    return [Due(row.pk, row.record.chart, row.due_on, row.done_at is not None) for row in rows]


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
