"""Who stands for a client: seen, let in by a decision, changed by another, and shut out.

Rules: the law's answer stands beside each thing that can be given, and weak ground looks weak; the
words are the clinician's own. Nothing of a refusal, a freeze or an order is told to whoever it is
about. The address and the four words of a new place are shown once, on the page that follows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.access import Act, Capacity, Purpose, Ward
from stillroom.desk import proxies_typed as typing
from stillroom.desk.forms import days
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people
from stillroom.identity.guests import Offer
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import actions_guests, actions_proxies, majority
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests as guests
from stillroom.practice import rules_proxies as rules
from stillroom.practice.actions_proxies import Decided
from stillroom.practice.heads import ChartHead
from stillroom.practice.queries_guests import Door
from stillroom.practice.rules_proxies import About, Asked, Basis, Proposal


@dataclass(frozen=True)
class Shown:
    """A proxy on the page: her door, and on what it rests (`None` for who may not open it)."""

    door: Door
    basis: Basis | None
    given: tuple[str, ...]


def _allowed(presence: Presence, chart_id: str) -> None:
    """Whether this person decides here at all; asked before anything typed is looked at."""
    cares = practice.cares_of(presence.person, chart_id)
    bridge.ask(presence, Act.GUEST_INVITE, Purpose.TREATMENT, Ward(chart=chart_id), cares=cares)


def _decides(presence: Presence, chart_id: str) -> bool:
    cares = practice.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    return bridge.may(presence, Act.GUEST_INVITE, Purpose.TREATMENT, ward, cares=cares)


@require_GET
def proxies(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Who stands for the client now, and whether the client has a door of their own."""
    return _list(request, chart_id, None)


def _list(
    request: DeskRequest, chart_id: str, offered: Offer | None, place: str = ""
) -> HttpResponse:
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    doors = guests.doors_of(presence, chart_id)
    cares = bool(practice.cares_of(presence.person, chart_id))
    shown = [
        Shown(
            one,
            actions_proxies.read(chart_id, one.words),
            tuple(typing.title(name) for name in (*rules.WAYS, *rules.KINDS) if name in one.reach),
        )
        for one in doors
        if one.capacity is Capacity.PROXY
    ]
    values = {
        "head": head,
        "shown": shown,
        "own": {one.client for one in doors if one.capacity is Capacity.HOLDER},
        "cares": cares,
        "decides": _decides(presence, chart_id),
        "colleagues": people.colleagues(active=False),
        "titles": typing.title,
        "offered": offered,
        "place": place,
    }
    return render(request, "proxies.html", values, current="clients")


