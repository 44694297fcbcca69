"""What a place's law says of privilege: the rule, who may claim it, and what opens it. Pure.

Nothing of the law stands here: it is read from the provisions of the regime `privilege` that are
law for this place, profession and day, each with its citation and how it was checked. Where the
provisions say nothing, the answer is that they say nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stillroom.law import NATION, Corpus, Provision

_KEEPS = frozenset({"forbids", "permits_with_authorization"})
_CLAIMS = frozenset({"claim_privilege", "raise_privilege"})


@dataclass(frozen=True, slots=True)
class Claim:
    """Who may or must claim it, in the words of a provision's demand."""

    text: str
    citation: str
    checked: str


@dataclass(frozen=True, slots=True)
class PrivilegeLaw:
    """Of one place and profession: rules that keep, who may waive, exceptions that open, and who
    claims."""

    rules: tuple[Provision, ...]
    waivers: tuple[Provision, ...]
    exceptions: tuple[Provision, ...]
    claims: tuple[Claim, ...]


def privilege_law(corpus: Corpus, place: str, profession: str, on: date) -> PrivilegeLaw:
    """The place's own law first, then the nation's."""
    found = [
        one
        for one in corpus.provisions.values()
        if one.regime == "privilege" and one.concerns(frozenset({place, NATION}), profession, on)
    ]
    found.sort(key=lambda one: (one.place == NATION, one.id))
    rules = tuple(one for one in found if one.layer == "rule" and one.modality in _KEEPS)
    opens = [one for one in found if one.modality == "permits"]
    waivers = tuple(one for one in opens if _asks(one, "privilege_waived"))
    exceptions = tuple(one for one in opens if one not in waivers)
    return PrivilegeLaw(rules, waivers, exceptions, tuple(_claims(rules)))


def of_condition(provision: Provision) -> bool:
    """Whether it is the exception for a client who puts her own condition at issue."""
    return _asks(provision, "condition_at_issue")


def _asks(provision: Provision, fact: str) -> bool:
    """Whether it turns on this fact in every way in which it can apply."""
    return all(any(atom.fact == fact for atom in way) for way in provision.alternatives)


def _claims(rules: Iterable[Provision]) -> Iterable[Claim]:
    told: dict[str, Claim] = {}
    for one in rules:
        for demand in one.demands:
            if demand.act in _CLAIMS:
                cite = demand.citation or one.citation
                told.setdefault(demand.text, Claim(demand.text, cite, one.checked))
    return told.values()
