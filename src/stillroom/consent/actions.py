"""Taking up and taking back what clients allow.

Rules: an authorization is kept as it was written, whatever is wrong with it (`rules.defects` says
what is missing); a revocation counts from its instant, under the same lock as a release, so that
one of the two is first and the log says which (T17).
"""

from django.db import transaction

from stillroom.access import Act, Purpose
from stillroom.consent import papers, queries
from stillroom.consent.models import Paper
from stillroom.consent.papers import TakenBack
from stillroom.consent.rules import Authorization
from stillroom.kernel import new_id
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice


def take_up(presence: Presence, chart_id: str, paper: Authorization) -> str:
    """Keep a signed authorization; gives its id."""
    cares = practice.cares_of(presence.person, chart_id)
    ward, purpose = queries.ward(chart_id), practice.writes_for(presence)
    grant = bridge.ask(presence, Act.CONSENT_WRITE, purpose, ward, cares=cares)
    kept = paper.as_signed(new_id())
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


def note_blank(presence: Presence, chart_id: str) -> None:
    """A paper was printed to be signed. It names the client, so it is in the chart's log."""
    cares = practice.cares_of(presence.person, chart_id)
    ward = queries.ward(chart_id)
    grant = bridge.ask(presence, Act.CONSENT_WRITE, Purpose.TREATMENT, ward, cares=cares)
    bridge.note(presence, grant, ward, {"did": "a blank authorization printed"})


def revoke(presence: Presence, paper_id: str, taken: TakenBack | None = None) -> None:
    """Take an authorization back, from this instant. What left before it has left.

    The law has it done in writing (164.508(b)(5)); here it counts however it was said, because
    confidence is on that side. `taken` says who took it back, how, and in which words.
    """
    chart = queries.chart_of(presence, Act.CONSENT_REVOKE, paper_id)
    cares = practice.cares_of(presence.person, chart)
    ward, purpose = queries.ward(chart), practice.writes_for(presence)
    grant = bridge.ask(presence, Act.CONSENT_REVOKE, purpose, ward, cares=cares)
    with transaction.atomic():
        row = Paper.objects.select_for_update().get(pk=paper_id)
        if row.revoked_at is not None:
            return
        details: bridge.Details = {"did": "authorization revoked", "authorization": paper_id}
        entry = bridge.note(presence, grant, ward, details)
        words = papers.encode_taken(taken or TakenBack())
        Paper.objects.filter(pk=paper_id).update(
            revoked_at=presence.at,
            revoked_by=presence.person,
            revoked_entry=entry,
            taken_back=bridge.seal(presence, grant, ward, paper_id, "taken back", 1, words),
        )
