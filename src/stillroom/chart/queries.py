"""Reading charts: the timeline, one record with its revisions, drafts left unsigned.

Every read is one gate decision and one durable entry, whatever number of records it opens (P1).
Another author's private notes are not counted, not listed, not hinted at (P4, P8).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from stillroom.access import Act
from stillroom.chart import kinds, queries_review, rules
from stillroom.chart.contents import Content
from stillroom.chart.firsts import UNOPENED, First, first_words
from stillroom.chart.models import Draft, Record, Revision
from stillroom.chart.rules_review import course_of_written
from stillroom.chart.sheets import Reading, opening, reading
from stillroom.chart.signatures import check_signatures
from stillroom.chart.states import Course
from stillroom.chart.timing import Age, age, waited
from stillroom.chart.wards import acts_of as acts_of
from stillroom.chart.wards import chart_ward as chart_ward
from stillroom.chart.wards import hidden_among, reach_into, sees_restricted
from stillroom.chart.wards import ward_of as ward_of
from stillroom.phi import NotHere, Presence, Told, bridge, statements
from stillroom.practice import queries as practice
from stillroom.practice.queries import moment, moment_written

PAGE = 25
Where = tuple[str, Sequence[Any]]
ALL: Where = ("", ())


@dataclass(frozen=True)
class Line:
    """One record in a timeline."""

    id: str
    kind: str
    title: str
    author: str
    occurred_at: datetime
    state: str
    private: bool
    part2: bool
    opening: str
    addenda: int
    mine: bool
    age: Age
    """How long after what it is about it was signed; of a draft, how long it has waited."""
    review: str = ""
    restricted: bool = False
    """Kept to those who treat."""


@dataclass(frozen=True)
class Timeline:
    """A page of a chart's records, newest first."""

    lines: tuple[Line, ...]
    earlier: int
    next_offset: int


@dataclass(frozen=True)
class Written:
    """One signed revision with its words."""

    number: int
    addendum: bool
    content: Content
    signer: str
    signed_at: datetime
    entry: int
    content_hash: str


@dataclass(frozen=True)
class WholeRecord:
    """A record with everything that was signed in it, or its draft for the author."""

    id: str
    chart: str
    kind: kinds.Kind
    author: str
    occurred_at: datetime
    state: str
    private: bool
    part2: bool
    revisions: tuple[Written, ...]
    draft: Content | None
    draft_version: int
    draft_saved_at: datetime | None
    course: Course
    restricted: bool = False
    beside: tuple[bytes, ...] = ()
    """What was opened with it, where more was asked for."""

    @property
    def title(self) -> str:
        """What this record is called."""
        return self.kind.titled((self.draft or self.current.content).form)

    @property
    def current(self) -> Written:
        """The version in force: what was signed first, or signed again after a return."""
        return self.revisions[self.course.version - 1]

    def age_at(self, now: datetime) -> Age:
        """How long after what it is about it was signed; of a draft, how long it has waited."""
        written = now if self.draft is not None else self.revisions[0].signed_at
        return age(self.kind.shelf, self.occurred_at, written)

    @property
    def reading(self) -> tuple[Reading, ...]:
        """The version in force, heading by heading."""
        return reading(self.kind, self.current.content)


@dataclass(frozen=True)
class Unsigned:
    """A draft that waits for its author's signature."""

    record: str
    chart: str
    title: str
    occurred_at: datetime
    private: bool
    age: Age


def timeline(
    presence: Presence, chart_id: str, *, offset: int = 0, most: int = PAGE, where: Where = ALL
) -> Timeline:
    """A page of the records that this person may read; of those that `where` (`sifting`) leaves."""
    reach = reach_into(presence, chart_id)
    also, values = where[0] + reach.also, where[1]
    who = (chart_id, presence.person, *values)
    rows = [_Row(*row) for row in statements.fetch_all(_PAGE_OF.format(also), (*who, most, offset))]
    ids = [row.id for row in rows if not row.private and row.state != Record.State.DRAFT]
    sealed = statements.fetch_among(_REVISIONS, ids)
    details: bridge.Details = {"records": ids, "why": reach.purpose.value}
    opened = bridge.reveal_rows(
        presence, reach.grant, reach.ward, "revision", sealed, details, rules.decode
    )
    firsts, addenda = first_words(opened)
    ((total,),) = statements.fetch_all(_HOW_MANY.format(also), who)
    states = queries_review.states_of(ids)
    lines = tuple(
        _line(presence, row, firsts.get(row.id, UNOPENED), addenda, states) for row in rows
    )
    return Timeline(lines, max(0, total - offset - most), offset + most)


