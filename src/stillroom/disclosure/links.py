"""A packet or a letter behind a link: opened by somebody outside, deleted when it is over.

Rules: nobody signs in here, so nothing is told: an address that never was, one that ran out, one
called back, a wrong code and a paper taken back since get one answer and cost one try's work (P8).
A link has five tries. What is over is deleted, not only shut. Every opening, and every try that
opened nothing, is in the log before anything is given (P1).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from stillroom.access import Grant, Ward
from stillroom.consent import queries as consents
from stillroom.disclosure.models import Delivery, Departure, LetterDelivery, Link
from stillroom.disclosure.rules_leaving import TRIES, Plan
from stillroom.kernel import StillroomError, new_id
from stillroom.phi import House, NotHere, Presence, bridge, outward


class DidNotOpen(StillroomError):
    """Whatever is wrong with an address or a code; never which."""

    what = "that did not open"
    usual_advice = (
        "Check the words of the code. If they are right, this address may have run out or been"
        " taken back: ask whoever sent it to you."
    )


@dataclass(frozen=True)
class Standing:
    """What is known of a link without opening it."""

    until: datetime
    tries: int
    openings: int
    opened_at: datetime | None
    over: bool


def make(
    presence: Presence,
    grant: Grant,
    ward: Ward,
    row: Delivery | LetterDelivery,
    plan: Plan,
    file: bytes,
) -> None:
    """Put a file behind a link, inside the transaction in which it leaves.

    The entries that will say *opened* are the chart's (`ward`), whatever is in the packet: those
    who care for the client may know that it was.
    """
    link, about = new_id(), _about(row)
    details: list[bridge.Details] = [
        {"did": "opened by link", **about, "opening": nth + 1} for nth in range(plan.openings)
    ]
    sealed = outward.seal_for_link(
        presence, grant, ward, link, plan.address, plan.code, file, details
    )
    Link.objects.create(
        id=link,
        delivery=row if isinstance(row, Delivery) else None,
        letter=row if isinstance(row, LetterDelivery) else None,
        mark=outward.mark_of(plan.address),
        until=plan.until(presence.at),
        tries=TRIES,
        opens=plan.openings,
        sealed=sealed,
    )


def _about(row: Delivery | LetterDelivery) -> bridge.Details:
    """What the entry of an opening names."""
    if isinstance(row, Delivery):
        return {"packet": row.packet_id}
    return {"matter": row.matter_id, "letter": row.letter}


def open_by_link(house: House, address: str, code: str, *, at: datetime) -> bytes:
    """The file behind an address, or `DidNotOpen`. The try is counted and in the log."""
    row = _find(address)
    stands = row is not None and _stands(row, at)
    sealed = bytes(row.sealed) if row is not None and stands else b""
    about = row.pk if row is not None else ""
    try:
        inside = outward.open_link(house, about or "nothing", address, code, sealed)
    except NotHere:
        _count(row, at)
        outward.write_refused(house, about, at=at)
        raise DidNotOpen from None
    return _give(house, about, inside, at)


def _find(address: str) -> Link | None:
    return Link.objects.filter(mark=outward.mark_of(address)).first()


def _stands(row: Link, at: datetime) -> bool:
    return at < row.until and row.tries > 0 and row.opens > 0 and bool(row.sealed)


def _count(row: Link | None, at: datetime) -> None:
    """One try less; with the last, or after its last day, the file goes."""
    if row is None:
        return
    with transaction.atomic():
        now = Link.objects.select_for_update().get(pk=row.pk)
        now.tries = max(0, now.tries - 1)
        now.save(update_fields=["tries"])
        if not _stands(now, at):
            _over(now, at)


def _give(house: House, link: str, inside: bytes, at: datetime) -> bytes:
    """Inside the lock: it still stands, and so do the papers that it rests on (T17)."""
    with transaction.atomic():
        row = (
            Link.objects.select_for_update(of=("self",))
            .select_related("delivery__packet__matter")
            .get(pk=link)
        )
        papers = _papers_stand(row)
        if papers and _stands(row, at):
            file = outward.write_opened(house, inside, row.opens, at=at)
            row.opens -= 1
            row.opened_at = row.opened_at or at
            row.save(update_fields=["opens", "opened_at"])
            if not row.opens:
                delete_file(row)
            return file
        if not papers:
            _over(row, at)
    outward.write_refused(house, link, at=at)
    raise DidNotOpen


def _papers_stand(row: Link) -> bool:
    """Whether what a packet rests on stands. A letter to the client rests on no paper of hers."""
    if row.delivery is None:
        return True
    packet = row.delivery.packet
    return consents.still_stand(packet.matter.chart, frozenset(packet.papers))


def _over(row: Link, at: datetime) -> None:
    """It is over. If nobody ever opened it, nothing was disclosed, and the account says so; a
    letter to the client has no line there."""
    delete_file(row)
    if row.opened_at is None and row.delivery is not None:
        packet = row.delivery.packet_id
        Departure.objects.filter(packet=packet, recalled_at=None).update(recalled_at=at)


def delete_file(row: Link) -> None:
    """Nothing lies behind the link any more."""
    Link.objects.filter(pk=row.pk).update(sealed=b"", opens=0)
    row.sealed, row.opens = b"", 0


def letter_link(of: LetterDelivery) -> QuerySet[Link]:
    """The link of a letter."""
    return Link.objects.filter(letter=of)


def standing(of: Delivery | LetterDelivery, at: datetime) -> Standing | None:
    """What is known of the link of a delivery. One that has run out loses its file here."""
    rows = Link.objects.filter(delivery=of) if isinstance(of, Delivery) else letter_link(of)
    row = rows.first()
    if row is None:
        return None
    if row.sealed and not _stands(row, at):
        with transaction.atomic():
            _over(Link.objects.select_for_update().get(pk=row.pk), at)
        row = Link.objects.get(pk=row.pk)
    return Standing(row.until, row.tries, row.opens, row.opened_at, not row.sealed)
