"""Writing around a meeting: facts, the door, and the end with its times.

Rules: a fact is asked of the gate and in the log in the transaction of its row; it is sealed in the
chart's ring and signed by whoever says it, over the words, the room and its number (P5). A client
writes for the purpose *own* and only what her page may say. Only who treats or covers opens a door
and shuts it. What was said in the meeting is never here.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Max

from stillroom.access import Act, Grant
from stillroom.kernel import Misuse, StillroomError, new_id
from stillroom.phi import Presence, bridge
from stillroom.practice import actions as practising
from stillroom.practice.queries_several import members
from stillroom.telehealth import queries, rules_session
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.models import Fact as FactRow
from stillroom.telehealth.models import Room, Seat
from stillroom.telehealth.queries import Meeting
from stillroom.telehealth.rules_checks import Check
from stillroom.telehealth.rules_facts import Fact
from stillroom.telehealth.rules_licence import Licence, require_reason
from stillroom.telehealth.rules_session import Phase
from stillroom.telehealth.rules_several import by_server


class NotNowThisDoor(StillroomError):
    """A door was to be opened, or gone through, when that cannot be."""

    what = "this visit is not open"
    usual_advice = "Look at its page: it says when it is, or how it ended."


class TimesWrong(StillroomError):
    """An end before the beginning, or after now."""

    what = "the session cannot have ended then"
    usual_advice = "Give an end after the start and not after now."


def begin_now(presence: Presence, chart_id: str, *, many: bool = False) -> str:
    """A room without an appointment, for the clinician and whoever holds this chart; gives its id.
    `many`: whether the practice has a server for many. `TooManyByVideo`, `NoServerForMany`."""
    grant = queries.asked(presence, chart_id, Act.CALL_OPEN)
    by_server(len(members(chart_id)), many=many)
    room_id = new_id()
    with transaction.atomic():
        details: bridge.Details = {"did": "made a room", "room": room_id}
        bridge.note(presence, grant, queries.ward_of(chart_id), details)
        Room.objects.create(id=room_id, chart=chart_id, person=presence.person, made_at=presence.at)
    return room_id


def say(
    presence: Presence, one: Meeting, kind: str, body: Mapping[str, Any], act: Act = Act.CALL_CHECK
) -> Fact:
    """Write one fact down; gives it as it stands."""
    if presence.guest and kind not in facts.OF_GUESTS:
        raise Misuse("a client's page does not write that")
    with transaction.atomic():
        grant = queries.asked(presence, one.chart, act)
        locked(presence, one)
        return add(presence, grant, one, kind, body)


def locked(presence: Presence, one: Meeting) -> Room:
    """The room's row, made when the first thing is said around a booked meeting, and held."""
    Room.objects.get_or_create(
        pk=one.id,
        defaults={"chart": one.room_chart, "person": one.person, "made_at": presence.at},
    )
    return Room.objects.select_for_update().get(pk=one.id)


def seat_row(one: Meeting) -> Seat | None:
    """The row of a member's seat, made with the first thing that is said of her; none for two."""
    if not one.member:
        return None
    given = {"client": one.client, "chart": one.chart}
    return Seat.objects.get_or_create(room_id=one.id, number=one.member, defaults=given)[0]


def add(presence: Presence, grant: Grant, one: Meeting, kind: str, body: Mapping[str, Any]) -> Fact:
    """A fact's row, after the gate was asked and while the room is held."""
    rows = FactRow.objects.filter(room=one.id)
    number = (rows.aggregate(top=Max("number"))["top"] or 0) + 1
    words, ward = facts.encode(kind, body), queries.ward_of(one.chart)
    digest = queries.SIGNED.digest(words)
    details: bridge.Details = {"did": "fact", "room": one.id, "content": digest.hex()}
    entry = bridge.note(presence, grant, ward, details)
    FactRow.objects.create(
        room_id=one.id,
        seat=seat_row(one),
        number=number,
        by=presence.person,
        at=presence.at,
        sealed=bridge.seal(presence, grant, ward, one.id, "fact", number, words),
        content_hash=digest,
        signature=presence.key.sign(queries.SIGNED.message(one.id, number, digest)),
        entry=entry,
    )
    return Fact(number, kind, body, presence.person, presence.at)


def answer(presence: Presence, one: Meeting, check: Check) -> Fact:
    """What was said before the door opened, complete (`rules_checks.checked`)."""
    where = one.phase_at(presence.at)
    if presence.guest and not rules_session.may_wait(where):
        raise NotNowThisDoor
    return say(presence, one, facts.CHECK, msgspec.to_builtins(check))


