"""Reading what is kept back from whom."""

from collections.abc import Sequence

import msgspec

from stillroom.access import Act, Purpose, Ward
from stillroom.consent.models import Restriction as Row
from stillroom.consent.rules_restrictions import Restriction
from stillroom.phi import NotHere, Presence, Told, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests

# Written out, as every matter asks it and building it takes Django longer than the answer.
_ROWS = "SELECT * FROM consent_restriction WHERE chart = %s ORDER BY id DESC"

encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Restriction).decode


def chart_of(presence: Presence, restriction_id: str) -> str:
    """The chart that a restriction belongs to, or `NotHere` written down."""
    chart = Row.objects.filter(pk=restriction_id).values_list("chart", flat=True).first()
    if chart is None:
        bridge.refuse(presence, Act.CONSENT_READ, restriction_id)
        raise NotHere
    return chart


def restrictions(presence: Presence, chart_id: str) -> list[Restriction]:
    """All that was asked to be kept back in a chart, newest first, ended ones included.

    To whoever stands for the client: nothing, for it may be kept back from her (P8).
    """
    rows = list(Row.objects.raw(_ROWS, (chart_id,)))
    if rows and queries_guests.stands_for_another(presence, chart_id):
        return []
    return open_rows(presence, chart_id, rows) if rows else []


def open_rows(presence: Presence, chart_id: str, rows: Sequence[Row]) -> list[Restriction]:
    """The words of some restrictions of one chart."""
    ward = Ward(chart=chart_id)
    cares = practice.cares_of(presence.person, chart_id)
    purpose = practice.purpose_for(presence, cares)
    grant = bridge.ask(presence, Act.CONSENT_READ, purpose, ward, cares=cares)
    parts = [(row.pk, "restriction", row.revision, bytes(row.sealed)) for row in rows]
    details: bridge.Details = {"restrictions": [row.pk for row in rows]}
    return [decode(words) for words in bridge.reveal(presence, grant, ward, parts, details)]


def may_write(presence: Presence, chart_id: str) -> bool:
    """Whether to show what asks, answers and ends."""
    cares = practice.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    return bridge.may(presence, Act.RESTRICTION_WRITE, Purpose.TREATMENT, ward, cares=cares)


def may_read(presence: Presence, chart_id: str) -> bool:
    """Whether this person may know that something is kept back, and why."""
    cares = practice.cares_of(presence.person, chart_id)
    purpose = practice.purpose_for(presence, cares)
    return bridge.may(presence, Act.CONSENT_READ, purpose, Ward(chart=chart_id), cares=cares)


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest restrictions name."""
    written = frozenset({Act.RESTRICTION_WRITE, Act.OWN_ASK})
    rows = Row.objects.order_by("-entry").values_list("entry", "changed_by")[:most]
    return [Told(entry, written, actor) for entry, actor in rows]
