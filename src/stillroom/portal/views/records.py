"""Reading: what is in the record, one entry of it, the plan for hard days, the plan of treatment.

Rules: what is here is by `chart.own` alone, which asks the gate for each (P2, T14). Addresses and
titles tell nothing; days and kinds stand in the list, words only where one entry is opened.
"""

from base64 import b64encode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from stillroom.chart import own, own_pages
from stillroom.portal.pages import render
from stillroom.portal.request import PortalRequest

_PAGES = 100


@require_GET
def records(request: PortalRequest, chart_id: str) -> HttpResponse:
    """What may be read, newest first, and what is held from the client."""
    found = own.own_chart(request.presence, chart_id, offset=_offset(request))
    return render(request, "records.html", {"chart": chart_id, "found": found})


def _offset(request: PortalRequest) -> int:
    return min(_number(request.GET.get("after", "")), _PAGES * own.PAGE)


@require_GET
def record(request: PortalRequest, record_id: str) -> HttpResponse:
    """One entry, as it was signed, and what was added."""
    number = _number(request.GET.get("page", ""))
    if number:
        return _leaf(request, record_id, number)
    found = own.own_record(request.presence, record_id)
    return render(request, "record.html", {"found": found, "list": True})


def _leaf(request: PortalRequest, record_id: str, number: int) -> HttpResponse:
    """A page of its file, as a picture that is kept nowhere, with its words to be read out."""
    try:
        seen = own_pages.own_page(request.presence, record_id, number)
    except own_pages.NoFile:
        return redirect("portal_record", record_id=record_id)
    page = seen.page
    drawn = b64encode(page.picture).decode("ascii") if page.type else ""
    picture = f"data:image/{page.type};base64,{drawn}" if drawn else ""
    values = {"seen": seen, "found": seen.record, "picture": picture}
    return render(request, "record_page.html", values)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


@require_GET
def safety(request: PortalRequest, chart_id: str) -> HttpResponse:
    """The plan for hard days, one tap away; where there is none, whom to call all the same."""
    found = own.own_newest(request.presence, chart_id, "safety_plan")
    return render(request, "safety.html", {"found": found, "chart": chart_id})


@require_GET
def plan(request: PortalRequest, chart_id: str) -> HttpResponse:
    """The plan of treatment that was signed last."""
    found = own.own_newest(request.presence, chart_id, "treatment_plan")
    return render(request, "plan.html", {"found": found, "chart": chart_id})
