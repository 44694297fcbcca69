"""Which meeting an address means, and as whose: a visit of two, or one seat of a couple or a group.

Rules: a visit of several is never served as a whole to a member's page. A member is given her own
seat: her own answers, and whether she herself was let in. So every page that knows a visit of two
knows a member's seat, and none of them can tell one member of another. A couple's member comes in
by the couple's chart, a member of a group by her own, because a group's chart has no door (0034).
Who stands for somebody comes in to no visit of several: it is the others' as well.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests as guests
from stillroom.practice import queries_several as members
from stillroom.practice import queries_visits as visits
from stillroom.practice.rules_holders import INDIVIDUAL
from stillroom.telehealth.models import Room, Seat
from stillroom.telehealth.rules_session import Phase, Planned, phase
from stillroom.telehealth.seats import CLIENT


@dataclass(frozen=True)
class Meeting:
    """One room, or one seat of it: which chart, with whom of the staff, how it stands.

    `made`: its row is there. `several`: of a couple or a group; `begun`: its door stands open, for
    whomever, and `carried`: a server carries it since. Of a member of several: her seat's
    number, which client she is, the chart of them all, and `planned` as it stands for her: open
    once she was let in. `chart` is where what is said lies.
    """

    id: str
    chart: str
    person: str
    planned: Planned
    made: bool
    several: bool = False
    carried: bool = False
    begun: bool = False
    member: int = 0
    client: str = ""
    of: str = ""
    out_at: datetime | None = None

    @property
    def room_chart(self) -> str:
        """The chart that the room is for."""
        return self.of or self.chart

    @property
    def among(self) -> bool:
        """Whether it is under way without a server: how it travels does not change any more."""
        return self.begun and not self.carried

    @property
    def seat(self) -> int:
        """Where the client's side sits."""
        return self.member or CLIENT

    @property
    def apart(self) -> bool:
        """Whether what is said lies in a chart of the member's own: of a group."""
        return bool(self.of) and self.of != self.chart

    def phase_at(self, at: datetime) -> Phase:
        """Where it stands."""
        return phase(self.planned, at)


def meeting(presence: Presence, room_id: str, act: Act = Act.CALL_JOIN) -> Meeting:
    """A visit of two, or the own seat of a member who asks by her own door; else `NotHere`. To the
    staff a visit of several is none of two: `either`, `whole`, `seat_of`."""
    found, booked = _look(presence, room_id, act)
    if found.several and not presence.guest:
        refuse(presence, act, room_id)
    if found.several:
        return _own_seat(presence, found, act)
    return _let(presence, found, booked, act)


def either(presence: Presence, room_id: str, act: Act = Act.CALL_JOIN) -> Meeting:
    """A visit of two or of several as those who care see it, or `NotHere`."""
    if presence.guest:
        refuse(presence, act, room_id)
    return _let(presence, *_look(presence, room_id, act), act)


def whole(presence: Presence, room_id: str, act: Act = Act.CALL_JOIN) -> Meeting:
    """A visit of a couple or a group as those who care see it; `NotHere` for one of two."""
    found, booked = _look(presence, room_id, act)
    if presence.guest or not found.several:
        refuse(presence, act, room_id)
    return _let(presence, found, booked, act)


def _look(presence: Presence, room_id: str, act: Act) -> tuple[Meeting, visits.Booked | None]:
    """What there is, before the gate is asked; the same few questions for what is not there."""
    row = Room.objects.filter(pk=room_id).first()
    booked = visits.booked_unasked(room_id)
    if row is None and (booked is None or booked.mode != visits.BY_VIDEO):
        refuse(presence, act, room_id)
    return meeting_of(room_id, row, booked), booked


def _let(presence: Presence, one: Meeting, booked: visits.Booked | None, act: Act) -> Meeting:
    if booked is not None:
        visits.require(presence, booked)
    asked(presence, one.chart, act)
    return one


def refuse(presence: Presence, act: Act, what: str) -> NoReturn:
    """Not here, and in the log."""
    bridge.refuse(presence, act, what)
    raise NotHere


def meeting_of(room_id: str, row: Room | None, booked: visits.Booked | None) -> Meeting:
    """What the row and the appointment say together."""
    planned = Planned(
        booked.starts_at if booked else None,
        booked.ends_at if booked else None,
        booked.state if booked else "planned",
        row.opened_at if row else None,
        row.closed_at if row else None,
    )
    chart = row.chart if row else booked.chart if booked else ""
    keeper = row.person if row else booked.person if booked else ""
    kind = booked.kind if booked else guests.kind_of(chart)
    return Meeting(
        room_id,
        chart,
        keeper,
        planned,
        row is not None,
        several=kind != INDIVIDUAL,
        carried=row.carried if row else False,
        begun=row is not None and row.opened_at is not None and row.closed_at is None,
    )


def seats_of(one: Meeting, at: datetime) -> list[Meeting]:
    """Every member's seat of a whole meeting, in the order in which they came to hold the chart;
    `chart` is empty for a member of a group who has none of her own with whoever keeps it."""
    clients = members.members(one.chart)
    homes = members.homes(one.chart, one.person, clients, at)
    rows = {row.number: row for row in Seat.objects.filter(room=one.id)}
    return [
        _seated(one, number, client, homes.get(client, ""), rows.get(number))
        for number, client in enumerate(clients, start=1)
    ]


def seat_of(
    presence: Presence, room_id: str, number: int, act: Act = Act.CALL_JOIN
) -> tuple[Meeting, Meeting]:
    """The whole and one member's seat, for those who care for both charts; else `NotHere`."""
    one = whole(presence, room_id, act)
    found = next((each for each in seats_of(one, presence.at) if each.member == number), None)
    if found is None or not found.chart:
        refuse(presence, act, room_id)
    asked(presence, found.chart, act)
    return one, found


def _own_seat(presence: Presence, one: Meeting, act: Act) -> Meeting:
    stand = members.stands_in(presence, one.chart, one.person)
    if stand is None:
        refuse(presence, act, one.id)
    asked(presence, stand.chart, act)
    mine = next(each for each in seats_of(one, presence.at) if each.client == stand.client)
    if mine.chart != stand.chart:
        refuse(presence, act, one.id)
    return mine


def _seated(one: Meeting, number: int, client: str, home: str, row: Seat | None) -> Meeting:
    let_in = row.let_in_at if row and row.out_at is None else None
    planned = replace(one.planned, opened_at=let_in if one.planned.opened_at else None)
    return replace(
        one,
        chart=row.chart if row else home,
        planned=planned,
        member=number,
        client=client,
        of=one.chart,
        out_at=row.out_at if row else None,
    )


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
