"""Reading what is to be co-signed: what waits for me, what I returned, what of mine waits or came
back.

Lists open nothing: they tell a title and a day, as the list of unsigned drafts does. Whether they
are true is asked of the chain when the record is opened.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from stillroom.access import Capacity
from stillroom.chart import kinds
from stillroom.chart.models import Asked, Review
from stillroom.phi import Presence
from stillroom.practice import queries as practice
from stillroom.practice import queries_care


@dataclass(frozen=True)
class Waiting:
    """A record under review. `state` is waiting or returned, `cosigned` who of the asked has."""

    record: str
    chart: str
    title: str
    author: str
    occurred_at: datetime
    state: str
    since: datetime
    asked: tuple[str, ...]
    cosigned: frozenset[str]
    author_cares: bool = True
    """Whether its author treats or covers still; nobody else could change it."""


def for_me(presence: Presence) -> list[Waiting]:
    """Records that wait for this person's co-signature, the longest waiting first.

    Those that she was asked about; and those about which nobody was asked who supervises still.
    """
    return [one for one in _of_others(presence, Review.State.WAITING) if _not_yet(presence, one)]


def returned(presence: Presence) -> list[Waiting]:
    """Records of charts that this person supervises which came back to their authors and were not
    changed yet, the longest waiting first; of those that she was asked about, as `for_me`."""
    return _of_others(presence, Review.State.RETURNED)


def _not_yet(presence: Presence, one: Waiting) -> bool:
    return presence.person not in one.cosigned


def _of_others(presence: Presence, state: str) -> list[Waiting]:
    charts = queries_care.charts_as(presence, Capacity.SUPERVISING)
    rows = Review.objects.filter(state=state, record__chart__in=charts, record__restricted=False)
    found = _lines(rows.exclude(record__author=presence.person))
    at, these = presence.at, {one.chart for one in found}
    supervising, writing = queries_care.supervisors(these, at), queries_care.who_writes(these, at)
    return [
        replace(one, author_cares=(one.chart, one.author) in writing)
        for one in found
        if _is_for(one, presence.person, supervising[one.chart])
    ]


def _is_for(one: Waiting, person: str, supervising: Collection[str]) -> bool:
    return person in ([asked for asked in one.asked if asked in supervising] or supervising)


def of_mine(presence: Presence) -> list[Waiting]:
    """Records of this person's that came back or wait, those that came back first."""
    rows = Review.objects.filter(
        record__author=presence.person,
        record__chart__in=practice.charts_in_care(presence),
        state__in=(Review.State.RETURNED, Review.State.WAITING),
    )
    return sorted(_lines(rows), key=lambda one: one.state != Review.State.RETURNED)


def states_of(records: Collection[str]) -> dict[str, str]:
    """Waiting, returned or cosigned, by record; for a list of records that somebody may read."""
    return dict(Review.objects.filter(pk__in=records).values_list("pk", "state"))


def _lines(rows: QuerySet[Review]) -> list[Waiting]:
    found = list(rows.select_related("record").order_by("since", "pk"))
    asked: dict[str, list[tuple[str, bool]]] = {}
    for record, person, cosigned in Asked.objects.filter(review__in=found).values_list(
        "review_id", "person", "cosigned"
    ):
        asked.setdefault(record, []).append((person, cosigned))
    return [
        Waiting(
            one.pk,
            one.record.chart,
            kinds.SHELVES[one.record.kind],
            one.record.author,
            one.record.occurred_at,
            one.state,
            one.since,
            tuple(person for person, _ in asked.get(one.pk, ())),
            frozenset(person for person, cosigned in asked.get(one.pk, ()) if cosigned),
        )
        for one in found
    ]
