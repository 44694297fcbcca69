"""Shelves: where in a place's law a provision stands, by what it is about.

Found from the provision itself (its regime, its acts, the facts it looks at), never from the name
of the file that holds it.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from stillroom.law._conditions import OneOf, leaves
from stillroom.law._facts import Fact
from stillroom.law._provision import Provision

SHELVES: Final[Mapping[str, str]] = {
    "warn": "Duty to warn or protect",
    "child": "Child abuse and neglect",
    "adult": "Vulnerable and older adults",
    "reports": "Other reports",
    "privilege": "Privilege in court",
    "confidentiality": "Confidentiality of the record",
    "minors": "Minors and their parents",
    "access": "The client’s own access",
    "keep": "How long a record is kept",
    "policy": "Policy of the practice",
    "hipaa": "HIPAA",
    "part2": "42 CFR Part 2",
    "ethics": "Codes of ethics",
}
_OF_REGIME: Final[Mapping[str, str]] = {
    "privilege": "privilege",
    "minors": "minors",
    "access_rights": "access",
    "default_policy": "policy",
    "practice_policy": "policy",
    "retention": "keep",
    "hipaa": "hipaa",
    "part2": "part2",
    "ethics": "ethics",
}
_TOPICS_ON: Final[Mapping[str, str]] = {
    "survivor": "child",
    "subpoena": "confidentiality",
    "minor": "minors",
}


def shelf_of_topic(topic: str) -> str:
    """The shelf on which the provisions of a topic stand."""
    return _TOPICS_ON.get(topic, topic)


def shelf_of(rule: Provision, facts: Mapping[str, Fact]) -> str:
    """The shelf of a provision; one of `SHELVES`."""
    by_regime = _OF_REGIME.get(rule.regime)
    if by_regime is not None:
        return by_regime
    suspected = _suspected(rule)
    if "report" in rule.acts and suspected:
        return suspected
    if "warn" in rule.acts and (rule.regime == "state_duty" or _of_danger(rule, facts)):
        return "warn"
    return "reports" if rule.regime == "state_duty" else "confidentiality"


def _suspected(rule: Provision) -> str:
    """Whose abuse it is about, if anybody's."""
    values: set[str] = set()
    for leaf in leaves(rule.condition):
        if isinstance(leaf, OneOf) and leaf.fact == "suspicion" and leaf.wanted:
            values |= leaf.values
    if any("child" in value for value in values):
        return "child"
    return "adult" if values - {"none"} else ""


def _of_danger(rule: Provision, facts: Mapping[str, Fact]) -> bool:
    looked = {leaf.fact for leaf in leaves(rule.condition)}
    return any(name in facts and facts[name].group == "danger" for name in looked)


def shelved(
    rules: Iterable[Provision], facts: Mapping[str, Fact]
) -> tuple[tuple[str, tuple[Provision, ...]], ...]:
    """Provisions by shelf, in the order of `SHELVES`; on a shelf what weighs most comes first, and
    on one that is a code of its own the order is that of its sections."""
    found: dict[str, list[Provision]] = {}
    for rule in rules:
        found.setdefault(shelf_of(rule, facts), []).append(rule)
    return tuple(
        (name, tuple(sorted(found[name], key=_section if name in _CODES else _weight)))
        for name in SHELVES
        if name in found
    )


_CODES: Final = frozenset({"hipaa", "part2", "ethics"})


def _section(rule: Provision) -> tuple[int, str]:
    return (0, rule.id)


_ORDER = ("requires", "forbids", "permits_with_authorization", "permits", "adds")


def _weight(rule: Provision) -> tuple[int, str]:
    return (_ORDER.index(rule.modality), rule.id)
