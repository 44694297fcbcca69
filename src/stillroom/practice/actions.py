"""Changing the practice: admitting, front sheets, profiles.

Rules: each act asks the gate and is in the log before the rows change. A chart's ring is made once
and wrapped to those who will care; somebody new gets it only from a person who holds it (P3, T04).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from stillroom.access import Act, Capacity, Purpose, Ward
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError, new_id
from stillroom.phi import NotHere, Presence, bridge, fronts, rings, rows, statements
from stillroom.practice import queries
from stillroom.practice.actions_calendar import book as book
from stillroom.practice.actions_calendar import mark as mark
from stillroom.practice.actions_calendar import move as move
from stillroom.practice.actions_care import begin_care as begin_care
from stillroom.practice.actions_care import change_place as change_place
from stillroom.practice.actions_care import cover as cover
from stillroom.practice.actions_care import end_care as end_care
from stillroom.practice.actions_care import hand_over as hand_over
from stillroom.practice.actions_care import leave as leave
from stillroom.practice.directory import Directory, encode
from stillroom.practice.models import CareRelationship, Chart, Client, Holder, Staff
from stillroom.practice.queries_holders import known_client
from stillroom.practice.rules import FrontSheet
from stillroom.practice.rules_care import NobodyToCare
from stillroom.practice.rules_holders import require_kind, require_room


class SheetMoved(StillroomError):
    """Somebody else kept the same front sheet a moment before."""

    what = "this front sheet was changed in another window"
    usual_advice = "Look at it as it is now, then change it again; nothing was overwritten."


@dataclass(frozen=True)
class Carer:
    """Who will care for a chart, and in which capacity."""

    person: str
    capacity: Capacity


def admit(
    presence: Presence,
    directory: Directory,
    sheets: Sequence[FrontSheet],
    carers: Sequence[Carer],
    *,
    kind: str = "individual",
    place: str = "",
    known_clients: Sequence[str] = (),
) -> str:
    """A new chart for new clients (`sheets`) and clients already known; gives the chart's id."""
    bridge.ask(presence, Act.CLIENT_ADMIT, Purpose.SCHEDULING, Ward(chart=""))
    require_kind(kind)
    require_room(kind, 0, len(sheets) + len(set(known_clients)))
    known = [known_client(presence, one).client for one in dict.fromkeys(known_clients)]
    recipients = people.public_keys({carer.person for carer in carers})
    if not recipients:
        raise NobodyToCare
    chart_id = new_id()
    clients = {new_id(): sheet for sheet in sheets}
    bridge.note_house(presence, Act.CLIENT_ADMIT, {"chart": chart_id, "carers": list(recipients)})
    fresh, sealed = fronts.prepare_many(
        presence.house, {client: encode(sheet) for client, sheet in clients.items()}
    )
    wrapped_to = rings.own_among(presence, recipients)
    fresh.append(rings.prepare_ring(presence.house, chart_id, rings.Kind.CHART, wrapped_to))
    cared = [one for one in carers if one.person in recipients]
    with transaction.atomic():
        number = _highest_number() + 1
        chart = rows.row(
            Chart, id=chart_id, number=number, kind=kind, place=place, opened_at=presence.at
        )
        rows.insert(
            [rows.row(Client, id=one, front=it, front_revision=1) for one, it in sealed.items()],
            [chart],
            [rows.row(Holder, chart_id=chart_id, client_id=one) for one in (*clients, *known)],
            [_care(chart_id, one, presence.at) for one in cared],
            *rings.rows_of(fresh),
        )
    for client, sheet in clients.items():
        directory.put(client, [chart_id], sheet)
    for client in known:
        directory.join(client, chart_id)
    return chart_id


def _care(chart_id: str, carer: Carer, at: datetime) -> rows.Row:
    return rows.row(
        CareRelationship,
        chart_id=chart_id,
        person=carer.person,
        capacity=carer.capacity.value,
        begins_at=at,
    )


def _highest_number() -> int:
    ((highest,),) = statements.fetch_all("SELECT max(number) FROM practice_chart")
    return int(highest or 0)


def change_front(
    presence: Presence,
    directory: Directory,
    chart_id: str,
    client_id: str,
    sheet: FrontSheet,
    revision: int = 0,
) -> None:
    """A new revision of a client's front sheet; `revision` is the one that was looked at."""
    cares = queries.cares_of(presence.person, chart_id)
    purpose = Purpose.TREATMENT if cares else Purpose.SCHEDULING
    ward = queries.front_ward(chart_id)
    bridge.ask(presence, Act.FRONT_WRITE, purpose, ward, cares=cares)
    row = Client.objects.filter(pk=client_id, charts=chart_id).first()
    if row is None:
        raise NotHere
    if revision and revision != row.front_revision:
        raise SheetMoved
    bridge.note_house(presence, Act.FRONT_WRITE, {"chart": chart_id, "client": client_id})
    following = row.front_revision + 1
    sealed = fronts.seal(presence.house, client_id, following, encode(sheet))
    moved = Client.objects.filter(pk=client_id, front_revision=row.front_revision).update(
        front=sealed, front_revision=following
    )
    if not moved:
        raise SheetMoved
    charts = Holder.objects.filter(client_id=client_id).values_list("chart_id", flat=True)
    directory.put(client_id, charts, sheet)


def change_own_profile(
    presence: Presence, *, profession: str, credential: str, place: str, location: str
) -> None:
    """What one says of oneself: profession, credential, and the place of one's licence."""
    grant = bridge.ask(presence, Act.OWN_ACCOUNT_WRITE, Purpose.ACCOUNTS, Ward(chart=""))
    details: bridge.Details = {"did": "profile", "profession": profession, "place": place}
    bridge.note_house(presence, grant.act, details)
    set_profile(
        presence.person,
        profession=profession,
        credential=credential,
        place=place,
        location=location,
    )


def set_profile(
    person: str, *, profession: str, credential: str, place: str, location: str
) -> None:
    """A colleague's profession and place of licence."""
    Staff.objects.update_or_create(
        person=person,
        defaults={
            "profession": profession,
            "credential": credential,
            "place": place,
            "location": location,
        },
    )
