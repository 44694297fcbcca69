"""The questions that danger and abuse put to the law: what would be done, and who would be told.

Pure. Every question of an occasion is asked with the same facts and another recipient; what the law
owes is the sum of the answers. What the record is called by the law (`kind`) is what would be told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from stillroom.law import Corpus, Facts, FactValue, Matter, Opinion


@dataclass(frozen=True, slots=True)
class Put:
    """One way of putting the question."""

    act: str
    recipient: str
    words: str

    @property
    def key(self) -> str:
        """As a form names it."""
        return f"{self.act}.{self.recipient}"


_POLICE = "the police"
_PREVENT = Put("warn", "person_able_to_prevent", "somebody able to prevent it")
_WARN_POLICE = Put("warn", "law_enforcement", _POLICE)
_REPORT_POLICE = Put("report", "law_enforcement", _POLICE)
CHILD_AGENCY = Put("report", "child_protective_services", "the child protection agency")
ADULT_AGENCY = Put("report", "adult_protective_services", "adult protective services")
PUTS: Mapping[str, tuple[Put, ...]] = {
    "danger_to_others": (
        Put("warn", "potential_victim", "the person threatened"),
        _WARN_POLICE,
        _PREVENT,
    ),
    "danger_to_self": (
        _PREVENT,
        _WARN_POLICE,
        Put("warn", "family_involved", "family who take part in the care"),
        Put("warn", "treating_provider", "a hospital, or whoever else treats the client"),
    ),
    "child_abuse": (CHILD_AGENCY, _REPORT_POLICE),
    "adult_abuse": (
        ADULT_AGENCY,
        _REPORT_POLICE,
        Put("report", "health_oversight", "the state’s survey agency, for a place of care"),
    ),
}
"""By occasion. The first one is the one that a matter opens with."""

PURPOSE: Mapping[str, str] = {"warn": "avert_threat", "report": "abuse_report"}
USUAL: Mapping[str, Mapping[str, FactValue]] = {
    "danger_to_others": {},
    "danger_to_self": {"victim": "self"},
    "child_abuse": {},
    "adult_abuse": {},
}
"""What the occasion itself says, where no answer says it."""

ABUSE_KINDS: Mapping[str, str] = {
    "child_abuse": "child_abuse",
    "child_neglect": "child_abuse",
    "vulnerable_adult_abuse": "adult_abuse",
    "elder_abuse": "adult_abuse",
}
"""Which occasion a suspicion belongs to, by the value of the law's fact `suspicion`."""


def occasion_of(kind: str, facts: Mapping[str, object]) -> str:
    """The occasion that a risk record raises; empty for a record that raises none."""
    if kind == "suicide_risk":
        return "danger_to_self"
    if kind == "violence_risk":
        return "danger_to_self" if facts.get("victim") == "self" else "danger_to_others"
    if kind == "abuse_suspicion":
        return ABUSE_KINDS.get(str(facts.get("suspicion", "")), "")
    return ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and the law's answer."""

    put: Put
    opinion: Opinion


def ask(
    corpus: Corpus, occasion: str, places: Sequence[str], profession: str, on: date, facts: Facts
) -> tuple["Answered", ...]:
    """The law's answers to all questions of an occasion. `facts` are those of the matter; who is
    told, and what for, each question says itself."""
    return tuple(
        Answered(put, corpus.opine(Matter(put.act, tuple(places), profession, on), known))
        for put in PUTS[occasion]
        for known in (with_put(corpus, put, facts, USUAL[occasion]),)
    )


def with_put(corpus: Corpus, put: Put, facts: Facts, usual: Facts) -> dict[str, FactValue]:
    """The facts with this question's recipient and purpose."""
    own: dict[str, FactValue] = {"recipient": put.recipient, "purpose": PURPOSE[put.act]}
    known = {**usual, **facts, **own}
    return {name: value for name, value in known.items() if name in corpus.facts}


def recipients(occasion: str) -> Iterable[str]:
    """Whom an occasion may tell, by the law's names."""
    return (put.recipient for put in PUTS[occasion])
