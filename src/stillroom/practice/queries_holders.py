"""Finding who could hold a chart with others, among the clients that somebody may know of (P8)."""

from collections.abc import Iterable, Sequence

from stillroom.access import Act, Purpose, Ward
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries
from stillroom.practice.directory import Directory
from stillroom.practice.heads import ChartHead, HolderSheet, heads
from stillroom.practice.models import Holder
from stillroom.practice.rules_holders import INDIVIDUAL


def may_add(presence: Presence, chart_id: str) -> bool:
    """Whether to show what adds somebody to a chart."""
    cares = queries.cares_of(presence.person, chart_id)
    ward = queries.front_ward(chart_id)
    return bridge.may(presence, Act.HOLDER_ADD, Purpose.SCHEDULING, ward, cares=cares)


def require_may_add(presence: Presence, chart_id: str) -> ChartHead:
    """The chart to which this person may add somebody, or `NotHere`."""
    cares = queries.cares_of(presence.person, chart_id)
    ward = queries.front_ward(chart_id)
    bridge.ask(presence, Act.HOLDER_ADD, Purpose.SCHEDULING, ward, cares=cares)
    return queries.chart_head(presence, chart_id)


def own_charts(presence: Presence, clients: Iterable[str]) -> dict[str, str]:
    """The chart that each client holds alone and for which this person cares now, by client; who
    has none, or is in nobody's care here, is left out."""
    rows = Holder.objects.filter(
        client_id__in=list(clients),
        chart_id__in=queries.charts_in_care(presence),
        chart__kind=INDIVIDUAL,
        chart__closed_at__isnull=True,
    ).order_by("chart__number")
    return dict(rows.values_list("client_id", "chart_id"))


def clients_found(
    presence: Presence, directory: Directory, typed: str, *, without: Sequence[str] = ()
) -> list[HolderSheet]:
    """Clients by the beginnings of their words, each once, among those this person may know of."""
    bridge.ask(presence, Act.FRONT_LIST, Purpose.SCHEDULING, Ward(chart=""))
    known = queries.may_know(presence)
    hits = directory.find(typed, within=known.within, without=known.without)
    wanted = [hit.client for hit in hits if hit.client not in without]
    charts = {hit.charts[0] for hit in hits if hit.client in wanted and hit.charts}
    if not charts:
        return []
    sheets = {one.client: one for head in heads(presence, charts) for one in head.holders}
    return [sheets[client] for client in wanted if client in sheets]


def known_client(presence: Presence, client_id: str) -> HolderSheet:
    """A client whom this person may know of. For anybody else's client, and nobody's: `NotHere`."""
    held = list(Holder.objects.filter(client_id=client_id).values_list("chart_id", flat=True))
    may = queries.may_know(presence)
    known = [chart for chart in held if chart in may]
    if not known:
        bridge.refuse(presence, Act.FRONT_READ, client_id)
        raise NotHere
    (head,) = heads(presence, known[:1])
    return next(one for one in head.holders if one.client == client_id)
