"""Writing down what happened to a holder's privilege.

Rules: an entry is signed by who enters it, is in the log before it is a row, and is never changed;
what turns out otherwise is a further entry about it. What `faults` names is refused with the words
that help; nothing is kept of it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from django.db import IntegrityError, transaction

from stillroom.access import Act, Purpose
from stillroom.consent import privileges, queries, queries_privilege
from stillroom.consent.models import PrivilegeEvent
from stillroom.consent.rules_privilege import Event, Fault, faults
from stillroom.kernel import StillroomError, new_id
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice


class NotSound(StillroomError):
    """An entry lacks something, or says what cannot be."""

    what = "this cannot be signed as it is"
    usual_advice = "Mend what is named beside each field; nothing that you typed is lost."

    def __init__(self, found: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = tuple(found)


class EnteredMeanwhile(StillroomError):
    """Somebody else made an entry at the same moment."""

    what = "another entry was made in this chart at the same moment"
    usual_advice = "Look at it, then sign again if yours still stands; nothing was overwritten."


def enter(presence: Presence, chart_id: str, event: Event) -> int:
    """Sign one event; gives the entry's number in the log. Its own number is given here."""
    cares = practice.cares_of(presence.person, chart_id)
    ward = queries.ward(chart_id)
    grant = bridge.ask(presence, Act.CONSENT_WRITE, Purpose.TREATMENT, ward, cares=cares)
    before = tuple(one.event for one in queries_privilege.history(presence, chart_id))
    holders = tuple(one.client for one in practice.chart_head(presence, chart_id).holders)
    number = len(before) + 1
    numbered = replace(event, number=number)
    if found := faults(numbered, before, holders):
        raise NotSound(found)
    words = privileges.encode(numbered, secrets.token_bytes(16))
    digest = privileges.SIGNED.digest(words)
    event_id = new_id()
    details: bridge.Details = {
        "did": "privilege entered",
        "number": number,
        "content": digest.hex(),
    }
    try:
        with transaction.atomic():
            entry = bridge.note(presence, grant, ward, details)
            PrivilegeEvent.objects.create(
                id=event_id,
                chart=chart_id,
                number=number,
                sealed=bridge.seal(presence, grant, ward, event_id, "privilege", number, words),
                content_hash=digest,
                signer=presence.person,
                signed_at=presence.at,
                signature=presence.key.sign(privileges.SIGNED.message(chart_id, number, digest)),
                entry=entry,
            )
    except IntegrityError:
        raise EnteredMeanwhile from None
    return entry
