"""The sealed index of a chart's words: marked by whoever signs, caught up by who searches.

Rules: there is one index of what the chart's ring seals, one of what is kept to those who treat,
and one of each author's private notes; whoever may not read such records never opens their index.
It lies on the disk only sealed, under the ring of the records that it is made from, so
whoever loses the ring loses the index with it. Signing opens no index; it adds one to a count, in
its own transaction. The next search sees that the count moved, opens what is new, and seals the
index again. An index that cannot be read, or knows more than is there, is made anew. Whatever is
lost of it is lost of a copy: the records are the truth.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.db import connection

from stillroom.access import Label, Ward
from stillroom.chart import kinds, rules, sheets
from stillroom.chart.contents import Content
from stillroom.chart.models import Record
from stillroom.chart.search import Entry, Index, IndexUnreadable, Pairs, neighbours, words
from stillroom.phi import Presence, across
from stillroom.practice.queries import moment

_PART, _PAIRS = "words", "pairs"
_CHART = "chart"
RESTRICTED = "restricted"
"""In the place of an author: the index of what is kept to those who treat."""
_AT_ONCE = 200
"""Records whose words are asked of the database at once."""

# One upsert, because every signature waits for it.
_MARK = """
    INSERT INTO chart_wordindex (chart, author, marked, made, sealed, pairs)
    VALUES (%s, %s, 1, -1, %s, %s)
    ON CONFLICT (chart, author) DO UPDATE SET marked = chart_wordindex.marked + 1
"""
_ALL_OF = "SELECT chart, author, marked, made, sealed FROM chart_wordindex WHERE chart IN ({})"
_PAIRS_OF = """
    SELECT chart, author, made, pairs FROM chart_wordindex WHERE chart IN ({})
"""
_RESTRICTED_IN = "SELECT DISTINCT chart FROM chart_record WHERE restricted AND chart IN ({})"
_KEEP = """
    INSERT INTO chart_wordindex (chart, author, marked, made, sealed, pairs)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (chart, author) DO UPDATE
    SET made = excluded.made, sealed = excluded.sealed, pairs = excluded.pairs
    WHERE chart_wordindex.made <= excluded.made
"""
_SIGNED = """
    SELECT record.id, record.kind, record.author, CAST(record.occurred_at AS text), count(*)
    FROM chart_record record JOIN chart_revision revision ON revision.record_id = record.id
    WHERE record.chart = %s AND record.state <> 'draft' AND record.private = %s
      AND record.restricted = %s AND (%s = '' OR record.author = %s)
    GROUP BY record.id, record.kind, record.author, record.occurred_at
"""
_WORDS = """
    SELECT revision.record_id, revision.number, revision.sealed FROM chart_revision revision
    WHERE revision.record_id IN ({})
"""


def passages(kind: str, content: Content) -> Sequence[tuple[str, str]]:
    """What stands in a content of a record of this kind, as (heading, text)."""
    known = kinds.KINDS.get(kind)
    if known is None or not content.answers:
        return [(part.name, part.text) for part in content.sections]
    return sheets.passages(known, content)


def with_restricted(charts: Sequence[str]) -> frozenset[str]:
    """Those of some charts in which something is kept to those who treat. Who may know it, the gate
    says of each."""
    return frozenset(chart for (chart,) in _asked(_RESTRICTED_IN, charts))


def restricted_ward(chart: str) -> Ward:
    """What is kept to those who treat of a chart, and nothing else."""
    return Ward(chart=chart, labels=frozenset({Label.CLINICAL, Label.PART2, Label.RESTRICTED}))


def shelf(held: across.Held) -> str:
    """Under which name an index lies on the disk, beside its chart's."""
    return RESTRICTED if Label.RESTRICTED in held.ward.labels else held.author


def mark_moved(record: Record) -> None:
    """Say that a record has gone from one index of its chart to another, or will."""
    with connection.cursor() as cursor:
        for name in ("", RESTRICTED):
            cursor.execute(_MARK, (record.chart, name, b"", b""))


def mark(record: Record) -> None:
    """Say that something was signed in a record. Call it in the transaction that signs."""
    author = record.author if record.private else RESTRICTED if record.restricted else ""
    with connection.cursor() as cursor:
        cursor.execute(_MARK, (record.chart, author, b"", b""))


class Kept(dict[tuple[str, str], tuple[int, int, bytes]]):
    """Indexes as they lie on the disk, by chart and author: marked, made, sealed."""

    @classmethod
    def of(cls, charts: Iterable[str]) -> "Kept":
        """Those of some charts."""
        return cls(
            ((chart, author), (marked, made, bytes(sealed)))
            for chart, author, marked, made, sealed in _asked(_ALL_OF, list(charts))
        )


class KeptPairs(dict[tuple[str, str], tuple[int, bytes]]):
    """What lies beside them for phrases: made, sealed."""

    @classmethod
    def of(cls, charts: Iterable[str]) -> "KeptPairs":
        """Those of some charts."""
        return cls(
            ((chart, author), (made, bytes(sealed)))
            for chart, author, made, sealed in _asked(_PAIRS_OF, list(charts))
        )


def _asked(query: str, charts: Sequence[str]) -> list[tuple[Any, ...]]:
    if not charts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(query.format(", ".join(["%s"] * len(charts))), charts)
        return list(cursor.fetchall())


