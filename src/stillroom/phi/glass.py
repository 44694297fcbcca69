"""Keys for an emergency: laid by for a colleague, lent for an hour, taken away afterwards.

Rules (P3). A spare is a chart's ring wrapped to one colleague's public key, and that once more
under the unsealed server's key: she cannot open it without the running practice, which writes the
log first; the practice cannot open it without her; a thief with the disk and her key cannot, nor
the host alone. Only who holds the ring lays one by. It is lent for one request at a time, under a
grant for an emergency; she never comes to hold a wrap. A private ring has no spare.

What a person says who breaks the glass is sealed under a ring of its own, wrapped to her, to those
who treat and to those who review, so that a reviewer without the chart's ring can read it.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.kernel import Misuse
from stillroom.phi import bridge, rings
from stillroom.phi._errors import NotHere
from stillroom.phi._house import House, Presence
from stillroom.phi.models import Ring, Spare
from stillroom.vault import Keyring, Place, Recipient, unwrap_twice

_SERVER = b"stillroom spares v1"
_CHART = rings.Kind.CHART


def _context(house: House, ring: str, person: str) -> bytes:
    return f"stillroom spare v1|{house.practice}|{ring}|{person}".encode()


def lay_by(presence: Presence, chart: str, person: str, recipient: Recipient) -> None:
    """A spare for a colleague, by somebody who holds the ring. Nobody else can make one."""
    with transaction.atomic():
        row = rings.locked(chart, _CHART)
        keyring = rings.open_anew(presence, chart, _CHART)
        sealed = _spare(presence.house, row, keyring, person, recipient)
        Spare.objects.update_or_create(
            ring=row, recipient=person, defaults={"sealed": sealed, "made_at": presence.at}
        )


def _spare(house: House, row: Ring, keyring: Keyring, person: str, recipient: Recipient) -> bytes:
    context = _context(house, row.pk, person)
    return keyring.wrap_twice(recipient, house.server.derive(_SERVER), context)


def lay_anew(
    presence: Presence, row: Ring, keyring: Keyring, recipients: Mapping[str, Recipient]
) -> None:
    """The spares of a ring once more, around the keyring that it became; for nobody else one."""
    Spare.objects.filter(ring=row).exclude(recipient__in=recipients).delete()
    spares = list(Spare.objects.filter(ring=row))
    for one in spares:
        to = recipients[one.recipient]
        one.sealed = _spare(presence.house, row, keyring, one.recipient, to)
    Spare.objects.bulk_update(spares, ["sealed"])


def take_away(chart: str, person: str, *, made_by: datetime | None = None) -> None:
    """Take a spare away; one that was laid by after `made_by` is another, and stays."""
    spares = _spares(chart).filter(recipient=person)
    (spares if made_by is None else spares.filter(made_at__lte=made_by)).delete()


def _spares(chart: str) -> QuerySet[Spare]:
    return Spare.objects.filter(ring__ward=chart, ring__kind=_CHART)


def laid_by(chart: str) -> dict[str, datetime]:
    """For whom a spare of this chart is laid by, and since when."""
    return dict(_spares(chart).order_by("made_at").values_list("recipient", "made_at"))


def charts_of(person: str) -> frozenset[str]:
    """The charts of which a spare is laid by for this person."""
    rows = Spare.objects.filter(recipient=person, ring__kind=_CHART)
    return frozenset(rows.values_list("ring__ward", flat=True))


def lend(presence: Presence, grant: Grant, ward: Ward) -> None:
    """The chart's ring for the rest of this request, under an emergency's grant; else `NotHere`."""
    if grant.purpose is not Purpose.EMERGENCY or not grant.review:
        raise Misuse("a ring is lent in an emergency, to be reviewed")
    if not grant.covers(ward, presence.at):
        raise Misuse("the grant does not cover this ward now")
    row = _spares(ward.chart).filter(recipient=presence.person).first()
    if row is None:
        bridge.refuse(presence, grant.act, ward.chart)
        raise NotHere
    context = _context(presence.house, row.ring_id, presence.person)
    server = presence.house.server.derive(_SERVER)
    ring = unwrap_twice(bytes(row.sealed), server, presence.key, context)
    presence.rings[(ward.chart, str(_CHART), "")] = ring


def pseudonym(presence: Presence, chart: str) -> str:
    """By what the log names the chart: for whoever holds its ring, or was lent it."""
    return rings.open_ring(presence, chart, _CHART).pseudonym("ledger")


# What was said, and what the review found


def begin_words(
    house: House, breaking: str, recipients: Mapping[str, Recipient]
) -> tuple[Keyring, rings.NewRing]:
    """A ring for one breaking's words, made and not yet kept."""
    made = rings.prepare_ring(house, breaking, rings.Kind.GLASS, recipients)
    return made.keyring, made


def seal_words(house: House, ring: Keyring, breaking: str, part: str, words: bytes) -> bytes:
    """Words about a breaking, bound to their place."""
    return ring.seal(words, Place(house.practice, breaking, breaking, part, 1))


def open_words(presence: Presence, breaking: str, parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Words about a breaking, for those who hold its ring; else `NotHere`.

    The caller has asked the gate. The entry is the practice's, durable before anything opens: who
    reviews holds no ring of the chart.
    """
    ring = rings.open_ring(presence, breaking, rings.Kind.GLASS)
    details: bridge.Details = {"did": "read what was said", "breaking": breaking}
    bridge.note_house(presence, Act.GLASS_REVIEW, details)
    practice = presence.house.practice
    return {
        part: ring.open(sealed, Place(practice, breaking, breaking, part, 1))
        for part, sealed in parts.items()
        if sealed
    }


def words_ring(presence: Presence, breaking: str) -> Keyring:
    """The ring of one breaking's words, as this person holds it; else `NotHere`."""
    return rings.open_ring(presence, breaking, rings.Kind.GLASS)


def holds_words(person: str, breakings: list[str]) -> frozenset[str]:
    """Of which breakings this person may read what was said."""
    rows = Ring.objects.filter(ward__in=breakings, kind=rings.Kind.GLASS, wraps__recipient=person)
    return frozenset(rows.values_list("ward", flat=True))
