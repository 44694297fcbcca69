"""Reading the practice: whom I care for, who is on today, who can be found.

Every function here asks the gate and gives frozen values. Lists of names cost one entry in the
log each, written before the first name is opened (P1).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from stillroom.access import Act, Capacity, Care, Label, Purpose, Role, Ward
from stillroom.phi import NotHere, Presence, bridge, once, statements
from stillroom.practice.directory import Directory
from stillroom.practice.heads import ChartHead as ChartHead
from stillroom.practice.heads import HolderSheet as HolderSheet
from stillroom.practice.heads import heads
from stillroom.practice.heads import moment as moment
from stillroom.practice.heads import moment_written as moment_written
from stillroom.practice.known import charts_in_care as charts_in_care
from stillroom.practice.known import not_to_know
from stillroom.practice.models import (
    Appointment,
    Chart,
    Staff,
)
from stillroom.practice.rules_work import SaidOfWork, read_work

_DESK_ROLES = frozenset({Role.FRONT_DESK})


@dataclass(frozen=True)
class StaffProfile:
    """A colleague's profession and place of licence."""

    person: str
    profession: str
    credential: str
    place: str
    location: str
    work: tuple[SaidOfWork, ...] = ()


@dataclass(frozen=True)
class Meeting:
    """An appointment on somebody's day."""

    id: str
    chart: str
    full: str
    short: str
    starts_at: datetime
    ends_at: datetime
    state: str
    mode: str
    code: str
    person: str


@dataclass(frozen=True)
class SessionTime:
    """When and how a session was or is planned."""

    starts_at: datetime
    ends_at: datetime
    mode: str
    code: str


# Written out, because every look at a chart begins with it, and building it anew takes ten times as
# long as the answer. The second half is how a client stands to her chart.
_CARES = """
    SELECT CAST(begins_at AS text), CAST(ends_at AS text), capacity, ''
    FROM practice_carerelationship
    WHERE chart_id = %s AND person = %s
    UNION ALL SELECT CAST(begins_at AS text), CAST(ends_at AS text), capacity, reach
    FROM practice_standing
    WHERE chart_id = %s AND person = %s
"""


def cares_of(person: str, chart: str) -> tuple[Care, ...]:
    """A person's relationships with one chart, past and present: care, or a client's standing.

    Asked several times a page; read once for all of it, as `once` says.
    """
    return once.seen(("cares", person, chart), lambda: _read_cares(person, chart))


def _read_cares(person: str, chart: str) -> tuple[Care, ...]:
    rows = statements.fetch_all(_CARES, (chart, person, chart, person))
    return tuple(
        _care(begins, ends, capacity, frozenset(reach.split()))
        for begins, ends, capacity, reach in rows
    )


_CARES_IN = """
    SELECT chart_id, CAST(begins_at AS text), CAST(ends_at AS text), capacity
    FROM practice_carerelationship WHERE chart_id IN ({}) AND person = %s ORDER BY id
"""


def cares_in(person: str, charts: Iterable[str]) -> dict[str, tuple[Care, ...]]:
    """The same with several charts, by chart."""
    rows = statements.fetch_among(_CARES_IN, list(charts), person)
    found: dict[str, tuple[Care, ...]] = {}
    for chart, begins, ends, capacity in rows:
        found[chart] = (*found.get(chart, ()), _care(begins, ends, capacity))
    return found


def _care(
    begins: str, ends: str | None, capacity: str, reach: frozenset[str] = frozenset()
) -> Care:
    until = moment_written(ends) if ends else None
    return Care(moment_written(begins), until, Capacity(capacity), reach)


def purpose_for(presence: Presence, cares: Sequence[Care]) -> Purpose:
    """Why a person reads: supervision where that is her only care for the chart, else treatment;
    a client for her own purpose."""
    if presence.guest:
        return Purpose.OWN
    running = {
        care.capacity.value
        for care in cares
        if care.begins <= presence.at and (care.ends is None or presence.at < care.ends)
    }
    return Purpose.SUPERVISION if running == {"supervising"} else Purpose.TREATMENT


def writes_for(presence: Presence) -> Purpose:
    """Why a person writes in a chart: to treat; a client for her own purpose."""
    return Purpose.OWN if presence.guest else Purpose.TREATMENT


@dataclass(frozen=True)
class Known:
    """Charts whose front somebody may know of: `within` (`None`: all), and never `without`."""

    within: frozenset[str] | None
    without: frozenset[str]

    def __contains__(self, chart: str) -> bool:
        return chart not in self.without and (self.within is None or chart in self.within)


def may_know(presence: Presence) -> Known:
    """The charts whose front this person may know of: the desk all but a few, others theirs."""
    if presence.roles & _DESK_ROLES:
        return Known(None, not_to_know(presence))
    return Known(charts_in_care(presence), frozenset())


def hold(chart_id: str) -> None:
    """Nobody else who holds this chart goes on until the transaction ends: what leaves a chart, and
    what is asked to be kept back, come one after the other. Opens nothing."""
    list(Chart.objects.select_for_update(no_key=True).filter(pk=chart_id).values_list("pk"))


