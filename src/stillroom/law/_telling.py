"""Opinions and facts as JSON, and the answer as one sentence."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from stillroom.kernel import Trilean
from stillroom.law._facts import Fact, Facts
from stillroom.law._matter import Matter
from stillroom.law._stance import Interval, Stance

if TYPE_CHECKING:
    from stillroom.law._findings import Finding
    from stillroom.law._opinion import Opinion

_DOING = {
    "disclose": "send this",
    "warn": "give this warning",
    "report": "make this report",
    "testify": "testify to this",
    "consult": "consult on this",
    "withhold": "withhold this",
    "inform": "tell this",
    "destroy": "destroy this",
}
_SETTLED = {
    Stance.FORBIDDEN: "You may not {doing}.",
    Stance.WITH_AUTHORIZATION: "You may {doing} only with authorization.",
    Stance.PERMITTED: "You may {doing}.",
    Stance.REQUIRED: "You must {doing}.",
}


def sentence(opinion: "Opinion") -> str:
    """The answer first, in plain words."""
    doing = _DOING[opinion.matter.act]
    if any(conflict.certain is Trilean.YES for conflict in opinion.conflicts):
        return f"The rules conflict: one would have you {doing}, and another does not allow it."
    if opinion.silent is Trilean.YES:
        return f"No rule on file speaks to this, so you may not {doing}."
    stance = opinion.stance
    if stance.settled:
        return _SETTLED[stance.low].format(doing=doing)
    if stance.low is Stance.PERMITTED:
        return f"You may {doing}, and may have to."
    return f"You may not {doing} yet."


def plain(value: object) -> Any:
    """A fact's value, an interval or a dataclass as JSON."""
    if isinstance(value, Trilean):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Interval):
        return {"low": value.low.name, "high": value.high.name, "settled": value.settled}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    return value


def facts_json(facts: Facts) -> dict[str, Any]:
    """Facts by name, as `read_facts` takes them back."""
    return {name: plain(facts[name]) for name in sorted(facts)}


def matter_json(matter: Matter) -> dict[str, Any]:
    """A matter, as `read_matter` takes it back."""
    return {
        "act": matter.act,
        "places": list(matter.all_places),
        "profession": matter.profession,
        "on": matter.on.isoformat(),
    }


def to_json(opinion: "Opinion") -> dict[str, Any]:
    """The whole opinion."""
    return {
        "matter": matter_json(opinion.matter),
        "facts": facts_json(opinion.facts),
        "on": opinion.on.isoformat(),
        "corpus": opinion.corpus,
        "answer": {
            "stance": plain(opinion.stance),
            "settled": opinion.stance.settled,
            "sentence": opinion.sentence,
            "silent": plain(opinion.silent),
            "asked": list(opinion.asked),
        },
        "exact": opinion.exact,
        "weakest": opinion.weakest,
        "rests_on": opinion.rests_on,
        "regimes": plain(opinion.regimes),
        "by_kind": {kind: plain(i) for kind, i in opinion.reach.by_kind.items()},
        "reach": {
            "surely": sorted(opinion.reach.surely),
            "possibly": sorted(opinion.reach.possibly),
            "never": sorted(opinion.reach.never),
        },
        "findings": [_finding(found) for found in opinion.findings],
        "duties": plain(opinion.duties),
        "wanting": plain(opinion.wanting),
        "opens": [
            {**plain(o), "needs": {name: plain(value) for name, value in o.needs}}
            for o in opinion.opens
        ],
        "conflicts": plain(opinion.conflicts),
        "notices": plain(opinion.notices),
    }


_TOLD = [
    "provision",
    "citation",
    "title",
    "regime",
    "place",
    "modality",
    "layer",
    "says",
    "checked",
    "confidence",
    "as_of",
    "in_force_from",
    "source",
    "notes",
    "counsel",
]


def _finding(finding: "Finding") -> dict[str, Any]:
    return {
        "applies": finding.applies.value,
        "decides": finding.decides,
        "turned_on": list(finding.turned_on),
        **{name: plain(getattr(finding, name)) for name in _TOLD},
    }


def describe(facts: Mapping[str, Fact]) -> list[dict[str, Any]]:
    """Every declared fact, by group and name: what may be told to the engine."""
    ordered = sorted(facts.values(), key=lambda fact: (fact.group, fact.name))
    return [
        {
            "fact": fact.name,
            "type": fact.type,
            "values": dict(fact.values),
            "unit": fact.unit,
            "range": list(fact.bounds),
            "attainable": fact.attainable,
            "asks": fact.asks,
            "means": fact.means,
            "group": fact.group,
        }
        for fact in ordered
    ]
