"""Supervision: the list of notes about colleagues' work, one note to write or read, giving it."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.access import Role
from stillroom.chart import rules as records
from stillroom.chart.sheets import fields_of
from stillroom.desk import posting
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.problems import told
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.supervision import actions, queries
from stillroom.supervision.rules import KIND, Clash, NobodyToSupervise


@require_http_methods(["GET", "POST"])
def supervision(request: DeskRequest) -> HttpResponse:
    """My notes and those given to me; POST begins one about a colleague."""
    if request.method == "POST":
        try:
            note = actions.begin(request.presence, request.POST.get("about", ""))
        except NobodyToSupervise as error:
            return _listed(request, error)
        return redirect("supervision_note", note_id=note)
    return _listed(request, None)


def _listed(request: DeskRequest, problem: StillroomError | None) -> HttpResponse:
    presence = request.presence
    colleagues = people.colleagues(active=False)
    about = sorted(
        (one.name, one.id)
        for one in colleagues.values()
        if one.active and Role.CLINICIAN.value in one.roles and one.id != presence.person
    )
    values = {
        "lines": queries.lines(presence),
        "colleagues": colleagues,
        "about": [(person, name) for name, person in about],
        "supervises": queries.supervises(presence),
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "supervision.html", values, status=status, current="supervision")


@require_GET
def note(request: DeskRequest, note_id: str) -> HttpResponse:
    """One note: its author's draft to write in, or what was signed to read."""
    return _shown(request, note_id, None)


def _shown(request: DeskRequest, note_id: str, problem: StillroomError | None) -> HttpResponse:
    whole = queries.note(request.presence, note_id)
    faults = problem.faults if isinstance(problem, records.NotComplete) else ()
    fields: dict[str, Any] = dict(fields_of(whole.draft)) if whole.draft else {}
    values = {
        "note": whole,
        "kind": KIND,
        "colleagues": people.colleagues(active=False),
        "mine": whole.supervisor == request.presence.person,
        "problem": problem,
        "doubts_discard": isinstance(problem, records.HoldsWords),
        "fields": fields | (dict(posting.posted(request)) if problem else {}),
        "wrong": dict(faults),
        "wrong_lines": [("" if "." in name else f"f-{name}", said) for name, said in faults],
        "text": request.POST.get("text", "") if problem else "",
    }
    template = "supervision_draft.html" if whole.draft else "supervision_signed.html"
    return render(request, template, values, status=409 if problem else 200, current="supervision")


@require_POST
def save(request: DeskRequest, note_id: str) -> HttpResponse:
    """Autosave. A clash answers with the other version, so that the page can show both."""
    version, fields = posting.sent(request)
    try:
        now = actions.save(request.presence, note_id, fields, version)
    except Clash as clash:
        whole = queries.note(request.presence, note_id)
        theirs = fields_of(whole.draft) if whole.draft else {}
        other = {"version": whole.draft_version, "fields": theirs, "by": "Your other window"}
        return JsonResponse({**told(clash), **other}, status=409)
    return JsonResponse({"version": now, "at": posting.clock(request.at)})


def _keep_typed(request: DeskRequest, note_id: str) -> int:
    version, fields = posting.version(request), posting.posted(request)
    if not posting.brings_words(fields):
        return version
    return actions.save(request.presence, note_id, fields, version)


@require_POST
def sign(request: DeskRequest, note_id: str) -> HttpResponse:
    """Sign what stands in the form."""
    try:
        actions.sign(request.presence, note_id, _keep_typed(request, note_id))
    except (Clash, records.NothingWritten, records.NotComplete, records.TooLong) as error:
        return _shown(request, note_id, error)
    return redirect("supervision_note", note_id=note_id)


@require_POST
def discard(request: DeskRequest, note_id: str) -> HttpResponse:
    """Throw a draft away: at one press while it is empty, after a question once it holds words."""
    meant = request.POST.get("discard") == "words"
    try:
        if not meant:
            _keep_typed(request, note_id)
        actions.discard(request.presence, note_id, with_words=meant)
    except (Clash, records.HoldsWords, records.TooLong) as error:
        return _shown(request, note_id, error)
    return redirect("supervision")


@require_POST
def addend(request: DeskRequest, note_id: str) -> HttpResponse:
    """Words beneath a signed note."""
    try:
        actions.addend(request.presence, note_id, request.POST.get("text", ""))
    except records.NothingWritten as error:
        return _shown(request, note_id, error)
    return redirect("supervision_note", note_id=note_id)


@require_POST
def share(request: DeskRequest, note_id: str) -> HttpResponse:
    """Give a signed note to the colleague to read, or take it back."""
    act = actions.share if request.POST.get("share") == "give" else actions.withdraw
    act(request.presence, note_id)
    return redirect("supervision_note", note_id=note_id)
