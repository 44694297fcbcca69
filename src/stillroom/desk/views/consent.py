"""Authorizations: enter a signed paper, read one with what left under it, and take one back."""

from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.access import Act, Purpose, Ward
from stillroom.chart import queries as charts
from stillroom.chart.rules_sift import Sift
from stillroom.chart.sifting import conditions
from stillroom.consent import actions, actions_events, own_papers, queries_offers
from stillroom.consent import queries as consents
from stillroom.consent.papers import TakenBack
from stillroom.consent.rules import PARTS, Defect, defects, standing
from stillroom.consent.rules_events import EventSaid, HowUnknown, NoEvent
from stillroom.desk.forms import NoSuchDay, days, known_kinds
from stillroom.desk.offers_typed import USUAL
from stillroom.desk.pages import render
from stillroom.desk.papers_typed import (
    CAPACITIES,
    PURPOSES,
    RECIPIENTS,
    Desk,
    asked_by_state,
    blank_from,
    is_minor,
    paper_from,
    typed_from_matter,
)
from stillroom.desk.places import name_of
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.offered import offer_from, signers_of
from stillroom.disclosure import queries as matters
from stillroom.disclosure.letters.blank import print_blank
from stillroom.disclosure.relied import left_under
from stillroom.disclosure.rules import AccountingLine
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.law import states_on_file
from stillroom.phi import NotHere, bridge
from stillroom.practice import queries as practice
from stillroom.practice.places import place_in
from stillroom.practice.queries import ChartHead

_WAYS_BACK = (
    ("in writing", "in writing"),
    ("by word of mouth", "by word of mouth"),
    ("by telephone", "by telephone"),
)
_DOCUMENTS = 40


def desk_of(request: DeskRequest, head: ChartHead, chosen: str = "") -> Desk:
    """Where the paper is typed in: the chart's place of law, else that of one's licence; and beside
    it where a holder lives by the front sheet, and where somebody says that she is."""
    presence = request.presence
    profile = practice.staff_profile(presence.person)
    place = head.place or (profile.place if profile else "")
    return Desk(
        corpus=request.shell.corpus,
        place="" if place == "us" else place,
        profession=profile.profession if profile else "",
        today=request.today,
        practice=presence.house.name,
        beside=tuple(one for one in _beside(request, head, chosen) if one != place),
    )


def _beside(request: DeskRequest, head: ChartHead, chosen: str = "") -> tuple[str, ...]:
    """Other places whose law the paper is held against: read from the holders' addresses, and the
    one that was chosen, or under whose law the matter is asked from which one came."""
    on_file = states_on_file(request.shell.corpus)
    said = [place_in(one.sheet.address) for one in head.holders]
    said.append(chosen or request.POST.get("beside", ""))
    return tuple(dict.fromkeys(one for one in said if one in on_file))


