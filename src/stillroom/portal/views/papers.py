"""Permissions to share: in force, what left under them, taken back in two taps, given by herself;
and what she asks to be kept back.

Rules: taking back counts from the tap, in no more than two, without a reason; a refused form loses
nothing; a permission that would not count is not taken up, and says why.
"""

from datetime import date
from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.access import Act, Capacity
from stillroom.consent import (
    actions,
    actions_restrictions,
    own_papers,
    queries,
    queries_offers,
)
from stillroom.consent.offers import State, unsigned
from stillroom.consent.own_papers import OFFERED, PaperLacks, Wanted
from stillroom.consent.papers import TakenBack
from stillroom.consent.queries_restrictions import restrictions
from stillroom.consent.rules import PARTS, standing
from stillroom.consent.rules_restrictions import Basis, Restriction
from stillroom.disclosure.letters import blank
from stillroom.disclosure.relied import left_under, may_see
from stillroom.kernel import Trilean
from stillroom.phi import NotHere, bridge
from stillroom.portal.pages import render
from stillroom.portal.permission_words import KINDS, PURPOSES, RECIPIENTS
from stillroom.portal.request import PortalRequest
from stillroom.practice import queries_guests as guests
from stillroom.practice.queries_own import OwnChart, own_chart

ASKS: Final = (
    ("paid", "I paid for it in full myself. My health plan is not to be told."),
    ("objection", "Nothing to family or friends."),
    ("agreed", "Something else is to be kept back."),
)
_LONGEST = 2000


@require_GET
def papers(request: PortalRequest, chart_id: str) -> HttpResponse:
    """All that she allowed, and what she asked to be kept back."""
    return _list(request, chart_id, {}, problem=False)


def _list(
    request: PortalRequest, chart_id: str, typed: dict[str, str], *, problem: bool
) -> HttpResponse:
    presence, zone = request.presence, timezone.get_default_timezone()
    stand = guests.own_stand(presence, chart_id)
    found = queries.authorizations(presence, chart_id)
    counts = {one.id: standing(one, at=presence.at, zone=zone) for one in found}
    values = {
        "chart": chart_id,
        "running": [one for one in found if counts[one.id] is Trilean.YES],
        "unsure": [one for one in found if counts[one.id] is Trilean.UNKNOWN],
        "over": [one for one in found if counts[one.id] is Trilean.NO],
        "offered": [
            (one, unsigned(one.words))
            for one in queries_offers.offers(presence, chart_id)
            if one.state(request.today) is State.WAITS
        ],
        "asked": [one for one in restrictions(presence, chart_id) if one.holder == stand.client],
        "asks": ASKS,
        "gives": stand.capacity is Capacity.HOLDER,
        "typed": typed,
        "problem": problem,
    }
    return render(request, "papers.html", values, status=409 if problem else 200)


@require_GET
def paper(request: PortalRequest, paper_id: str) -> HttpResponse:
    """One permission: to whom, what, until when; what left under it; and the button."""
    presence = request.presence
    kept = queries.paper(presence, paper_id)
    guests.own_stand(presence, kept.chart)
    may = may_see(presence, kept.chart)
    zone = timezone.get_default_timezone()
    values = {
        "kept": kept,
        "paper": kept.authorization,
        "counts": standing(kept.authorization, at=presence.at, zone=zone).value,
        "left": [line for line, _ in left_under(presence, kept.chart, paper_id)] if may else None,
        "kinds": KINDS,
        "purposes": dict(PURPOSES),
    }
    return render(request, "paper.html", values)


@require_POST
def revoke(request: PortalRequest, paper_id: str) -> HttpResponse:
    """From this moment. What left before has left."""
    kept = queries.paper(request.presence, paper_id)
    stand = guests.own_stand(request.presence, kept.chart)
    name = guests.own_sheet(request.presence, stand).full
    words = request.POST.get("words", "").strip()[:_LONGEST]
    actions.revoke(request.presence, paper_id, TakenBack(name, "by the client’s own door", words))
    return redirect("portal_paper", paper_id=paper_id)


@require_http_methods(["GET", "POST"])
def give(request: PortalRequest, chart_id: str) -> HttpResponse:
    """A permission of her own, written and signed here."""
    presence = request.presence
    stand = guests.own_stand(presence, chart_id)
    if stand.capacity is not Capacity.HOLDER:
        # Whether a parent or guardian may sign this one, a person looks at, with the document.
        bridge.refuse(presence, Act.CONSENT_WRITE, chart_id)
        raise NotHere
    own = own_chart(presence, stand)
    if request.method == "GET":
        return _give_page(request, own, {}, [], ())
    typed = {name: str(value) for name, value in request.POST.items()}
    kinds = [one for one in request.POST.getlist("kinds") if one in OFFERED]
    wanted = Wanted(
        to=typed.get("to", "").strip()[:200],
        to_kind=typed.get("to_kind", "") if typed.get("to_kind") in dict(RECIPIENTS) else "",
        kinds=frozenset(kinds),
        purpose=typed.get("purpose", "") if typed.get("purpose") in dict(PURPOSES) else "",
        ends_on=_day(typed.get("ends_on", "")),
        since=_day(typed.get("since", "")),
        until=_day(typed.get("until", "")),
        name=" ".join(typed.get("name", "").split())[:200],
    )
    zone = timezone.get_default_timezone()
    made = own_papers.paper_of(
        request.shell.corpus, own, wanted, request.today, presence.house.name
    )
    try:
        paper_id = own_papers.give(presence, chart_id, made, zone)
    except PaperLacks as error:
        return _give_page(request, own, typed, kinds, error.advice, wanted)
    return redirect("portal_paper", paper_id=paper_id)


def _give_page(
    request: PortalRequest,
    own: OwnChart,
    typed: dict[str, str],
    kinds: list[str],
    lacking: str | tuple[()],
    wanted: Wanted | None = None,
) -> HttpResponse:
    asked = own_papers.asks(request.shell.corpus, own, request.today, wanted)
    told = [PARTS[one.part].prints for one in asked.parts if PARTS[one.part].prints]
    values = {
        "chart": own.stand.chart,
        "typed": typed,
        "chosen": kinds,
        "kinds": KINDS,
        "recipients": RECIPIENTS,
        "purposes": PURPOSES,
        "practice": request.presence.house.name,
        "said": [blank.REVOKE, blank.CONDITION, blank.REDISCLOSURE, *dict.fromkeys(told)],
        "lacking": lacking,
    }
    return render(request, "give.html", values, status=409 if lacking else 200)


@require_POST
def ask(request: PortalRequest, chart_id: str) -> HttpResponse:
    """Something is to be kept back from somebody (45 CFR 164.522(a), 164.510(b))."""
    stand = guests.own_stand(request.presence, chart_id)
    typed = {name: str(value) for name, value in request.POST.items()}
    words = typed.get("words", "").strip()[:_LONGEST]
    bases = {one.value: one for one in Basis}
    if typed.get("basis") not in dict(ASKS) or not words:
        return _list(request, chart_id, typed, problem=True)
    basis = bases[typed["basis"]]
    paid = Trilean.YES if basis is Basis.PAID else Trilean.UNKNOWN
    asked = Restriction("", basis, stand.client, request.today, words, paid=paid)
    actions_restrictions.ask(request.presence, chart_id, asked)
    return redirect("portal_papers", chart_id=chart_id)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
