"""A form in a client's hands: handed over, handed back, kept or let go.

Rules: while a client holds the device the session is locked, and the page shows the form and
nothing of the record; what comes back waits for the clinician, who says whether it is kept; a
question that was missed is named to her, and stops nothing.
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from stillroom.chart import measuring
from stillroom.consent import actions_forms, queries_forms
from stillroom.consent.forms.understanding import missed
from stillroom.consent.queries_forms import Edition
from stillroom.consent.signings import SignedForm, strokes_from
from stillroom.consent.wanted import TITLES
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.consents import require_writer, shown, signer_of
from stillroom.identity import sessions
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, bridge
from stillroom.practice import queries as practice
from stillroom.practice.queries import ChartHead

ASK = "form:"
"""How the ask of an occasion begins that is a form and no questionnaire."""


@require_POST
def hand(request: DeskRequest, chart_id: str, edition_id: str) -> HttpResponse:
    """The form alone, for one signer; this session is locked as it is shown."""
    require_writer(request, chart_id)
    head = practice.chart_head(request.presence, chart_id)
    alone = request.POST.get("alone") == "yes"
    signer = signer_of(request, head, request.POST.get("signer", ""), alone=alone)
    edition = queries_forms.edition(request.presence, edition_id)
    ask = f"{ASK}{edition.id}:{signer.id}:{'alone' if alone else ''}"
    details: bridge.Details = {"did": "handed a form", "edition": edition.id}
    occasion = measuring.hand_out(request.presence, chart_id, ask, details)
    values = {
        "edition": edition,
        "form": edition.form,
        "occasion": occasion,
        "title": TITLES[edition.form.form],
        "guardian": signer.capacity == "guardian",
    }
    page = render(request, "consent_hand.html", values)
    if request.cookie is not None:
        sessions.lock(request.cookie)
    return page


def _signed_from(request: DeskRequest, back: measuring.HandedBack) -> tuple[Edition, SignedForm]:
    """What a client handed back, as a signature under the version that she saw."""
    _, edition_id, signer, alone = back.instrument.split(":")
    edition = queries_forms.edition(request.presence, edition_id)
    holder, _, capacity = signer.partition(".")
    asked = edition.form.questions
    answers = {one.id: str(back.answers.get(f"q-{one.id}", ""))[:2] for one in asked}
    # The first answer counts for the talk, whatever was chosen once the right one was told.
    first = {
        one.id: str(back.answers.get(f"first-{one.id}", ""))[:2] or answers[one.id] for one in asked
    }
    strokes = strokes_from(str(back.answers.get("strokes", "")))
    name = " ".join(str(back.answers.get("name", "")).split())[:200]
    return edition, SignedForm(
        form=edition.form.form,
        edition=edition.id,
        digest=edition.digest,
        holder=holder,
        capacity=capacity,
        how="drawn" if strokes else "typed",
        name=name,
        on=timezone.localtime(back.answered_at).date(),
        strokes=strokes,
        answers=first,
        missed=missed(asked, first),
        alone=bool(alone),
    )


def handed(request: DeskRequest, back: measuring.HandedBack) -> HttpResponse:
    """What came back, before it is kept."""
    edition, signed = _signed_from(request, back)
    head = practice.chart_head(request.presence, back.chart)
    return _handed_page(request, head, back, edition, signed)


def _handed_page(
    request: DeskRequest,
    head: ChartHead,
    back: measuring.HandedBack,
    edition: Edition,
    signed: SignedForm,
    problem: StillroomError | None = None,
) -> HttpResponse:
    values = {"head": head, "back": back, "problem": problem, **shown(edition, signed)}
    status = 409 if problem else 200
    return render(request, "consent_handed.html", values, status=status, current="clients")


def keep_handed(request: DeskRequest, back: measuring.HandedBack) -> HttpResponse:
    """Keep what came back in the chart, and forget the occasion: both or neither."""
    edition, signed = _signed_from(request, back)
    try:
        actions_forms.keep(
            request.presence, back.chart, signed, lambda: measuring.put_away(back.id)
        )
    except NotHere:
        raise
    except StillroomError as error:
        head = practice.chart_head(request.presence, back.chart)
        return _handed_page(request, head, back, edition, signed, error)
    return redirect("consents", chart_id=back.chart)
