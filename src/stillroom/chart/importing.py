"""Bringing in signed notes, many at once, by their author, who signs them here again.

Rules: each note becomes a record with one revision (and one for each addendum), sealed, hashed,
chained and signed like any other, with an entry of its own in the log; the entries bear the moment
of the import, the revisions the moment at which the note was signed where it came from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from stillroom.access import Grant, Purpose, Ward
from stillroom.chart import followups, indexing, kinds, queries, rules
from stillroom.chart.contents import Content
from stillroom.chart.models import Followup, Record, Revision
from stillroom.phi import Presence, bridge, rings, rows
from stillroom.practice import queries as practice


@dataclass(frozen=True)
class ImportedNote:
    """A signed note: its contents in order (the note, then its addenda), each with its moment."""

    kind: str
    occurred_at: datetime
    contents: tuple[tuple[Content, datetime], ...]
    part2: bool = False


def import_notes(presence: Presence, chart_id: str, notes: Sequence[ImportedNote]) -> list[str]:
    """Notes of `presence` in one chart; gives the records' ids in order."""
    done: dict[int, str] = {}
    for private in (False, True):
        chosen = [
            (nth, note)
            for nth, note in enumerate(notes)
            if kinds.kind_named(note.kind).private is private
        ]
        if chosen:
            ids = _import(presence, chart_id, [note for _, note in chosen], private=private)
            done |= dict(zip((nth for nth, _ in chosen), ids, strict=True))
    return [done[nth] for nth in range(len(notes))]


def _import(
    presence: Presence, chart_id: str, notes: Sequence[ImportedNote], *, private: bool
) -> list[str]:
    made = [
        Record(
            chart=chart_id,
            kind=kinds.kind_named(note.kind).shelf,
            author=presence.person,
            occurred_at=note.occurred_at,
            started_at=note.contents[0][1],
            state=Record.State.SIGNED,
            private=private,
            part2=note.part2,
        )
        for note in notes
    ]
    grant, ward = _allowed(presence, chart_id, made[0], private=private)
    revisions = _revisions(presence, made, notes)
    entries = bridge.note_all(presence, grant, ward, [_details(one) for one, _ in revisions])
    parts = [(one.record_id, "revision", one.number, words) for one, words in revisions]
    sealed = bridge.seal_all(presence, grant, ward, parts)
    for (revision, _), entry, box in zip(revisions, entries, sealed, strict=True):
        revision.entry, revision.sealed = entry, box
    with transaction.atomic():
        rows.insert(made, [revision for revision, _ in revisions])
        Followup.objects.bulk_create(_ahead(presence, made, notes))
        indexing.mark(made[0])
    return [row.pk for row in made]


def _ahead(
    presence: Presence, made: Sequence[Record], notes: Sequence[ImportedNote]
) -> list[Followup]:
    """What is still to follow; a day that has passed was met, or missed, where they came from."""
    today = presence.today
    found = [
        one
        for row, note in zip(made, notes, strict=True)
        for one in followups.of(row, note.contents[0][0])
    ]
    return [one for one in found if one.due_on >= today]


def _allowed(
    presence: Presence, chart_id: str, first: Record, *, private: bool
) -> tuple[Grant, Ward]:
    ward = queries.ward_of(first) if private else queries.chart_ward(chart_id)
    if private:
        ward = Ward(chart_id, "", ward.labels, presence.person)
        kind = rings.Kind.PRIVATE
        if not rings.holds(presence.person, chart_id, kind, author=presence.person):
            own = {presence.person: presence.key}
            rings.make_ring(presence.house, chart_id, kind, own, author=presence.person)
    cares = practice.cares_of(presence.person, chart_id)
    act = queries.acts_of(private)[2]
    return bridge.ask(presence, act, Purpose.TREATMENT, ward, cares=cares), ward


def _details(revision: Revision) -> bridge.Details:
    return {
        "did": "imported",
        "record": revision.record_id,
        "number": revision.number,
        "content": bytes(revision.content_hash).hex(),
    }


def _revisions(
    presence: Presence, rows: Sequence[Record], notes: Sequence[ImportedNote]
) -> list[tuple[Revision, bytes]]:
    """Each revision, hashed, chained and signed, with the words it will be sealed from."""
    made: list[tuple[Revision, bytes]] = []
    for row, note in zip(rows, notes, strict=True):
        previous = b""
        for number, (content, when) in enumerate(note.contents, start=1):
            # As it is read back; otherwise the chain would not be what was signed.
            signed_at = when.astimezone(UTC)
            words = rules.encode(content)
            digest = rules.content_hash(words)
            chain = rules.chain_hash(previous, row.pk, number, digest, presence.person, signed_at)
            revision = Revision(
                record_id=row.pk,
                number=number,
                addendum=number > 1,
                content_hash=digest,
                chain_hash=chain,
                signer=presence.person,
                signed_at=signed_at,
                signature=presence.key.sign(rules.signed_message(chain)),
            )
            made.append((revision, words))
            previous = chain
    return made
