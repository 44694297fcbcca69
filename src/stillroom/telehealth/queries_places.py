"""Where a client was during visits by video, for whoever asks the law about one of those days.

Rules: what counts is the last answer before each visit, and only of a visit whose door was opened;
each look asks the gate, and costs one entry for each visit. Nothing is guessed: a visit of which
nobody said where the client was tells nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from stillroom.access import Act, Label, Ward
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice
from stillroom.telehealth import queries
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.models import Fact, Room

MOST = 12
"""So many visits, the latest, are looked at."""


@dataclass(frozen=True, slots=True)
class WasAt:
    """A visit by video: when its door was opened, and the place that was said before."""

    opened_at: datetime
    place: str


def where_they_were(
    presence: Presence, chart_id: str, since: datetime, until: datetime
) -> tuple[WasAt, ...]:
    """The visits of a chart whose doors were opened in this time, oldest first, each with where the
    client said to be. Nothing, and no entry, for whoever may not read the chart's records."""
    held = Fact.objects.filter(queries.lies_in(chart_id)).values("room")
    rooms = Room.objects.filter(pk__in=held, opened_at__gte=since, opened_at__lt=until)
    rows = list(rooms.order_by("-opened_at", "-pk")[:MOST])
    cares = practice.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id, labels=frozenset({Label.CLINICAL}))
    purpose = practice.purpose_for(presence, cares)
    if not rows or not bridge.may(presence, Act.RECORD_READ, purpose, ward, cares=cares):
        return ()
    return tuple(one for row in reversed(rows) for one in _of_visit(presence, chart_id, row))


def _of_visit(presence: Presence, chart_id: str, room: Room) -> Iterator[WasAt]:
    """One line for each place: of a couple's visit each of them may have been elsewhere."""
    mine = Fact.objects.filter(queries.lies_in(chart_id), room=room)
    found = set()
    for seat in dict.fromkeys(mine.order_by("number").values_list("seat", flat=True)):
        said = queries.opened(presence, chart_id, mine.filter(seat=seat))
        check = queries.latest(said, facts.CHECK)
        if check is not None and room.opened_at is not None:
            found.add(WasAt(room.opened_at, queries.check_of(check).place))
    return iter(sorted(found, key=lambda one: one.place))