# Written out, because building these anew took Django longer than the reading and the opening
# together. `_VISIBLE` says what `visible_records` says, and a test holds them to one another.
_VISIBLE = "chart = %s AND (author = %s OR (NOT private AND state <> 'draft'))"
_PAGE_OF = f"""
    SELECT id, kind, author, occurred_at, state, private, part2, restricted FROM chart_record
    WHERE {_VISIBLE}{{}} ORDER BY occurred_at DESC, id DESC LIMIT %s OFFSET %s
"""  # noqa: S608 - of constants alone
_HOW_MANY = f"SELECT count(*) FROM chart_record WHERE {_VISIBLE}{{}}"  # noqa: S608
_RECORD = """
    SELECT id, chart, kind, author, CAST(occurred_at AS text), CAST(started_at AS text), state,
           CAST(private AS integer), CAST(part2 AS integer), CAST(restricted AS integer)
    FROM chart_record WHERE id = %s
"""
_DRAFT = """
    SELECT record_id, version, form, head, sealed, saved_at FROM chart_draft WHERE record_id = %s
"""
_SIGNED = "SELECT * FROM chart_revision WHERE record_id = %s ORDER BY number"
_REVISIONS = (
    "SELECT record_id, number, sealed, addendum, signed_at FROM chart_revision"
    " WHERE record_id IN ({})"
)


class _Row(NamedTuple):
    """A record's row without its words."""

    id: str
    kind: str
    author: str
    occurred_at: datetime
    state: str
    private: bool
    part2: bool
    restricted: bool


def visible_records(
    presence: Presence, chart_id: str, *, restricted: bool = False
) -> QuerySet[Record]:
    """Records this person may know of: no other author's private notes, no other's drafts; what is
    kept to those who treat where the caller has asked the gate (`restricted`)."""
    mine = Q(author=presence.person)
    found = Record.objects.filter(
        mine | (Q(private=False) & ~Q(state=Record.State.DRAFT)), chart=chart_id
    )
    return found if restricted else found.filter(restricted=False)


def _line(
    presence: Presence,
    row: _Row,
    opened: First,
    addenda: dict[str, int],
    states: dict[str, str],
) -> Line:
    first, occurred = opened.content, moment(row.occurred_at)
    # What is neither open nor a draft is a private note of her own, which is never late.
    written = moment(opened.signed_at) if first else presence.at
    exact = kinds.kind_on(row.kind, first.kind) if first else None
    return Line(
        id=row.id,
        kind=exact.id if exact else row.kind,
        title=exact.titled(first.form) if exact and first else kinds.SHELVES[row.kind],
        author=row.author,
        occurred_at=occurred,
        state=row.state,
        private=bool(row.private),
        part2=bool(row.part2),
        opening=opening(exact, first) if exact and first else "",
        addenda=addenda.get(row.id, 0),
        mine=row.author == presence.person,
        age=age(row.kind, occurred, written),
        review=states.get(row.id, ""),
        restricted=bool(row.restricted),
    )


def _record_of(*values: Any) -> Record:
    """A row as `_RECORD` asks for it: moments as text, yes or no as a number.

    In the order of the table's columns, because Django sorts names out one by one.
    """
    record, chart, kind, author, occurred, started, state, private, part2, restricted = values
    return Record(
        record,
        chart,
        kind,
        author,
        moment_written(occurred),
        moment_written(started),
        state,
        private == 1,
        part2 == 1,
        restricted == 1,
    )


def find_record(presence: Presence, record_id: str, act: Act) -> Record:
    """A record's row, or `NotHere` written down like any refusal.

    What is kept to those who treat is no row for others; of a client, `own` asks.
    """
    found = statements.fetch_one(_RECORD, (record_id,))
    row = _record_of(*found) if found else None
    if row is None or not _to_know_of(presence, row):
        bridge.refuse(presence, act, record_id)
        raise NotHere
    return row


