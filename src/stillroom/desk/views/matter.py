"""Matters: enter what arrived, answer what can still change the answer, decide."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.consent.rules import CONSENT_FACTS
from stillroom.desk.forms import kind_title
from stillroom.desk.intake import asked_from, intake_choices, require_offered
from stillroom.desk.openings import doors
from stillroom.desk.pages import render
from stillroom.desk.questions import question
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import actions, queries
from stillroom.disclosure.actions import NoReason, OptionClosed
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules import Decision, missing_from_instrument
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError, Trilean
from stillroom.law import Finding, Interval, Opinion
from stillroom.phi import NotHere
from stillroom.practice import queries as practice


@require_GET
def matters(request: DeskRequest) -> HttpResponse:
    """My matters, those with the nearest day first."""
    values = {"lines": queries.my_matters(request.presence), "today": request.at.date()}
    return render(request, "matters.html", values, current="matters")


@require_http_methods(["GET", "POST"])
def enter(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Enter a request for the record of one chart."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    typed = {name: str(value) for name, value in request.POST.items()}
    chosen = request.POST.getlist("kinds")
    choices = intake_choices(request.shell.corpus)
    error: StillroomError | None = None
    if request.method == "POST":
        try:
            require_offered(typed, choices)
            asked = asked_from(typed, chosen, request.at.date())
            return redirect("matter", matter_id=actions.enter(presence, chart_id, asked))
        except NotHere:
            raise
        except StillroomError as problem:
            error = problem
    values = {
        "head": head,
        "typed": typed or {"received_on": request.at.date().isoformat()},
        "kinds": chosen,
        "choices": choices,
        "problem": error,
    }
    status = 409 if error else 200
    return render(request, "matter_new.html", values, status=status, current="matters")


@dataclass(frozen=True)
class Told:
    """A fact as it is told back in the margin."""

    label: str
    value: str | None


_NOT_TOLD = frozenset({"records_asked", "joint_chart", "before_tribunal"}) | CONSENT_FACTS
_LABELS = {
    "recipient": "who asks",
    "instrument": "by what",
    "judge_signed": "a judge signed",
    "client_age": "the client's age",
    "served_on": "served on",
}


def _told(whole: WholeMatter, request: DeskRequest) -> list[Told]:
    corpus = request.shell.corpus
    told = []
    for name, value in sorted(whole.determination.facts.items()):
        fact = corpus.facts.get(name)
        if fact is not None and name not in _NOT_TOLD:
            told.append(Told(_LABELS.get(name, name.replace("_", " ")), _in_words(value)))
    return told


def _in_words(value: Any) -> str:
    if hasattr(value, "value"):
        return str(value.value)
    if isinstance(value, frozenset):
        return ", ".join(sorted(kind_title(one) for one in value))
    return str(value).replace("_", " ")


@dataclass(frozen=True)
class RegimeRow:
    """One body of law on the scale."""

    title: str
    stance: Interval
    governs: bool
    note: str


def _regimes(opinion: Opinion) -> list[RegimeRow]:
    """The regimes that say something here; of which statute, and of which of two states."""
    two = len(opinion.matter.states) > 1
    return [
        RegimeRow(one.title, one.stance, one.governs, one.statute or (one.place if two else ""))
        for one in opinion.regimes
        if one.stance is not None
    ]


@dataclass(frozen=True)
class Reasons:
    """Why: what applies, what may if a fact is so, and the duties that go with it."""

    apply: list[Finding]
    may: list[Finding]
    adds: list[Finding]


def _reasons(opinion: Opinion) -> Reasons:
    """The findings that speak of a kind asked for, what decides first."""
    asked = frozenset(opinion.asked)
    near = [one for one in opinion.findings if one.rule.kinds & asked]
    near.sort(key=lambda one: not one.decides)
    weighing = [one for one in near if one.modality != "adds"]
    return Reasons(
        [one for one in weighing if one.applies is Trilean.YES],
        [one for one in weighing if one.applies is Trilean.UNKNOWN],
        [one for one in near if one.modality == "adds" and one.applies is Trilean.YES],
    )


def _values(request: DeskRequest, whole: WholeMatter) -> dict[str, Any]:
    made = whole.determination
    asked_kinds = made.full.asked
    return {
        "matter": whole,
        "made": made,
        "opinion": made.full,
        "regimes": _regimes(made.full),
        "reasons": _reasons(made.full),
        "doors": doors(made.full),
        "answers": {kind: made.answers[kind] for kind in asked_kinds},
        "kind_title": kind_title,
        "gaps": missing_from_instrument(made.asked.intake),
        "clocks": made.clocks,
        "today": made.around.today,
        "options": made.options,
        "next": question(made.full.wanting[0], request.shell.corpus) if made.full.wanting else None,
        "told": _told(whole, request),
        "colleagues": people.colleagues(active=False),
        "never": [k for k in asked_kinds if not made.answers[k].open],
        "problem": None,
        "typed": {},
    }


@require_GET
def matter(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Duty, Exception, Ask, Law: the answer, the next question, the reasons, the decision."""
    whole = queries.whole_matter(request.presence, request.shell.corpus, matter_id)
    return render(request, "matter.html", _values(request, whole), current="matters")


@require_POST
def answer(request: DeskRequest, matter_id: str) -> HttpResponse:
    """One answer; the page comes back with what it changed."""
    fact, value = request.POST.get("fact", ""), request.POST.get("value", "")
    given: Any = None if value in ("", "unknown") else value
    kind = request.shell.corpus.facts.get(fact)
    if kind is not None and kind.type == "set":
        given = request.POST.getlist("value")
    if kind is not None and kind.type == "number" and isinstance(given, str):
        plain = given.isascii() and given.replace(".", "", 1).isdigit()
        given = float(given) if plain else given
    actions.answer(request.presence, request.shell.corpus, matter_id, fact, given)
    if request.headers.get("HX-Request"):
        whole = queries.whole_matter(request.presence, request.shell.corpus, matter_id)
        return render(request, "matter_renewed.html", {**_values(request, whole), "renewed": True})
    return redirect("matter", matter_id=matter_id)


@require_POST
def decide(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Sign a decision in the therapist's own words."""
    presence, corpus = request.presence, request.shell.corpus
    words = request.POST.get("words", "")
    chosen = request.POST.get("decision", "")
    try:
        decision = Decision(chosen) if chosen in {one.value for one in Decision} else None
        if decision is None:
            raise OptionClosed("no decision was chosen", advice="Choose one of the three ways.")
        actions.decide(presence, corpus, matter_id, decision, words)
    except (NoReason, OptionClosed) as error:
        whole = queries.whole_matter(presence, corpus, matter_id)
        values = _values(request, whole) | {
            "problem": error,
            "typed": {"words": words, "decision": chosen},
        }
        return render(request, "matter.html", values, status=409, current="matters")
    if decision is Decision.BUILD:
        return redirect("packet_build", matter_id=matter_id)
    return redirect("matter", matter_id=matter_id)