def front_ward(chart: str) -> Ward:
    """A chart's front, as the gate sees it."""
    return Ward(chart=chart, labels=frozenset({Label.FRONT}))


def chart_head(presence: Presence, chart_id: str) -> ChartHead:
    """The top of one chart, or `NotHere`."""
    cares = cares_of(presence.person, chart_id)
    purpose = purpose_for(presence, cares) if cares else Purpose.SCHEDULING
    bridge.ask(presence, Act.FRONT_READ, purpose, front_ward(chart_id), cares=cares)
    found = heads(presence, [chart_id])
    if not found:
        bridge.refuse(presence, Act.FRONT_READ, chart_id)
        raise NotHere
    return found[0]


def my_charts(presence: Presence) -> list[ChartHead]:
    """The charts I care for, by family name."""
    bridge.ask(presence, Act.FRONT_LIST, Purpose.TREATMENT, Ward(chart=""))
    return sorted(heads(presence, charts_in_care(presence)), key=_by_name)


def _by_name(head: ChartHead) -> tuple[str, str]:
    if not head.holders:
        return ("", "")
    first = head.holders[0].sheet
    return (first.family.casefold(), first.given.casefold())


def find(presence: Presence, directory: Directory, typed: str) -> list[ChartHead]:
    """Charts by the beginnings of a holder's words, among those this person may know of."""
    bridge.ask(presence, Act.FRONT_LIST, Purpose.SCHEDULING, Ward(chart=""))
    known = may_know(presence)
    hits = directory.find(typed, within=known.within, without=known.without)
    charts = list(dict.fromkeys(chart for hit in hits for chart in hit.charts))
    if not charts:
        return []
    return sorted(heads(presence, charts), key=_by_name)


def meetings_on(
    presence: Presence, first: datetime, last: datetime, *, person: str = ""
) -> list[Meeting]:
    """Appointments between two moments: my own; for the front desk, anybody's."""
    bridge.ask(presence, Act.APPOINTMENT_READ, Purpose.SCHEDULING, Ward(chart=""))
    rows = Appointment.objects.filter(starts_at__gte=first, starts_at__lt=last)
    if not presence.roles & _DESK_ROLES:
        rows = rows.filter(person=presence.person, chart_id__in=charts_in_care(presence))
    elif person:
        rows = rows.filter(person=person)
    found = list(rows.order_by("starts_at", "pk"))
    named = {head.id: head for head in heads(presence, {row.chart_id for row in found})}
    return [
        Meeting(
            row.pk,
            row.chart_id,
            named[row.chart_id].full,
            named[row.chart_id].short,
            row.starts_at,
            row.ends_at,
            row.state,
            row.mode,
            row.code,
            row.person,
        )
        for row in found
        if row.chart_id in named
    ]


def next_day_of(presence: Presence, after: datetime) -> list[Meeting]:
    """My next day with appointments within two weeks; an empty list if there is none."""
    rows = Appointment.objects.filter(
        person=presence.person,
        starts_at__gte=after,
        starts_at__lt=after + timedelta(days=14),
        state=Appointment.State.PLANNED,
        chart_id__in=charts_in_care(presence),
    )
    first = rows.order_by("starts_at").values_list("starts_at", flat=True).first()
    if first is None:
        return []
    day = timezone.localtime(first).replace(hour=0, minute=0, second=0, microsecond=0)
    return meetings_on(presence, day, day + timedelta(days=1))


def names_of(presence: Presence, charts: Iterable[str]) -> dict[str, ChartHead]:
    """Heads of some of the charts that I care for, by id; the others are left out."""
    wanted = charts_in_care(presence).intersection(charts)
    return {head.id: head for head in heads(presence, wanted)}


def session_near(presence: Presence, chart_id: str, at: datetime) -> SessionTime | None:
    """My appointment with a chart on the day of `at`, the nearest one."""
    day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Appointment.objects.filter(
        chart_id=chart_id,
        person=presence.person,
        starts_at__gte=day,
        starts_at__lt=day + timedelta(days=1),
    ).exclude(state=Appointment.State.CANCELLED)
    row = min(rows, key=lambda row: abs(row.starts_at - at), default=None)
    return SessionTime(row.starts_at, row.ends_at, row.mode, row.code) if row else None


def staff_profile(person: str) -> StaffProfile | None:
    """A colleague's profile, or `None`. Staff are no secret."""
    row = Staff.objects.filter(pk=person).first()
    if row is None:
        return None
    work = read_work(row.work)
    return StaffProfile(row.person, row.profession, row.credential, row.place, row.location, work)


def last_meeting_day(chart_id: str, before: datetime) -> date | None:
    """The day of the last meeting held before a moment."""
    row = (
        Appointment.objects.filter(chart_id=chart_id, starts_at__lt=before, state="held")
        .order_by("-starts_at")
        .values_list("starts_at", flat=True)
        .first()
    )
    return row.date() if row else None


def licences() -> list[tuple[str, str]]:
    """The places and professions in which people here are licensed; of staff, and no client."""
    rows = Staff.objects.exclude(place="").exclude(profession="")
    return sorted(set(rows.values_list("place", "profession")))
