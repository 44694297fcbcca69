"""Questions that were given to her: answered one a screen or all at once, saved as she goes.

Rules: what is answered is kept at once, with or without a script; where an answer asks for somebody
now, help stands on the very next thing she sees, and the practice is told whether she goes on or
not; what she sees scores and names nothing; her own course is shown if the practice lets her.
"""

from dataclasses import dataclass

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.access import Act
from stillroom.chart import again, giving, own, queries_given
from stillroom.chart.given import AnsweredAlready, GivenOne, NothingYet
from stillroom.chart.measures import Item, Measure
from stillroom.chart.rules_again import NotDue
from stillroom.phi import NotHere, bridge
from stillroom.portal.pages import render
from stillroom.portal.request import PortalRequest
from stillroom.practice import queries_guests as guests
from stillroom.practice.queries_guests import Stands

_ANSWER = "a-"
_LONGEST = 4000


@dataclass(frozen=True)
class Step:
    """One question with the words that lead up to it."""

    number: int
    item: Item
    lead: str


def _measure(request: PortalRequest, instrument: str) -> Measure:
    found = request.shell.measures.measures.get(instrument)
    if found is None:
        bridge.refuse(request.presence, Act.OWN_ANSWER, instrument)
        raise NotHere
    return found


def steps_of(measure: Measure, one: GivenOne) -> list[Step]:
    """The questions as they are asked now, each with the last words that stood before it."""
    found: list[Step] = []
    lead = ""
    for item in measure.asks.items:
        if not measure.asks.enabled(item, one.filled.answers):
            continue
        if not item.asks:
            lead = item.text or lead
        else:
            found.append(Step(len(found) + 1, item, lead))
    return found


@require_GET
def measures(request: PortalRequest, chart_id: str) -> HttpResponse:
    """What waits for her answers, what she handed in, and whose course she may see."""
    stand = guests.own_stand(request.presence, chart_id)
    found = queries_given.own_given(request.presence, stand)
    library = request.shell.measures.measures
    known = [(one, library[one.ask.instrument]) for one in found if one.ask.instrument in library]
    values = {
        "chart": chart_id,
        "waiting": [(one, measure) for one, measure in known if one.waits],
        "due": [
            (one, library[one.plan.instrument])
            for one in again.own_due(request.presence, stand, found)
            if one.plan.instrument in library
        ],
        "done": [(one, measure) for one, measure in known if not one.waits],
        "courses": _shown(stand, known),
        "today": request.today,
        "help": any(one.pressing_at and not one.record for one in found),
    }
    return render(request, "measures.html", values)


def _shown(stand: Stands, known: list[tuple[GivenOne, Measure]]) -> list[Measure]:
    """Whose course she may see: as it was said when each was given last; the client herself."""
    newest: dict[str, tuple[GivenOne, Measure]] = {}
    for one, measure in known:
        newest.setdefault(measure.id, (one, measure))
    mine = stand.capacity.value == "holder"
    return [measure for one, measure in newest.values() if mine and one.ask.shows]


@require_POST
def begin(request: PortalRequest, plan_id: str) -> HttpResponse:
    """Begin what is due; begun twice, the list shows it among what waits."""
    try:
        given = again.begin_own(request.presence, plan_id)
    except NotDue:
        return redirect("portal_measures", chart_id=again.chart_of(plan_id))
    return redirect(reverse("portal_answer", kwargs={"given_id": given}) + "?q=1")


@require_http_methods(["GET", "POST"])
def answer(request: PortalRequest, given_id: str) -> HttpResponse:
    """One question, or all of them; what is sent is saved before anything else happens."""
    one = queries_given.own_one(request.presence, given_id)
    measure = _measure(request, one.ask.instrument)
    if request.method == "POST":
        return _answered(request, measure, given_id)
    if not one.waits:
        return redirect("portal_answered", given_id=given_id)
    return _page(request, one, measure, _number(request.GET.get("q", "")))


def _page(
    request: PortalRequest,
    one: GivenOne,
    measure: Measure,
    number: int,
    problem: NothingYet | None = None,
) -> HttpResponse:
    steps = steps_of(measure, one)
    at = min(max(number, 1), len(steps)) if number else 0
    values = {
        "one": one,
        "measure": measure,
        "items": [
            item for item in measure.asks.items if measure.asks.enabled(item, one.filled.answers)
        ],
        "steps": steps,
        "step": steps[at - 1] if at else None,
        "answers": one.filled.answers,
        "open": sum(step.item.id not in one.filled.answers for step in steps),
        "help": one.pressing_at is not None,
        "problem": problem,
    }
    return render(request, "answer.html", values, status=409 if problem else 200)


def _answered(request: PortalRequest, measure: Measure, given_id: str) -> HttpResponse:
    script = request.headers.get("Accept", "") == "application/json"
    sent = {
        name.removeprefix(_ANSWER): str(value)[:_LONGEST]
        for name, value in request.POST.items()
        if name.startswith(_ANSWER)
    }
    try:
        one = giving.save(request.presence, given_id, sent, measure)
    except AnsweredAlready:
        if script:
            raise
        return redirect("portal_answered", given_id=given_id)
    if script:
        return JsonResponse({"help": one.pressing_at is not None})
    do, number = request.POST.get("do", ""), _number(request.POST.get("q", ""))
    if do == "done":
        try:
            giving.hand_in(request.presence, given_id)
        except NothingYet as problem:
            return _page(request, one, measure, number, problem)
        return redirect("portal_answered", given_id=given_id)
    if do == "later":
        return redirect("portal_measures", chart_id=one.chart)
    to = number - 1 if do == "back" else number + 1
    if to > len(steps_of(measure, one)):
        return redirect(reverse("portal_answer", kwargs={"given_id": given_id}))
    return redirect(reverse("portal_answer", kwargs={"given_id": given_id}) + f"?q={max(to, 1)}")


@require_GET
def answered(request: PortalRequest, given_id: str) -> HttpResponse:
    """It is handed in. The same page whatever was answered, but for the help."""
    one = queries_given.own_one(request.presence, given_id)
    if one.waits:
        return redirect("portal_answer", given_id=given_id)
    values = {"one": one, "help": one.pressing_at is not None}
    return render(request, "answered.html", values)


@require_GET
def course(request: PortalRequest, chart_id: str, instrument: str) -> HttpResponse:
    """Her own course in plain words, where the practice lets her see it."""
    stand = guests.own_stand(request.presence, chart_id)
    found = queries_given.own_given(request.presence, stand)
    measure = _measure(request, instrument)
    if measure not in _shown(stand, [(one, measure) for one in found if _of(one, measure)]):
        bridge.refuse(request.presence, Act.RECORD_READ, instrument)
        raise NotHere
    score = measure.rules.main_score
    taken = own.own_measures(request.presence, chart_id)
    rows = [
        (one.occurred_at, one.scores[score.id])
        for one in taken
        if score and one.instrument == measure.id and not one.struck and score.id in one.scores
    ]
    values = {"chart": chart_id, "measure": measure, "score": score, "rows": rows[::-1]}
    return render(request, "course.html", values)


def _of(one: GivenOne, measure: Measure) -> bool:
    return one.ask.instrument == measure.id


def _number(text: str) -> int:
    """The number of a question; 0 stands for all of them."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
