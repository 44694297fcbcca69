"""A chart's own doors: who comes in by them; inviting, offering anew, closing at once, ending.

Rules: what opens a place is shown once, in two parts that go by two ways; whoever cannot invite may
still close a door (the front desk, at the telephone), and nothing of that is told to anybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import segno
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stillroom.access import Act, Capacity, Purpose, Ward
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.identity import familiar, guests
from stillroom.identity.passkey_body import site_of
from stillroom.kernel import StillroomError
from stillroom.phi import LogUnwritable, NotHere, Presence, Sealed, bridge
from stillroom.practice import actions_guests, queries_guests, unfamiliar
from stillroom.practice import queries as practice
from stillroom.practice.actions_guests import Stand
from stillroom.practice.heads import ChartHead

_TOLD_ELSEWHERE = (LogUnwritable, NotHere, Sealed)


@dataclass(frozen=True)
class Place:
    """What opens a place, shown once: the address, also as a picture to point a camera at, and the
    words that go another way."""

    address: str
    picture: str
    code: str
    until: Any


def _freeze(presence: Presence, chart: str, person: str) -> None:
    actions_guests.freeze(presence, chart, person)


def _thaw(presence: Presence, chart: str, person: str) -> None:
    actions_guests.freeze(presence, chart, person, frozen=False)


_DOES: Mapping[str, Callable[[Presence, str, str], None]] = {
    "freeze": _freeze,
    "thaw": _thaw,
    "end": actions_guests.end_standing,
    "seen": unfamiliar.looked_at,
}


@require_http_methods(["GET", "POST"])
def own_door(request: DeskRequest, chart_id: str) -> HttpResponse:
    """All of it on one page; what was refused is told there."""
    presence, posted = request.presence, request.POST
    if request.method == "GET":
        return _page(request, chart_id)
    do, person = posted.get("do", ""), posted.get("person", "")
    try:
        if do == "invite":
            stand = Stand(posted.get("client", ""))
            return _given(request, actions_guests.invite(presence, chart_id, stand), chart_id)
        if do == "anew":
            return _given(request, actions_guests.offer_anew(presence, chart_id, person), chart_id)
        if do not in _DOES:
            raise StillroomError("nothing was chosen", advice="Press one of the buttons below.")
        _DOES[do](presence, chart_id, person)
    except _TOLD_ELSEWHERE:
        raise
    except StillroomError as error:
        return _page(request, chart_id, error)
    return redirect("own_door", chart_id=chart_id)


def _page(
    request: DeskRequest, chart_id: str, problem: StillroomError | None = None
) -> HttpResponse:
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    found = queries_guests.doors_of(presence, chart_id, words=False)
    invites = may_invite(presence, chart_id)
    strange = familiar.waiting(one.person for one in found) if invites else {}
    with_door = {one.client for one in found if one.capacity is Capacity.HOLDER}
    values = {
        "head": head,
        "doors": found,
        "names": {one.client: one.sheet for one in head.holders},
        "without": [one for one in head.holders if one.client not in with_door],
        "invites": invites and head.kind != "group",
        "strange": strange,
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "own_door.html", values, status=status, current="clients")


def may_invite(presence: Presence, chart_id: str) -> bool:
    """Whether to show what only whoever treats may do."""
    cares = practice.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    return bridge.may(presence, Act.GUEST_INVITE, Purpose.TREATMENT, ward, cares=cares)


def _given(request: DeskRequest, offered: guests.Offer, chart_id: str) -> HttpResponse:
    """What opens it, this once: it is kept nowhere."""
    head: ChartHead = practice.chart_head(request.presence, chart_id)
    path = reverse("portal_place", kwargs={"address": offered.address})
    address = f"{site_of(request).origin}{path}"
    picture = segno.make_qr(address).svg_data_uri(scale=4, border=2, light="#fff")
    place = Place(address, picture, offered.code, offered.ends_at)
    values = {"head": head, "place": place}
    return render(request, "own_door_given.html", values, current="clients")
