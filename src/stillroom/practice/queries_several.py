"""A couple's or a group's members: who they are, in which chart each is met, and as whom one asks.

Rules: a couple's members are met in the couple's chart. A group's chart has no door (0034), so each
of its members is met in the chart that is hers alone and for which whoever leads the group cares;
who has none is met in none. Nothing here opens a name; whoever asks for more than her own has been
let in by the gate before.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from stillroom.access import Act, Capacity, Purpose
from stillroom.phi import Presence, bridge
from stillroom.practice import queries, queries_guests
from stillroom.practice.models import Appointment, CareRelationship, Holder
from stillroom.practice.queries_calendar import Next, next_visits
from stillroom.practice.queries_guests import Stands
from stillroom.practice.queries_visits import BY_VIDEO, Booked, booked_of
from stillroom.practice.rules_holders import GROUP, INDIVIDUAL


def members(chart_id: str) -> list[str]:
    """Its clients, in the order in which they came to hold it."""
    rows = Holder.objects.filter(chart=chart_id).order_by("pk")
    return list(rows.values_list("client_id", flat=True))


def homes(chart_id: str, leader: str, clients: Sequence[str], at: datetime) -> dict[str, str]:
    """In which chart each is met, by client; who has none is left out."""
    if queries_guests.kind_of(chart_id) != GROUP:
        return dict.fromkeys(clients, chart_id)
    caring = CareRelationship.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=at),
        person=leader,
        begins_at__lte=at,
        capacity__in=[Capacity.TREATING.value, Capacity.COVERING.value],
    )
    rows = Holder.objects.filter(
        client_id__in=clients,
        chart__kind=INDIVIDUAL,
        chart__closed_at__isnull=True,
        chart_id__in=caring.values("chart_id"),
    ).order_by("-chart__number")
    return dict(rows.values_list("client_id", "chart_id"))


def stands_in(presence: Presence, chart_id: str, leader: str) -> Stands | None:
    """As which member whoever asks comes in to a chart of several; `None` for nobody of them."""
    mine = {one.chart: one for one in queries_guests.stands(presence) if one.holder}
    clients = [one.client for one in mine.values()]
    held = [one for one in members(chart_id) if one in clients]
    found = homes(chart_id, leader, held, presence.at).values()
    return next((mine[home] for home in found if home in mine), None)


def groups_of(presence: Presence, stand: Stands) -> list[str]:
    """The groups of the client who asks by her own chart; of whoever stands for her, none."""
    cares = queries.cares_of(presence.person, stand.chart)
    ward = queries.front_ward(stand.chart)
    bridge.ask(presence, Act.APPOINTMENT_READ, Purpose.OWN, ward, cares=cares)
    if not stand.holder or stand.kind != INDIVIDUAL:
        return []
    rows = Holder.objects.filter(client=stand.client, chart__kind=GROUP)
    return list(rows.values_list("chart_id", flat=True))


def of_groups(presence: Presence, stand: Stands, *, since: timedelta) -> list[Booked]:
    """The appointments by video of her groups that end after `since` ago and are led by whoever
    cares for this chart of hers."""
    rows = Appointment.objects.select_related("chart").filter(
        chart_id__in=groups_of(presence, stand), mode=BY_VIDEO, ends_at__gt=presence.at - since
    )
    found = [booked_of(row) for row in rows.order_by("starts_at", "pk")]
    return [one for one in found if _met_here(presence, stand, one)]


def _met_here(presence: Presence, stand: Stands, one: Booked) -> bool:
    home = homes(one.chart, one.person, [stand.client], presence.at).get(stand.client)
    return home == stand.chart


def next_of(presence: Presence, stand: Stands, most: int) -> list[Next]:
    """What is planned with her from now on: by her chart, and of the groups that she is met in."""
    own = next_visits(presence, stand.chart, most)
    rows = Appointment.objects.select_related("chart").filter(
        chart_id__in=groups_of(presence, stand),
        starts_at__gte=presence.at,
        state=Appointment.State.PLANNED,
    )
    met = [booked_of(row) for row in rows.order_by("starts_at", "pk")[:most]]
    hers = [one for one in met if _met_here(presence, stand, one)]
    found = [Next(one.id, one.person, one.starts_at, one.ends_at, one.mode) for one in hers]
    return sorted([*own, *found], key=lambda one: (one.starts_at, one.id))[:most]
