"""The written report: a form filled from the record, its pages, and its leaving."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.desk import danger
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.danger_now import record_answers
from stillroom.disclosure import happening, reporting, rules_told
from stillroom.disclosure.happened import report
from stillroom.disclosure.happened.attempts import HOWS, NotAnAttempt
from stillroom.disclosure.happened.deeds import BY_ID
from stillroom.disclosure.happened.report import NothingToReport, Report, TooLong
from stillroom.disclosure.happened.standing import Standing
from stillroom.kernel import StillroomError, spoken
from stillroom.phi import NotHere


@require_http_methods(["GET", "POST"])
def form(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Write it; each time it is kept, what was before stays."""
    presence, corpus = request.presence, request.shell.corpus
    typed = {name: str(value) for name, value in request.POST.items()}
    if request.method == "POST":
        try:
            disputed = request.POST.getlist("disputed")
            happening.keep_report(presence, corpus, matter_id, typed, disputed)
            return redirect("danger_report", matter_id=matter_id)
        except (NothingToReport, TooLong) as problem:
            return _page(request, matter_id, problem, typed)
    return _page(request, matter_id)


def _page(
    request: DeskRequest,
    matter_id: str,
    problem: StillroomError | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    stands = happening.read(request.presence, request.shell.corpus, matter_id)
    if not report.title_of(stands.occasion):
        raise NotHere
    shown = stands.report or _begun(request, stands)
    zone = timezone.get_default_timezone()
    values: dict[str, Any] = {
        "matter": stands.whole,
        "stands": stands,
        "title": report.title_of(stands.occasion),
        "headings": report.HEADINGS,
        "parts": shown.parts,
        "typed": typed or {},
        "wanted": [(one, danger.due_words(one, request.at, zone)) for one in _owed(stands)],
        "mark": report.MARK,
        "hows": [(one, words) for one, words in HOWS.items() if one != "telephone"],
        "kept": stands.report is not None,
        **_disputed(request, stands),
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "danger_report.html", values, status=status, current="matters")


def _disputed(request: DeskRequest, stands: Standing) -> dict[str, Any]:
    """What goes along by itself, and what a person says of the other entries."""
    every = [one.dispute for one in stands.disputes]
    along = rules_told.about(every, stands.source.record)
    others = [one for one in stands.disputes if one.dispute.matter not in along]
    kept = stands.report.chosen if stands.report else ()
    return {
        "along": [one.label for one in stands.disputes if one.dispute.matter in along],
        "others": [{"value": one.dispute.matter, "label": one.label} for one in others],
        "told_of": request.POST.getlist("disputed") if request.POST else kept,
        "changed": stands.report is not None
        and stands.report.against != rules_told.state_of(every),
    }


def _owed(stands: Standing) -> list[Any]:
    return [one for one in report.wanted(stands.duties) if one.sure.value == "yes"]


def _begun(request: DeskRequest, stands: Standing) -> Report:
    """Filled from the record, from who writes it, and from the call that was made."""
    zone = timezone.get_default_timezone()
    around = stands.whole.determination.around
    calls = [
        f"{danger.clock(one.attempt.at, zone)}, {one.attempt.whom or BY_ID[one.attempt.deed].did}"
        for one in stands.tried
        if one.attempt.done and one.attempt.deed in ("report_orally", "notify_law_enforcement")
    ]
    given = {
        "reporter": f"{request.presence.name}, {spoken(around.profession)}",
        "orally": "\n".join(calls),
    }
    return report.filled(stands.occasion, record_answers(request, stands), given)


@require_GET
def file(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Its pages as they were kept, to be looked at."""
    stands = happening.read(request.presence, request.shell.corpus, matter_id)
    made = reporting.printed(request.presence, stands)
    response = HttpResponse(made.pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="report.pdf"'
    return response


@require_POST
def sent(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Let it leave, after a fresh proof of who sends it; the file is the answer."""
    presence, corpus = request.presence, request.shell.corpus
    how, whom = request.POST.get("how", ""), request.POST.get("whom", "").strip()
    try:
        pdf = reporting.send(presence, corpus, matter_id, how, whom)
    except (*reporting.STAYS, NotAnAttempt) as problem:
        return _page(request, matter_id, problem)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="report.pdf"'
    return response
