"""The charts of somebody who lost every way in, for her new account, by the recovery key (T11).

Rules: each chart is in the log before its rows; only the charts in whose care she is now, each in
the way and until the moment as before; her private notes and notes about supervision are wrapped to
nobody else and stay shut. Keys laid by for her emergencies open for nobody and are taken away.
"""

from datetime import datetime

from django.db.models import Q

from stillroom.access import Act
from stillroom.identity import queries as people
from stillroom.phi import bridge, rings
from stillroom.phi import recovering as of_rings
from stillroom.practice.models import Appointment, CareRelationship, Staff
from stillroom.practice.rules_care import NobodyToCare


def take_over(recovery: of_rings.ByRecovery, lost: str, new: str, *, at: datetime) -> int:
    """Care, keys and what is planned go from `lost` to `new`; says how many charts.

    In the caller's transaction, where nobody serves the practice. `NobodyToCare` without keys.
    """
    key = people.public_key(new)
    if key is None:
        raise NobodyToCare
    running = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    cares = list(CareRelationship.objects.filter(running, person=lost).order_by("pk"))
    for care in cares:
        details: bridge.Details = {"did": "let in again", "chart": care.chart_id}
        details |= {"person": new, "capacity": care.capacity, "instead of": lost}
        bridge.note_event(recovery.house, "house", Act.CARE_BEGIN, details, at=at)
        recovery.give(care.chart_id, new, key)
        rings.withdraw_ring(care.chart_id, rings.Kind.CHART, lost)
        CareRelationship.objects.create(
            chart_id=care.chart_id,
            person=new,
            capacity=care.capacity,
            begins_at=at,
            ends_at=care.ends_at,
        )
    CareRelationship.objects.filter(pk__in=[care.pk for care in cares]).update(ends_at=at)
    planned = Appointment.objects.filter(person=lost, starts_at__gte=at)
    planned.filter(state=Appointment.State.PLANNED).update(person=new)
    of_rings.forget_spares_of(lost)
    _profile(lost, new)
    return len({care.chart_id for care in cares})


def _profile(lost: str, new: str) -> None:
    """Profession and licence are hers, whatever account she has."""
    for row in Staff.objects.filter(person=lost):
        row.person = new
        row.save(force_insert=True)
