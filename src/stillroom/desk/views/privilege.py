"""Privilege of a chart: each holder's by itself, its history, and a new signed entry."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from stillroom.access import Act, Purpose
from stillroom.consent import actions_privilege, queries, queries_privilege
from stillroom.consent.actions_privilege import NotSound
from stillroom.desk import privileges
from stillroom.desk.forms import known_kinds
from stillroom.desk.pages import render
from stillroom.desk.places import name_of
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure.privilege_law import PrivilegeLaw, privilege_law
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, bridge
from stillroom.practice import queries as practice
from stillroom.practice.queries import ChartHead


@require_http_methods(["GET", "POST"])
def privilege(request: DeskRequest, chart_id: str) -> HttpResponse:
    """The page; with `?what=` the form for one sort of entry, and a post signs it."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    law = _law(request, head)
    typed = {name: str(value) for name, value in request.POST.items()}
    kinds = request.POST.getlist("kinds")
    given = request.POST if request.method == "POST" else request.GET
    sort = privileges.BY_NAME.get(given.get("what", ""))
    error: StillroomError | None = None
    if request.method == "POST" and sort is not None:
        try:
            event = privileges.event_from(typed, kinds, sort, law)
            actions_privilege.enter(presence, chart_id, event)
            return redirect("privilege", chart_id=chart_id)
        except NotHere:
            raise
        except StillroomError as problem:
            error = problem
    values = _values(request, head, law) | {
        "sort": sort,
        "typed": typed,
        "kinds": kinds,
        "problem": error,
        "wrong": {one.field: one.says for one in error.faults}
        if isinstance(error, NotSound)
        else {},
    }
    if sort is not None:
        values["earlier"] = privileges.to_end(sort.what, values["events"])
    status = 409 if error else 200
    return render(request, "privilege.html", values, status=status, current="clients")


def _law(request: DeskRequest, head: ChartHead) -> PrivilegeLaw | None:
    """The law of the chart's place for who asks; None while place or profession is not known."""
    profile = practice.staff_profile(request.presence.person)
    place = head.place or (profile.place if profile else "")
    if profile is None or not profile.profession or not place:
        return None
    return privilege_law(request.shell.corpus, place, profile.profession, request.today)


def _values(request: DeskRequest, head: ChartHead, law: PrivilegeLaw | None) -> dict[str, Any]:
    presence = request.presence
    events = queries_privilege.history(presence, head.id)
    holders = [(one.client, one.sheet.full, one.sheet.short) for one in head.holders]
    cares = practice.cares_of(presence.person, head.id)
    ward = queries.ward(head.id)
    return {
        "head": head,
        "law": law,
        "place": name_of(head.place) if head.place else "",
        "events": events,
        "held": privileges.held(holders, events, request.today),
        "sorts": privileges.SORTS,
        "by_words": privileges.BY_WORDS,
        "how_words": privileges.HOW_WORDS,
        "event_words": privileges.EVENT_WORDS,
        "known_kinds": known_kinds(),
        "kind_words": dict(known_kinds()),
        "colleagues": people.colleagues(active=False),
        "today": request.today,
        "writes": bridge.may(presence, Act.CONSENT_WRITE, Purpose.TREATMENT, ward, cares=cares),
    }
