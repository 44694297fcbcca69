"""Reading threads: by those who care, and by whoever writes in one.

Rules: a thread is looked for by how the asker stands to the chart, never by an identifier of hers
alone; the gate is told who stands so now, and refuses everybody else (P8). Lists tell no words. One
entry in the log opens the words of one thread.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q, QuerySet

from stillroom.access import Act, Capacity, Grant, Purpose, Ward
from stillroom.correspondence import models, rules
from stillroom.correspondence.rules import Thread, Written
from stillroom.phi import NotHere, Presence, Told, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests as guests
from stillroom.practice.queries_guests import Stands

MOST = 60
"""Messages of a thread on one page, the newest."""


@dataclass(frozen=True)
class Line:
    """A thread in a list. `since`: the oldest message that waits for an answer."""

    id: str
    chart: str
    client: str
    person: str
    count: int
    last_at: datetime | None
    waits: int
    since: datetime | None


def ward_of(thread: models.Thread, at: datetime) -> Ward:
    """A thread as the gate sees it: of which chart, and who may read it by the client's door."""
    return _ward(thread.chart, thread.client, thread.person, at, thread.pk)


def _ward(chart: str, client: str, person: str, at: datetime, record: str = "") -> Ward:
    """INVARIANT: the client's own thread names her alone, a proxy's the proxy alone."""
    mine = frozenset({person}) if person else guests.own_accounts(chart, client, at)
    return Ward(chart=chart, record=record, shared_with=mine)


def own_place(presence: Presence, chart_id: str) -> tuple[Stands, Ward, models.Thread | None]:
    """How a guest stands to a chart, and her thread there, if it has begun. Opens nothing."""
    stand = guests.own_stand(presence, chart_id)
    person = presence.person if stand.capacity is Capacity.PROXY else ""
    row = models.Thread.objects.filter(chart=chart_id, client=stand.client, person=person).first()
    record = row.pk if row else ""
    return stand, _ward(chart_id, stand.client, person, presence.at, record), row


def own_thread(presence: Presence, chart_id: str) -> Thread:
    """The thread of whoever comes in by the client's door; empty while it has not begun."""
    stand, ward, row = own_place(presence, chart_id)
    cares = practice.cares_of(presence.person, chart_id)
    grant = bridge.ask(presence, Act.THREAD_READ, Purpose.OWN, ward, cares=cares)
    if row is None:
        return Thread("", chart_id, stand.client, "")
    return _opened(presence, grant, ward, row)


def _opened(presence: Presence, grant: Grant, ward: Ward, row: models.Thread) -> Thread:
    every = list(row.messages.order_by("-number")[:MOST])[::-1]
    earlier = every[0].number - 1 if every else 0
    parts = [(one.pk, "message", 1, bytes(one.sealed)) for one in every]
    told: bridge.Details = {"did": "looked at messages", "thread": row.pk}
    words = bridge.reveal(presence, grant, ward, parts, told) if parts else []
    messages = tuple(
        Written(
            one.number,
            rules.decode(text),
            one.by,
            one.from_team,
            one.written_at,
            not one.from_team and one.settled_at is None,
        )
        for one, text in zip(every, words, strict=True)
    )
    return Thread(row.pk, row.chart, row.client, row.person, messages, earlier)


def find(presence: Presence, thread_id: str, act: Act) -> tuple[models.Thread, Grant, Ward]:
    """A thread for those who care, with the gate's permission; else `NotHere`, written down."""
    row = models.Thread.objects.filter(pk=thread_id).first()
    if row is None or presence.guest:
        bridge.refuse(presence, act, thread_id)
        raise NotHere
    cares = practice.cares_of(presence.person, row.chart)
    purpose = practice.purpose_for(presence, cares)
    ward = ward_of(row, presence.at)
    return row, bridge.ask(presence, act, purpose, ward, cares=cares), ward


def thread(presence: Presence, thread_id: str) -> Thread:
    """One thread with its words, for those who care."""
    row, grant, ward = find(presence, thread_id, Act.THREAD_READ)
    return _opened(presence, grant, ward, row)


def threads_of(presence: Presence, chart_id: str) -> list[Line]:
    """The threads of a chart for those who care: the client's own first. No words."""
    cares = practice.cares_of(presence.person, chart_id)
    purpose = practice.purpose_for(presence, cares)
    bridge.ask(presence, Act.THREAD_READ, purpose, Ward(chart=chart_id), cares=cares)
    return _lines(models.Thread.objects.filter(chart=chart_id).order_by("person", "begun_at"))


def waiting(presence: Presence) -> list[Line]:
    """Threads in which something waits, of the charts in which this person may answer."""
    mine = practice.charts_in_care(presence)
    open_ = models.Message.objects.filter(from_team=False, settled_at=None)
    threads = models.Thread.objects.filter(chart__in=mine, pk__in=open_.values("thread"))
    return [one for one in _lines(threads.order_by("chart")) if may_write(presence, one.chart)]


def may_read(presence: Presence, chart_id: str) -> bool:
    """Whether to show those who care that there are threads."""
    return _may(presence, chart_id, Act.THREAD_READ)


def may_write(presence: Presence, chart_id: str) -> bool:
    """Whether to show what answers."""
    return _may(presence, chart_id, Act.THREAD_WRITE)


def _may(presence: Presence, chart_id: str, act: Act) -> bool:
    cares = practice.cares_of(presence.person, chart_id)
    purpose = practice.purpose_for(presence, cares)
    return bridge.may(presence, act, purpose, Ward(chart=chart_id), cares=cares)


def _lines(threads: QuerySet[models.Thread]) -> list[Line]:
    open_ = Q(messages__from_team=False, messages__settled_at=None)
    counted = threads.annotate(
        count=Count("messages"),
        last_at=Max("messages__written_at"),
        waits=Count("messages", filter=open_),
        since=Min("messages__written_at", filter=open_),
    )
    fields = ("pk", "chart", "client", "person", "count", "last_at", "waits", "since")
    return [Line(*row) for row in counted.values_list(*fields)]


def manner(language: str = "en") -> str:
    """How this practice answers, in its own words; empty while it has not said. No client's."""
    row = models.Manner.objects.order_by("-pk").first()
    if row is None:
        return ""
    return (row.spanish or row.words) if language == "es" else row.words


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest messages name."""
    written = models.Message.objects.order_by("-entry").values_list("entry", "by")[:most]
    said = models.Manner.objects.order_by("-entry").values_list("entry", "said_by")[:most]
    acts, settings = frozenset({Act.THREAD_WRITE}), frozenset({Act.SETTINGS_WRITE})
    return [
        *(Told(entry, acts, actor) for entry, actor in written),
        *(Told(entry, settings, actor) for entry, actor in said),
    ]
