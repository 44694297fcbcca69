"""One appointment for whoever has to do with it, without opening a name.

The same question for those who care and for a client by her own door; each sees what is hers.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from stillroom.access import Act
from stillroom.phi import Presence, bridge
from stillroom.practice import queries
from stillroom.practice.models import Appointment

BY_VIDEO = "telehealth"


@dataclass(frozen=True)
class Booked:
    """An appointment: of which chart, with whom of the staff, when, how."""

    id: str
    chart: str
    person: str
    starts_at: datetime
    ends_at: datetime
    state: str
    mode: str
    code: str
    kind: str
    """Of the chart: one person's, a couple's or a group's."""


def booked(presence: Presence, appointment_id: str) -> Booked | None:
    """One appointment; `None` if there is none of that id; `NotHere` for whoever may not know."""
    one = booked_unasked(appointment_id)
    if one is not None:
        require(presence, one)
    return one


def booked_unasked(appointment_id: str) -> Booked | None:
    """The same for a caller who asks the gate after: `require`, or of another chart (a group's
    member, who comes in by her own)."""
    row = Appointment.objects.select_related("chart").filter(pk=appointment_id).first()
    return booked_of(row) if row else None


def require(presence: Presence, one: Booked) -> None:
    """Nothing for whoever may know of this appointment, else `NotHere`."""
    _ask(presence, one.chart)


def by_video(presence: Presence, chart_id: str, *, since: timedelta) -> list[Booked]:
    """The appointments by video of a chart that end after `since` ago, in their order."""
    _ask(presence, chart_id)
    rows = Appointment.objects.select_related("chart").filter(
        chart_id=chart_id, mode=BY_VIDEO, ends_at__gt=presence.at - since
    )
    return [booked_of(row) for row in rows.order_by("starts_at", "pk")]


def _ask(presence: Presence, chart_id: str) -> None:
    cares = queries.cares_of(presence.person, chart_id)
    purpose = queries.purpose_for(presence, cares)
    ward = queries.front_ward(chart_id)
    bridge.ask(presence, Act.APPOINTMENT_READ, purpose, ward, cares=cares)


def booked_of(row: Appointment) -> Booked:
    """A row of the calendar, for whoever was let in."""
    return Booked(
        row.pk,
        row.chart_id,
        row.person,
        row.starts_at,
        row.ends_at,
        row.state,
        row.mode,
        row.code,
        row.chart.kind,
    )
