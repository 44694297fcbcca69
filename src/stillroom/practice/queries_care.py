"""Reading the care of a chart: who cares now, who did, and who could be taken in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from stillroom.access import Act, Capacity, Purpose, Role, Ward
from stillroom.identity import queries as people
from stillroom.identity.queries import Colleague
from stillroom.phi import NotHere, Presence, bridge, statements
from stillroom.practice import queries
from stillroom.practice.models import CareRelationship, Staff
from stillroom.practice.queries import ChartHead, StaffProfile
from stillroom.practice.rules_care import LastToCare, Member, require_somebody

_CARING = frozenset({Role.CLINICIAN.value, Role.SUPERVISOR.value})


@dataclass(frozen=True)
class Team:
    """Who cares for a chart, and who did, each in the order in which they began.

    `before` is for those who care themselves; the front desk is told who cares now.
    """

    head: ChartHead
    now: tuple[Member, ...]
    before: tuple[Member, ...]


@dataclass(frozen=True)
class Leaving:
    """Somebody whose care could be ended; `alone` when nobody else could let anybody in."""

    head: ChartHead
    member: Member
    alone: bool


def members(chart_id: str) -> list[Member]:
    """All care relationships of a chart, past and present. Asks nobody: for queries and actions."""
    rows = CareRelationship.objects.filter(chart_id=chart_id).order_by("begins_at", "pk")
    found = rows.values_list("person", "capacity", "begins_at", "ends_at")
    return [Member(person, Capacity(way), begins, ends) for person, way, begins, ends in found]


_WRITES = (Capacity.TREATING, Capacity.COVERING)


def who_writes(charts: Collection[str], at: datetime) -> frozenset[tuple[str, str]]:
    """Chart and person, for everybody who treats or covers at a moment. Asks nobody: for queries
    and actions."""
    found = _running(charts, at, _WRITES)
    return frozenset((chart, person) for chart, person in found)


# Written out, because every page asks them; building them anew took longer than the answers.
_RUNNING = """
    SELECT chart_id, person FROM practice_carerelationship
    WHERE chart_id IN ({}) AND capacity IN ({}) AND begins_at <= %s
    AND (ends_at IS NULL OR ends_at > %s) ORDER BY begins_at, id
"""


def _running(
    charts: Collection[str], at: datetime, capacities: Collection[Capacity]
) -> list[tuple[str, str]]:
    """Chart and person of what runs at a moment in one of these capacities, the oldest first."""
    if not charts:
        return []
    marks = (", ".join(["%s"] * len(some)) for some in (charts, capacities))
    when = connection.ops.adapt_datetimefield_value(at)
    wanted = (*charts, *(one.value for one in capacities), when, when)
    found = statements.fetch_all(_RUNNING.format(*marks), wanted)
    return [(chart, person) for chart, person in found]


_AS = """
    SELECT chart_id FROM practice_carerelationship
    WHERE person = %s AND capacity = %s AND begins_at <= %s AND (ends_at IS NULL OR ends_at > %s)
"""


def charts_as(presence: Presence, capacity: Capacity) -> frozenset[str]:
    """The charts for which this person cares now in one capacity."""
    at = connection.ops.adapt_datetimefield_value(presence.at)
    found = statements.fetch_all(_AS, (presence.person, capacity.value, at, at))
    return frozenset(row[0] for row in found)


def ends_of(presence: Presence, capacity: Capacity) -> dict[str, datetime]:
    """When this person's care in one capacity ends by itself, by chart; open ones are left out."""
    rows = CareRelationship.objects.filter(
        person=presence.person,
        capacity=capacity.value,
        begins_at__lte=presence.at,
        ends_at__gt=presence.at,
    )
    return {chart: ends for chart, ends in rows.values_list("chart_id", "ends_at") if ends}


def supervisors(charts: Collection[str], at: datetime) -> dict[str, tuple[str, ...]]:
    """Who supervises the care of each chart at a moment, in the order in which they began. Asks
    nobody: for queries and actions."""
    found: dict[str, dict[str, None]] = {chart: {} for chart in charts}
    for chart, person in _running(charts, at, (Capacity.SUPERVISING,)):
        found[chart][person] = None
    return {chart: tuple(persons) for chart, persons in found.items()}


def team(presence: Presence, chart_id: str) -> Team:
    """The care team, for whoever may know of the client; `NotHere` for anybody else."""
    head = queries.chart_head(presence, chart_id)
    at = presence.at
    found = members(chart_id)
    cares = any(one.person == presence.person and one.runs(at) for one in found)
    return Team(
        head=head,
        now=tuple(one for one in found if one.ends is None or one.ends > at),
        before=tuple(one for one in found if one.ends is not None and one.ends <= at and cares),
    )


def leaving(presence: Presence, chart_id: str, person: str) -> Leaving:
    """Somebody whose care this person may end, before she ends it."""
    cares = queries.cares_of(presence.person, chart_id)
    bridge.ask(presence, Act.CARE_END, Purpose.TREATMENT, Ward(chart=chart_id), cares=cares)
    found = members(chart_id)
    member = next((one for one in found if one.person == person and _lasts(one, presence.at)), None)
    if member is None:
        bridge.refuse(presence, Act.CARE_END, chart_id)
        raise NotHere
    able = people.public_keys({one.person for one in found})
    try:
        require_somebody(found, person, able, presence.at)
    except LastToCare:
        return Leaving(queries.chart_head(presence, chart_id), member, alone=True)
    return Leaving(queries.chart_head(presence, chart_id), member, alone=False)


def _lasts(member: Member, at: datetime) -> bool:
    return member.ends is None or member.ends > at


def may_change_care(presence: Presence, chart_id: str) -> bool:
    """Whether to show what changes the care of a chart, and its place of law."""
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    return bridge.may(presence, Act.CARE_BEGIN, Purpose.TREATMENT, ward, cares=cares)


def require_may_change_care(presence: Presence, chart_id: str) -> None:
    """The gate's permission to change care, or `NotHere`: asked before bad input is told of."""
    cares = queries.cares_of(presence.person, chart_id)
    bridge.ask(presence, Act.CARE_BEGIN, Purpose.TREATMENT, Ward(chart=chart_id), cares=cares)


def could_care(presence: Presence) -> list[Colleague]:
    """Colleagues who could be taken into the care of a chart, by name. Staff are no secret."""
    fitting = [
        one
        for one in people.colleagues().values()
        if one.id != presence.person and not _CARING.isdisjoint(one.roles)
    ]
    keys = people.public_keys(one.id for one in fitting)
    return sorted((one for one in fitting if one.id in keys), key=lambda one: one.name)


def profiles(persons: Iterable[str]) -> dict[str, StaffProfile]:
    """Professions of colleagues, by person."""
    return {
        row.person: StaffProfile(
            row.person, row.profession, row.credential, row.place, row.location
        )
        for row in Staff.objects.filter(pk__in=list(persons))
    }
