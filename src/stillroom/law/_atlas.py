"""The atlas: what each state's own law says to a standard case, found by asking the engine.

No table of states stands here or anywhere: a state's provisions are read by the same engine that
reads a matter, without the law of the nation, which is the same everywhere and joins every matter.
Rules kept: what turns on a fact is never told as settled; what the corpus leaves to counsel (a fact
whose name has the part `counsel`) is told as unclear; silence is told as silence; a state that is
not on file is told as such; how sure an answer is, is the weakest check among what it rests on.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from stillroom.kernel import Trilean
from stillroom.law._compiling import compile_law
from stillroom.law._corpus import Corpus
from stillroom.law._facts import Fact
from stillroom.law._findings import Finding, weakest
from stillroom.law._matter import Matter
from stillroom.law._opinion import Opinion
from stillroom.law._provision import Provision
from stillroom.law._stance import Stance
from stillroom.law._topics import Ask, Topic, declared
from stillroom.law._vocabulary import NATION, PROFESSIONS

KINDS = ("must", "turns", "unclear", "may", "sign", "no", "silent", "absent", "differs")
"""must: required. turns: required or allowed only if a fact more is so. unclear: the law itself
leaves it open. may: allowed. sign: with the client's signature. no: not allowed. silent: nothing
on file speaks to this. absent: no law of this place is on file. differs: by profession."""

ANY = "any"
"""In place of a profession: every profession, and where they differ."""

_YEARS = re.compile(r"(\d+) years?")
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """What one place says to one topic. `kind` is one of `KINDS`.

    `basis` is the weakest check among the provisions that it rests on (`rests_on`), "" if none.
    `turns_on` are the questions still open, `to` the recipient for whom the answer holds, `years`
    the span where a topic asks for one. `by` tells, for every profession, what holds for each.
    """

    place: str
    topic: str
    kind: str
    basis: str = ""
    rests_on: tuple[Provision, ...] = ()
    turns_on: tuple[Fact, ...] = ()
    to: str = ""
    years: str = ""
    required: bool = False
    by: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def same(self) -> tuple[str, str, bool]:
        """What two places are compared by: the answer, its span, whether a duty is possible."""
        return (self.kind, self.years, self.required)


def reading(corpus: Corpus, place: str, topic: Topic, profession: str, on: date) -> Reading:
    """What one place says; for `ANY`, the common answer, or that it differs by profession."""
    if place not in corpus.places:
        return Reading(place, topic.id, "absent")
    if profession == ANY:
        return _for_all(corpus, place, topic, on)
    return _read(
        corpus, place, topic, _law_of(corpus, place, topic, profession, on), profession, on
    )


@lru_cache(maxsize=128)
def atlas(
    corpus: Corpus, places: tuple[str, ...], topic: Topic, profession: str, on: date
) -> Mapping[str, Reading]:
    """The reading of each place. Kept in memory: the same question gives the same answer."""
    return {place: reading(corpus, place, topic, profession, on) for place in places}


@lru_cache(maxsize=8)
def _shelved(corpus: Corpus) -> Mapping[str, tuple[Provision, ...]]:
    """Provisions by place."""
    found: dict[str, list[Provision]] = {}
    for one in corpus.provisions.values():
        found.setdefault(one.place, []).append(one)
    return {place: tuple(rules) for place, rules in found.items()}


def _law_of(
    corpus: Corpus, place: str, topic: Topic, profession: str, on: date
) -> tuple[Provision, ...]:
    here = frozenset([place])
    return tuple(
        one
        for one in _shelved(corpus).get(place, ())
        if topic.act in one.acts
        and one.regime in topic.regimes
        and one.concerns(here, profession, on)
    )


def _for_all(corpus: Corpus, place: str, topic: Topic, on: date) -> Reading:
    """Professions to whom the same law applies are read once."""
    alike: dict[tuple[str, ...], list[str]] = {}
    laws: dict[tuple[str, ...], tuple[Provision, ...]] = {}
    for profession in PROFESSIONS:
        law = _law_of(corpus, place, topic, profession, on)
        key = tuple(rule.id for rule in law)
        laws[key] = law
        alike.setdefault(key, []).append(profession)
    found = [
        (_read(corpus, place, topic, laws[key], members[0], on), tuple(members))
        for key, members in alike.items()
    ]
    by: dict[str, tuple[str, ...]] = {}
    for one, members in found:
        by[one.kind] = (*by.get(one.kind, ()), *members)
    told = tuple(sorted(by.items(), key=lambda item: KINDS.index(item[0])))
    if len(told) == 1:
        return replace(found[0][0], by=told, basis=_worst(one.basis for one, _ in found))
    rules = {rule.id: rule for one, _ in found for rule in one.rests_on}
    basis = _worst(one.basis for one, _ in found)
    return Reading(place, topic.id, "differs", basis, tuple(rules.values()), by=told)


def _worst(checks: Iterable[str]) -> str:
    order = ("", "text", "secondary", "recalled")
    return max(checks, key=order.index, default="")


def _read(
    corpus: Corpus,
    place: str,
    topic: Topic,
    law: tuple[Provision, ...],
    profession: str,
    on: date,
) -> Reading:
    """The strongest answer over the ways of asking."""
    if not law:
        return Reading(place, topic.id, "silent")
    matter = Matter(topic.act, (place,), profession, on)
    regimes = {name: one for name, one in corpus.regimes.items() if name in topic.regimes}
    live = compile_law(matter, law, corpus.facts, regimes, corpus.digest)
    found = [
        _answer(place, topic, ask, Opinion(live, declared(ask.facts, corpus.facts)), corpus.facts)
        for ask in topic.asks
    ]
    best = min(found, key=_rank)
    everywhere = len(found) > 1 and all(one.same == best.same for one in found)
    return replace(best, to="") if everywhere else best


def _rank(one: Reading) -> tuple[bool, int]:
    """What may be required comes before what is allowed; nothing comes last."""
    sure = one.kind in ("must", "may")
    allowed = one.kind in ("must", "turns", "unclear", "may")
    strength = 0 if one.required and one.kind == "must" else 1 if one.required else 2
    return (not allowed, strength * 2 + (not sure) if allowed else KINDS.index(one.kind))


def _answer(
    place: str, topic: Topic, ask: Ask, opinion: Opinion, facts: Mapping[str, Fact]
) -> Reading:
    if topic.keeps:
        return _kept(place, topic, opinion)
    bound = any(
        one.stance is not None and one.stance.low is Stance.REQUIRED and one.silent is Trilean.NO
        for one in opinion.regimes
    )
    owed = any(
        one.stance is not None and one.stance.high is Stance.REQUIRED for one in opinion.regimes
    )
    open_facts = () if bound else _open(opinion)
    kind = _kind(topic, opinion, bound, owed, open_facts)
    carrying = _carrying(kind, opinion.findings)
    return Reading(
        place,
        topic.id,
        kind,
        weakest(carrying) if carrying else "",
        tuple(one.rule for one in carrying),
        tuple(facts[name] for name in open_facts[:_SHOWN]),
        ask.to if kind != "silent" else "",
        required=owed,
    )


def _open(opinion: Opinion) -> tuple[str, ...]:
    """The facts on which the answer still turns; where another regime holds the answer, those on
    which a duty turns."""
    wanting = tuple(one.fact for one in opinion.wanting)
    maybe = (
        one.turned_on
        for one in opinion.findings
        if one.applies is Trilean.UNKNOWN and one.modality == "requires"
    )
    return wanting or tuple(dict.fromkeys(name for names in maybe for name in names))


def _kind(
    topic: Topic, opinion: Opinion, bound: bool, owed: bool, open_facts: tuple[str, ...]
) -> str:
    stance = opinion.stance
    if bound:
        return "must"
    if opinion.silent is Trilean.YES:
        return "silent"
    if topic.guards and opinion.silent is Trilean.NO and stance.low < Stance.PERMITTED:
        return "sign" if _signed(opinion) else "no"
    if owed or stance.low < Stance.PERMITTED <= stance.high:
        return "unclear" if any("counsel" in name.split("_") for name in open_facts) else "turns"
    if stance.low >= Stance.PERMITTED:
        return "may"
    return "sign" if stance.high is Stance.WITH_AUTHORIZATION else "no"


def _signed(opinion: Opinion) -> bool:
    """Whether what closes the door today is the want of a signature."""
    return any(
        one.stance is not None and one.stance.low is Stance.WITH_AUTHORIZATION
        for one in opinion.regimes
    )


_CARRIES: Mapping[str, frozenset[str]] = {
    "must": frozenset({"requires"}),
    "turns": frozenset({"requires", "permits"}),
    "unclear": frozenset({"requires", "permits"}),
    "may": frozenset({"permits", "requires"}),
    "sign": frozenset({"permits_with_authorization"}),
    "no": frozenset({"forbids", "permits_with_authorization"}),
}


def _carrying(kind: str, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that an answer of this kind rests on: what surely applies, else what may."""
    carries = [one for one in found if one.modality in _CARRIES.get(kind, ())]
    sure = tuple(one for one in carries if one.applies is Trilean.YES)
    maybe = tuple(one for one in carries if one.applies is Trilean.UNKNOWN)
    return (*sure, *maybe) if kind in ("turns", "unclear") else sure or maybe


def _kept(place: str, topic: Topic, opinion: Opinion) -> Reading:
    """The span of keeping, from the duties that a place attaches."""
    rules = [one for one in opinion.findings if one.applies is not Trilean.NO and one.rule.demands]
    if not rules:
        return Reading(place, topic.id, "silent")
    sure = [one for one in rules if one.applies is Trilean.YES]
    words = [d.by.words for one in sure or rules for d in one.rule.demands if d.by is not None]
    spans = [found[1] for text in words if (found := _YEARS.search(text))]
    return Reading(
        place,
        topic.id,
        "must" if sure else "turns",
        weakest(tuple(sure or rules)),
        tuple(one.rule for one in sure or rules),
        years=spans[0] if spans else "",
        required=bool(sure),
    )


def states_on_file(corpus: Corpus) -> tuple[str, ...]:
    """The states with provisions on file, in the order of their codes."""
    return tuple(place for place in corpus.places if place != NATION)
