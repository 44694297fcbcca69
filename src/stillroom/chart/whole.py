"""A whole chart at once: everything signed in it, as a search or a hand-over needs it.

One gate decision and one durable entry, whatever number of notes it opens (P1). Private notes are
not among them: they are under their author's own ring (P4). What opening authenticates is the place
of each revision and its words; the signatures are checked where one record is shown
(`queries.record`) or leaves (`releasing`).

    for one in whole_chart(presence, chart_id):
        print(one.occurred_at, one.content.opening())
"""

from datetime import datetime
from operator import attrgetter

import msgspec
from django.db import connection

from stillroom.access import Act
from stillroom.chart import queries, rules
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice
from stillroom.practice.queries import moment

# Written out and read as plain tuples: making objects of rows costs more than opening what they
# hold. Sorted at the end and not by the database, which would carry sealed words while it sorts.
_SIGNED = """
    SELECT record.id, revision.number, revision.sealed, record.occurred_at, record.kind,
           record.state, revision.signer, revision.signed_at
    FROM chart_record record JOIN chart_revision revision ON revision.record_id = record.id
    WHERE record.chart = %s AND NOT record.private AND record.state <> 'draft'
"""


class SignedWords(msgspec.Struct, frozen=True, gc=False):
    """One signed revision of one record, with its words."""

    record: str
    number: int
    content: rules.Content
    occurred: datetime
    kind: str
    state: str
    signer: str
    signed: datetime

    @property
    def occurred_at(self) -> datetime:
        """The moment that the record is about, made when asked for: it costs as much as opening."""
        return moment(self.occurred)

    @property
    def signed_at(self) -> datetime:
        """The moment of the signature."""
        return moment(self.signed)


_IN_ORDER = attrgetter("occurred", "record", "number")


def whole_chart(presence: Presence, chart_id: str) -> list[SignedWords]:
    """Everything signed in a chart, oldest first, addenda after what they are added to."""
    cares = practice.cares_of(presence.person, chart_id)
    ward = queries.chart_ward(chart_id)
    purpose = practice.purpose_for(presence, cares)
    grant = bridge.ask(presence, Act.RECORD_READ, purpose, ward, cares=cares)
    details: bridge.Details = {"did": "whole", "why": purpose.value}
    decode = rules.decode
    with connection.cursor() as cursor:
        cursor.execute(_SIGNED, (chart_id,))
        rows = bridge.reveal_rows(presence, grant, ward, "revision", cursor, details)
        found = [
            SignedWords(record, number, decode(words), at, kind, state, signer, signed)
            for (record, number, _, at, kind, state, signer, signed), words in rows
        ]
    found.sort(key=_IN_ORDER)
    return found
