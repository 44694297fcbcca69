"""Why: the findings of an opinion and its regimes, as a page of it shows them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from stillroom.desk.forms import kind_title
from stillroom.kernel import Trilean, spoken
from stillroom.law import Corpus, Facts, Finding, Interval, Opinion, RegimeAnswer
from stillroom.practice.places import fact_words


@dataclass(frozen=True)
class Told:
    """A fact as it is told back in the margin."""

    label: str
    value: str | None
    name: str = ""


LABELS = {
    "recipient": "who asks",
    "instrument": "by what",
    "judge_signed": "a judge signed",
    "client_age": "the client's age",
    "served_on": "served on",
}


def told(
    facts: Facts,
    corpus: Corpus,
    without: Iterable[str] = (),
    labels: Mapping[str, str] = LABELS,
) -> list[Told]:
    """What is known, in words, by name."""
    left_out = frozenset(without)
    return [
        Told(labels.get(name) or fact_words(name), in_words(value), name)
        for name, value in sorted(facts.items())
        if name in corpus.facts and name not in left_out
    ]


def in_words(value: Any) -> str:
    """A fact's value in words."""
    if hasattr(value, "value"):
        return str(value.value)
    if isinstance(value, frozenset):
        return ", ".join(sorted(kind_title(one) for one in value))
    return spoken(str(value))


@dataclass(frozen=True)
class RegimeRow:
    """One body of law on the scale."""

    title: str
    stance: Interval
    governs: bool
    note: str = ""


def regimes(opinion: Opinion, names: Mapping[str, str] | None = None) -> list[RegimeRow]:
    """The regimes that say something here; with `names`, each state's says whose it is."""
    return [
        RegimeRow(one.title, one.stance, one.governs, _where(one, names or {}))
        for one in opinion.regimes
        if one.stance is not None
    ]


def _where(answer: RegimeAnswer, names: Mapping[str, str]) -> str:
    """Of which state's law, and of which of its statutes, an answer is."""
    return ", ".join(part for part in (names.get(answer.place, ""), answer.statute) if part)


@dataclass(frozen=True)
class Reasons:
    """Why: what applies, what may if a fact is so, and the duties that go with it."""

    apply: list[Finding]
    may: list[Finding]
    adds: list[Finding]


def reasons(opinion: Opinion) -> Reasons:
    """The findings that speak of a kind asked for, what decides first."""
    asked = frozenset(opinion.asked)
    near = [one for one in opinion.findings if one.rule.kinds & asked]
    near.sort(key=lambda one: not one.decides)
    weighing = [one for one in near if one.modality != "adds"]
    return Reasons(
        [one for one in weighing if one.applies is Trilean.YES],
        [one for one in weighing if one.applies is Trilean.UNKNOWN],
        [one for one in near if one.modality == "adds" and one.applies is Trilean.YES],
    )
