"""The page of the hour: what the law asks, whom to call, what to say, what was tried.

Rules: one calm page; every form works without a script and loses nothing typed; what is written
down is kept at once; telling is never refused here, because it has happened.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from stillroom.chart import queries as charts
from stillroom.chart.contents import Answer
from stillroom.desk import danger
from stillroom.desk.forms import whole as whole_number
from stillroom.desk.pages import render
from stillroom.desk.places import name_of
from stillroom.desk.questions import question
from stillroom.desk.shell import DeskRequest
from stillroom.desk.visited import visits
from stillroom.disclosure import actions, happening, rules_told
from stillroom.disclosure.actions import NoReason, OptionClosed
from stillroom.disclosure.happened import attempts, report
from stillroom.disclosure.happened.attempts import NotAnAttempt
from stillroom.disclosure.happened.clock import span_words
from stillroom.disclosure.happened.protocol import numbers_in
from stillroom.disclosure.happened.saying import LEAVE_OUT, Caller
from stillroom.disclosure.happened.standing import Standing
from stillroom.disclosure.occasions import occasion_of
from stillroom.disclosure.rules import Decision
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError, spoken
from stillroom.phi import NotHere


@require_GET
def now(request: DeskRequest, matter_id: str) -> HttpResponse:
    """The page as it stands."""
    return _page(request, matter_id)


def _page(
    request: DeskRequest,
    matter_id: str,
    problem: StillroomError | None = None,
    typed: Mapping[str, str] | None = None,
    template: str = "danger_now.html",
) -> HttpResponse:
    stands = happening.watch(request.presence, request.shell.corpus, matter_id)
    values = {**_values(request, stands), "problem": problem, "typed": typed or {}}
    status = 409 if problem else 200
    return render(request, template, values, status=status, current="matters")


def _values(request: DeskRequest, stands: Standing) -> dict[str, Any]:
    zone, whole = timezone.get_default_timezone(), stands.whole
    staff = people.colleagues(active=False)
    names = {one: who.name for one, who in staff.items()}
    occasion, answers = occasion_of(stands.occasion), record_answers(request, stands)
    found, want = danger.says(stands.answers), danger.next_want(stands, request.shell.corpus)
    corpus = request.shell.corpus
    return {
        "matter": whole,
        "stands": stands,
        "occasion": occasion,
        "verdict": danger.verdict(found, occasion.act, stands),
        "says": found,
        "place": name_of(whole.determination.around.place),
        "elsewhere": [name_of(one) for one in whole.determination.asked.elsewhere],
        "visits": [(one.opened_at, name_of(one.place)) for one in visits(request, whole)],
        "since": stands.source.learned,
        "span": span_words(request.at - stands.source.learned),
        "rows": danger.rows(stands, request.at, zone),
        "numbers": numbers_in(stands.duties),
        "leave_out": LEAVE_OUT,
        "speech": _speech(request, stands, answers),
        "lines": danger.lines(stands, zone, names),
        "deeds": danger.deed_options(stands),
        "hows": list(attempts.HOWS.items()),
        "heard": list(rules_told.ANSWERS.items()),
        "unsaid": danger.unsaid(stands, zone, names),
        "clock_now": danger.clock(request.at, zone),
        "from_record": danger.from_record(stands, answers),
        "next": question(want, corpus, occasion.act) if want else None,
        "set_values": list(corpus.facts[want.fact].values.items()) if want else [],
        "after": [],
        "options": whole.determination.options,
        "team": [(one, names[one]) for one in happening.could_hold(stands) if one in names],
        "names": names,
        "me": request.presence.person,
        "report_wanted": report.title_of(stands.occasion),
    }


def record_answers(request: DeskRequest, stands: Standing) -> Sequence[Answer]:
    """What the record of risk says, read again; nothing for a matter begun without one."""
    if not stands.source.record:
        return ()
    return charts.record(request.presence, stands.source.record).current.content.answers


def _speech(request: DeskRequest, stands: Standing, answers: Sequence[Answer]) -> danger.Speech:
    around = stands.whole.determination.around
    place = name_of(around.place) if around.place else ""
    caller = Caller(request.presence.name, spoken(around.profession), place)
    client = danger.client_facts([one.sheet for one in stands.whole.head.holders], around.today)
    ticked = request.POST.getlist("say") if "ticked" in request.POST else None
    asked = (request.POST.get("to", ""), ticked)
    return danger.speech(stands, answers, client, caller, asked)


@require_POST
def say(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Other words: for another listener, or with other facts. Nothing of it is kept."""
    part = bool(request.headers.get("HX-Request"))
    template = "danger_say.html" if part else "danger_now.html"
    return _page(request, matter_id, template=template)


