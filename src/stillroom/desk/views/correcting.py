"""Correcting what was entered of a request: the same fields, and why."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from stillroom.desk.forms import whole
from stillroom.desk.intake import asked_from, intake_choices, require_offered, typed_of
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.matter import matter_again
from stillroom.disclosure import correcting
from stillroom.disclosure.askers import ASKERS, GROUPS, MORE, asker
from stillroom.disclosure.rules_correcting import NotToCorrect
from stillroom.disclosure.sending import shut_what_may_no_longer_leave
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere
from stillroom.practice import queries as practice


@require_http_methods(["GET", "POST"])
def correct(request: DeskRequest, matter_id: str) -> HttpResponse:
    """What stands there, to be corrected. What lies behind a link of this chart and may not leave
    any more is shut."""
    try:
        chart, asked, revision = correcting.entered(request.presence, matter_id)
    except NotToCorrect as problem:
        return matter_again(request, matter_id, problem, "")
    typed, kinds = typed_of(asked)
    if request.method == "GET":
        return _page(request, matter_id, chart, typed, kinds, revision)
    given = {name: str(value) for name, value in request.POST.items()}
    picked, corpus = request.POST.getlist("kinds"), request.shell.corpus
    try:
        _require_known(given)
        require_offered(given, intake_choices(corpus))
        after = asked_from({**given, "letter": ""}, picked, request.today)
        seen = whole(given.get("revision", ""))
        correcting.correct(request.presence, matter_id, after, given.get("why", ""), seen)
    except NotHere:
        raise
    except StillroomError as problem:
        return _page(request, matter_id, chart, given, picked, revision, problem)
    shut_what_may_no_longer_leave(request.presence, corpus, chart)
    return redirect("matter", matter_id=matter_id)


class NobodyKnown(StillroomError):
    """An asker that is on no list."""

    what = "who it is was chosen from no list"
    usual_advice = "Choose again who asks; the rest is kept."


def _require_known(typed: dict[str, str]) -> None:
    if typed.get("occasion", "") not in ASKERS:
        raise NobodyKnown


def _page(
    request: DeskRequest,
    matter_id: str,
    chart: str,
    typed: dict[str, str],
    kinds: list[str],
    revision: int,
    problem: StillroomError | None = None,
) -> HttpResponse:
    who = asker(typed.get("occasion", ""))
    values = {
        "matter_id": matter_id,
        "head": practice.chart_head(request.presence, chart),
        "typed": typed,
        "kinds": kinds,
        "revision": revision,
        "choices": intake_choices(request.shell.corpus),
        "askers": [(one.id, one.title) for one in ASKERS.values() if one.group in GROUPS],
        "more": {name: MORE[name] for name in MORE if name in who.fields or typed.get(name)},
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "matter_correct.html", values, status=status, current="matters")
