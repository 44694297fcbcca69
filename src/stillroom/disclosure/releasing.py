"""Building a packet and letting it leave: the one exit (P9).

Rules: what the proof shows are the very bytes that leave. At the moment of release everything is
asked again, inside the locks that a revocation and a restriction take too: the client's papers,
what the client asked to be kept back, what goes along because she disagrees, the law, the gate
(THREATS.md, T17). Either the revocation is first and nothing leaves, or the release is, and the
log says which.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from django.db import transaction
from django.db.models import Max, Sum

from stillroom.access import Act, Grant, Label, Purpose, Ward
from stillroom.chart import queries as charts
from stillroom.chart import releasing as leaving
from stillroom.consent import queries as consents
from stillroom.consent.rules import PRIVATE_KINDS
from stillroom.disclosure import accounts, queries, rules, rules_disputes, rules_summary
from stillroom.disclosure.disputing import disputes
from stillroom.disclosure.drafts import draft_of
from stillroom.disclosure.models import Departure, Matter, Packet
from stillroom.disclosure.outgoing import packed
from stillroom.disclosure.packet import RecordPage, print_packet
from stillroom.disclosure.packet.bundle import as_fhir
from stillroom.disclosure.packeting import Head, Sheets, packet_head, packet_input, read_head
from stillroom.disclosure.permitting import permission
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules import AccountingLine, Candidate, Choice, Selection
from stillroom.disclosure.rules_correcting import DecideAgain
from stillroom.disclosure.rules_disputes import Dispute
from stillroom.disclosure.rules_draft import FHIR, PDF, Draft
from stillroom.disclosure.rules_options import LETS_BUILD
from stillroom.disclosure.rules_versions import require_asked
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError, new_id
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
    disputes: tuple[Dispute, ...] = ()
    """Denied corrections that go along with the records that they are about."""


def choices(presence: Presence, corpus: Corpus, matter_id: str) -> Bundle:
    """Every signed record of the chart, one's own private ones too, and what may become of it."""
    whole = queries.whole_matter(presence, corpus, matter_id)
    joint = len(whole.head.holders) > 1
    candidates = [
        Candidate(one.id, one.law_kind, one.occurred_on, one.title, one.restricted, one.earlier)
        for one in leaving.signed_records(presence, whole.chart, joint=joint)
    ]
    along = disputes(presence, whole.chart)
    return Bundle(whole, rules.preselect(candidates, whole.determination.ground), along)


def build(
    presence: Presence,
    corpus: Corpus,
    matter_id: str,
    picked: Sequence[str],
    address: Sequence[str],
    files: Sequence[str] = (),
) -> str:
    """Print a packet of the picked records; gives its id. It leaves only by `release`.

    What was cut from them is cut; `files` says whether a file for machines goes with the pages.
    """
    bundle = choices(presence, corpus, matter_id)
    whole = bundle.whole
    if not any(one.signed.decision in LETS_BUILD for one in whole.standing):
        raise DecideAgain if whole.corrections and whole.decisions else NotDecided
    selection = rules.select(bundle.choices, picked, whole.determination.release)
    along = rules_disputes.going_along(bundle.disputes, picked)
    number, first = _next_numbers(matter_id)
    draft = draft_of(presence, matter_id).chosen(picked, address, files)
    material = _material(presence, whole, selection, draft, first, along)
    given = packet_input(presence, material)
    machines = as_fhir(given) if FHIR in draft.files else b""
    companion = sha256(machines).hexdigest() if machines else ""
    printed = print_packet(replace(given, companion=companion))
    packet_id = new_id()
    private = any(choice.record.kind in PRIVATE_KINDS for choice in selection.choices)
    ward = packet_ward(whole.chart, presence.person, private=private)
    grant = bridge.ask(presence, Act.RELEASE_PREPARE, Purpose.RELEASE, ward, cares=whole.cares)
    details: bridge.Details = {"did": "built", "packet": packet_id, "digest": printed.digest}

    def sealed(part: str, words: bytes) -> bytes:
        return bridge.seal(presence, grant, ward, packet_id, part, 1, words)

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
            head=sealed("head", packet_head(material, printed, companion)),
            sealed=sealed("file", printed.pdf),
            bundle=sealed("bundle", machines),
            entry=entry,
        )
    return packet_id


