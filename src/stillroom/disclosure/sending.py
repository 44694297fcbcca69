"""Sending a packet on its way, stopping it, letting it leave in its time, calling it back.

Rules:
- Sending it on its way asks all that leaving asks (papers, law, gate, a fresh proof), and lets
  nothing leave. Two minutes later whoever looks next completes it: everything is asked again inside
  the lock that a revocation takes too (T17). What no longer holds sends nothing and says so.
- No step lies half done: waiting, left, stopped and refused are states of one row, changed in one
  transaction with the packet's. If the process dies before, it waits; after, it has left.
- The server alone lets nothing leave: it holds no ring (P3). A packet on its way leaves when
  somebody who may send it has a page open, or opens one.
- What lies behind a link can be called back until it has been opened: the file is deleted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from msgspec import structs

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.disclosure import letter_links, links, queries, releasing
from stillroom.disclosure.models import Delivery, Departure, Link, Matter, Packet
from stillroom.disclosure.outgoing import ending_of
from stillroom.disclosure.packeting import Head
from stillroom.disclosure.rules import NoLongerLawful
from stillroom.disclosure.rules_draft import PDF
from stillroom.disclosure.rules_leaving import (
    DELAY,
    ON_PAPER,
    GoesByItsLink,
    LookOnceMore,
    NoPages,
    NotAgain,
    NothingWaits,
    NotYet,
    Plan,
    Way,
    Wish,
    decode,
    due,
    encode,
    proof_holds,
    questions,
    whole,
)
from stillroom.kernel import Trilean, new_id
from stillroom.law import Corpus
from stillroom.phi import NotHere, Presence, bridge, outward
from stillroom.practice import queries as practice

State = Delivery.State


@dataclass(frozen=True)
class OnItsWay:
    """A delivery as its page shows it. `plan` is empty for those who may not open the packet."""

    id: str
    packet: str
    state: str
    begun_by: str
    begun_at: datetime
    leaves_at: datetime
    ended_at: datetime | None
    plan: Plan | None
    link: links.Standing | None


def _questions(
    presence: Presence, corpus: Corpus, packet: Packet, head: Head, wish: Wish
) -> tuple[str, ...]:
    if not wish.where.strip():
        return ()
    asked = queries.whole_matter(presence, corpus, packet.matter_id).determination.asked
    earlier = [line.address for line, _ in queries.departures(presence, packet.matter.chart)]
    return questions(
        wish.where, letter=asked.letter, cover=", ".join(head.address), earlier=earlier
    )


def begin(presence: Presence, corpus: Corpus, packet_id: str, wish: Wish) -> str:
    """Send a packet on its way; gives the delivery's id. It can be stopped for two minutes."""
    packet = releasing.find_packet(presence, packet_id)
    head, _ = releasing.open_packet(presence, packet)
    releasing.require_recipient(head, wish.recipient)
    plan = _plan(whole(wish), wish, head)
    if Way(plan.way) in ON_PAPER and PDF not in head.files:
        raise NoPages
    looked = _questions(presence, corpus, packet, head, wish)
    if looked and not wish.sure:
        raise LookOnceMore(" ".join(looked).removesuffix("."))
    plan = structs.replace(plan, looked=looked)
    ward, grant = _prepare(presence, packet)
    delivery = new_id()
    with transaction.atomic():
        Matter.objects.select_for_update().get(pk=packet.matter_id)
        releasing.require_ready(presence, corpus, packet, head, Packet.State.PROOF)
        details: bridge.Details = {"did": "on its way", "packet": packet.pk, "way": plan.way}
        entry = bridge.note(presence, grant, ward, details)
        Delivery.objects.create(
            id=delivery,
            packet=packet,
            begun_by=presence.person,
            begun_at=presence.at,
            leaves_at=presence.at + DELAY,
            sealed=bridge.seal(presence, grant, ward, delivery, "delivery", 1, encode(plan)),
            entry=entry,
        )
        Packet.objects.filter(pk=packet.pk).update(state=Packet.State.LEAVING)
    return delivery


def _plan(way: Way, wish: Wish, head: Head) -> Plan:
    where = " ".join(wish.where.split())
    if way is Way.AGE:
        if wish.age_key.strip():
            key = outward.require_recipient(wish.age_key)
            return Plan(way.value, head.to, where, age_key=key)
        return Plan(way.value, head.to, where, passphrase=outward.new_passphrase())
    if way is Way.LINK:
        return Plan(
            way.value,
            head.to,
            where,
            address=outward.new_address(),
            code=outward.new_code(),
            days=wish.days,
            openings=wish.openings,
        )
    return Plan(way.value, head.to, where)


def _prepare(presence: Presence, packet: Packet) -> tuple[Ward, Grant]:
    chart = packet.matter.chart
    ward = releasing.packet_ward(chart, packet.built_by, private=packet.private)
    cares = practice.cares_of(presence.person, chart)
    return ward, bridge.ask(presence, Act.RELEASE_PREPARE, Purpose.RELEASE, ward, cares=cares)


