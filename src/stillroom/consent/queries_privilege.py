"""Reading the privilege of a chart's holders: through the gate, each signature checked."""

from dataclasses import dataclass
from datetime import datetime

from stillroom.access import Act
from stillroom.consent import privileges, queries
from stillroom.consent.models import PrivilegeEvent
from stillroom.consent.rules_privilege import Event
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import Presence, Told, bridge
from stillroom.practice import queries as practice


class PrivilegeAltered(StillroomError):
    """An entry is not the one that was signed."""

    what = "an entry about privilege is not the one that was signed"
    usual_advice = "Rest nothing on it. Tell whoever hosts the practice, and keep a copy."


@dataclass(frozen=True)
class SignedEvent:
    """An event as it was signed: by whom, when, and its entry in the log."""

    event: Event
    signer: str
    signed_at: datetime
    entry: int


def history(presence: Presence, chart_id: str) -> tuple[SignedEvent, ...]:
    """Everything that happened to the privilege of a chart's holders, in the order entered."""
    rows = list(PrivilegeEvent.objects.filter(chart=chart_id).order_by("number"))
    cares = practice.cares_of(presence.person, chart_id)
    ward = queries.ward(chart_id)
    purpose = practice.purpose_for(presence, cares)
    grant = bridge.ask(presence, Act.CONSENT_READ, purpose, ward, cares=cares)
    if not rows:
        return ()
    parts = [(row.pk, "privilege", row.number, bytes(row.sealed)) for row in rows]
    words = bridge.reveal(presence, grant, ward, parts, {"did": "privilege", "entries": len(rows)})
    return tuple(_checked(row, text) for row, text in zip(rows, words, strict=True))


def _checked(row: PrivilegeEvent, words: bytes) -> SignedEvent:
    key, signature = people.verifying_key(row.signer), bytes(row.signature)
    kept = bytes(row.content_hash)
    if not privileges.SIGNED.intact(words, row.chart, row.number, key, signature, kept):
        raise PrivilegeAltered
    return SignedEvent(privileges.decode(words, row.number), row.signer, row.signed_at, row.entry)


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest events name."""
    rows = PrivilegeEvent.objects.order_by("-entry").values_list("entry", "signer")[:most]
    return [Told(entry, frozenset({Act.CONSENT_WRITE}), signer) for entry, signer in rows]
