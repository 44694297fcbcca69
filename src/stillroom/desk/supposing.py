"""A question without a client: what was supposed, carried from form to form. Pure.

Nothing of it is stored and nothing of it stands in an address: the whole state travels in the form,
and every answer sends it back. What somebody could not tell stays unknown (P6) and is not asked
again; it can be taken up once more like any answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from stillroom.desk.forms import days
from stillroom.kernel import StillroomError, Trilean
from stillroom.law import (
    ACTS,
    NATION,
    PROFESSIONS,
    TOPICS,
    Corpus,
    Duty,
    Facts,
    FactValue,
    Interval,
    Matter,
    Opinion,
    Want,
    declared,
    facts_from_json,
    states_on_file,
)

_KNOWN, _LEFT = "known.", "left"
CASE, ACT = "case:", "act:"


class NoQuestion(StillroomError):
    """The question is not one that the law on file can be asked."""

    what = "that question cannot be asked as it stands"
    usual_advice = "Choose what you would do, who would receive it, a place and a profession."


@dataclass(frozen=True)
class Supposed:
    """What is supposed. `other` is a second place, "" for none; `left` are facts left unknown."""

    act: str
    place: str
    other: str
    profession: str
    on: date
    facts: Facts = field(default_factory=dict)
    left: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """The places whose law is asked; federal law always joins."""
        return tuple(dict.fromkeys(one for one in (self.place, self.other) if one))

    def matter(self, *places: str) -> Matter:
        """The question to the law of these places, or of all."""
        return Matter(self.act, places or self.places, self.profession, self.on)


def begun(typed: Mapping[str, str], corpus: Corpus, today: date) -> Supposed:
    """A question as it is first put: from a standard case, or from an act and a recipient."""
    chosen = typed.get("case", "")
    act, facts = "", dict[str, FactValue]()
    if chosen.startswith(CASE):
        name, _, number = chosen.removeprefix(CASE).partition(".")
        for topic in TOPICS:
            if topic.id == name and number.isdecimal() and int(number) < len(topic.asks):
                act = topic.act
                facts = declared(topic.asks[int(number)].facts, corpus.facts)
    elif chosen.startswith(ACT):
        act = chosen.removeprefix(ACT)
        if not typed.get("recipient"):
            raise NoQuestion(
                "it is not said who would receive it",
                advice="The law answers each recipient differently; choose one, and ask again.",
            )
    if typed.get("recipient") and "recipient" not in facts:
        facts |= facts_from_json(corpus, {"recipient": typed["recipient"]})
    return _checked(typed, corpus, today, Supposed(act, "", "", "", today, facts))


def carried(posted: Mapping[str, Sequence[str]], corpus: Corpus, today: date) -> Supposed:
    """A question as the form brought it back."""
    typed = {name: values[-1] for name, values in posted.items() if values}
    raw = {
        name.removeprefix(_KNOWN): _raw(name.removeprefix(_KNOWN), values, corpus)
        for name, values in posted.items()
        if name.startswith(_KNOWN)
    }
    left = tuple(name for name in posted.get(_LEFT, ()) if name in corpus.facts)
    facts = facts_from_json(corpus, raw)
    base = Supposed(typed.get("act", ""), "", "", "", today, facts, left)
    return _checked(typed, corpus, today, base)


def _checked(typed: Mapping[str, str], corpus: Corpus, today: date, base: Supposed) -> Supposed:
    places = (NATION, *states_on_file(corpus))
    place, other = typed.get("place", ""), typed.get("other", "")
    profession = typed.get("profession", "")
    if (
        base.act not in ACTS
        or place not in places
        or (other and other not in places)
        or profession not in PROFESSIONS
    ):
        raise NoQuestion
    on = days(typed, "on") or today
    return replace(
        base, place=place, other=other if other != place else "", profession=profession, on=on
    )


def _raw(name: str, values: Sequence[str], corpus: Corpus) -> Any:
    """Posted text as a JSON value of the fact's type."""
    fact = corpus.facts.get(name)
    if fact is not None and fact.type == "set":
        return list(values)
    text = values[-1] if values else ""
    if fact is not None and fact.type == "number":
        plain = text.isascii() and text.replace(".", "", 1).isdigit()
        return float(text) if plain else text
    return text


def answered(asked: Supposed, name: str, values: Sequence[str], corpus: Corpus) -> Supposed:
    """One answer more; `unknown` leaves it unknown and asks it no more."""
    if name not in corpus.facts:
        raise NoQuestion
    given = [one for one in values if one]
    if not given or given == ["unknown"]:
        facts = {one: value for one, value in asked.facts.items() if one != name}
        return replace(asked, facts=facts, left=tuple(dict.fromkeys((*asked.left, name))))
    known = facts_from_json(corpus, {name: _raw(name, given, corpus)})
    left = tuple(one for one in asked.left if one != name)
    return replace(asked, facts={**asked.facts, **known}, left=left)


def forgotten(asked: Supposed, name: str) -> Supposed:
    """An answer taken back."""
    facts = {one: value for one, value in asked.facts.items() if one != name}
    return replace(asked, facts=facts, left=tuple(one for one in asked.left if one != name))


def fields(asked: Supposed) -> list[tuple[str, str]]:
    """The state as hidden fields of a form, places and profession too."""
    base = [
        ("act", asked.act),
        ("place", asked.place),
        ("other", asked.other),
        ("profession", asked.profession),
        ("on", asked.on.isoformat()),
    ]
    return base + known_fields(asked)


def known_fields(asked: Supposed) -> list[tuple[str, str]]:
    """What is known, and what was left unknown, as hidden fields."""
    found = []
    for name, value in sorted(asked.facts.items()):
        found += [(f"{_KNOWN}{name}", text) for text in _texts(value)]
    return [*found, *((_LEFT, name) for name in asked.left)]


def _texts(value: FactValue) -> Iterable[str]:
    if isinstance(value, Trilean):
        return (value.value,)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return (value.isoformat(),)
    return (f"{value:g}" if isinstance(value, float) else str(value),)


def next_want(opinion: Opinion, asked: Supposed) -> Want | None:
    """The most decisive question that was not left unknown."""
    return next((want for want in opinion.wanting if want.fact not in asked.left), None)


@dataclass(frozen=True)
class Due:
    """A duty with its clock, as a page shows it."""

    duty: Duty
    words: str
    sure: bool


def clocks(opinion: Opinion) -> list[Due]:
    """The duties of an opinion; those with a time to keep first."""
    found = [Due(one, _when(one, opinion.on), one.applies is Trilean.YES) for one in opinion.duties]
    return sorted(found, key=lambda one: (not one.sure, not one.words))


def _when(duty: Duty, today: date) -> str:
    if duty.due is not None:
        left = (duty.due - today).days
        return f"{left} day{'s' if left != 1 else ''}" if left >= 0 else "past"
    return duty.deadline.words if duty.deadline is not None else ""


def stricter(first: Interval, second: Interval) -> int:
    """Which of two answers allows less as things stand: 0 the first, 1 the second, -1 neither."""
    ends = (first.low, first.high), (second.low, second.high)
    return -1 if ends[0] == ends[1] else 0 if ends[0] < ends[1] else 1
