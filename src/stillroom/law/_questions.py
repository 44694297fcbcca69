"""Facts and matters from JSON, with named errors that point to the nearest valid choice."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from stillroom.kernel import Trilean
from stillroom.law._errors import (
    LawError,
    UnknownAct,
    UnknownPlace,
    UnknownProfession,
    WrongType,
    named,
    nearest,
)
from stillroom.law._facts import Fact, FactValue, find_fact
from stillroom.law._matter import Matter
from stillroom.law._vocabulary import ACTS, PROFESSIONS

_YES = (True, "yes", "true")
_NO = (False, "no", "false")


def read_facts(facts: Mapping[str, Fact], data: Mapping[str, object]) -> dict[str, FactValue]:
    """Facts from JSON values: null and "unknown" are left out, for absent is unknown.

    yes/no take true, false, "yes" or "no"; dates are ISO text; sets are lists.
    """
    known: dict[str, FactValue] = {}
    for name, value in data.items():
        fact = find_fact(facts, name)
        if value is not None and value is not Trilean.UNKNOWN and value != "unknown":
            known[name] = fact.admit(_READERS[fact.type](value))
    return known


def _read_yesno(value: object) -> object:
    if isinstance(value, bool | str):
        if value in _YES:
            return Trilean.YES
        if value in _NO:
            return Trilean.NO
    return value


def _read_date(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _read_set(value: object) -> object:
    if isinstance(value, list | tuple | set) and all(isinstance(v, str) for v in value):
        return frozenset(value)
    return value


def _same(value: object) -> object:
    return value


_READERS: dict[str, Callable[[object], object]] = {
    "yesno": _read_yesno,
    "choice": _same,
    "number": _same,
    "date": _read_date,
    "set": _read_set,
}


def read_matter(places: Iterable[str], data: Mapping[str, Any]) -> Matter:
    """A matter from JSON: act, place (one) or places (several), profession, on (ISO day)."""
    given = data.get("places", data.get("place"))
    listed = [given] if isinstance(given, str) else given
    if not isinstance(listed, list | tuple) or not all(isinstance(p, str) for p in listed):
        raise WrongType("places wants a list of places", advice="Say places as in [us-md].")
    day = _read_date(data.get("on"))
    if not isinstance(day, date):
        raise WrongType("on wants a date", advice="Say the day as in 2026-11-23.")
    matter = Matter(
        act=str(data.get("act")),
        places=tuple(listed),
        profession=str(data.get("profession")),
        on=day,
    )
    check_matter(matter, places)
    return matter


def check_matter(matter: Matter, places: Iterable[str]) -> None:
    """Raise if the act, a place or the profession is none that the corpus knows."""
    known = frozenset(places)
    _must_be(matter.act, ACTS, UnknownAct, "act")
    _must_be(matter.profession, PROFESSIONS, UnknownProfession, "profession")
    for place in matter.places:
        _must_be(place, known, UnknownPlace, "place")


def _must_be(word: str, choices: Iterable[str], error: type[LawError], noun: str) -> None:
    options = tuple(choices)
    if word not in options:
        raise error(
            f"no {noun} on file is called {named(word)}{nearest(word, options)}",
            advice=f"Choose one of: {', '.join(sorted(options))}.",
        )