@require_http_methods(["GET", "POST"])
def let_in(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Say who, look at what the law says, choose, and decide."""
    presence = request.presence
    _allowed(presence, chart_id)
    head = practice.chart_head(presence, chart_id)
    typed = {name: str(value) for name, value in request.POST.items()}
    if typed.get("do") != "decide":
        return _form(request, head, typed, None, None)
    try:
        decided = _decided(request, head, typed)
        person = typed.get("person", "")
        if person:
            corpus = request.shell.corpus
            actions_proxies.let_in_known(presence, corpus, chart_id, person, decided)
            return redirect("proxies", chart_id=chart_id)
        offered = actions_proxies.let_in(presence, request.shell.corpus, chart_id, decided)
    except NotHere:
        raise
    except StillroomError as error:
        return _form(request, head, typed, error, None)
    path = reverse("portal_place", kwargs={"address": offered.address})
    return _list(request, chart_id, offered, request.build_absolute_uri(path))


@require_http_methods(["GET", "POST"])
def proxy(request: DeskRequest, chart_id: str, person_id: str) -> HttpResponse:
    """Decide anew what somebody who comes in already is given."""
    presence = request.presence
    _allowed(presence, chart_id)
    door = actions_proxies.door_of(presence, chart_id, person_id)
    head = practice.chart_head(presence, chart_id)
    typed = {name: str(value) for name, value in request.POST.items()}
    if typed.get("do") != "decide":
        return _form(request, head, typed, None, door)
    try:
        decided = _decided(request, head, typed)
        actions_proxies.change(presence, request.shell.corpus, chart_id, person_id, decided)
    except NotHere:
        raise
    except StillroomError as error:
        return _form(request, head, typed, error, door)
    return redirect("proxies", chart_id=chart_id)


@require_POST
def shut(request: DeskRequest, chart_id: str, person_id: str) -> HttpResponse:
    """Freeze a proxy's account, thaw it, or end how she stands to this chart. She is not told."""
    presence, do = request.presence, request.POST.get("do", "")
    if do == "end":
        _allowed(presence, chart_id)
        actions_proxies.door_of(presence, chart_id, person_id)
        actions_guests.end_standing(presence, chart_id, person_id)
    else:
        actions_guests.freeze(presence, chart_id, person_id, frozen=do != "thaw")
    return redirect("proxies", chart_id=chart_id)


def _client(head: ChartHead, typed: Mapping[str, str], door: Door | None) -> str:
    """Of which holder: the one who was chosen, else the only or the first."""
    every = [one.client for one in head.holders]
    wanted = door.client if door else typed.get("client", "")
    return wanted if wanted in every else every[0]


def _about(request: DeskRequest, head: ChartHead, client: str) -> About:
    (holder,) = (one for one in head.holders if one.client == client)
    profile = practice.staff_profile(request.presence.person)
    place = head.place or (profile.place if profile else "")
    profession = profile.profession if profile and profile.profession else "counselor"
    return About(holder.sheet.born, place, profession, request.today)


def _chosen(request: DeskRequest) -> list[str]:
    """What was ticked to do, and to read."""
    return [*request.POST.getlist("reach"), *request.POST.getlist("kinds")]


def _decided(request: DeskRequest, head: ChartHead, typed: Mapping[str, str]) -> Decided:
    client = _client(head, typed, None)
    return Decided(
        client,
        typing.asked_from(typed, request.shell.corpus),
        _about(request, head, client),
        typing.reach_from(_chosen(request)),
        typed.get("words", ""),
        days(typed, "ends"),
    )


def _form(
    request: DeskRequest,
    head: ChartHead,
    typed: dict[str, str],
    error: StillroomError | None,
    door: Door | None,
) -> HttpResponse:
    presence, corpus = request.presence, request.shell.corpus
    basis = actions_proxies.read(head.id, door.words) if door else None
    chosen = _chosen(request)
    if door and not typed:
        typed, chosen = typing.typed_from(basis) if basis else ({}, sorted(door.reach))
    client = _client(head, typed, door)
    about = _about(request, head, client)
    values: dict[str, Any] = {
        "head": head,
        "proxy": door,
        "basis": basis,
        "client": client,
        "age": about.age,
        "of_age": majority.majority(about.place),
        "typed": typed,
        "grounds": [{"value": g.value, "label": w, "hint": h} for g, w, h in typing.GROUNDS],
        "custody": [(c.value, words) for c, words in typing.CUSTODY],
        "elsewhere": [] if door else _elsewhere(presence, head.id),
        "law": None,
        "problem": error,
    }
    asked, unread = typing.as_far_as_read(typed, corpus)
    values["problem"] = error or (unread if typed.get("do") else None)
    values["kept"] = [(name, one) for name, one in typed.items() if _keeps(name)]
    values["kept"] += [("reach", one) for one in chosen]
    if asked is not None:
        values["law"] = _law(request, asked, about, chosen, looked=bool(typed.get("looked")))
    status = 409 if values["problem"] else 200
    return render(request, "proxy.html", values, status=status, current="clients")


def _keeps(name: str) -> bool:
    """Whether a field stands in a part of the form that is not shown before the law is asked."""
    return name in ("words", "ends") or name.startswith("fact_")


def _law(
    request: DeskRequest, asked: Asked, about: About, chosen: Sequence[str], *, looked: bool
) -> dict[str, Any]:
    """What the law says, what it still asks, and what is ticked: its proposal at the first look."""
    corpus = request.shell.corpus
    found = rules.opinion(corpus, asked, about)
    proposal: Proposal = rules.propose(found, asked)
    first = rules.facts_asked(asked, about)
    ends = rules.last_day(asked, about, None)
    decisive = [one for one in found.findings if one.decides]
    return {
        "sentence": rules.in_words(found),
        "weak": proposal.weak,
        "rests_on": found.rests_on,
        "cited": [(one.citation, one.rule.says, one.provision) for one in decisive],
        "questions": typing.questions(corpus, asked, first, proposal),
        "ways": typing.options(rules.WAYS, proposal),
        "kinds": typing.options(rules.KINDS, proposal),
        "chosen": list(chosen) if looked or chosen else sorted(proposal.ticked),
        "ends": ends.isoformat() if ends else "",
        "minor": about.minor,
        "usual": majority.birthday(about.born, majority.USUAL) if about.born else None,
    }


def _elsewhere(presence: Presence, chart_id: str) -> list[tuple[str, str]]:
    """Accounts at other charts of this clinician's: (account, words)."""
    found = actions_proxies.known_elsewhere(presence, chart_id)
    names = practice.names_of(presence, {one.chart for one in found})
    words = {Capacity.HOLDER: "{}, by their own door", Capacity.PROXY: "who stands for {}"}
    return [
        (one.person, words[one.capacity].format(names[one.chart].full))
        for one in found
        if one.chart in names
    ]
