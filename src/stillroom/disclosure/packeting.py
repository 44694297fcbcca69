"""From a selection and the words of its records to the pages of a packet. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import islice
from typing import Any

import msgspec

from stillroom.chart.contents import Content
from stillroom.chart.documents.facts import FILE_HEADING
from stillroom.chart.releasing import Sheet
from stillroom.chart.sheets import Item, Reading, reading
from stillroom.chart.timing import late_words, span_words
from stillroom.consent.rules import PART2_KINDS, Authorization
from stillroom.disclosure.packet import (
    Addressee,
    Bates,
    Cited,
    Leaf,
    Letterhead,
    Packet,
    PacketInput,
    Passage,
    RecordPage,
    Section,
    Told,
    notices_owed,
)
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules import Choice, Selection
from stillroom.kernel import Trilean
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


def _day(day: date | datetime) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment:%M}"


def packet_input(presence: Presence, material: Sheets) -> PacketInput:
    """The pages of the packet, with its cover letter's ground and notices."""
    whole = material.whole
    made = whole.determination
    zone = made.around.zone
    intake = made.asked.intake
    return PacketInput(
        matter=whole.number,
        practice=Letterhead(presence.house.name),
        to=Addressee(intake.asker.name, material.address),
        client=whole.head.full,
        request=_request(made.asked.intake.instrument, intake.received_on),
        purpose=intake.purpose.replace("_", " ") or "the purpose stated in the request",
        selection=material.selection,
        records=tuple(_page(choice, material, zone) for choice in material.selection.choices),
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
    return f"{_INSTRUMENTS.get(instrument, 'a written request')} received on {_day(received_on)}"


_OWN_PAPER = {
    "psychotherapy_notes": "45 CFR 164.508(a)(2)",
    "sud_counseling_notes": "42 CFR 2.31(b)",
    "sud_records": "42 CFR 2.31",
}


def _grounds(material: Sheets) -> tuple[Cited, ...]:
    """The authorizations that it rests on; and the law, where a record leaves without one."""
    choices = material.selection.choices
    papers = material.whole.determination.around.authorizations
    by_paper = [
        _paper_ground(paper, {choice.record.kind for choice in choices if choice.paper == paper.id})
        for paper in papers
        if paper.id in material.selection.papers
    ]
    if all(choice.paper for choice in choices):
        return tuple(by_paper)
    return (*by_paper, *_law_grounds(material))


def _paper_ground(paper: Authorization, kinds: set[str]) -> Cited:
    cites = sorted({_OWN_PAPER.get(kind, "45 CFR 164.508(a)(1)") for kind in kinds})
    signed = [signature.on for signature in paper.signatures if signature.on]
    when = f", signed {_day(min(signed))}" if signed else ""
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


def _page(choice: Choice, material: Sheets, zone: tzinfo) -> RecordPage:
    sheet = material.records[choice.record.id]
    occurred = sheet.occurred_at.astimezone(zone)
    signed = sheet.signed_at.astimezone(zone)
    first = sheet.contents[0]
    return RecordPage(
        id=choice.record.id,
        kind=choice.record.kind,
        title=f"{sheet.title}, {_day(occurred)}",
        on=choice.record.occurred_on,
        particulars=_particulars(material, sheet, first, zone),
        sections=_sections(sheet),
        leaves=_leaves(sheet),
        signed=" ".join(
            (
                f"Signed by {sheet.signed_by}, {_day(signed)}, {_clock(signed)}{_late(sheet)}.",
                *(_cosigned(name, at.astimezone(zone)) for name, at in sheet.cosigned),
            )
        ),
    )


def _late(sheet: Sheet) -> str:
    """A late entry says that it is one wherever it goes."""
    return f": {late_words(sheet.age.days)}" if sheet.age.late else ""


def _cosigned(name: str, at: datetime) -> str:
    return f"Co-signed by {name}, {_day(at)}, {_clock(at)}."


def _particulars(material: Sheets, sheet: Sheet, content: Content, zone: tzinfo) -> tuple[str, ...]:
    whose = material.whole.head.full
    born = [one.sheet.born for one in material.whole.head.holders if one.sheet.born]
    line = f"{whose}, born {_day(born[0])}." if len(born) == 1 else f"{whose}."
    session = content.session
    parts = [sheet.author]
    if session and session.starts_at and session.ends_at:
        parts.insert(0, span_words(session.starts_at, session.ends_at, zone))
        if session.code:
            parts.insert(1, session.code)
    return (line, ". ".join(parts) + ".")


def _sections(sheet: Sheet) -> tuple[Section, ...]:
    note, *addenda = sheet.contents
    parts = reading(sheet.kind, note)
    if sheet.pages:  # its words are on its pages; what the software notes of a file is ours
        parts = tuple(part for part in parts if part.heading != FILE_HEADING)
    sections = [
        Section(part.heading, tuple(map(_passage, ("", *_names(part)), part.items)))
        for part in parts
    ]
    if sheet.pages:
        sections.append(_file(sheet, note))
    for addendum in addenda:
        sections += [Section("Addendum", (part.text,)) for part in addendum.sections]
    return tuple(sections)


def _file(sheet: Sheet, note: Content) -> Section:
    file = note.answer("file").rows[0]
    count = len(sheet.pages)
    pages = "Its one page follows" if count == 1 else f"Its {count} pages follow"
    said = (
        f"{pages}, as the practice keeps and shows them. The original is a {file['type']} of"
        f" {int(file['bytes']):,} bytes; its SHA-256 is {file['sha256']}."
    )
    return Section(FILE_HEADING, (said,))


def _leaves(sheet: Sheet) -> tuple[Leaf, ...]:
    return tuple(
        Leaf(page.type, page.wide, page.high, page.picture, page.words) for page in sheet.pages
    )


def _names(part: Reading) -> list[str]:
    return [item.name for item in part.items]


def _passage(before: str, item: Item) -> Passage:
    """One answered field: prose by itself, an answer under its label, a table line by line. What is
    said in words of the answer before stands beneath it without a label."""
    if item.name == f"{before}_words":
        return item.text
    if item.rows:
        lines = ("; ".join(_cells(item.head, row)) for row in item.rows)
        return Told(item.label, "\n".join(lines))
    return Told(item.label, item.text) if item.label else item.text


def _cells(head: tuple[str, ...], row: tuple[str, ...]) -> list[str]:
    """The filled cells of a line; the first names it, the others say what they are."""
    first, *rest = zip(head, row, strict=True)
    told = [f"{label.lower()}: {cell}" for label, cell in rest if cell.strip()]
    return [first[1] or "—", *told]


def packet_head(material: Sheets, printed: Packet) -> bytes:
    """What is sealed beside the file."""
    lines = printed.manifest.lines
    made = material.whole.determination
    head = Head(
        to=printed.manifest.to,
        address=material.address,
        purpose=printed.manifest.purpose,
        request=_request(made.asked.intake.instrument, made.asked.intake.received_on),
        description=described(material.selection),
        records=tuple(
            (line.record, line.kind, line.title, line.pages[0], line.pages[1], line.cuts)
            for line in lines
        ),
        cover=printed.manifest.cover,
        digest=printed.manifest.digest,
        check_words=printed.manifest.check_words,
        notices=printed.manifest.notices,
    )
    return msgspec.json.encode(head)


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
        name = kind.replace("_", " ")
        if not days:
            parts.append(name)
        elif min(days) == max(days):
            parts.append(f"{name} of {_day(days[0])}")
        else:
            parts.append(f"{len(days)} {name}, {_day(min(days))} to {_day(max(days))}")
    return "; ".join(parts)
