"""Changing who cares for a chart, and which state's law is asked about it.

Rules: a ring goes to somebody new only from a person who holds it (P3, T04); each change is in the
log before its rows. The chart's row is locked while its care changes, so that two who leave at the
same moment do not leave it to nobody.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from stillroom.access import Act, Capacity, Purpose, Ward
from stillroom.identity import queries as people
from stillroom.phi import House, NotHere, Presence, bridge, rings
from stillroom.phi.models import Wrap
from stillroom.practice import actions_calendar, queries
from stillroom.practice.actions_glass import mend
from stillroom.practice.models import CareRelationship, Chart
from stillroom.practice.queries_apart import apart_from
from stillroom.practice.queries_care import members
from stillroom.practice.rules_apart import KeptApart
from stillroom.practice.rules_care import (
    CaresAlready,
    LeavesByEnding,
    Member,
    NobodyToCare,
    OwnCapacity,
    require_may_begin,
    require_may_take,
    require_somebody,
)


def begin_care(
    presence: Presence,
    chart_id: str,
    person: str,
    capacity: Capacity,
    until: datetime | None = None,
) -> None:
    """Take a colleague into the care of a chart that this person holds.

    Whoever cares in another way already goes over to this one. Cover needs an end.
    """
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    grant = bridge.ask(presence, Act.CARE_BEGIN, Purpose.TREATMENT, ward, cares=cares)
    if person == presence.person:
        raise OwnCapacity
    colleague = people.colleagues().get(person)
    key = people.public_key(person)
    if colleague is None or key is None:
        raise NobodyToCare
    if person in apart_from(presence, chart_id):
        raise KeptApart
    require_may_begin(capacity, colleague.roles, until, presence.at)
    with transaction.atomic():
        running = [one for one in _members(chart_id) if one.person == person]
        if any(one.capacity is capacity and one.runs(presence.at) for one in running):
            raise CaresAlready
        details: bridge.Details = {"person": person, "capacity": capacity.value}
        if until is not None:
            details["until"] = until.isoformat()
        bridge.note(presence, grant, ward, details)
        _end(chart_id, person, presence.at)
        rings.share_ring(presence, chart_id, rings.Kind.CHART, person, key)
        mend(chart_id, person, presence.at)
        CareRelationship.objects.create(
            chart_id=chart_id,
            person=person,
            capacity=capacity.value,
            begins_at=presence.at,
            ends_at=until,
        )


def end_care(presence: Presence, chart_id: str, person: str) -> None:
    """End somebody's care: the relationship gets its end, and her wrap is gone at once.

    `LastToCare` when nobody who treats would be left to open the chart.
    """
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    grant = bridge.ask(presence, Act.CARE_END, Purpose.TREATMENT, ward, cares=cares)
    with transaction.atomic():
        team = _members(chart_id)
        able = people.public_keys({one.person for one in team})
        require_somebody(team, person, able, presence.at)
        bridge.note(presence, grant, ward, {"person": person})
        _end(chart_id, person, presence.at)
        rings.withdraw_ring(chart_id, rings.Kind.CHART, person)


def leave(presence: Presence, chart_id: str) -> None:
    """End one's own cover or supervision, without asking anybody; the key is gone at once."""
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    purpose = queries.purpose_for(presence, cares)
    grant = bridge.ask(presence, Act.CARE_LEAVE, purpose, ward, cares=cares)
    with transaction.atomic():
        running = [one for one in _members(chart_id) if one.person == presence.person]
        if any(one.capacity is Capacity.TREATING and one.runs(presence.at) for one in running):
            raise LeavesByEnding
        bridge.note(presence, grant, ward, {"person": presence.person})
        _end(chart_id, presence.person, presence.at)
        rings.withdraw_ring(chart_id, rings.Kind.CHART, presence.person)


def hand_over(presence: Presence, chart_id: str, person: str) -> int:
    """For good: a colleague treats from now on, with what is planned, and one's own care ends.

    Gives how many appointments went over. A colleague who supervises here is refused, because she
    would cease to.
    """
    with transaction.atomic():
        found = _members(chart_id)
        require_may_take(found, person, presence.at)
        hers = [one for one in found if one.person == person]
        treats = any(one.capacity is Capacity.TREATING and one.runs(presence.at) for one in hers)
        if not treats:
            begin_care(presence, chart_id, person, Capacity.TREATING)
        moved = actions_calendar.hand_over(presence, chart_id, person)
        end_care(presence, chart_id, presence.person)
    return moved


def cover(presence: Presence, chart_id: str, person: str, until: datetime) -> None:
    """For a while: a colleague covers until a moment, and it ends by itself."""
    with transaction.atomic():
        require_may_take(_members(chart_id), person, presence.at)
        begin_care(presence, chart_id, person, Capacity.COVERING, until)


def change_place(presence: Presence, chart_id: str, place: str) -> None:
    """Which state's law is asked about a chart. The caller knows which places there are."""
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    grant = bridge.ask(presence, Act.PLACE_WRITE, Purpose.TREATMENT, ward, cares=cares)
    row = Chart.objects.filter(pk=chart_id).first()
    if row is None:
        raise NotHere
    bridge.note(presence, grant, ward, {"did": "place", "was": row.place, "is": place})
    Chart.objects.filter(pk=chart_id).update(place=place)


def withdraw_lapsed(house: House, since: datetime | None, at: datetime) -> int:
    """Take away the keys of those whose care ended by itself until now; says how many.

    The gate is shut from the very moment; this is the second lock (P3). Nobody asked for it, so the
    entry is the house's own.
    """
    held = Wrap.objects.filter(
        ring__ward=OuterRef("chart_id"), ring__kind=rings.Kind.CHART, recipient=OuterRef("person")
    )
    lapsed = CareRelationship.objects.filter(Exists(held), ends_at__lte=at)
    if since is not None:
        lapsed = lapsed.filter(ends_at__gt=since)
    taken = 0
    for chart_id, person in sorted(set(lapsed.values_list("chart_id", "person"))):
        with transaction.atomic():
            if any(one.person == person and one.runs(at) for one in _members(chart_id)):
                continue
            details: bridge.Details = {"did": "ended by itself", "chart": chart_id}
            bridge.note_event(house, "house", Act.CARE_END, {**details, "person": person}, at=at)
            rings.withdraw_ring(chart_id, rings.Kind.CHART, person)
            taken += 1
    return taken


def _members(chart_id: str) -> list[Member]:
    """All of a chart's care relationships; its row stays locked until the transaction ends."""
    list(Chart.objects.select_for_update().filter(pk=chart_id).values_list("pk"))
    return members(chart_id)


def _end(chart_id: str, person: str, at: datetime) -> None:
    running = CareRelationship.objects.filter(chart_id=chart_id, person=person)
    running.filter(ends_at__isnull=True).update(ends_at=at)
    running.filter(ends_at__gt=at).update(ends_at=at)
