"""From a selection and the words of its records to the pages of a packet. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import msgspec

from stillroom.chart.releasing import Sheet
from stillroom.consent.rules import PART2_KINDS, Authorization
from stillroom.disclosure import rules_disputes
from stillroom.disclosure.packet import (
    Addressee,
    Bates,
    Cited,
    Letterhead,
    Packet,
    PacketInput,
    RecordPage,
    notices_owed,
)
from stillroom.disclosure.paging import day_words, page_of
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules import Choice, Selection
from stillroom.disclosure.rules_disputes import Dispute
from stillroom.disclosure.rules_draft import NOTHING_CHOSEN, PDF, Cuts, Draft, mark_of, trimmed
from stillroom.kernel import Trilean, spoken
from stillroom.phi import Presence


@dataclass(frozen=True)
class Sheets:
    """All that a packet is printed from."""

    whole: WholeMatter
    selection: Selection
    records: Mapping[str, Sheet]
    address: tuple[str, ...]
    first_page: int
    signer_line: str = ""
    draft: Draft = NOTHING_CHOSEN
    summaries: tuple[RecordPage, ...] = ()
    """Pages that go in place of records."""
    disputes: tuple[Dispute, ...] = ()
    """Denied corrections that go along with the records that they are about."""


class Head(msgspec.Struct, frozen=True):
    """What is kept beside a packet's file: for whom, what, and the records in it."""

    to: str
    address: tuple[str, ...]
    purpose: str
    request: str
    description: str
    records: tuple[tuple[str, str, str, str, str, int], ...]
    """record id, kind, title, first and last page number, cuts"""
    cover: tuple[str, str]
    digest: str
    check_words: tuple[str, ...]
    notices: tuple[str, ...]
    files: tuple[str, ...] = (PDF,)
    bundle_digest: str = ""
    """SHA-256 of the file for machines, if one was made."""
    trimmed: Mapping[str, Cuts] = {}
    """What was cut from which record, by place and reason."""
    selected: tuple[str, ...] = ()
    """Every record that leaves, also those for which a summary stands."""
    along: str = ""
    """The digest of what goes along because the client disagrees; empty where nothing does."""
    corrections: int = 0
    """How often the request had been corrected when this was built."""
    ends: Mapping[str, str] = {}
    """The papers that it rests on and that end with an event: which, by paper."""
    disputed: Mapping[str, str] = {}
    """For each record with which something goes along, the sentence that says what."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The records of the packet, as they were selected."""
        return self.selected or tuple(line[0] for line in self.records)

    @property
    def leaving_digest(self) -> str:
        """The digest of the one file that leaves where that is not the pages; else empty."""
        return "" if PDF in self.files else self.bundle_digest


def packet_input(presence: Presence, material: Sheets) -> PacketInput:
    """The pages of the packet, with its cover letter's ground and notices."""
    whole = material.whole
    made = whole.determination
    intake = made.asked.intake
    return PacketInput(
        matter=whole.number,
        practice=Letterhead(presence.house.name),
        to=Addressee(intake.asker.name, material.address),
        client=whole.head.full,
        request=_request(made.asked.intake.instrument, intake.received_on),
        purpose=spoken(intake.purpose) or "the purpose stated in the request",
        selection=material.selection,
        records=tuple(_pages(material)),
        grounds=_grounds(material),
        notices=notices_owed(made.full.notices, material.selection),
        bates=Bates(_prefix(presence.house.name), material.first_page),
        created=presence.at.replace(microsecond=0),
        dated=made.around.today,
        signer=presence.name,
        signer_line=material.signer_line,
    )


def _prefix(name: str) -> str:
    letters = "".join(word[0] for word in name.split() if word[0].isalpha()).upper()
    return letters[:4] or "SR"


_INSTRUMENTS = {
    "attorney_subpoena": "a subpoena",
    "clerk_subpoena": "a subpoena",
    "grand_jury_subpoena": "a grand jury subpoena",
    "discovery_request": "a discovery request",
    "court_order": "an order of court",
    "search_warrant": "a search warrant",
    "payer_audit": "a payer's audit",
    "client_request": "the client's own request",
}


def _request(instrument: str, received_on: date) -> str:
    return (
        f"{_INSTRUMENTS.get(instrument, 'a written request')} received on {day_words(received_on)}"
    )


_OWN_PAPER = {
    "psychotherapy_notes": "45 CFR 164.508(a)(2)",
    "sud_counseling_notes": "42 CFR 2.31(b)",
    "sud_records": "42 CFR 2.31",
}


def _grounds(material: Sheets) -> tuple[Cited, ...]:
    """The authorizations that it rests on; and the law, where a record leaves without one."""
    choices = material.selection.choices
    made = material.whole.determination
    papers = made.around.authorizations
    by_paper = [
        _paper_ground(paper, {choice.record.kind for choice in choices if choice.paper == paper.id})
        for paper in papers
        if paper.id in material.selection.papers
    ]
    if made.asked.more.get("door"):
        by_paper.append(_NOT_ALONG)
    if all(choice.paper for choice in choices):
        return tuple(by_paper)
    return (*by_paper, *_law_grounds(material))


