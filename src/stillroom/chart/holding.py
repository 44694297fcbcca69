"""Holding a record from the client who could read it, ending that, and what is held.

Rules: who treats holds, for a ground of the closed list (`rules_holds`) and in words of her own,
both sealed and signed, and in the log first; a hold is never changed, only ended. What lies in the
clear is enough to keep a record back before anything is opened (`chart.own`), and says no reason.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from django.db import transaction

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.chart import queries
from stillroom.chart.models import Hold
from stillroom.chart.rules_holds import (
    GROUNDS,
    Ground,
    Held,
    HeldAlready,
    NotHeld,
    require,
)
from stillroom.chart.wards import hidden_among
from stillroom.identity import queries as people
from stillroom.identity.entries import EntryKind
from stillroom.kernel import StillroomError, new_id
from stillroom.phi import NotHere, Presence, Told, bridge
from stillroom.practice import queries as practice

_HOLD = EntryKind("hold")


class HoldAltered(StillroomError):
    """What is kept of a hold is not what was signed."""

    what = "a hold on this chart is not what was signed"
    usual_advice = "Nothing of it is shown. Tell whoever hosts the practice, and keep a copy."


class _Sheet(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    ground: str
    words: str
    ends_on: date
    record: str
    kind: str
    salt: bytes


@dataclass(frozen=True)
class Reason:
    """What is asked for when something is to be held."""

    ground: str
    words: str
    ends_on: date | None


@dataclass(frozen=True)
class Standing:
    """A hold that stands, with its reason, for those who care."""

    held: Held
    ground: Ground
    words: str
    at: datetime
    entry: int


def hold_record(presence: Presence, record_id: str, reason: Reason) -> str:
    """Hold one signed or drafted record from now on; gives the hold's id."""
    row = queries.find_record(presence, record_id, Act.RECORD_HOLD)
    if row.private:
        # No client reads it, so there is nothing to hold, and nothing is told of it (P4).
        bridge.refuse(presence, Act.RECORD_HOLD, record_id)
        raise NotHere
    return _hold(presence, queries.ward_of(row), row.pk, "", reason)


def hold_kind(presence: Presence, chart_id: str, kind: str, reason: Reason) -> str:
    """Hold every record of what the law calls this kind, those to come too."""
    return _hold(presence, queries.chart_ward(chart_id), "", kind, reason)


def _hold(presence: Presence, ward: Ward, record: str, kind: str, reason: Reason) -> str:
    grant = _asked(presence, ward)
    ground, last = require(reason.ground, reason.words, reason.ends_on, presence.today)
    hold_id = new_id()
    sheet = _Sheet(1, ground.id, reason.words.strip(), last, record, kind, secrets.token_bytes(16))
    words = msgspec.json.encode(sheet)
    digest = _HOLD.digest(words)
    with transaction.atomic():
        practice.hold(ward.chart)
        same = Hold.objects.filter(
            chart=ward.chart, record=record, kind=kind, proxies=ground.proxies, ended_at=None
        )
        if any(_held(row).stands(presence.today) for row in same):
            raise HeldAlready
        details: bridge.Details = {
            "did": "held",
            "hold": hold_id,
            "ground": ground.id,
            "content": digest.hex(),
            **({"record": record} if record else {"kind": kind}),
        }
        entry = bridge.note(presence, grant, ward, details)
        Hold.objects.create(
            id=hold_id,
            chart=ward.chart,
            record=record,
            kind=kind,
            proxies=ground.proxies,
            stays=ground.stays,
            ends_on=last,
            by=presence.person,
            begun_at=presence.at,
            sealed=bridge.seal(presence, grant, ward, hold_id, "hold", 1, words),
            content_hash=digest,
            signature=presence.key.sign(_HOLD.message(hold_id, 1, digest)),
            entry=entry,
        )
    return hold_id


def end(presence: Presence, hold_id: str) -> str:
    """End a hold: the client reads from now on. Gives the chart."""
    row = Hold.objects.filter(pk=hold_id).first()
    if row is None or hidden_among(presence, [row.record]):
        bridge.refuse(presence, Act.RECORD_HOLD, hold_id)
        raise NotHere
    ward = queries.chart_ward(row.chart)
    grant = _asked(presence, ward)
    with transaction.atomic():
        practice.hold(row.chart)
        waiting = Hold.objects.filter(pk=hold_id, ended_at=None)
        if not waiting.exists() or not _held(row).stands(presence.today):
            raise NotHeld
        bridge.note(presence, grant, ward, {"did": "ended a hold", "hold": hold_id})
        waiting.update(ended_at=presence.at, ended_by=presence.person)
    return row.chart


