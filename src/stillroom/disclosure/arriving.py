"""Letters and calls that reach the front desk: written down, and taken up by whom they concern.

Rules (P8, THREATS.md T07): writing one down is the same work, the same entry and the same answer,
whoever it names: nothing is compared, and whoever wrote it reads it no more. It is sealed for every
clinician and for the owner. A clinician is shown those that may name a client in her care, each
with an entry under that chart, and takes one up into a matter; the others she sees nothing of. The
owner, as privacy official, is shown what nobody took up for three days.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from stillroom.access import Act, Purpose, Role, Ward
from stillroom.disclosure import actions
from stillroom.disclosure.askers import arrived
from stillroom.disclosure.askers.arrived import Arrived, NamesNobody
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.models import Arrival
from stillroom.identity import queries as people
from stillroom.kernel import new_id
from stillroom.phi import NotHere, Presence, arrivals, bridge
from stillroom.practice import queries as practice
from stillroom.practice.queries import ChartHead
from stillroom.practice.rules import fold

NOBODYS = timedelta(days=3)
"""So long a letter waits for a clinician before the owner is shown it."""
_READERS = frozenset({Role.CLINICIAN, Role.OWNER})


@dataclass(frozen=True)
class Waiting:
    """A letter as it is shown: its words, and the charts of mine that it may be about."""

    id: str
    words: Arrived
    written_by: str
    written_at: datetime
    charts: tuple[ChartHead, ...]


def require_writer(presence: Presence) -> None:
    """Nothing for whoever may write down that a letter came; `NotHere` for all others."""
    ward = Ward(chart="", author=presence.person)
    bridge.ask(presence, Act.MATTER_OPEN, Purpose.OPERATIONS, ward)


def write_down(presence: Presence, words: Arrived) -> None:
    """Keep what came, for whom it may concern. Gives nothing back: there is nothing to learn."""
    require_writer(presence)
    if not words.about.strip() or not words.asker.strip():
        raise NamesNobody
    arrival = new_id()
    roles = {role.value for role in _READERS}
    readers = [one.id for one in people.colleagues().values() if roles & set(one.roles)]
    with transaction.atomic():
        bridge.note_house(presence, Act.MATTER_OPEN, {"did": "a letter was written down"})
        keys = people.public_keys(readers)
        sealed = arrivals.leave(presence.house, arrival, keys, arrived.encode(words))
        Arrival.objects.create(
            id=arrival, written_by=presence.person, written_at=presence.at, sealed=sealed
        )


def waiting(presence: Presence) -> list[Waiting]:
    """The letters that may name a client of mine; for the owner, those that nobody took up."""
    rows = list(Arrival.objects.order_by("written_at"))
    if not rows or not presence.roles & _READERS:
        return []
    mine = _answerable(presence) if Role.CLINICIAN in presence.roles else []
    found = [one for row in rows if (one := _shown(presence, row, mine)) is not None]
    for chart in {head.id for one in found for head in one.charts}:
        _enter_seen(presence, chart)
    return found


def _answerable(presence: Presence) -> list[ChartHead]:
    """The charts for whose matters I answer: those I treat or cover, not those I supervise."""
    heads = practice.my_charts(presence)
    cares = practice.cares_in(presence.person, [head.id for head in heads])
    return [
        head
        for head in heads
        if bridge.may(
            presence, Act.MATTER_OPEN, Purpose.TREATMENT, Ward(head.id), cares=cares[head.id]
        )
    ]


def _shown(presence: Presence, row: Arrival, mine: list[ChartHead]) -> Waiting | None:
    try:
        words = arrived.decode(arrivals.peek(presence, row.pk, bytes(row.sealed)))
    except NotHere:
        return None  # it came before she worked here
    charts = tuple(head for head in mine if _about(words, head))
    old = presence.at - row.written_at >= NOBODYS
    if not charts:
        if not (old and Role.OWNER in presence.roles):
            return None
        bridge.ask(presence, Act.MATTER_READ, Purpose.OPERATIONS, Ward(chart=""))
        bridge.note_house(presence, Act.MATTER_READ, {"did": "read a letter that waits"})
    return Waiting(row.pk, words, row.written_by, row.written_at, charts)


def _about(words: Arrived, head: ChartHead) -> bool:
    return any(
        arrived.concerns([words.about], words.born, holder.sheet, fold) for holder in head.holders
    )


def _enter_seen(presence: Presence, chart: str) -> None:
    """That I was shown a letter which may name this client stands in the log of the chart."""
    ward, cares = Ward(chart=chart), practice.cares_of(presence.person, chart)
    purpose = practice.purpose_for(presence, cares)
    grant = bridge.ask(presence, Act.MATTER_READ, purpose, ward, cares=cares)
    bridge.note(presence, grant, ward, {"did": "shown a letter that arrived"})


def letter_for(presence: Presence, arrival_id: str, chart_id: str) -> Arrived:
    """A letter that may name this client of mine; `NotHere` for any other letter or chart."""
    row = Arrival.objects.filter(pk=arrival_id).first()
    mine = [head for head in _answerable(presence) if head.id == chart_id]
    shown = _shown(presence, row, mine) if row is not None else None
    if shown is None or not shown.charts:
        bridge.refuse(presence, Act.MATTER_OPEN, arrival_id)
        raise NotHere
    _enter_seen(presence, chart_id)
    return shown.words


def take_up(presence: Presence, arrival_id: str, chart_id: str, asked: Asked) -> str:
    """The letter becomes a matter of this chart and is let go here; gives the matter's id."""
    letter_for(presence, arrival_id, chart_id)
    with transaction.atomic():
        matter_id = actions.enter(presence, chart_id, asked)
        Arrival.objects.filter(pk=arrival_id).delete()
        arrivals.forget(arrival_id)
    return matter_id


def answered(presence: Presence, arrival_id: str) -> None:
    """The owner has answered a letter that nobody took up: neither confirmed nor denied."""
    row = Arrival.objects.filter(pk=arrival_id).first()
    old = row is not None and presence.at - row.written_at >= NOBODYS
    if row is None or not old:
        bridge.refuse(presence, Act.MATTER_WRITE, arrival_id)
        raise NotHere
    bridge.ask(presence, Act.MATTER_WRITE, Purpose.OPERATIONS, Ward(chart=""))
    bridge.note_house(presence, Act.MATTER_WRITE, {"did": "answered a letter that named nobody"})
    with transaction.atomic():
        row.delete()
        arrivals.forget(arrival_id)
