"""What the law asks of a risk record, answered in its chart.

Rules: opened like the record itself, through the chart's gate, with an entry; the facts come from
what was signed; answers given here travel in the form and are kept nowhere, because nothing is
decided here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from stillroom.chart import queries as charts
from stillroom.chart.law_kinds import law_kind
from stillroom.chart.queries import WholeRecord
from stillroom.chart.risk_facts import Told, facts_of
from stillroom.desk import record_law, supposing, verdicts
from stillroom.desk.openings import doors
from stillroom.desk.pages import render
from stillroom.desk.places import name_of
from stillroom.desk.questions import question
from stillroom.desk.reasons import in_words, reasons, regimes
from stillroom.desk.reasons import told as told_facts
from stillroom.desk.record_law import fixed
from stillroom.desk.shell import DeskRequest
from stillroom.desk.supposing import Supposed
from stillroom.disclosure import queries as disclosure
from stillroom.disclosure.happened.puts import Put, occasion_of
from stillroom.kernel import StillroomError
from stillroom.law import Corpus, Facts, standing_known
from stillroom.phi import NotHere
from stillroom.practice import queries as practice


@require_http_methods(["GET", "POST"])
def ask(request: DeskRequest, record_id: str) -> HttpResponse:
    """The law's answer to a signed record of risk, with what it says filled in."""
    whole = charts.record(request.presence, record_id)
    if whole.kind.id not in record_law.ASKABLE or not whole.revisions:
        raise NotHere
    posted = {name: request.POST.getlist(name) for name in request.POST}
    try:
        values = _values(request, whole, posted)
    except StillroomError as problem:
        if isinstance(problem, NotHere):
            raise
        values = {**_values(request, whole, _without_answer(posted)), "problem": problem}
    template = "record_law_part.html" if request.headers.get("HX-Request") else "record_law.html"
    status = 409 if values["problem"] else 200
    return render(request, template, values, status=status, current="clients")


def _without_answer(posted: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """What was known before the answer that could not be read."""
    dropped = ("fact", "value", "forget")
    return {name: values for name, values in posted.items() if name not in dropped}


def _values(
    request: DeskRequest, whole: WholeRecord, posted: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    corpus = request.shell.corpus
    head = practice.chart_head(request.presence, whole.chart)
    around = disclosure.circumstances(request.presence, head)
    said = facts_of(whole.kind.id, whole.current.content.answers)
    offered = record_law.puts(whole.kind.id, said)
    put = record_law.chosen(offered, (posted.get("to") or [""])[-1])
    of_chart = {**standing_known(corpus, around.work), **cast("Facts", around.chart)}
    told = law_kind(whole.kind.id, part2=whole.part2, joint=len(head.holders) > 1)
    known = fixed(put, said, of_chart, told, corpus)
    where = (around.place, around.profession, around.today)
    asked = record_law.supposed(put, known, posted, where, corpus)
    opinion = corpus.opine(asked.matter(), asked.facts)
    typed = record_law.typed_since(asked, known)
    want = supposing.next_want(opinion, asked)
    rests = record_law.rests_on(asked, said, corpus)
    shown = [_shown(whole, one, turned=one.fact in rests) for one in said]
    return {
        "record": whole,
        "head": head,
        "place": name_of(around.place),
        "whose": verdicts.plural(around.profession),
        "today": around.today,
        "put": put,
        "occasion": occasion_of(whole.kind.id, {one.fact: one.value for one in said}),
        "others": [
            (one, _sentence(corpus, one, typed, fixed(one, said, of_chart, told, corpus)))
            for one in offered
            if one != put
        ],
        "carried": [("to", put.key), *supposing.known_fields(typed)],
        "opinion": opinion,
        "regimes": regimes(opinion),
        "reasons": reasons(opinion),
        "doors": doors(opinion),
        "dues": supposing.clocks(opinion),
        "from_record": [one for one in shown if one.turned],
        "idle": [one for one in shown if not one.turned],
        "from_chart": told_facts(of_chart, corpus),
        "since": told_facts(typed.facts, corpus),
        "left": [(name, corpus.facts[name].asks) for name in typed.left],
        "next": question(want, corpus, put.act) if want else None,
        "after": [one.asks for one in opinion.wanting if want and one.fact != want.fact][:3],
        "set_values": list(corpus.facts[want.fact].values.items()) if want else [],
        "problem": None,
    }


def _sentence(corpus: Corpus, put: Put, typed: Supposed, known: Facts) -> str:
    """The answer in one sentence, with another act and another one told."""
    asked = record_law.with_facts(replace(typed, act=put.act), {**typed.facts, **known})
    return corpus.opine(asked.matter(), asked.facts).sentence


@dataclass(frozen=True)
class _Said:
    """A fact as the record says it: the question, the answer, whether the law rests on it."""

    asked: str
    answer: str
    turned: bool


def _shown(whole: WholeRecord, one: Told, *, turned: bool) -> _Said:
    """A fact in the record's own words, where one answer gave it; else in the law's."""
    fields, content = whole.kind.fields, whole.current.content
    asked = " ".join(fields[name].label for name in one.fields)
    words = in_words(one.value)
    if len(one.fields) == 1:
        field = fields[one.fields[0]]
        words = dict(field.choosable).get(content.answer(field.name).text, words)
    return _Said(asked, words, turned)
