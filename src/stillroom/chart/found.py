"""From candidates to what is shown: records opened, phrases looked up, entries written, snippets.

Rules (P1): the charts were opened by `phi.across.hold` after its entry; before the words of a
record are shown, its own chart has an entry that names it. A row is looked at again before it is
shown, because an index may be older than a stroke.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

import msgspec

from stillroom.access import Label
from stillroom.chart import indexing, kinds, rules
from stillroom.chart.contents import Content
from stillroom.chart.search import (
    Finder,
    Forms,
    Question,
    Snippet,
    Spellings,
    finder,
    holds_phrases,
    snippet,
)
from stillroom.phi import Presence, across, bridge, statements
from stillroom.practice.queries import moment_written

NEARLY = 2
"""The fit of a record that is found by a near spelling only."""
_AT_ONCE = 40


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A record that was found, with the words around what was found."""

    record: str
    chart: str
    title: str
    author: str
    occurred_at: datetime
    state: str
    private: bool
    part2: bool
    snippet: Snippet
    nearly: bool
    """Found by a near spelling only."""
    restricted: bool = False


@dataclass(frozen=True)
class Found:
    """A page of hits, the best first: words as typed, then beginnings and other forms of
    a word, then near spellings; of each the newest first.

    `total` is how many there are; `None` where only the ones shown were read through for a phrase
    and more may hold it.
    """

    hits: tuple[Hit, ...] = ()
    total: int | None = 0
    next_offset: int = 0


class Candidate(msgspec.Struct, frozen=True, gc=False, order=True):
    """Sorts by how well it fits, then newest first."""

    fit: int
    before: int
    record: str
    held: int
    kind: str


_NUMBER = itemgetter(1)
Row = tuple[Any, ...]
"""Of a table."""


class Reader:
    """Opens what was found, each record once."""

    def __init__(self, presence: Presence, held: Sequence[across.Held]) -> None:
        self.presence, self.held = presence, held
        self._written: dict[str, list[Content]] = {}
        self._drafts: dict[str, list[Content]] = {}

    def keep_drafts(self, written: Mapping[str, Content]) -> None:
        """Drafts that were opened already, by record."""
        self._drafts |= {record: [content] for record, content in written.items()}

    def written(
        self, some: Sequence[Candidate], sealed: Sequence[Row] | None = None
    ) -> dict[str, list[Content]]:
        """What was signed in each of these records, in order; from rows that the caller read, or
        that are read now."""
        drafts, written = self._drafts, self._written
        wanted = {
            one.record: one.held
            for one in some
            if one.record not in drafts and one.record not in written
        }
        self._open(
            wanted, statements.fetch_among(_SEALED, list(wanted)) if sealed is None else sealed
        )
        return {one.record: drafts.get(one.record) or written.get(one.record, []) for one in some}

    def forget(self, some: Iterable[Candidate]) -> None:
        """Let go of records that will not be shown."""
        for one in some:
            self._written.pop(one.record, None)

    def _open(self, wanted: Mapping[str, int], sealed: Sequence[Row]) -> None:
        by_ring: dict[int, list[Row]] = {}
        for row in sorted(sealed, key=_NUMBER):
            if row[0] in wanted:
                by_ring.setdefault(wanted[row[0]], []).append(row)
        for nth, rows in by_ring.items():
            held = self.held[nth]
            for row, content in across.open_rows(
                self.presence, held, "revision", rows, rules.decode
            ):
                self._written.setdefault(row[0], []).append(content)


def _passages(kind: str, contents: Sequence[Content]) -> Sequence[tuple[str, str]]:
    if len(contents) == 1:
        return indexing.passages(kind, contents[0])
    return [each for content in contents for each in indexing.passages(kind, content)]


