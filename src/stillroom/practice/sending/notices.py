"""What the house itself writes to a client, with nobody of the staff behind it: that her door was
opened from somewhere unknown (T08).

Rules: the same as for every message: the wishes are read under the lock of the client's row, the
log comes first, the words are those of `Kind.WAITING` and no others, so that nobody who reads it
learns that there was a notice. What the wishes do not let go at this hour is owed, and goes at the
first hour at which they do, if that is within a week and nobody of the practice has asked her
meanwhile. Nothing of it stops whoever called.
"""

from datetime import datetime, timedelta

import msgspec
from django.db import transaction
from django.utils import timezone

from stillroom.access import Act
from stillroom.kernel import new_id
from stillroom.phi import House, bridge, fronts
from stillroom.practice.directory import decode
from stillroom.practice.models import Client, Message, OwedNotice
from stillroom.practice.rules_wishes import Reach, Way, goes_later, why_not
from stillroom.practice.sending.carriers import Carrier, Carriers, NotCarried, taken_by
from stillroom.practice.sending.rules import Kind, Written, compose
from stillroom.practice.sending.rules import Message as Words

HOUSE = "house"
OWED_FOR = timedelta(days=7)
"""So long a notice is worth sending; then whoever treats has long been told."""


def tell(house: House, carriers: Carriers, chart: str, client: str, *, at: datetime) -> None:
    """Write to her by the first of her ways that may be used now, if there is one."""
    details: bridge.Details = {"chart": chart, "client": client, "kind": "unfamiliar"}
    with transaction.atomic():
        row = Client.objects.select_for_update().get(pk=client)
        opened = fronts.open_all(house, [(row.pk, row.front_revision, bytes(row.front))])
        reach = decode(opened[row.pk]).reach
        way = _way(reach, carriers, at)
        if reach is None or way is None:
            _owe(house, carriers, reach, row, chart, details, at)
            return
        OwedNotice.objects.filter(pk=client).delete()
        carrier = taken_by(carriers, way.channel)
        message = compose(reach, way, Kind.WAITING, house.name)
        entry = _write(house, {**details, "did": "written", "by": carrier.name}, at)
        kept = _keep(house, client, message, entry, at)
    if carrier.hands_on:
        _carry(house, carrier, kept, message, details, at)


def _owe(
    house: House,
    carriers: Carriers,
    reach: Reach | None,
    row: Client,
    chart: str,
    details: bridge.Details,
    at: datetime,
) -> None:
    """It cannot go now. Owed, if another hour lets it; an entry says which, the first time."""
    later = goes_later(reach, at, timezone.get_default_timezone(), carriers.channels)
    owed = OwedNotice.objects.filter(pk=row.pk)
    if not later:
        owed.delete()
        why = "no way of hers may be used"
    elif owed.exists():
        return
    else:
        OwedNotice.objects.create(client=row, chart=chart, since=at)
        why = "not at this hour; it goes at the next that is hers"
    _write(house, {**details, "did": "not sent", "why": why}, at)


def send_owed(house: House, carriers: Carriers, at: datetime) -> None:
    """Send what is owed and may go now; let go of what is too old."""
    OwedNotice.objects.filter(since__lte=at - OWED_FOR).delete()
    for owed in OwedNotice.objects.order_by("since", "pk"):
        tell(house, carriers, owed.chart, owed.client_id, at=at)


def settle(chart: str) -> None:
    """Whoever treats has asked her: nothing is owed any more."""
    OwedNotice.objects.filter(chart=chart).delete()


def _way(reach: Reach | None, carriers: Carriers, at: datetime) -> Way | None:
    zone = timezone.get_default_timezone()
    return next(
        (
            way
            for way in (reach.ways if reach else ())
            if way.channel in carriers.channels and not why_not(reach, way, at, zone)
        ),
        None,
    )


def _write(house: House, details: bridge.Details, at: datetime) -> int:
    return bridge.note_event(house, HOUSE, Act.MESSAGE_SEND, details, at=at)


def _keep(house: House, client: str, message: Words, entry: int, at: datetime) -> str:
    record = new_id()
    words = msgspec.json.encode(
        Written(Kind.WAITING.value, message.channel, message.to, message.body)
    )
    Message.objects.create(
        id=record,
        client_id=client,
        sealed=fronts.seal_beside(house, client, record, words),
        written_by=HOUSE,
        written_at=at,
        entry=entry,
    )
    return record


def _carry(
    house: House,
    carrier: Carrier,
    kept: str,
    message: Words,
    details: bridge.Details,
    at: datetime,
) -> None:
    try:
        carrier.carry(message, at)
    except NotCarried:
        Message.objects.filter(pk=kept).update(state=Message.State.FAILED)
        _write(house, {**details, "did": "did not leave"}, at)
        return
    Message.objects.filter(pk=kept).update(state=Message.State.GONE)
