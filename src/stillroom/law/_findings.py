"""Findings: for each provision in play, whether it applies and on which facts that turned."""

from dataclasses import dataclass
from datetime import date
from itertools import chain

from stillroom.kernel import Trilean
from stillroom.law._clauses import bits
from stillroom.law._provision import Provision
from stillroom.law._settling import Settled
from stillroom.law._vocabulary import CHECKED
from stillroom.law._weighing import holding


@dataclass(frozen=True, slots=True)
class Finding:
    """A provision in play. `turned_on` names facts: those that met its condition, those that
    failed it, or, while it is unknown, those that are missing. `decides` says that what holds
    today rests on it."""

    rule: Provision
    applies: Trilean
    turned_on: tuple[str, ...]
    decides: bool

    @property
    def provision(self) -> str:
        return self.rule.id

    @property
    def citation(self) -> str:
        return self.rule.citation

    @property
    def title(self) -> str:
        return self.rule.title

    @property
    def regime(self) -> str:
        return self.rule.regime

    @property
    def place(self) -> str:
        return self.rule.place

    @property
    def modality(self) -> str:
        return self.rule.modality

    @property
    def layer(self) -> str:
        return self.rule.layer

    @property
    def says(self) -> str:
        return self.rule.says

    @property
    def checked(self) -> str:
        return self.rule.checked

    @property
    def confidence(self) -> str:
        return self.rule.confidence

    @property
    def as_of(self) -> date | None:
        return self.rule.as_of

    @property
    def source(self) -> str:
        return self.rule.source

    @property
    def notes(self) -> str:
        return self.rule.notes

    @property
    def in_force_from(self) -> date | None:
        """None: when it came into force is not known here."""
        return self.rule.in_force[0]


def applies(settled: Settled, number: int) -> Trilean:
    """Whether provision `number` applies."""
    bit = 1 << number
    if settled.reading.yes & bit:
        return Trilean.YES
    return Trilean.UNKNOWN if settled.reading.maybe & bit else Trilean.NO


def turned_on(settled: Settled, number: int) -> tuple[str, ...]:
    """The facts on which provision `number` turned."""
    reading = settled.reading
    clauses, looks = settled.law.looks[number]
    answer = applies(settled, number)
    if answer is Trilean.NO:
        columns = reading.columns
        return tuple([name for at, name, clause in looks if columns[at] & clause])
    live = clauses & ~reading.false
    if answer is Trilean.UNKNOWN:
        return tuple(n for _, n, clause in looks if clause & live and not settled.is_known(n))
    live = live & ~reading.open or live
    return tuple(n for _, n, clause in looks if clause & live and settled.is_known(n))


def findings(settled: Settled, wanted: frozenset[str]) -> tuple[Finding, ...]:
    """Every provision in play, decisive ones first, then by id."""
    deciding = _deciding(settled)
    shelves: list[list[Finding]] = [[] for _ in range(7)]
    for number, rule in enumerate(settled.law.provisions):  # already in the order of ids
        found = Finding(
            rule, applies(settled, number), turned_on(settled, number), number in deciding
        )
        shelves[_rank(found, wanted)].append(found)
    return tuple(chain.from_iterable(shelves))


def _rank(finding: Finding, wanted: frozenset[str]) -> int:
    if finding.applies is Trilean.NO:
        return 6
    if finding.applies is Trilean.YES:
        return 0 if finding.decides else 3 if finding.rule.weighs else 4
    if finding.decides:
        return 1
    return 2 if wanted.intersection(finding.turned_on) else 5


def _deciding(settled: Settled) -> frozenset[int]:
    """Provisions on which the lower end of the overall stance rests."""
    law, reading = settled.law, settled.reading
    found = 0
    for number in reading.asked:
        if settled.bounds[number][0] == settled.overall[0]:
            found |= holding(law.classes[number], reading.yes, reading.maybe)
    return frozenset(law.provision_of[bit] for bit in bits(found))


def weakest(found: tuple[Finding, ...]) -> str:
    """The weakest way in which any of these was checked; "nothing" when there are none."""
    ranks = [CHECKED.index(f.checked) for f in found]
    return CHECKED[max(ranks)] if ranks else "nothing"