def settle(presence: Presence, corpus: Corpus, packet_id: str) -> str:
    """Let a packet leave whose two minutes have passed; gives the packet's state afterwards.

    Whoever sent it on its way has proven who she is for this; another needs a proof of her own.
    """
    packet = releasing.find_packet(presence, packet_id)
    _prepare(presence, packet)
    row = Delivery.objects.filter(packet=packet, state=State.WAITING).first()
    if row is None or not due(row.leaves_at, presence.at):
        return str(packet.state)
    head, pdf = releasing.open_packet(presence, packet)
    plan = _open(presence, packet, row)
    here = _proven(presence, row)
    try:
        with transaction.atomic():
            Matter.objects.select_for_update().get(pk=packet.matter_id)
            if not _still_waits(row):
                return str(Packet.objects.get(pk=packet.pk).state)
            releasing.leave(
                here, corpus, packet, head, Packet.State.LEAVING, where=plan.where, way=plan.way
            )
            if plan.way == Way.LINK.value:
                ward, grant = _recall(here, packet)
                file = releasing.outgoing(here, packet, head, pdf)
                links.make(here, grant, ward, row, plan, file)
            _end(row, State.LEFT, here.at)
    except NoLongerLawful:
        _refused(presence, packet, row)
    return str(Packet.objects.get(pk=packet.pk).state)


def _proven(presence: Presence, row: Delivery) -> Presence:
    same = presence.person == row.begun_by and proof_holds(row.begun_at, presence.at)
    return replace(presence, stepped_up=Trilean.YES) if same else presence


def _still_waits(row: Delivery) -> bool:
    return Delivery.objects.select_for_update().filter(pk=row.pk, state=State.WAITING).exists()


def _end(row: Delivery, state: str, at: datetime) -> None:
    Delivery.objects.filter(pk=row.pk).update(state=state, ended_at=at)


def _refused(presence: Presence, packet: Packet, row: Delivery) -> None:
    """Between sending and leaving something changed: nothing leaves, and the log says so."""
    ward, grant = _prepare(presence, packet)
    with transaction.atomic():
        Matter.objects.select_for_update().get(pk=packet.matter_id)
        if _still_waits(row):
            bridge.note(presence, grant, ward, {"did": "did not leave", "packet": packet.pk})
            _end(row, State.REFUSED, presence.at)
            Packet.objects.filter(pk=packet.pk).update(state=Packet.State.PROOF)


def stop(presence: Presence, packet_id: str) -> None:
    """Stop a packet on its way. Whoever cares for the client may; nothing leaves."""
    packet, ward, grant = _recalling(presence, packet_id)
    with transaction.atomic():
        Matter.objects.select_for_update().get(pk=packet.matter_id)
        row = packet.deliveries.select_for_update().filter(state=State.WAITING).first()
        if row is None:
            raise NothingWaits
        bridge.note(presence, grant, ward, {"did": "stopped", "packet": packet.pk})
        _end(row, State.STOPPED, presence.at)
        Packet.objects.filter(pk=packet.pk).update(state=Packet.State.PROOF)


def call_back(presence: Presence, packet_id: str) -> None:
    """Call back what lies behind a link that nobody has opened: its file is deleted.

    The line of the account stays and says that it was called back; nothing was disclosed.
    """
    packet, ward, grant = _recalling(presence, packet_id)
    with transaction.atomic():
        row = packet.deliveries.select_for_update().filter(state=State.LEFT).first()
        link = Link.objects.select_for_update().filter(delivery=row).first() if row else None
        if row is None or link is None or link.opened_at is not None or not link.sealed:
            raise NothingWaits
        bridge.note(presence, grant, ward, {"did": "called back", "packet": packet.pk})
        links.delete_file(link)
        _end(row, State.CALLED_BACK, presence.at)
        Departure.objects.filter(packet=packet).update(recalled_at=presence.at)


def shut_what_may_no_longer_leave(presence: Presence, corpus: Corpus, chart_id: str) -> int:
    """Delete what lies behind a chart's links and would not leave today; says how many.

    Called when something changed for the chart: the client asked that something be kept back, what
    she says against a record goes along now, a request was corrected. A link that nobody opened is
    called back; one that was opened gives nothing any more. One that whoever is here may not open,
    because another author's private notes are in it, cannot be judged, and is shut too. So it goes
    with a letter that was written before the request was corrected.
    """
    lettered = Matter.objects.filter(chart=chart_id, letter_deliveries__isnull=False).distinct()
    letter_links.shut_what_was_written_before(presence, lettered.values_list("pk", flat=True))
    rows = Link.objects.filter(delivery__packet__matter__chart=chart_id, opens__gt=0)
    live = rows.exclude(sealed=b"").filter(until__gt=presence.at)
    return sum(_shut(presence, corpus, packet) for packet in _packets(live))


