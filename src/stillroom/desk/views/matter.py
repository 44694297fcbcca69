"""Matters: enter what arrived, answer what can still change the answer, decide."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillroom.consent.rules import CONSENT_FACTS
from stillroom.desk import panels
from stillroom.desk.forms import kind_title
from stillroom.desk.openings import doors
from stillroom.desk.pages import render
from stillroom.desk.questions import question
from stillroom.desk.reasons import LABELS, reasons, regimes, told
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import actions, askers, queries
from stillroom.disclosure.actions import NoReason, OptionClosed
from stillroom.disclosure.occasions import Side, occasion_of
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules import Decision, Gap, missing_from_instrument
from stillroom.disclosure.rules_correcting import KIND as CORRECTED
from stillroom.disclosure.rules_options import BUILDING
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError, Trilean
from stillroom.law import standing_known


@require_GET
def matters(request: DeskRequest) -> HttpResponse:
    """My matters, those with the nearest day first."""
    values = {"lines": queries.my_matters(request.presence), "today": request.today}
    return render(request, "matters.html", values, current="matters")


def _gaps(whole: WholeMatter) -> tuple[Gap, ...]:
    """What the paper lacks, in the margin. What nobody has looked for yet stands in a panel."""
    asked = whole.determination.asked
    if occasion_of(asked.occasion).side is Side.HAPPENED:
        return missing_from_instrument(asked.intake)
    every = askers.lacks(whole.determination.asker, asked.intake, asked.said)
    return tuple(gap for gap in every if gap.state is Trilean.NO)


_NOT_TOLD = frozenset({"records_asked", "joint_chart", "before_tribunal"}) | CONSENT_FACTS


_OF_WHAT_HAPPENED = {"recipient": "who would be told"}


def _values(request: DeskRequest, whole: WholeMatter) -> dict[str, Any]:
    made, corpus = whole.determination, request.shell.corpus
    wanting = made.full.wanting
    asked_kinds = made.full.asked
    occasion = occasion_of(made.asked.occasion)
    happened = occasion.side is Side.HAPPENED
    return {
        "matter": whole,
        "corrected_entry": max((s.entry for s in whole.steps if s.kind == CORRECTED), default=-1),
        "occasion": occasion,
        "panels": panels.of_matter(request, whole),
        "made": made,
        "opinion": made.full,
        "regimes": regimes(made.full),
        "reasons": reasons(made.full),
        "doors": doors(made.full),
        "answers": {kind: made.answers[kind] for kind in asked_kinds},
        "kind_title": kind_title,
        "gaps": () if happened else _gaps(whole),
        "decision_words": partial(askers.said, made.asker),
        "clocks": made.clocks,
        "today": made.around.today,
        "options": made.options,
        "next": question(wanting[0], corpus) if wanting else None,
        "after": [one.asks for one in wanting[1:4]],
        "set_values": list(corpus.facts[wanting[0].fact].values.items()) if wanting else [],
        "told": told(
            made.facts, corpus, _NOT_TOLD, LABELS | _OF_WHAT_HAPPENED if happened else LABELS
        ),
        "of_work": sorted(
            standing_known(corpus, made.around.work).keys() - made.asked.answers.keys()
        ),
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


def matter_again(
    request: DeskRequest, matter_id: str, problem: StillroomError, field: str
) -> HttpResponse:
    """The page of a matter with what is to be mended in `field`; a panel shows what was typed."""
    whole = queries.whole_matter(request.presence, request.shell.corpus, matter_id)
    values = _values(request, whole) | {"problem": problem, "mend": field}
    return render(request, "matter.html", values, status=409, current="matters")


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
def elsewhere(request: DeskRequest, matter_id: str) -> HttpResponse:
    """The law of another place is asked too."""
    place = request.POST.get("place", "")
    actions.also_governed(request.presence, request.shell.corpus, matter_id, place)
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
            raise OptionClosed("no decision was chosen", advice="Choose one of the ways.")
        actions.decide(presence, corpus, matter_id, decision, words)
    except (NoReason, OptionClosed) as error:
        whole = queries.whole_matter(presence, corpus, matter_id)
        values = _values(request, whole) | {
            "problem": error,
            "typed": {"words": words, "decision": chosen},
        }
        return render(request, "matter.html", values, status=409, current="matters")
    if decision in BUILDING:
        return redirect("packet_build", matter_id=matter_id)
    return redirect("matter", matter_id=matter_id)
