"""The index of one chart: which words stand in which of its records.

A value like any other of the record: made from words, sealed, opened. It says which words a record
holds and not where, so a phrase is looked up in the records that hold its words. Records are
numbered as they come, the oldest first; sets of records are whole numbers whose bits they are,
because joining such sets is what a question does most.

It lies in parts, each sealed by itself, and opens those that a question needs:

    0          the records, in columns: identifiers of 26 letters side by side; seconds since 1970;
               kinds and authors by number; how many revisions were read
    1          the words that may be meant by another spelling, by their length, backwards, without
               who holds them (`spellings`)
    2 to 17    the words on sixteen leaves, each with the records that hold it (`leaves`)

Part 0 begins with the number of the format, 2 (msgpack). What lies in further parts for phrases
says `pairs`.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice, takewhile
from typing import NamedTuple, TypeVar

import msgspec

from stillroom.chart.search.leaves import LEAVES, Leaf, leaf_of, leaves_of
from stillroom.chart.search.near import may_be_near
from stillroom.chart.search.packing import (
    Packed,
    as_bits,
    bits,
    blocks_of,
    by_number,
    column,
    numbers,
    packed,
    unpacked,
    width,
)
from stillroom.chart.search.words import words
from stillroom.kernel import StillroomError

_FORMAT = 2
_ID = 26
_MOST_REVISIONS = (1 << 16) - 1
RECORDS, SPELLINGS, WORDS = 0, 1, 2
"""Numbers of parts; of the leaves, that of the first."""

Part = Callable[[int], bytes]
"""Gives what stands in a part, by its number; `IndexUnreadable` if it cannot be read."""


class IndexUnreadable(StillroomError):
    """Bytes that are no index; whoever holds the records makes it anew."""

    what = "this index of a chart cannot be read"
    usual_advice = "Search again; it is made anew from the records."


class Entry(NamedTuple):
    """A record as an index knows it, beside its words."""

    record: str
    at: int
    """When it was, in seconds since 1970."""
    kind: str
    author: str
    revisions: int = 1
    """How many of its revisions have been read."""


class Records(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The records of an index in columns, by their number."""

    format: int
    ids: str
    in_order: bool
    """Whether the records stand by their time, the oldest first."""
    moments: bytes
    kinds: tuple[str, ...]
    kind_of: bytes
    authors: tuple[str, ...]
    author_of: bytes
    revisions: bytes

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "Records":
        """Those of some entries, in their order."""
        moments = [entry.at for entry in entries]
        kinds, kind_of = by_number(entry.kind for entry in entries)
        authors, author_of = by_number(entry.author for entry in entries)
        return cls(
            _FORMAT,
            "".join([entry.record for entry in entries]),
            moments == sorted(moments),
            column("q", moments),
            kinds,
            kind_of,
            authors,
            author_of,
            column("H", [min(one.revisions, _MOST_REVISIONS) for one in entries]),
        )


