"""A new key for a chart, after somebody left it or its glass was broken.

Rules: who treats asks for it, proven afresh; the entry is in the chart's log within the same
transaction as the wraps. Whoever cares now, comes in by a door of her own, or has a key laid by
goes on without noticing. While somebody has broken the glass it waits: she would be given the new
key too.
"""

from django.db import transaction

from stillroom.access import Act, Purpose, Ward
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import Presence, bridge, glass, turning
from stillroom.practice import queries, queries_guests
from stillroom.practice.actions_glass import lock
from stillroom.practice.models import Breaking
from stillroom.practice.queries_care import members


class GlassIsBroken(StillroomError):
    """A new key while somebody reads through a broken glass."""

    what = "the glass of this chart is broken now"
    usual_advice = "Take that key away on this page, or wait until the hour is over; then again."


def turn_key(presence: Presence, chart_id: str) -> None:
    """From now on what is written in this chart is sealed with a key that only its holders have."""
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    grant = bridge.ask(presence, Act.RING_TURN, Purpose.TREATMENT, ward, cares=cares)
    with transaction.atomic():
        lock(chart_id)
        broken = Breaking.objects.filter(
            chart_id=chart_id, begins_at__lte=presence.at, ends_at__gt=presence.at
        )
        if broken.exists():
            raise GlassIsBroken
        bridge.note(presence, grant, ward, {"did": "made a new key"})
        turning.turn(presence, chart_id, _holders(presence, chart_id), _with_spares(chart_id))


def _holders(presence: Presence, chart_id: str) -> turning.Holders:
    """Who may hold the ring now: who cares, and who comes in by a door of her own."""
    caring = {one.person for one in members(chart_id) if one.runs(presence.at)}
    guests = queries_guests.running(presence.at).filter(chart_id=chart_id)
    return _keys(caring | set(guests.values_list("person", flat=True)))


def _with_spares(chart_id: str) -> turning.Holders:
    return _keys(set(glass.laid_by(chart_id)))


def _keys(persons: set[str]) -> turning.Holders:
    """Also of those who were let in and have not taken up their place: their key waits for them."""
    found = {person: people.verifying_key(person) for person in sorted(persons)}
    return {person: key for person, key in found.items() if key is not None}
