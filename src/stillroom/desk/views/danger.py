"""Someone may be in danger, or abuse is suspected: from everywhere, by one key, into a matter.

Rules: the first page asks for nothing but what it is about; a client is sought by a name in the
body, never in an address; whoever goes on without a client asks the law and keeps nothing.
"""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from stillroom.access import Role
from stillroom.chart import queries_risk, risk
from stillroom.chart.risk_facts import facts_of
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.visited import one_other_state
from stillroom.disclosure import actions, happening, queries, watching
from stillroom.disclosure.happened import puts
from stillroom.disclosure.happened.lines import lines_on_file
from stillroom.disclosure.occasions import occasion_of
from stillroom.kernel import StillroomError
from stillroom.law import states_on_file
from stillroom.phi import NotHere
from stillroom.practice import queries as practice

_CARING = frozenset({Role.CLINICIAN, Role.SUPERVISOR})
_KINDS = ("violence_risk", "suicide_risk", "abuse_suspicion")
_FRESH = timedelta(hours=72)
"""What was assessed longer ago is not what happened now, and is not filled in."""
_CASES = (
    ("case:warn.1", "Somebody else is threatened"),
    ("case:child.0", "A child may be harmed"),
    ("case:adult.0", "An adult at risk may be harmed"),
)


@require_http_methods(["GET", "POST"])
def danger(request: DeskRequest) -> HttpResponse:
    """Whom to call, whose chart it is, and the way on without a client."""
    presence = request.presence
    typed = request.POST.get("q", "").strip()[:80]
    caring = bool(presence.roles & _CARING)
    mine = practice.charts_in_care(presence) if caring else frozenset()
    found = practice.find(presence, request.shell.directory, typed) if typed and caring else []
    profile = practice.staff_profile(presence.person)
    place = profile.place if profile else ""
    today = request.today
    values: dict[str, Any] = {
        "typed": typed,
        "found": [head for head in found if head.id in mine],
        "caring": caring,
        "cases": _CASES,
        "place": place,
        "profession": profile.profession if profile else "",
        "today": today,
        "lines": lines_on_file(request.shell.corpus, place, today) if place else (),
        "open": watching.open_for(presence),
    }
    return render(request, "danger.html", values)


@require_http_methods(["GET"])
def in_chart(request: DeskRequest, chart_id: str) -> HttpResponse:
    """What happened, in one chart: four ways to begin, with what was assessed filled in."""
    return _in_chart(request, chart_id, None)


def _in_chart(request: DeskRequest, chart_id: str, problem: StillroomError | None) -> HttpResponse:
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    held = queries_risk.risk_of(presence, chart_id)
    begun: dict[str, Any] = {}
    for kind in _KINDS:
        newest = risk.newest(held.signed, kind)
        if newest is not None and presence.at - newest.occurred_at <= _FRESH:
            told = {one.fact: one.value for one in facts_of(kind, newest.answers)}
            begun.setdefault(puts.occasion_of(kind, told), newest)
    values = {
        "head": head,
        "occasions": [occasion_of(one) for one in puts.PUTS],
        "begun": begun,
        "open": watching.of_chart(presence, chart_id),
        "problem": problem,
        "elsewhere": _elsewhere(request),
    }
    status = 409 if problem else 200
    return render(request, "danger_chart.html", values, status=status, current="clients")


def _elsewhere(request: DeskRequest) -> str:
    """Another state whose law is to be asked too: the one where the client was, by video."""
    asked = request.POST.get("elsewhere", "") or request.GET.get("elsewhere", "")
    return asked if asked in states_on_file(request.shell.corpus) else ""


@require_POST
def begin(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Open the matter; from here on what is done is kept as it is done."""
    occasion, record = request.POST.get("occasion", ""), request.POST.get("record", "")
    try:
        made = happening.open_matter(
            request.presence, request.shell.corpus, chart_id, occasion, record
        )
        whole = queries.whole_matter(request.presence, request.shell.corpus, made)
        if place := _elsewhere(request) or one_other_state(request, whole):
            actions.also_governed(request.presence, request.shell.corpus, made, place)
    except NotHere:
        raise
    except StillroomError as problem:
        return _in_chart(request, chart_id, problem)
    return redirect(reverse("danger_now", kwargs={"matter_id": made}))
