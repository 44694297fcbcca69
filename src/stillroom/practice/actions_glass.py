"""An emergency: a key laid by, the glass broken, seen by who treats, reviewed by somebody else.

Rules: each act asks the gate and is in the log before its rows. Who treats lays keys by, chart by
chart and colleague by colleague; without one nobody breaks that chart's glass. Breaking says why,
lasts an hour and can be done once: with its end the key is taken away, and only who treats lays
another by. What was said is sealed for her who broke it, for those who treat, and for reviewers.
"""

from datetime import datetime

import msgspec
from django.db import transaction

from stillroom.access import Act, Label, Purpose, Ward
from stillroom.identity import queries as people
from stillroom.kernel import new_id
from stillroom.phi import House, Presence, bridge, glass, rings, rows
from stillroom.phi.models import Spare
from stillroom.practice import queries, queries_glass
from stillroom.practice.models import Breaking, Chart
from stillroom.practice.queries_apart import apart_from
from stillroom.practice.queries_care import members
from stillroom.practice.rules_apart import KeptApart
from stillroom.practice.rules_glass import (
    CaresAnyhow,
    Found,
    NotForEmergencies,
    ReviewedAlready,
    Said,
    lasts_until,
    may_break,
    require_reason,
)

_encode = msgspec.json.Encoder().encode
_CLINICAL = frozenset({Label.CLINICAL, Label.PART2, Label.JOINT})


def lay_by(presence: Presence, chart_id: str, person: str) -> None:
    """A key for emergencies, for one colleague, to one chart."""
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    grant = bridge.ask(presence, Act.GLASS_PREPARE, Purpose.TREATMENT, ward, cares=cares)
    colleague, key = people.colleagues().get(person), people.public_key(person)
    if colleague is None or key is None or not may_break(colleague.roles):
        raise NotForEmergencies
    if person in apart_from(presence, chart_id):
        raise KeptApart
    with transaction.atomic():
        lock(chart_id)
        if any(one.person == person and one.runs(presence.at) for one in members(chart_id)):
            raise CaresAnyhow
        bridge.note(presence, grant, ward, {"did": "laid by", "person": person})
        glass.lay_by(presence, chart_id, person, key)


def take_away(presence: Presence, chart_id: str, person: str) -> None:
    """No key for her emergencies any more. A glass that she has broken is whole from now on."""
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    grant = bridge.ask(presence, Act.GLASS_PREPARE, Purpose.TREATMENT, ward, cares=cares)
    with transaction.atomic():
        lock(chart_id)
        bridge.note(presence, grant, ward, {"did": "taken away", "person": person})
        mend(chart_id, person, presence.at)


def break_glass(presence: Presence, chart_id: str, reason: str) -> str:
    """Break the glass of one chart, for an hour; gives the breaking's id.

    The entry stands in the chart's own log before anything opens. While it is broken already,
    nothing new is broken.
    """
    ward = Ward(chart=chart_id, labels=_CLINICAL | {Label.FRONT})
    grant = bridge.ask(presence, Act.GLASS_BREAK, Purpose.EMERGENCY, ward, reason=reason)
    why = require_reason(reason)
    breaking = new_id()
    recipients = people.public_keys(queries_glass.readers(chart_id, presence.person, presence.at))
    until = lasts_until(presence.at)
    with transaction.atomic():
        lock(chart_id)
        standing = _running(chart_id, presence.person, presence.at).first()
        if standing is not None:
            return standing.pk
        glass.lend(presence, grant, ward)
        said = _encode(Said(why, glass.pseudonym(presence, chart_id)))
        details: bridge.Details = {"did": "broke the glass", "why": "emergency", "said": why}
        entry = bridge.note(presence, grant, ward, {**details, "until": until.isoformat()})
        ring, made = glass.begin_words(presence.house, breaking, recipients)
        rows.insert(*rings.rows_of([made]))
        Breaking.objects.create(
            id=breaking,
            chart_id=chart_id,
            person=presence.person,
            begins_at=presence.at,
            ends_at=until,
            entry=entry,
            said=glass.seal_words(presence.house, ring, breaking, "said", said),
        )
    return breaking


