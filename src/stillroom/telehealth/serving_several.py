"""What a page of a call of several is given: its seat, whom it may meet, and how they are called.

Rules: a page is told the seats of those who were let in, and meets no other, whoever may still hold
a ticket; and of each who is in the call what she chose to be called. Names are the desk's own to
know: its page brings them itself. Where a server carries the visit, the seat's ticket for it comes
along, or none while the server does not answer: the devices prove themselves meanwhile, and the
page asks again. A server that hangs costs a page a second, and the next pages nothing
(`sfu_patience`).
"""

from datetime import datetime, timedelta
from typing import Any, Final

from stillroom.practice import queries_several as members
from stillroom.telehealth import serving
from stillroom.telehealth.meetings import Meeting
from stillroom.telehealth.models import Room, Seat
from stillroom.telehealth.rules_several import SEATS, pair
from stillroom.telehealth.seats import KEEPER
from stillroom.telehealth.sfu_patience import SfuUnreachable

_A_DAY: Final = timedelta(days=1)
"""A door that was left open longer keeps no room at the server."""


def sit(
    page: serving.Caller,
    one: Meeting,
    seat: int,
    *,
    host: str,
    take: bool,
    name: str,
    practice: str,
) -> dict[str, Any] | None:
    """A seat among several, as `serving.sit`, with the names of the pairs and whom it may meet."""
    given = serving.sit(page, one, seat, host=host, take=take, name=name, seats=SEATS)
    if given is None:
        return None
    given |= {"pairs": _pairs(one, seat, practice)} | present(page, one)
    if one.carried:
        given["carried"] = _carried(page, one, seat)
    return given


def again(page: serving.Caller, one: Meeting, seat: int) -> dict[str, Any] | None:
    """Another ticket for the server, for the page that has this seat already: nothing of it is new
    to the log, however often a page asks while the server is away. Nothing for anybody else."""
    there = page.shell.seats.whose(one.id, seat, page.at)
    mine = (page.presence.person, serving.device(page.cookie))
    if not one.carried or there is None or (there.person, there.device) != mine:
        return None
    return {"carried": _carried(page, one, seat)}


def _carried(page: serving.Caller, one: Meeting, seat: int) -> dict[str, Any]:
    """The seat's ticket for the server that carries the visit; none while it does not answer."""
    relays = page.shell.relays
    if not relays.carries_many:
        return {"ticket": None}
    try:
        ticket = relays.ticket(one.id, seat=seat, at=page.at, keep=_open_rooms(page.at))
    except SfuUnreachable:
        return {"ticket": None}
    return {"ticket": ticket}


def _open_rooms(at: datetime) -> list[str]:
    """The meetings that a server carries just now."""
    rows = Room.objects.filter(carried=True, closed_at=None, opened_at__gte=at - _A_DAY)
    return list(rows.values_list("pk", flat=True))


def present(page: serving.Caller, one: Meeting) -> dict[str, Any]:
    """Who may be met now, and how those who are in the call are called. Opens nothing."""
    names = page.shell.seats.names(one.id, page.at)
    return {"allowed": allowed(one.id), "names": {str(seat): name for seat, name in names.items()}}


def allowed(room_id: str) -> list[int]:
    """The clinician's seat, and those of members who were let in and not out again."""
    rows = Seat.objects.filter(room=room_id, let_in_at__isnull=False, out_at__isnull=True)
    return [KEEPER, *rows.order_by("number").values_list("number", flat=True)]


def _pairs(one: Meeting, seat: int, practice: str) -> dict[str, str]:
    """For each other seat a name of the two that stays from call to call."""
    keeper = Room.objects.values_list("person", flat=True).get(pk=one.id)
    who = [keeper, *members.members(one.room_chart)]
    return {
        str(other): pair(practice, one.room_chart, who[seat], person)
        for other, person in enumerate(who)
        if other != seat
    }
