"""Printing some of a chart for use inside the practice: chosen by a sift and by ticks.

What is printed was read, and the log says so. What is for anybody outside goes by the packet.
"""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from stillroom.chart import queries as charts
from stillroom.chart.queries_print import MOST, chosen_records
from stillroom.chart.rules_sift import sift_of
from stillroom.chart.sifting import choices, conditions
from stillroom.desk import record_pages, reviews
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.sifted import sift_choices, sifted
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.practice import queries as practice


class NothingChosen(StillroomError):
    """Nothing was ticked, or too much."""

    what = "nothing is chosen to be printed"
    usual_advice = f"Tick at least one record, and {MOST} at most."


@require_http_methods(["GET", "POST"])
def some(request: DeskRequest, chart_id: str) -> HttpResponse:
    """First what can be chosen; then what was, as one document."""
    if request.method == "POST":
        ids = list(dict.fromkeys(request.POST.getlist("record")))
        if 0 < len(ids) <= MOST:
            return _printed(request, chart_id, ids)
        return _choose(request, chart_id, NothingChosen())
    return _choose(request, chart_id, None)


def _choose(request: DeskRequest, chart_id: str, problem: StillroomError | None) -> HttpResponse:
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    sift = sift_of(request.GET.dict())
    where = conditions(presence, chart_id, sift)
    timeline = charts.timeline(presence, chart_id, most=MOST, where=where)
    colleagues = people.colleagues(active=False)
    lines = [one for one in timeline.lines if one.state != "draft" and not one.private]
    values = {
        "head": head,
        "lines": lines,
        "earlier": timeline.earlier,
        "ticked": not sift.idle and problem is None,
        "sift": sift,
        "sifted": sifted(sift),
        "colleagues": colleagues,
        "problem": problem,
        "most": MOST,
        **sift_choices(choices(presence, chart_id), colleagues),
    }
    status = 409 if problem else 200
    return render(request, "print_choose.html", values, status=status, current="clients")


def _printed(request: DeskRequest, chart_id: str, ids: list[str]) -> HttpResponse:
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    found = chosen_records(presence, chart_id, ids)
    names = people.colleagues(active=False)
    values = {
        "head": head,
        "records": [
            (one, {**record_pages.more_of(request, one), "steps": reviews.steps(one, names)})
            for one in found
        ],
        "colleagues": names,
        "at": timezone.localtime(request.at),
    }
    return render(request, "printed.html", values, current="clients")
