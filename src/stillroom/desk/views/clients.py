"""Clients: mine as a list, or the front desk's search; admitting; the front sheet."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stillroom.access import Act, Capacity, Purpose, Role, Ward
from stillroom.desk.forms import whole
from stillroom.desk.pages import render
from stillroom.desk.sheets import guardian_rows, lacks_guardian, sheet_from, typed_from
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people
from stillroom.identity.queries import Colleague
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, bridge
from stillroom.practice import actions, queries_holders
from stillroom.practice import queries as practice
from stillroom.practice.rules_holders import INDIVIDUAL

_LISTING = frozenset({Role.CLINICIAN, Role.SUPERVISOR})


@require_http_methods(["GET", "POST"])
def clients(request: DeskRequest) -> HttpResponse:
    """A clinician's own clients; for the front desk, what the search finds."""
    presence = request.presence
    # Posted, not in the address: no access log on the way shall hold a client's name.
    typed = request.POST.get("q", "").strip()[:80]
    if typed:
        heads = practice.find(presence, request.shell.directory, typed)
    elif presence.roles & _LISTING:
        heads = practice.my_charts(presence)
    else:
        heads = []
    values = {"heads": heads, "typed": typed, "lists": bool(presence.roles & _LISTING)}
    return render(request, "clients.html", values, current="clients")


def _form(
    request: DeskRequest,
    template: str,
    typed: Mapping[str, str],
    error: StillroomError | None,
    **more: object,
) -> HttpResponse:
    values = {"typed": typed, "problem": error, "guardians": guardian_rows(typed), **more}
    return render(request, template, values, status=409 if error else 200, current="clients")


def clinicians() -> list[Colleague]:
    """Those into whose care somebody can be admitted, by name."""
    all_here = people.colleagues().values()
    found = [one for one in all_here if Role.CLINICIAN.value in one.roles]
    return sorted(found, key=lambda one: one.name)


def place_of(person: str) -> str:
    """The place of law of a new chart: at first that of its clinician's licence."""
    profile = practice.staff_profile(person)
    return profile.place if profile else ""


@require_http_methods(["GET", "POST"])
def admit(request: DeskRequest) -> HttpResponse:
    """A new client, alone or as the first of a couple or a group, with a clinician who holds the
    chart."""
    presence = request.presence
    bridge.ask(presence, Act.CLIENT_ADMIT, Purpose.SCHEDULING, Ward(chart=""))
    shown = {"carers": clinicians(), "me": presence.person}
    typed = {name: str(value) for name, value in request.POST.items()}
    if request.method == "GET":
        return _form(request, "admit.html", {}, None, **shown)
    kind = typed.get("kind", INDIVIDUAL)
    try:
        sheet = sheet_from(typed, request.today)
        carer = actions.Carer(typed.get("carer", presence.person), Capacity.TREATING)
        chart_id = actions.admit(
            presence,
            request.shell.directory,
            [sheet],
            [carer],
            kind=kind,
            place=place_of(carer.person),
        )
    except StillroomError as error:
        return _form(request, "admit.html", typed, error, **shown)
    if kind != INDIVIDUAL and queries_holders.may_add(presence, chart_id):
        return redirect("holders", chart_id=chart_id)
    return redirect("clients")


@require_http_methods(["GET", "POST"])
def front(request: DeskRequest, chart_id: str) -> HttpResponse:
    """The front sheet of one holder of a chart, the first if none is named."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    holder = next(
        (one for one in head.holders if one.client == request.GET.get("client")), head.holders[0]
    )
    today = request.today
    typed = {**typed_from(holder.sheet), "revision": str(holder.revision)}
    shown = {"head": head, "holder": holder, "alone": lacks_guardian(holder.sheet, today)}
    if request.method == "GET":
        return _form(request, "front.html", typed, None, **shown)
    given = {**typed, **{name: str(value) for name, value in request.POST.items()}}
    try:
        changed = sheet_from(given, today, holder.sheet)
        actions.change_front(
            presence,
            request.shell.directory,
            chart_id,
            holder.client,
            changed,
            whole(given["revision"]),
        )
    except NotHere:
        raise
    except StillroomError as error:
        return _form(request, "front.html", given, error, **shown)
    return redirect(f"{reverse('front', kwargs={'chart_id': chart_id})}?client={holder.client}")
