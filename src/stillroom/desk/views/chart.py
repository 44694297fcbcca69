"""A chart: who holds it, what is open, the record newest first, and who looked."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from stillroom.access import Act, Purpose
from stillroom.chart import kinds, lists, queries_risk, risk
from stillroom.chart import queries as charts
from stillroom.chart.rules_sift import sift_of
from stillroom.chart.sifting import choices, conditions
from stillroom.consent import queries as consents
from stillroom.desk import panels
from stillroom.desk.forms import whole
from stillroom.desk.pages import render
from stillroom.desk.places import name_of
from stillroom.desk.sheets import lacks_guardian
from stillroom.desk.shell import DeskRequest
from stillroom.desk.sifted import sift_choices, sifted
from stillroom.desk.views.entries import shown
from stillroom.disclosure import queries as disclosure
from stillroom.identity import queries as people
from stillroom.phi import bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_calendar

_LOOKED = 6


@require_GET
def chart(request: DeskRequest, chart_id: str) -> HttpResponse:
    """The chart's page, for those who care; for the front desk, its front."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    cares = practice.cares_of(presence.person, chart_id)
    ward = charts.chart_ward(chart_id)
    purpose = practice.purpose_for(presence, cares)
    colleagues = people.colleagues(active=False)
    if not bridge.may(presence, Act.RECORD_READ, purpose, ward, cares=cares):
        books = head.closed_at is None and queries_calendar.may_book(presence, chart_id)
        front = {"head": head, "colleagues": colleagues, "books": books}
        return render(request, "chart_front.html", front, current="clients")
    offset = whole(request.GET.get("from", "0"))
    sift = sift_of(request.GET.dict())
    where = conditions(presence, chart_id, sift)
    timeline = charts.timeline(presence, chart_id, offset=offset, where=where)
    risks = queries_risk.risk_of(presence, chart_id).signed
    values = {
        "head": head,
        "flags": risk.flags(risks),
        "levels": risk.levels(risks)[::-1],
        "place": name_of(head.place) if head.place else "",
        "timeline": timeline,
        "offset": offset,
        "sift": sift,
        "sifted": sifted(sift),
        **sift_choices(choices(presence, chart_id), colleagues),
        "colleagues": colleagues,
        "kinds": kinds.KINDS.values(),
        "matters": disclosure.matters_of(presence, chart_id),
        "authorizations": consents.authorizations(presence, chart_id),
        "beside": lists.beside(presence, chart_id),
        "entries": shown(disclosure.who_opened(presence, chart_id, _LOOKED), colleagues),
        "writes": bridge.may(presence, Act.RECORD_WRITE, Purpose.TREATMENT, ward, cares=cares),
        "danger_href": reverse("risk", kwargs={"chart_id": chart_id}),
        "without_guardian": any(lacks_guardian(one.sheet, request.today) for one in head.holders),
        "panels": panels.of_chart(request, head),
        "today": request.today,
        "next": queries_calendar.next_visits(presence, chart_id, most=1),
    }
    return render(request, "chart.html", values, current="clients")
