"""Keeping one record to those who treat, ending that, and what was agreed.

Rules: who treats decides; each step is sealed, signed and in the chart's log with its row. From the
next question on the gate refuses the record to whoever covers, supervises or reads otherwise, as it
refuses what does not exist (P8); breaking the glass opens it (45 CFR 164.522(a)(1)(iii)), and the
client reads what is hers. The ring does not change: who cares for the chart holds it, and the gate
stands before it (docs/promises/P03.md says so).
"""

from django.db import transaction

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.chart import chaining, indexing, queries, reviewing
from stillroom.chart.models import Record, Restricted, Review
from stillroom.chart.rules_restricted import (
    KeptAlready,
    Step,
    WaitsForOthers,
    require_ending,
    require_words,
)
from stillroom.chart.wards import with_restricted
from stillroom.identity import queries as people
from stillroom.identity.entries import EntryKind, of_sheet, sheet
from stillroom.kernel import StillroomError, new_id
from stillroom.phi import NotHere, Presence, Told, bridge
from stillroom.practice import queries as practice

_KIND = EntryKind("restricted")
_PART = "restricted"


class RestrictionAltered(StillroomError):
    """What is kept of it is not what was signed."""

    what = "what was agreed about this record is not as it was signed"
    usual_advice = "Nothing of it is shown. Tell whoever hosts the practice, and keep a copy."


def require_may(presence: Presence, record_id: str) -> Record:
    """The record, for whoever may keep it to those who treat; asked before bad input is told of.

    Another's private note is not here; one's own is sealed to oneself already, and not here either.
    """
    row = queries.find_record(presence, record_id, Act.RESTRICTION_WRITE)
    if row.private:
        bridge.refuse(presence, Act.RESTRICTION_WRITE, record_id)
        raise NotHere
    _asked(presence, row.chart)
    return row


def may(presence: Presence, chart_id: str) -> bool:
    """Whether this person treats here, and so decides."""
    cares = practice.cares_of(presence.person, chart_id)
    act = Act.RESTRICTION_WRITE
    return bridge.may(presence, act, Purpose.TREATMENT, Ward(chart=chart_id), cares=cares)


def _asked(presence: Presence, chart_id: str) -> Grant:
    cares = practice.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    return bridge.ask(presence, Act.RESTRICTION_WRITE, Purpose.TREATMENT, ward, cares=cares)


def restrict(presence: Presence, record_id: str, words: str) -> int:
    """From now on this record is for those who treat. Gives the entry's number."""
    row = require_may(presence, record_id)
    said = require_words(words)
    with transaction.atomic():
        now = _locked(row)
        if now.restricted:
            raise KeptAlready
        waits = Review.objects.filter(pk=row.pk).exclude(state=Review.State.COSIGNED).exists()
        if waits or (now.state == Record.State.DRAFT and reviewing.needed(presence, now)):
            raise WaitsForOthers
        return _step(presence, now, True, {"words": said})


def let_read(presence: Presence, record_id: str, how: str, words: str) -> int:
    """Whoever cares for the chart may read it again, as the client agreed. Gives the entry."""
    row = require_may(presence, record_id)
    said = {"how": require_ending(how), "words": require_words(words)}
    with transaction.atomic():
        now = _locked(row)
        if not now.restricted:
            raise KeptAlready
        return _step(presence, now, False, said)


def _locked(row: Record) -> Record:
    """The record as it is now, and nobody else changes it meanwhile."""
    practice.hold(row.chart)
    chaining.lock(row.pk)
    return Record.objects.get(pk=row.pk)


def _step(presence: Presence, row: Record, begins: bool, body: dict[str, str]) -> int:
    ward = Ward(chart=row.chart)
    grant = _asked(presence, row.chart)
    number, step = Restricted.objects.filter(record=row).count() + 1, new_id()
    words = sheet("begins" if begins else "ends", body)
    digest = _KIND.digest(words)
    did = "kept a record to those who treat" if begins else "let a record be read again"
    details: bridge.Details = {"did": did, "record": row.pk, "content": digest.hex()}
    entry = bridge.note(presence, grant, ward, details)
    Restricted.objects.create(
        id=step,
        record=row,
        number=number,
        begins=begins,
        by=presence.person,
        at=presence.at,
        sealed=bridge.seal(presence, grant, ward, step, _PART, number, words),
        content_hash=digest,
        signature=presence.key.sign(_KIND.message(row.pk, number, digest)),
        entry=entry,
    )
    Record.objects.filter(pk=row.pk).update(restricted=begins)
    indexing.mark_moved(row)
    return entry


def steps_of(presence: Presence, record_id: str) -> tuple[Step, ...]:
    """What was agreed about a record, step by step, for who may read it. One entry, if any."""
    row = queries.find_record(presence, record_id, Act.RECORD_READ)
    rows = list(Restricted.objects.filter(record=row).order_by("number"))
    if not rows:
        return ()
    cares = practice.cares_of(presence.person, row.chart)
    ward = with_restricted(queries.chart_ward(row.chart))
    grant = bridge.ask(presence, Act.RECORD_READ, Purpose.TREATMENT, ward, cares=cares)
    parts = [(one.pk, _PART, one.number, bytes(one.sealed)) for one in rows]
    details: bridge.Details = {"did": "looked what was agreed", "record": row.pk}
    words = bridge.reveal(presence, grant, ward, parts, details)
    return tuple(_read(one, text) for one, text in zip(rows, words, strict=True))


def _read(row: Restricted, words: bytes) -> Step:
    key, signature = people.verifying_key(row.by), bytes(row.signature)
    kind, body = of_sheet(words)
    intact = _KIND.intact(words, row.record_id, row.number, key, signature, bytes(row.content_hash))
    if not intact or (kind == "begins") is not row.begins:
        raise RestrictionAltered
    return Step(row.begins, body["words"], body.get("how", ""), row.by, row.at, row.entry)


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest steps name."""
    rows = Restricted.objects.order_by("-entry").values_list("entry", "by")[:most]
    return [Told(entry, frozenset({Act.RESTRICTION_WRITE}), actor) for entry, actor in rows]
