"""What holds of one's own work in each matter: asked once, by the law of one's place."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stillroom.desk.pages import render
from stillroom.desk.places import name_of
from stillroom.desk.shell import DeskRequest
from stillroom.law import Fact, answers_to, standing_facts
from stillroom.practice import queries as practice
from stillroom.practice.actions_work import say_of_work
from stillroom.practice.queries import StaffProfile

_SAID = {"yes": "Yes", "no": "No"}


@dataclass(frozen=True)
class Asked:
    """One question, its answers, and what was said of it."""

    fact: Fact
    choices: Sequence[tuple[str, str]]
    value: str
    words: str
    since: str

    @property
    def counsel(self) -> bool:
        """Whether it is a reading of the law, which somebody else gave."""
        return "_counsel_" in f"_{self.fact.name}_"


def _asked(request: DeskRequest, known: StaffProfile | None) -> list[Asked]:
    if known is None or not known.profession or not known.place:
        return []
    said = {one.fact: one for one in known.work}
    corpus, today = request.shell.corpus, request.today
    found = []
    for fact in standing_facts(corpus, known.place, known.profession, today):
        one = said.get(fact.name)
        choices = [(each, fact.values.get(each) or _SAID[each]) for each in answers_to(fact)]
        since = f"{one.since:%B} {one.since.day}, {one.since.year}" if one else ""
        value, words = (one.value, one.words) if one else ("", "")
        found.append(Asked(fact, choices, value, words, since))
    return found


@require_http_methods(["GET", "POST"])
def work(request: DeskRequest) -> HttpResponse:
    """Read what was said, and say it anew; an answer that nobody asked for is passed over."""
    known = practice.staff_profile(request.presence.person)
    asked = _asked(request, known)
    if request.method == "POST":
        told = {}
        for one in asked:
            value = request.POST.get(f"is-{one.fact.name}", "")
            words = request.POST.get(f"words-{one.fact.name}", "")
            told[one.fact.name] = (value if value in answers_to(one.fact) else "", words)
        say_of_work(request.presence, told)
        return redirect(f"{reverse('work')}?kept=yes")
    values = {
        "known": known,
        "kept": "kept" in request.GET,
        "place": name_of(known.place) if known and known.place else "",
        "where": [one for one in asked if not one.counsel],
        "read": [one for one in asked if one.counsel],
    }
    return render(request, "work.html", values)
