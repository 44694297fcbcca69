"""What a call's page is given: a ticket when it takes its seat, and where the line is."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse, JsonResponse

from stillroom.access import Act
from stillroom.consent import queries_forms
from stillroom.consent.queries import ward as signatures
from stillroom.kernel import Secret, StillroomError, new_id
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice
from stillroom.telehealth import actions
from stillroom.telehealth.line import Line
from stillroom.telehealth.queries import Meeting
from stillroom.telehealth.relays import Relays
from stillroom.telehealth.seats import Seats

SEATS = 2


class NoCalls(StillroomError):
    """No line is served here."""

    what = "calls cannot be set up here just now"
    usual_advice = "Use the telephone, and tell whoever hosts Stillroom."


def require_line(line: Line | None) -> Line:
    """The line of the running practice, or a sentence."""
    if line is None:
        raise NoCalls
    return line


def ticket(
    line: Line, room: str, seat: int, *, host: str, at: datetime, seats: int = SEATS
) -> dict[str, Any]:
    """For a page whose person may sit there: asked of the gate, and in the log."""
    return {
        "ticket": line.tickets.issue(room, seat=seat, seats=seats, at=at),
        "line": line.address(host),
        "room": room,
        "seat": seat,
        "seats": seats,
    }


def ice(relays: Relays, *, at: datetime) -> list[dict[str, object]]:
    """The relay for a browser, by a mark that tells nothing; empty where there is none."""
    return relays.ice_servers(mark=new_id(), at=at)


def pair(practice: str, chart: str) -> str:
    """The same two, from call to call, by a name that says nothing."""
    return sha256(f"stillroom pair 1|{practice}|{chart}".encode()).hexdigest()[:32]


def device(cookie: Secret | None) -> str:
    """A browser, as far as a seat must know it: a digest of its session, kept in memory alone."""
    return sha256(cookie.expose()).hexdigest()[:16] if cookie else ""


class Caller(Protocol):
    """A page of a call, at either door, as far as its seat must know it."""

    @property
    def shell(self) -> "Serving":
        """The running practice."""

    @property
    def presence(self) -> Presence:
        """Who sits there."""

    @property
    def cookie(self) -> Secret | None:
        """Her browser's session."""

    @property
    def at(self) -> datetime:
        """Now."""


class Serving(Protocol):
    """What of a running practice a call needs."""

    @property
    def line(self) -> Line | None:
        """Where calls are set up."""

    @property
    def seats(self) -> Seats:
        """Who sits in which call just now."""

    @property
    def relays(self) -> Relays:
        """What passes a call on where two browsers do not reach each other."""


def sit(
    page: Caller,
    one: Meeting,
    seat: int,
    *,
    host: str,
    take: bool,
    name: str = "",
    seats: int = SEATS,
) -> dict[str, Any] | None:
    """A seat in a meeting, with the ticket and the relay for it; nothing where another device of
    the same person sits there and is not to be put out (`take`). The caller has asked whether she
    may."""
    line, hall = require_line(page.shell.line), page.shell.seats
    who, browser = page.presence.person, device(page.cookie)
    if take:
        hall.take(one.id, seat, who, browser, page.at)
    if not hall.show(one.id, seat, who, browser, page.at, inside=True, name=name):
        return None
    actions.seated(page.presence, one)
    given = ticket(line, one.id, seat, host=host, at=page.at, seats=seats)
    given["ice"] = ice(page.shell.relays, at=page.at)
    return given


def as_ticket(given: dict[str, Any] | None) -> HttpResponse:
    """What a page is answered that asked for its seat: the ticket, or that another device of the
    same person has it."""
    return JsonResponse({"taken": True}, status=409) if given is None else JsonResponse(given)


def still_there(page: Caller, one: Meeting, seat: int) -> dict[str, Any]:
    """A page in the call shows itself: where the visit stands, and whether this device keeps its
    seat. Opens nothing."""
    who, browser = page.presence.person, device(page.cookie)
    stays = page.shell.seats.show(one.id, seat, who, browser, page.at, inside=True)
    return {"phase": one.phase_at(page.at).value, "stays": stays}


def over(page: Caller, one: Meeting) -> None:
    """Nobody sits in this meeting any more, here or at the server that carried it."""
    page.shell.seats.clear(one.id)
    if one.carried:
        page.shell.relays.forget(one.id, at=page.at)


def told(request: HttpRequest) -> Mapping[str, Any]:
    """What a call's page posted as JSON; nothing, where it is none."""
    if request.content_type != "application/json":
        return {}
    try:
        found = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def consented(presence: Presence, one: Meeting) -> bool:
    """Whether a signed consent to care by video is in the chart, of a member of several her own; an
    entry in the log. Whoever may
    not know of signatures (somebody who stands for her, for appointments alone) is told yes: it is
    not hers to mend."""
    cares = practice.cares_of(presence.person, one.chart)
    purpose, ward = practice.purpose_for(presence, cares), signatures(one.chart)
    if not bridge.may(presence, Act.CONSENT_READ, purpose, ward, cares=cares):
        return True
    return any(
        each.signed.form == "telehealth"
        and each.signed.how != "missing"
        and one.client in ("", each.signed.holder)
        for each in queries_forms.signed(presence, one.chart)
    )


def as_call_page(response: HttpResponse, shell: "Serving", host: str) -> HttpResponse:
    """Mark an answer as a call's page, with the line that it may connect to, and the server for
    many where there is one: the outermost middleware then lets it use camera, microphone and
    screen. While nothing serves the line (a test, a command) a page is like every other."""
    if shell.line is not None:
        many = shell.relays.sfu
        places = [shell.line.address(host), *([many.address] if many else [])]
        response.call_line = " ".join(places)  # type: ignore[attr-defined]
    return response
