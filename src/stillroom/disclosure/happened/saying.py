"""Words to say on the telephone: the threat, and never the treatment. Pure.

Rules (45 CFR 164.512(j)(1), 164.502(b); the states' "tell the nature of the threat and no more"):
- A sentence is said only for a fact that was chosen, and in the words of that one fact.
- Only the fields in `SAYABLE` can be chosen at all: what was said, against whom, how, with what,
  how soon; of abuse what was seen and heard. Diagnosis, history, level of risk, reasons, how
  treatment goes and what was written about it are in no list, so that no click can let them in.
- Whoever answers a machine hears a name and a number, and nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stillroom.chart.contents import Answer
from stillroom.kernel import capital


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be said. `label` says what it is, `source` where it stands."""

    id: str
    label: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a sentence; `fill` where they are a fact of the record."""

    words: str
    fill: bool = False


Sentence = tuple[Run, ...]

_VIOLENCE: Mapping[str, str] = {
    "statement": "The words as spoken",
    "target_words": "Who is threatened, and how to reach them",
    "plan": "The plan: how, where, when",
    "means": "The means",
    "when": "How soon",
}
_SUICIDE: Mapping[str, str] = {
    "plan_words": "The plan: how, where, when",
    "means": "The means",
}
_ABUSE: Mapping[str, str] = {
    "person": "Who may have been harmed",
    "age": "Their age",
    "heard": "What was said, and by whom",
    "seen": "What you saw yourself",
    "when": "When and where it is said to have happened",
    "injured": "Injury, and care needed now",
    "alleged": "Who is alleged",
    "at_risk_words": "Other children who may be at risk",
}
SAYABLE: Mapping[str, Mapping[str, str]] = {
    "violence_risk": _VIOLENCE,
    "suicide_risk": _SUICIDE,
    "abuse_suspicion": _ABUSE,
}
"""By kind of record: the fields that may be said aloud, and what each is. Nothing else may."""

OF_CLIENT: Mapping[str, str] = {
    "client_name": "The client’s name",
    "client_age": "The client’s age",
    "client_address": "Where the client lives",
    "client_phone": "The client’s telephone",
}
_SHEET = "the front sheet"

LISTENERS: Mapping[str, str] = {
    "law_enforcement": "To the police",
    "potential_victim": "To the person threatened",
    "person_able_to_prevent": "To somebody able to prevent it",
    "family_involved": "To the family",
    "treating_provider": "To a hospital or crisis service",
    "agency": "To the agency",
    "machine": "On a machine, or to anyone else who answers",
}
_SAID_TO: Mapping[str, tuple[str, ...]] = {
    "danger_to_others": (
        "law_enforcement",
        "potential_victim",
        "person_able_to_prevent",
        "machine",
    ),
    "danger_to_self": (
        "law_enforcement",
        "person_able_to_prevent",
        "family_involved",
        "treating_provider",
        "machine",
    ),
    "child_abuse": ("agency", "law_enforcement", "machine"),
    "adult_abuse": ("agency", "law_enforcement", "machine"),
}
_LITTLE = ("client_name", "statement", "when")
_USUAL: Mapping[str, tuple[str, ...]] = {
    "potential_victim": _LITTLE,
    "person_able_to_prevent": ("client_name", "statement", "plan", "plan_words", "means", "when"),
    "family_involved": ("client_name", "plan_words", "means"),
}

_SENTENCES: Mapping[str, tuple[str, str]] = {
    "client_name": ("The client’s name is ", "."),
    "client_age": ("The age is ", "."),
    "client_address": ("The address that I have is ", "."),
    "client_phone": ("The telephone number that I have is ", "."),
    "target_words": ("The one threatened: ", ""),
    "statement": ("The words were: ", ""),
    "plan": ("What I know of a plan: ", ""),
    "plan_words": ("What I know of a plan: ", ""),
    "means": ("The means: ", ""),
    "person": ("The person who may have been harmed: ", ""),
    "age": ("Of the age of ", "."),
    "heard": ("I was told: ", ""),
    "seen": ("I saw: ", ""),
    "injured": ("Injury, and care needed now: ", ""),
    "alleged": ("Who is alleged: ", ""),
    "at_risk_words": ("Other children who may be at risk: ", ""),
}
_WHEN: Mapping[str, tuple[str, str]] = {
    "violence_risk": ("How soon: ", ""),
    "abuse_suspicion": ("It is said to have happened: ", ""),
}
_OPENINGS: Mapping[str, str] = {
    "danger_to_others": "A client of mine has threatened somebody, and I believe that it may be"
    " done.",
    "danger_to_self": "I believe that a person is in danger of ending their life, and needs help"
    " now.",
    "child_abuse": "I am making a report: I have reason to suspect that a child is being harmed.",
    "adult_abuse": "I am making a report: I have reason to suspect that an adult at risk is being"
    " harmed.",
}
_TO_THE_ONE = "I am calling because I believe that you may be in danger."
_ASKS: Mapping[str, str] = {
    "law_enforcement": "Please tell me the number of this call, and whom I am speaking with.",
    "agency": "Please tell me the number of this report, whom I am speaking with, and where a"
    " written report goes.",
    "potential_victim": "Please get to a safe place, and call 911 if you see anything that"
    " frightens you.",
}
LEAVE_OUT: tuple[str, ...] = (
    "The diagnosis, and what the client is in treatment for",
    "How long the client has come, and what else was said there",
    "What you feel sure will happen: say what you heard and saw",
    "On a machine, everything but your name, your number and “please call”",
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: name, profession and place in words, and a number to call back."""

    name: str
    profession: str
    place: str
    number: str = ""


