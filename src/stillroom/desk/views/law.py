"""The law library: the map of states, each place, each provision, looking for one, and about it.

It holds no client's word: whoever is signed in may read it, and reading it writes no entry.
"""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from stillroom.desk import statutes, verdicts
from stillroom.desk.forms import NoSuchDay, days
from stillroom.desk.pages import render
from stillroom.desk.places import STATES, letters_of, name_of, named, tile_of
from stillroom.desk.shell import DeskRequest
from stillroom.kernel import spoken
from stillroom.law import (
    ANY,
    CODES,
    NATION,
    PROFESSIONS,
    SHELVES,
    TOPICS,
    Reading,
    Topic,
    atlas,
    holdings,
    in_words,
    law_of,
    place_of,
    reading,
    seek,
    shelf_of,
    shelf_of_topic,
    shelved,
    states_on_file,
)
from stillroom.practice import queries as practice

_MOST_FOUND = 40


@dataclass(frozen=True)
class Asking:
    """For whom and for which day the library is asked, and the visitor's own place."""

    profession: str
    on: date
    today: date
    own: str
    problem: str = ""

    @property
    def whose(self) -> str:
        """The profession in words."""
        if self.profession == ANY:
            return "every profession"
        return verdicts.plural(self.profession)

    @property
    def query(self) -> str:
        """The same asking, for a link. It names no client."""
        return f"profession={self.profession}&on={self.on.isoformat()}"


def asking(request: DeskRequest) -> Asking:
    """From the address, else the visitor's own profession and today."""
    today = request.today
    profile = practice.staff_profile(request.presence.person)
    own = profile.profession if profile and profile.profession in PROFESSIONS else ANY
    chosen = request.GET.get("profession", "")
    problem = ""
    try:
        on = days(request.GET.dict(), "on") or today
    except NoSuchDay as error:
        on, problem = today, f"That is no day; today is shown. {error.advice}"
    profession = chosen if chosen in (*PROFESSIONS, ANY) else own
    return Asking(profession, on, today, profile.place if profile else "", problem)


def profession_choices(*, every: bool = True) -> list[tuple[str, str]]:
    """The professions, and all of them together, for a field to choose from."""
    found = [(one, spoken(one)) for one in PROFESSIONS]
    return [*([(ANY, "every profession")] if every else []), *found]


@dataclass(frozen=True)
class Tile:
    """A state on the map and in the list."""

    place: str
    name: str
    letters: str
    column: int
    row: int
    word: str
    sentence: str
    reading: Reading
    own: bool


def _tile(found: Reading, own: str) -> Tile:
    place = found.place
    return Tile(
        place,
        name_of(place),
        letters_of(place),
        *tile_of(place),
        verdicts.word(found),
        verdicts.sentence(found),
        found,
        place == own,
    )


@require_GET
def law(request: DeskRequest) -> HttpResponse:
    """The map of states for one topic, profession and day; and the same as a list."""
    corpus, asked = request.shell.corpus, asking(request)
    topic = _topic(request.GET.get("topic", ""))
    found = atlas(corpus, STATES, topic, asked.profession, asked.on)
    tiles = [_tile(found[place], asked.own) for place in STATES]
    values = {
        "asked": asked,
        "topic": topic,
        "topics": TOPICS,
        "tiles": tiles,
        "legend": verdicts.legend(found.values()),
        "professions": profession_choices(),
        "words": verdicts,
        "on_file": len(states_on_file(corpus)),
        "corpus": corpus,
    }
    return render(request, "law.html", values, current="law")


def _topic(name: str) -> Topic:
    return next((one for one in TOPICS if one.id == name), TOPICS[0])


@require_GET
def place(request: DeskRequest, place: str) -> HttpResponse:
    """One jurisdiction: the standard cases, then every provision by what it is about."""
    corpus, asked = request.shell.corpus, asking(request)
    rules = law_of(corpus, place)
    if not rules and place not in (*STATES, NATION, CODES):
        raise Http404
    is_state = place in STATES
    answers = [
        _tile(reading(corpus, place, topic, asked.profession, asked.on), "")
        for topic in TOPICS
        if is_state and rules
    ]
    values = {
        "asked": asked,
        "place": place,
        "name": name_of(place),
        "answers": list(zip(TOPICS, answers, strict=True)) if answers else [],
        "shelf_of_topic": shelf_of_topic,
        "shelves": [
            (shelf, SHELVES[shelf], [statutes.line(one, corpus, asked.on) for one in lines])
            for shelf, lines in shelved(rules, corpus.facts)
        ],
        "covered": next((one for one in holdings(corpus) if one.place == place), None),
        "professions": profession_choices(),
        "others": named(one for one in states_on_file(corpus) if one != place),
        "words": verdicts,
    }
    return render(request, "law_place.html", values, current="law")


@require_GET
def provision(request: DeskRequest, provision_id: str) -> HttpResponse:
    """One provision: what it says, when it applies, what it demands, where it comes from."""
    corpus = request.shell.corpus
    rule = corpus.provisions.get(provision_id)
    if rule is None:
        raise Http404
    asked = asking(request)
    where, shelf = place_of(rule), shelf_of(rule, corpus.facts)
    lifted = [corpus.provisions[name] for name in rule.lifts if name in corpus.provisions]
    values = {
        "asked": asked,
        "rule": rule,
        "line": statutes.line(rule, corpus, asked.today),
        "where": where,
        "name": name_of(where),
        "shelf": shelf,
        "shelf_title": SHELVES[shelf],
        "regime": corpus.regimes[rule.regime],
        "when": in_words(rule.condition, corpus.facts),
        "signatures": [corpus.facts[name] for name in rule.authorization],
        "lifted": lifted,
        "stories": [
            (story, statutes.story_facts(story.facts, corpus))
            for story in request.shell.stories.of(rule)
        ],
        "say": statutes,
    }
    return render(request, "law_provision.html", values, current="law")


@require_http_methods(["GET", "POST"])
def seeking(request: DeskRequest) -> HttpResponse:
    """Provisions by plain words. Posted: a question may hold a name, and no address shall."""
    corpus, asked = request.shell.corpus, asking(request)
    typed = request.POST.get("q", "").strip()[:120]
    names = tuple((place, name_of(place)) for place in corpus.places)
    found = seek(corpus, typed, names) if typed else []
    values = {
        "typed": typed,
        "found": [statutes.line(one, corpus, asked.today) for one in found[:_MOST_FOUND]],
        "more": max(len(found) - _MOST_FOUND, 0),
    }
    return render(request, "law_search.html", values, current="law")


@require_GET
def about(request: DeskRequest) -> HttpResponse:
    """What this library is and is not, and how much is on file."""
    corpus = request.shell.corpus
    covered = {one.place: one for one in holdings(corpus)}
    values = {
        "corpus": corpus,
        "covered": sorted(
            ((name_of(one), covered[one]) for one in covered), key=lambda item: item[0]
        ),
        "missing": [name_of(place) for place in STATES if place not in covered],
    }
    return render(request, "law_about.html", values, current="law")
