"""Searching what somebody may read: her charts, and in each what she wrote for herself alone.

One gate decision for each chart and ring, one entry before the first index is opened, and an entry
in each chart of which words are shown, naming the records (P1). What a person may not read is not
opened, not counted and takes no time (P4, P8). Nothing of a search is kept: not the question, not
the answer, not an opened index.

    found = search(presence, read_question('sleep "second bridge"'))
    for hit in found.hits:
        print(hit.title, hit.occurred_at, hit.snippet)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappush, heappushpop

from stillroom.access import Act, Label, Ward
from stillroom.chart import indexing, queries
from stillroom.chart.found import (
    NEARLY,
    Candidate,
    Found,
    Reader,
    hits_of,
    note_shown,
    with_phrases,
)
from stillroom.chart.search import (
    WIDTH,
    Fits,
    Forms,
    Index,
    IndexUnreadable,
    Pairs,
    Question,
    Spellings,
    asked_of,
    parts_of,
)
from stillroom.chart.unsigned import drafts_of, index_of_drafts
from stillroom.phi import NotHere, Presence, across, bridge
from stillroom.practice import queries as practice

PAGE = 20
_ROOM = 4
"""How many times more candidates are kept than will be shown, before some are let go."""
_CHARTS_AT_ONCE = 32
"""Charts whose sealed indexes lie in memory together."""


@dataclass(frozen=True)
class Narrowing:
    """Which records are asked; nothing given is no narrowing."""

    chart: str = ""
    kinds: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    since: datetime | None = None
    before: datetime | None = None


@dataclass(slots=True)
class _Tally:
    """What has been found so far, chart after chart."""

    most: int
    """How many of each kind of fit are wanted of each chart; 0 is all."""
    surely: int = 0
    nearly: int = 0
    candidates: list[Candidate] = field(default_factory=list)
    _newest: tuple[list[int], ...] = field(default_factory=lambda: ([], [], []))
    """By fit: the times of the newest so many, as a heap; what is older than its head has no
    place among them, and is not named."""

    def take(self, nth: int, index: Index, fits: Fits) -> None:
        """The records of one index: the newest of each kind of fit."""
        self.surely += (fits.exactly | fits.by_beginning).bit_count()
        self.nearly += fits.nearly.bit_count()
        for fit, found in enumerate((fits.exactly, fits.by_beginning, fits.nearly)):
            if not found:
                continue
            newest = index.newest(found, self.most or None, self._since(fit))
            self._heap(fit, newest)
            named = index.named([one for _, one in newest])
            self.candidates += [
                Candidate(fit, -at, record, nth, kind)
                for (at, _), (record, kind) in zip(newest, named, strict=True)
            ]
        if self.most and len(self.candidates) > _ROOM * self.most:
            self._make_room()

    def _since(self, fit: int) -> int | None:
        times = self._newest[fit]
        return times[0] if self.most and len(times) == self.most else None

    def _heap(self, fit: int, newest: Sequence[tuple[int, int]]) -> None:
        times = self._newest[fit]
        if not times:  # the first index that is asked, and often the only one
            times.extend([at for at, _ in reversed(newest)] if self.most else ())
            return
        for at, _ in newest if self.most else ():
            if len(times) < self.most:
                heappush(times, at)
            elif at <= heappushpop(times, at):
                break  # those that follow are older still

    def _make_room(self) -> None:
        """Let go of those that are too old to be shown."""
        self.candidates.sort()
        kept: list[Candidate] = []
        for fit in range(NEARLY + 1):
            kept += [one for one in self.candidates if one.fit == fit][: self.most]
        self.candidates = kept

    def in_order(self) -> list[Candidate]:
        """The best first. Near spellings count where fewer than a page fit without them."""
        if self.most and self.surely >= PAGE:
            self.candidates = [one for one in self.candidates if one.fit < NEARLY]
            self.nearly = 0
        return sorted(self.candidates)


def search(
    presence: Presence,
    question: Question,
    narrowing: Narrowing | None = None,
    *,
    offset: int = 0,
    most: int = PAGE,
    width: int = WIDTH,
) -> Found:
    """The records that hold what was asked, among all that this person may read now.

    `most` hits from `offset` on, each with about `width` characters around what was found.
    """
    if not question:
        return Found()
    narrow = narrowing or Narrowing()
    held = _held(presence, narrow.chart)
    tally = _Tally(0 if question.phrases else offset + most)
    forms, spellings, reader = Forms(), Spellings(), Reader(presence, held)
    asking = _Asking(question, narrow, tally, forms, spellings)
    for nth, index, fits in _asked_each(reader, asking):
        tally.take(nth, index, fits)
    ordered = tally.in_order()
    if question.phrases:
        chosen, total = with_phrases(reader, question, ordered, offset + most)
    else:
        chosen, total = ordered, tally.surely + tally.nearly
    page = chosen[offset : offset + most]
    there = total is None or total > offset + most
    if page and not narrow.chart:
        note_shown(presence, held, page)
    shown = hits_of(reader, question, page, (forms, spellings), width)
    return Found(tuple(shown), total, offset + most if there else 0)


def _held(presence: Presence, chart: str) -> list[across.Held]:
    """What this person may open: her charts, or the one that she asks about (`NotHere` if not)."""
    charts = [chart] if chart else sorted(practice.charts_in_care(presence))
    cares = practice.cares_in(presence.person, charts)
    restricted = indexing.with_restricted(charts)
    wanted = []
    for each in charts:
        own = cares.get(each, ())
        why = practice.purpose_for(presence, own)
        wanted.append(across.Wanted(Act.RECORD_READ, why, queries.chart_ward(each), own))
        if each in restricted:
            wanted.append(across.Wanted(Act.RECORD_READ, why, indexing.restricted_ward(each), own))
        private = Ward(each, "", frozenset({Label.PRIVATE}), presence.person)
        wanted.append(across.Wanted(Act.PRIVATE_READ, why, private, own))
    held = across.hold(presence, wanted, {"did": "searched"})
    if chart and not any(one.author == "" for one in held):
        bridge.refuse(presence, Act.RECORD_READ, chart)
        raise NotHere
    return held


@dataclass(slots=True)
class _Asking:
    """One question on its way from index to index."""

    question: Question
    narrowing: Narrowing
    tally: _Tally
    forms: Forms
    spellings: Spellings

    def of(self, index: Index, pairs: Pairs | None) -> Fits:
        """What it finds in one; near spellings only while fewer than a page fit without them."""
        among = _among(index, self.narrowing)
        enough = PAGE - self.tally.surely if self.tally.most else None
        helps = self.spellings, self.forms, pairs
        return asked_of(index, self.question, among, *helps, enough=enough)


def _asked_each(reader: Reader, asking: _Asking) -> Iterator[tuple[int, Index, Fits]]:
    """The index of each ring, one after another, and one of her drafts under it, with what is found
    in it.

    What the question needs of a few of them lies in memory, sealed; opened, one at a time.
    """
    presence, held = reader.presence, reader.held
    drafts = drafts_of(presence)
    parts = parts_of(asking.question, asking.forms)
    for start in range(0, len(held), _CHARTS_AT_ONCE):
        some = held[start : start + _CHARTS_AT_ONCE]
        kept = indexing.Kept(sorted({one.ward.chart for one in some}), parts)
        for nth, one in enumerate(some, start):
            index, pairs = indexing.index_of(presence, one, kept)
            try:
                fits = asking.of(index, pairs)
            except IndexUnreadable:
                index, pairs = indexing.made_anew(presence, one, kept)
                fits = asking.of(index, pairs)
            yield nth, index, fits
            unsigned = index_of_drafts(presence, one, drafts)
            if unsigned is not None:
                index, written = unsigned
                reader.keep_drafts(written)
                yield nth, index, asking.of(index, None)


def _among(index: Index, narrowing: Narrowing) -> int:
    found = index.all
    if narrowing.since is not None or narrowing.before is not None:
        found &= index.within(_seconds(narrowing.since), _seconds(narrowing.before))
    if narrowing.kinds:
        found &= index.of_kinds(narrowing.kinds)
    if narrowing.authors:
        found &= index.by_authors(narrowing.authors)
    return found


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())
