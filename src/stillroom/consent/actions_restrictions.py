"""Writing down what a client asks to be kept back, the answer, and the end (45 CFR 164.522(a)).

Rules: each is asked of the gate and is in the log in the transaction of its row; the chart is held
meanwhile, as by a release, so that one of the two is first (T17).
"""

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.consent import queries_restrictions as queries
from stillroom.consent.models import Restriction as Row
from stillroom.consent.rules_restrictions import Basis, Restriction, State
from stillroom.kernel import new_id
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries as practice

Become = Callable[[Restriction], Restriction]
"""One rule of `rules_restrictions`, with the day and the words in it."""


def ask(presence: Presence, chart_id: str, asked: Restriction) -> str:
    """A request, as the client made it; gives its id. An objection holds at once."""
    ward = Ward(chart=chart_id)
    grant = _may_ask(presence, chart_id) if presence.guest else _allowed(presence, chart_id)
    state = State.AGREED if asked.basis is Basis.OBJECTION else State.ASKED
    kept = replace(asked, id=new_id(), state=state)
    with transaction.atomic():
        practice.hold(chart_id)
        details: bridge.Details = {"did": "asked to keep back", "restriction": kept.id}
        entry = bridge.note(presence, grant, ward, details)
        Row.objects.create(
            id=kept.id,
            chart=chart_id,
            sealed=bridge.seal(
                presence, grant, ward, kept.id, "restriction", 1, queries.encode(kept)
            ),
            changed_by=presence.person,
            changed_at=presence.at,
            entry=entry,
        )
    return kept.id


def change(presence: Presence, restriction_id: str, become: Become, did: str) -> Restriction:
    """Agree, refuse or end: `become` is the rule. What it raises leaves everything as it was."""
    chart = queries.chart_of(presence, restriction_id)
    ward = Ward(chart=chart)
    grant = _allowed(presence, chart)
    with transaction.atomic():
        practice.hold(chart)
        row = Row.objects.select_for_update().get(pk=restriction_id)
        (before,) = queries.open_rows(presence, chart, [row])
        after = become(before)
        details: bridge.Details = {"did": did, "restriction": restriction_id}
        entry = bridge.note(presence, grant, ward, details)
        revision = row.revision + 1
        words = queries.encode(after)
        Row.objects.filter(pk=restriction_id).update(
            revision=revision,
            sealed=bridge.seal(
                presence, grant, ward, restriction_id, "restriction", revision, words
            ),
            changed_by=presence.person,
            changed_at=presence.at,
            entry=entry,
        )
    return after


def _may_ask(presence: Presence, chart_id: str) -> Grant:
    """By her own door a client asks; the answer is the practice's."""
    cares = practice.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    return bridge.ask(presence, Act.OWN_ASK, Purpose.OWN, ward, cares=cares)


def _allowed(presence: Presence, chart_id: str) -> Grant:
    if not chart_id:
        raise NotHere
    cares = practice.cares_of(presence.person, chart_id)
    return bridge.ask(
        presence, Act.RESTRICTION_WRITE, Purpose.TREATMENT, Ward(chart=chart_id), cares=cares
    )