def index_of(presence: Presence, held: across.Held, kept: Kept) -> Index:
    """The index of what one ring seals, as of now."""
    marked, made, sealed = kept.get((held.ward.chart, shelf(held)), (0, -1, b""))
    index = _opened(presence, held, made, sealed) if made >= 0 else None
    if index is not None and made == marked:
        return index
    return _caught_up(presence, held, marked, index)[0]


def with_pairs(
    presence: Presence, held: across.Held, kept: Kept, pairs: KeptPairs
) -> tuple[Index, Pairs]:
    """The same for a phrase: with which words stand side by side."""
    name = (held.ward.chart, shelf(held))
    marked, made, sealed = kept.get(name, (0, -1, b""))
    index = _opened(presence, held, made, sealed) if made >= 0 else None
    if index is not None and made == marked:
        beside = _opened_pairs(presence, held, pairs, len(index))
        if beside is not None and pairs[name][0] == made:
            return index, beside
    return _caught_up(presence, held, marked, index)


def _opened(presence: Presence, held: across.Held, made: int, sealed: bytes) -> Index | None:
    written = across.open_copy(presence, held, shelf(held) or _CHART, _PART, made, sealed)
    try:
        return Index.decoded(written) if written is not None else None
    except IndexUnreadable:
        return None


def _opened_pairs(
    presence: Presence, held: across.Held, kept: KeptPairs, size: int
) -> Pairs | None:
    made, sealed = kept.get((held.ward.chart, shelf(held)), (-1, b""))
    if not sealed:  # made by a version that knew of none
        return None
    written = across.open_copy(presence, held, shelf(held) or _CHART, _PAIRS, made, sealed)
    return Pairs.decoded(written, size) if written is not None else None


def _keep(presence: Presence, held: across.Held, marked: int, index: Index, pairs: Pairs) -> None:
    """Seal both. If somebody signed meanwhile, the count has moved and the next search catches
    up."""
    record = shelf(held) or _CHART
    sealed = across.seal(presence, held, record, _PART, marked, index.encoded())
    beside = across.seal(presence, held, record, _PAIRS, marked, pairs.encoded())
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, (held.ward.chart, shelf(held), marked, marked, sealed, beside))


def _caught_up(
    presence: Presence, held: across.Held, marked: int, index: Index | None
) -> tuple[Index, Pairs]:
    """The index with what was signed since; made anew where it knows more than is there, or where
    nothing lies beside it for phrases."""
    signed = {one.record: one for one in _signed(held)}
    known = {one.record: one for one in index.entries()} if index is not None else {}
    pairs = None
    if index is not None:
        kept = KeptPairs.of([held.ward.chart])
        pairs = _opened_pairs(presence, held, kept, len(index))
    gone = [one for one in known.values() if one.record not in signed]
    read_more = any(signed[one].revisions < known[one].revisions for one in known if one in signed)
    if index is None or pairs is None or gone or read_more:
        index, pairs, known = Index.of_words(()), Pairs.of(()), {}
    read = {name: known.get(name, signed[name]._replace(revisions=0)) for name in signed}
    behind = {name: one for name, one in read.items() if one.revisions < signed[name].revisions}
    fresh = _fresh(presence, held, behind)
    index = index.with_more(
        (signed[name]._replace(kind=one.kind), one.words) for name, one in fresh.items()
    )
    number = {one.record: nth for nth, one in enumerate(index.entries())}
    beside = {number[name]: one.neighbours for name, one in fresh.items()}
    pairs = pairs.with_more(len(index), beside)
    _keep(presence, held, marked, index, pairs)
    return index, pairs


def _signed(held: across.Held) -> list[Entry]:
    """The signed records under a ring, and how many revisions each has."""
    author = held.author
    with connection.cursor() as cursor:
        restricted = Label.RESTRICTED in held.ward.labels
        cursor.execute(_SIGNED, (held.ward.chart, bool(author), restricted, author, author))
        return [
            Entry(record, int(moment(datetime.fromisoformat(at)).timestamp()), kind, who, count)
            for record, kind, who, at, count in cursor.fetchall()
        ]


@dataclass
class _Fresh:
    """What was read of a record: what it is, its words, and which stand side by side."""

    kind: str
    words: set[str] = field(default_factory=set)
    neighbours: set[int] = field(default_factory=set)


def _fresh(presence: Presence, held: across.Held, known: Mapping[str, Entry]) -> dict[str, _Fresh]:
    """What stands in the revisions after those that were read.

    What a record is, its first revision says; its shelf is known until that was read.
    """
    found: dict[str, _Fresh] = {}
    behind = list(known)
    for start in range(0, len(behind), _AT_ONCE):
        some = behind[start : start + _AT_ONCE]
        for record, number, content in sorted(_unread(presence, held, known, some), key=_IN_ORDER):
            one = found.setdefault(record, _Fresh(known[record].kind))
            if number == 1:
                one.kind = content.kind or one.kind
            texts = [text for _, text in passages(one.kind, content)]
            for text in texts:
                one.words.update(words(text))
            one.neighbours |= neighbours(texts)
    return found


_IN_ORDER = itemgetter(0, 1)


def _unread(
    presence: Presence, held: across.Held, known: Mapping[str, Entry], some: Sequence[str]
) -> list[tuple[str, int, Content]]:
    """Revisions that nobody has read for the index: record, number, content."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS.format(", ".join(["%s"] * len(some))), some)
        unread = (row for row in cursor if row[1] > known[row[0]].revisions)
        opened = across.open_rows(presence, held, "revision", unread)
        return [(row[0], row[1], rules.decode(written)) for row, written in opened]