_NOT_ALONG = Cited(
    "Psychotherapy notes are not in it, nor anything that is held for now. What is held can be"
    " asked for, and where the law gives a review, a review.",
    "45 CFR 164.524(a)(1)-(4), (d)",
)


def _paper_ground(paper: Authorization, kinds: set[str]) -> Cited:
    cites = sorted({_OWN_PAPER.get(kind, "45 CFR 164.508(a)(1)") for kind in kinds})
    signed = [signature.on for signature in paper.signatures if signature.on]
    when = f", signed {day_words(min(signed))}" if signed else ""
    return Cited(f"The client's written authorization{when}.", "; ".join(cites))


def _law_grounds(material: Sheets) -> tuple[Cited, ...]:
    """The provisions that let it out. What is about program records is told only with such."""
    part2 = any(choice.record.kind in PART2_KINDS for choice in material.selection.choices)
    found = (
        finding
        for finding in material.whole.determination.full.findings
        if finding.applies is Trilean.YES
        and finding.modality in ("permits", "requires")
        and (part2 or finding.regime != "part2")
    )
    return tuple(Cited(one.says, one.citation) for one in islice(found, 4))


def _pages(material: Sheets) -> Iterator[RecordPage]:
    """The pages in the order of the selection; a summary stands where its first record would."""
    first = {page.id: page for page in material.summaries}
    covered = {record for page in material.summaries for record in page.covers}
    for choice in material.selection.choices:
        if choice.record.id in first:
            yield rules_disputes.beside(first[choice.record.id], material.disputes)
        elif choice.record.id not in covered:
            yield _page(choice, material)


def _page(choice: Choice, material: Sheets) -> RecordPage:
    """A record as it leaves: whole, or with its cuts; then what the client says against it."""
    sheet = material.records[choice.record.id]
    zone = material.whole.determination.around.zone
    page = page_of(choice, material.whole.head, sheet, zone)
    return rules_disputes.beside(trimmed(page, mark_of(sheet), material.draft), material.disputes)


def packet_head(material: Sheets, printed: Packet, companion: str = "") -> bytes:
    """What is sealed beside the file; `companion` is the digest of the file for machines."""
    lines = printed.manifest.lines
    made = material.whole.determination
    head = Head(
        to=printed.manifest.to,
        address=material.address,
        purpose=printed.manifest.purpose,
        request=_request(made.asked.intake.instrument, made.asked.intake.received_on),
        description=_described(material),
        records=tuple(
            (line.record, line.kind, line.title, line.pages[0], line.pages[1], line.cuts)
            for line in lines
        ),
        cover=printed.manifest.cover,
        digest=printed.manifest.digest,
        check_words=printed.manifest.check_words,
        notices=printed.manifest.notices,
        files=material.draft.files,
        bundle_digest=companion,
        selected=(ids := tuple(choice.record.id for choice in material.selection.choices)),
        corrections=material.whole.corrections,
        ends={
            paper.id: paper.expires.event
            for paper in made.around.authorizations
            if paper.id in material.selection.papers and paper.expires.event
        },
        along=rules_disputes.digest(material.disputes, ids),
        disputed={
            record: says
            for record, says in rules_disputes.marked(material.disputes).items()
            if record in ids
        },
        trimmed={
            line.record: material.draft.cuts[line.record]
            for line in lines
            if line.record in material.draft.cuts
        },
    )
    return msgspec.json.encode(head)


def _described(material: Sheets) -> str:
    """The same as `described`, with how much a summary left in its place, and what went along."""
    parts = [described(material.selection)]
    if summed := sum(len(page.covers) for page in material.summaries):
        count = "one record" if summed == 1 else f"{summed} records"
        parts.append(f"of {count} a summary in their place")
    if any(one.statement for one in material.disputes):
        parts.append("the client's statement of disagreement along with it")
    elif material.disputes:
        parts.append("the client's request for a correction and its denial along with it")
    return "; ".join(parts)


def read_head(words: bytes) -> Head:
    """What was sealed beside a file."""
    return msgspec.json.decode(words, type=Head)


def described(selection: Selection) -> str:
    """What left, for the account: kinds, number, days and none of the words (164.528(b))."""
    kinds: dict[str, list[date]] = {}
    for choice in selection.choices:
        days = kinds.setdefault(choice.record.kind, [])
        if choice.record.occurred_on:
            days.append(choice.record.occurred_on)
    parts: list[Any] = []
    for kind, days in sorted(kinds.items()):
        name = spoken(kind)
        if not days:
            parts.append(name)
        elif min(days) == max(days):
            parts.append(f"{name} of {day_words(days[0])}")
        else:
            parts.append(f"{len(days)} {name}, {day_words(min(days))} to {day_words(max(days))}")
    return "; ".join(parts)
