"""Saying that the event has come with which an authorization ends, or that it has not yet.

Rules: somebody of the care team says it, with words, signed and in the log. That it has come counts
from its instant, under the lock that a release and a revocation take too, so one is first (T17).
"""

from django.db import transaction
from django.db.models import Max

from stillroom.access import Act, Purpose
from stillroom.consent import queries
from stillroom.consent.models import Paper, PaperEvent
from stillroom.consent.rules_events import SIGNED, EventSaid, NoEvent, body, require
from stillroom.identity import entries
from stillroom.kernel import new_id
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice


def say(presence: Presence, paper_id: str, said: EventSaid) -> int:
    """Write it down; gives the entry's number in the log. `NoEvent`, `HowUnknown`."""
    chart = queries.chart_of(presence, Act.CONSENT_END, paper_id)
    cares, ward = practice.cares_of(presence.person, chart), queries.ward(chart)
    grant = bridge.ask(presence, Act.CONSENT_END, Purpose.TREATMENT, ward, cares=cares)
    kept = require(queries.paper(presence, paper_id).authorization, said, presence.today)
    words = entries.sheet(*body(kept))
    digest, event = SIGNED.digest(words), new_id()
    details: bridge.Details = {
        "did": "the event of an authorization has come" if kept.came else "the event has not come",
        "authorization": paper_id,
        "content": digest.hex(),
    }
    with transaction.atomic():
        row = Paper.objects.select_for_update().get(pk=paper_id)
        if row.revoked_at is not None or row.ended_at is not None:
            raise NoEvent
        number = (row.events.aggregate(top=Max("number"))["top"] or 0) + 1
        entry = bridge.note(presence, grant, ward, details)
        PaperEvent.objects.create(
            id=event,
            paper=row,
            number=number,
            sealed=bridge.seal(presence, grant, ward, event, "event", number, words),
            content_hash=digest,
            signer=presence.person,
            signed_at=presence.at,
            signature=presence.key.sign(SIGNED.message(paper_id, number, digest)),
            entry=entry,
        )
        changed = {"ended_at": presence.at} if kept.came else {"looked_on": presence.today}
        Paper.objects.filter(pk=paper_id).update(**changed)
    return entry