@require_http_methods(["GET", "POST"])
def enter(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Type in what a signed paper says. What it lacks is named, with its citation; kept anyway, it
    opens nothing."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    typed = {name: str(value) for name, value in request.POST.items()}
    kinds = request.POST.getlist("kinds")
    if request.method == "GET":
        typed, kinds = _begun(request)
        return _page(request, head, typed, kinds, (), None)
    try:
        if typed.get("do") == "blank":
            return _blank(request, head, typed, kinds)
        if typed.get("do") == "offer":
            offer = offer_from(request, desk_of(request, head), head, typed, kinds)
            return redirect("offer", offer_id=offer)
        paper = paper_from(desk_of(request, head), head, typed, kinds)
        lacking = defects(paper, at=request.at, zone=timezone.get_default_timezone())
        if lacking and not typed.get("keep_anyway"):
            return _page(request, head, typed, kinds, lacking, None)
        actions.take_up(presence, chart_id, paper)
    except NotHere:
        raise
    except StillroomError as error:
        return _page(request, head, typed, kinds, (), error)
    back = typed.get("matter", "")
    return redirect("matter", matter_id=back) if back else redirect("chart", chart_id=chart_id)


def _begun(request: DeskRequest) -> tuple[dict[str, str], list[str]]:
    """What is known when the form is opened: of a matter, what was asked; else to whom, if said."""
    matter, to = request.GET.get("matter", ""), {"recipient": request.GET.get("to", "")}
    if not matter:
        return to, []
    try:
        whole = matters.whole_matter(request.presence, request.shell.corpus, matter)
    except matters.NoProfile:
        return to, []
    return typed_from_matter(whole.determination.asked)


def _blank(
    request: DeskRequest, head: ChartHead, typed: Mapping[str, str], kinds: Sequence[str]
) -> HttpResponse:
    """The same choices as a paper to be signed by hand."""
    desk = desk_of(request, head)
    state = states_named(desk)
    printed = print_blank(
        blank_from(desk, head, typed, kinds), asked_by_state(desk, typed), state, request.at
    )
    actions.note_blank(request.presence, head.id)
    answer = HttpResponse(printed.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="permission.pdf"'
    return answer


def _page(
    request: DeskRequest,
    head: ChartHead,
    typed: Mapping[str, str],
    kinds: Sequence[str],
    lacking: tuple[Defect, ...],
    error: StillroomError | None,
) -> HttpResponse:
    desk = desk_of(request, head, typed.get("beside", ""))
    minors = {one.client for one in head.holders if is_minor(desk, one.sheet)}
    values = {
        "head": head,
        "typed": typed,
        "kinds": kinds,
        "known_kinds": known_kinds(),
        "purposes": PURPOSES,
        "recipients": RECIPIENTS,
        "capacities": CAPACITIES,
        "minors": minors,
        "documents": _documents(request, head),
        "signers": signers_of(request, head),
        "sign_until": request.today + USUAL,
        "state": asked_by_state(desk, typed),
        "state_name": states_named(desk),
        "name_of": name_of,
        "silent": _silent(desk, typed),
        "beside": desk.beside,
        "elsewhere": [
            (one, name_of(one))
            for one in sorted(states_on_file(desk.corpus), key=name_of)
            if one != desk.place
        ],
        "parts": PARTS,
        "lacking": lacking,
        "problem": error,
        "matter": typed.get("matter") or request.GET.get("matter", ""),
    }
    status = 409 if lacking or error else 200
    return render(request, "authorization.html", values, status=status, current="clients")


def states_named(desk: Desk) -> str:
    """The places whose law the paper is held against, in words."""
    return " and ".join(name_of(one) for one in dict.fromkeys((desk.place, *desk.beside)) if one)


def _silent(desk: Desk, typed: Mapping[str, str]) -> list[str]:
    """Those of the places of which the corpus knows nothing that they ask of this paper."""
    speak = {one.place for one in asked_by_state(desk, typed).wanted}
    return [name_of(one) for one in desk.setting(typed).places if one not in speak]


def _documents(request: DeskRequest, head: ChartHead) -> list[tuple[str, str]]:
    """The chart's signed documents, for a guardian's or representative's paper to be named."""
    presence, ward = request.presence, charts.chart_ward(head.id)
    cares = practice.cares_of(presence.person, head.id)
    purpose = practice.purpose_for(presence, cares)
    if not bridge.may(presence, Act.RECORD_READ, purpose, ward, cares=cares):
        return []
    where = conditions(request.presence, head.id, Sift(shelf="document"))
    lines = charts.timeline(request.presence, head.id, most=_DOCUMENTS, where=where).lines
    return [
        (one.id, f"{one.opening or one.title}, {one.occurred_at:%Y-%m-%d}"[:90])
        for one in lines
        if one.state == "signed"
    ]


@require_GET
def read(request: DeskRequest, paper_id: str) -> HttpResponse:
    """One authorization: what it says, whether it counts, what left under it."""
    return _read(request, paper_id, {}, None)


def _read(
    request: DeskRequest,
    paper_id: str,
    typed: Mapping[str, str],
    error: StillroomError | None,
    mend: str = "f-how",
) -> HttpResponse:
    presence = request.presence
    kept = consents.paper(presence, paper_id)
    head = practice.chart_head(presence, kept.chart)
    cares = practice.cares_of(presence.person, kept.chart)
    zone = timezone.get_default_timezone()
    paper = kept.authorization
    came = queries_offers.of_paper(presence, paper_id)
    left = left_under(presence, kept.chart, paper_id)
    values = {
        "head": head,
        "offer": came,
        "key_holds": queries_offers.holds(kept, came) if came else own_papers.holds(kept),
        "kept": kept,
        "paper": paper,
        "names": {one.client: one.sheet for one in head.holders},
        "lacking": defects(paper, at=request.at, zone=zone),
        "counts": standing(paper, at=request.at, zone=zone).value,
        "left": left,
        "purposes": dict(PURPOSES),
        "recipients": dict(RECIPIENTS),
        "ways_back": _WAYS_BACK,
        "held_against": [name_of(one) for one in paper.held_against],
        "not_against": [
            name_of(one)
            for one in dict.fromkeys((head.place, *_beside(request, head)))
            if paper.held_against and one and one != "us" and one not in paper.held_against
        ],
        "left_after": _left_after(kept, left),
        "may_end": bridge.may(
            presence, Act.CONSENT_END, Purpose.TREATMENT, Ward(chart=kept.chart), cares=cares
        ),
        "may_revoke": bridge.may(
            presence, Act.CONSENT_REVOKE, Purpose.TREATMENT, Ward(chart=kept.chart), cares=cares
        ),
        "colleagues": people.colleagues(active=False),
        "typed": typed,
        "problem": error,
        "mend": mend,
    }
    status = 409 if error else 200
    return render(request, "authorization_read.html", values, status=status, current="clients")


def _left_after(
    kept: consents.KeptPaper, left: Sequence[tuple[AccountingLine, int]]
) -> list[AccountingLine]:
    """What left after the day on which the event came, before anybody here had said so."""
    came_on = [one.said.on for one in kept.said if one.said.came and one.said.on]
    return [line for line, _ in left if came_on and line.on > min(came_on)]


@require_POST
def event(request: DeskRequest, paper_id: str) -> HttpResponse:
    """The event with which it ends has come, or has not yet; in words, signed."""
    typed = {name: str(value) for name, value in request.POST.items()}
    try:
        actions_events.say(request.presence, paper_id, _event_said(typed))
    except (HowUnknown, NoEvent) as error:
        return _read(request, paper_id, typed, error, "f-came")
    return redirect("authorization", paper_id=paper_id)


def _event_said(typed: Mapping[str, str]) -> EventSaid:
    if typed.get("came") not in ("yes", "no"):
        raise HowUnknown
    try:
        return EventSaid(typed["came"] == "yes", typed.get("known", ""), days(typed, "came_on"))
    except NoSuchDay:
        raise HowUnknown from None


class HowMissing(StillroomError):
    """It is not said how it was taken back."""

    what = "how it was taken back is missing"
    usual_advice = "Choose how; it counts from this moment whichever way it was said."


@require_POST
def revoke(request: DeskRequest, paper_id: str) -> HttpResponse:
    """Take an authorization back, from this moment, with who said so and how.

    From the chart's page at once and without a word: what opens doors is not kept open by a form.
    """
    typed = {name: str(value) for name, value in request.POST.items()}
    if "how" not in typed:
        actions.revoke(request.presence, paper_id)
        chart = typed.get("chart", "")
        return redirect("chart", chart_id=chart) if chart else redirect("clients")
    how = typed["how"]
    if how not in dict(_WAYS_BACK):
        return _read(request, paper_id, typed, HowMissing())
    words = TakenBack(typed.get("by", "").strip()[:200], how, typed.get("words", "").strip()[:2000])
    actions.revoke(request.presence, paper_id, words)
    return redirect("authorization", paper_id=paper_id)
