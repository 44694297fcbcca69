"""What clients asked by their own doors: what waits, for the practice's day and for herself."""

from dataclasses import dataclass
from datetime import datetime

from stillroom.access import Act, Capacity, Purpose, Role, Ward
from stillroom.phi import Presence, Told, bridge, fronts
from stillroom.practice.heads import ChartHead
from stillroom.practice.models_own import OwnAsk
from stillroom.practice.own_asks import Words, decode
from stillroom.practice.queries_calendar import names_known
from stillroom.practice.queries_care import charts_as
from stillroom.practice.queries_guests import Stands

_MOST = 40


@dataclass(frozen=True)
class Asked:
    """One request that waits, for whoever keeps the calendar or treats."""

    id: str
    head: ChartHead
    words: Words
    appointment: str
    starts_at: datetime | None
    asked_at: datetime


def asked_about(presence: Presence, stand: Stands) -> frozenset[str]:
    """The appointments about which something is asked for this client and not seen to; nothing is
    opened. What another of a couple asked is not told."""
    rows = OwnAsk.objects.filter(
        chart=stand.chart, client=stand.client, done_at=None, asked_at__lte=presence.at
    )
    return frozenset(rows.exclude(appointment=None).values_list("appointment_id", flat=True))


def waiting(presence: Presence) -> list[Asked]:
    """What waits of the charts that this person may know of: the front desk's, or whom she treats
    or covers, the oldest first."""
    rows = OwnAsk.objects.filter(done_at=None).select_related("appointment").order_by("asked_at")
    if Role.FRONT_DESK not in presence.roles:
        mine = charts_as(presence, Capacity.TREATING) | charts_as(presence, Capacity.COVERING)
        rows = rows.filter(chart__in=mine)
    found = list(rows[:_MOST])
    if not found:
        return []
    bridge.ask(presence, Act.APPOINTMENT_READ, Purpose.SCHEDULING, Ward(chart=""))
    heads = names_known(presence, {row.chart_id for row in found})
    told = []
    for row in found:
        head = heads.get(row.chart_id)
        if head is None:
            continue
        details: bridge.Details = {"did": "looked at what was asked", "chart": row.chart_id}
        sealed = [(row.pk, bytes(row.sealed))]
        (words,) = fronts.reveal_beside(
            presence, Act.APPOINTMENT_READ, row.client_id, sealed, details
        )
        about = row.appointment
        told.append(
            Asked(
                row.pk,
                head,
                decode(words),
                about.pk if about else "",
                about.starts_at if about else None,
                row.asked_at,
            )
        )
    return told


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest requests name."""
    rows = OwnAsk.objects.order_by("-entry").values_list("entry", "asked_by")[:most]
    return [Told(entry, frozenset({Act.OWN_ASK}), actor) for entry, actor in rows]