def _packets(rows: QuerySet[Link]) -> list[str]:
    return [str(one) for one in rows.values_list("delivery__packet_id", flat=True)]


def _shut(presence: Presence, corpus: Corpus, packet_id: str) -> bool:
    packet = releasing.find_packet(presence, packet_id)
    ward, grant = _recall(presence, packet)
    with transaction.atomic():
        practice.hold(packet.matter.chart)
        try:
            head, _ = releasing.open_packet(presence, packet)
            releasing.require_lawful(presence, corpus, packet, head)
        except (NoLongerLawful, NotHere):
            row = Delivery.objects.get(packet=packet, link__isnull=False)
            link = Link.objects.select_for_update().get(delivery=row)
            bridge.note(presence, grant, ward, {"did": "shut a link", "packet": packet.pk})
            links.delete_file(link)
            if link.opened_at is None:
                _end(row, State.CALLED_BACK, presence.at)
                Departure.objects.filter(packet=packet).update(recalled_at=presence.at)
            return True
    return False


def _recalling(presence: Presence, packet_id: str) -> tuple[Packet, Ward, Grant]:
    packet = Packet.objects.select_related("matter").filter(pk=packet_id).first()
    if packet is None:
        bridge.refuse(presence, Act.RELEASE_RECALL, packet_id)
        raise NotHere
    ward, grant = _recall(presence, packet)
    return packet, ward, grant


def _recall(presence: Presence, packet: Packet) -> tuple[Ward, Grant]:
    """The chart as a whole: what happens to its packets, those who care for the client may know."""
    ward = Ward(chart=packet.matter.chart)
    cares = practice.cares_of(presence.person, ward.chart)
    return ward, bridge.ask(presence, Act.RELEASE_RECALL, Purpose.RELEASE, ward, cares=cares)


def _open(presence: Presence, packet: Packet, row: Delivery) -> Plan:
    ward, grant = _prepare(presence, packet)
    details: bridge.Details = {"did": "looked how it leaves", "packet": packet.pk}
    parts = [(row.pk, "delivery", 1, bytes(row.sealed))]
    return decode(bridge.reveal(presence, grant, ward, parts, details)[0])


def waiting(presence: Presence) -> list[tuple[str, str]]:
    """Packets that this person sent on their way and that wait, each with its chart; only charts
    in her care."""
    rows = Delivery.objects.filter(state=State.WAITING, begun_by=presence.person)
    pairs = list(rows.values_list("packet_id", "packet__matter__chart"))
    mine = set(practice.charts_in_care(presence)) if pairs else set()
    return [(packet, chart) for packet, chart in pairs if chart in mine]


def called_back(packets: Iterable[str]) -> set[str]:
    """Which of these packets, whose matter the caller may read, were called back unopened."""
    rows = Delivery.objects.filter(packet__in=list(packets), state=State.CALLED_BACK)
    return set(rows.values_list("packet_id", flat=True))


def latest(presence: Presence, packet_id: str) -> OnItsWay | None:
    """How a packet last left, or was to; none for one that was never sent on its way."""
    packet = releasing.find_packet(presence, packet_id)
    _prepare(presence, packet)
    row = packet.deliveries.order_by("entry").last()
    if row is None:
        return None
    return OnItsWay(
        id=row.pk,
        packet=packet.pk,
        state=row.state,
        begun_by=row.begun_by,
        begun_at=row.begun_at,
        leaves_at=row.leaves_at,
        ended_at=row.ended_at,
        plan=_open(presence, packet, row),
        link=links.standing(row, presence.at),
    )


def file_of(presence: Presence, corpus: Corpus, packet_id: str) -> tuple[str, bytes]:
    """What is given to the recipient by hand: name's ending and bytes, as the way has it.

    Only of what has left, and only while it might leave again today: a file that is saved once more
    goes out once more. What went behind a link goes by the link, or not at all. An age file is made
    anew each time; its passphrase stays the same.
    """
    packet = releasing.find_packet(presence, packet_id)
    found = latest(presence, packet_id)
    head, pdf = releasing.open_packet(presence, packet)
    if packet.state != Packet.State.RELEASED:
        raise NotYet
    plan = found.plan if found else None
    if plan is not None and plan.way == Way.LINK.value:
        raise GoesByItsLink
    _require_again(presence, corpus, packet, head)
    if plan is not None and Way(plan.way) in ON_PAPER:
        return "pdf", pdf
    file = releasing.outgoing(presence, packet, head, pdf)
    ending = ending_of(file)
    if plan is not None and plan.way == Way.AGE.value:
        aged = outward.aged(file, passphrase=plan.passphrase, recipient=plan.age_key)
        return f"{ending}.age", aged
    return ending, file


def _require_again(presence: Presence, corpus: Corpus, packet: Packet, head: Head) -> None:
    with transaction.atomic():
        practice.hold(packet.matter.chart)
        try:
            releasing.require_lawful(presence, corpus, packet, head)
        except NoLongerLawful:
            raise NotAgain from None
