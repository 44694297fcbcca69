"""Wishes and restrictions of a chart: how to reach its holders, and what is kept from whom.

The front desk sees how to reach somebody; what is kept back, and why, is for those who care.
"""

from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.access import Act, Purpose
from stillroom.consent import actions_restrictions as keeping
from stillroom.consent import queries_restrictions as kept
from stillroom.consent import rules_restrictions as rules
from stillroom.desk import wishes_typed as typing
from stillroom.desk.forms import kind_title, known_kinds, whole
from stillroom.desk.pages import render
from stillroom.desk.papers_typed import RECIPIENTS
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure.sending import shut_what_may_no_longer_leave
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, bridge
from stillroom.practice import actions_wishes
from stillroom.practice import queries as practice
from stillroom.practice.heads import ChartHead, HolderSheet
from stillroom.practice.rules_wishes import CHANNELS, in_words
from stillroom.practice.sending import queries as sending

_KINDS = {**dict(RECIPIENTS), "": ""}


def holder_of(request: DeskRequest, head: ChartHead) -> HolderSheet:
    """The holder that the address names, the first if it names none."""
    wanted = request.GET.get("client", "")
    found = [one for one in head.holders if not wanted or one.client == wanted]
    if not found:
        raise NotHere
    return found[0]


def reaches_in_words(one: HolderSheet) -> list[str]:
    """How to reach a holder, line by line, for whoever picks up the telephone."""
    reach = one.sheet.reach
    if reach is None:
        return []
    lines = ["Nothing is to be written."] if reach.nothing else []
    for way in reach.ways:
        leave = {"yes": "; a message may be left", "no": "; leave no message"}.get(way.leave, "")
        lines.append(f"{CHANNELS[way.channel].capitalize()}: {way.to}, {in_words(way)}{leave}")
    lines += [f"Never: {one}" for one in reach.never]
    if reach.name:
        lines.append(f"Name to use: {reach.name}")
    return lines


@require_GET
def wishes(request: DeskRequest, chart_id: str) -> HttpResponse:
    """All of it on one page."""
    return _page(request, practice.chart_head(request.presence, chart_id), {}, None, "")


def _page(
    request: DeskRequest,
    head: ChartHead,
    typed: Mapping[str, str],
    error: StillroomError | None,
    about: str,
) -> HttpResponse:
    presence = request.presence
    knows = kept.may_read(presence, head.id)
    values = {
        "head": head,
        "reaching": [(one, reaches_in_words(one)) for one in head.holders],
        "names": {one.client: one.sheet for one in head.holders},
        "knows": knows,
        "restrictions": kept.restrictions(presence, head.id) if knows else [],
        "writes": knows and kept.may_write(presence, head.id),
        "sends": sending.may_write(presence, head.id),
        "changes": may_change(request, head.id),
        "bases": dict(typing.BASES),
        "citations": rules.CITATION,
        "endings": typing.ENDINGS,
        "recipients": _KINDS,
        "kind_title": kind_title,
        "colleagues": people.colleagues(active=False),
        "typed": typed,
        "problem": error,
        "about": about,
    }
    status = 409 if error else 200
    return render(request, "wishes.html", values, status=status, current="clients")


def may_change(request: DeskRequest, chart_id: str) -> bool:
    """Whether to show what changes how somebody is reached."""
    presence, ward = request.presence, practice.front_ward(chart_id)
    cares = practice.cares_of(presence.person, chart_id)
    purpose = Purpose.TREATMENT if cares else Purpose.SCHEDULING
    return bridge.may(presence, Act.FRONT_WRITE, purpose, ward, cares=cares)