def _to_know_of(presence: Presence, row: Record) -> bool:
    if row.state == Record.State.DRAFT and row.author != presence.person:
        return False
    return not row.restricted or presence.guest or sees_restricted(presence, row.chart)


def draft_of(record_id: str) -> Draft | None:
    """A record's draft, sealed."""
    found = statements.fetch_one(_DRAFT, (record_id,))
    if found is None:
        return None
    record, version, form, head, sealed, saved_at = found
    return Draft(record, version, form, head, sealed, moment(saved_at))


def record(
    presence: Presence,
    record_id: str,
    *,
    beside: Callable[[Record], Sequence[bridge.SealedPart]] | None = None,
) -> WholeRecord:
    """One record in full; its chain and signatures are checked before it is shown.

    `beside` names more that is to be opened with it, under the same entry; it is asked only once
    the gate has let the reader in.
    """
    row = find_record(presence, record_id, Act.RECORD_READ)
    read, _, _ = acts_of(row.private)
    cares = practice.cares_of(presence.person, row.chart)
    ward = ward_of(row)
    grant = bridge.ask(presence, read, practice.purpose_for(presence, cares), ward, cares=cares)
    signed = list(Revision.objects.raw(_SIGNED, (row.pk,)))
    # Also a signed record has a draft, while its author changes what a supervisor returned.
    draft = draft_of(row.pk) if row.author == presence.person else None
    parts: list[bridge.SealedPart] = [
        (row.pk, "revision", one.number, bytes(one.sealed)) for one in signed
    ]
    if draft is not None:
        parts.append((row.pk, "draft", draft.version, bytes(draft.sealed)))
        parts.append((row.pk, "head", 1, bytes(draft.head)))
    more = list(beside(row)) if beside else []
    details: bridge.Details = {"record": row.pk, "kind": row.kind}
    words = bridge.reveal(presence, grant, ward, [*more, *parts], details)
    opened, words = words[: len(more)], words[len(more) :]
    check_signatures(row.pk, signed, words[: len(signed)])
    revisions = tuple(written(one, text) for one, text in zip(signed, words, strict=False))
    typed = _joined(words[-2:]) if draft is not None else None
    first = typed or revisions[0].content
    return WholeRecord(
        id=row.pk,
        chart=row.chart,
        kind=kinds.kind_on(row.kind, first.kind),
        author=row.author,
        occurred_at=row.occurred_at,
        state=row.state,
        private=row.private,
        part2=row.part2,
        revisions=revisions,
        draft=typed,
        draft_version=draft.version if draft is not None else 0,
        draft_saved_at=draft.saved_at if draft is not None else None,
        course=course_of_written(row.author, row.state, revisions),
        restricted=row.restricted,
        beside=tuple(opened),
    )


def _joined(words: Sequence[bytes]) -> Content:
    return rules.with_head(rules.decode(words[0]), words[1])


def written(row: Revision, words: bytes) -> Written:
    """A revision's row with its words."""
    return Written(
        row.number,
        row.addendum,
        rules.decode(words),
        row.signer,
        row.signed_at,
        row.entry,
        bytes(row.content_hash).hex(),
    )


def unsigned(presence: Presence) -> list[Unsigned]:
    """My drafts, oldest first; titles and dates only, nothing is opened."""
    charts = practice.charts_in_care(presence)
    rows = Record.objects.filter(
        author=presence.person, state=Record.State.DRAFT, chart__in=charts
    ).order_by("occurred_at", "pk")
    hidden = hidden_among(presence, [row.pk for row in rows if row.restricted])
    return [
        Unsigned(
            row.pk,
            row.chart,
            kinds.SHELVES[row.kind],
            row.occurred_at,
            row.private,
            waited(row.occurred_at, presence.at),
        )
        for row in rows
        if row.pk not in hidden
    ]


def holds_part2(chart_id: str) -> bool:
    """Whether a chart holds a record that came under 42 CFR Part 2."""
    return Record.objects.filter(chart=chart_id, part2=True).exists()


_SIGNING = frozenset({Act.RECORD_SIGN, Act.PRIVATE_SIGN, Act.RECORD_COSIGN, Act.RECORD_RETURN})


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest revisions name."""
    rows = Revision.objects.order_by("-entry").values_list("entry", "signer")[:most]
    return [Told(entry, _SIGNING, actor) for entry, actor in rows]
