"""A whole chart at once: everything signed in it, for one who cares, as a search or a hand-over needs.

One gate decision and one durable entry, whatever number of notes it opens (P1). Private notes are
not among them: they are under their author's own ring (P4). What AES-GCM authenticates is the place
of each revision and its words; the signatures are checked where one record is shown
(`queries.record`) or leaves (`releasing`).
"""

from datetime import datetime
from itertools import tee
from operator import attrgetter
from typing import Any

import msgspec
from django.db import connection

from stillroom.access import Act
from stillroom.chart import queries, rules
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice
from stillroom.practice.queries import moment

# Written out and read as plain tuples: making objects of rows costs more than opening what they
# hold. Sorted at the end and not by the database, which would carry sealed words through its sorter.
_SIGNED = """
    SELECT record.occurred_at, record.id, revision.number, revision.sealed,
           record.kind, record.state, revision.signer, revision.signed_at
    FROM chart_record record JOIN chart_revision revision ON revision.record_id = record.id
    WHERE record.chart = %s AND NOT record.private AND record.state <> 'draft'
"""
_IN_ORDER = attrgetter("occurred_at", "record", "number")


class SignedWords(msgspec.Struct, frozen=True, gc=False):
    """One signed revision of one record, with its words."""

    occurred_at: datetime
    record: str
    number: int
    content: rules.Content
    kind: str
    state: str
    signer: str
    signed_at: datetime


def whole_chart(presence: Presence, chart_id: str) -> list[SignedWords]:
    """Everything signed in a chart, oldest first, addenda after what they are added to."""
    cares = practice.cares_of(presence.person, chart_id)
    ward = queries.chart_ward(chart_id)
    purpose = practice.purpose_for(presence, cares)
    grant = bridge.ask(presence, Act.RECORD_READ, purpose, ward, cares=cares)
    details: bridge.Details = {"did": "whole", "why": purpose.value}
    with connection.cursor() as cursor:
        cursor.execute(_SIGNED, (chart_id,))
        # Each row is opened as it comes, so that no more than one lies in memory sealed.
        rows, again = tee(cursor)
        parts = ((row[1], "revision", row[2], row[3]) for row in rows)
        opened = bridge.reveal_each(presence, grant, ward, parts, details)
        found = [_signed(row, text) for text, row in zip(opened, again, strict=False)]
    return sorted(found, key=_IN_ORDER)


def _signed(row: tuple[Any, ...], text: bytes) -> SignedWords:
    at, record, number, _, kind, state, signer, signed_at = row
    return SignedWords(
        moment(at), record, number, rules.decode(text), kind, state, signer, moment(signed_at)
    )
