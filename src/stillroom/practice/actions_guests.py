"""Letting a client, or who stands for her, in by her own door; and shutting it again.

Rules: who treats invites, because the chart's ring goes on only from who holds it (P3, T04); each
act is in the log before its rows change. A group's chart is nobody's own: what is said there of one
member is in her own chart. Whoever cares, and the front desk at a telephone, may freeze an account
at once and in silence (THREATS.md, T08); only who cares may thaw it. What ends takes the key along.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from stillroom.access import Act, Capacity, Grant, Purpose, Ward
from stillroom.identity import guests
from stillroom.kernel import Misuse, StillroomError, new_id
from stillroom.phi import House, NotHere, Presence, bridge, rings
from stillroom.practice import queries, queries_guests
from stillroom.practice.models import Chart, Holder, Standing


class NoDoorForGroups(StillroomError):
    """A group's chart names its members to each other."""

    what = "a group’s chart has no door for its members"
    usual_advice = "Invite each of them to her own chart, where her part of each session is."


class StandsAlready(StillroomError):
    """There is an account for this client and chart."""

    what = "this client can come in already"
    usual_advice = "If the way in was lost, offer the place anew."


@dataclass(frozen=True)
class Stand:
    """What an invitation gives: as whom, of which client, how far, until when.

    `words` say on what a proxy rests; they are sealed in the chart's ring.
    """

    client: str
    capacity: Capacity = Capacity.HOLDER
    reach: frozenset[str] = frozenset()
    until: datetime | None = None
    words: bytes = b""


def invite(presence: Presence, chart_id: str, stand: Stand) -> guests.Offer:
    """A place for somebody new. `NoDoorForGroups`, `StandsAlready`."""
    _require_door(presence, chart_id, stand)
    ward, grant = _asked(presence, chart_id, Act.GUEST_INVITE)
    with transaction.atomic():
        _lock(chart_id)
        if stand.capacity is Capacity.HOLDER and _of_client(chart_id, stand.client, presence.at):
            raise StandsAlready
        offered = guests.offer(presence.house, at=presence.at)
        details: bridge.Details = {
            "did": "invited",
            "person": offered.person,
            "client": stand.client,
            "as": stand.capacity.value,
            "reach": sorted(stand.reach),
        }
        entry = bridge.note(presence, grant, ward, details)
        rings.share_ring(presence, chart_id, rings.Kind.CHART, offered.person, offered.public)
        standing = new_id()
        Standing.objects.create(
            id=standing,
            chart_id=chart_id,
            client_id=stand.client,
            person=offered.person,
            capacity=stand.capacity.value,
            reach=sorted(stand.reach),
            begins_at=presence.at,
            ends_at=stand.until,
            invited_by=presence.person,
            sealed=bridge.seal(presence, grant, ward, standing, "standing", 1, stand.words)
            if stand.words
            else b"",
            entry=entry,
        )
    return offered


def offer_anew(presence: Presence, chart_id: str, person: str) -> guests.Offer:
    """The same account anew, for somebody who lost her way in: the old way in is gone at once.

    Every chart of hers that this clinician treats goes along; what else was hers, its own clinician
    offers anew.
    """
    ward, grant = _asked(presence, chart_id, Act.GUEST_INVITE)
    with transaction.atomic():
        _lock(chart_id)
        rows = list(_running(person, presence.at))
        if chart_id not in {row.chart_id for row in rows}:
            raise NotHere
        bridge.note(presence, grant, ward, {"did": "offered anew", "person": person})
        offered = guests.offer(presence.house, at=presence.at, person=person)
        for row in rows:
            if row.chart_id == chart_id or _treats(presence, row.chart_id):
                rings.share_ring(presence, row.chart_id, rings.Kind.CHART, person, offered.public)
            else:
                rings.withdraw_ring(row.chart_id, rings.Kind.CHART, person)
    return offered


