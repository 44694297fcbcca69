"""Reading a document: page by page as it is shown, its original, its pages for a packet.

Rules: each look is one gate decision and one durable entry (P1). A page is shown only if it is
the one that was signed, by its digest (P5); the original is given whole or not at all, after it was
read through and proven to be what was signed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from stillroom.access import Act
from stillroom.chart import queries, rules
from stillroom.chart.contents import Content
from stillroom.chart.documents import facts, holding
from stillroom.chart.documents.arriving import State, state_of
from stillroom.chart.documents.completing import LEAVES
from stillroom.chart.documents.facts import Facts, Page
from stillroom.chart.documents.filed import SHELVES_OF_FILES
from stillroom.chart.documents.sniffing import safe_name
from stillroom.chart.models import Leaf, Original, Record
from stillroom.chart.queries import WholeRecord
from stillroom.phi import Presence, bridge, streams


@dataclass(frozen=True)
class Sheaf:
    """A record with some of its pages, numbered from `first`."""

    record: WholeRecord
    first: int
    pages: tuple[Page, ...]
    total: int


def pages_of(content: Content) -> int:
    """How many pages a signed document has; 0 for a record without a file."""
    return len(content.answer(LEAVES).chosen)


@dataclass(frozen=True)
class Arriving:
    """The file of one's own draft: what is known of it, how far it is, and a page of it."""

    record: WholeRecord
    known: Facts | None
    state: State | None
    number: int = 1
    page: Page | None = None


class Beside:
    """What is opened with a record that may have a file: pages of it from `first` on, and, while it
    is a draft, what is known of the file. For `queries.record`; then ask `arriving` or `sheaf`."""

    def __init__(self, first: int = 1, most: int = 1) -> None:
        self.first = max(1, first)
        self._most = most
        self._original: Original | None = None

    def __call__(self, row: Record) -> list[bridge.SealedPart]:
        """The sealed parts to open with this record."""
        if row.kind not in SHELVES_OF_FILES:
            return []
        original = Original.objects.filter(record_id=row.pk).first()
        if original is None:
            return []
        self._original = original
        self.first = min(self.first, max(1, original.pages))
        pages = _sealed_pages(original, self.first, self._most)
        if row.state != Record.State.DRAFT:
            return pages
        return [holding.facts_part(original), *(pages if state_of(original).done else [])]

    def arriving(self, whole: WholeRecord) -> Arriving:
        """The file of a draft."""
        if self._original is None:
            return Arriving(whole, None, None)
        known, *pages = whole.beside
        page = facts.decode_page(pages[0]) if pages else None
        return Arriving(whole, facts.decode(known), state_of(self._original), self.first, page)

    def sheaf(self, whole: WholeRecord) -> Sheaf:
        """The pages of a signed record, each if it is the one that was signed."""
        content = whole.revisions[0].content
        return Sheaf(whole, self.first, self.shown(content, whole.beside), pages_of(content))

    def shown(self, content: Content, opened: Sequence[bytes]) -> tuple[Page, ...]:
        """What was opened beside a record that says so, or `RecordAltered`."""
        pages = tuple(_shown(content, self.first + nth, one) for nth, one in enumerate(opened))
        if pages_of(content) and not pages:
            raise rules.RecordAltered
        return pages


def file_of_draft(presence: Presence, record_id: str, number: int = 1) -> Arriving:
    """One's own draft with its file, and page `number` once all pages are drawn."""
    beside = Beside(number)
    return beside.arriving(queries.record(presence, record_id, beside=beside))


def sheaf(presence: Presence, record_id: str, *, first: int, most: int = 1) -> Sheaf:
    """Pages `first` and on of a signed document; numbers outside it are brought into it."""
    beside = Beside(first, most)
    whole = queries.record(presence, record_id, beside=beside)
    return beside.sheaf(whole) if whole.revisions else Sheaf(whole, 1, (), 0)


def _sealed_pages(original: Original, first: int, most: int) -> list[bridge.SealedPart]:
    part = holding.page_part(original)
    rows = Leaf.objects.filter(
        original_id=original.pk, number__gte=first, number__lt=first + most
    ).order_by("number")
    return [(original.record_id, part, row.number, bytes(row.sealed)) for row in rows]


def _shown(content: Content, number: int, words: bytes) -> Page:
    """A page, if it is the one that was signed."""
    digests = content.answer(LEAVES).chosen
    if number > len(digests) or facts.page_digest(words) != digests[number - 1]:
        raise rules.RecordAltered
    return facts.decode_page(words)


@dataclass(frozen=True)
class Untouched:
    """An original as it came."""

    name: str
    kind: str
    size: int
    read: Callable[[], Iterator[bytes]]


def untouched(presence: Presence, record_id: str) -> Untouched:
    """The original of a signed document, to be saved. It was read through once when this returns.

    `RecordAltered` if it is not the file that was signed.
    """
    whole = queries.record(presence, record_id)
    if not whole.revisions or not pages_of(whole.revisions[0].content):
        raise holding.NoFile
    row = queries.find_record(presence, record_id, Act.RECORD_READ)
    held = holding.to_read(presence, row)
    original = holding.original_of(held)
    (told,), read = streams.reveal(
        presence,
        held.grant,
        held.ward,
        holding.spot(original),
        bytes(original.header),
        lambda: holding.sealed_pieces(original),
        {"did": "original saved", "record": record_id},
        beside=[holding.facts_part(original)],
    )
    known, digest = facts.decode(told), sha256()
    for words in read():
        digest.update(words)
    signed = whole.revisions[0].content.answer("file").rows[0]["sha256"]
    if digest.hexdigest() != signed:
        raise rules.RecordAltered
    return Untouched(safe_name(known.name, known.kind), known.kind, known.size, read)


def sealed_leaves(records: Sequence[str]) -> list[bridge.SealedPart]:
    """Every page of these records, sealed, in order: to be opened for a packet with the rest."""
    found = Original.objects.filter(record_id__in=list(records)).order_by("record_id")
    return [part for one in found for part in _sealed_pages(one, 1, one.pages)]


def pages_for(content: Content, opened: Sequence[bytes]) -> tuple[Page, ...]:
    """The pages of one document, opened: all of those that were signed, or `RecordAltered`."""
    if len(opened) != pages_of(content):
        raise rules.RecordAltered
    return tuple(_shown(content, number, words) for number, words in enumerate(opened, start=1))
