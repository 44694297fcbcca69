"""The story of a client on one page: what signed records say, each sentence with its record."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from stillroom.chart import queries as charts
from stillroom.chart.queries_plan import CERTAINTIES
from stillroom.chart.queries_story import whole_story
from stillroom.desk.pages import render
from stillroom.desk.places import name_of
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people
from stillroom.practice import queries as practice


@require_GET
def story(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Who, why here, diagnoses, plan, medication, risk, measures, latest sessions, what is due."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    told = whole_story(presence, chart_id)
    values = {
        "head": head,
        "place": name_of(head.place) if head.place else "",
        "told": told,
        "story": told.story,
        "plan": told.course.plan,
        "strands": {one.objective.number: one for one in told.thread.strands}
        if told.thread
        else {},
        "certainties": dict(CERTAINTIES),
        "unsigned": [one for one in charts.unsigned(presence) if one.chart == chart_id],
        "colleagues": people.colleagues(active=False),
        "today": request.today,
    }
    return render(request, "story.html", values, current="clients")
