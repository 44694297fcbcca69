"""Reading rooms: where a meeting stands, what was said around it, what was said the last time.

Rules: each look asks the gate; facts cost one entry in the log for all that are opened, written
before the first word. A client reads her own facts and nobody else's, so that what the clinician
wrote down about her place, or another who stands for her said, never shows on her screen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet

from stillroom.access import Act, Label, Ward
from stillroom.identity import queries as people
from stillroom.identity.entries import EntryKind
from stillroom.phi import Presence, Told, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests as guests
from stillroom.practice import queries_several as members
from stillroom.practice import queries_visits as visits
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.meetings import Meeting as Meeting
from stillroom.telehealth.meetings import asked as asked
from stillroom.telehealth.meetings import may as may
from stillroom.telehealth.meetings import meeting as meeting
from stillroom.telehealth.meetings import meeting_of, seats_of
from stillroom.telehealth.meetings import ward_of as ward_of
from stillroom.telehealth.models import Fact as FactRow
from stillroom.telehealth.models import Room
from stillroom.telehealth.rules_checks import Check
from stillroom.telehealth.rules_facts import Fact
from stillroom.telehealth.rules_session import STAYS, Phase, Planned

SIGNED = EntryKind("fact of a meeting")
_LOOK_BACK = 12
"""So many meetings back the last answers are looked for."""


def count(room_id: str, *, by: str = "") -> int:
    """How many facts a room has: what a page watches to learn that something new was said."""
    rows = FactRow.objects.filter(room=room_id)
    return (rows.filter(by=by) if by else rows).count()


def facts_of(presence: Presence, one: Meeting) -> list[Fact]:
    """What was said around a meeting, in its order: all of it for those who care, her own for a
    client; of one member of several, hers. `FactAltered` when one is not what was signed."""
    rows = FactRow.objects.filter(room=one.id)
    mine = rows.filter(seat__number=one.member) if one.member else rows.filter(seat=None)
    return opened(presence, one.chart, mine)


def last_check(presence: Presence, one: Meeting) -> tuple[Check, Fact] | None:
    """The last answers of whom this meeting, or this seat, is about, from the meetings before."""
    rows = Room.objects.filter(pk__in=_about(one).exclude(room=one.id).values("room"))
    ids = list(rows.order_by("-made_at", "-pk").values_list("pk", flat=True)[:_LOOK_BACK])
    said = opened(presence, one.chart, _about(one).filter(room__in=ids))
    found = [one for one in said if one.kind == facts.CHECK]
    newest = max(found, key=lambda one: one.at, default=None)
    return (check_of(newest), newest) if newest is not None else None


def _about(one: Meeting) -> QuerySet[FactRow]:
    """Facts that lie in a meeting's chart; of a couple's, those of that one of both alone."""
    if one.of and not one.apart:
        return FactRow.objects.filter(seat__chart=one.chart, seat__client=one.client)
    return FactRow.objects.filter(lies_in(one.chart))


def lies_in(chart_id: str) -> Q:
    """Facts that lie in a chart: of its visits, and of a member’s seats."""
    return Q(seat=None, room__chart=chart_id) | Q(seat__chart=chart_id)


def check_of(one: Fact) -> Check:
    """The answers of a fact of that kind."""
    known = {name: one.body[name] for name in Check.__struct_fields__ if name in one.body}
    return Check(**known)


def latest(found: Iterable[Fact], kind: str) -> Fact | None:
    """The last fact of a kind."""
    return next((one for one in reversed(list(found)) if one.kind == kind), None)


def locals_of(presence: Presence, chart_id: str, place: str) -> list[Fact]:
    """Whom help was called from at a place, in this chart, newest first; each number once."""
    rows = Room.objects.filter(pk__in=FactRow.objects.filter(lies_in(chart_id)).values("room"))
    ids = list(rows.order_by("-made_at", "-pk").values_list("pk", flat=True)[:_LOOK_BACK])
    mine = FactRow.objects.filter(lies_in(chart_id), room__in=ids)
    found = opened(presence, chart_id, mine)
    here = [one for one in found if one.kind == facts.LOCAL and one.body.get("place") == place]
    newest = sorted(here, key=lambda one: one.at, reverse=True)
    return list({str(one.body.get("number")): one for one in reversed(newest)}.values())[::-1]


def opened(presence: Presence, chart_id: str, rows: QuerySet[FactRow]) -> list[Fact]:
    """The facts among those rows, all of which lie in that chart."""
    act = Act.CALL_CHECK if presence.guest else Act.RECORD_READ
    cares = practice.cares_of(presence.person, chart_id)
    purpose = practice.purpose_for(presence, cares)
    labels = frozenset() if presence.guest else frozenset({Label.CLINICAL})
    ward = Ward(chart=chart_id, labels=labels)
    grant = bridge.ask(presence, act, purpose, ward, cares=cares)
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
    """The meetings by video of a chart that are not over: booked ones, and any that stands open.
    A member of several sees how they stand for her; of a group, by her own chart."""
    booked = {one.id: one for one in visits.by_video(presence, chart_id, since=STAYS)}
    found = _standing(presence, [chart_id], booked)
    if not presence.guest:
        return found
    stand = guests.own_stand(presence, chart_id)
    groups = members.groups_of(presence, stand)
    if not groups:
        return found
    booked = {one.id: one for one in members.of_groups(presence, stand, since=STAYS)}
    return sorted([*found, *_standing(presence, groups, booked)], key=_begins)


def _begins(one: Visit) -> datetime:
    return one.planned.starts_at or one.planned.opened_at or datetime.max.replace(tzinfo=UTC)


def _standing(
    presence: Presence, charts: Sequence[str], booked: Mapping[str, visits.Booked]
) -> list[Visit]:
    recent = presence.at - timedelta(days=1)
    rows = {row.pk: row for row in Room.objects.filter(chart__in=charts, closed_at=None)}
    begun = [pk for pk, row in rows.items() if row.opened_at and row.made_at > recent]
    found = []
    for room_id in dict.fromkeys([*booked, *begun]):
        whole = meeting_of(room_id, rows.get(room_id), booked.get(room_id))
        one = _hers(presence, whole) if presence.guest else whole
        if one is not None and not one.phase_at(presence.at).ends:
            found.append(Visit(room_id, one.person, one.planned, one.phase_at(presence.at)))
    return found


def _hers(presence: Presence, whole: Meeting) -> Meeting | None:
    """A client's own side of a meeting: her seat, where it is one of several."""
    if not whole.several:
        return whole
    stand = members.stands_in(presence, whole.chart, whole.person)
    seats = seats_of(whole, presence.at) if stand else []
    return next((one for one in seats if stand and one.client == stand.client), None)


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
