"""A question without a client: what if?

Rules kept: nothing is stored, no entry is written, nothing stands in an address; the state travels
in the form. The answer is the engine's, as on the page of a matter.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from stillroom.desk import statutes, supposing, verdicts
from stillroom.desk.openings import doors
from stillroom.desk.pages import render
from stillroom.desk.places import name_of, named
from stillroom.desk.questions import question
from stillroom.desk.reasons import reasons, regimes, told
from stillroom.desk.shell import DeskRequest
from stillroom.desk.supposing import Supposed
from stillroom.desk.views.law import asking, profession_choices
from stillroom.kernel import StillroomError
from stillroom.law import ANY, NATION, TOPICS, states_on_file


@require_http_methods(["GET", "POST"])
def ask(request: DeskRequest) -> HttpResponse:
    """The sheet: first what is asked, then the answer and the next question."""
    if request.method == "GET":
        return _sheet(request, None, request.GET.dict())
    typed = {name: str(value) for name, value in request.POST.items()}
    try:
        asked = _asked(request, typed)
        values = _values(request, asked)
    except StillroomError as problem:
        return _sheet(request, problem, typed)
    if request.headers.get("HX-Request"):
        return render(request, "law_ask_part.html", values)
    return render(request, "law_ask.html", values, current="law")


def _asked(request: DeskRequest, typed: dict[str, str]) -> Supposed:
    corpus, today = request.shell.corpus, asking(request).today
    if "case" in typed:
        return supposing.begun(typed, corpus, today)
    posted = {name: request.POST.getlist(name) for name in request.POST}
    asked = supposing.carried(posted, corpus, today)
    if "forget" in typed:
        return supposing.forgotten(asked, typed["forget"])
    if "fact" in typed:
        return supposing.answered(asked, typed["fact"], posted.get("value", []), corpus)
    return asked


def _sheet(
    request: DeskRequest, problem: StillroomError | None, typed: Mapping[str, object]
) -> HttpResponse:
    """The form that begins a question."""
    corpus, asked = request.shell.corpus, asking(request)
    own = "" if asked.profession == ANY else asked.profession
    usual = {"place": asked.own, "profession": own, "on": asked.on.isoformat()}
    values = {
        "problem": problem,
        "typed": {**usual, **typed},
        "cases": _cases(),
        "acts": [(f"{supposing.ACT}{act}", words) for act, words in statutes.act_choices()],
        "recipients": list(corpus.facts["recipient"].values.items()),
        "places": [*named(states_on_file(corpus)), (NATION, "federal law only")],
        "professions": profession_choices(every=False),
    }
    return render(
        request, "law_ask_new.html", values, status=409 if problem else 200, current="law"
    )


def _cases() -> list[tuple[str, str]]:
    """The standard cases, one for each recipient."""
    return [
        (f"{supposing.CASE}{topic.id}.{at}", f"{topic.title}{', ' + one.to if one.to else ''}")
        for topic in TOPICS
        if not topic.keeps
        for at, one in enumerate(topic.asks)
    ]


def _values(request: DeskRequest, asked: Supposed) -> dict[str, Any]:
    corpus = request.shell.corpus
    opinion = corpus.opine(asked.matter(), asked.facts)
    apart = [(name_of(one), corpus.opine(asked.matter(one), asked.facts)) for one in asked.places]
    names = {one: name_of(one) for one in asked.places}
    why, known = (
        reasons(opinion),
        told(asked.facts, corpus, labels={"recipient": "who would be told"}),
    )
    turned = {name for one in (*why.apply, *why.may, *why.adds) for name in one.turned_on}
    want = supposing.next_want(opinion, asked)
    beside = [(name, one, regimes(one)) for name, one in apart] if len(apart) > 1 else []
    left = -1
    if beside:
        left = supposing.stricter(beside[0][1].stance, beside[1][1].stance)
    return {
        "supposed": asked,
        "names": list(names.values()),
        "act": dict(statutes.act_choices())[asked.act],
        "whose": verdicts.plural(asked.profession),
        "carried": supposing.fields(asked),
        "known": supposing.known_fields(asked),
        "opinion": opinion,
        "beside": beside,
        "stricter": left,
        "regimes": regimes(opinion, names if len(names) > 1 else None),
        "reasons": why,
        "doors": doors(opinion),
        "dues": supposing.clocks(opinion),
        "told": [one for one in known if one.name in turned],
        "idle_facts": [one for one in known if one.name not in turned],
        "left": [(name, corpus.facts[name].asks) for name in asked.left],
        "next": question(want, corpus, asked.act) if want else None,
        "after": [one.asks for one in opinion.wanting if want and one.fact != want.fact][:3],
        "set_values": list(corpus.facts[want.fact].values.items()) if want else [],
        "places": [*named(states_on_file(corpus)), (NATION, "federal law only")],
        "professions": profession_choices(every=False),
        "problem": None,
    }
