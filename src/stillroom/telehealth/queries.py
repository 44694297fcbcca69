"""Reading rooms: where a meeting stands, what was said around it, what was said the last time.

Rules: each look asks the gate; facts cost one entry in the log for all that are opened, written
before the first word. A client reads her own facts and nobody else's, so that what the clinician
wrote down about her place, or another who stands for her said, never shows on her screen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stillroom.access import Act, Grant, Label, Purpose, Ward
from stillroom.identity import queries as people
from stillroom.identity.entries import EntryKind
from stillroom.phi import NotHere, Presence, Told, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_visits as visits
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.models import Fact as FactRow
from stillroom.telehealth.models import Room
from stillroom.telehealth.rules_checks import Check
from stillroom.telehealth.rules_facts import Fact
from stillroom.telehealth.rules_session import STAYS, Phase, Planned, phase

SIGNED = EntryKind("fact of a meeting")
_LOOK_BACK = 12
"""So many meetings back the last answers are looked for."""


@dataclass(frozen=True)
class Meeting:
    """One room: which chart, with whom of the staff, how it stands. `made`: its row is there."""

    id: str
    chart: str
    person: str
    planned: Planned
    made: bool

    def phase_at(self, at: datetime) -> Phase:
        """Where it stands."""
        return phase(self.planned, at)


def meeting(presence: Presence, room_id: str, act: Act = Act.CALL_JOIN) -> Meeting:
    """One room, booked or begun at once, or `NotHere`."""
    row = Room.objects.filter(pk=room_id).first()
    booked = visits.booked(presence, room_id)
    if row is None and (booked is None or booked.mode != visits.BY_VIDEO):
        bridge.refuse(presence, act, room_id)
        raise NotHere
    found = _meeting(room_id, row, booked)
    asked(presence, found.chart, act)
    return found


def _meeting(room_id: str, row: Room | None, booked: visits.Booked | None) -> Meeting:
    planned = Planned(
        booked.starts_at if booked else None,
        booked.ends_at if booked else None,
        booked.state if booked else "planned",
        row.opened_at if row else None,
        row.closed_at if row else None,
    )
    chart = row.chart if row else booked.chart if booked else ""
    keeper = row.person if row else booked.person if booked else ""
    return Meeting(room_id, chart, keeper, planned, row is not None)


def ward_of(chart_id: str) -> Ward:
    """What is said around a meeting lies in the chart."""
    return Ward(chart=chart_id)


def asked(presence: Presence, chart_id: str, act: Act) -> Grant:
    """The gate's grant for one act about a chart's rooms."""
    cares = practice.cares_of(presence.person, chart_id)
    purpose = Purpose.OWN if presence.guest else Purpose.TREATMENT
    return bridge.ask(presence, act, purpose, ward_of(chart_id), cares=cares)


def may(presence: Presence, chart_id: str, act: Act) -> bool:
    """Whether to show what an act would do."""
    cares = practice.cares_of(presence.person, chart_id)
    purpose = Purpose.OWN if presence.guest else Purpose.TREATMENT
    return bridge.may(presence, act, purpose, ward_of(chart_id), cares=cares)


def count(room_id: str, *, by: str = "") -> int:
    """How many facts a room has: what a page watches to learn that something new was said."""
    rows = FactRow.objects.filter(room=room_id)
    return (rows.filter(by=by) if by else rows).count()


def facts_of(presence: Presence, one: Meeting) -> list[Fact]:
    """What was said around a meeting, in its order: all of it for those who care, her own for a
    client. `FactAltered` when one is not what was signed."""
    return _opened(presence, one.chart, [one.id])


def last_check(
    presence: Presence, chart_id: str, *, without: str = ""
) -> tuple[Check, Fact] | None:
    """The last answers in a chart that this person may see, before the meeting `without`."""
    rows = Room.objects.filter(chart=chart_id).exclude(pk=without).order_by("-made_at", "-pk")
    ids = list(rows.values_list("pk", flat=True)[:_LOOK_BACK])
    found = [one for one in _opened(presence, chart_id, ids) if one.kind == facts.CHECK]
    newest = max(found, key=lambda one: one.at, default=None)
    return (check_of(newest), newest) if newest is not None else None


def check_of(one: Fact) -> Check:
    """The answers of a fact of that kind."""
    known = {name: one.body[name] for name in Check.__struct_fields__ if name in one.body}
    return Check(**known)


def latest(found: Iterable[Fact], kind: str) -> Fact | None:
    """The last fact of a kind."""
    return next((one for one in reversed(list(found)) if one.kind == kind), None)


def locals_of(presence: Presence, chart_id: str, place: str) -> list[Fact]:
    """Whom help was called from at a place, in this chart, newest first; each number once."""
    rows = Room.objects.filter(chart=chart_id).order_by("-made_at", "-pk")
    found = _opened(presence, chart_id, list(rows.values_list("pk", flat=True)[:_LOOK_BACK]))
    here = [one for one in found if one.kind == facts.LOCAL and one.body.get("place") == place]
    newest = sorted(here, key=lambda one: one.at, reverse=True)
    return list({str(one.body.get("number")): one for one in reversed(newest)}.values())[::-1]


def _opened(presence: Presence, chart_id: str, room_ids: Sequence[str]) -> list[Fact]:
    act = Act.CALL_CHECK if presence.guest else Act.RECORD_READ
    cares = practice.cares_of(presence.person, chart_id)
    purpose = practice.purpose_for(presence, cares)
    labels = frozenset() if presence.guest else frozenset({Label.CLINICAL})
    ward = Ward(chart=chart_id, labels=labels)
    grant = bridge.ask(presence, act, purpose, ward, cares=cares)
    rows = FactRow.objects.filter(room__in=room_ids)
    if presence.guest:
        rows = rows.filter(by=presence.person)
    kept = list(rows.order_by("room", "number"))
    if not kept:
        return []
    parts = [(row.room_id, "fact", row.number, bytes(row.sealed)) for row in kept]
    told: bridge.Details = {"did": "facts of meetings", "rooms": sorted({r.room_id for r in kept})}
    return list(_read(kept, bridge.reveal(presence, grant, ward, parts, told)))


def _read(rows: Iterable[FactRow], words: Iterable[bytes]) -> Iterable[Fact]:
    for row, text in zip(rows, words, strict=True):
        key, signature = people.verifying_key(row.by), bytes(row.signature)
        kept = bytes(row.content_hash)
        if not SIGNED.intact(text, row.room_id, row.number, key, signature, kept):
            raise facts.FactAltered
        kind, body = facts.decode(text)
        yield Fact(row.number, kind, body, row.by, row.at)


@dataclass(frozen=True)
class Visit:
    """One meeting by video in a list: when, with whom, where it stands."""

    id: str
    person: str
    planned: Planned
    phase: Phase


def coming(presence: Presence, chart_id: str) -> list[Visit]:
    """The meetings by video of a chart that are not over: booked ones, and any that stands open."""
    booked = {one.id: one for one in visits.by_video(presence, chart_id, since=STAYS)}
    rows = {row.pk: row for row in Room.objects.filter(chart=chart_id, closed_at=None)}
    recent = presence.at - timedelta(days=1)
    ids = [*booked, *(pk for pk, row in rows.items() if pk not in booked and row.made_at > recent)]
    found = []
    for room_id in ids:
        one = _meeting(room_id, rows.get(room_id), booked.get(room_id))
        where = one.phase_at(presence.at)
        if not where.ends and not (booked.get(room_id) is None and one.planned.opened_at is None):
            found.append(Visit(room_id, one.person, one.planned, where))
    return found


@dataclass(frozen=True)
class Met:
    """A meeting that was: from when to when its door was open."""

    id: str
    opened_at: datetime
    closed_at: datetime


def met(presence: Presence, chart_id: str) -> list[Met]:
    """The meetings of a chart that were held by video, newest first; nothing sealed is opened."""
    asked(presence, chart_id, Act.CALL_JOIN)
    rows = Room.objects.filter(chart=chart_id, opened_at__isnull=False, closed_at__isnull=False)
    found = rows.order_by("-opened_at").values_list("pk", "opened_at", "closed_at")
    return [Met(pk, opened, closed) for pk, opened, closed in found if opened and closed]


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest facts name."""
    acts = frozenset({Act.CALL_CHECK, Act.CALL_JOIN, Act.CALL_OPEN})
    rows = FactRow.objects.order_by("-entry").values_list("entry", "by")[:most]
    return [Told(entry, acts, by) for entry, by in rows]
