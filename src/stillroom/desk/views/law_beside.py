"""Two states side by side, and one state on two days."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from stillroom.desk import statutes, verdicts
from stillroom.desk.forms import NoSuchDay, days
from stillroom.desk.pages import render
from stillroom.desk.places import STATES, name_of, named
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.law import asking, profession_choices
from stillroom.law import CODES, NATION, Reading, changes, compare, states_on_file


@require_GET
def comparing(request: DeskRequest) -> HttpResponse:
    """Two states by topic, differences first."""
    corpus, asked = request.shell.corpus, asking(request)
    on_file = states_on_file(corpus)
    first = _chosen(request.GET.get("a", ""), on_file, asked.own, "")
    second = _chosen(request.GET.get("b", ""), on_file, "", first)
    values = {
        "asked": asked,
        "first": first,
        "second": second,
        "names": (name_of(first), name_of(second)),
        "found": compare(corpus, first, second, asked.profession, asked.on),
        "places": named(on_file),
        "professions": profession_choices(),
        "words": verdicts,
        "by_when": by_when,
    }
    return render(request, "law_compare.html", values, current="law")


def _chosen(typed: str, on_file: tuple[str, ...], preferred: str, taken: str) -> str:
    """The place typed, if it is a state; else the preferred one; else the first that is free."""
    if typed in STATES:
        return typed
    if preferred in on_file:
        return preferred
    return next((one for one in on_file if one != taken), NATION)


def by_when(found: Reading) -> list[tuple[str, str]]:
    """What an answer demands by when, each once, the most important first."""
    told = [
        (one.by.words if one.by else "", one.text)
        for rule in found.rests_on
        if rule.modality in ("requires", "adds")
        for one in rule.demands
    ]
    return list(dict.fromkeys(told))[:3]


@require_GET
def changing(request: DeskRequest) -> HttpResponse:
    """What began, what ended, and where a standard case is answered otherwise."""
    corpus, asked = request.shell.corpus, asking(request)
    places = (*states_on_file(corpus), NATION, CODES)
    chosen = _chosen(request.GET.get("place", ""), places, asked.own, "")
    chosen = request.GET["place"] if request.GET.get("place") in (NATION, CODES) else chosen
    since, until, problem = _span(request, asked.today)
    found = changes(corpus, chosen, asked.profession, since, until)
    lines: dict[str, Any] = {
        side: [statutes.line(one, corpus, until) for one in rules]
        for side, rules in (("began", found.began), ("ended", found.ended))
    }
    values = {
        "asked": asked,
        "place": chosen,
        "name": name_of(chosen),
        "since": since,
        "until": until,
        "problem": problem,
        "found": found,
        "places": named(places),
        "professions": profession_choices(),
        "words": verdicts,
        **lines,
    }
    return render(request, "law_changes.html", values, current="law")


def _span(request: DeskRequest, today: date) -> tuple[date, date, str]:
    """From and to: ten years until today unless the address says otherwise."""
    typed = request.GET.dict()
    usual = date(today.year - 10, today.month, min(today.day, 28))
    try:
        since, until = days(typed, "from") or usual, days(typed, "to") or today
    except NoSuchDay as error:
        return (
            usual,
            today,
            f"One of the days is none; the last ten years are shown. {error.advice}",
        )
    if until < since:
        return until, since, "The first day was the later one; they are turned round."
    return since, until, ""
