"""What a client reads of her own record, and who stands for her: the one way in for them.

Rules: signed records alone, never a draft, never a private note, which is not even counted (P4);
what was entered in error is shown as struck; each by the gate, for the purpose *own*, with what the
law calls the record and whether it is held (`Label.HELD`). Nothing else reads records for a client:
the gate refuses her every ward that does not say what it is.

Where a shelf holds kinds that the law tells apart (a measure, a safety plan), a record on it is
opened to say which it is, under a permission for a kind that it may be; what it turns out not to be
is dropped here and goes no further. The log has that it was opened.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from stillroom.access import Act, Capacity, Care, Grant, Label, Purpose, Ward
from stillroom.chart import holding, kinds, queries, rules, rules_holds, rules_review, sheets
from stillroom.chart._kinds_measures import MEASURE, RESULT
from stillroom.chart.contents import Content
from stillroom.chart.documents.reading import pages_of
from stillroom.chart.law_kinds import kind_of_shelf, law_kind, shelf_tells
from stillroom.chart.measured import Taken, taken_of
from stillroom.chart.models import Record, Revision
from stillroom.chart.rules_holds import Ground, Held
from stillroom.chart.signatures import check_signatures
from stillroom.identity import queries as people
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests

PAGE = 40
_ASSESSMENTS = 60
_MEASURES = 400
"""So many of the newest assessments of a chart are looked at."""


@dataclass(frozen=True)
class OwnLine:
    """One record in the client's list: what it is, of when, by whom. `said`: a measure's result."""

    id: str
    title: str
    exact: str
    author: str
    occurred_at: datetime
    struck: bool
    said: str = ""


@dataclass(frozen=True)
class OwnHeld:
    """One record that is held, or (without a moment) some of a kind: what the client is told."""

    ground: Ground
    occurred_at: datetime | None


@dataclass(frozen=True)
class OwnChart:
    """A page of the client's list, newest first, and what she is told of what is held."""

    lines: tuple[OwnLine, ...]
    held: tuple[OwnHeld, ...]
    earlier: int
    next_offset: int


@dataclass(frozen=True)
class Added:
    """Something that was added beneath a record later."""

    reading: tuple[sheets.Reading, ...]
    by: str
    at: datetime


@dataclass(frozen=True)
class OwnRecord:
    """One record as the client reads it: the version in force, and what was added."""

    id: str
    chart: str
    title: str
    exact: str
    author: str
    occurred_at: datetime
    signed_by: str
    signed_at: datetime
    struck: bool
    reading: tuple[sheets.Reading, ...]
    added: tuple[Added, ...]
    pages: int = 0
    """Of a file that came with it; its pictures are `own_pages`."""


@dataclass(frozen=True)
class Opened:
    """A record with what it said first, and what was opened beside it."""

    record: OwnRecord
    first: Content
    beside: tuple[bytes, ...]


@dataclass(frozen=True)
class _Reader:
    """Who reads which chart, and what stands in the way."""

    presence: Presence
    chart: str
    cares: tuple[Care, ...]
    proxy: bool
    joint: bool
    holds: tuple[Held, ...]

    def ward(self, row: Record, kind: str) -> Ward:
        """One record, as the gate sees it for a client: the only place that builds this."""
        labels = {Label.CLINICAL}
        if row.part2:
            labels.add(Label.PART2)
        if row.private:
            labels = {Label.PRIVATE}
        if row.restricted:
            labels.add(Label.RESTRICTED)
        if self.held(row, kind):
            labels.add(Label.HELD)
        return Ward(self.chart, row.pk, frozenset(labels), row.author, kind=kind)

    def held(self, row: Record, kind: str) -> Held | None:
        """What holds it from this reader today, if it is of this kind."""
        return rules_holds.holding(
            self.holds, row.pk, kind, proxy=self.proxy, today=self.presence.today
        )

    def kinds_of(self, row: Record) -> tuple[str, ...]:
        """What the law may call a record, by its shelf and by how it came about."""
        if shelf_tells(row.kind) or row.part2 or self.joint:
            return (law_kind(kind_of_shelf(row.kind), part2=row.part2, joint=self.joint),)
        on_it = {one.id for one in kinds.KINDS.values() if one.shelf == row.kind}
        return tuple(sorted({law_kind(one, part2=False, joint=False) for one in on_it}))

    def way_in(self, row: Record) -> Ward | None:
        """A ward under which it may be opened, or none."""
        wards = (self.ward(row, kind) for kind in self.kinds_of(row))
        return next((ward for ward in wards if self.may(ward)), None)

    def may(self, ward: Ward) -> bool:
        """Whether the gate lets this reader in there."""
        return bridge.may(self.presence, Act.RECORD_READ, Purpose.OWN, ward, cares=self.cares)


