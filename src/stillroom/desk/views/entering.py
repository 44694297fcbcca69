"""Entering what somebody asks: the letter read, the fields of this asker, then the matter."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from stillroom.desk.intake import (
    LONGEST_LETTER,
    Entry,
    asked_from,
    entry,
    intake_choices,
    require_offered,
)
from stillroom.desk.letters_in import CAME_IN, bring_in
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import actions, arriving, steps
from stillroom.disclosure.askers import ANYBODY, ASKERS, GROUPS, MORE, asker
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere
from stillroom.practice import queries as practice
from stillroom.practice.queries import ChartHead


@require_http_methods(["GET", "POST"])
def enter(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Enter a request for the record of one chart. `do=read` reads the letter and keeps nothing."""
    head = practice.chart_head(request.presence, chart_id)
    today = request.today
    if request.method == "GET":
        who = asker(request.GET.get("who", ANYBODY))
        typed = {"who": "" if who.id == ANYBODY else who.title}
        typed["received_on"] = today.isoformat()
        typed |= _arrived(request, chart_id)
        return _page(request, head, entry(typed, (), today))
    typed = {name: str(value) for name, value in request.POST.items()}
    chosen = request.POST.getlist("kinds")
    try:
        if request.POST.get("do") == "read":
            typed |= _with_file(request, chart_id, typed)
            return _page(request, head, entry(typed, chosen, today))
        require_offered(typed, intake_choices(request.shell.corpus))
        return redirect("matter", matter_id=_entered(request, chart_id, typed, chosen))
    except NotHere:
        raise
    except StillroomError as problem:
        who = asker(typed.get("occasion", ANYBODY))
        return _page(request, head, Entry(who, typed, tuple(chosen), {}), problem)


def _entered(request: DeskRequest, chart_id: str, typed: dict[str, str], chosen: list[str]) -> str:
    """The matter, and a step that names the document in which its letter is kept."""
    asked, waiting = asked_from(typed, chosen, request.today), typed.get("arrived", "")
    if waiting:
        matter_id = arriving.take_up(request.presence, waiting, chart_id, asked)
    else:
        matter_id = actions.enter(request.presence, chart_id, asked)
    if record := typed.get("document", ""):
        steps.add(request.presence, matter_id, CAME_IN, {"record": record[:26]})
    return matter_id


def _arrived(request: DeskRequest, chart_id: str) -> dict[str, str]:
    """What was written down of a letter that may name this client: `?arrived=` its number."""
    waiting = request.GET.get("arrived", "")
    if not waiting:
        return {}
    words = arriving.letter_for(request.presence, waiting, chart_id)
    return {
        "arrived": waiting,
        "who": words.by,
        "asker": words.asker,
        "letter": words.letter,
        "received_on": words.came_on.isoformat(),
    }


def _with_file(request: DeskRequest, chart_id: str, typed: dict[str, str]) -> dict[str, str]:
    """The words of a file that came along, kept sealed as a document of the chart."""
    sent = request.FILES.get("file")
    if sent is None:
        return {}
    brought = bring_in(request.presence, chart_id, sent, clamd=settings.STILLROOM_CLAMD)
    words = typed.get("letter", "").strip() or brought.words
    return {"letter": words[:LONGEST_LETTER], "document": brought.record, "file_name": brought.name}


def _page(
    request: DeskRequest,
    head: ChartHead,
    made: Entry,
    problem: StillroomError | None = None,
) -> HttpResponse:
    groups = {
        title: [one for one in ASKERS.values() if one.group == group]
        for group, title in GROUPS.items()
    }
    values = {
        "head": head,
        "entry": made,
        "asker": made.asker,
        "typed": made.typed,
        "kinds": made.kinds,
        "because": made.because,
        "choices": intake_choices(request.shell.corpus, made.asker),
        "groups": groups,
        "more": {name: MORE[name] for name in MORE if name in made.asker.fields},
        "anybody": made.asker.id == ANYBODY,
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "matter_new.html", values, status=status, current="matters")
