"""What the holders of a chart have signed: the list, what was signed on paper, one signature."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from stillroom.access import Act, Purpose
from stillroom.chart import queries as charts
from stillroom.consent import actions_forms, own_signing, queries_forms
from stillroom.consent import queries as consents_of
from stillroom.consent.forms.signers import Signer, is_minor, signers
from stillroom.consent.queries_forms import Edition
from stillroom.consent.signings import SignedForm, path_of
from stillroom.consent.wanted import TICKED, TITLES, Chosen, ticked
from stillroom.desk import consents as desk
from stillroom.desk.forms import days
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.practice_forms import PROFESSION_WORDS, SURE_WORDS, WORK_WORDS
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, bridge
from stillroom.practice import queries as practice
from stillroom.practice.queries import ChartHead


def _writes(request: DeskRequest, chart_id: str) -> bool:
    cares = practice.cares_of(request.presence.person, chart_id)
    here = consents_of.ward(chart_id)
    return bridge.may(request.presence, Act.CONSENT_WRITE, Purpose.TREATMENT, here, cares=cares)


def require_writer(request: DeskRequest, chart_id: str) -> None:
    """Nothing for whoever may keep signatures of a chart, else `NotHere`."""
    if not _writes(request, chart_id):
        bridge.refuse(request.presence, Act.CONSENT_WRITE, chart_id)
        raise NotHere


def _chosen(asked: QueryDict) -> Chosen | None:
    """What was ticked on the page; `None` where nobody ticked anything."""
    if not asked.get("chosen"):
        return None
    works = frozenset(asked.getlist("also")) & frozenset(TICKED)
    return Chosen(works, asked.get("alone") == "yes")


@require_GET
def consents(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Every form of a chart: who signed which, what is due and why."""
    presence = request.presence
    found = queries_forms.signed(presence, chart_id)
    head = practice.chart_head(presence, chart_id)
    chosen = _chosen(request.GET)
    states = desk.states(request, head, found, chosen)
    on = request.today
    profession = desk.profession_of(head)
    holders = desk.holders_of(head, on, request.shell.corpus, profession)
    limits = next((one for one in states if one.form == "limits"), None)
    picked = chosen or ticked(found, queries_forms.published(one.signed.edition for one in found))
    values = {
        "head": head,
        "states": states,
        "profession": profession,
        "minor": is_minor(holders),
        "alone_by": sorted({one.alone for one in holders if one.minor and one.alone}),
        "works": limits.setting.works if limits else frozenset(),
        "also": sorted((limits.setting.works if limits else frozenset()) & set(TICKED)),
        "alone": picked.alone,
        "work_words": WORK_WORDS,
        "profession_words": PROFESSION_WORDS,
        "tick_options": [{"value": one, "label": WORK_WORDS[one]} for one in TICKED],
        "part2": charts.holds_part2(chart_id),
        "writes": _writes(request, chart_id),
        "colleagues": people.colleagues(active=False),
    }
    return render(request, "consents.html", values, current="clients")


def signer_of(request: DeskRequest, head: ChartHead, signer_id: str, *, alone: bool) -> Signer:
    """One of those who sign; the first, where none is named."""
    on = request.today
    for one in signers(desk.holders_of(head, on), consents_alone=alone):
        if signer_id in ("", one.id):
            return one
    bridge.refuse(request.presence, Act.CONSENT_WRITE, head.id)
    raise NotHere


def shown(edition: Edition, signed: SignedForm) -> dict[str, Any]:
    """A signature as the pages show it."""
    return {
        "edition": edition,
        "form": edition.form,
        "title": TITLES[signed.form],
        "signed": signed,
        "path": path_of(signed.strokes),
        "missed": [one for one in edition.form.questions if one.id in signed.missed],
    }


@require_http_methods(["GET", "POST"])
def paper(request: DeskRequest, chart_id: str, edition_id: str) -> HttpResponse:
    """A form that was signed on paper, or an acknowledgment that could not be had."""
    require_writer(request, chart_id)
    head = practice.chart_head(request.presence, chart_id)
    asked = request.POST if request.method == "POST" else request.GET
    alone = asked.get("alone") == "yes"
    signer = signer_of(request, head, asked.get("signer", ""), alone=alone)
    edition = queries_forms.edition(request.presence, edition_id)
    typed = {name: str(value) for name, value in asked.items()}
    problem: StillroomError | None = None
    if request.method == "POST":
        try:
            actions_forms.keep(
                request.presence, chart_id, _on_paper(request, edition, signer, typed)
            )
        except NotHere:
            raise
        except StillroomError as error:
            problem = error
        else:
            return redirect("consents", chart_id=chart_id)
    values = {
        "head": head,
        "signer": signer,
        "edition": edition,
        "title": TITLES[edition.form.form],
        "typed": {"name": signer.name, "how": "paper", **typed},
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "consent_paper.html", values, status=status, current="clients")


def _on_paper(
    request: DeskRequest, edition: Edition, signer: Signer, typed: dict[str, str]
) -> SignedForm:
    today = request.today
    return SignedForm(
        form=edition.form.form,
        edition=edition.id,
        digest=edition.digest,
        holder=signer.client,
        capacity=signer.capacity,
        how="missing" if typed.get("how") == "missing" else "paper",
        name=" ".join(typed.get("name", "").split()),
        on=days(typed, "on") or today,
        seen_by=" ".join(typed.get("seen_by", "").split()),
        reason=typed.get("reason", "").strip(),
        alone=typed.get("alone") == "yes",
    )


@require_GET
def signed(request: DeskRequest, signing_id: str) -> HttpResponse:
    """One signature, with the very words that it is under."""
    found = queries_forms.one_signed(request.presence, signing_id)
    editions = queries_forms.published([found.signed.edition])
    values = {
        "head": practice.chart_head(request.presence, found.chart),
        "found": found,
        "key_holds": own_signing.holds(found),
        "sure_words": SURE_WORDS,
        "colleagues": people.colleagues(active=False),
        **shown(editions[found.signed.edition], found.signed),
    }
    return render(request, "consent_signed.html", values, current="clients")
