"""A permission that the practice wrote for her: she reads it whole, and signs it or says no.

Rules: everything that she signs stands above her name; a refused page loses nothing that was typed
or drawn; saying no needs no reason, and stops no care (45 CFR 164.508(b)(4)).
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from stillroom.consent import actions_offers, queries_offers
from stillroom.consent.actions_offers import Signing
from stillroom.consent.offers import NotWaiting, OfferLacks, OneOffer, unsigned
from stillroom.consent.signings import NotSigned, path_of, strokes_from
from stillroom.kernel import StillroomError
from stillroom.portal.pages import render
from stillroom.portal.permission_words import KINDS_SAID, PURPOSES, RECIPIENTS
from stillroom.portal.request import PortalRequest
from stillroom.practice import queries_guests as guests

_LONGEST_NAME = 200


@require_http_methods(["GET", "POST"])
def offered(request: PortalRequest, offer_id: str) -> HttpResponse:
    """Read it; sign it."""
    found = queries_offers.offer(request.presence, offer_id)
    if request.method == "GET":
        return _page(request, found, {}, None)
    typed = {name: str(value) for name, value in request.POST.items()}
    stand = guests.own_stand(request.presence, found.chart)
    age = guests.own_sheet(request.presence, stand).age_on(request.today)
    name, strokes = typed.get("name", "")[:_LONGEST_NAME], strokes_from(typed.get("strokes", ""))
    own = Signing(name, request.today, age, strokes)
    try:
        signed = actions_offers.sign(
            request.presence, offer_id, own, timezone.get_default_timezone()
        )
    except (NotSigned, NotWaiting, OfferLacks) as error:
        return _page(request, found, typed, error)
    if signed.paper:
        return redirect("portal_paper", paper_id=signed.paper)
    return redirect("portal_offer", offer_id=offer_id)


def _page(
    request: PortalRequest, found: OneOffer, typed: dict[str, str], error: StillroomError | None
) -> HttpResponse:
    seat = queries_offers.own_seat(request.presence, found)
    own = found.answer_of(seat.holder)
    given = own.given if own else None
    values = {
        "offer": found,
        "paper": unsigned(found.words),
        "state": found.state(request.today).value,
        "seat": seat,
        "several": len(found.words.seats) > 1,
        "own": given,
        "drawing": path_of(given.strokes) if given else "",
        "kinds": KINDS_SAID,
        "purposes": dict(PURPOSES),
        "recipients": dict(RECIPIENTS),
        "typed": typed,
        "path": path_of(strokes_from(typed.get("strokes", ""))),
        "lacking": error.advice if isinstance(error, OfferLacks) else "",
        "late": isinstance(error, NotWaiting),
        "problem": error,
    }
    return render(request, "offered.html", values, status=409 if error else 200)


@require_POST
def decline(request: PortalRequest, offer_id: str) -> HttpResponse:
    """No, with or without a word."""
    words = request.POST.get("words", "")
    try:
        actions_offers.decline(request.presence, offer_id, words, request.today)
    except NotWaiting as error:
        found = queries_offers.offer(request.presence, offer_id)
        return _page(request, found, {}, error)
    return redirect("portal_offer", offer_id=offer_id)