def _reader(presence: Presence, chart_id: str) -> _Reader:
    cares = practice.cares_of(presence.person, chart_id)
    running = {one.capacity for one in cares if one.runs(presence.at)}
    return _Reader(
        presence,
        chart_id,
        cares,
        Capacity.HOLDER not in running,
        queries_guests.several_hold(chart_id),
        tuple(holding.in_force(chart_id, presence.today)),
    )


def own_chart(presence: Presence, chart_id: str, *, offset: int = 0, most: int = PAGE) -> OwnChart:
    """A page of what this reader may read, and (for the client herself) what is held from her."""
    queries_guests.own_stand(presence, chart_id)
    reader = _reader(presence, chart_id)
    signed = _signed(presence, chart_id)
    rows = list(signed.order_by("-occurred_at", "-pk"))
    seen = [(row, ward) for row in rows if (ward := reader.way_in(row))]
    page = seen[offset : offset + most]
    lines = _lines(reader, page)
    if page and all(shelf_tells(row.kind) for row, _ in page):
        # Nothing was opened, and yet she has read what there is: that is an entry too (P1).
        wide = replace(page[0][1], record="")
        grant = _ask(reader, wide)
        bridge.note(presence, grant, wide, {"did": "own list"})
    held = () if reader.proxy else _told_held(reader, rows)
    return OwnChart(lines, held, max(0, len(seen) - offset - most), offset + most)


def _signed(presence: Presence, chart_id: str) -> QuerySet[Record]:
    every = queries.visible_records(presence, chart_id, restricted=True)
    found = every.filter(private=False)
    return found.exclude(state=Record.State.DRAFT)


def _ask(reader: _Reader, ward: Ward) -> Grant:
    return bridge.ask(reader.presence, Act.RECORD_READ, Purpose.OWN, ward, cares=reader.cares)


def _lines(reader: _Reader, page: Sequence[tuple[Record, Ward]]) -> tuple[OwnLine, ...]:
    names = people.colleagues(active=False)
    opened = _opened(reader, [(row, ward) for row, ward in page if not shelf_tells(row.kind)])
    lines = []
    for row, _ in page:
        author = names[row.author].name if row.author in names else ""
        struck = row.state == Record.State.IN_ERROR
        content = opened.get(row.pk)
        if shelf_tells(row.kind):
            exact, title, said = kind_of_shelf(row.kind), kinds.SHELVES[row.kind], ""
        elif content is None:
            continue
        else:
            kind = kinds.kind_on(row.kind, content.kind)
            exact, title, said = kind.id, kind.titled(content.form), _result(content)
        lines.append(OwnLine(row.pk, title, exact, author, row.occurred_at, struck, said))
    return tuple(lines)


def _opened(reader: _Reader, page: Sequence[tuple[Record, Ward]]) -> dict[str, Content]:
    """The first words of records whose shelf does not say what they are: of those that this reader
    may read, once it is known. One permission and one entry for each class of words."""
    found: dict[str, Content] = {}
    by_class: dict[Ward, list[Record]] = {}
    for row, ward in page:
        by_class.setdefault(replace(ward, record="", author=""), []).append(row)
    for ward, rows in by_class.items():
        grant = _ask(reader, ward)
        firsts = Revision.objects.filter(record__in=rows, number=1).order_by("record_id")
        parts = [(one.record_id, "revision", 1, bytes(one.sealed)) for one in firsts]
        details: bridge.Details = {"did": "own list", "records": [part[0] for part in parts]}
        words = bridge.reveal(reader.presence, grant, ward, parts, details)
        by_id = {row.pk: row for row in rows}
        for (record, *_), text in zip(parts, words, strict=True):
            content = rules.decode(text)
            if reader.may(reader.ward(by_id[record], _law_kind(reader, by_id[record], content))):
                found[record] = content
    return found


def _law_kind(reader: _Reader, row: Record, content: Content) -> str:
    exact = kinds.kind_on(row.kind, content.kind)
    return law_kind(exact.id, part2=row.part2, joint=reader.joint)


def _result(content: Content) -> str:
    """A measure's result in a line; nothing of another record."""
    texts = [part.text for part in content.sections if part.name == RESULT]
    return texts[0].split("\n")[0] if texts else ""


