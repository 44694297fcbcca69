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
from operator import itemgetter
from typing import Any

from django.db import transaction

from stillroom.access import Label, Ward
from stillroom.chart import kinds, rules, sheets
from stillroom.chart.contents import Content
from stillroom.chart.models import Record
from stillroom.chart.search import Entry, Index, IndexUnreadable, Pairs, Part, neighbours, words
from stillroom.phi import Presence, across, statements
from stillroom.practice.queries import moment_written

_CHART = "chart"
RESTRICTED = "restricted"
"""In the place of an author: the index of what is kept to those who treat."""
_AT_ONCE = 200
"""Records whose words are asked of the database at once."""

# One upsert, because every signature waits for it.
_MARK = """
    INSERT INTO chart_wordindex (chart, author, marked, made) VALUES (%s, %s, 1, -1)
    ON CONFLICT (chart, author) DO UPDATE SET marked = chart_wordindex.marked + 1
"""
# One statement, so that what is read of an index is of one count.
_ALL_OF = """
    SELECT whole.chart, whole.author, whole.marked, whole.made, part.number, part.sealed
    FROM chart_wordindex whole LEFT JOIN chart_wordpart part
      ON part.chart = whole.chart AND part.author = whole.author AND part.number IN ({numbers})
    WHERE whole.chart IN ({charts})
"""
_MORE_OF = """
    SELECT chart, author, number, sealed FROM chart_wordpart
    WHERE number = {number} AND chart IN ({charts})
"""
_RESTRICTED_IN = "SELECT DISTINCT chart FROM chart_record WHERE restricted AND chart IN ({charts})"
_KEEP = """
    INSERT INTO chart_wordindex (chart, author, marked, made) VALUES (%s, %s, %s, %s)
    ON CONFLICT (chart, author) DO UPDATE SET made = excluded.made
    WHERE chart_wordindex.made <= excluded.made
"""
_KEEP_PART = """
    INSERT INTO chart_wordpart (chart, author, number, sealed) VALUES (%s, %s, %s, %s)
    ON CONFLICT (chart, author, number) DO UPDATE SET sealed = excluded.sealed
"""
_CLEAR = "DELETE FROM chart_wordpart WHERE chart = %s AND author = %s AND number > 0"
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
    for name in ("", RESTRICTED):
        statements.carry_out(_MARK, (record.chart, name))


def mark(record: Record) -> None:
    """Say that something was signed in a record. Call it in the transaction that signs."""
    author = record.author if record.private else RESTRICTED if record.restricted else ""
    statements.carry_out(_MARK, (record.chart, author))


class Kept:
    """Indexes of some charts as they lie on the disk: their counts, and the parts that were asked
    for. A part that is asked for later is read for all of them at once."""

    def __init__(self, charts: Iterable[str], parts: Iterable[int]) -> None:
        self._charts = list(charts)
        self._read = set(parts)
        self._counts: dict[tuple[str, str], tuple[int, int]] = {}
        self._sealed: dict[tuple[str, str, int], bytes] = {}
        numbers = ", ".join(map(str, sorted(self._read))) or "-1"  # none: the counts alone
        for chart, author, marked, made, number, sealed in _asked(
            _ALL_OF, self._charts, numbers=numbers
        ):
            self._counts[chart, author] = marked, made
            if number is not None:
                self._sealed[chart, author, number] = bytes(sealed)

    def counts(self, chart: str, author: str) -> tuple[int, int]:
        """How often something was signed, and how much of it is in the index; -1 for no index."""
        return self._counts.get((chart, author), (0, -1))

    def part(self, chart: str, author: str, number: int) -> bytes:
        """A part of one of them, sealed. `IndexUnreadable` where there is none."""
        if number not in self._read:
            self._read.add(number)
            for one, who, _, sealed in _asked(_MORE_OF, self._charts, number=str(number)):
                self._sealed[one, who, number] = bytes(sealed)
        try:
            return self._sealed[chart, author, number]
        except KeyError:
            raise IndexUnreadable from None


def _asked(query: str, charts: Sequence[str], **numbers: str) -> list[tuple[Any, ...]]:
    if not charts:
        return []
    marks = ", ".join(["%s"] * len(charts))
    return statements.fetch_all(query.format(charts=marks, **numbers), charts)


def index_of(presence: Presence, held: across.Held, kept: Kept) -> tuple[Index, Pairs]:
    """The index of what one ring seals, as of now, and what lies beside it for phrases.

    Its parts open when they are asked; one that cannot be read says so then (`IndexUnreadable`),
    and whoever asked has `made_anew` make another.
    """
    marked, made = kept.counts(held.ward.chart, shelf(held))
    index = pairs = None
    if made >= 0:
        part = _opening(presence, held, kept, made)
        try:
            index = Index.decoded(part)
            pairs = Pairs.decoded(len(index), part)
            if made != marked:
                return _caught_up(presence, held, marked, index, pairs)
            return index, pairs
        except IndexUnreadable:
            pass
    return made_anew(presence, held, kept)


def made_anew(presence: Presence, held: across.Held, kept: Kept) -> tuple[Index, Pairs]:
    """The same from the records themselves, whatever lies on the disk."""
    marked, _ = kept.counts(held.ward.chart, shelf(held))
    return _caught_up(presence, held, marked, Index.of_words(()), Pairs.of(()))


def _opening(presence: Presence, held: across.Held, kept: Kept, made: int) -> Part:
    chart, author = held.ward.chart, shelf(held)

    def part(number: int) -> bytes:
        sealed = kept.part(chart, author, number)
        written = across.open_copy(presence, held, author or _CHART, _name(number), made, sealed)
        if written is None:
            raise IndexUnreadable
        return written

    return part


def _name(number: int) -> str:
    """What a part of an index is called in the place to which its seal is bound."""
    return f"words {number}"


def _keep(presence: Presence, held: across.Held, marked: int, index: Index, pairs: Pairs) -> None:
    """Seal both. If somebody signed meanwhile, the count has moved and the next search catches
    up; if somebody kept a newer one, that stays."""
    chart, author = held.ward.chart, shelf(held)
    sealed = [
        (
            chart,
            author,
            number,
            across.seal(presence, held, author or _CHART, _name(number), marked, written),
        )
        for number, written in (index.encoded() | pairs.encoded()).items()
    ]
    with transaction.atomic():
        if statements.carry_out(_KEEP, (chart, author, marked, marked)):
            statements.carry_out_each(_KEEP_PART, sealed)
            if not len(index):  # what stood there has gone to another index
                statements.carry_out(_CLEAR, (chart, author))


def _caught_up(
    presence: Presence, held: across.Held, marked: int, index: Index, pairs: Pairs
) -> tuple[Index, Pairs]:
    """The index with what was signed since; made anew where it knows more than is there."""
    signed = {one.record: one for one in _signed(held)}
    known = {one.record: one for one in index.entries()}
    gone = [one for one in known if one not in signed]
    if gone or any(signed[one].revisions < known[one].revisions for one in known):
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
    restricted = Label.RESTRICTED in held.ward.labels
    values = (held.ward.chart, bool(author), restricted, author, author)
    return [
        Entry(record, int(moment_written(at).timestamp()), kind, who, count)
        for record, kind, who, at, count in statements.fetch_all(_SIGNED, values)
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
    read = statements.fetch_each(_WORDS.format(", ".join(["%s"] * len(some))), some)
    unread = (row for row in read if row[1] > known[row[0]].revisions)
    opened = across.open_rows(presence, held, "revision", unread, rules.decode)
    return [(row[0], row[1], content) for row, content in opened]
