"""A client asks about a time or how she is reached; somebody of the practice sees to it.

Rules: an appointment changes when somebody of the practice changes it, never by a telephone that
may be in other hands (THREATS.md, T08); how she is reached changes so too, but for *never*: that
holds from the moment it is said, and whoever treats her is told of it.
"""

import msgspec
from django.db import transaction

from stillroom.access import Act, Purpose, Ward
from stillroom.kernel import new_id
from stillroom.phi import NotHere, Presence, bridge, fronts
from stillroom.practice import queries
from stillroom.practice.directory import Directory, decode, encode
from stillroom.practice.models import Appointment, Client, Holder
from stillroom.practice.models_own import OwnAsk
from stillroom.practice.own_asks import LONGEST, NEVER, NotPossible, NoWords, Words
from stillroom.practice.own_asks import encode as words_of
from stillroom.practice.queries_guests import Stands, own_stand
from stillroom.practice.queries_several import groups_of
from stillroom.practice.rules_wishes import Reach, is_never


def ask(presence: Presence, stand: Stands, words: Words, appointment_id: str = "") -> str:
    """Ask; gives its id. `NotPossible` for a time that is over or was asked about."""
    _asked(presence, stand)
    with transaction.atomic():
        if appointment_id:
            _require_open(presence, stand, appointment_id)
        elif not words.words.strip():
            raise NoWords
        return _keep(presence, stand, words, appointment_id or None)


def _require_open(presence: Presence, stand: Stands, appointment_id: str) -> None:
    charts = [stand.chart, *groups_of(presence, stand)]
    rows = Appointment.objects.select_for_update().filter(pk=appointment_id, chart__in=charts)
    row = rows.first()
    if row is None:
        bridge.refuse(presence, Act.OWN_ASK, appointment_id)
        raise NotHere
    # Her own asking alone: that another of a couple or a group asked is not hers to learn.
    mine = OwnAsk.objects.filter(appointment=row, client=stand.client, done_at=None)
    waits = mine.exists()
    if row.state != Appointment.State.PLANNED or row.starts_at <= presence.at or waits:
        raise NotPossible


def say_never(presence: Presence, directory: Directory, stand: Stands, address: str) -> None:
    """This address or number is never used again, from now on; whoever treats is told."""
    _asked(presence, stand)
    address = address.strip()
    if not address:
        raise NoWords
    with transaction.atomic():
        row = Client.objects.select_for_update().get(pk=stand.client)
        details: bridge.Details = {"did": "said never", "chart": stand.chart}
        found = [(row.pk, row.front_revision, bytes(row.front))]
        sheet = decode(fronts.reveal(presence, Act.OWN_ASK, found, details)[row.pk])
        reach = sheet.reach or Reach()
        if not is_never(reach, address):
            ways = tuple(one for one in reach.ways if not _same(one.to, address))
            after = msgspec.structs.replace(
                reach,
                ways=ways,
                never=(*reach.never, address),
                on=presence.today,
                by=presence.person,
            )
            sheet = msgspec.structs.replace(sheet, wishes=(*sheet.wishes, after))
            following = row.front_revision + 1
            Client.objects.filter(pk=row.pk).update(
                front=fronts.seal(presence.house, row.pk, following, encode(sheet)),
                front_revision=following,
            )
            _keep(presence, stand, Words(NEVER, address), None)
    charts = Holder.objects.filter(client_id=stand.client).values_list("chart_id", flat=True)
    directory.put(stand.client, charts, sheet)


def _same(one: str, other: str) -> bool:
    return is_never(Reach(never=(other,)), one)


def done(presence: Presence, ask_id: str) -> None:
    """Somebody has seen to it."""
    row = OwnAsk.objects.filter(pk=ask_id).first()
    if row is None:
        bridge.refuse(presence, Act.APPOINTMENT_WRITE, ask_id)
        raise NotHere
    cares = queries.cares_of(presence.person, row.chart_id)
    ward = queries.front_ward(row.chart_id)
    bridge.ask(presence, Act.APPOINTMENT_WRITE, Purpose.SCHEDULING, ward, cares=cares)
    with transaction.atomic():
        details: bridge.Details = {"did": "saw to what was asked", "ask": ask_id}
        bridge.note_house(presence, Act.APPOINTMENT_WRITE, {**details, "chart": row.chart_id})
        OwnAsk.objects.filter(pk=ask_id, done_at=None).update(
            done_at=presence.at, done_by=presence.person
        )


def _asked(presence: Presence, stand: Stands) -> None:
    own_stand(presence, stand.chart)
    cares = queries.cares_of(presence.person, stand.chart)
    bridge.ask(presence, Act.OWN_ASK, Purpose.OWN, Ward(chart=stand.chart), cares=cares)


def _keep(presence: Presence, stand: Stands, words: Words, appointment: str | None) -> str:
    made = new_id()
    details: bridge.Details = {"did": "asked by the own door", "chart": stand.chart, "ask": made}
    entry = bridge.note_house(presence, Act.OWN_ASK, details)
    said = Words(words.kind, words.words.strip()[:LONGEST])
    OwnAsk.objects.create(
        id=made,
        chart_id=stand.chart,
        client_id=stand.client,
        appointment_id=appointment,
        asked_by=presence.person,
        asked_at=presence.at,
        sealed=fronts.seal_beside(presence.house, stand.client, made, words_of(said)),
        entry=entry,
    )
    return made