def freeze(presence: Presence, chart_id: str, person: str, *, frozen: bool = True) -> None:
    """Shut somebody's door at once, or open it again."""
    cares = queries.cares_of(presence.person, chart_id)
    purpose = queries.purpose_for(presence, cares) if cares else Purpose.SCHEDULING
    if not frozen and not cares:
        bridge.refuse(presence, Act.GUEST_FREEZE, chart_id)
        raise NotHere
    ward = Ward(chart=chart_id)
    bridge.ask(presence, Act.GUEST_FREEZE, purpose, ward, cares=cares)
    if not _running(person, presence.at).filter(chart=chart_id).exists():
        bridge.refuse(presence, Act.GUEST_FREEZE, chart_id)
        raise NotHere
    did = "froze" if frozen else "thawed"
    with transaction.atomic():
        # The front desk holds no ring of the chart: this entry is the house's.
        bridge.note_house(presence, Act.GUEST_FREEZE, {"did": did, "person": person})
        guests.freeze(person, frozen=frozen)


def end_standing(presence: Presence, chart_id: str, person: str) -> None:
    """End how somebody stands to a chart; the key goes, and with the last chart the account."""
    ward, grant = _asked(presence, chart_id, Act.GUEST_INVITE)
    with transaction.atomic():
        _lock(chart_id)
        row = _running(person, presence.at).filter(chart=chart_id).first()
        if row is None:
            raise NotHere
        bridge.note(presence, grant, ward, {"did": "ended a door", "person": person})
        _end(row, presence.at)


def withdraw_past(house: House, at: datetime) -> int:
    """Take away the keys of those whose standing ended by itself; says how many (a proxy, at the
    majority of the client). The gate has been shut from the very moment (P3)."""
    taken = 0
    for row in Standing.objects.filter(ends_at__lte=at, capacity=Capacity.PROXY.value):
        if not rings.holds(row.person, row.chart_id, rings.Kind.CHART):
            continue
        with transaction.atomic():
            details: bridge.Details = {"did": "a door ended by itself", "chart": row.chart_id}
            bridge.note_event(
                house, "house", Act.GUEST_INVITE, {**details, "person": row.person}, at=at
            )
            _end(row, at, keep_end=True)
            taken += 1
    return taken


def _end(row: Standing, at: datetime, *, keep_end: bool = False) -> None:
    if not keep_end:
        Standing.objects.filter(pk=row.pk).update(ends_at=at)
    rings.withdraw_ring(row.chart_id, rings.Kind.CHART, row.person)
    if not _running(row.person, at).exists():
        guests.close(row.person)


def _asked(presence: Presence, chart_id: str, act: Act) -> tuple[Ward, Grant]:
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    return ward, bridge.ask(presence, act, Purpose.TREATMENT, ward, cares=cares)


def _require_door(presence: Presence, chart_id: str, stand: Stand) -> None:
    if stand.capacity not in (Capacity.HOLDER, Capacity.PROXY):
        raise Misuse("a guest stands to a chart as holder or as proxy")
    head = queries.chart_head(presence, chart_id)
    if head.kind == Chart.Kind.GROUP:
        raise NoDoorForGroups
    if not Holder.objects.filter(chart=chart_id, client=stand.client).exists():
        raise NotHere


def _treats(presence: Presence, chart_id: str) -> bool:
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    return bridge.may(presence, Act.GUEST_INVITE, Purpose.TREATMENT, ward, cares=cares)


def _lock(chart_id: str) -> None:
    list(Chart.objects.select_for_update().filter(pk=chart_id).values_list("pk"))


def _running(person: str, at: datetime) -> QuerySet[Standing]:
    return queries_guests.running(at).filter(person=person)


def _of_client(chart_id: str, client: str, at: datetime) -> bool:
    rows = queries_guests.running(at).filter(chart=chart_id, client=client)
    return rows.filter(capacity=Capacity.HOLDER.value).exists()
