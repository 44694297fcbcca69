"""Facts: typed, declared once, each with the question that asks for it.

A fact that is absent from the facts given, or given as `Trilean.UNKNOWN`, is not known. Nothing is
ever filled in by default (P6).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from stillroom.kernel import Trilean
from stillroom.law._entry import Entry
from stillroom.law._errors import OutOfRange, UnknownFact, WrongType, named, nearest
from stillroom.law._vocabulary import FACT_TYPES

FactValue = Trilean | str | int | float | date | frozenset[str]
Facts = Mapping[str, FactValue]
"""What is known, by name of fact; an absent fact is unknown."""

_FIELDS = (
    "fact",
    "type",
    "values",
    "unit",
    "range",
    "attainable",
    "standing",
    "asks",
    "means",
    "group",
)
_WANTS = {
    "yesno": "yes, no or unknown",
    "choice": "one of its values",
    "number": "a number",
    "date": "a date",
    "set": "a set of its values",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that may be known of a matter.

    `attainable` says whether a closed door may be opened by making it true (a signature, proof, an
    order: yes; an age, a recipient: no). `bounds` are the least and greatest admitted number. One
    that is `standing` is so of whoever answers and of her work, the same in each of her matters.
    """

    name: str
    type: str
    values: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    bounds: tuple[float | None, float | None] = (None, None)
    attainable: bool = False
    standing: bool = False
    asks: str = ""
    means: str = ""
    group: str = ""

    def admit(self, value: object) -> FactValue:
        """The value, if this fact may have it; else WrongType or OutOfRange."""
        if value is Trilean.UNKNOWN:
            return Trilean.UNKNOWN
        if not _TYPE_OF[self.type](value):
            raise WrongType(f"{self.name} wants {_WANTS[self.type]}", advice=self._advice())
        if self.type == "choice":
            self._member(value)
        elif self.type == "set":
            for member in value:  # type: ignore[attr-defined]
                self._member(member)
        elif self.type == "number":
            self._bounded(value)  # type: ignore[arg-type]
        return value  # type: ignore[return-value]

    def _member(self, value: object) -> None:
        if value not in self.values:
            hint = nearest(value, self.values)
            raise OutOfRange(f"{self.name} has no such value{hint}", advice=self._advice())

    def _bounded(self, value: float) -> None:
        least, most = self.bounds
        if (least is not None and value < least) or (most is not None and value > most):
            raise OutOfRange(
                f"{self.name} lies between {least} and {most}; the nearest is "
                f"{least if least is not None and value < least else most}",
                advice=self._advice(),
            )

    def _advice(self) -> str:
        if self.values:
            return f"Give {_WANTS[self.type]}: {', '.join(self.values)}."
        return f"Give {_WANTS[self.type]}."


_TYPE_OF: dict[str, Any] = {
    "yesno": lambda v: isinstance(v, Trilean),
    "choice": lambda v: isinstance(v, str),
    "number": lambda v: isinstance(v, int | float) and not isinstance(v, bool) and v == v,
    "date": lambda v: isinstance(v, date) and not isinstance(v, datetime),
    "set": lambda v: isinstance(v, frozenset),
}


def parse_fact(entry: Entry) -> Fact:
    """A fact as written in provisions/facts/*.yaml."""
    entry.only(_FIELDS)
    kind = entry.one_of("type", FACT_TYPES)
    values = {k: _meaning(v.value) for k, v in entry.inner("values").fields.items()}
    if kind in ("choice", "set") and not values:
        entry.complain("values", f"a {kind} needs values, each with its meaning")
    standing = entry.yes("standing", default=False)
    if standing and kind not in ("yesno", "choice"):
        entry.complain("standing", f"a {kind} is asked for in each matter")
    return Fact(
        name=entry.text("fact", needed=True),
        type=kind,
        values=values if kind in ("choice", "set") else {},
        unit=entry.text("unit"),
        bounds=_bounds(entry),
        attainable=entry.yes("attainable", default=kind == "yesno"),
        standing=standing,
        asks=entry.text("asks", needed=True),
        means=entry.text("means", needed=True),
        group=entry.text("group"),
    )


def _meaning(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _bounds(entry: Entry) -> tuple[float | None, float | None]:
    ends = [item.value for item in entry.items("range")]
    if not ends:
        return (None, None)
    if len(ends) != 2 or not all(e is None or isinstance(e, int | float) for e in ends):
        entry.complain("range", "should be two numbers, least and greatest, such as [0, 130]")
        return (None, None)
    return (ends[0], ends[1])


def find_fact(facts: Mapping[str, Fact], name: object) -> Fact:
    """The declared fact of that name; else an UnknownFact with the nearest one."""
    fact = facts.get(name) if isinstance(name, str) else None
    if fact is None:
        raise UnknownFact(f"no fact is called {named(name)}{nearest(name, facts)}")
    return fact


def admit_all(facts: Mapping[str, Fact], given: Mapping[str, object]) -> dict[str, FactValue]:
    """Every given fact, checked by name, type and range."""
    return {name: find_fact(facts, name).admit(value) for name, value in given.items()}
