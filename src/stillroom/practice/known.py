"""Which charts somebody cares for, and of which she is not to know: for each list of names (P8)."""

from django.db import connection

from stillroom.phi import Presence, apart, statements

# In two halves, so that the index over (person, ends_at) answers each: somebody who has cared for
# thousands in her time cares for a few dozen now.
_IN_CARE = """
    SELECT chart_id FROM practice_carerelationship
    WHERE person = %s AND begins_at <= %s AND ends_at IS NULL
    UNION SELECT chart_id FROM practice_carerelationship
    WHERE person = %s AND begins_at <= %s AND ends_at > %s
"""


def charts_in_care(presence: Presence) -> frozenset[str]:
    """The charts this person cares for now, without those she is kept away from."""
    caring = _caring(presence)
    return caring - apart.unknown_to(presence).always if caring else caring


def _caring(presence: Presence) -> frozenset[str]:
    at = connection.ops.adapt_datetimefield_value(presence.at)
    found = statements.fetch_all(_IN_CARE, (presence.person, at, presence.person, at, at))
    return frozenset(row[0] for row in found)


def not_to_know(presence: Presence, *, emergency: bool = False) -> frozenset[str]:
    """The charts of which this person is not to be told, whoever asks: what the gate would refuse.

    In an emergency a chart that is closed to the desk is not closed to whoever broke its glass.
    """
    unknown = apart.unknown_to(presence)
    if emergency or not unknown.unless_caring:
        return unknown.always
    return unknown.always | (unknown.unless_caring - _caring(presence))
