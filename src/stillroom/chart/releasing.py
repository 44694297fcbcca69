"""Records on their way to a packet: which there are, and their words, opened to be released.

Private notes are given to their author alone, under her own ring and an entry of their own (P4).
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.utils import timezone

from stillroom.access import Act, Grant, Label, Purpose, Ward
from stillroom.chart import kinds, queries, rules, rules_review, signatures
from stillroom.chart.contents import Content
from stillroom.chart.documents import reading
from stillroom.chart.documents.facts import Page
from stillroom.chart.law_kinds import kind_of_shelf, law_kind, shelf_tells
from stillroom.chart.models import Record, Revision
from stillroom.chart.states import Step
from stillroom.chart.timing import Age, age
from stillroom.chart.wards import with_restricted
from stillroom.identity import queries as people
from stillroom.identity.queries import Colleague
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries as practice


@dataclass(frozen=True)
class SignedRecord:
    """A signed record by what is needed to judge its release; none of its words."""

    id: str
    law_kind: str
    occurred_on: date
    title: str
    private: bool
    part2: bool
    restricted: bool = False
    """Kept to those who treat: it leaves only where somebody chooses it."""
    earlier: int = 0
    """How many versions it had before the one in force."""


@dataclass(frozen=True)
class Earlier:
    """A version that a supervisor returned and that another took the place of."""

    content: Content
    signed_by: str
    signed_at: datetime
    returned_by: str
    returned_at: datetime


@dataclass(frozen=True)
class Sheet:
    """One record's words as they may leave: the note as it is in force, then its addenda.

    `cosigned` are those whose co-signature stands, and when. `earlier` versions are there only
    where they were asked for; what a supervisor said about them stays in the chart.
    """

    title: str
    kind: kinds.Kind
    author: str
    occurred_at: datetime
    signed_by: str
    signed_at: datetime
    contents: tuple[Content, ...]
    age: Age
    cosigned: tuple[tuple[str, datetime], ...] = ()
    pages: tuple[Page, ...] = ()
    """Of a document: its pages as they are shown."""
    earlier: tuple[Earlier, ...] = ()


def signed_records(presence: Presence, chart_id: str, *, joint: bool) -> list[SignedRecord]:
    """The signed records of a chart that this person may know of, oldest first.

    Where a shelf holds kinds that the law tells apart (a measure, a risk assessment), the records
    on it are opened to say which they are, and the log says that they were.
    """
    grant, ward = _to_prepare(presence, queries.chart_ward(chart_id))
    seen = queries.visible_records(presence, chart_id, restricted=Label.RESTRICTED in ward.labels)
    found = seen.filter(state=Record.State.SIGNED)
    rows = list(found.order_by("occurred_at", "pk"))
    exact = _exact_kinds(presence, grant, ward, rows)
    own = Revision.objects.filter(record__in=rows, addendum=False)
    versions = Counter(own.values_list("record_id", flat=True))
    return [
        SignedRecord(
            row.pk,
            law_kind(exact[row.pk].id, part2=row.part2, joint=joint),
            timezone.localtime(row.occurred_at).date(),
            exact[row.pk].title if not shelf_tells(row.kind) else kinds.SHELVES[row.kind],
            row.private,
            row.part2,
            row.restricted,
            versions[row.pk] - 1,
        )
        for row in rows
    ]


def _to_prepare(presence: Presence, ward: Ward) -> tuple[Grant, Ward]:
    """The gate's permission to prepare a release from a ward, and how far it goes."""
    cares = practice.cares_of(presence.person, ward.chart)
    wards = (ward,) if ward.private else (with_restricted(ward), ward)
    return bridge.ask_widest(presence, Act.RELEASE_PREPARE, Purpose.RELEASE, wards, cares=cares)


@dataclass(frozen=True)
class Nameable:
    """A signed record by its shelf, its day and its author; none of its words."""

    id: str
    title: str
    occurred_on: date
    author: str


def nameable(presence: Presence, chart_id: str) -> list[Nameable]:
    """The signed records of a chart that can be named as those a correction is about, newest first.
    Private notes are not among them, and one that is kept to those who treat only for them. Opens
    nothing."""
    ward = queries.chart_ward(chart_id)
    cares = practice.cares_of(presence.person, chart_id)
    purpose = practice.purpose_for(presence, cares)
    wards = (with_restricted(ward), ward)
    _, seen = bridge.ask_widest(presence, Act.RECORD_READ, purpose, wards, cares=cares)
    found = queries.visible_records(
        presence, chart_id, restricted=Label.RESTRICTED in seen.labels
    ).filter(state=Record.State.SIGNED, private=False)
    return [
        Nameable(
            row.pk,
            kinds.SHELVES[row.kind],
            timezone.localtime(row.occurred_at).date(),
            row.author,
        )
        for row in found.order_by("-occurred_at", "-pk")
    ]


