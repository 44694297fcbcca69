"""How a packet leaves: sending it on its way, stopping it, calling it back; what the page shows.

The page asks once more when the two minutes are over, and whoever looks then lets it leave. A page
that is only looked at releases nothing that was not sent on its way by a press of a button.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import releasing, sending, sent
from stillroom.disclosure.rules_leaving import DAYS, OPENINGS, Wish
from stillroom.disclosure.sent import NotSaid, Sent
from stillroom.identity import queries as people
from stillroom.phi import StepUpNeeded

_LONGEST = 400


def wish_of(request: HttpRequest) -> Wish:
    """What was typed about how a packet should leave."""
    typed = request.POST
    return Wish(
        recipient=typed.get("recipient", ""),
        way=typed.get("way", "file"),
        where=" ".join(typed.get("where", "")[:_LONGEST].split()),
        again=typed.get("again", "")[:_LONGEST],
        age_key=typed.get("age_key", "")[:_LONGEST],
        days=_whole(typed.get("days", ""), 7),
        openings=_whole(typed.get("openings", ""), 1),
        sure=typed.get("sure") == "yes",
    )


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else otherwise


def settled(request: DeskRequest, packet_id: str) -> bool:
    """Let the packet leave if its time has come; whether a fresh proof is wanted for it."""
    try:
        sending.settle(request.presence, request.shell.corpus, packet_id)
    except StepUpNeeded:
        return True
    return False


def values(request: DeskRequest, packet_id: str, *, prove: bool) -> Mapping[str, Any]:
    """What the page of a packet shows of its way out."""
    found = sending.latest(request.presence, packet_id)
    address = ""
    if found is not None and found.plan is not None and found.plan.address:
        path = reverse("received", kwargs={"address": found.plan.address})
        address = request.build_absolute_uri(path)
    seconds = (found.leaves_at - request.at).total_seconds() if found else 0
    return {
        "way": found,
        "link_address": address,
        "seconds": max(1, int(seconds) + 1),
        "prove": prove,
        "link_days": [(one, f"{one} days" if one > 1 else "1 day") for one in DAYS],
        "link_openings": [(one, f"{one} times" if one > 1 else "once") for one in OPENINGS],
        "colleagues": people.colleagues(active=False),
    }


@require_GET
def way(request: DeskRequest, packet_id: str) -> HttpResponse:
    """The part of the page that waits; tells the page to come anew when it has changed."""
    prove = settled(request, packet_id)
    row = releasing.find_packet(request.presence, packet_id)
    shown = {"packet": row, **values(request, packet_id, prove=prove)}
    response = render(request, "packet_way.html", shown)
    if row.state != "leaving":
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def stop(request: DeskRequest, packet_id: str) -> HttpResponse:
    """Stop it: nothing leaves."""
    sending.stop(request.presence, packet_id)
    return redirect("packet", packet_id=packet_id)


@require_POST
def recall(request: DeskRequest, packet_id: str) -> HttpResponse:
    """Call back what nobody has opened."""
    sending.call_back(request.presence, packet_id)
    return redirect("packet", packet_id=packet_id)


@require_POST
def note_sent(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Note how it went with what was sent on paper or by fax."""
    typed = request.POST
    try:
        on = date.fromisoformat(typed.get("on", ""))
    except ValueError:
        raise NotSaid from None
    made = Sent(
        packet=_whole(typed.get("packet", ""), 1),
        on=on,
        how=typed.get("how", ""),
        tracking=typed.get("tracking", "")[:_LONGEST],
        words=typed.get("words", "")[: 10 * _LONGEST],
    )
    sent.note(request.presence, matter_id, made)
    return redirect(f"{reverse('matter', kwargs={'matter_id': matter_id})}#sent")


@require_POST
def go(request: DeskRequest, packet_id: str) -> HttpResponse:
    """Let what has waited too long leave, after a fresh proof."""
    sending.settle(request.presence, request.shell.corpus, packet_id)
    return redirect("packet", packet_id=packet_id)
