"""A provision as a page shows it: what it does, for whom, by when, where it comes from. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from stillroom.desk.forms import kind_title
from stillroom.desk.places import name_of
from stillroom.desk.verdicts import professions
from stillroom.kernel import capital, spoken
from stillroom.law import RECORD_KINDS, Corpus, Deadline, Demand, Provision, place_of

_DOES: Mapping[str, str] = {
    "requires": "requires",
    "forbids": "forbids",
    "permits": "allows",
    "permits_with_authorization": "allows with authorization",
    "adds": "adds duties",
}
_LAYERS: Mapping[str, str] = {
    "rule": "the rule",
    "exception": "an exception: it lifts the rule where it applies",
    "bar": "a bar: it holds whatever lifts the rule",
}
_ACTS: Mapping[str, str] = {
    "disclose": "disclosing the record",
    "warn": "warning of a danger",
    "report": "reporting abuse",
    "testify": "testifying",
    "consult": "consulting a colleague",
    "withhold": "withholding",
    "inform": "telling the client or a parent",
    "destroy": "destroying the record",
}


def does(rule: Provision) -> str:
    """What it does, in a word or two."""
    return _DOES[rule.modality]


def layer(rule: Provision) -> str:
    """How it stands to the other provisions of its regime."""
    return _LAYERS[rule.layer]


def acts(rule: Provision) -> list[str]:
    """The acts it speaks of, in words."""
    return [words for act, words in _ACTS.items() if act in rule.acts]


def act_choices() -> list[tuple[str, str]]:
    """Every act with its words, for a field to choose from."""
    return [(act, capital(words)) for act, words in _ACTS.items()]


def kinds(rule: Provision) -> str:
    """The record kinds it reaches."""
    left = [kind for kind in RECORD_KINDS if kind not in rule.kinds]
    if not left:
        return "every kind of record"
    if len(left) <= 4:
        return f"every kind of record but {', '.join(kind_title(kind) for kind in left)}"
    return ", ".join(kind_title(kind) for kind in RECORD_KINDS if kind in rule.kinds)


def in_force(rule: Provision, on: date) -> tuple[str, bool]:
    """Since when and until when; and whether it is law on that day."""
    start, end = rule.in_force
    words = f"since {_day(start)}" if start else "beginning not known here"
    if end is not None:
        words = f"{f'from {_day(start)}' if start else 'in force'} to {_day(end)}"
    return words, rule.in_force_on(on)


def _day(when: date | None) -> str:
    return f"{when:%B} {when.day}, {when.year}" if when else ""


@dataclass(frozen=True)
class Task:
    """One thing that a provision demands: what, by when, what is enough."""

    text: str
    by: str
    counted_from: str
    citation: str
    enough: tuple[str, ...]


def tasks(rule: Provision, corpus: Corpus) -> list[Task]:
    """Everything it demands, as written."""
    return [_task(one, rule, corpus) for one in rule.demands]


def _task(one: Demand, rule: Provision, corpus: Corpus) -> Task:
    ways = tuple(" and ".join(spoken(act) for act in way) for way in one.discharged_by)
    cited = one.citation if one.citation != rule.citation else ""
    return Task(one.text, one.by.words if one.by else "", _start(one.by, corpus), cited, ways)


def _start(by: Deadline | None, corpus: Corpus) -> str:
    """What a span is counted from, in the words of the fact."""
    if by is None or not by.of or by.of not in corpus.facts:
        return ""
    return corpus.facts[by.of].means.partition(";")[0].rstrip(".")


@dataclass(frozen=True)
class Source:
    """Where a provision was read: an address where there is one, and what is said of it."""

    address: str
    words: str


def sources(rule: Provision) -> list[Source]:
    """The sources one by one."""
    found = []
    for part in rule.source.split("; "):
        address, _, rest = part.partition(" ")
        linked = address.startswith(("https://", "http://"))
        found.append(Source(address, rest) if linked else Source("", part))
    return found


@dataclass(frozen=True)
class Line:
    """A provision in a list."""

    rule: Provision
    place: str
    does: str
    whom: str
    force: str
    now: bool
    tasks: Sequence[Task]


def line(rule: Provision, corpus: Corpus, on: date) -> Line:
    """A provision as a list shows it on a day."""
    force, now = in_force(rule, on)
    whom = professions(rule.professions)
    place = name_of(place_of(rule))
    return Line(rule, place, does(rule), whom, force, now, tasks(rule, corpus))


def story_facts(facts: Mapping[str, object], corpus: Corpus) -> str:
    """What is known in a story, in a few words."""
    told = []
    for name, value in facts.items():
        fact = corpus.facts.get(name)
        said = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        if isinstance(said, list):
            said = ", ".join(spoken(str(one)) for one in said)
        elif fact is not None and isinstance(said, str):
            said = fact.values.get(said) or spoken(said)
        told.append(f"{spoken(name)}: {said}")
    return "; ".join(told)