def listeners(occasion: str) -> tuple[str, ...]:
    """Who may be at the other end."""
    return _SAID_TO[occasion]


def sayable(
    kind: str, answers: Iterable[Answer], client: Mapping[str, str], source: str = "the record"
) -> tuple[Fact, ...]:
    """What could be said: of the front sheet (`client`, by the names of `OF_CLIENT`), and of the
    record's fields that may be said. What was not written is not there."""
    given = {one.name: one.text.strip() for one in answers}
    found = [
        Fact(name, label, client[name].strip(), _SHEET)
        for name, label in OF_CLIENT.items()
        if client.get(name, "").strip()
    ]
    found += [
        Fact(name, label, given[name], source)
        for name, label in SAYABLE.get(kind, {}).items()
        if given.get(name)
    ]
    return tuple(found)


def usual(occasion: str, listener: str, facts: Iterable[Fact]) -> frozenset[str]:
    """The facts chosen at first: little for whoever is no authority; nothing for a machine.

    Where the one harmed is to be protected, the client's own telephone and age are left for asking.
    """
    names = [one.id for one in facts]
    if listener == "machine":
        return frozenset()
    if listener in _USUAL:
        return frozenset(names) & frozenset(_USUAL[listener])
    if occasion in ("child_abuse", "adult_abuse"):
        return frozenset(name for name in names if not name.startswith("client_"))
    return frozenset(names)


def script(
    occasion: str,
    listener: str,
    kind: str,
    caller: Caller,
    facts: Iterable[Fact],
    chosen: frozenset[str],
) -> tuple[Sentence, ...]:
    """The sentences, in the order in which they are said."""
    if listener == "machine":
        return _for_a_machine(caller)
    opening = _TO_THE_ONE if listener == "potential_victim" else _OPENINGS[occasion]
    said: list[Sentence] = [_who(caller), (Run(opening),)]
    said += [_about(one, kind) for one in facts if one.id in chosen]
    if caller.number:
        said.append((Run("You can reach me at "), Run(caller.number, fill=True), Run(".")))
    if listener in _ASKS:
        said.append((Run(_ASKS[listener]),))
    return tuple(said)


def told_of(facts: Iterable[Fact], chosen: frozenset[str]) -> str:
    """What was told, for the account: the labels, not the words (164.528(b)(2)(iii) wants a brief
    description)."""
    labels = [one.label for one in facts if one.id in chosen]
    first = "; ".join(labels)
    return capital(first)


def _who(caller: Caller) -> Sentence:
    where = f" in {caller.place}" if caller.place else ""
    article = "an" if caller.profession[:1].lower() in "aeiou" else "a"
    return (
        Run("My name is "),
        Run(caller.name, fill=True),
        Run(f". I am {article} {caller.profession}{where}."),
    )


def _for_a_machine(caller: Caller) -> tuple[Sentence, ...]:
    said: Sentence = (Run("My name is "), Run(caller.name, fill=True), Run(". Please call me now"))
    if caller.number:
        return ((*said, Run(" at "), Run(caller.number, fill=True), Run(".")),)
    return ((*said, Run(".")),)


def _about(fact: Fact, kind: str) -> Sentence:
    before, after = _WHEN.get(kind, ("When: ", "")) if fact.id == "when" else _SENTENCES[fact.id]
    words = " ".join(fact.words.split())
    if after == "." and words.endswith("."):
        after = ""
    if not after and words[-1:] not in ".?!”\"'’":
        after = "."
    return (Run(before), Run(words, fill=True), Run(after))
