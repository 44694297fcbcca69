"""One appointment: booking it, moving it, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from stillroom.access import Act, Role
from stillroom.desk.booking import (
    FIELDS,
    USUAL_MINUTES,
    code_from,
    day_of,
    slot_from,
    slots_from,
    typed_from,
)
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere
from stillroom.practice import actions, actions_own, actions_series, queries_calendar
from stillroom.practice.heads import ChartHead
from stillroom.practice.queries_calendar import Visit
from stillroom.practice.queries_visits import BY_VIDEO
from stillroom.practice.rules_calendar import Doubtful, Doubts, Slot
from stillroom.practice.rules_series import NoLastDay, NothingRepeats, TooMany
from stillroom.telehealth import queries as calling
from stillroom.telehealth import rules_several

_ABOUT_ITS_END = (NoLastDay, NothingRepeats, TooMany)
_ALL_CANCELLED = "cancelled with what follows"


@dataclass(frozen=True)
class Overlap:
    """Something else at the same time; `head` only for whoever may know of that client (P8)."""

    head: ChartHead | None
    slot: Slot


@dataclass(frozen=True)
class Asked:
    """What is asked before it is written down, and what a yes sends back."""

    past: bool
    overlaps: tuple[Overlap, ...]
    yes: str


def asked(request: DeskRequest, doubts: Doubts) -> Asked:
    """What is doubtful, as this person may be told of it."""
    charts = {one.chart for one in doubts.overlaps}
    known = queries_calendar.names_known(request.presence, charts)
    overlaps = tuple(
        Overlap(known.get(one.chart), Slot(one.starts_at, one.ends_at)) for one in doubts.overlaps
    )
    return Asked(doubts.past, overlaps, doubts.asked)


def _form(
    request: DeskRequest,
    template: str,
    head: ChartHead,
    typed: Mapping[str, str],
    error: StillroomError | None,
    **more: object,
) -> HttpResponse:
    names = people.colleagues(active=False)
    meets = queries_calendar.who_meets(head.id, request.at)
    if typed.get("person", "") in names and typed["person"] not in meets:
        meets.append(typed["person"])
    doubtful = isinstance(error, Doubtful)
    values = {
        "head": head,
        "typed": {name: typed.get(name, "") for name in FIELDS},
        "meets": [(person, names[person].name) for person in meets if person in names],
        "names": names,
        "asked": asked(request, error.doubts) if isinstance(error, Doubtful) else None,
        "problem": None if doubtful else error,
        "mends": "f-until" if isinstance(error, _ABOUT_ITS_END) else "f-day",
        **more,
    }
    return render(request, template, values, status=409 if error else 200, current="calendar")


@require_http_methods(["GET", "POST"])
def book(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Book for one chart; what is bad or doubtful is said, and what was typed is kept."""
    presence = request.presence
    head = queries_calendar.require_may_book(presence, chart_id)
    if request.method == "GET":
        day = day_of(request.GET.get("day", "")) or request.today
        usual = {"person": presence.person, "mode": "in_person", "minutes": str(USUAL_MINUTES)}
        return _form(request, "book.html", head, {**usual, "day": day.isoformat()}, None)
    typed = {name: str(value) for name, value in request.POST.items()}
    try:
        _require_carried(request, head, typed)
        meant = slots_from(typed, timezone.get_default_timezone())
        how = _how(typed)
        person = typed.get("person", "")
        if len(meant) > 1:
            actions_series.book_series(presence, chart_id, person, meant, **how)
        else:
            (one,) = meant
            actions.book(presence, chart_id, person, one.starts_at, one.ends_at, **how)
    except NotHere:
        raise
    except StillroomError as error:
        return _form(request, "book.html", head, typed, error)
    return _to_week(request, typed)


def _how(typed: Mapping[str, str]) -> dict[str, str]:
    return {
        "mode": typed.get("mode", ""),
        "code": code_from(typed),
        "sure": typed.get("sure", ""),
    }


def _require_carried(request: DeskRequest, head: ChartHead, typed: Mapping[str, str]) -> None:
    """Nothing, unless more of a group are to meet by video than can."""
    if typed.get("mode") == BY_VIDEO:
        rules_several.by_server(len(head.holders), many=request.shell.relays.carries_many)


def _page(
    request: DeskRequest,
    visit: Visit,
    typed: Mapping[str, str],
    error: StillroomError | None = None,
) -> HttpResponse:
    begun = visit.slot.starts_at <= request.at
    joins = calling.may(request.presence, visit.head.id, Act.CALL_JOIN)
    more = {"visit": visit, "begun": begun, "joins": joins}
    return _form(request, "appointment.html", visit.head, typed, error, **more)


def _stands(visit: Visit) -> dict[str, str]:
    when = typed_from(visit.slot, timezone.get_default_timezone())
    return {**when, "person": visit.person, "mode": visit.mode, "code": visit.code}


@require_http_methods(["GET", "POST"])
def appointment(request: DeskRequest, appointment_id: str) -> HttpResponse:
    """One appointment, to look at and, while it is planned, to move."""
    visit = queries_calendar.visit(request.presence, appointment_id)
    if request.method == "GET":
        return _page(request, visit, _stands(visit))
    typed = {**_stands(visit), **{name: str(value) for name, value in request.POST.items()}}
    try:
        _require_carried(request, visit.head, typed)
        _move(request, appointment_id, typed)
    except NotHere:
        raise
    except StillroomError as error:
        queries_calendar.require_may_book(request.presence, visit.head.id)
        return _page(request, visit, typed, error)
    return _to_week(request, typed)


def _move(request: DeskRequest, appointment_id: str, typed: Mapping[str, str]) -> None:
    zone = timezone.get_default_timezone()
    meant, who, how = slot_from(typed, zone), typed["person"], _how(typed)
    if typed.get("following"):
        actions_series.move_following(request.presence, appointment_id, who, meant, zone, **how)
    else:
        actions.move(request.presence, appointment_id, who, meant.starts_at, meant.ends_at, **how)


@require_POST
def mark(request: DeskRequest, appointment_id: str) -> HttpResponse:
    """Held, missed, cancelled, or planned again."""
    try:
        if request.POST.get("state") == _ALL_CANCELLED:
            actions_series.cancel_following(request.presence, appointment_id)
        else:
            actions.mark(request.presence, appointment_id, request.POST.get("state", ""))
    except NotHere:
        raise
    except StillroomError as error:
        visit = queries_calendar.visit(request.presence, appointment_id)
        return _page(request, visit, _stands(visit), error)
    return redirect("appointment", appointment_id=appointment_id)


def _to_week(request: DeskRequest, typed: Mapping[str, str]) -> HttpResponse:
    """The week in which it now stands; no client's name is in that address."""
    desk = Role.FRONT_DESK in request.presence.roles
    who = f"&who={typed['person']}" if desk else ""
    return redirect(f"{reverse('calendar')}?day={typed['day'].strip()}{who}")


@require_POST
def own_ask_done(request: DeskRequest, ask_id: str) -> HttpResponse:
    """What a client asked by the own door has been seen to."""
    actions_own.done(request.presence, ask_id)
    return redirect("today")
