"""The client's first page from plain rows: the same template, given the same values."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.utils.html import format_html

from stillroom.access import Capacity
from stillroom.portal.language import LANGUAGES
from stillroom.portal.navigation import rooms_for
from stillroom.practice.models import Chart, Holder
from stillroom.practice.queries_guests import Stands
from tests.bench.clear import around
from tests.bench.clear.models import Sheet
from tests.bench.clear.views import front


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Her name, and the rooms that are hers; no gate, no log, no sealing."""
    leaves = []
    for sheet in Sheet.objects.all():
        held = Holder.objects.filter(client_id=sheet.client).order_by("pk")
        for chart in Chart.objects.filter(pk__in=held.values("chart_id")):
            kind, holder, all_of_it = chart.kind, Capacity.HOLDER, frozenset[str]()
            stand = Stands(chart.pk, sheet.client, kind, chart.place, holder, all_of_it, None)
            leaves.append((None, front(sheet).short, stand, rooms_for(stand)))
    token = get_token(request)
    mark = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    values = {
        "leaves": leaves,
        "elsewhere": around.elsewhere(str(request.user.get_username())),
        "csrf_token": token,
        "csrf_input": format_html(mark, token),
        "language": "en",
        "languages": LANGUAGES,
        "inside": True,
        "idle": 600,
        "longest": 7200,
        "leave_to": "/my/away",
        "path": request.path,
        "shown_at": request.path,
        "whose": None,
    }
    page = cast("Jinja2", engines["portal"]).env.get_template("portal/home.html")
    return HttpResponse(page.render(values))
