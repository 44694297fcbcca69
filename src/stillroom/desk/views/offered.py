"""A permission that waits for signatures at the client's own door: offered, read, taken back."""

from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from stillroom.access import Act, Purpose, Ward
from stillroom.consent import actions_offers, queries_offers
from stillroom.consent.offers import OneOffer, unsigned
from stillroom.consent.signings import path_of
from stillroom.desk.offers_typed import can_sign, offered_from, until_from
from stillroom.desk.pages import render
from stillroom.desk.papers_typed import PURPOSES, RECIPIENTS, Desk
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people
from stillroom.phi import bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests
from stillroom.practice.queries import ChartHead


def signers_of(request: DeskRequest, head: ChartHead) -> dict[str, list[tuple[str, str]]]:
    """By holder, who can be asked to sign at an own door; empty where nobody can."""
    presence = request.presence
    if not _may_write(request, head.id):
        return {}
    doors = queries_guests.doors_of(presence, head.id)
    found = {
        one.client: [
            (each.value, each.words)
            for each in can_sign(head.id, one.client, one.sheet.full, doors)
        ]
        for one in head.holders
    }
    return found if any(found.values()) else {}


def _may_write(request: DeskRequest, chart_id: str) -> bool:
    presence, ward = request.presence, Ward(chart=chart_id)
    cares = practice.cares_of(presence.person, chart_id)
    return bridge.may(presence, Act.CONSENT_WRITE, Purpose.TREATMENT, ward, cares=cares)


def offer_from(
    request: DeskRequest,
    desk: Desk,
    head: ChartHead,
    typed: Mapping[str, str],
    kinds: Sequence[str],
) -> str:
    """What was typed, offered; gives its id."""
    actions_offers.require_may_offer(request.presence, head.id)
    doors = queries_guests.doors_of(request.presence, head.id)
    paper, words = offered_from(desk, head, typed, kinds, doors)
    until, zone = until_from(typed, request.today), timezone.get_default_timezone()
    return actions_offers.offer(request.presence, head.id, paper, words, until, zone)


@require_GET
def read(request: DeskRequest, offer_id: str) -> HttpResponse:
    """What was offered, who answered what and how, and the button that takes it back."""
    found = queries_offers.offer(request.presence, offer_id)
    head = practice.chart_head(request.presence, found.chart)
    values = {
        "head": head,
        "offer": found,
        "paper": unsigned(found.words),
        "state": found.state(request.today).value,
        "answers": answers(found),
        "names": {one.client: one.sheet for one in head.holders},
        "purposes": dict(PURPOSES),
        "recipients": dict(RECIPIENTS),
        "writes": _may_write(request, found.chart),
        "colleagues": people.colleagues(active=False),
    }
    return render(request, "offer.html", values, current="clients")


def answers(found: OneOffer) -> list[tuple[object, object, str]]:
    """Each who is to sign, with the last answer, and what was drawn as the path of a picture."""
    rows = [(seat, found.answer_of(seat.holder)) for seat in found.words.seats]
    return [(seat, said, path_of(said.given.strokes) if said else "") for seat, said in rows]


@require_POST
def end(request: DeskRequest, offer_id: str) -> HttpResponse:
    """Taken back while it waits; else noted how it ended."""
    chart = actions_offers.withdraw(request.presence, offer_id)
    return redirect("chart", chart_id=chart)
