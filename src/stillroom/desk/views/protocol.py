"""The page for the wall: what to do in one state, for one profession, without a network."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from stillroom.desk import verdicts
from stillroom.desk.pages import render
from stillroom.desk.places import STATES, name_of
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure.happened.protocol import Protocol, protocol
from stillroom.disclosure.happened.protocol_print import print_protocol
from stillroom.law import PROFESSIONS, states_on_file
from stillroom.practice import queries as practice


def _made(request: DeskRequest, place: str) -> Protocol:
    if place not in states_on_file(request.shell.corpus):
        raise Http404
    asked = request.GET.get("profession", "")
    profile = practice.staff_profile(request.presence.person)
    own = profile.profession if profile else ""
    profession = next((one for one in (asked, own) if one in PROFESSIONS), PROFESSIONS[0])
    day = request.today
    return protocol(request.shell.corpus, place, profession, day, name_of(place))


@require_GET
def page(request: DeskRequest, place: str) -> HttpResponse:
    """As a page that prints."""
    made = _made(request, place)
    values: dict[str, Any] = {
        "it": made,
        "where": name_of(place),
        "whose": verdicts.plural(made.profession),
        "places": [(one, name_of(one)) for one in STATES],
        "professions": [(one, verdicts.plural(one)) for one in PROFESSIONS],
    }
    return render(request, "protocol.html", values, current="law")


@require_GET
def file(request: DeskRequest, place: str) -> HttpResponse:
    """As a file that prints."""
    made = _made(request, place)
    pdf = print_protocol(made, name_of(place), verdicts.plural(made.profession), request.at)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="protocol-{place}.pdf"'
    return response
