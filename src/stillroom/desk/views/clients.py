"""Clients: mine as a list, or the front desk's search; admitting; the front sheet."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from stillroom.access import Act, Capacity, Purpose, Role, Ward
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, bridge
from stillroom.practice import actions
from stillroom.practice import queries as practice
from stillroom.practice.rules import Contact, FrontSheet

_LISTING = frozenset({Role.CLINICIAN, Role.SUPERVISOR})
_TEXTS = ("given", "family", "called", "pronouns", "phone", "email", "safe_contact", "payer")


class BadDate(StillroomError):
    """A date that is none, or lies in the future."""

    what = "that date of birth cannot be"
    usual_advice = "Give it as year, month and day, and not in the future."


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


def sheet_from(typed: dict[str, str], today: date) -> FrontSheet:
    """A front sheet from what was typed, or an error that says what to mend."""
    if not typed.get("given", "").strip() or not typed.get("family", "").strip():
        raise StillroomError("a name is missing", advice="Give both a first and a family name.")
    born = None
    if typed.get("born"):
        try:
            born = date.fromisoformat(typed["born"])
        except ValueError:
            raise BadDate from None
        if born > today or born.year < today.year - 120:
            raise BadDate
    contact = typed.get("emergency_name", "").strip()
    emergency = Contact(contact, phone=typed.get("emergency_phone", "")) if contact else None
    guardian = typed.get("guardian_name", "").strip()
    guardians = (
        (Contact(guardian, typed.get("guardian_relation", ""), typed.get("guardian_phone", "")),)
        if guardian
        else ()
    )
    texts = {name: typed.get(name, "").strip()[:200] for name in _TEXTS}
    address = tuple(line for line in typed.get("address", "").splitlines() if line.strip())
    return FrontSheet(**texts, born=born, address=address, emergency=emergency, guardians=guardians)


def _form(
    request: DeskRequest,
    template: str,
    typed: dict[str, str],
    error: StillroomError | None,
    **more: object,
) -> HttpResponse:
    values = {"typed": typed, "problem": error, **more}
    return render(request, template, values, status=409 if error else 200, current="clients")


@require_http_methods(["GET", "POST"])
def admit(request: DeskRequest) -> HttpResponse:
    """A new client, with a clinician who will hold the chart."""
    presence = request.presence
    bridge.ask(presence, Act.CLIENT_ADMIT, Purpose.SCHEDULING, Ward(chart=""))
    carers = [one for one in people.colleagues().values() if Role.CLINICIAN.value in one.roles]
    typed = {name: str(value) for name, value in request.POST.items()}
    if request.method == "GET":
        return _form(request, "admit.html", {}, None, carers=carers, me=presence.person)
    try:
        sheet = sheet_from(typed, request.at.date())
        carer = actions.Carer(typed.get("carer", presence.person), Capacity.TREATING)
        profile = practice.staff_profile(carer.person)
        actions.admit(
            presence,
            request.shell.directory,
            [sheet],
            [carer],
            place=profile.place if profile else "",
        )
    except StillroomError as error:
        return _form(request, "admit.html", typed, error, carers=carers, me=presence.person)
    return redirect("clients")


@require_http_methods(["GET", "POST"])
def front(request: DeskRequest, chart_id: str) -> HttpResponse:
    """The front sheet of a chart's first holder, to read and to change."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    holder = next(
        (one for one in head.holders if one.client == request.GET.get("client")), head.holders[0]
    )
    sheet = holder.sheet
    typed = {name: getattr(sheet, name) for name in _TEXTS}
    typed["born"] = sheet.born.isoformat() if sheet.born else ""
    typed["address"] = "\n".join(sheet.address)
    if sheet.emergency:
        typed |= {"emergency_name": sheet.emergency.name, "emergency_phone": sheet.emergency.phone}
    if sheet.guardians:
        first = sheet.guardians[0]
        typed |= {
            "guardian_name": first.name,
            "guardian_relation": first.relation,
            "guardian_phone": first.phone,
        }
    if request.method == "GET":
        return _form(request, "front.html", typed, None, head=head, holder=holder)
    given = {**typed, **{name: str(value) for name, value in request.POST.items()}}
    try:
        changed = sheet_from(given, request.at.date())
        actions.change_front(presence, request.shell.directory, chart_id, holder.client, changed)
    except NotHere:
        raise
    except StillroomError as error:
        return _form(request, "front.html", given, error, head=head, holder=holder)
    return redirect("front", chart_id=chart_id)
