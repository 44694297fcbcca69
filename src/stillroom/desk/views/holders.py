"""A couple and a group: who holds a chart with others, each new here or a client already."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from stillroom.access import Act, Capacity, Purpose, Ward
from stillroom.desk.pages import render
from stillroom.desk.sheets import guardian_rows, sheet_from
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.clients import clinicians, place_of
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, bridge
from stillroom.practice import actions, actions_holders, queries_holders
from stillroom.practice.heads import ChartHead, HolderSheet
from stillroom.practice.rules_holders import KINDS, require_kind, require_room

_TOGETHER = KINDS[1:]
_LONGEST_SEARCH = 80


class NobodyChosen(StillroomError):
    """The form came without the client."""

    what = "nobody was chosen"
    usual_advice = "Find the client by name, and choose her from the list."


def _found(
    request: DeskRequest, typed: Mapping[str, str], without: tuple[str, ...] = ()
) -> list[HolderSheet] | None:
    """Clients by what was typed (in the body, never in an address); `None` if nothing was."""
    words = typed.get("q", "").strip()[:_LONGEST_SEARCH]
    if not words:
        return None
    return queries_holders.clients_found(
        request.presence, request.shell.directory, words, without=without
    )


def has_room(head: ChartHead) -> bool:
    """Whether somebody more may come to hold a chart."""
    try:
        require_room(head.kind, len(head.holders))
    except StillroomError:
        return False
    return head.closed_at is None


@require_http_methods(["GET", "POST"])
def holders(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Who holds this chart, and one more: found among those one may know of, or new."""
    presence = request.presence
    head = queries_holders.require_may_add(presence, chart_id)
    typed = {name: str(value) for name, value in request.POST.items()}
    error: StillroomError | None = None
    choosing = "client" in typed or "choosing" in typed
    searching = "q" in typed and not choosing
    if request.method == "POST" and not searching:
        try:
            _add(request, chart_id, typed)
        except NotHere:
            raise
        except StillroomError as told:
            error = told
        else:
            return redirect("holders", chart_id=chart_id)
    values = {
        "head": head,
        "room": has_room(head),
        "found": _found(request, typed, tuple(one.client for one in head.holders)),
        "typed": typed,
        "guardians": guardian_rows(typed),
        "problem": error,
        "mends": "f-q" if choosing else "f-given",
    }
    return render(request, "holders.html", values, status=409 if error else 200, current="clients")


def _add(request: DeskRequest, chart_id: str, typed: Mapping[str, str]) -> None:
    directory = request.shell.directory
    if "client" in typed or "choosing" in typed:
        if not typed.get("client"):
            raise NobodyChosen
        actions_holders.add_known_holder(request.presence, directory, chart_id, typed["client"])
    else:
        sheet = sheet_from(typed, request.today)
        actions_holders.add_new_holder(request.presence, directory, chart_id, sheet)


@require_http_methods(["GET", "POST"])
def admit_known(request: DeskRequest) -> HttpResponse:
    """A couple's or a group's chart that begins with somebody who is a client already."""
    presence = request.presence
    bridge.ask(presence, Act.CLIENT_ADMIT, Purpose.SCHEDULING, Ward(chart=""))
    typed = {name: str(value) for name, value in request.POST.items()}
    error: StillroomError | None = None
    if request.method == "POST" and ("carer" in typed or "q" not in typed):
        try:
            chart_id = _admit_known(request, typed)
        except NotHere:
            raise
        except StillroomError as told:
            error = told
        else:
            may_add = queries_holders.may_add(presence, chart_id)
            return redirect("holders", chart_id=chart_id) if may_add else redirect("clients")
    values = {
        "found": _found(request, typed),
        "typed": typed,
        "carers": clinicians(),
        "me": presence.person,
        "problem": error,
    }
    status = 409 if error else 200
    return render(request, "admit_known.html", values, status=status, current="clients")


def _admit_known(request: DeskRequest, typed: Mapping[str, str]) -> str:
    if not typed.get("client"):
        raise NobodyChosen
    kind = typed.get("kind", "")
    require_kind(kind if kind in _TOGETHER else "")
    carer = actions.Carer(typed.get("carer", request.presence.person), Capacity.TREATING)
    return actions.admit(
        request.presence,
        request.shell.directory,
        [],
        [carer],
        kind=kind,
        place=place_of(carer.person),
        known_clients=[typed["client"]],
    )
