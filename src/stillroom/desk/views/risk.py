"""Risk in a chart: the path, records begun from the last one, what follows, the plan to carry.

Rules: the path bars nothing, each step can be taken at any time; opening it opens what the chart
holds of risk, with one entry; a draft that is open is gone on with, never doubled.
"""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from stillroom.access import Act, Purpose
from stillroom.chart import actions, followups, kinds, queries_risk, risk, risk_path
from stillroom.chart import queries as charts
from stillroom.desk.pages import render
from stillroom.desk.places import name_of
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure.happened.lines import lines_on_file
from stillroom.identity import queries as people
from stillroom.phi import NotHere, bridge
from stillroom.practice import queries as practice

_TITLES = {"mine": "My plan", "hard_days": "For hard days", "helps": "What helps", "list": "List"}


@require_GET
def path(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Assess, plan, consult, sign, follow up: what is done, and the key to what comes next."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    ward = charts.chart_ward(chart_id)
    cares = practice.cares_of(presence.person, chart_id)
    bridge.ask(presence, Act.RECORD_READ, practice.purpose_for(presence, cares), ward, cares=cares)
    held = queries_risk.risk_of(presence, chart_id, drafts=True)
    due = queries_risk.due_in(held.signed)
    values = {
        "head": head,
        "danger_href": reverse("danger_chart", kwargs={"chart_id": chart_id}),
        "steps": risk_path.steps(held.signed, held.drafts, [one.record for one in due], request.at),
        "flags": risk.flags(held.signed),
        "due": [one for one in due if not one.done],
        "drafts": {one.kind: one.id for one in held.drafts},
        "plan": risk.newest(held.signed, "safety_plan"),
        "colleagues": people.colleagues(active=False),
        "writes": bridge.may(presence, Act.RECORD_WRITE, Purpose.TREATMENT, ward, cares=cares),
        "place": name_of(head.place) if head.place else "",
        "lines": lines_on_file(request.shell.corpus, head.place, request.today),
        "me": presence.person,
        "today": request.today,
    }
    return render(request, "risk_path.html", values, current="clients")


@require_POST
def begin(request: DeskRequest, chart_id: str, kind: str) -> HttpResponse:
    """A record of risk: the draft that is open, or a new one with what stays so filled in."""
    presence = request.presence
    if kind not in risk.RISK_KINDS:
        bridge.refuse(presence, Act.RECORD_WRITE, chart_id)
        raise NotHere
    held = queries_risk.risk_of(presence, chart_id, drafts=True)
    found = next((one.id for one in held.drafts if one.kind == kind), "")
    if not found:
        found = actions.begin(
            presence,
            chart_id,
            kind,
            occurred_at=request.at,
            answers=risk.begun_from(kinds.KINDS[kind], risk.newest(held.signed, kind)),
        )
    return redirect("record", record_id=found)


@require_POST
def followed(request: DeskRequest, record_id: str) -> HttpResponse:
    """What was to follow is done."""
    chart = followups.done(request.presence, record_id)
    if request.POST.get("from") == "today":
        return redirect("today")
    return redirect(reverse("risk", kwargs={"chart_id": chart}))


@require_GET
def carry(request: DeskRequest, record_id: str) -> HttpResponse:
    """A signed safety plan on one page, in large plain type, for the client to carry.

    It names nobody but whom the client wrote down, and neither the practice nor what it is.
    """
    whole = charts.record(request.presence, record_id)
    if whole.kind.id != "safety_plan" or not whole.revisions:
        raise NotHere
    answers = {one.name: one for one in whole.current.content.answers}
    chosen = whole.current.content.answer("title").text
    values = {
        "record": whole,
        "answers": answers,
        "title": _TITLES.get(chosen, _TITLES["mine"]),
        "made_on": _day(whole.occurred_at),
    }
    return render(request, "safety_plan_carry.html", values)


def _day(moment: datetime) -> str:
    return f"{moment:%B} {moment.day}"
