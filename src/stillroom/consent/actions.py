"""Taking up and taking back what clients allow.

Rules: an authorization is kept as it was written, whatever is wrong with it (`rules.defects` says
what is missing); a revocation counts from its instant, under the same lock as a release, so that
one of the two is first and the log says which (T17).
"""

from dataclasses import replace

from django.db import transaction

from stillroom.access import Act, Purpose
from stillroom.consent import papers, queries
from stillroom.consent.models import Paper
from stillroom.consent.rules import Authorization
from stillroom.kernel import new_id
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries as practice


def take_up(presence: Presence, chart_id: str, paper: Authorization) -> str:
    """Keep a signed authorization; gives its id."""
    cares = practice.cares_of(presence.person, chart_id)
    ward = queries.ward(chart_id)
    grant = bridge.ask(presence, Act.CONSENT_WRITE, Purpose.TREATMENT, ward, cares=cares)
    kept = replace(paper, id=new_id(), revoked_at=None)
    details: bridge.Details = {"did": "authorization entered", "authorization": kept.id}
    with transaction.atomic():
        entry = bridge.note(presence, grant, ward, details)
        Paper.objects.create(
            id=kept.id,
            chart=chart_id,
            sealed=bridge.seal(
                presence, grant, ward, kept.id, "authorization", 1, papers.encode(kept)
            ),
            entered_by=presence.person,
            entered_at=presence.at,
            entry=entry,
        )
    return kept.id


def revoke(presence: Presence, paper_id: str) -> None:
    """Take an authorization back, from this instant. What left before it has left."""
    chart = Paper.objects.filter(pk=paper_id).values_list("chart", flat=True).first()
    if chart is None:
        bridge.refuse(presence, Act.CONSENT_REVOKE, paper_id)
        raise NotHere
    cares = practice.cares_of(presence.person, chart)
    ward = queries.ward(chart)
    grant = bridge.ask(presence, Act.CONSENT_REVOKE, Purpose.TREATMENT, ward, cares=cares)
    with transaction.atomic():
        row = Paper.objects.select_for_update().get(pk=paper_id)
        if row.revoked_at is not None:
            return
        details: bridge.Details = {"did": "authorization revoked", "authorization": paper_id}
        bridge.note(presence, grant, ward, details)
        Paper.objects.filter(pk=paper_id).update(revoked_at=presence.at)
