"""Writing a series in the calendar: booked at once, and moved or cancelled from one of them on.

Rules: as for one appointment. The gate is asked, what is doubtful about any of them is asked before
any is written, and one entry names them all. All or none of them change.
"""

from collections.abc import Sequence
from datetime import tzinfo

from django.db import transaction

from stillroom.access import Act
from stillroom.kernel import new_id
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice.actions_calendar import ask, locked, require_meets, require_sure, when
from stillroom.practice.models import Appointment, Chart
from stillroom.practice.rules_calendar import (
    CANCELLED,
    PLANNED,
    NotPlanned,
    Slot,
    require_how,
)
from stillroom.practice.rules_series import shift


def book_series(
    presence: Presence,
    chart_id: str,
    person: str,
    slots: Sequence[Slot],
    *,
    mode: str,
    code: str,
    sure: str = "",
) -> str:
    """Appointments at these times, the earliest first; gives the series."""
    ask(presence, chart_id)
    require_how(mode, code)
    if not Chart.objects.filter(pk=chart_id).exists():
        bridge.refuse(presence, Act.APPOINTMENT_WRITE, chart_id)
        raise NotHere
    for one in slots:
        require_meets(presence, chart_id, person, one)
    require_sure(presence, person, slots, sure)
    series = new_id()
    rows = [
        Appointment(
            chart_id=chart_id,
            person=person,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            mode=mode,
            code=code,
            series=series,
        )
        for one in slots
    ]
    details: bridge.Details = {"did": "booked a series", "chart": chart_id, "person": person}
    with transaction.atomic():
        many = {"appointments": [row.pk for row in rows]}
        bridge.note_house(presence, Act.APPOINTMENT_WRITE, {**details, **many, **when(slots[0])})
        Appointment.objects.bulk_create(rows)
    return series


def move_following(
    presence: Presence,
    appointment_id: str,
    person: str,
    meant: Slot,
    zone: tzinfo,
    *,
    mode: str,
    code: str,
    sure: str = "",
) -> int:
    """One of a series and all that follow it, by as much; says how many."""
    with transaction.atomic():
        row = locked(presence, appointment_id)
        ask(presence, row.chart_id)
        require_how(mode, code)
        rows = _following(row)
        by = shift(row.starts_at, meant, zone)
        slots = [by.of(one.starts_at, zone) for one in rows]
        for slot in slots:
            require_meets(presence, row.chart_id, person, slot)
        ids = [one.pk for one in rows]
        require_sure(presence, person, slots, sure, without=ids)
        details: bridge.Details = {"did": "moved a series", "appointments": ids, "person": person}
        bridge.note_house(presence, Act.APPOINTMENT_WRITE, {**details, **when(slots[0])})
        for one, slot in zip(rows, slots, strict=True):
            one.person, one.mode, one.code = person, mode, code
            one.starts_at, one.ends_at = slot.starts_at, slot.ends_at
        fields = ["person", "mode", "code", "starts_at", "ends_at"]
        Appointment.objects.bulk_update(rows, fields)
    return len(rows)


def cancel_following(presence: Presence, appointment_id: str) -> int:
    """One of a series and all that follow it are not to be; says how many."""
    with transaction.atomic():
        row = locked(presence, appointment_id)
        ask(presence, row.chart_id)
        ids = [one.pk for one in _following(row)]
        details: bridge.Details = {"did": "cancelled a series", "appointments": ids}
        bridge.note_house(presence, Act.APPOINTMENT_WRITE, details)
        Appointment.objects.filter(pk__in=ids).update(state=CANCELLED)
    return len(ids)


def _following(row: Appointment) -> list[Appointment]:
    """This one, which must be planned, and what is planned after it in the same series."""
    if row.state != PLANNED:
        raise NotPlanned
    if not row.series:
        return [row]
    later = Appointment.objects.select_for_update().filter(
        series=row.series, state=PLANNED, starts_at__gte=row.starts_at, chart_id=row.chart_id
    )
    return list(later.order_by("starts_at", "pk"))
