"""Reading the calendar: whom one may book for, with whom, and what stands there already."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from stillroom.access import Act, Capacity, Purpose, Role, Ward
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries
from stillroom.practice.directory import Directory
from stillroom.practice.heads import ChartHead, heads
from stillroom.practice.known import not_to_know
from stillroom.practice.models import Appointment, Block, CareRelationship
from stillroom.practice.queries_care import members
from stillroom.practice.rules_calendar import CANCELLED, MISSED, PLANNED, Booked, Slot

_MEETS = frozenset({Capacity.TREATING, Capacity.COVERING})


@dataclass(frozen=True)
class Visit:
    """One appointment, with the top of its chart; `changes` when this person may change it."""

    id: str
    head: ChartHead
    person: str
    slot: Slot
    state: str
    mode: str
    code: str
    changes: bool
    following: int
    """How many of its series are planned after it."""


def visit(presence: Presence, appointment_id: str) -> Visit:
    """One appointment, or `NotHere`."""
    row = Appointment.objects.filter(pk=appointment_id).first()
    if row is None:
        bridge.refuse(presence, Act.APPOINTMENT_READ, appointment_id)
        raise NotHere
    cares = queries.cares_of(presence.person, row.chart_id)
    ward = queries.front_ward(row.chart_id)
    purpose = queries.purpose_for(presence, cares) if cares else Purpose.SCHEDULING
    bridge.ask(presence, Act.APPOINTMENT_READ, purpose, ward, cares=cares)
    (head,) = heads(presence, [row.chart_id])
    return Visit(
        id=row.pk,
        head=head,
        person=row.person,
        slot=Slot(row.starts_at, row.ends_at),
        state=row.state,
        mode=row.mode,
        code=row.code,
        changes=may_book(presence, row.chart_id),
        following=_after(row).count() if row.series else 0,
    )


def _after(row: Appointment) -> QuerySet[Appointment]:
    return Appointment.objects.filter(
        series=row.series, chart_id=row.chart_id, state=PLANNED, starts_at__gt=row.starts_at
    )


def in_the_way(presence: Presence, chart_id: str, person: str) -> list[Slot]:
    """Those times of what I have planned with a chart at which a colleague has something else, to
    be told when the chart is handed over to her. When, and not what."""
    ward = queries.front_ward(chart_id)
    cares = queries.cares_of(presence.person, chart_id)
    bridge.ask(presence, Act.APPOINTMENT_READ, Purpose.TREATMENT, ward, cares=cares)
    planned = Appointment.objects.filter(
        chart_id=chart_id, person=presence.person, starts_at__gte=presence.at, state=PLANNED
    ).order_by("starts_at")
    times = [Slot(row.starts_at, row.ends_at) for row in planned]
    return [one for one in times if others_of(person, one)]


@dataclass(frozen=True)
class Next:
    """A planned appointment of a chart: when, how, and with whom of the staff."""

    id: str
    person: str
    starts_at: datetime
    ends_at: datetime
    mode: str


def next_visits(presence: Presence, chart_id: str, most: int = 5) -> list[Next]:
    """What is planned with a chart from now on, for whoever may know of its front."""
    cares = queries.cares_of(presence.person, chart_id)
    purpose = queries.purpose_for(presence, cares) if cares else Purpose.SCHEDULING
    ward = queries.front_ward(chart_id)
    bridge.ask(presence, Act.APPOINTMENT_READ, purpose, ward, cares=cares)
    rows = Appointment.objects.filter(
        chart_id=chart_id, starts_at__gte=presence.at, state=Appointment.State.PLANNED
    ).order_by("starts_at", "pk")[:most]
    return [Next(row.pk, row.person, row.starts_at, row.ends_at, row.mode) for row in rows]


def sessions_around(chart_id: str, at: datetime) -> tuple[date | None, date | None]:
    """The days of the last session of a chart that has begun, and of the next that has not ended.
    Asks nobody: for queries, which tell a day to those who know of the chart."""
    rows = Appointment.objects.filter(chart_id=chart_id).exclude(state__in=(CANCELLED, MISSED))
    now = timezone.localtime(at).date()
    days = [
        timezone.localtime(begins).date()
        for begins in rows.filter(ends_at__gt=at - timedelta(days=400)).values_list(
            "starts_at", flat=True
        )
    ]
    before, after = [one for one in days if one < now], [one for one in days if one >= now]
    return max(before, default=None), min(after, default=None)


def meets_apart(presence: Presence, chart_id: str) -> bool:
    """Whether a meeting is planned, or was held in the last year, by video or telephone."""
    rows = Appointment.objects.filter(
        chart_id=chart_id,
        mode__in=("telehealth", "telephone"),
        starts_at__gte=presence.at - timedelta(days=365),
        state__in=(Appointment.State.PLANNED, Appointment.State.HELD),
    )
    return rows.exists()


def days_ahead(presence: Presence, span: timedelta) -> dict[str, datetime]:
    """When each chart in this person's care meets next, within a span from today on."""
    rows = Appointment.objects.filter(
        person=presence.person,
        chart_id__in=queries.charts_in_care(presence),
        starts_at__gte=presence.at - timedelta(hours=12),
        starts_at__lt=presence.at + span,
        state=Appointment.State.PLANNED,
    ).order_by("-starts_at")
    return {row.chart_id: row.starts_at for row in rows}


