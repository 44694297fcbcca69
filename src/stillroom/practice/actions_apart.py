"""Keeping a chart from somebody: a colleague, staff who are its client, or the desk.

Rules: who treats decides (45 CFR 164.522(a) leaves it to the practice to agree; the rest is care);
each change is in the chart's log before its row, with the name of whoever is meant, sealed. From
then on the gate refuses whoever is kept away like somebody who asks for what does not exist, and a
key laid by for her emergency is gone.
"""

from django.db import transaction

from stillroom.access import Act, Purpose, Ward
from stillroom.identity import queries as people
from stillroom.phi import Presence, apart, bridge
from stillroom.phi.apart import How, Told
from stillroom.practice import queries
from stillroom.practice.actions_glass import lock, mend
from stillroom.practice.queries_care import members
from stillroom.practice.rules_apart import NobodyChosen, require_may_keep_apart


def require_may(presence: Presence, chart_id: str) -> None:
    """The gate's permission, or `NotHere`: asked before bad input is told of."""
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    bridge.ask(presence, Act.RESTRICTION_WRITE, Purpose.TREATMENT, ward, cares=cares)


def keep_apart(presence: Presence, chart_id: str, person: str, how: How) -> None:
    """From now on the chart is not for `person`; or, closed, for nobody who does not care."""
    one = _meant(presence, chart_id, person, how)
    if one in apart.every(presence.house).values():
        return
    with transaction.atomic():
        lock(chart_id)
        _note(presence, one, "kept apart")
        apart.keep(presence.house, one)
        if one.person:
            mend(chart_id, one.person, presence.at)


def let_know(presence: Presence, chart_id: str, person: str, how: How) -> None:
    """That is over: she is to the chart what every colleague is."""
    one = Told(chart_id, "" if how is How.CLOSED else person, how)
    with transaction.atomic():
        _note(presence, one, "kept apart no longer")
        apart.let_go(presence.house, one)


def _meant(presence: Presence, chart_id: str, person: str, how: How) -> Told:
    """What is to be kept, once the gate has let this person ask for it."""
    require_may(presence, chart_id)
    if how is How.CLOSED:
        return Told(chart_id, "", how)
    caring = {one.person for one in members(chart_id) if one.ends is None or one.ends > presence.at}
    require_may_keep_apart(person, presence.person, caring)
    if person not in people.colleagues(active=False):
        raise NobodyChosen
    return Told(chart_id, person, how)


def _note(presence: Presence, one: Told, did: str) -> None:
    cares = queries.cares_of(presence.person, one.chart)
    ward = Ward(chart=one.chart)
    grant = bridge.ask(presence, Act.RESTRICTION_WRITE, Purpose.TREATMENT, ward, cares=cares)
    details: bridge.Details = {"did": did, "how": one.how.value, "person": one.person}
    bridge.note(presence, grant, ward, details)
