"""A matter that was asked: what was seen on the paper, who asks, what follows a correction."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from stillroom.desk._panels_asked import correcting
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.matter import matter_again
from stillroom.disclosure import actions, disputing, identifying, own_taking, queries
from stillroom.disclosure.actions import OptionClosed
from stillroom.disclosure.askers import amending
from stillroom.disclosure.askers.amending import Done, SaysNothing
from stillroom.disclosure.askers.identity import Check, NothingChecked
from stillroom.disclosure.own_taking import Confirmed, NotConfirmed, NothingToTake
from stillroom.disclosure.rules import Decision
from stillroom.disclosure.rules_disputes import DenialMissing, NotPlaced
from stillroom.disclosure.sending import shut_what_may_no_longer_leave
from stillroom.kernel import StillroomError


@require_POST
def look(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Yes or no to one thing that the paper, or the case, must show."""
    about, value = request.POST.get("about", ""), request.POST.get("value", "")
    if about.startswith("paper."):
        actions.look(request.presence, matter_id, about, value)
    elif value in ("yes", "no"):
        actions.answer(request.presence, request.shell.corpus, matter_id, about, value)
    else:
        raise StillroomError("that was neither yes nor no", advice="Go back and press one of them.")
    return redirect("matter", matter_id=matter_id)


@require_POST
def correction(request: DeskRequest, matter_id: str) -> HttpResponse:
    """One thing done after a decision about a correction."""
    done = _done(request)
    whole = queries.whole_matter(request.presence, request.shell.corpus, matter_id)
    decision = correcting(whole)
    try:
        if decision is None or done.what not in amending.open_ways(decision):
            raise SaysNothing
        disputing.write_down(request.presence, matter_id, done)
    except SaysNothing as problem:
        field = "f-records" if done.what == "about" else "f-amending"
        return matter_again(request, matter_id, problem, field)
    if decision is Decision.DENY:
        shut_what_may_no_longer_leave(request.presence, request.shell.corpus, whole.chart)
    return redirect("matter", matter_id=matter_id)


def _done(request: DeskRequest) -> Done:
    what = request.POST.get("what", "")
    if what != "about":
        return Done(what, request.POST.get("amending", ""))
    records = tuple(request.POST.getlist("records"))
    none = request.POST.get("none") == "yes" and not records
    return Done(what, amending.NONE_OF_THEM if none else "", records)


@require_POST
def identity(request: DeskRequest, matter_id: str) -> HttpResponse:
    """One check of who asks."""
    made = Check(
        tuple(request.POST.getlist("how")),
        request.POST.get("seen", ""),
        request.POST.get("verified") == "yes",
    )
    try:
        identifying.check(request.presence, request.shell.corpus, matter_id, made)
    except NothingChecked as problem:
        return matter_again(request, matter_id, problem, "f-seen")
    return redirect("matter", matter_id=matter_id)


@require_POST
def along(request: DeskRequest, matter_id: str) -> HttpResponse:
    """The client was asked by another way whether she asked to take everything along."""
    said = Confirmed(
        request.POST.get("how_asked", ""),
        request.POST.get("was_she") == "yes",
        request.POST.get("no_ground") == "yes",
    )
    try:
        own_taking.confirm(request.presence, request.shell.corpus, matter_id, said)
    except (NotConfirmed, NothingToTake, OptionClosed, NotPlaced, DenialMissing) as problem:
        return matter_again(request, matter_id, problem, "f-how_asked")
    return redirect("matter", matter_id=matter_id)