def _asked(presence: Presence, ward: Ward) -> Grant:
    cares = practice.cares_of(presence.person, ward.chart)
    return bridge.ask(presence, Act.RECORD_HOLD, Purpose.TREATMENT, ward, cares=cares)


def in_force(chart_id: str, today: date) -> list[Held]:
    """The holds that stand in a chart, as they lie in the clear. Opens nothing."""
    rows = Hold.objects.filter(chart=chart_id, ended_at=None).order_by("begun_at", "pk")
    return [held for row in rows if (held := _held(row)).stands(today)]


def begun_since(chart_id: str, moment: datetime, today: date) -> list[Held]:
    """Those of them that were begun after a moment. Opens nothing."""
    rows = Hold.objects.filter(chart=chart_id, ended_at=None, begun_at__gte=moment).order_by("pk")
    return [held for row in rows if (held := _held(row)).stands(today)]


def _held(row: Hold) -> Held:
    return Held(row.pk, row.record, row.kind, row.proxies, row.stays, row.ends_on, row.by)


# Written out, because every record's page asks it; building it anew took longer than the answer.
_OF_CHART = """
    SELECT * FROM chart_hold WHERE chart = %s AND ended_at IS NULL ORDER BY begun_at, id
"""


def standing(presence: Presence, chart_id: str, record: str = "") -> list[Standing]:
    """The holds that stand in a chart, or on one record of it, with their reasons: for those who
    care. One entry in the log, if there are any."""
    kept = [
        row
        for row in Hold.objects.raw(_OF_CHART, (chart_id,))
        if _held(row).stands(presence.today) and (not record or row.record in ("", record))
    ]
    hidden = hidden_among(presence, [row.record for row in kept if row.record])
    kept = [row for row in kept if row.record not in hidden]
    if not kept:
        return []
    cares = practice.cares_of(presence.person, chart_id)
    ward = queries.chart_ward(chart_id)
    purpose = practice.purpose_for(presence, cares)
    grant = bridge.ask(presence, Act.RECORD_READ, purpose, ward, cares=cares)
    parts = [(row.pk, "hold", 1, bytes(row.sealed)) for row in kept]
    words = bridge.reveal(presence, grant, ward, parts, {"did": "looked what is held"})
    return [_read(row, text) for row, text in zip(kept, words, strict=True)]


def _read(row: Hold, words: bytes) -> Standing:
    sheet = msgspec.json.decode(words, type=_Sheet)
    ground = GROUNDS[sheet.ground]
    key, signature = people.verifying_key(row.by), bytes(row.signature)
    intact = _HOLD.intact(words, row.pk, 1, key, signature, bytes(row.content_hash))
    if not intact or not _same(row, sheet, ground):
        raise HoldAltered
    return Standing(_held(row), ground, sheet.words, row.begun_at, row.entry)


def _same(row: Hold, sheet: _Sheet, ground: Ground) -> bool:
    """What lies in the clear is what was signed: somebody with the disk cannot let a record go."""
    return (row.record, row.kind, row.ends_on, row.proxies, row.stays) == (
        sheet.record,
        sheet.kind,
        sheet.ends_on,
        ground.proxies,
        ground.stays,
    )


def grounds(presence: Presence, grant: Grant, ward: Ward, ids: Sequence[str]) -> dict[str, Ground]:
    """The grounds of some holds, without the clinician's words, under a reader's own grant.

    For the client's page (`chart.own`), which says that something is held and what she may do.
    """
    rows = list(Hold.objects.filter(pk__in=list(ids), chart=ward.chart).order_by("pk"))
    parts = [(row.pk, "hold", 1, bytes(row.sealed)) for row in rows]
    if not parts:
        return {}
    words = bridge.reveal(presence, grant, ward, parts, {"did": "looked what is held"})
    return {row.pk: _read(row, text).ground for row, text in zip(rows, words, strict=True)}


def due(presence: Presence, until: date) -> list[tuple[str, Held]]:
    """Holds that end, or are to be looked at again, by a day, in the charts that I treat: the chart
    and the hold, the nearest first. Opens nothing."""
    charts = practice.charts_in_care(presence)
    rows = Hold.objects.filter(chart__in=charts, ended_at=None, ends_on__lte=until)
    hidden = hidden_among(presence, [row.record for row in rows if row.record])
    mine = [
        (row.chart, _held(row))
        for row in rows.order_by("ends_on", "pk")
        if row.record not in hidden
    ]
    return [(chart, held) for chart, held in mine if held.stands(presence.today)]


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest holds name."""
    rows = Hold.objects.order_by("-entry").values_list("entry", "by")[:most]
    return [Told(entry, frozenset({Act.RECORD_HOLD}), actor) for entry, actor in rows]