class Index:
    """Made by `build`, kept as parts by `encoded`; read again, each part when it is needed."""

    def __init__(self, records: Records, leaves: dict[int, Leaf], part: Part | None = None) -> None:
        self._records, self._leaves, self._part = records, leaves, part
        self._size = len(records.ids) // _ID
        self._spellings: dict[int, str] | None = None

    @classmethod
    def build(cls, texts: Iterable[tuple[Entry, Iterable[tuple[str, str]]]]) -> "Index":
        """From records and their passages (heading, text). Headings are not searched."""
        return cls.of_words(
            (entry, {word for _, text in passages for word in words(text)})
            for entry, passages in texts
        )

    @classmethod
    def of_words(cls, held: Iterable[tuple[Entry, set[str]]]) -> "Index":
        """From records and the words in each."""
        found = sorted(held, key=_by_time)
        where: dict[str, list[int]] = {}
        for nth, (_, own) in enumerate(found):
            for word in own:
                where.setdefault(word, []).append(nth)
        size = len(found)
        dealt: list[dict[str, Packed]] = [{} for _ in range(LEAVES)]
        for word, members in where.items():
            dealt[leaf_of(word)][word] = packed(members, size)
        leaves = {nth: Leaf.of(sets) for nth, sets in enumerate(dealt)}
        return cls(Records.of([entry for entry, _ in found]), leaves)

    def with_more(self, more: Iterable[tuple[Entry, set[str]]]) -> "Index":
        """With records that are new, and with words that were added to others."""
        entries = list(self.entries())
        number = {entry.record: nth for nth, entry in enumerate(entries)}
        dealt: dict[int, dict[str, list[int]]] = {}
        for entry, own in sorted(more, key=_by_time):
            nth = number.setdefault(entry.record, len(entries))
            entries[nth : nth + 1] = [entry]
            for word in own:
                dealt.setdefault(leaf_of(word), {}).setdefault(word, []).append(nth)
        leaves = {
            nth: self._grown(self._leaf(nth), dealt.get(nth, {}), len(entries))
            for nth in range(LEAVES)
        }
        return Index(Records.of(entries), leaves)

    def _grown(self, leaf: Leaf, added: Mapping[str, list[int]], size: int) -> Leaf:
        """A leaf with more holders, where there are `size` records."""
        same = width(size) == width(self._size)
        if same and not added:
            return leaf
        sets = leaf.sets()
        if not same:
            sets = {
                word: packed(sorted(bits(unpacked(one, self._size))), size)
                for word, one in sets.items()
            }
        for word, members in added.items():
            before = unpacked(sets[word], size) if word in sets else 0
            sets[word] = packed(sorted({*members, *bits(before)}), size)
        return Leaf.of(sets)

    def __len__(self) -> int:
        return self._size

    @property
    def all(self) -> int:
        """The set of every record."""
        return (1 << self._size) - 1

    def encoded(self) -> dict[int, bytes]:
        """The index as it is sealed: its parts, by number; where there is no record, the first."""
        if not self._size:
            return {RECORDS: _encode(self._records)}
        parts = {RECORDS: _encode(self._records), SPELLINGS: _encode(self._backwards())}
        return parts | {WORDS + nth: _encode(self._leaf(nth)) for nth in range(LEAVES)}

    @classmethod
    def decoded(cls, part: Part) -> "Index":
        """The index again, or `IndexUnreadable`; that also later, when a further part is read."""
        records = _read(_records, part(RECORDS))
        if records.format != _FORMAT:
            raise IndexUnreadable
        return cls(records, {}, part)

    def _leaf(self, nth: int) -> Leaf:
        found = self._leaves.get(nth)
        if found is None:
            part = self._part if self._size else None
            found = _read(_leaf, part(WORDS + nth)) if part else Leaf.of({})
            self._leaves[nth] = found
        return found

    def words(self) -> Iterator[str]:
        """All words, leaf by leaf."""
        for nth in range(LEAVES):
            yield from self._leaf(nth).sets()

    def _backwards(self) -> dict[int, str]:
        return blocks_of(word[::-1] for word in self.words() if may_be_near(word))

    def entry(self, nth: int) -> Entry:
        """One record by its number."""
        records = self._records
        return Entry(
            records.ids[nth * _ID : (nth + 1) * _ID],
            numbers("q", records.moments)[nth],
            records.kinds[numbers("H", records.kind_of)[nth]],
            records.authors[numbers("H", records.author_of)[nth]],
            numbers("H", records.revisions)[nth],
        )

    def named(self, found: Iterable[int]) -> list[tuple[str, str]]:
        """The records of these numbers, each with its kind, in the same order."""
        records = self._records
        ids, kinds, kind_of = records.ids, records.kinds, numbers("H", records.kind_of)
        return [(ids[nth * _ID : (nth + 1) * _ID], kinds[kind_of[nth]]) for nth in found]

    def newest(
        self, found: int, most: int | None = None, since: int | None = None
    ) -> list[tuple[int, int]]:
        """The members of a set, the newest first, each after its time; so many at most, and none
        that is older than `since`."""
        moments = numbers("q", self._records.moments)
        if self._records.in_order:
            some = [(moments[nth], nth) for nth in islice(bits(found), most)]
            if since is not None and some and some[-1][0] < since:
                return list(takewhile(lambda one: one[0] >= since, some))
            return some
        every = sorted(((moments[nth], nth) for nth in bits(found)), reverse=True)[:most]
        return every if since is None else [one for one in every if one[0] >= since]

    def entries(self) -> Iterator[Entry]:
        """All records, in the order of their numbers."""
        records = self._records
        ids, kinds, authors = records.ids, records.kinds, records.authors
        columns = zip(
            numbers("q", records.moments),
            numbers("H", records.kind_of),
            numbers("H", records.author_of),
            numbers("H", records.revisions),
            strict=True,
        )
        for nth, (at, kind, author, revisions) in enumerate(columns):
            record = ids[nth * _ID : (nth + 1) * _ID]
            yield Entry(record, at, kinds[kind], authors[author], revisions)

    def with_word(self, word: str) -> int:
        """The set of records that hold a word."""
        return self._leaf(leaf_of(word)).with_word(word, self._size)

    def with_beginning(self, letters: str) -> int:
        """The set of records that hold a word which begins so."""
        found = 0
        for _, holders in self.words_beginning(letters):
            found |= holders()
        return found

    def words_beginning(
        self, letters: str, sizes: range | None = None
    ) -> Iterator[tuple[str, Callable[[], int]]]:
        """The words that begin so (of these sizes), each with what gives the set of records that
        hold it."""
        for nth in leaves_of(letters):
            leaf = self._leaf(nth)
            for number, word in leaf.beginning(letters, sizes):
                yield word, partial(leaf.holding, number, self._size)

    def spelled_to_end(self, letters: str, sizes: range) -> Iterator[str]:
        """Words of these sizes that end so, of those that may be meant by another spelling."""
        backwards = letters[::-1]
        for size, block in self._spelled(sizes):
            count = len(block) // size
            at = bisect_left(range(count), backwards, key=partial(_word_at, block, size))
            while at < count and block.startswith(backwards, at * size):
                yield _word_at(block, size, at)[::-1]
                at += 1

    def spelled_with(self, letters: str, sizes: range, places: Iterable[int]) -> Iterator[str]:
        """The same in which some letters begin at one of these places."""
        backwards = letters[::-1]
        for size, block in self._spelled(sizes):
            fitting = {size - place - len(letters) for place in places}
            at = block.find(backwards)
            while at >= 0:
                if at % size in fitting:
                    yield _word_at(block, size, at // size)[::-1]
                at = block.find(backwards, at + 1)

    def _spelled(self, sizes: range) -> Iterator[tuple[int, str]]:
        """Words that may be meant by another spelling, by their size: backwards, side by side."""
        if self._spellings is None:
            part = self._part if self._size else None
            self._spellings = _read(_spelled, part(SPELLINGS)) if part else self._backwards()
        for size in sizes:
            if block := self._spellings.get(size):
                yield size, block

    def words_by_record(self) -> list[tuple[Entry, set[str]]]:
        """Everything again, as `of_words` took it."""
        held: list[tuple[Entry, set[str]]] = [(entry, set()) for entry in self.entries()]
        for nth in range(LEAVES):
            for word, one in self._leaf(nth).sets().items():
                for member in bits(unpacked(one, self._size)):
                    held[member][1].add(word)
        return held

    def within(self, earliest: int | None, latest: int | None) -> int:
        """The set of records from one moment on and before another."""
        moments = numbers("q", self._records.moments)
        if self._records.in_order:
            first = 0 if earliest is None else bisect_left(moments, earliest)
            end = len(self) if latest is None else bisect_left(moments, latest)
            return (1 << max(first, end)) - (1 << first)
        least = -1 << 63 if earliest is None else earliest
        most = 1 << 63 if latest is None else latest
        return as_bits((nth for nth, at in enumerate(moments) if least <= at < most), len(self))

    def of_kinds(self, kinds: frozenset[str]) -> int:
        """The set of records of these kinds."""
        return _matching(self._records.kinds, self._records.kind_of, kinds)

    def by_authors(self, authors: frozenset[str]) -> int:
        """The set of records of these authors."""
        return _matching(self._records.authors, self._records.author_of, authors)


_encode = msgspec.msgpack.Encoder().encode
_records = msgspec.msgpack.Decoder(Records).decode
_leaf = msgspec.msgpack.Decoder(Leaf).decode
_spelled = msgspec.msgpack.Decoder(dict[int, str]).decode
T = TypeVar("T")


def _read(decode: Callable[[bytes], T], written: bytes) -> T:
    try:
        return decode(written)
    except msgspec.MsgspecError:
        raise IndexUnreadable from None


def _word_at(block: str, size: int, nth: int) -> str:
    return block[nth * size : (nth + 1) * size]


def _by_time(one: tuple[Entry, set[str]]) -> tuple[int, str]:
    return one[0].at, one[0].record


def _matching(names: tuple[str, ...], column_of: bytes, wanted: frozenset[str]) -> int:
    chosen = {number for number, name in enumerate(names) if name in wanted}
    which = numbers("H", column_of)
    return as_bits((nth for nth, number in enumerate(which) if number in chosen), len(which))
