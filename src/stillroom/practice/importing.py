"""Bringing in charts and appointments, many at once: a practice moves here, or a demonstration.

Rules: as for `actions.admit`, a chart's ring is wrapped to those who care for it and nobody else;
one entry in the log tells of each batch, before its rows are written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from stillroom.access import Act, Capacity, Purpose, Ward
from stillroom.identity import queries as people
from stillroom.kernel import new_id
from stillroom.phi import Presence, bridge, fronts, rings, rows
from stillroom.practice.directory import encode
from stillroom.practice.models import Appointment, CareRelationship, Chart, Client, Holder
from stillroom.practice.rules import FrontSheet


@dataclass(frozen=True)
class ImportedCare:
    """A care relationship as it was elsewhere."""

    person: str
    capacity: Capacity
    begins_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True)
class ImportedChart:
    """A chart as it was elsewhere. `holders` are clients imported before."""

    holders: tuple[str, ...]
    cares: tuple[ImportedCare, ...]
    opened_at: datetime
    closed_at: datetime | None = None
    kind: str = "individual"
    place: str = ""
    number: int = 0


@dataclass(frozen=True)
class ImportedMeeting:
    """An appointment as it was elsewhere."""

    chart: str
    person: str
    starts_at: datetime
    ends_at: datetime
    state: str
    mode: str
    code: str


def import_clients(presence: Presence, sheets: Sequence[FrontSheet]) -> list[str]:
    """New clients by their front sheets; gives their ids in order."""
    bridge.ask(presence, Act.CLIENT_ADMIT, Purpose.SCHEDULING, Ward(chart=""))
    bridge.note_house(presence, Act.CLIENT_ADMIT, {"did": "imported", "clients": len(sheets)})
    ids = [new_id() for _ in sheets]
    words = {client: encode(sheet) for client, sheet in zip(ids, sheets, strict=True)}
    with transaction.atomic():
        sealed = fronts.begin_many(presence.house, words)
        rows.insert(Client(id=one, front=sealed[one], front_revision=1) for one in ids)
    return ids


def import_charts(presence: Presence, charts: Sequence[ImportedChart]) -> list[str]:
    """New charts with their care relationships; gives their ids in order."""
    bridge.ask(presence, Act.CLIENT_ADMIT, Purpose.SCHEDULING, Ward(chart=""))
    bridge.note_house(presence, Act.CLIENT_ADMIT, {"did": "imported", "charts": len(charts)})
    keys = people.public_keys({care.person for chart in charts for care in chart.cares})
    highest = Chart.objects.aggregate(highest=Max("number"))["highest"] or 0
    made = [
        Chart(
            number=chart.number or highest + nth,
            kind=chart.kind,
            place=chart.place,
            opened_at=chart.opened_at,
            closed_at=chart.closed_at,
        )
        for nth, chart in enumerate(charts, start=1)
    ]
    with transaction.atomic():
        pairs = list(zip(made, charts, strict=True))
        holders = [
            Holder(chart=row, client_id=client) for row, chart in pairs for client in chart.holders
        ]
        rows.insert(made, holders, _cares(made, charts))
        rings.keep_rings(
            [
                rings.prepare_ring(
                    presence.house,
                    row.pk,
                    rings.Kind.CHART,
                    {
                        care.person: keys[care.person]
                        for care in chart.cares
                        if care.person in keys and _runs(care, presence.at)
                    },
                )
                for row, chart in pairs
            ]
        )
    return [row.pk for row in made]


def _runs(care: ImportedCare, at: datetime) -> bool:
    """Whether somebody's care still runs; whoever has left gets no wrap."""
    return care.ends_at is None or care.ends_at > at


def _cares(made: Sequence[Chart], charts: Sequence[ImportedChart]) -> list[CareRelationship]:
    return [
        CareRelationship(
            chart_id=row.pk,
            person=care.person,
            capacity=care.capacity.value,
            begins_at=care.begins_at,
            ends_at=care.ends_at,
        )
        for row, chart in zip(made, charts, strict=True)
        for care in chart.cares
    ]


def import_meetings(presence: Presence, meetings: Sequence[ImportedMeeting]) -> None:
    """Appointments, past and planned."""
    bridge.note_house(
        presence, Act.APPOINTMENT_WRITE, {"did": "imported", "meetings": len(meetings)}
    )
    with transaction.atomic():
        rows.insert(
            Appointment(
                chart_id=one.chart,
                person=one.person,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                state=one.state,
                mode=one.mode,
                code=one.code,
            )
            for one in meetings
        )