def may_book(presence: Presence, chart_id: str) -> bool:
    """Whether to show what writes in the calendar for a chart."""
    cares = queries.cares_of(presence.person, chart_id)
    ward = queries.front_ward(chart_id)
    return bridge.may(presence, Act.APPOINTMENT_WRITE, Purpose.SCHEDULING, ward, cares=cares)


def require_may_book(presence: Presence, chart_id: str) -> ChartHead:
    """The chart for which this person may write in the calendar, or `NotHere`."""
    cares = queries.cares_of(presence.person, chart_id)
    ward = queries.front_ward(chart_id)
    bridge.ask(presence, Act.APPOINTMENT_WRITE, Purpose.SCHEDULING, ward, cares=cares)
    return queries.chart_head(presence, chart_id)


def bookable(presence: Presence, directory: Directory, typed: str) -> list[ChartHead]:
    """Charts for which this person may book, by the beginnings of a holder's words.

    Nothing typed gives a clinician all of hers, and the front desk none.
    """
    desk = Role.FRONT_DESK in presence.roles
    if typed:
        found = queries.find(presence, directory, typed)
    else:
        found = [] if desk else queries.my_charts(presence)
    if desk:
        return found
    mine = CareRelationship.objects.filter(
        person=presence.person, capacity__in=[one.value for one in _MEETS]
    )
    charts = set(mine.values_list("chart_id", flat=True))
    return [head for head in found if head.id in charts and head.closed_at is None]


def who_meets(chart_id: str, at: datetime) -> list[str]:
    """Who treats or covers for a chart's client at a moment, in the order in which they began."""
    found = members(chart_id)
    return list(
        dict.fromkeys(one.person for one in found if one.capacity in _MEETS and one.runs(at))
    )


def others_of(person: str, meant: Slot, *, without: Collection[str] = ()) -> list[Booked]:
    """What else a colleague has around a time. Asks nobody: for actions, which tell no name."""
    rows = Appointment.objects.filter(
        person=person, starts_at__lt=meant.ends_at, ends_at__gt=meant.starts_at
    ).exclude(state__in=(CANCELLED, MISSED))
    found = [
        Booked(row.pk, row.chart_id, row.starts_at, row.ends_at)
        for row in rows.exclude(pk__in=without)
    ]
    blocks = Block.objects.filter(
        person=person, starts_at__lt=meant.ends_at, ends_at__gt=meant.starts_at
    )
    found += [Booked(row.pk, "", row.starts_at, row.ends_at) for row in blocks]
    return sorted(found, key=lambda one: (one.starts_at, one.id))


@dataclass(frozen=True)
class Taken:
    """Time of a colleague's that is taken: by a client of whom the reader is not to know, or kept
    free. INVARIANT: nothing here, nor how it is gathered, tells the one from the other (P8)."""

    person: str
    starts_at: datetime
    ends_at: datetime


def taken_on(
    presence: Presence, first: datetime, last: datetime, *, person: str = ""
) -> list[Taken]:
    """What the front desk must not book over and may not read: when, with which colleague."""
    if Role.FRONT_DESK not in presence.roles:
        return []
    bridge.ask(presence, Act.APPOINTMENT_READ, Purpose.SCHEDULING, Ward(chart=""))
    within = {"starts_at__gte": first, "starts_at__lt": last}
    rows = Appointment.objects.filter(chart_id__in=not_to_know(presence), **within)
    rows = rows.exclude(state__in=(CANCELLED, MISSED))
    blocks = Block.objects.filter(**within).exclude(person=presence.person)
    if person:
        rows, blocks = rows.filter(person=person), blocks.filter(person=person)
    columns = ("person", "starts_at", "ends_at")
    found = [*rows.values_list(*columns), *blocks.values_list(*columns)]
    return [Taken(*row) for row in sorted(found, key=lambda one: (one[1], one[0], one[2]))]


@dataclass(frozen=True)
class Blocked:
    """Hours of one's own that are kept free."""

    block: str
    starts_at: datetime
    ends_at: datetime
    following: int = 0
    """How many of the same series are kept free after these."""


def blocked_on(presence: Presence, first: datetime, last: datetime) -> list[Blocked]:
    """One's own hours that are kept free; another's are in no answer."""
    own = Block.objects.filter(person=presence.person)
    rows = list(own.filter(starts_at__gte=first, starts_at__lt=last).order_by("starts_at", "pk"))
    series = {row.series for row in rows if row.series}
    later = own.filter(series__in=series, starts_at__gt=first) if series else ()
    starts = [(row.series, row.starts_at) for row in later]
    return [
        Blocked(
            row.pk,
            row.starts_at,
            row.ends_at,
            sum(of == row.series and at > row.starts_at for of, at in starts) if row.series else 0,
        )
        for row in rows
    ]


def may_block(presence: Presence) -> bool:
    """Whether to show what keeps hours free."""
    ward = Ward(chart="", author=presence.person)
    return bridge.may(presence, Act.TIME_BLOCK, Purpose.SCHEDULING, ward)


def names_known(presence: Presence, charts: Iterable[str]) -> dict[str, ChartHead]:
    """Heads of those charts that this person may know of; of the others not a word (P8)."""
    known = queries.may_know(presence)
    wanted = {chart for chart in charts if chart in known}
    return {head.id: head for head in heads(presence, wanted)}