def end(presence: Presence, chart_id: str) -> None:
    """Say that the emergency is over: nothing more opens, and the key is gone."""
    ward = Ward(chart=chart_id, labels=frozenset({Label.FRONT}))
    broken = queries_glass.broken(presence, chart_id)
    grant = bridge.ask(presence, Act.FRONT_READ, Purpose.EMERGENCY, ward, broken=broken)
    glass.lend(presence, grant, ward)
    with transaction.atomic():
        lock(chart_id)
        bridge.note(presence, grant, ward, {"did": "said that it is over", "why": "emergency"})
        _spend(chart_id, presence.person, presence.at)


def see(presence: Presence, breaking_id: str) -> None:
    """Whoever treats has seen it; the chart's log says so."""
    row = queries_glass.row_of(presence, breaking_id)
    cares = queries.cares_of(presence.person, row.chart_id)
    ward = Ward(chart=row.chart_id)
    grant = bridge.ask(presence, Act.GLASS_PREPARE, Purpose.TREATMENT, ward, cares=cares)
    with transaction.atomic():
        bridge.note(presence, grant, ward, {"did": "saw the broken glass", "breaking": row.pk})
        Breaking.objects.filter(pk=row.pk, seen_at__isnull=True).update(
            seen_by=presence.person, seen_at=presence.at
        )


def review(presence: Presence, breaking_id: str, found: Found) -> None:
    """What somebody else found of it; once, and it stays."""
    row = queries_glass.row_of(presence, breaking_id)
    cares = queries.cares_of(presence.person, row.chart_id)
    ward = Ward(chart=row.chart_id, author=row.person)
    grant = bridge.ask(presence, Act.GLASS_REVIEW, Purpose.AUDIT, ward, cares=cares)
    ring = glass.words_ring(presence, row.pk)
    sealed = glass.seal_words(presence.house, ring, row.pk, "found", _encode(found))
    with transaction.atomic():
        bridge.note_house(presence, grant.act, {"did": "reviewed", "breaking": row.pk})
        open_still = Breaking.objects.filter(pk=row.pk, reviewed_at__isnull=True)
        if not open_still.update(
            reviewed_by=presence.person, reviewed_at=presence.at, found=sealed
        ):
            raise ReviewedAlready


def lock(chart_id: str) -> None:
    """Whoever breaks a chart's glass, and whoever ends that, come one after the other (T17)."""
    list(Chart.objects.select_for_update().filter(pk=chart_id).values_list("pk"))


def mend(chart_id: str, person: str, at: datetime) -> None:
    """No key any more, and what was broken with it is whole. The caller has written the entry."""
    glass.take_away(chart_id, person)
    _running(chart_id, person, at).update(ends_at=at)


def _spend(chart_id: str, person: str, at: datetime) -> None:
    """The key with which it was broken is used up, as when it becomes whole by itself."""
    for row in _running(chart_id, person, at):
        glass.take_away(chart_id, person, made_by=row.begins_at)
    _running(chart_id, person, at).update(ends_at=at)


def _running(chart_id: str, person: str, at: datetime) -> "queries_glass.Rows":
    return Breaking.objects.filter(
        chart_id=chart_id, person=person, begins_at__lte=at, ends_at__gt=at
    )


def withdraw_spent(house: House, at: datetime) -> int:
    """Take away the keys of those whose glass has become whole by itself; says how many.

    The gate is shut from the very moment; this is the second lock. A key that was laid by after
    the breaking is another, and stays.
    """
    taken = 0
    spent = Spare.objects.filter(ring__ward__in=Breaking.objects.values("chart_id"))
    for chart_id, person, made in spent.values_list("ring__ward", "recipient", "made_at"):
        over = Breaking.objects.filter(
            chart_id=chart_id, person=person, ends_at__lte=at, begins_at__gte=made
        )
        if not over.exists():
            continue
        with transaction.atomic():
            details: bridge.Details = {"did": "ended by itself", "chart": chart_id}
            bridge.note_event(house, "house", Act.GLASS_BREAK, {**details, "person": person}, at=at)
            glass.take_away(chart_id, person)
            taken += 1
    return taken
