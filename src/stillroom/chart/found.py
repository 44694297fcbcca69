"""From candidates to what is shown: records opened, phrases looked up, entries written, snippets.

Rules (P1): the charts were opened by `phi.across.hold` after its entry; before the words of a
record are shown, its own chart has an entry that names it. A row is looked at again before it is
shown, because an index may be older than a stroke.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from stillroom.access import Label, Ward
from stillroom.chart import indexing, kinds, rules
from stillroom.chart.contents import Content
from stillroom.chart.search import (
    Forms,
    Question,
    Snippet,
    Spellings,
    finder,
    holds_phrases,
    snippet,
)
from stillroom.phi import Presence, across, bridge, statements
from stillroom.practice.queries import moment

NEARLY = 2
"""The fit of a record that is found by a near spelling only."""
_AT_ONCE = 40


class Hit(NamedTuple):
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


class Candidate(NamedTuple):
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
        self._written: dict[str, list[bytes]] = {}
        self._drafts: dict[str, list[bytes]] = {}

    def keep_drafts(self, written: Mapping[str, bytes]) -> None:
        """Drafts that were opened already, by record."""
        self._drafts |= {record: [words] for record, words in written.items()}

    def written(
        self, some: Sequence[Candidate], sealed: Sequence[Row] | None = None
    ) -> dict[str, list[bytes]]:
        """What was signed in each of these records, in order, as it was sealed; from rows that the
        caller read, or that are read now."""
        known = self._drafts.keys() | self._written.keys()
        wanted = {one.record: one.held for one in some if one.record not in known}
        self._open(wanted, _asked(_SEALED, list(wanted)) if sealed is None else sealed)
        return {
            one.record: self._drafts.get(one.record) or self._written.get(one.record, [])
            for one in some
        }

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
            for row, words in across.open_rows(self.presence, self.held[nth], "revision", rows):
                self._written.setdefault(row[0], []).append(words)


def _passages(kind: str, contents: Sequence[Content]) -> list[tuple[str, str]]:
    return [each for content in contents for each in indexing.passages(kind, content)]


# Put in order afterwards: the database would carry sealed words while it sorts.
_SEALED = "SELECT record_id, number, sealed FROM chart_revision WHERE record_id IN ({})"
_SHOWN = """
    SELECT record.id, record.chart, record.author, record.occurred_at, record.state,
           record.private, record.part2, record.kind, record.restricted,
           revision.number, revision.sealed
    FROM chart_record record LEFT JOIN chart_revision revision ON revision.record_id = record.id
    WHERE record.id IN ({})
      AND (record.author = %s OR (NOT record.private AND record.state <> 'draft'))
"""


def _asked(query: str, ids: Sequence[str], *more: Any) -> list[Any]:
    if not ids:
        return []
    return statements.fetch_all(query.format(", ".join(["%s"] * len(ids))), (*ids, *more))


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


def _holds(question: Question, kind: str, written: Sequence[bytes]) -> bool:
    contents = [rules.decode(one) for one in written]
    return holds_phrases(question, [text for _, text in _passages(kind, contents)])


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
) -> Iterator[Hit]:
    """The page's records as they stand now. One that may no longer be known of is left out, and is
    not opened."""
    rows, sealed = dict[str, Row](), list[Row]()
    under = {one.record: reader.held[one.held].ward for one in page}
    for row in _asked(_SHOWN, list(under), reader.presence.person):
        if _still_under(row, under[row[0]]):
            rows[row[0]] = row
            if row[-1] is not None:
                sealed.append((row[0], row[-2], row[-1]))
    there = [one for one in page if one.record in rows]
    written = reader.written(there, sealed)
    forms, spellings = met
    marked = (finder(question), finder(question, forms), finder(question, forms, spellings))
    for one in there:
        record, chart, author, occurred_at, state, private, part2, shelf, restricted, *_ = rows[
            one.record
        ]
        contents = [rules.decode(words) for words in written[record]]
        passages = _passages(one.kind, contents)
        yield Hit(
            record,
            chart,
            _title(one.kind, shelf, contents),
            author,
            moment(occurred_at),
            state,
            bool(private),
            bool(part2),
            snippet(marked[one.fit], passages, width),
            one.fit == NEARLY,
            bool(restricted),
        )


def _still_under(row: Sequence[Any], ward: Ward) -> bool:
    """Whether a row is of the ward under which it was found: of that chart, and, if it was kept to
    those who treat meanwhile, not of what everybody who cares may read."""
    return row[1] == ward.chart and bool(row[8]) == (Label.RESTRICTED in ward.labels)


def _title(kind: str, shelf: str, contents: Sequence[Content]) -> str:
    known = kinds.KINDS.get(kind)
    if known is None or not contents:
        return kinds.SHELVES.get(shelf, "Record")
    return known.titled(contents[0].form)
