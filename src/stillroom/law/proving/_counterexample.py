"""A world in which a theorem fails: put to the engine again, and told in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from stillroom.kernel import Trilean, capital, spoken
from stillroom.law._corpus import Corpus
from stillroom.law._facts import Fact, FactValue
from stillroom.law._matter import Matter
from stillroom.law._stance import Stance
from stillroom.law._vocabulary import RECORD_KINDS
from stillroom.law.proving._formulas import all_of, no
from stillroom.law.proving._law import Law
from stillroom.law.proving._second import LEVELS
from stillroom.law.proving._solving import Solving, holds
from stillroom.law.proving._theorem import Claim


@dataclass(frozen=True)
class Look:
    """What one law says in the world that was found.

    `facts` are those that decide; with `others` the world is whole. `engine` is what the engine
    says of each record kind, `second` what the second reading says: they are always compared.
    """

    facts: dict[str, FactValue]
    others: dict[str, FactValue]
    second: dict[str, str]
    engine: dict[str, str]
    applying: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the engine says the same."""
        return self.second == self.engine


@dataclass(frozen=True)
class Counterexample:
    """Where a theorem fails. Without `looks` there are no facts to tell; `said` says why."""

    matter: Matter
    kinds: tuple[str, ...]
    looks: tuple[Look, ...] = ()
    said: str = "the levels of the regimes alone allow it"

    @property
    def confirmed(self) -> bool:
        """Whether the engine says the same in every look."""
        return all(look.agrees for look in self.looks)


def found_in(
    model: Any, claim: Claim, corpus: Corpus, matter: Matter, solving: Solving
) -> Counterexample:
    """The world of a model, with what each law of the claim says in it."""
    looks = tuple(_look(model, claim, law, corpus, solving) for law in claim.looks)
    return Counterexample(matter, claim.kinds, looks)


def _look(model: Any, claim: Claim, law: Law, corpus: Corpus, solving: Solving) -> Look:
    facts = law.worlds.read(model, law.mentioned())
    second = {kind: _stance(model, law, kind) for kind in RECORD_KINDS}
    decided = all_of(
        formula if holds(model, formula) else no(formula)
        for kind in claim.kinds or RECORD_KINDS
        for formula in (law.stance(kind, least) for least in LEVELS)
    )
    known = solving.sufficient(law, facts, decided)
    again = Corpus({p.id: p for p in law.provisions}, corpus.facts, corpus.regimes, corpus.digest)
    return Look(
        facts=known,
        others={name: value for name, value in facts.items() if name not in known},
        second=second,
        engine=_engine(again, law.matter, facts),
        applying=tuple(
            p.id for p in law.weighing if kinds_of(p.kinds, claim) and holds(model, law.applies(p))
        ),
    )


def kinds_of(kinds: frozenset[str], claim: Claim) -> bool:
    """Whether a provision reaches what a claim is about."""
    return not claim.kinds or bool(kinds & set(claim.kinds))


def _stance(model: Any, law: Law, kind: str) -> str:
    return Stance(sum(holds(model, law.stance(kind, least)) for least in LEVELS)).name


def _engine(corpus: Corpus, matter: Matter, facts: Mapping[str, FactValue]) -> dict[str, str]:
    """The engine's answers with every fact known; of a place without provisions, silence."""
    if not set(matter.places) <= set(corpus.places):
        matter = Matter(matter.act, (), matter.profession, matter.on)
    by_kind = corpus.opine(matter, facts).reach.by_kind
    return {kind: str(by_kind[kind]) for kind in RECORD_KINDS}


def told(found: Counterexample, corpus: Corpus) -> Iterator[str]:
    """Line by line, for people."""
    where = ", ".join(found.matter.places)
    act, profession = found.matter.act, spoken(found.matter.profession)
    yield f"{where}, {profession}, {act}, law of {found.matter.on}:"
    if not found.looks:
        yield f"  {found.said}"
    for number, look in enumerate(found.looks):
        if number:
            yield "  beside it:"
        kinds = found.kinds or tuple(look.second)
        said = dict.fromkeys(f"{spoken(k)}: {look.second[k]}" for k in kinds)
        yield f"  {'; '.join(said)}"
        for name, value in look.facts.items():
            yield f"    {in_words(corpus.facts[name], value)}"
        for name in look.applying:
            provision = corpus.provisions[name]
            yield f"    applies: {name} ({provision.citation}, {provision.checked})"
        if not look.agrees:
            yield f"    THE ENGINE DOES NOT AGREE: {look.engine}"


def in_words(fact: Fact, value: FactValue) -> str:
    """A fact as question and answer.

    >>> in_words(Fact("signed", "yesno", asks="Is it signed?"), Trilean.NO)
    'Is it signed? No.'
    """
    if isinstance(value, Trilean):
        answer = value.value.capitalize()
    elif isinstance(value, frozenset):
        answer = spoken(", ".join(sorted(value))) or "none"
    elif isinstance(value, str):
        answer = fact.values.get(value) or value
    elif isinstance(value, date):
        answer = value.isoformat()
    else:
        answer = f"{value} {fact.unit}".rstrip()
    return f"{fact.asks} {capital(answer)}."