def _told_held(reader: _Reader, rows: Sequence[Record]) -> tuple[OwnHeld, ...]:
    """What the client is told of what is held: where its ground has words for it, each record that
    is held by itself with its day (unless that would say too much), a kind of record once."""
    mine = [one for one in reader.holds if not one.proxies]
    if not mine:
        return ()
    ward = Ward(chart=reader.chart)
    grant = bridge.ask(reader.presence, Act.OWN_ASK, Purpose.OWN, ward, cares=reader.cares)
    grounds = holding.grounds(reader.presence, grant, ward, [one.id for one in mine])
    days = {row.pk: row.occurred_at for row in rows}
    told = []
    for one in mine:
        ground = grounds.get(one.id)
        if ground is None or not ground.told or (one.record and one.record not in days):
            continue  # a draft is no record yet, and nobody is told of it
        told.append(OwnHeld(ground, None if ground.because else days.get(one.record)))
    return tuple(told)


def own_record(presence: Presence, record_id: str) -> OwnRecord:
    """One record, its signatures checked; `NotHere` for whatever this reader may not read."""
    return opened(presence, record_id).record


def opened(
    presence: Presence,
    record_id: str,
    beside: Callable[[Record], Sequence[bridge.SealedPart]] | None = None,
) -> Opened:
    """The same. `beside` names more of this record that is opened with it, under the same entry; it
    is asked once the gate has let this reader in, and given back once it is known what it is."""
    row = queries.find_record(presence, record_id, Act.RECORD_READ)
    reader = _reader(presence, row.chart)
    # Where no kind would let her in, the gate is asked by the first, and refuses.
    ward = reader.way_in(row) or reader.ward(row, reader.kinds_of(row)[0])
    grant = _ask(reader, ward)
    signed = list(Revision.objects.filter(record=row).order_by("number"))
    parts = [(row.pk, "revision", one.number, bytes(one.sealed)) for one in signed]
    details: bridge.Details = {"record": row.pk, "kind": row.kind, "why": Purpose.OWN.value}
    parts += beside(row) if beside else []
    every = bridge.reveal(presence, grant, ward, parts, details)
    words, more = every[: len(signed)], every[len(signed) :]
    check_signatures(row.pk, signed, words)
    written = [queries.written(one, text) for one, text in zip(signed, words, strict=True)]
    # Now it is known what it is: asked once more, for just that.
    _ask(reader, reader.ward(row, _law_kind(reader, row, written[0].content)))
    course = rules_review.course_of_written(row.author, row.state, tuple(written))
    version = written[course.version - 1]
    names = people.colleagues(active=False)
    kind = kinds.kind_on(row.kind, version.content.kind)

    def named(person: str) -> str:
        return names[person].name if person in names else ""

    made = OwnRecord(
        id=row.pk,
        chart=row.chart,
        title=kind.titled(version.content.form),
        exact=kind.id,
        author=named(row.author),
        occurred_at=row.occurred_at,
        signed_by=named(version.signer),
        signed_at=version.signed_at,
        struck=row.state == Record.State.IN_ERROR,
        reading=sheets.reading(kind, version.content),
        added=tuple(
            Added(sheets.reading(kind, one.content), named(one.signer), one.signed_at)
            for one in written
            if one.addendum and not rules_review.is_step(one.content)
        ),
        pages=pages_of(written[0].content),
    )
    return Opened(made, written[0].content, tuple(more))


def own_measures(presence: Presence, chart_id: str) -> list[Taken]:
    """The measures that this reader may read, oldest first; those entered in error are struck."""
    queries_guests.own_stand(presence, chart_id)
    reader = _reader(presence, chart_id)
    newest = _signed(presence, chart_id).filter(kind=MEASURE.shelf)
    rows = list(newest.order_by("-occurred_at", "-pk")[:_MEASURES])
    opened = _opened(reader, [(row, ward) for row in rows if (ward := reader.way_in(row))])
    return [
        taken_of(row.pk, row.occurred_at, content, struck=row.state == Record.State.IN_ERROR)
        for row in reversed(rows)
        if (content := opened.get(row.pk)) is not None and content.kind == MEASURE.id
    ]


def own_newest(presence: Presence, chart_id: str, exact: str) -> OwnRecord | None:
    """The newest record of an exact kind that this reader may read and that stands, or none."""
    queries_guests.own_stand(presence, chart_id)
    reader = _reader(presence, chart_id)
    shelf = kinds.kind_named(exact).shelf
    rows = _signed(presence, chart_id).filter(kind=shelf, state=Record.State.SIGNED)
    newest = list(rows.order_by("-occurred_at", "-pk")[:_ASSESSMENTS])
    page = [(row, ward) for row in newest if (ward := reader.way_in(row))]
    for line in _lines(reader, page):
        if line.exact == exact:
            return own_record(presence, line.id)
    return None