@require_http_methods(["GET", "POST"])
def reach(request: DeskRequest, chart_id: str) -> HttpResponse:
    """How one holder wishes to be reached; what held before stays on file."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    one = holder_of(request, head)
    typed, picked = typing.typed_reach(one.sheet.reach)
    typed["revision"] = str(one.revision)
    if request.method == "GET":
        return _reach_page(request, head, one, typed, picked, None)
    typed = {name: str(value) for name, value in request.POST.items()}
    picked = {name: request.POST.getlist(name) for name in request.POST if name.startswith("days_")}
    today = request.today
    try:
        wished = typing.reach_from(typed, request.POST.getlist, today, presence.person)
        actions_wishes.wish(
            presence,
            request.shell.directory,
            chart_id,
            one.client,
            wished,
            whole(typed.get("revision", "")),
        )
    except NotHere:
        raise
    except StillroomError as error:
        return _reach_page(request, head, one, typed, picked, error)
    return redirect("wishes", chart_id=chart_id)


def _reach_page(
    request: DeskRequest,
    head: ChartHead,
    one: HolderSheet,
    typed: Mapping[str, str],
    picked: Mapping[str, Sequence[str]],
    error: StillroomError | None,
) -> HttpResponse:
    values = {
        "head": head,
        "holder": one,
        "typed": typed,
        "picked": picked,
        "rows": range(1, typing.rows_of(one.sheet.reach) + 1),
        "channels": typing.CHANNEL_CHOICES,
        "days": typing.DAY_CHOICES,
        "zones": typing.ZONES,
        "problem": error,
    }
    status = 409 if error else 200
    return render(request, "reach.html", values, status=status, current="clients")


@require_http_methods(["GET", "POST"])
def restrict(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Write down what the client asks to be kept back."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    if not kept.may_read(presence, chart_id):
        bridge.refuse(presence, Act.CONSENT_READ, chart_id)
        raise NotHere
    typed = {name: str(value) for name, value in request.POST.items()}
    kinds = request.POST.getlist("kinds")
    if request.method == "GET":
        return _restrict_page(request, head, {}, [], None)
    today = request.today
    try:
        asked = typing.restriction_from(typed, kinds, today)
        if asked.holder not in {one.client for one in head.holders}:
            raise NotHere
        keeping.ask(presence, chart_id, asked)
        shut_what_may_no_longer_leave(presence, request.shell.corpus, chart_id)
    except NotHere:
        raise
    except StillroomError as error:
        return _restrict_page(request, head, typed, kinds, error)
    return redirect("wishes", chart_id=chart_id)


def _restrict_page(
    request: DeskRequest,
    head: ChartHead,
    typed: Mapping[str, str],
    kinds: Sequence[str],
    error: StillroomError | None,
) -> HttpResponse:
    values = {
        "head": head,
        "typed": typed,
        "kinds": kinds,
        "known_kinds": known_kinds(),
        "bases": typing.BASES,
        "recipients": (("", "whoever it can mean"), *RECIPIENTS),
        "problem": error,
    }
    status = 409 if error else 200
    return render(request, "restriction_new.html", values, status=status, current="clients")


@require_POST
def answer(request: DeskRequest, restriction_id: str) -> HttpResponse:
    """Agree to it or not, with a reason."""
    today = request.today
    words = request.POST.get("words", "").strip()[:2000]
    if request.POST.get("do") == "agree":
        return _change(
            request, restriction_id, lambda one: rules.agreed(one, today, words), "agreed"
        )
    return _change(request, restriction_id, lambda one: rules.refused(one, today, words), "refused")


@require_POST
def end(request: DeskRequest, restriction_id: str) -> HttpResponse:
    """It ends: by the client, or, where the law lets it, told by the practice."""
    today = request.today
    words = request.POST.get("words", "").strip()[:2000]
    ways = {one.value: one for one in rules.Ending}
    how = ways.get(request.POST.get("how", ""), rules.Ending.IN_WRITING)
    return _change(
        request, restriction_id, lambda one: rules.ended(one, today, how, words), "ended"
    )


def _change(
    request: DeskRequest, restriction_id: str, become: keeping.Become, did: str
) -> HttpResponse:
    chart_id = kept.chart_of(request.presence, restriction_id)
    try:
        keeping.change(request.presence, restriction_id, become, did)
        shut_what_may_no_longer_leave(request.presence, request.shell.corpus, chart_id)
    except NotHere:
        raise
    except StillroomError as error:
        head = practice.chart_head(request.presence, chart_id)
        typed = {name: str(value) for name, value in request.POST.items()}
        return _page(request, head, typed, error, restriction_id)
    return redirect("wishes", chart_id=chart_id)
