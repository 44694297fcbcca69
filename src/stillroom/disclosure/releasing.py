"""Building a packet and letting it leave: the one exit (P9).

Rules: what the proof shows are the very bytes that leave. At the moment of release everything is
asked again, inside the lock that a revocation takes too: the client's papers, the law, the gate
(THREATS.md, T17). Either the revocation is first and nothing leaves, or the release is, and the
log says which.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Sum

from stillroom.access import Act, Grant, Label, Purpose, Release, Ward
from stillroom.chart import queries as charts
from stillroom.chart import releasing as leaving
from stillroom.consent import queries as consents
from stillroom.consent.rules import PRIVATE_KINDS
from stillroom.disclosure import accounts, queries, rules
from stillroom.disclosure.models import Departure, Matter, Packet
from stillroom.disclosure.packet import print_packet
from stillroom.disclosure.packeting import Head, Sheets, packet_head, packet_input, read_head
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules import AccountingLine, Candidate, Choice, Decision, Selection
from stillroom.kernel import StillroomError, Trilean, new_id
from stillroom.law import Corpus
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries as practice


class NotDecided(StillroomError):
    """A packet needs a signed decision to build one."""

    what = "no signed decision lets a packet be built"
    usual_advice = "Sign the decision to build a packet first, in your own words."


class AlreadyReleased(StillroomError):
    """A packet leaves once."""

    what = "this packet has already left"
    usual_advice = (
        "Its line stands in the account of disclosures; build a new one if more is asked."
    )


class RecipientDiffers(StillroomError):
    """The recipient typed is not the one for whom the packet was built (T13)."""

    what = "that is not the recipient for whom this packet was built"
    usual_advice = "Type the name as it stands on the cover letter; nothing was sent."


@dataclass(frozen=True)
class Bundle:
    """What may be chosen for a packet, record by record."""

    whole: WholeMatter
    choices: tuple[Choice, ...]


def choices(presence: Presence, corpus: Corpus, matter_id: str) -> Bundle:
    """Every signed record of the chart, one's own private ones too, and what may become of it."""
    whole = queries.whole_matter(presence, corpus, matter_id)
    joint = len(whole.head.holders) > 1
    candidates = [
        Candidate(one.id, one.law_kind, one.occurred_on, one.title)
        for one in leaving.signed_records(presence, whole.chart, joint=joint)
    ]
    return Bundle(whole, rules.preselect(candidates, whole.determination.ground))


def build(
    presence: Presence,
    corpus: Corpus,
    matter_id: str,
    picked: Sequence[str],
    address: Sequence[str],
) -> str:
    """Print a packet of the picked records; gives its id. It leaves only by `release`."""
    bundle = choices(presence, corpus, matter_id)
    whole = bundle.whole
    if not any(one.signed.decision == Decision.BUILD.value for one in whole.decisions):
        raise NotDecided
    selection = rules.select(bundle.choices, picked, whole.determination.release)
    sheets = leaving.for_release(presence, whole.chart, [c.record.id for c in selection.choices])
    number, first = _next_numbers(matter_id)
    material = Sheets(whole, selection, sheets, tuple(address), first)
    printed = print_packet(packet_input(presence, material))
    packet_id = new_id()
    private = any(choice.record.kind in PRIVATE_KINDS for choice in selection.choices)
    ward = packet_ward(whole.chart, presence.person, private=private)
    grant = bridge.ask(presence, Act.RELEASE_PREPARE, Purpose.RELEASE, ward, cares=whole.cares)
    details: bridge.Details = {"did": "built", "packet": packet_id, "digest": printed.digest}
    with transaction.atomic():
        entry = bridge.note(presence, grant, ward, details)
        Packet.objects.create(
            id=packet_id,
            matter_id=matter_id,
            number=number,
            built_by=presence.person,
            built_at=presence.at,
            papers=sorted(selection.papers),
            private=private,
            digest=printed.digest,
            pages=printed.manifest.total_pages,
            head=bridge.seal(
                presence, grant, ward, packet_id, "head", 1, packet_head(material, printed)
            ),
            sealed=bridge.seal(presence, grant, ward, packet_id, "file", 1, printed.pdf),
            entry=entry,
        )
    return packet_id


def packet_ward(chart: str, author: str, *, private: bool) -> Ward:
    """Where a packet's file is sealed: with its author's private notes in it, to her alone (P4)."""
    if private:
        return Ward(chart, "", frozenset({Label.PRIVATE}), author)
    return charts.chart_ward(chart)


def _next_numbers(matter_id: str) -> tuple[int, int]:
    """The packet's number in its matter, and its first page number in the practice."""
    number = Packet.objects.filter(matter_id=matter_id).aggregate(top=Max("number"))["top"] or 0
    pages = Packet.objects.aggregate(pages=Sum("pages"))["pages"] or 0
    return number + 1, pages + 1


_LABELS = {
    "sud_records": Label.PART2,
    "joint_session_notes": Label.JOINT,
}


@dataclass(frozen=True)
class Left:
    """A packet that has left: its entry in the log and the file."""

    entry: int
    pdf: bytes


