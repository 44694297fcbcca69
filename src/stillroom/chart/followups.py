"""What is to follow after a record of risk: kept when the record is signed, done when said so.

Rules: the day stands in the clear, what is to be done stays in the record; saying *done* is an
entry in the log and names who; a day that cannot be read as one keeps nothing and stops nothing.
"""

from stillroom.access import Act, Purpose
from stillroom.chart import queries, risk
from stillroom.chart.contents import Content
from stillroom.chart.models import Followup, Record
from stillroom.kernel import StillroomError
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice


class NothingDue(StillroomError):
    """Something was to be marked as done that is not open."""

    what = "nothing of that record is open any more"
    usual_advice = "Look at the chart: somebody has marked it as done, or it had no day."


def of(row: Record, content: Content) -> list[Followup]:
    """What is to follow after a record that is being signed: one row, or none."""
    day = risk.due_on(content.kind, content.answers)
    return [] if day is None else [Followup(record=row, due_on=day)]


def done(presence: Presence, record_id: str) -> str:
    """Say that what was to follow is done; gives the chart."""
    row = queries.find_record(presence, record_id, Act.RECORD_WRITE)
    ward = queries.ward_of(row)
    cares = practice.cares_of(presence.person, row.chart)
    _, write, _ = queries.acts_of(row.private)
    grant = bridge.ask(presence, write, Purpose.TREATMENT, ward, cares=cares)
    waiting = Followup.objects.filter(pk=record_id, done_at=None)
    if not waiting.exists():
        raise NothingDue
    bridge.note(presence, grant, ward, {"did": "followed up", "record": record_id})
    waiting.update(done_at=presence.at, done_by=presence.person)
    return row.chart