@require_POST
def attempt(request: DeskRequest, matter_id: str) -> HttpResponse:
    """One more thing tried, with its minute."""
    typed = {name: str(value) for name, value in request.POST.items()}
    at = danger.moment_of(typed.get("at", ""), request.at, timezone.get_default_timezone())
    try:
        happening.attempt(
            request.presence,
            request.shell.corpus,
            matter_id,
            typed,
            request.POST.getlist("serves"),
            at,
        )
    except NotAnAttempt as problem:
        return _page(request, matter_id, problem, typed)
    return redirect("danger_now", matter_id=matter_id)


@require_POST
def told(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Of what was told: whether it came from an entry that the client disputes."""
    entry, said = whole_number(request.POST.get("entry", "")), request.POST.get("heard", "")
    try:
        happening.say_of_told(request.presence, request.shell.corpus, matter_id, entry, said)
    except NotAnAttempt as problem:
        return _page(request, matter_id, problem)
    return redirect("danger_now", matter_id=matter_id)


@require_POST
def answer(request: DeskRequest, matter_id: str) -> HttpResponse:
    """One more fact known; the law is asked anew, for everybody who could be told."""
    fact, value = request.POST.get("fact", ""), request.POST.get("value", "")
    kind = request.shell.corpus.facts.get(fact)
    given: Any = None if value in ("", "unknown") else value
    if kind is not None and kind.type == "set":
        given = request.POST.getlist("value")
    if kind is not None and kind.type == "number" and isinstance(given, str):
        given = float(given) if given.isascii() and given.isdigit() else given
    try:
        actions.answer(request.presence, request.shell.corpus, matter_id, fact, given)
    except NotHere:
        raise
    except StillroomError as problem:
        return _page(request, matter_id, problem)
    if request.headers.get("HX-Request"):
        return _page(request, matter_id, template="danger_now_part.html")
    return redirect("danger_now", matter_id=matter_id)


@require_POST
def decide(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Sign what is done, in the therapist's own words."""
    typed = {name: str(value) for name, value in request.POST.items()}
    chosen = typed.get("decision", "")
    try:
        if chosen not in (Decision.TELL.value, Decision.HOLD.value):
            raise OptionClosed("no decision was chosen", advice="Choose one of the two ways.")
        actions.decide(
            request.presence,
            request.shell.corpus,
            matter_id,
            Decision(chosen),
            typed.get("words", ""),
        )
    except (NoReason, OptionClosed) as problem:
        return _page(request, matter_id, problem, typed)
    return redirect("danger_now", matter_id=matter_id)


@require_POST
def hand(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Offer it to a colleague who cares for the client, or take what was offered."""
    presence, corpus = request.presence, request.shell.corpus
    try:
        if "take" in request.POST:
            happening.take(presence, corpus, matter_id)
        else:
            happening.offer(presence, corpus, matter_id, request.POST.get("person", ""))
    except (happening.NotTheirs, happening.NotOffered) as problem:
        return _page(request, matter_id, problem)
    return redirect("danger_now", matter_id=matter_id)
