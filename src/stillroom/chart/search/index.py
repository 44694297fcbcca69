"""The index of one chart: which words stand in which of its records.

A value like any other of the record: made from words, sealed as a whole, opened as a whole. It says
which words a record holds and not where, so a phrase is looked up in the records that hold its
words. Records are numbered newest first; sets of records are whole numbers whose bits they are,
because joining such sets is what a question does most.

Format 1 (msgpack): records in columns (identifiers of 26 letters side by side; seconds since 1970;
kinds and authors by number; how many revisions were read), words by their length, each length a
text of words side by side in order (so that one is found by halving), and for each word the records
that hold it: as a list of numbers where that is shorter, else as bits.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

import msgspec

from stillroom.chart.search.packing import (
    Packed,
    as_bits,
    bits,
    blocks_of,
    by_number,
    column,
    first_from,
    in_order,
    numbers,
    packed,
    packed_set,
    side_by_side,
    taken_apart,
    unpacked,
    width,
)
from stillroom.chart.search.words import words
from stillroom.kernel import StillroomError

_FORMAT = 1
_ID = 26
_MOST_REVISIONS = (1 << 16) - 1


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


class Index(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Made by `build`, kept as bytes by `encoded`."""

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
    blocks: dict[int, str]
    places: bytes
    holders: bytes

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
        sets = {word: packed(members, size) for word, members in where.items()}
        return cls._of([entry for entry, _ in found], sets)

    @classmethod
    def _of(cls, entries: Sequence[Entry], sets: Mapping[str, Packed]) -> "Index":
        moments = [entry.at for entry in entries]
        kinds, kind_of = by_number(entry.kind for entry in entries)
        authors, author_of = by_number(entry.author for entry in entries)
        blocks = blocks_of(sets)
        places, holders = side_by_side(sets[word] for word in in_order(blocks))
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
            blocks,
            places,
            holders,
        )

    def with_more(self, more: Iterable[tuple[Entry, set[str]]]) -> "Index":
        """With records that are new, and with words that were added to others."""
        entries = list(self.entries())
        number = {entry.record: nth for nth, entry in enumerate(entries)}
        added: dict[str, list[int]] = {}
        for entry, own in sorted(more, key=_by_time):
            nth = number.setdefault(entry.record, len(entries))
            entries[nth : nth + 1] = [entry]
            for word in own:
                added.setdefault(word, []).append(nth)
        sets = dict(zip(in_order(self.blocks), self._sets(len(entries)), strict=True))
        for word, members in added.items():
            before = unpacked(sets[word], len(entries)) if word in sets else 0
            sets[word] = packed(sorted({*members, *bits(before)}), len(entries))
        return self._of(entries, sets)

    def _sets(self, size: int) -> Iterator[Packed]:
        """The holders of each word, as they are kept where there are `size` records."""
        sets = taken_apart(self.places, self.holders)
        if width(size) == width(len(self)):
            return sets
        return (packed(sorted(bits(unpacked(one, len(self)))), size) for one in sets)

    def __len__(self) -> int:
        return len(self.ids) // _ID

    @property
    def all(self) -> int:
        """The set of every record."""
        return (1 << len(self)) - 1

    def encoded(self) -> bytes:
        """The index as it is sealed."""
        return _encode(self)

    @classmethod
    def decoded(cls, written: bytes) -> "Index":
        """The index again, or `IndexUnreadable`."""
        try:
            found = _decode(written)
        except msgspec.MsgspecError:
            raise IndexUnreadable from None
        if found.format != _FORMAT:
            raise IndexUnreadable
        return found

    def entry(self, nth: int) -> Entry:
        """One record by its number."""
        return Entry(
            self.ids[nth * _ID : (nth + 1) * _ID],
            numbers("q", self.moments)[nth],
            self.kinds[numbers("H", self.kind_of)[nth]],
            self.authors[numbers("H", self.author_of)[nth]],
            numbers("H", self.revisions)[nth],
        )

    def named(self, found: Iterable[int]) -> Iterator[tuple[str, str]]:
        """The records of these numbers, each with its kind, in the same order."""
        ids, kinds, kind_of = self.ids, self.kinds, numbers("H", self.kind_of)
        for nth in found:
            yield ids[nth * _ID : (nth + 1) * _ID], kinds[kind_of[nth]]

    def newest(
        self, found: int, most: int | None = None, since: int | None = None
    ) -> list[tuple[int, int]]:
        """The members of a set, the newest first, each after its time; so many at most, and none
        that is older than `since`."""
        moments = numbers("q", self.moments)
        if self.in_order:
            some = ((moments[nth], nth) for nth in islice(bits(found), most))
            return list(some if since is None else takewhile(lambda one: one[0] >= since, some))
        every = sorted(((moments[nth], nth) for nth in bits(found)), reverse=True)[:most]
        return every if since is None else [one for one in every if one[0] >= since]

    def entries(self) -> Iterator[Entry]:
        """All records, in the order of their numbers."""
        ids, kinds, authors = self.ids, self.kinds, self.authors
        columns = zip(
            numbers("q", self.moments),
            numbers("H", self.kind_of),
            numbers("H", self.author_of),
            numbers("H", self.revisions),
            strict=True,
        )
        for nth, (at, kind, author, revisions) in enumerate(columns):
            record = ids[nth * _ID : (nth + 1) * _ID]
            yield Entry(record, at, kinds[kind], authors[author], revisions)

    def with_word(self, word: str) -> int:
        """The set of records that hold a word."""
        block, size = self.blocks.get(len(word), ""), len(word)
        at = first_from(block, size, word)
        if block[at * size : (at + 1) * size] != word:
            return 0
        return self._holders(self._before(size) + at)

    def with_beginning(self, letters: str) -> int:
        """The set of records that hold a word which begins so."""
        found, before = 0, 0
        for size, block in self.blocks.items():
            if size >= len(letters):
                at = first_from(block, size, letters)
                while block.startswith(letters, at * size):
                    found |= self._holders(before + at)
                    at += 1
                    if at * size >= len(block):
                        break
            before += len(block) // size
        return found

    def words_beginning(self, letters: str) -> Iterator[tuple[int, str]]:
        """The words that begin so, each after its number."""
        before = 0
        for size, block in self.blocks.items():
            if size >= len(letters):
                at = first_from(block, size, letters)
                while at * size < len(block) and block.startswith(letters, at * size):
                    yield before + at, block[at * size : (at + 1) * size]
                    at += 1
            before += len(block) // size

    def words_of_sizes(self, smallest: int, largest: int) -> Iterator[tuple[int, int, str]]:
        """Blocks of words: their size, the number of their first word, the words side by side."""
        before = 0
        for size, block in self.blocks.items():
            if smallest <= size <= largest:
                yield size, before, block
            before += len(block) // size

    def holders_of(self, numbers: Iterable[int]) -> int:
        """The set of records that hold one of these words, by the words' numbers."""
        found = 0
        for number in numbers:
            found |= self._holders(number)
        return found

    def words_by_record(self) -> list[tuple[Entry, set[str]]]:
        """Everything again, as `of_words` took it."""
        held: list[tuple[Entry, set[str]]] = [(entry, set()) for entry in self.entries()]
        for number, word in enumerate(in_order(self.blocks)):
            for nth in bits(self._holders(number)):
                held[nth][1].add(word)
        return held

    def within(self, earliest: int | None, latest: int | None) -> int:
        """The set of records from one moment on and before another."""
        moments = numbers("q", self.moments)
        if self.in_order:
            first = 0 if earliest is None else bisect_left(moments, earliest)
            end = len(self) if latest is None else bisect_left(moments, latest)
            return (1 << max(first, end)) - (1 << first)
        least = -1 << 63 if earliest is None else earliest
        most = 1 << 63 if latest is None else latest
        return as_bits((nth for nth, at in enumerate(moments) if least <= at < most), len(self))

    def of_kinds(self, kinds: frozenset[str]) -> int:
        """The set of records of these kinds."""
        return _matching(self.kinds, self.kind_of, kinds)

    def by_authors(self, authors: frozenset[str]) -> int:
        """The set of records of these authors."""
        return _matching(self.authors, self.author_of, authors)

    def _before(self, size: int) -> int:
        """How many words stand in the blocks before that of `size`."""
        return sum(len(block) // one for one, block in self.blocks.items() if one < size)

    def _holders(self, number: int) -> int:
        return packed_set(self.places, self.holders, number, len(self))


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Index).decode


def _by_time(one: tuple[Entry, set[str]]) -> tuple[int, str]:
    return one[0].at, one[0].record


def _matching(names: tuple[str, ...], column_of: bytes, wanted: frozenset[str]) -> int:
    chosen = {number for number, name in enumerate(names) if name in wanted}
    which = numbers("H", column_of)
    return as_bits((nth for nth, number in enumerate(which) if number in chosen), len(which))