def _exact_kinds(
    presence: Presence, grant: Grant, ward: Ward, rows: Sequence[Record]
) -> dict[str, kinds.Kind]:
    """The kind of each record, by its shelf where that tells enough, else by its own words."""
    found = {
        row.pk: kinds.kind_named(kind_of_shelf(row.kind)) for row in rows if shelf_tells(row.kind)
    }
    hidden = {row.pk: row.kind for row in rows if row.pk not in found}
    if not hidden:
        return found
    first = Revision.objects.filter(record__in=list(hidden), number=1).order_by("record_id")
    parts: list[bridge.SealedPart] = [
        (one.record_id, "revision", 1, bytes(one.sealed)) for one in first
    ]
    details: bridge.Details = {"did": "looked what they are", "records": list(hidden)}
    words = bridge.reveal(presence, grant, ward, parts, details)
    for (record, *_), text in zip(parts, words, strict=True):
        found[record] = kinds.kind_on(hidden[record], rules.decode(text).kind)
    return found


def for_release(
    presence: Presence, chart_id: str, ids: Sequence[str], versions: Collection[str] = ()
) -> dict[str, Sheet]:
    """The words of records of one chart, opened to be put into a packet; of those in `versions`
    with what was signed before the version in force."""
    rows = {row.pk: row for row in Record.objects.filter(pk__in=list(ids), chart=chart_id)}
    if len(rows) != len(set(ids)):
        raise NotHere
    open_rows = [row for row in rows.values() if not row.private]
    sheets = _open(presence, queries.chart_ward(chart_id), open_rows, versions)
    for row in rows.values():
        if row.private:
            labels = frozenset({Label.PRIVATE})
            sheets |= _open(presence, Ward(chart_id, "", labels, row.author), [row])
    return sheets


def _open(
    presence: Presence, ward: Ward, rows: Sequence[Record], versions: Collection[str] = ()
) -> dict[str, Sheet]:
    if not rows:
        return {}
    grant, ward = _to_prepare(presence, ward)
    if any(row.restricted for row in rows) and Label.RESTRICTED not in ward.labels:
        bridge.refuse(presence, Act.RELEASE_PREPARE, ward.chart)
        raise NotHere
    revisions = list(Revision.objects.filter(record__in=rows).order_by("record_id", "number"))
    parts = [(one.record_id, "revision", one.number, bytes(one.sealed)) for one in revisions]
    details: bridge.Details = {"did": "opened for a packet", "records": [row.pk for row in rows]}
    leaves = reading.sealed_leaves([row.pk for row in rows])
    opened = bridge.reveal(presence, grant, ward, [*parts, *leaves], details)
    words, drawn = opened[: len(parts)], opened[len(parts) :]
    names = people.colleagues(active=False)
    sheets: dict[str, Sheet] = {}
    for row in rows:
        own = [
            (one, text)
            for one, text in zip(revisions, words, strict=True)
            if one.record_id == row.pk
        ]
        signatures.check_signatures(row.pk, [one for one, _ in own], [text for _, text in own])
        leaves_of = [page for part, page in zip(leaves, drawn, strict=True) if part[0] == row.pk]
        sheets[row.pk] = _sheet(row, own, names, leaves_of, earlier=row.pk in versions)
    return sheets


def _sheet(
    row: Record,
    own: Sequence[tuple[Revision, bytes]],
    names: Mapping[str, Colleague],
    leaves: Sequence[bytes],
    *,
    earlier: bool,
) -> Sheet:
    chain = [
        rules_review.Entered(
            one.number, one.addendum, rules.decode(text), one.signer, one.signed_at
        )
        for one, text in own
    ]
    course = rules_review.course_of(row.author, chain, struck=row.state == Record.State.IN_ERROR)
    version = chain[course.version - 1]
    exact = kinds.kind_on(row.kind, version.content.kind)
    added = [one.content for one in chain if one.addendum and not rules_review.is_step(one.content)]
    return Sheet(
        title=exact.titled(version.content.form),
        kind=exact,
        author=_name(names, row.author),
        occurred_at=row.occurred_at,
        signed_by=_name(names, version.by),
        signed_at=version.at,
        contents=(version.content, *added),
        age=age(row.kind, row.occurred_at, chain[0].at),
        cosigned=tuple((_name(names, one.by), one.at) for one in course.approvals),
        pages=reading.pages_for(version.content, leaves),
        earlier=_earlier(chain, course.version, names) if earlier else (),
    )


def _earlier(
    chain: Sequence[rules_review.Entered], version: int, names: Mapping[str, Colleague]
) -> tuple[Earlier, ...]:
    """The versions before the one in force, each with the return that ended it."""
    own = [one for one in chain if not one.addendum and one.number <= version]
    returns = [one for one in chain if rules_review.step_of(one) is Step.RETURN]
    found = []
    for one, following in pairwise(own):
        back = [each for each in returns if one.number < each.number < following.number][-1]
        found.append(
            Earlier(one.content, _name(names, one.by), one.at, _name(names, back.by), back.at)
        )
    return tuple(found)


def _name(names: Mapping[str, Colleague], person: str) -> str:
    return names[person].name if person in names else ""