def came(presence: Presence, one: Meeting) -> Fact | None:
    """A client is in the waiting room, once a meeting: how early or late. `None` if she was."""
    rows = FactRow.objects.filter(room=one.id, by=presence.person)
    if rows.exists() and queries.latest(queries.facts_of(presence, one), facts.CAME):
        return None
    late = rules_session.minutes_late(one.planned.starts_at, presence.at)
    return say(presence, one, facts.CAME, {"late": late}, Act.CALL_JOIN)


def open_door(
    presence: Presence,
    one: Meeting,
    licence: Licence,
    *,
    consented: bool,
    reason: str,
    many: bool = False,
) -> None:
    """Let the client in; of several, one member. `NoReasonGiven` where a licence or a consent is in
    doubt and no reason is given; an open door stays as it is. `many`: as for `begin_now`."""
    where = one.phase_at(presence.at)
    if where is Phase.OPEN:
        return
    if not rules_session.may_open(where):
        raise NotNowThisDoor
    carried = one.member > 0 and carries(one, many=many)
    require_reason(licence, consented=consented, reason=reason)
    body = {
        "licensed": licence.licensed,
        "place": licence.place,
        "standing": licence.standing.value,
        "consent": "yes" if consented else "no",
        "reason": reason.strip()[: facts.LONGEST],
    }
    with transaction.atomic():
        grant = queries.asked(presence, one.chart, Act.CALL_OPEN)
        row = locked(presence, one)
        add(presence, grant, one, facts.OPENED, body)
        if one.member:
            let_in = Seat.objects.filter(room=one.id, number=one.member)
            let_in.update(let_in_at=presence.at, out_at=None)
        if row.opened_at is None:
            opened(presence, one, carried=carried)


def carries(one: Meeting, *, many: bool) -> bool:
    """Whether a server carries this visit of several: as its door was opened, while it is open.
    `TooManyByVideo`, `NoServerForMany`, `BeganWithFewer`."""
    return by_server(len(members(one.room_chart)), many=one.carried or many, among=one.among)


def opened(presence: Presence, one: Meeting, *, carried: bool) -> None:
    """The room's row from when its door stands open."""
    row = Room.objects.filter(pk=one.id)
    row.update(opened_at=presence.at, person=presence.person, carried=carried)


def end(presence: Presence, one: Meeting, start: datetime, stop: datetime, place: str) -> None:
    """Shut the door for good, with the times of the session; its appointment was held.

    `start` is when the two were in it, `stop` when it ended, both not after now.
    """
    if one.phase_at(presence.at) is not Phase.OPEN:
        raise NotNowThisDoor
    if not start < stop <= presence.at:
        raise TimesWrong
    body = {"start": start.isoformat(), "stop": stop.isoformat(), "place": place}
    with transaction.atomic():
        grant = queries.asked(presence, one.chart, Act.CALL_OPEN)
        locked(presence, one)
        add(presence, grant, one, facts.ENDED, body)
        Room.objects.filter(pk=one.id).update(closed_at=presence.at)
        _mark(presence, one, "held")


def shut_unused(presence: Presence, one: Meeting) -> None:
    """Shut an open door behind which nothing came about; the appointment stays as it is."""
    if one.phase_at(presence.at) is not Phase.OPEN:
        raise NotNowThisDoor
    with transaction.atomic():
        grant = queries.asked(presence, one.chart, Act.CALL_OPEN)
        row = locked(presence, one)
        details: bridge.Details = {"did": "shut the door", "room": one.id}
        bridge.note(presence, grant, queries.ward_of(one.chart), details)
        ends = presence.at if one.planned.starts_at is None else None
        Seat.objects.filter(room=one.id).update(let_in_at=None, out_at=None)
        Room.objects.filter(pk=row.pk).update(opened_at=None, closed_at=ends)


def absent(presence: Presence, one: Meeting) -> None:
    """The client did not come: a fact, and the appointment was missed."""
    if not rules_session.may_be_absent(one.planned, presence.at):
        raise NotNowThisDoor
    with transaction.atomic():
        grant = queries.asked(presence, one.chart, Act.CALL_OPEN)
        locked(presence, one)
        add(presence, grant, one, facts.ABSENT, {})
        _mark(presence, one, "missed")


def _mark(presence: Presence, one: Meeting, state: str) -> None:
    """The appointment follows, where there is one that is still planned and has begun."""
    starts = one.planned.starts_at
    if starts is not None and one.planned.state == "planned" and starts <= presence.at:
        practising.mark(presence, one.id, state)


def seated(presence: Presence, one: Meeting) -> None:
    """Somebody takes her seat, in the log; the ticket is issued after this."""
    grant = queries.asked(presence, one.chart, Act.CALL_JOIN)
    details: bridge.Details = {"did": "took a seat", "room": one.id}
    bridge.note(presence, grant, queries.ward_of(one.chart), details)