def _material(
    presence: Presence,
    whole: WholeMatter,
    selection: Selection,
    draft: Draft,
    first: int,
    along: tuple[Dispute, ...],
) -> Sheets:
    """All that the packet is printed from; opens the records for which no summary stands."""
    summaries = _summaries(whole, draft, selection)
    covered = {record for page in summaries for record in page.covers}
    wanted = [c.record.id for c in selection.choices if c.record.id not in covered]
    asked = whole.determination.asked
    versions = [one for one in draft.versions if one in wanted]
    require_asked(versions, draft.versions_asked, (asked.letter, asked.intake.asks_for))
    sheets = leaving.for_release(presence, whole.chart, wanted, versions) if wanted else {}
    return Sheets(
        whole,
        selection,
        sheets,
        draft.address,
        first,
        draft=draft,
        summaries=summaries,
        disputes=along,
    )


def _summaries(whole: WholeMatter, draft: Draft, selection: Selection) -> tuple[RecordPage, ...]:
    """The pages of the summaries that were chosen, each as fit now as when it was signed."""
    written = rules_summary.read(whole.steps)
    picked = [choice.record.id for choice in selection.choices]
    purpose, zone = whole.determination.asked.intake.purpose, whole.determination.around.zone
    names = people.colleagues(active=False)
    made = []
    for step, summary in rules_summary.chosen(written, draft.summaries, picked):
        covered = rules_summary.fit(summary, selection.choices, purpose)
        by = names[step.by].name if step.by in names else ""
        made.append(
            rules_summary.page_of_summary(step, summary, covered, whole.head.full, by, zone)
        )
    return tuple(made)


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


@dataclass(frozen=True)
class Left:
    """A packet that has left: its entry in the log and the file."""

    entry: int
    pdf: bytes


def release(presence: Presence, corpus: Corpus, packet_id: str, recipient: str) -> Left:
    """Let a packet leave, if at this moment all still holds. Gives the very bytes of the proof.

    The pages do not call it: they send a packet on its way (`sending`), and it leaves by `leave`.
    """
    packet = find_packet(presence, packet_id)
    head, pdf = open_packet(presence, packet)
    require_recipient(head, recipient)
    with transaction.atomic():
        Matter.objects.select_for_update().get(pk=packet.matter_id)
        entry = leave(presence, corpus, packet, head, Packet.State.PROOF)
    return Left(entry, pdf)


def require_recipient(head: Head, typed: str) -> None:
    """Raise `RecipientDiffers` unless this is the name for which the packet was built (T13)."""
    if " ".join(typed.casefold().split()) != " ".join(head.to.casefold().split()):
        raise RecipientDiffers


@dataclass(frozen=True)
class Ready:
    """A packet that may leave at this moment, and what will be written when it does."""

    whole: WholeMatter
    ward: Ward
    grant: Grant
    account: Grant
    """For the line of the account, which is the chart's whatever left."""
    line: AccountingLine


def leave(
    presence: Presence,
    corpus: Corpus,
    packet: Packet,
    head: Head,
    state: str,
    *,
    where: str = "",
    way: str = "",
) -> int:
    """Inside the lock: the packet is in `state` still; ask papers, law and gate again; write."""
    ready = require_ready(presence, corpus, packet, head, state, where=where)
    return _write(presence, ready, packet, way)


