"""Reading measures that were given by the client's own door: for her, and for those who care.

Rules: each reads through the gate, with an entry, before a word is opened; which waits to be looked
at, and which asks for somebody at once, is told to those who treat or cover without opening any.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stillroom.access import Act, Capacity, Grant, Ward
from stillroom.chart import queries
from stillroom.chart.given import Filled, GivenOne, decode_ask, decode_filled
from stillroom.chart.models_given import Given
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_care
from stillroom.practice.models import Chart
from stillroom.practice.queries_guests import Stands, own_stand

_DUTY = (Capacity.TREATING, Capacity.COVERING)


@dataclass(frozen=True)
class Pressing:
    """A client's answers that ask for somebody today, and that nobody has looked at."""

    id: str
    chart: str
    number: int
    at: datetime


def grant_to_answer(presence: Presence, chart_id: str) -> tuple[Grant, Ward]:
    """The gate's permission for a client to answer."""
    ward = Ward(chart=chart_id)
    cares = practice.cares_of(presence.person, chart_id)
    purpose = practice.writes_for(presence)
    return bridge.ask(presence, Act.OWN_ANSWER, purpose, ward, cares=cares), ward


def own_given(presence: Presence, stand: Stands) -> list[GivenOne]:
    """What was given to the client for whom she stands, the newest first."""
    grant, ward = grant_to_answer(presence, stand.chart)
    rows = Given.objects.filter(chart=stand.chart).order_by("-given_at", "-pk")
    found = open_rows(presence, grant, ward, list(rows), "looked at questions given")
    return [one for one in found if one.ask.client == stand.client]


def own_one(presence: Presence, given_id: str) -> GivenOne:
    """One of them, or `NotHere`: another's, also a partner's in the same chart, is not there."""
    row = _row(presence, given_id, Act.OWN_ANSWER)
    stand = own_stand(presence, row.chart)
    grant, ward = grant_to_answer(presence, row.chart)
    (one,) = open_rows(presence, grant, ward, [row], "looked at questions given")
    if one.ask.client != stand.client:
        bridge.refuse(presence, Act.OWN_ANSWER, given_id)
        raise NotHere
    return one


def given_in(presence: Presence, chart_id: str) -> list[GivenOne]:
    """What was given in a chart and is not signed yet, for those who read its measures."""
    rows = list(Given.objects.filter(chart=chart_id, record="").order_by("-given_at", "-pk"))
    if not rows:
        return []
    grant, ward = _grant_to_read(presence, chart_id)
    return open_rows(presence, grant, ward, rows, "looked at questions given")


def given_one(presence: Presence, given_id: str) -> GivenOne:
    """One, as those who care read it."""
    row = _row(presence, given_id, Act.RECORD_READ)
    grant, ward = _grant_to_read(presence, row.chart)
    (one,) = open_rows(presence, grant, ward, [row], "looked at answers by the own door")
    return one


def to_look_at(presence: Presence) -> list[tuple[str, str, datetime, bool]]:
    """(id, chart, since when, whether pressing) of what waits in charts that I treat or cover;
    nothing is opened."""
    rows = Given.objects.filter(record="").exclude(answered_at=None, pressing_at=None)
    mine = _on_duty(presence) if rows.exists() else frozenset()
    found = [
        (row.pk, row.chart, row.pressing_at or row.answered_at, row.pressing_at is not None)
        for row in rows
        if row.chart in mine
    ]
    return sorted(
        ((a, b, at, now) for a, b, at, now in found if at is not None),
        key=lambda one: (not one[3], one[2], one[0]),
    )


# Written out, because the bar of every page asks it; building it anew took longer than the answer.
_PRESSING = """
    SELECT * FROM chart_given WHERE pressing_at IS NOT NULL AND seen_at IS NULL AND record = ''
"""


def pressing(presence: Presence) -> list[Pressing]:
    """What asks for somebody now and nobody has looked at, in charts that I treat or cover."""
    rows = list(Given.objects.raw(_PRESSING))
    if not rows:
        return []
    mine = _on_duty(presence)
    numbers = dict(
        Chart.objects.filter(pk__in={row.chart for row in rows}).values_list("pk", "number")
    )
    found = [
        Pressing(row.pk, row.chart, numbers[row.chart], row.pressing_at)
        for row in rows
        if row.chart in mine and row.pressing_at is not None
    ]
    return sorted(found, key=lambda one: (one.at, one.id))


def open_rows(
    presence: Presence, grant: Grant, ward: Ward, rows: Sequence[Given], did: str
) -> list[GivenOne]:
    """The words of some rows of one chart, under a grant; one entry."""
    if not rows:
        return []
    parts: list[bridge.SealedPart] = [(row.pk, "ask", 1, bytes(row.sealed_ask)) for row in rows]
    filled = [row for row in rows if row.sealed_answers]
    parts += [(row.pk, "answers", row.revision, bytes(row.sealed_answers)) for row in filled]
    details: bridge.Details = {"did": did, "given": [row.pk for row in rows]}
    words = bridge.reveal(presence, grant, ward, parts, details)
    answers = {
        row.pk: decode_filled(text) for row, text in zip(filled, words[len(rows) :], strict=True)
    }
    return [
        GivenOne(
            id=row.pk,
            chart=row.chart,
            ask=decode_ask(text),
            filled=answers.get(row.pk, Filled()),
            given_by=row.given_by,
            given_at=row.given_at,
            due_on=row.due_on,
            saved_at=row.saved_at,
            answered_at=row.answered_at,
            pressing_at=row.pressing_at,
            seen_at=row.seen_at,
            record=row.record,
        )
        for row, text in zip(rows, words[: len(rows)], strict=True)
    ]


def _on_duty(presence: Presence) -> frozenset[str]:
    return frozenset().union(*(queries_care.charts_as(presence, one) for one in _DUTY))


def _grant_to_read(presence: Presence, chart_id: str) -> tuple[Grant, Ward]:
    ward = queries.chart_ward(chart_id)
    cares = practice.cares_of(presence.person, chart_id)
    purpose = practice.purpose_for(presence, cares)
    return bridge.ask(presence, Act.RECORD_READ, purpose, ward, cares=cares), ward


def _row(presence: Presence, given_id: str, act: Act) -> Given:
    row = Given.objects.filter(pk=given_id).first()
    if row is None:
        bridge.refuse(presence, act, given_id)
        raise NotHere
    return row
