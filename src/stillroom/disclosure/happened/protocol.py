"""A page for the wall or the bag: what to do on the worst day, in one state, for one profession.

Pure, from the law alone, so that it is there when the network is not. Rules: the standard case is
the clearest one there is (the law's own topics); what turns on a fact more says so, silence is told
as silence, each line has its citation and on what it rests; a number stands only as a provision
writes it with where it was seen; nothing names a client.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from stillroom.disclosure.happened.deeds import Sort
from stillroom.disclosure.happened.duties import Owed, owed, way_words
from stillroom.disclosure.happened.lines import OnFile, seen_numbers
from stillroom.disclosure.happened.puts import PUTS, Answered, Put, with_put
from stillroom.disclosure.happened.saying import Caller, Fact, Sentence, script
from stillroom.kernel import Trilean, spoken
from stillroom.law import TOPICS, Corpus, FactValue, Matter, Opinion, Stance, declared

_PARTS: Mapping[str, tuple[str, str, int]] = {
    "danger_to_others": ("Somebody else is in danger", "warn", 2),
    "danger_to_self": ("The client is in danger", "warn", 2),
    "child_abuse": ("A child is being harmed", "child", 2),
    "adult_abuse": ("An adult at risk is being harmed", "adult", 2),
}
"""By occasion: its title, the law's topic with the standard case, how many questions are asked."""

_SELF = (
    "In session a client explicitly says that he will kill himself, soon; you believe that he means"
    " it and can do it."
)
_BLANK = "________________"
_KINDS = {
    "danger_to_others": "violence_risk",
    "danger_to_self": "suicide_risk",
    "child_abuse": "abuse_suspicion",
    "adult_abuse": "abuse_suspicion",
}
_FACTS = {
    "danger_to_others": ("client_name", "target_words", "statement", "means", "when"),
    "danger_to_self": ("client_name", "client_address", "plan_words", "means"),
    "child_abuse": ("person", "age", "heard", "seen", "alleged"),
    "adult_abuse": ("person", "age", "heard", "seen", "alleged"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one may or must, and whom one would tell. `if_so` are the questions it turns on."""

    to: str
    says: str
    if_so: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do, or to mind. `enough` are the ways of which each alone is enough."""

    text: str
    by: str
    citation: str
    checked: str
    enough: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """What one occasion asks for."""

    id: str
    title: str
    supposes: str
    answers: tuple[Answer, ...]
    do: tuple[Line, ...]
    client: tuple[Line, ...]
    mind: tuple[Line, ...]
    numbers: tuple[OnFile, ...]
    say: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Protocol:
    """All of it, with the law it was made from."""

    place: str
    profession: str
    on: date
    corpus: str
    parts: tuple[Part, ...]

    @property
    def basis(self) -> str:
        """The weakest check of what is to be done."""
        order = ("", "text", "secondary", "recalled")
        lines = (line for part in self.parts for line in part.do)
        return max((one.checked for one in lines), key=order.index, default="")


def protocol(corpus: Corpus, place: str, profession: str, on: date, where: str = "") -> Protocol:
    """The page for one place and profession, as the law stands on a day. `where` is the place in
    words, for what is said on the telephone."""
    caller = Caller(_BLANK, spoken(profession), where, _BLANK)
    parts = tuple(_part(corpus, one, (place, profession, on), caller) for one in _PARTS)
    return Protocol(place, profession, on, corpus.digest, parts)


def _standard(corpus: Corpus, occasion: str) -> tuple[str, dict[str, FactValue]]:
    """The standard case in words, and its facts without who is told."""
    _, topic_id, _ = _PARTS[occasion]
    topic = next(one for one in TOPICS if one.id == topic_id)
    facts = {k: v for k, v in topic.asks[0].facts.items() if k != "recipient"}
    if occasion == "danger_to_self":
        return _SELF, declared({**facts, "victim": "self"}, corpus.facts)
    return topic.supposes, declared(facts, corpus.facts)


def _part(corpus: Corpus, occasion: str, law: tuple[str, str, date], caller: Caller) -> Part:
    place, profession, on = law
    title, _, most = _PARTS[occasion]
    supposes, facts = _standard(corpus, occasion)
    answered = [
        Answered(
            put,
            corpus.opine(
                Matter(put.act, (place,), profession, on), with_put(corpus, put, facts, {})
            ),
        )
        for put in PUTS[occasion][:most]
    ]
    every = owed(answered, (), datetime(on.year, on.month, on.day, tzinfo=UTC))
    listener = "agency" if PUTS[occasion][0].act == "report" else "law_enforcement"
    kind = _KINDS[occasion]
    blanks = [Fact(name, "", _BLANK, "") for name in _FACTS[occasion]]
    return Part(
        id=occasion,
        title=title,
        supposes=supposes,
        answers=tuple(_answer(one.put, one.opinion) for one in answered),
        do=_lines(every, Sort.DO),
        client=_lines(every, Sort.TELL_CLIENT),
        mind=_mind(every),
        numbers=numbers_in(every),
        say=script(occasion, listener, kind, caller, blanks, frozenset(_FACTS[occasion])),
    )


_SAYS: Mapping[Stance, str] = {
    Stance.REQUIRED: "you must",
    Stance.PERMITTED: "you may",
    Stance.WITH_AUTHORIZATION: "only if the client signs",
    Stance.FORBIDDEN: "you may not",
}
_MOST = 2
_BOUNDS = (
    "limit_to_emergency",
    "limit_to_essential",
    "limit_to_identifiers",
    "limit_to_involvement",
    "limit_to_threat",
    "report_only",
    "withhold_identity",
)


def _answer(put: Put, opinion: Opinion) -> Answer:
    low, high = opinion.stance.low, opinion.stance.high
    if opinion.silent is Trilean.YES:
        return Answer(put.words, "no law on file speaks to it; silence is no permission")
    if low == high:
        return Answer(put.words, _SAYS[low])
    asks = tuple(one.asks for one in opinion.wanting[:_MOST])
    return Answer(put.words, f"{_SAYS[low]}, or {_SAYS[high]}: it turns on a fact", asks)


def _lines(every: Iterable[Owed], sort: Sort) -> tuple[Line, ...]:
    return tuple(_line(one) for one in every if one.sort is sort)


def _line(one: Owed) -> Line:
    ways = tuple(way_words(way) for way in one.ways)
    sure = one.sure is Trilean.YES
    return Line(one.text, one.by.words, one.citation, one.checked, ways, sure)


def numbers_in(every: Iterable[Owed]) -> tuple[OnFile, ...]:
    """The numbers that these duties name, each once, where somebody saw them on a page."""
    found: dict[str, OnFile] = {}
    for one in every:
        for number in seen_numbers(one.text):
            line = OnFile(number, one.text, one.citation, one.provision)
            found.setdefault(line.tel, line)
    return tuple(found.values())


def _mind(every: Iterable[Owed]) -> tuple[Line, ...]:
    """The sure bounds on what is told, each text once. What an authorization must hold is no help
    on this day, and is left to the desk."""
    found: dict[str, Line] = {}
    for one in every:
        if one.act.startswith(_BOUNDS) and one.sure is Trilean.YES:
            found.setdefault(one.text, _line(one))
    return tuple(found.values())
