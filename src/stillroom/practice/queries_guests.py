"""Who comes in by the client's own door: for those who care, and for whoever comes in.

A client learns here of her own standing only; her page shows her own name, never another holder's.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from stillroom.access import Act, Capacity, Purpose, Ward
from stillroom.identity import guests
from stillroom.phi import NotHere, Presence, bridge, fronts, statements
from stillroom.practice import queries
from stillroom.practice.directory import decode
from stillroom.practice.models import Breaking, Chart, Standing
from stillroom.practice.rules import FrontSheet


@dataclass(frozen=True)
class Door:
    """One account at a chart, as those who care see it."""

    person: str
    client: str
    capacity: Capacity
    reach: frozenset[str]
    begins_at: datetime
    ends_at: datetime | None
    account: guests.GuestAccount
    words: bytes = b""


@dataclass(frozen=True)
class Stands:
    """One chart to which a guest stands: whose, as what, how far, until when."""

    chart: str
    client: str
    kind: str
    place: str
    capacity: Capacity
    reach: frozenset[str]
    ends_at: datetime | None

    @property
    def holder(self) -> bool:
        """Whether it is the client herself."""
        return self.capacity is Capacity.HOLDER


def running(at: datetime) -> QuerySet[Standing]:
    """Standings that run at a moment."""
    rows = Standing.objects.filter(begins_at__lte=at)
    return rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))


def doors_of(presence: Presence, chart_id: str, *, words: bool = True) -> list[Door]:
    """The accounts that stand to a chart now, oldest first, with what a proxy rests on for those
    who care (unless without `words`); an entry in the log, if there are any words to open."""
    cares = queries.cares_of(presence.person, chart_id)
    purpose = queries.purpose_for(presence, cares) if cares else Purpose.SCHEDULING
    ward = Ward(chart=chart_id)
    grant = bridge.ask(presence, Act.GUEST_READ, purpose, ward, cares=cares)
    rows = list(running(presence.at).filter(chart=chart_id).order_by("begins_at", "pk"))
    accounts = guests.standing([row.person for row in rows])
    kept = [row for row in rows if row.sealed] if cares and words else []
    parts = [(row.pk, "standing", 1, bytes(row.sealed)) for row in kept]
    details: bridge.Details = {"did": "looked at doors"}
    opened = bridge.reveal(presence, grant, ward, parts, details) if parts else []
    said = dict(zip((row.pk for row in kept), opened, strict=True))
    return [
        Door(
            row.person,
            row.client_id,
            Capacity(row.capacity),
            frozenset(row.reach),
            row.begins_at,
            row.ends_at,
            accounts[row.person],
            said.get(row.pk, b""),
        )
        for row in rows
        if row.person in accounts
    ]


# Written out, because each of her pages begins with it, and building it anew takes ten times as
# long as the answer.
_STANDS = """
    SELECT own.chart_id, own.client_id, chart.kind, chart.place, own.capacity, own.reach,
        own.ends_at
    FROM practice_standing own JOIN practice_chart chart ON chart.id = own.chart_id
    WHERE own.person = %s AND own.begins_at <= %s AND (own.ends_at IS NULL OR own.ends_at > %s)
    ORDER BY own.begins_at, own.id
"""


def stands(presence: Presence) -> tuple[Stands, ...]:
    """The charts to which the guest who asks stands now, in the order in which they began."""
    at = connection.ops.adapt_datetimefield_value(presence.at)
    rows = statements.fetch_all(_STANDS, (presence.person, at, at))
    return tuple(
        Stands(chart, client, kind, place, Capacity(capacity), frozenset(reach.split()),
               ends and queries.moment(ends))
        for chart, client, kind, place, capacity, reach, ends in rows
    )  # fmt: skip


def own_stand(presence: Presence, chart_id: str) -> Stands:
    """The guest's standing to one chart, or `NotHere`, which is written down."""
    for one in stands(presence):
        if one.chart == chart_id:
            return one
    bridge.refuse(presence, Act.FRONT_READ, chart_id)
    raise NotHere


_FRONT = "SELECT front_revision, front FROM practice_client WHERE id = %s"


def own_sheet(presence: Presence, stand: Stands) -> FrontSheet:
    """The front sheet of the client for whom the guest stands; an entry in the log."""
    cares = queries.cares_of(presence.person, stand.chart)
    ward = queries.front_ward(stand.chart)
    bridge.ask(presence, Act.FRONT_READ, Purpose.OWN, ward, cares=cares)
    ((revision, front),) = statements.fetch_all(_FRONT, (stand.client,))
    details: bridge.Details = {"did": "looked at the own front", "chart": stand.chart}
    found = [(stand.client, revision, bytes(front))]
    opened = fronts.reveal(presence, Act.FRONT_READ, found, details)
    return decode(opened[stand.client])


def stands_for_another(presence: Presence, chart_id: str) -> bool:
    """Whether whoever asks comes in for the client of a chart: neither she nor the staff do."""
    if not presence.guest:
        return False
    return own_stand(presence, chart_id).capacity is Capacity.PROXY


def own_accounts(chart_id: str, client: str, at: datetime) -> frozenset[str]:
    """The accounts by which a client comes in to her own chart now: one, or none."""
    rows = running(at).filter(chart=chart_id, client=client, capacity=Capacity.HOLDER.value)
    return frozenset(rows.values_list("person", flat=True))


def stand_of(chart_id: str, person: str, at: datetime) -> Stands | None:
    """How an account stands to a chart now; `None` if it does not. The caller may know of it."""
    row = running(at).filter(chart=chart_id, person=person).select_related("chart").first()
    return _stands(row) if row is not None else None


def _stands(row: Standing) -> Stands:
    return Stands(
        row.chart_id,
        row.client_id,
        row.chart.kind,
        row.chart.place,
        Capacity(row.capacity),
        frozenset(row.reach),
        row.ends_at,
    )


def kind_of(chart_id: str) -> str:
    """Of which kind a chart is."""
    return str(Chart.objects.values_list("kind", flat=True).get(pk=chart_id))


def several_hold(chart_id: str) -> bool:
    """Whether a chart is that of several clients together."""
    return len(statements.fetch_all(_HOLDERS, (chart_id,))) > 1


# Written out like the next, because every record's page asks them; building them anew took longer
# than the answers.
_HOLDERS = "SELECT 1 FROM practice_holder WHERE chart_id = %s LIMIT 2"


@dataclass(frozen=True)
class Emergency:
    """Somebody broke the glass of a chart: who, from when to when, and when it was looked into."""

    person: str
    begins: datetime
    ends: datetime
    reviewed_at: datetime | None


def emergencies(chart_id: str) -> tuple[Emergency, ...]:
    """The emergencies in which a chart was opened, newest first, for whoever was let in by the
    gate before. Why is sealed for those who review, and is not opened here."""
    rows = Breaking.objects.filter(chart=chart_id).order_by("-begins_at", "pk")
    return tuple(Emergency(row.person, row.begins_at, row.ends_at, row.reviewed_at) for row in rows)


def has_door(chart_id: str, at: datetime) -> bool:
    """Whether anybody stands to a chart by a door of her own."""
    when = connection.ops.adapt_datetimefield_value(at)
    return statements.fetch_one(_DOOR, (chart_id, when, when)) is not None


_DOOR = """
    SELECT 1 FROM practice_standing
    WHERE chart_id = %s AND begins_at <= %s AND (ends_at IS NULL OR ends_at > %s) LIMIT 1
"""
