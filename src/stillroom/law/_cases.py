"""Cases: what a provision, or the whole corpus, must say of given facts. Law has tests beside it.

`x.cases.yaml` beside `x.yaml` asks single provisions whether they apply; `cases/*.yaml` asks whole
opinions. The formats are in docs/provisions.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from stillroom.law._entry import Entry
from stillroom.law._errors import LawError, nearest
from stillroom.law._facts import Fact, FactValue
from stillroom.law._loading import Loaded, entries
from stillroom.law._questions import read_facts
from stillroom.law._stance import Interval, Stance
from stillroom.law._vocabulary import ACTS, PROFESSIONS, RECORD_KINDS

_PROVISION_FIELDS = (
    "provision",
    "case",
    "on",
    "act",
    "place",
    "places",
    "profession",
    "facts",
    "expect",
    "reach_includes",
    "reach_excludes",
    "stance",
    "source",
)
_OPINION_FIELDS = ("case", "matter", "facts", "expect", "source", "notes")
_EXPECT_FIELDS = (
    "stance",
    "reach_never",
    "reach_surely",
    "reach_possibly",
    "wanting_includes",
    "wanting_excludes",
    "conflict",
    "cites",
    "duties",
    "opens_includes",
)


@dataclass(frozen=True, slots=True)
class ProvisionCase:
    """Does `provision` apply to these facts? What is None is not asked or not overridden."""

    entry: Entry
    provision: str
    case: str
    expect: str
    facts: Mapping[str, FactValue]
    on: date | None = None
    act: str = ""
    places: tuple[str, ...] = ()
    profession: str = ""
    reach_includes: tuple[str, ...] = ()
    reach_excludes: tuple[str, ...] = ()
    stance: Interval | None = None


@dataclass(frozen=True, slots=True)
class OpinionCase:
    """What must an opinion on this matter and these facts say?"""

    entry: Entry
    expect: Entry
    case: str
    matter: Mapping[str, Any]
    facts: Mapping[str, FactValue]
    stance: Interval | None = None
    conflict: bool | None = None
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def provision_cases(root: Path, loaded: Loaded) -> Iterator[ProvisionCase]:
    """Every case beside a provision file. Mistakes in them join `loaded.problems`."""
    for path in sorted(root.rglob("*.cases.yaml")):
        sheet, items = entries(path, root)
        for item in items:
            case = _provision_case(Entry(sheet, item), loaded)
            if case is not None:
                yield case
        loaded.problems += sheet.problems


def opinion_cases(root: Path, loaded: Loaded) -> Iterator[OpinionCase]:
    """Every case in cases/*.yaml. Mistakes in them join `loaded.problems`."""
    for path in sorted(root.glob("cases/*.yaml")):
        sheet, items = entries(path, root)
        for item in items:
            case = _opinion_case(Entry(sheet, item), loaded)
            if case is not None:
                yield case
        loaded.problems += sheet.problems


def _provision_case(entry: Entry, loaded: Loaded) -> ProvisionCase | None:
    entry.only(_PROVISION_FIELDS)
    name = entry.text("provision", needed=True)
    if name not in loaded.provisions:
        hint = nearest(name, loaded.provisions)
        entry.complain("provision", f"no provision is called {name}{hint}")
    facts = _facts(entry, loaded.facts)
    if facts is None or name not in loaded.provisions:
        return None
    return ProvisionCase(
        entry=entry,
        provision=name,
        case=entry.text("case", needed=True),
        expect=_answer(entry),
        facts=facts,
        on=entry.day("on"),
        act=entry.one_of("act", ACTS) if "act" in entry else "",
        places=entry.words("places") or entry.words("place"),
        profession=entry.one_of("profession", PROFESSIONS) if "profession" in entry else "",
        reach_includes=entry.words("reach_includes", RECORD_KINDS),
        reach_excludes=entry.words("reach_excludes", RECORD_KINDS),
        stance=_stance(entry),
    )


def _opinion_case(entry: Entry, loaded: Loaded) -> OpinionCase | None:
    entry.only(_OPINION_FIELDS)
    expect = entry.inner("expect")
    expect.only(_EXPECT_FIELDS)
    facts = _facts(entry, loaded.facts)
    if facts is None:
        return None
    listed = (key for key in _EXPECT_FIELDS if key not in ("stance", "conflict"))
    return OpinionCase(
        entry=entry,
        expect=expect,
        case=entry.text("case", needed=True),
        matter=entry.at("matter").plain() or {},
        facts=facts,
        stance=_stance(expect),
        conflict=expect.yes("conflict", default=False) if "conflict" in expect else None,
        lists={key: _texts(expect, key) for key in listed if key in expect},
    )


def _texts(entry: Entry, key: str) -> tuple[str, ...]:
    value = entry.at(key).value
    items = value if isinstance(value, list) else [entry.at(key)]
    return tuple(str(item.value) for item in items)


def _answer(entry: Entry) -> str:
    value = entry.at("expect").value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value != "unknown":
        entry.complain("expect", "should be yes, no or unknown")
    return "unknown"


def _facts(entry: Entry, declared: Mapping[str, Fact]) -> dict[str, FactValue] | None:
    """The case's facts, or None after a complaint."""
    known: dict[str, FactValue] = {}
    given = entry.inner("facts")
    before = len(entry.sheet.problems)
    for name, written in given.fields.items():
        try:
            known |= read_facts(declared, {name: written.plain()})
        except LawError as wrong:
            given.complain(name, str(wrong))
    return known if len(entry.sheet.problems) == before else None


def _stance(entry: Entry) -> Interval | None:
    """`stance: PERMITTED` or `stance: {low: FORBIDDEN, high: PERMITTED}`."""
    written = entry.at("stance")
    if written.value is None:
        return None
    names = [stance.name for stance in Stance]
    if isinstance(written.value, dict):
        ends = entry.inner("stance")
        ends.only(("low", "high"))
        return Interval(Stance[ends.one_of("low", names)], Stance[ends.one_of("high", names)])
    only = Stance[entry.one_of("stance", names)]
    return Interval(only, only)
