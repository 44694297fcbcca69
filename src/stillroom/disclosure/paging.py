"""From a signed record to its page in a packet, whole and with nothing cut. Pure."""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo

from stillroom.chart.contents import Content
from stillroom.chart.documents.facts import FILE_HEADING
from stillroom.chart.releasing import Sheet
from stillroom.chart.sheets import Item, Reading, reading
from stillroom.chart.timing import late_words, span_words
from stillroom.disclosure.packet import Leaf, Passage, RecordPage, Section, Told
from stillroom.disclosure.rules import Choice
from stillroom.practice.queries import ChartHead


def day_words(day: date | datetime) -> str:
    """A day as a letter writes it."""
    return f"{day:%B} {day.day}, {day.year}"


def clock_words(moment: datetime) -> str:
    """A time of day as a letter writes it."""
    return f"{moment.hour}:{moment:%M}"


def page_of(choice: Choice, head: ChartHead, sheet: Sheet, zone: tzinfo) -> RecordPage:
    """A record as it stands, with nothing cut, as its page in a packet."""
    occurred = sheet.occurred_at.astimezone(zone)
    signed = sheet.signed_at.astimezone(zone)
    first = sheet.contents[0]
    when = f"{day_words(signed)}, {clock_words(signed)}"
    return RecordPage(
        id=choice.record.id,
        kind=choice.record.kind,
        title=f"{sheet.title}, {day_words(occurred)}",
        on=choice.record.occurred_on,
        particulars=_particulars(head, sheet, first, zone),
        sections=(*sections_of(sheet), *_earlier(sheet, zone)),
        leaves=_leaves(sheet),
        signed=" ".join(
            (
                f"Signed by {sheet.signed_by}, {when}{_late(sheet)}.",
                *(_cosigned(name, at.astimezone(zone)) for name, at in sheet.cosigned),
            )
        ),
    )


def _late(sheet: Sheet) -> str:
    """A late entry says that it is one wherever it goes."""
    return f": {late_words(sheet.age.days)}" if sheet.age.late else ""


def _cosigned(name: str, at: datetime) -> str:
    return f"Co-signed by {name}, {day_words(at)}, {clock_words(at)}."


def _particulars(head: ChartHead, sheet: Sheet, content: Content, zone: tzinfo) -> tuple[str, ...]:
    whose = head.full
    born = [one.sheet.born for one in head.holders if one.sheet.born]
    line = f"{whose}, born {day_words(born[0])}." if len(born) == 1 else f"{whose}."
    session = content.session
    parts = [sheet.author]
    if session and session.starts_at and session.ends_at:
        parts.insert(0, span_words(session.starts_at, session.ends_at, zone))
        if session.code:
            parts.insert(1, session.code)
    return (line, ". ".join(parts) + ".")


def sections_of(sheet: Sheet) -> tuple[Section, ...]:
    """The words of a record under its headings, then its addenda."""
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


def _earlier(sheet: Sheet, zone: tzinfo) -> Iterator[Section]:
    """What was signed before the version in force, each said to be what it is, plainly."""
    for nth, one in enumerate(sheet.earlier, start=1):
        signed, back = one.signed_at.astimezone(zone), one.returned_at.astimezone(zone)
        now = sheet.signed_at.astimezone(zone)
        says = (
            f"NOT IN FORCE. Signed by {one.signed_by}, {day_words(signed)}, {clock_words(signed)};"
            f" returned for changes by {one.returned_by}, {day_words(back)}, {clock_words(back)};"
            f" superseded by the version signed {day_words(now)}, {clock_words(now)}, which stands"
            " above. Enclosed because the request asks for earlier versions."
        )
        yield Section(f"Earlier version {nth}: returned, superseded", (says,))
        for part in reading(sheet.kind, one.content):
            passages = tuple(map(_passage, ("", *_names(part)), part.items))
            yield Section(f"{part.heading} (earlier version {nth}, superseded)", passages)


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
