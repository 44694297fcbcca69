"""What one law says to a standard case: the engine's answer, and what it rests on.

Rules kept: what turns on a fact is never told as settled; what the corpus leaves to counsel (a fact
whose name has the part `counsel`) is told as unclear; silence is told as silence; an answer is as
sure as the weakest check among what it rests on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from stillroom.kernel import Trilean
from stillroom.law._chambers import RegimeAnswer, regime_answers, silence
from stillroom.law._compiling import compile_law, live_provisions
from stillroom.law._facts import Fact
from stillroom.law._findings import Finding, findings, weakest
from stillroom.law._matter import Matter
from stillroom.law._provision import Provision
from stillroom.law._reading import Regime
from stillroom.law._settling import Settled
from stillroom.law._stance import Interval, Stance, interval
from stillroom.law._topics import Ask, Topic, declared
from stillroom.law._vocabulary import PROFESSIONS
from stillroom.law._wanting import wanting

KINDS = ("must", "turns", "unclear", "may", "sign", "no", "silent", "absent", "differs")
"""must: required. turns: required or allowed only if a fact more is so. unclear: the law itself
leaves it open. may: allowed. sign: with the client's signature. no: not allowed. silent: nothing
on file speaks to this. absent: no law of this place is on file. differs: by profession."""

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


@dataclass(frozen=True, slots=True)
class _Heard:
    """The parts of the engine's answer that a reading is made from; what is wanting is asked only
    where something is open, because that costs most."""

    settled: Settled
    silent: Trilean
    regimes: tuple[RegimeAnswer, ...]
    stance: Interval
    findings: tuple[Finding, ...]


def _hear(settled: Settled) -> _Heard:
    silent = silence(settled)
    answers = regime_answers(settled)
    found = findings(settled, frozenset())
    return _Heard(settled, silent, answers, interval(*settled.overall), found)


def stand(
    place: str,
    topic: Topic,
    law: tuple[Provision, ...],
    facts: Mapping[str, Fact],
    regimes: Mapping[str, Regime],
) -> Reading:
    """What these provisions, and no others, say: the strongest answer over the ways of asking."""
    if not law:
        return Reading(place, topic.id, "silent")
    # Which provisions are law for whom and when was settled by whoever chose them.
    matter = Matter(topic.act, (place,), PROFESSIONS[0], date.max)
    asked = {name: one for name, one in regimes.items() if name in topic.regimes}
    open_law = tuple(replace(one, professions=_EVERYBODY, in_force=(None, None)) for one in law)
    live = compile_law(matter, live_provisions(matter, open_law), facts, asked, "")
    found = [
        _answer(place, topic, ask, _hear(Settled(live, declared(ask.facts, facts))), facts)
        for ask in topic.asks
    ]
    best = min(found, key=_rank)
    everywhere = len(found) > 1 and all(one.same == best.same for one in found)
    chosen = replace(best, to="") if everywhere else best
    kept = {one.id: one for one in law}
    return replace(chosen, rests_on=tuple(kept[one.id] for one in chosen.rests_on))


_EVERYBODY = frozenset(PROFESSIONS)


def _rank(one: Reading) -> tuple[bool, int]:
    """What may be required comes before what is allowed; nothing comes last."""
    sure = one.kind in ("must", "may")
    allowed = one.kind in ("must", "turns", "unclear", "may")
    strength = 0 if one.required and one.kind == "must" else 1 if one.required else 2
    return (not allowed, strength * 2 + (not sure) if allowed else KINDS.index(one.kind))


def _answer(
    place: str, topic: Topic, ask: Ask, heard: _Heard, facts: Mapping[str, Fact]
) -> Reading:
    if topic.keeps:
        return _kept(place, topic, heard)
    bound = any(
        one.stance is not None and one.stance.low is Stance.REQUIRED and one.silent is Trilean.NO
        for one in heard.regimes
    )
    owed = any(
        one.stance is not None and one.stance.high is Stance.REQUIRED for one in heard.regimes
    )
    open_facts = () if bound else _open(heard)
    kind = _kind(topic, heard, bound, owed, open_facts)
    carrying = _carrying(kind, heard.findings)
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


def _open(heard: _Heard) -> tuple[str, ...]:
    """The facts on which the answer still turns; where another regime holds the answer, those on
    which a duty turns."""
    open_facts = tuple(one.fact for one in wanting(heard.settled))
    maybe = (
        one.turned_on
        for one in heard.findings
        if one.applies is Trilean.UNKNOWN and one.modality == "requires"
    )
    return open_facts or tuple(dict.fromkeys(name for names in maybe for name in names))


def _kind(topic: Topic, heard: _Heard, bound: bool, owed: bool, open_facts: tuple[str, ...]) -> str:
    stance = heard.stance
    if bound:
        return "must"
    if heard.silent is Trilean.YES:
        return "silent"
    if topic.guards and heard.silent is Trilean.NO and stance.low < Stance.PERMITTED:
        return "sign" if _signed(heard) else "no"
    if owed or stance.low < Stance.PERMITTED <= stance.high:
        return "unclear" if any("counsel" in name.split("_") for name in open_facts) else "turns"
    if stance.low >= Stance.PERMITTED:
        return "may"
    return "sign" if stance.high is Stance.WITH_AUTHORIZATION else "no"


def _signed(heard: _Heard) -> bool:
    """Whether what closes the door today is the want of a signature."""
    return any(
        one.stance is not None and one.stance.low is Stance.WITH_AUTHORIZATION
        for one in heard.regimes
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


def _kept(place: str, topic: Topic, heard: _Heard) -> Reading:
    """The span of keeping, from what forbids to destroy the record today; where that names no
    span, nobody has confirmed one, and it is for counsel to say."""
    rules = [
        one
        for one in heard.findings
        if one.applies is not Trilean.NO and one.modality == "forbids" and one.rule.demands
    ]
    if not rules:
        return Reading(place, topic.id, "silent")
    sure = [one for one in rules if one.applies is Trilean.YES]
    words = [d.by.words for one in sure or rules for d in one.rule.demands if d.by is not None]
    spans = [found[1] for text in words if (found := _YEARS.search(text))]
    return Reading(
        place,
        topic.id,
        "unclear" if not spans else "must" if sure else "turns",
        weakest(tuple(sure or rules)),
        tuple(one.rule for one in sure or rules),
        years=spans[0] if spans else "",
        required=bool(sure),
    )
