"""Authorizations: enter a signed paper, and take one back."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from stillroom.consent import actions
from stillroom.consent.rules import (
    RECORD_KINDS,
    Authorization,
    Defect,
    Expiry,
    Party,
    Period,
    Signature,
    Statements,
    defects,
)
from stillroom.desk.forms import days, known_kinds, trilean
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere
from stillroom.practice import queries as practice
from stillroom.practice.queries import ChartHead

PURPOSES = (
    ("legal_proceeding", "a legal proceeding"),
    ("treatment", "treatment"),
    ("payment", "payment"),
    ("education", "education"),
    ("employment", "employment"),
    ("family_involvement", "involving family"),
    ("other", "another purpose"),
)


def paper_from(
    typed: dict[str, str],
    kinds: list[str],
    signed: dict[str, date | None],
    head: ChartHead,
    by: str,
) -> Authorization:
    """The paper as it was typed in, whatever it lacks."""
    signatures = tuple(
        Signature(holder.client, holder.sheet.full, on=signed[holder.client])
        for holder in head.holders
        if signed.get(holder.client)
    )
    return Authorization(
        id="",
        holders=frozenset(holder.client for holder in head.holders),
        signatures=signatures,
        discloser=typed.get("discloser", by).strip() or by,
        recipients=(Party(typed.get("recipient", "").strip(), typed.get("recipient_kind", "")),),
        description=typed.get("description", "").strip(),
        kinds=frozenset(kinds) & RECORD_KINDS,
        purposes=frozenset({typed["purpose"]}) if typed.get("purpose") else frozenset(),
        expires=_expiry(typed),
        period=Period(days(typed, "since"), days(typed, "until")),
        statements=Statements(
            trilean(typed.get("may_revoke")),
            trilean(typed.get("conditioning")),
            trilean(typed.get("redisclosure")),
        ),
        conditioned=trilean(typed.get("conditioned")),
        merged=trilean(typed.get("merged")),
    )


def _expiry(typed: dict[str, str]) -> Expiry:
    return Expiry(on=days(typed, "expires_on"), event=typed.get("expires_event", "").strip())


@require_http_methods(["GET", "POST"])
def enter(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Type in what a signed paper says. What it lacks is named, with its citation; it is kept."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    typed = {name: str(value) for name, value in request.POST.items()}
    kinds = request.POST.getlist("kinds")
    if request.method == "GET":
        return _page(request, head, {"recipient": request.GET.get("to", "")}, [], (), None)
    try:
        signed = {one.client: days(typed, f"signed_{one.client}") for one in head.holders}
        paper = paper_from(typed, kinds, signed, head, presence.house.name)
        lacking = defects(paper, at=request.at)
        if lacking and not typed.get("keep_anyway"):
            return _page(request, head, typed, kinds, lacking, None)
        actions.take_up(presence, chart_id, paper)
    except NotHere:
        raise
    except StillroomError as error:
        return _page(request, head, typed, kinds, (), error)
    back = typed.get("matter", "")
    return redirect("matter", matter_id=back) if back else redirect("chart", chart_id=chart_id)


def _page(
    request: DeskRequest,
    head: ChartHead,
    typed: dict[str, str],
    kinds: list[str],
    lacking: tuple[Defect, ...],
    error: StillroomError | None,
) -> HttpResponse:
    values = {
        "head": head,
        "typed": typed,
        "kinds": kinds,
        "known_kinds": known_kinds(),
        "purposes": PURPOSES,
        "lacking": lacking,
        "problem": error,
        "matter": typed.get("matter") or request.GET.get("matter", ""),
    }
    status = 409 if lacking or error else 200
    return render(request, "authorization.html", values, status=status, current="clients")


@require_POST
def revoke(request: DeskRequest, paper_id: str) -> HttpResponse:
    """Take an authorization back, from this moment."""
    actions.revoke(request.presence, paper_id)
    return redirect(_back(request))


def _back(request: DeskRequest) -> str:
    chart = request.POST.get("chart", "")
    return reverse("chart", kwargs={"chart_id": chart}) if chart else reverse("clients")
