"""A summary in place of records: written, signed, and chosen for the packet."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from stillroom.consent.rules import PRIVATE_KINDS
from stillroom.desk.forms import kind_title
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import drafts, releasing, summarizing
from stillroom.disclosure.rules import State
from stillroom.disclosure.rules_summary import OWN_RECORD, Summary
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere


@require_http_methods(["GET", "POST"])
def write(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Write a summary of records that may leave, and sign it."""
    presence, corpus = request.presence, request.shell.corpus
    typed = request.POST
    ticked = typed.getlist("of")
    error: StillroomError | None = None
    if request.method == "POST":
        made = Summary(
            of=tuple(ticked),
            words=typed.get("words", ""),
            agreed=typed.get("agreed") == "yes",
            fee=typed.get("fee", ""),
        )
        try:
            summarizing.sign(presence, corpus, matter_id, made)
            return redirect("packet_build", matter_id=matter_id)
        except NotHere:
            raise
        except StillroomError as problem:
            error = problem
    bundle = releasing.choices(presence, corpus, matter_id)
    draft = drafts.draft_of(presence, matter_id)
    values = {
        "matter": bundle.whole,
        "kind_title": kind_title,
        "open": [
            one
            for one in bundle.choices
            if one.state is not State.NEVER and one.record.kind not in PRIVATE_KINDS
        ],
        "ticked": ticked or draft.picked or (),
        "own_record": bundle.whole.determination.asked.intake.purpose == OWN_RECORD,
        "typed": typed,
        "problem": error,
    }
    status = 409 if error else 200
    return render(request, "packet_summary.html", values, status=status, current="matters")