def require_ready(
    presence: Presence,
    corpus: Corpus,
    packet: Packet,
    head: Head,
    state: str,
    *,
    where: str = "",
) -> Ready:
    """Inside the lock: papers, restrictions, law and gate asked again, as things stand now. Writes
    nothing."""
    practice.hold(packet.matter.chart)
    now = Packet.objects.select_for_update().values_list("state", flat=True).get(pk=packet.pk)
    if now != state:
        raise AlreadyReleased
    bundle, selection = require_lawful(presence, corpus, packet, head)
    ward, grant, account = permission(presence, bundle.whole, selection)
    line = rules.accounting_line(
        selection,
        at=presence.at,
        address=where or ", ".join(head.address),
        description=head.description,
        purpose=head.purpose,
        digest=head.leaving_digest or packet.digest,
        zone=bundle.whole.determination.around.zone,
    )
    return Ready(bundle.whole, ward, grant, account, line)


def require_lawful(
    presence: Presence, corpus: Corpus, packet: Packet, head: Head
) -> tuple[Bundle, Selection]:
    """That papers, restrictions and law, as things stand now, would let this very packet leave, and
    that what the client says against its records is in it as it stands; else `NoLongerLawful`. Asks
    for no proof and lets nothing leave."""
    if not consents.still_stand(packet.matter.chart, frozenset(packet.papers)):
        raise rules.NoLongerLawful
    bundle = choices(presence, corpus, packet.matter_id)
    try:
        selection = rules.select(bundle.choices, head.ids, bundle.whole.determination.release)
    except rules.NotReleasable:
        raise rules.NoLongerLawful from None
    rules.still_lawful(selection, bundle.whole.determination.ground)
    if head.corrections != bundle.whole.corrections:
        raise rules.NoLongerLawful("the request was corrected after this packet was built")
    if _along(bundle, head.ids) != head.along:
        raise rules.NoLongerLawful(
            "what the client says against a record in this packet is not in it as it stands now"
        )
    return bundle, selection


def _along(bundle: Bundle, ids: Sequence[str]) -> str:
    """The digest of what goes along now; `NoLongerLawful` where nobody could say what does."""
    try:
        rules_disputes.going_along(bundle.disputes, ids)
    except (rules_disputes.NotPlaced, rules_disputes.DenialMissing) as error:
        raise rules.NoLongerLawful(str(error), advice=error.advice) from None
    return rules_disputes.digest(bundle.disputes, ids)


def _write(presence: Presence, ready: Ready, packet: Packet, way: str) -> int:
    ward, grant, line = ready.ward, ready.grant, ready.line
    details: bridge.Details = {
        "did": "released",
        "packet": packet.pk,
        "digest": packet.digest,
        "to": line.recipient,
        **({"way": way} if way else {}),
    }
    entry = bridge.note(presence, grant, ward, details, opinion=ready.whole.determination.digest)
    departure, chart = new_id(), Ward(chart=ready.whole.chart)
    words = accounts.encode_line(line)
    Departure.objects.create(
        id=departure,
        chart=ready.whole.chart,
        packet=packet,
        left_at=presence.at,
        sealed=bridge.seal(presence, ready.account, chart, departure, "departure", 1, words),
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


def open_bundle(presence: Presence, packet: Packet) -> bytes:
    """The packet's file for machines. `NotHere` if none was made with it."""
    ward = packet_ward(packet.matter.chart, packet.built_by, private=packet.private)
    cares = practice.cares_of(presence.person, packet.matter.chart)
    grant = bridge.ask(presence, Act.RELEASE_PREPARE, Purpose.RELEASE, ward, cares=cares)
    part = (packet.pk, "bundle", 1, bytes(packet.bundle))
    details: bridge.Details = {"did": "looked at packet", "packet": packet.pk}
    (words,) = bridge.reveal(presence, grant, ward, [part], details) if packet.bundle else (b"",)
    if not words:
        bridge.refuse(presence, Act.RELEASE_PREPARE, packet.pk)
        raise NotHere
    return words


def outgoing(presence: Presence, packet: Packet, head: Head, pdf: bytes) -> bytes:
    """What is handed to the recipient: the pages, the file for machines, or both as one file."""
    bundle = open_bundle(presence, packet) if FHIR in head.files else b""
    return packed(pdf if PDF in head.files else b"", bundle)


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