def release(presence: Presence, corpus: Corpus, packet_id: str, recipient: str) -> Left:
    """Let a packet leave, if at this moment all still holds. Gives the very bytes of the proof."""
    packet = find_packet(presence, packet_id)
    head, pdf = open_packet(presence, packet)
    if " ".join(recipient.casefold().split()) != " ".join(head.to.casefold().split()):
        raise RecipientDiffers
    with transaction.atomic():
        Matter.objects.select_for_update().get(pk=packet.matter_id)
        entry = _leave(presence, corpus, packet, head)
    return Left(entry, pdf)


def _leave(presence: Presence, corpus: Corpus, packet: Packet, head: Head) -> int:
    """Inside the lock: ask papers, law and gate again, then write."""
    state = Packet.objects.select_for_update().values_list("state", flat=True).get(pk=packet.pk)
    if state != Packet.State.PROOF:
        raise AlreadyReleased
    if not consents.still_stand(packet.matter.chart, frozenset(packet.papers)):
        raise rules.NoLongerLawful
    bundle = choices(presence, corpus, packet.matter_id)
    ids = [line[0] for line in head.records]
    try:
        selection = rules.select(bundle.choices, ids, bundle.whole.determination.release)
    except rules.NotReleasable:
        raise rules.NoLongerLawful from None
    rules.still_lawful(selection, bundle.whole.determination.ground)
    ward, grant = _permission(presence, bundle.whole, selection)
    line = rules.accounting_line(
        selection,
        at=presence.at,
        address=", ".join(head.address),
        description=head.description,
        purpose=head.purpose,
        digest=packet.digest,
        zone=bundle.whole.determination.around.zone,
    )
    return _write(presence, grant, ward, bundle.whole, packet, line)


def _permission(presence: Presence, whole: WholeMatter, selection: Selection) -> tuple[Ward, Grant]:
    """The gate's permission for all that leaves; for the author's private notes, asked apart."""
    answers = whole.determination.answers
    kinds = {choice.record.kind for choice in selection.choices}
    decided = next(
        one.signer
        for one in reversed(whole.decisions)
        if one.signed.decision == Decision.BUILD.value
    )
    found = Release(
        stance=min(answers[kind].low for kind in kinds).name,
        decided_by=decided,
        authorization=Trilean.of(bool(selection.papers)),
        kinds=frozenset(kind for kind, answer in answers.items() if answer.open),
        rests_on_authorization=bool(selection.papers),
    )
    grants = [
        bridge.ask(
            presence, Act.RELEASE_SEND, Purpose.RELEASE, ward, cares=whole.cares, release=found
        )
        for ward in _wards(presence, whole.chart, kinds)
    ]
    # The entry and the account are the chart's, whatever left: those who care for the client, and
    # the client, may know that something did.
    return Ward(chart=whole.chart), grants[0]


def _wards(presence: Presence, chart: str, kinds: set[str]) -> list[Ward]:
    """What leaves, as the gate sees it: the chart's words together, each private kind apart."""
    part2 = {"sud_counseling_notes": frozenset({Label.PRIVATE, Label.PART2})}
    private = frozenset({Label.PRIVATE})
    wards = [
        Ward(chart, "", part2.get(kind, private), presence.person)
        for kind in sorted(kinds & PRIVATE_KINDS)
    ]
    labels = frozenset(_LABELS.get(kind, Label.CLINICAL) for kind in kinds - PRIVATE_KINDS)
    return [Ward(chart=chart, labels=labels), *wards] if labels else wards


def _write(
    presence: Presence,
    grant: Grant,
    ward: Ward,
    whole: WholeMatter,
    packet: Packet,
    line: AccountingLine,
) -> int:
    details: bridge.Details = {
        "did": "released",
        "packet": packet.pk,
        "digest": packet.digest,
        "to": line.recipient,
    }
    entry = bridge.note(presence, grant, ward, details, opinion=whole.determination.digest)
    departure = new_id()
    words = accounts.encode_line(line)
    Departure.objects.create(
        id=departure,
        chart=whole.chart,
        packet=packet,
        left_at=presence.at,
        sealed=bridge.seal(presence, grant, ward, departure, "departure", 1, words),
        entry=entry,
    )
    Packet.objects.filter(pk=packet.pk).update(state=Packet.State.RELEASED)
    Matter.objects.filter(pk=packet.matter_id).update(state=Matter.State.RELEASED)
    return entry


def find_packet(presence: Presence, packet_id: str) -> Packet:
    """A packet's row, or `NotHere` written down like any refusal."""
    row = Packet.objects.select_related("matter").filter(pk=packet_id).first()
    if row is None:
        bridge.refuse(presence, Act.RELEASE_PREPARE, packet_id)
        raise NotHere
    return row


def open_packet(presence: Presence, packet: Packet) -> tuple[Head, bytes]:
    """A packet's head and its file: the proof, or what has left."""
    chart = packet.matter.chart
    cares = practice.cares_of(presence.person, chart)
    ward = packet_ward(chart, packet.built_by, private=packet.private)
    grant = bridge.ask(presence, Act.RELEASE_PREPARE, Purpose.RELEASE, ward, cares=cares)
    parts = [
        (packet.pk, "head", 1, bytes(packet.head)),
        (packet.pk, "file", 1, bytes(packet.sealed)),
    ]
    details: bridge.Details = {"did": "looked at packet", "packet": packet.pk}
    head, pdf = bridge.reveal(presence, grant, ward, parts, details)
    return read_head(head), pdf
