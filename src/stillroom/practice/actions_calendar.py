"""Writing in the calendar: book, move, and say what became of an appointment.

Rules: each act asks the gate and is in the log before the rows change. What is doubtful is asked:
`Doubtful` is raised until `sure` brings back what was asked.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from stillroom.access import Act, Purpose
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries
from stillroom.practice import queries_calendar as calendar
from stillroom.practice.models import Appointment, Chart
from stillroom.practice.rules_calendar import (
    PLANNED,
    Doubtful,
    Doubts,
    NotInCare,
    NotPlanned,
    Slot,
    doubts,
    require_how,
    require_may_become,
)


def book(
    presence: Presence,
    chart_id: str,
    person: str,
    starts_at: datetime,
    ends_at: datetime,
    *,
    mode: str = "in_person",
    code: str = "",
    sure: str = "",
) -> str:
    """An appointment; gives its id."""
    ask(presence, chart_id)
    slot = Slot(starts_at, ends_at)
    require_how(mode, code)
    if not Chart.objects.filter(pk=chart_id).exists():
        bridge.refuse(presence, Act.APPOINTMENT_WRITE, chart_id)
        raise NotHere
    require_meets(presence, chart_id, person, slot)
    _require_sure(presence, person, slot, sure)
    details: bridge.Details = {"did": "booked", "chart": chart_id, "person": person}
    bridge.note_house(presence, Act.APPOINTMENT_WRITE, {**details, **when(slot)})
    row = Appointment.objects.create(
        chart_id=chart_id,
        person=person,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        mode=mode,
        code=code,
    )
    return row.pk


def move(
    presence: Presence,
    appointment_id: str,
    person: str,
    starts_at: datetime,
    ends_at: datetime,
    *,
    mode: str,
    code: str,
    sure: str = "",
) -> None:
    """Another time, another colleague or another way of meeting, for what is still planned."""
    slot = Slot(starts_at, ends_at)
    with transaction.atomic():
        row = locked(presence, appointment_id)
        ask(presence, row.chart_id)
        require_how(mode, code)
        if row.state != PLANNED:
            raise NotPlanned
        if (person, slot.starts_at, slot.ends_at) != (row.person, row.starts_at, row.ends_at):
            require_meets(presence, row.chart_id, person, slot)
            _require_sure(presence, person, slot, sure, without=[row.pk])
        details: bridge.Details = {"did": "moved", "appointment": row.pk, "person": person}
        bridge.note_house(presence, Act.APPOINTMENT_WRITE, {**details, **when(slot)})
        Appointment.objects.filter(pk=row.pk).update(
            person=person, starts_at=slot.starts_at, ends_at=slot.ends_at, mode=mode, code=code
        )


def mark(presence: Presence, appointment_id: str, state: str) -> None:
    """Held, missed, cancelled, or planned again."""
    with transaction.atomic():
        row = locked(presence, appointment_id)
        ask(presence, row.chart_id)
        require_may_become(row.state, state, row.starts_at, presence.at)
        details: bridge.Details = {"did": state, "appointment": row.pk, "was": row.state}
        bridge.note_house(presence, Act.APPOINTMENT_WRITE, details)
        Appointment.objects.filter(pk=row.pk).update(state=state)


def hand_over(presence: Presence, chart_id: str, person: str) -> int:
    """What I have planned with a chart goes over to a colleague; says how many appointments.

    Nothing is asked about what else she has then: her calendar shows both.
    """
    ask(presence, chart_id)
    planned = Appointment.objects.filter(
        chart_id=chart_id, person=presence.person, starts_at__gte=presence.at, state=PLANNED
    )
    ids = list(planned.select_for_update().values_list("pk", flat=True))
    if ids:
        details: bridge.Details = {"did": "went over", "appointments": ids, "person": person}
        bridge.note_house(presence, Act.APPOINTMENT_WRITE, {**details, "chart": chart_id})
        Appointment.objects.filter(pk__in=ids).update(person=person)
    return len(ids)


def locked(presence: Presence, appointment_id: str) -> Appointment:
    """An appointment’s row until the transaction ends, or `NotHere`."""
    row = Appointment.objects.select_for_update().filter(pk=appointment_id).first()
    if row is None:
        bridge.refuse(presence, Act.APPOINTMENT_WRITE, appointment_id)
        raise NotHere
    return row


def ask(presence: Presence, chart_id: str) -> None:
    """The gate’s permission to write in the calendar for a chart, or `NotHere`."""
    cares = queries.cares_of(presence.person, chart_id)
    ward = queries.front_ward(chart_id)
    bridge.ask(presence, Act.APPOINTMENT_WRITE, Purpose.SCHEDULING, ward, cares=cares)


def require_meets(presence: Presence, chart_id: str, person: str, slot: Slot) -> None:
    """Whoever cares when it begins; for what is past, whoever cares now may be named too."""
    now = calendar.who_meets(chart_id, presence.at) if slot.starts_at < presence.at else []
    if person not in (*calendar.who_meets(chart_id, slot.starts_at), *now):
        raise NotInCare


def _require_sure(
    presence: Presence, person: str, slot: Slot, sure: str, *, without: Collection[str] = ()
) -> None:
    others = calendar.others_of(person, slot, without=without)
    doubtful = doubts(person, presence.at, slot, others)
    if doubtful and sure != doubtful.asked:
        raise Doubtful(doubtful)


def when(slot: Slot) -> bridge.Details:
    """A time as an entry of the log has it."""
    return {"starts": slot.starts_at.isoformat(), "ends": slot.ends_at.isoformat()}


def require_sure(
    presence: Presence,
    person: str,
    slots: Sequence[Slot],
    sure: str,
    *,
    without: Collection[str] = (),
) -> None:
    """What is doubtful about any of these times of a colleague's, asked together: `Doubtful` unless
    it was answered with yes."""
    each = [
        doubts(person, presence.at, one, calendar.others_of(person, one, without=without))
        for one in slots
    ]
    past = any(one.past for one in each)
    overlaps = tuple(other for one in each for other in one.overlaps)
    found = Doubts(person, slots[0], past, overlaps)
    if found and sure != found.asked:
        raise Doubtful(found)
