"""An emergency: finding a chart for which a key was laid by, breaking its glass, reading, ending.

Whoever is on call says first what has happened; only then is anybody looked for (P8).
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.access import Act, Role
from stillroom.chart import glance
from stillroom.chart.risk import RISK_KINDS
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, bridge
from stillroom.practice import actions_glass, actions_turning, queries_glass
from stillroom.practice.heads import ChartHead
from stillroom.practice.rules_glass import require_found, require_reason

_CALLED = frozenset({Role.CLINICIAN, Role.SUPERVISOR})
_LONGEST_NAME = 80


@require_http_methods(["GET", "POST"])
def emergency(request: DeskRequest) -> HttpResponse:
    """What has happened, and to whom; what is found is opened by one more press."""
    presence = request.presence
    if not presence.roles & _CALLED:
        bridge.refuse(presence, Act.GLASS_BREAK, "")
        raise NotHere
    typed = {"q": request.POST.get("q", "").strip()[:_LONGEST_NAME], "why": _why(request)}
    problem: StillroomError | None = None
    heads: list[ChartHead] = []
    looked = request.method == "POST"
    if looked:
        try:
            why = require_reason(typed["why"])
            heads = queries_glass.found(presence, request.shell.directory, typed["q"], why)
        except NotHere:
            raise
        except StillroomError as error:
            problem = error
    values = {
        "heads": heads,
        "looked": looked and problem is None,
        "typed": typed,
        "problem": problem,
        "has_keys": queries_glass.has_keys(presence),
        "mine": queries_glass.mine(presence),
    }
    return render(request, "emergency.html", values, status=409 if problem else 200)


def _why(request: DeskRequest) -> str:
    return request.POST.get("why", "")


@require_http_methods(["GET", "POST"])
def chart(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Break a chart's glass; read what is behind it while it is broken."""
    presence = request.presence
    if request.method == "POST":
        actions_glass.break_glass(presence, chart_id, _why(request))
        return redirect("emergency_chart", chart_id=chart_id)
    head, broken = queries_glass.head(presence, chart_id)
    whole = bool(request.GET.get("all"))
    seen = None if whole else glance.glance(presence, chart_id, broken=broken)
    assessments = seen.assessments if seen else ()
    values = {
        "head": head,
        "until": broken.ends,
        "whole": whole,
        "every": glance.everything(presence, chart_id, broken) if whole else (),
        "seen": seen,
        "risk": sorted(assessments, key=lambda one: one.kind.id not in RISK_KINDS),
        "colleagues": people.colleagues(active=False),
    }
    return render(request, "emergency_chart.html", values)


@require_POST
def end(request: DeskRequest, chart_id: str) -> HttpResponse:
    """The emergency is over."""
    actions_glass.end(request.presence, chart_id)
    return redirect("emergency")


@require_POST
def key(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Lay a key by for a colleague's emergency, or take it away."""
    # The care page shows what was refused; it is imported late because it shows this one's part.
    from stillroom.desk.views.care import page

    person = request.POST.get("person", "")
    try:
        if request.POST.get("take_away"):
            actions_glass.take_away(request.presence, chart_id, person)
        else:
            actions_glass.lay_by(request.presence, chart_id, person)
    except NotHere:
        raise
    except StillroomError as error:
        return page(request, chart_id, error=error, mends="f-key_for")
    return redirect("care", chart_id=chart_id)


@require_POST
def turn(request: DeskRequest, chart_id: str) -> HttpResponse:
    """A new key for the chart, after a fresh proof."""
    from stillroom.desk.views.care import page  # as above

    try:
        actions_turning.turn_key(request.presence, chart_id)
    except actions_turning.GlassIsBroken as error:
        return page(request, chart_id, error=error, mends="f-turning")
    return redirect(f"{reverse('care', kwargs={'chart_id': chart_id})}?turned=1#turning")


@require_GET
def broken(request: DeskRequest, breaking_id: str) -> HttpResponse:
    """One broken glass: by whom, when, why, what was opened, and what a review found."""
    return _broken(request, breaking_id)


def _broken(
    request: DeskRequest,
    breaking_id: str,
    typed: dict[str, str] | None = None,
    problem: StillroomError | None = None,
) -> HttpResponse:
    presence = request.presence
    told = queries_glass.told(presence, breaking_id)
    reviews = not told.breaking.reviewed and queries_glass.may_review_it(presence, told.breaking)
    values = {
        "told": told,
        "one": told.breaking,
        "runs": told.breaking.runs(request.at),
        "reviews": reviews,
        "sees": any(one.id == breaking_id for one in queries_glass.waiting(presence).to_see),
        "treats": queries_glass.laid_by(presence, told.breaking.chart) is not None,
        "colleagues": people.colleagues(active=False),
        "typed": typed or {},
        "problem": problem,
    }
    return render(request, "glass_broken.html", values, status=409 if problem else 200)


@require_POST
def seen(request: DeskRequest, breaking_id: str) -> HttpResponse:
    """Whoever treats has seen it."""
    actions_glass.see(request.presence, breaking_id)
    return redirect("glass_broken", breaking_id=breaking_id)


@require_POST
def review(request: DeskRequest, breaking_id: str) -> HttpResponse:
    """What somebody else found; bad input keeps what was typed."""
    typed = {name: request.POST.get(name, "") for name in ("finding", "words")}
    queries_glass.require_may_review(request.presence, breaking_id)
    try:
        found = require_found(typed["finding"], typed["words"])
        actions_glass.review(request.presence, breaking_id, found)
    except NotHere:
        raise
    except StillroomError as error:
        return _broken(request, breaking_id, typed, error)
    return redirect("glass_broken", breaking_id=breaking_id)
