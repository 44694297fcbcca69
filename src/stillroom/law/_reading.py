"""Reading provisions and regimes from their sheets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from stillroom.law._conditions import (
    ALWAYS,
    Alternative,
    Condition,
    TooWide,
    alternatives,
    as_all,
)
from stillroom.law._demands import parse_demand
from stillroom.law._entry import Entry
from stillroom.law._errors import nearest
from stillroom.law._facts import Fact
from stillroom.law._phrases import Phrasebook
from stillroom.law._provision import Provision
from stillroom.law._vocabulary import (
    ACTS,
    CHECKED,
    CONFIDENCE,
    LAYERS,
    MODALITIES,
    PROFESSIONS,
    RECORD_KINDS,
)

_FIELDS = (
    "id",
    "citation",
    "title",
    "regime",
    "place",
    "statute",
    "in_force",
    "professions",
    "acts",
    "modality",
    "layer",
    "lifts",
    "recipients",
    "when",
    "authorization",
    "reach",
    "demands",
    "notice",
    "opens",
    "says",
    "checked",
    "confidence",
    "source",
    "as_of",
    "notes",
)


@dataclass(frozen=True, slots=True)
class Regime:
    """A body of law that gives one answer. One that does not govern adds duties, never weighs.

    One that only tightens holds back what the others let through. It opens nothing, and where they
    are silent it does not count as speaking.
    """

    id: str
    title: str
    governs: bool = True
    yields_to_required: tuple[str, ...] = ()
    tightens: bool = False


def parse_regime(entry: Entry) -> Regime:
    """A regime as written in provisions/regimes.yaml."""
    entry.only(("regime", "title", "governs", "tightens", "yields_to_required", "means"))
    if "tightens" in entry and "yields_to_required" in entry and entry.words("yields_to_required"):
        entry.complain("yields_to_required", "a regime that only tightens gives way to none")
    return Regime(
        id=entry.text("regime", needed=True),
        title=entry.text("title", needed=True),
        governs=entry.yes("governs", default=True),
        yields_to_required=entry.words("yields_to_required"),
        tightens=entry.yes("tightens", default=False),
    )


class ProvisionReader:
    """Reads provisions against the declared facts and regimes."""

    def __init__(self, facts: Mapping[str, Fact], regimes: Mapping[str, Regime]) -> None:
        self.facts = facts
        self.regimes = regimes

    def read(self, entry: Entry) -> Provision:
        """One provision; complaints go to its sheet."""
        entry.only(_FIELDS)
        condition = self._condition(entry)
        found = Provision(
            **self._words(entry),
            acts=frozenset(entry.words("acts", ACTS)),
            professions=self._everyone(entry, "professions", PROFESSIONS),
            kinds=self._kinds(entry),
            condition=condition,
            alternatives=self._alternatives(entry, condition),
            in_force=self._in_force(entry),
            lifts=entry.words("lifts"),
            authorization=entry.words("authorization", self._yesno_facts),
            demands=self._demands(entry),
            as_of=entry.day("as_of"),
            file=entry.sheet.file,
            line=entry.line,
        )
        _complain_of_gaps(entry, found)
        self._complain_of_opening(entry, found)
        return found

    def _complain_of_opening(self, entry: Entry, found: Provision) -> None:
        """A regime that only tightens requires nothing; that would be a conflict of its own."""
        regime = self.regimes.get(found.regime)
        if regime is not None and regime.tightens and found.modality == "requires":
            entry.complain("modality", f"{regime.id} only tightens; it can require nothing")

    def _words(self, entry: Entry) -> dict[str, Any]:
        return {
            "id": entry.text("id", needed=True),
            "citation": entry.text("citation", needed=True),
            "title": entry.text("title", needed=True),
            "regime": entry.one_of("regime", tuple(self.regimes) or ("none",)),
            "place": _place(entry),
            "statute": entry.text("statute"),
            "modality": entry.one_of("modality", MODALITIES),
            "layer": entry.one_of("layer", LAYERS, default="rule"),
            "notice": entry.text("notice"),
            "opens": entry.text("opens"),
            "says": entry.text("says", needed=True),
            "checked": entry.one_of("checked", CHECKED),
            "confidence": entry.one_of("confidence", CONFIDENCE),
            "source": entry.text("source", needed=True),
            "notes": _notes(entry),
        }

    @cached_property
    def _yesno_facts(self) -> frozenset[str]:
        return frozenset(f.name for f in self.facts.values() if f.type == "yesno")

    def _everyone(self, entry: Entry, key: str, choices: tuple[str, ...]) -> frozenset[str]:
        if entry.at(key).value in ("any", "all", None):
            return frozenset(choices)
        return frozenset(entry.words(key, choices))

    def _kinds(self, entry: Entry) -> frozenset[str]:
        reach = entry.inner("reach")
        reach.only(("includes", "excludes"))
        included = self._everyone(reach, "includes", RECORD_KINDS)
        return included - frozenset(reach.words("excludes", RECORD_KINDS))

    def _condition(self, entry: Entry) -> Condition:
        book = Phrasebook(entry.sheet, self.facts)
        when, to = entry.at("when"), entry.at("recipients")
        parts: list[Condition] = []
        if to.value is not None and to.value != "any":
            parts.append(book.leaf("recipient", to, "recipients"))
        if when.value is not None:
            parts.append(book.read(when, "when"))
        return as_all(*parts) if parts else ALWAYS

    def _alternatives(self, entry: Entry, condition: Condition) -> frozenset[Alternative]:
        try:
            return alternatives(condition)
        except TooWide:
            entry.complain("when", "has too many alternatives to be read; split the provision")
            return frozenset()

    def _in_force(self, entry: Entry) -> tuple[date | None, date | None]:
        span = entry.inner("in_force")
        span.only(("from", "to"))
        start, end = span.day("from"), span.day("to")
        if start and end and end < start:
            span.complain("to", "lies before from")
        return start, end

    def _demands(self, entry: Entry) -> tuple[Any, ...]:
        path = entry.field("demands")
        return tuple(
            parse_demand(Entry(entry.sheet, item, f"{path}[{i}]"), self.facts)
            for i, item in enumerate(entry.items("demands"), 1)
        )


def _place(entry: Entry) -> str:
    place = entry.text("place", needed=True)
    head, _, tail = place.partition("-")
    if place and not (head.isalpha() and head.islower() and (not tail or tail.isalnum())):
        entry.complain("place", "should look like us or us-md")
    return place


def _notes(entry: Entry) -> str:
    value = entry.at("notes").value
    if isinstance(value, list):
        return " ".join(" ".join(str(item.value).split()) for item in value)
    return entry.text("notes")


def _complain_of_gaps(entry: Entry, found: Provision) -> None:
    """Fields that contradict or need each other."""
    if not found.acts:
        entry.complain("acts", f"names no act{nearest('', ACTS)}")
    if not found.kinds:
        entry.complain("reach", "reaches no record kind")
    if found.as_of is None:
        entry.complain("as_of", "is missing; say on which day this was last checked")
    with_authorization = found.modality == "permits_with_authorization"
    if with_authorization and not found.authorization:
        entry.complain("authorization", "is missing; name the fact that turns it into permitted")
    if found.authorization and not with_authorization:
        entry.complain("authorization", "belongs to permits_with_authorization only")
    if found.modality == "adds" and not (found.demands or found.notice):
        entry.complain("demands", "is missing; adds brings duties or a notice")
    if found.lifts and found.layer != "exception":
        entry.complain("lifts", "belongs to layer exception only")
    if found.layer == "bar" and found.modality in ("requires", "adds"):
        entry.complain("modality", "a bar caps; it cannot require or add")
