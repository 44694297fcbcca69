"""Reading what was said of the events with which authorizations end; each signature checked.

What stands in the clear beside an authorization only ever closes: that an event has come. That one
has not come opens program records for a day, and so is read from what was signed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from stillroom.access import Act, Grant, Ward
from stillroom.consent.models import PaperEvent
from stillroom.consent.rules_events import SIGNED, EventSaid, read
from stillroom.identity import entries
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import Presence, Told, bridge


class EventAltered(StillroomError):
    """What is kept is not what was signed."""

    what = "what was said of an authorization’s event is not what was signed"
    usual_advice = "Rest nothing on it. Tell whoever hosts the practice, and keep a copy."


@dataclass(frozen=True)
class SignedSaying:
    """One saying as it was signed."""

    paper: str
    said: EventSaid
    signer: str
    signed_at: datetime
    entry: int


def sayings(
    presence: Presence, grant: Grant, ward: Ward, papers: Sequence[str]
) -> list[SignedSaying]:
    """All that was said of these papers' events, oldest first, under a permission of the caller."""
    rows = list(PaperEvent.objects.filter(paper__in=papers).order_by("entry")) if papers else []
    if not rows:
        return []
    parts = [(row.pk, "event", row.number, bytes(row.sealed)) for row in rows]
    details: bridge.Details = {"did": "what was said of their events", "authorizations": [*papers]}
    words = bridge.reveal(presence, grant, ward, parts, details)
    return [_checked(row, text) for row, text in zip(rows, words, strict=True)]


def _checked(row: PaperEvent, words: bytes) -> SignedSaying:
    key, signature = people.verifying_key(row.signer), bytes(row.signature)
    kept = bytes(row.content_hash)
    if not SIGNED.intact(words, row.paper_id, row.number, key, signature, kept):
        raise EventAltered
    return SignedSaying(
        row.paper_id, read(*entries.of_sheet(words)), row.signer, row.signed_at, row.entry
    )


def looked_on(found: Sequence[SignedSaying], paper: str) -> date | None:
    """The last day on which somebody said that this paper's event has not come."""
    own = [one.said for one in found if one.paper == paper]
    return max((one.on for one in own if one.on and not one.came), default=None)


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest sayings name."""
    rows = PaperEvent.objects.order_by("-entry").values_list("entry", "signer")[:most]
    return [Told(entry, frozenset({Act.CONSENT_END}), signer) for entry, signer in rows]