# Put in order afterwards: the database would carry sealed words while it sorts.
_SEALED = "SELECT record_id, number, sealed FROM chart_revision WHERE record_id IN ({})"
# A moment as text and yes or no as a number: what the driver makes of them it makes slowly.
_SHOWN = """
    SELECT record.id, revision.number, revision.sealed, record.chart, record.author,
           CAST(record.occurred_at AS text), record.state, CAST(record.private AS integer),
           CAST(record.part2 AS integer), record.kind, CAST(record.restricted AS integer)
    FROM chart_record record LEFT JOIN chart_revision revision ON revision.record_id = record.id
    WHERE record.id IN ({})
      AND (record.author = %s OR (NOT record.private AND record.state <> 'draft'))
"""


def with_phrases(
    reader: Reader, question: Question, ordered: Sequence[Candidate], enough: int
) -> tuple[list[Candidate], int | None]:
    """The first candidates in whose text the phrases stand, and how many if all were read."""
    found: list[Candidate] = []
    for start in range(0, len(ordered), _AT_ONCE):
        if len(found) > enough:
            return found, None
        some = ordered[start : start + _AT_ONCE]
        written = reader.written(some)
        fitting = [one for one in some if _holds(question, one.kind, written[one.record])]
        reader.forget(set(some).difference(fitting))
        found += fitting
    return found, len(found)


def _holds(question: Question, kind: str, written: Sequence[Content]) -> bool:
    return holds_phrases(question, [text for _, text in _passages(kind, written)])


def note_shown(presence: Presence, held: Sequence[across.Held], page: Sequence[Candidate]) -> None:
    """One entry in each chart whose words are about to be shown, naming the records."""
    shown: dict[int, list[str]] = {}
    for one in page:
        shown.setdefault(one.held, []).append(one.record)
    entries: list[tuple[across.Held, bridge.Details]] = [
        (held[nth], {"did": "found", "records": records, "why": held[nth].grant.purpose.value})
        for nth, records in shown.items()
    ]
    across.note_each(presence, entries)


def hits_of(
    reader: Reader,
    question: Question,
    page: Sequence[Candidate],
    met: tuple[Forms, Spellings],
    width: int,
) -> list[Hit]:
    """The page's records as they stand now. One that may no longer be known of is left out, and is
    not opened."""
    rows, sealed = _still_there(reader, page)
    there = [one for one in page if one.record in rows]
    written = reader.written(there, sealed)
    marked = {fit: finder(question, *met[:fit]) for fit in {one.fit for one in there}}
    return [
        _hit(one, rows[one.record], written[one.record], marked[one.fit], width) for one in there
    ]


def _still_there(reader: Reader, page: Sequence[Candidate]) -> tuple[dict[str, Row], list[Row]]:
    """The rows of those records that are still of the ward under which they were found (of that
    chart, and, if one was kept to those who treat meanwhile, not of what everybody who cares may
    read), and of those among them that are signed."""
    wards = {one.held: reader.held[one.held].ward for one in page}
    of_ward = {nth: (one.chart, Label.RESTRICTED in one.labels) for nth, one in wards.items()}
    under = {one.record: of_ward[one.held] for one in page}
    rows, sealed = dict[str, Row](), list[Row]()
    for row in statements.fetch_among(_SHOWN, list(under), reader.presence.person):
        record = row[0]
        if under[record] == (row[3], row[10]):
            rows[record] = row
            if row[2] is not None:
                sealed.append(row)
    return rows, sealed


def _hit(one: Candidate, row: Row, contents: Sequence[Content], marked: Finder, width: int) -> Hit:
    record, _, _, chart, author, at, state, private, part2, shelf, restricted = row
    return Hit(
        record,
        chart,
        _title(one.kind, shelf, contents),
        author,
        moment_written(at),
        state,
        private == 1,
        part2 == 1,
        snippet(marked, _passages(one.kind, contents), width),
        one.fit == NEARLY,
        restricted == 1,
    )


def _title(kind: str, shelf: str, contents: Sequence[Content]) -> str:
    known = kinds.KINDS.get(kind)
    if known is None or not contents:
        return kinds.SHELVES.get(shelf, "Record")
    return known.titled(contents[0].form)
