"""Reading chosen records of a chart to print them for use inside: one decision, one entry (P1).

Private notes are not among them: they are under their author's own ring, and print from their own
page. What leaves the practice goes by the packet (P9), never from here.
"""

from collections.abc import Sequence

from stillroom.access import Act
from stillroom.chart import kinds, queries, signatures
from stillroom.chart.models import Record, Revision
from stillroom.chart.queries import WholeRecord
from stillroom.chart.rules_review import course_of_written
from stillroom.chart.wards import reach_into
from stillroom.phi import NotHere, Presence, bridge

MOST = 200
"""So many records at once; what is more is printed in two goes."""


def chosen_records(presence: Presence, chart_id: str, ids: Sequence[str]) -> list[WholeRecord]:
    """Signed records of one chart, whole and checked, oldest first. `NotHere` if any is not one of
    those that this person may read here."""
    reach = reach_into(presence, chart_id)
    found = Record.objects.filter(pk__in=list(ids), chart=chart_id, private=False, **reach.fields)
    rows = list(found.exclude(state=Record.State.DRAFT).order_by("occurred_at", "pk"))
    if len(rows) != len(set(ids)):
        bridge.refuse(presence, Act.RECORD_READ, chart_id)
        raise NotHere
    signed = list(Revision.objects.filter(record__in=rows).order_by("record_id", "number"))
    parts = [(one.record_id, "revision", one.number, bytes(one.sealed)) for one in signed]
    details: bridge.Details = {
        "did": "printed for use inside",
        "records": [row.pk for row in rows],
        "why": reach.purpose.value,
    }
    words = bridge.reveal(presence, reach.grant, reach.ward, parts, details)
    opened: dict[str, list[tuple[Revision, bytes]]] = {}
    for one, text in zip(signed, words, strict=True):
        opened.setdefault(one.record_id, []).append((one, text))
    return [_whole(row, opened[row.pk]) for row in rows]


def _whole(row: Record, opened: Sequence[tuple[Revision, bytes]]) -> WholeRecord:
    signatures.check_signatures(row.pk, [one for one, _ in opened], [text for _, text in opened])
    revisions = tuple(queries.written(one, text) for one, text in opened)
    return WholeRecord(
        id=row.pk,
        chart=row.chart,
        kind=kinds.kind_on(row.kind, revisions[0].content.kind),
        author=row.author,
        occurred_at=row.occurred_at,
        state=row.state,
        private=False,
        part2=row.part2,
        restricted=row.restricted,
        revisions=revisions,
        draft=None,
        draft_version=0,
        draft_saved_at=None,
        course=course_of_written(row.author, row.state, revisions),
    )
