"""Forms: what waits for a signature and why, reading and signing one, what was signed.

Rules: the whole text stands before the signature; a refused form loses nothing that was typed or
drawn; the texts are those that the practice published, in English, and the page says so.
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from stillroom.access import Act
from stillroom.consent import own_signing, queries_forms
from stillroom.consent.own_signing import Own
from stillroom.consent.signings import NotSigned, path_of, strokes_from
from stillroom.consent.wanted import TITLES
from stillroom.phi import NotHere, bridge
from stillroom.portal.own_forms import OwnForm, named, own_forms
from stillroom.portal.pages import render
from stillroom.portal.request import PortalRequest
from stillroom.practice import queries_guests as guests
from stillroom.practice.queries_own import OwnChart, own_chart

_LONGEST_NAME = 200


def _opened(request: PortalRequest, chart_id: str) -> OwnChart:
    return own_chart(request.presence, guests.own_stand(request.presence, chart_id))


@require_GET
def forms(request: PortalRequest, chart_id: str) -> HttpResponse:
    """What waits for her, and what she signed."""
    own = _opened(request, chart_id)
    found, mine = own_forms(request.presence, request.shell.corpus, own, request.today)
    values = {
        "chart": chart_id,
        "waiting": [one for one in found if one.waits],
        "signed": mine,
        "titles": TITLES,
        "done": request.GET.get("done", ""),
    }
    return render(request, "forms.html", values)


@require_http_methods(["GET", "POST"])
def form(request: PortalRequest, chart_id: str, edition_id: str) -> HttpResponse:
    """One form to read and sign."""
    own = _opened(request, chart_id)
    found, _ = own_forms(request.presence, request.shell.corpus, own, request.today)
    one = named(found, edition_id)
    if one is None:
        bridge.refuse(request.presence, Act.CONSENT_READ, edition_id)
        raise NotHere
    if request.method == "GET":
        return _page(request, chart_id, one, own, {}, None)
    typed = {name: str(value) for name, value in request.POST.items()}
    try:
        signing = own_signing.sign(
            request.presence, own.stand, one.edition, _own(request, one, typed)
        )
    except NotSigned as error:
        return _page(request, chart_id, one, own, typed, error)
    return redirect("portal_signed", signing_id=signing)


def _own(request: PortalRequest, one: OwnForm, typed: dict[str, str]) -> Own:
    # The first answer counts for the talk, whatever was chosen once the right one was told.
    answers = {
        asked.id: (typed.get(f"first-{asked.id}") or typed.get(f"q-{asked.id}", ""))[:2]
        for asked in one.edition.form.questions
    }
    name = typed.get("name", "")[:_LONGEST_NAME]
    return Own(name, request.today, strokes_from(typed.get("strokes", "")), answers)


def _page(
    request: PortalRequest,
    chart_id: str,
    one: OwnForm,
    own: OwnChart,
    typed: dict[str, str],
    problem: NotSigned | None,
) -> HttpResponse:
    values = {
        "chart": chart_id,
        "one": one,
        "form": one.edition.form,
        "guardian": own_signing.capacity_of(own.stand) == "guardian",
        "typed": typed,
        "path": path_of(strokes_from(typed.get("strokes", ""))),
        "problem": problem,
    }
    return render(request, "form.html", values, status=409 if problem else 200)


@require_GET
def signed(request: PortalRequest, signing_id: str) -> HttpResponse:
    """What she signed: the very words, and how."""
    found = queries_forms.one_signed(request.presence, signing_id)
    stand = guests.own_stand(request.presence, found.chart)
    if found.signed.holder != stand.client:
        # The partner's signature in a couple's chart is the partner's to read.
        bridge.refuse(request.presence, Act.CONSENT_READ, signing_id)
        raise NotHere
    edition = queries_forms.published([found.signed.edition])[found.signed.edition]
    values = {
        "found": found,
        "edition": edition,
        "form": edition.form,
        "title": TITLES[found.signed.form],
        "path": path_of(found.signed.strokes),
        "missed": [one for one in edition.form.questions if one.id in found.signed.missed],
        "altered": not edition.whole or found.signed.digest != edition.digest,
    }
    return render(request, "signed.html", values)
