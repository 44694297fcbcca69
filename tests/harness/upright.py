"""Whether a practice is consistent: what must hold of its rows and its log after anything (6.4).

Two questions only: do the two agree, and did anything become visible without an entry?
"""

from dataclasses import dataclass
from hashlib import sha256

from django.db import connection
from django.db.models import F, Q

from stillroom.access import Act
from stillroom.chart.models import Revision
from stillroom.consent.models import Paper, PaperEvent, PrivilegeEvent
from stillroom.disclosure.models import (
    Departure,
    Determination,
    LetterDelivery,
    Matter,
    Packet,
    Step,
)
from stillroom.ledger import Entry
from stillroom.phi.models import Wrap
from stillroom.practice.models import CareRelationship, Chart, Client, Holder
from tests.cast import Cast
from tests.harness.documents import require_whole_files
from tests.harness.leaving import require_deliveries
from tests.harness.upright_records import require_records

_SIGNED = (
    Act.RECORD_SIGN.value,
    Act.PRIVATE_SIGN.value,
    Act.RECORD_COSIGN.value,
    Act.RECORD_RETURN.value,
)


@dataclass(frozen=True)
class Told:
    """What a row says of the log: this entry is of one of these acts, by this person."""

    what: str
    entry: int
    acts: tuple[str, ...]
    actor: str


def require_upright(cast: Cast) -> None:
    """Nothing when all holds; `AssertionError` says what does not."""
    cast.house.log.audit()
    written = list(cast.house.log.raw_entries())
    rows = _every_byte(cast)
    named = _UPRIGHT.get(rows)
    if named is not None and written[: len(named)] == named:
        return
    entries = [Entry.parse(one) for one in written]
    told = _told()
    for one in told:
        _require_entry(one, entries)
    require_records(cast)
    require_whole_files()
    _require_departures(entries)
    require_deliveries()
    _require_care(cast)
    if rows:
        _UPRIGHT[rows] = written[: max((one.entry for one in told), default=-1) + 1]


_UPRIGHT: dict[bytes, list[bytes]] = {}
"""Databases that were found consistent in this process, to the byte, and the log as far as their rows
name entries of it. Most broken writes leave the very same bytes, and all that is asked of them has
been answered; what a longer log could tell beside is that more has left, and never that less has."""


def _every_byte(cast: Cast) -> bytes:
    """A hash of the database's pages and of all else that the questions depend on; empty where the
    rows lie in PostgreSQL, which cannot be had in one piece."""
    if connection.vendor != "sqlite":
        return b""
    connection.ensure_connection()
    people = sorted(one.id for one in cast.people.values())
    around = repr((cast.at, people, cast.dov, cast.fay)).encode()
    return sha256(around + connection.connection.serialize()).digest()


_LEFT_BY, _TOLD_BY = (Act.RELEASE_SEND.value,), (Act.MATTER_WRITE.value,)
_STEP_BY = (*_TOLD_BY, Act.OWN_ASK.value, Act.OWN_TAKE.value)
"""Those who care write steps into a matter, and a client into one that she asked for herself."""


def _told() -> list[Told]:
    found = [
        Told(f"revision {row.number} of {row.record_id}", row.entry, _SIGNED, row.signer)
        for row in Revision.objects.all()
    ]
    found += [
        Told("decision", row.entry, (Act.MATTER_DECIDE.value,), row.signer)
        for row in Determination.objects.all()
    ]
    found += [Told("step", row.entry, _STEP_BY, row.signer) for row in Step.objects.all()]
    found += [
        Told("privilege", row.entry, (Act.CONSENT_WRITE.value,), row.signer)
        for row in PrivilegeEvent.objects.all()
    ]
    found += [
        Told("event of a paper", row.entry, (Act.CONSENT_END.value,), row.signer)
        for row in PaperEvent.objects.all()
    ]
    found += [
        Told("packet", row.entry, (Act.RELEASE_PREPARE.value,), row.built_by)
        for row in Packet.objects.all()
    ]
    found += [
        Told("departure", row.entry, _LEFT_BY if row.packet_id else (*_LEFT_BY, *_TOLD_BY), "")
        for row in Departure.objects.all()
    ]
    found += [
        Told("letter behind a link", row.entry, _TOLD_BY, row.sent_by)
        for row in LetterDelivery.objects.all()
    ]
    found += [
        Told("authorization", row.entry, (Act.CONSENT_WRITE.value,), row.entered_by)
        for row in Paper.objects.all()
    ]
    return found


def _require_entry(told: Told, entries: list[Entry]) -> None:
    assert told.entry < len(entries), f"{told.what} names entry {told.entry}, which is not there"
    entry = entries[told.entry]
    assert entry.act in told.acts, f"{told.what} names an entry of {entry.act}"
    assert not told.actor or entry.actor == told.actor, told.what


def _require_departures(entries: list[Entry]) -> None:
    """A packet has left if and only if the account says so, and the log."""
    with_packet = Departure.objects.filter(packet__isnull=False)
    left = set(with_packet.values_list("packet_id", flat=True))
    released = set(Packet.objects.filter(state=Packet.State.RELEASED).values_list("pk", flat=True))
    assert left == released
    for row in Packet.objects.filter(pk__in=left).select_related("matter"):
        assert row.matter.state == Matter.State.RELEASED
        assert row.matter.determinations.filter(entry__lt=F("matter__packets__departure__entry"))
    sent = sum(entry.act == Act.RELEASE_SEND.value for entry in entries)
    assert sent >= len(left), "each departure has its own entry"


def _require_care(cast: Cast) -> None:
    """Whoever cares for a chart now holds its ring, and nobody else among the staff does."""
    people = {one.id for one in cast.people.values()}
    running = CareRelationship.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=cast.at))
    cares = set(running.values_list("chart_id", "person"))
    rings = Wrap.objects.filter(ring__kind="chart", recipient__in=people)
    assert set(rings.values_list("ring__ward", "recipient")) == cares
    held = set(Holder.objects.values_list("chart_id", flat=True))
    assert held == set(Chart.objects.values_list("pk", flat=True)), "no chart without a client"
    clients = set(Client.objects.values_list("pk", flat=True))
    fronts = Wrap.objects.filter(ring__kind="front").values_list("ring__ward", flat=True)
    assert clients <= set(fronts), "no client whose front sheet nobody can open"
